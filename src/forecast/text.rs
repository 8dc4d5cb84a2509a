//! Coming runs as a table for people.

use std::fmt::Write as _;

use super::{Forecast, Run, offset, utc};
use crate::time::cron::YEARS;

/// All rules, each with a table of its runs.
pub fn render(forecasts: &[Forecast<'_>]) -> String {
    let tables: Vec<String> = forecasts.iter().map(table).collect();
    tables.join("\n")
}

fn table(forecast: &Forecast<'_>) -> String {
    let rule = forecast.rule;
    let mut text = format!("{} / {} / {}\n", forecast.system, forecast.statement.name, rule.name.value);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "  {}", rule.schedule.node.describe());
    for expression in &rule.expressions {
        let zone = expression.timezone.as_deref().unwrap_or("UTC");
        let _ = writeln!(text, "  {} in {zone}", expression.cron);
    }
    let places = forecast.runs.first().map(|run| &run.expires);
    let mut header: Vec<String> = ["local", "UTC", "starts by (UTC)", "completes by (UTC)"].map(str::to_owned).to_vec();
    header.extend(places.into_iter().flatten().map(|(place, _)| format!("expires in {place} (UTC)")));
    let mut rows = vec![header];
    rows.extend(forecast.runs.iter().map(row));
    text.push_str(&aligned(&rows));
    for (run, instead) in forecast.runs.iter().filter_map(|run| Some((run, run.instead.as_ref()?))) {
        let (at, by) = (utc(run.at), &instead.rule);
        let _ = if instead.keeps_longer {
            writeln!(text, "  {at}: AWS runs `{by}` instead, because it keeps longer")
        } else {
            writeln!(text, "  {at}: AWS runs one of this and `{by}`, which keeps equally long")
        };
    }
    if forecast.is_cut {
        let (_, last) = YEARS;
        let _ = writeln!(text, "  no further run: the calendar of AWS's cron ends with the year {last}");
    }
    text
}

fn row(run: &Run) -> Vec<String> {
    let local = format!("{} {}", run.local.strftime("%a %Y-%m-%d %H:%M"), offset(run.offset));
    let mut row = vec![local, utc(run.at)];
    if run.instead.as_ref().is_some_and(|instead| instead.keeps_longer) {
        row.push("replaced".to_owned());
        return row;
    }
    row.extend([utc(run.starts_by), utc(run.completes_by)]);
    row.extend(run.expires.iter().map(|(_, expires)| expires.map_or_else(|| "never".to_owned(), utc)));
    row
}

/// Columns as wide as their widest cell.
pub(crate) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("  {}", cells.join("  ")).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
