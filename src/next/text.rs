//! Coming runs as a table for people.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Forecast, Run, forecast, offset, utc};
use crate::spec::Spec;
use crate::text::wrap::paragraphs;
use crate::text::{Columns, Language, table};
use crate::time::cron::YEARS;

/// Writes every rule with a table of its next `count` runs, one after the other.
///
/// # Errors
///
/// What is written to fails.
pub fn write(spec: &Spec, count: usize, language: Language, columns: Columns, out: &mut dyn Write) -> io::Result<()> {
    for (index, forecast) in forecast(spec, count).enumerate() {
        let between = if index == 0 { "" } else { "\n" };
        write!(out, "{between}{}", rule(&forecast, language, columns))?;
    }
    Ok(())
}

fn rule(forecast: &Forecast<'_>, language: Language, columns: Columns) -> String {
    let mut rows = vec![header(forecast, language)];
    rows.extend(forecast.runs.iter().map(|run| row(run, language)));
    let prose = |text: String| paragraphs(&text, columns.prose);
    [prose(title(forecast, language)), table(&rows, columns.table), prose(notes(forecast, language))].concat()
}

/// The rule, and when it runs.
fn title(forecast: &Forecast<'_>, language: Language) -> String {
    let rule = forecast.rule;
    let mut text = format!("{} / {} / {}\n", forecast.system, forecast.statement.name, rule.name.value);
    let schedule = &rule.schedule.node;
    // Writing to a String cannot fail.
    let _ = writeln!(text, "  {}", language.say(schedule.describe(), schedule.describe_ja()));
    for expression in &rule.expressions {
        let (cron, zone) = (&expression.cron, expression.timezone.as_deref().unwrap_or("UTC"));
        let _ = writeln!(text, "  {}", language.say(format!("{cron} in {zone}"), format!("{cron} ({zone})")));
    }
    text
}

/// Which runs are replaced or may not start, and whether there are fewer than were asked for.
fn notes(forecast: &Forecast<'_>, language: Language) -> String {
    let mut text = String::new();
    for (run, instead) in forecast.runs.iter().filter_map(|run| Some((run, run.instead.as_ref()?))) {
        let (at, by) = (utc(run.at), &instead.rule);
        let instead = if instead.keeps_longer {
            language.say(
                format!("{at}: AWS runs `{by}` instead, because it keeps longer"),
                format!("{at}: 保持期間の長い `{by}` が代わりに実行されます"),
            )
        } else {
            language.say(
                format!("{at}: AWS runs one of this and `{by}`, which keeps equally long"),
                format!("{at}: これか、保持期間の等しい `{by}` のどちらか一方だけが実行されます"),
            )
        };
        let _ = writeln!(text, "  {instead}");
    }
    for run in forecast.runs.iter().filter(|run| run.may_not_start) {
        let at = utc(run.at);
        let failing = language.say(
            format!("{at}: may fail, because no backup starts in a window of what is backed up, nor shortly before it"),
            format!("{at}: リソースのウィンドウの最中やその直前でバックアップを開始できず、失敗することがあります"),
        );
        let _ = writeln!(text, "  {failing}");
    }
    if forecast.is_cut {
        let (_, last) = YEARS;
        let end = language.say(
            format!("no further run to the end of {last}, where the calendar of AWS's cron ends"),
            format!("AWS の cron の暦が終わる {last} 年末まで、以降の実行はありません"),
        );
        let _ = writeln!(text, "  {end}");
    }
    text
}

fn header(forecast: &Forecast<'_>, language: Language) -> Vec<String> {
    let columns = language.say(
        ["local", "UTC", "starts by (UTC)", "completes by (UTC)"],
        ["現地時刻", "UTC", "開始期限 (UTC)", "完了期限 (UTC)"],
    );
    let expiries = forecast.runs.first().map(|run| &run.expires).into_iter().flatten();
    let expiries = expiries.map(|expiry| {
        let place = &expiry.place;
        language.say(format!("expires in {place} (UTC)"), format!("{place} での期限 (UTC)"))
    });
    columns.map(str::to_owned).into_iter().chain(expiries).collect()
}

/// What a run that is replaced would have made never starts and never expires.
fn row(run: &Run, language: Language) -> Vec<String> {
    let day = language.say(run.local.strftime("%a").to_string(), weekday(run).to_owned());
    let local = format!("{day} {} {}", run.local.strftime("%Y-%m-%d %H:%M"), offset(run.offset));
    let mut row = vec![local, utc(run.at)];
    if run.instead.as_ref().is_some_and(|instead| instead.keeps_longer) {
        row.push(language.say("replaced", "実行されません").to_owned());
        return row;
    }
    row.extend([utc(run.starts_by), utc(run.completes_by)]);
    let never = || language.say("never", "無期限").to_owned();
    row.extend(run.expires.iter().map(|expiry| expiry.at.map_or_else(never, utc)));
    row
}

fn weekday(run: &Run) -> &'static str {
    use jiff::civil::Weekday;
    match run.local.weekday() {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}
