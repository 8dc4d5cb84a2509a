//! Coming runs as a table for people.

use std::io::{self, Write};

use super::{Forecast, Instead, Run, forecast, offset, utc};
use crate::spec::Spec;
use crate::text::wrap::paragraphs;
use crate::text::{Columns, Language, say, table};
use crate::time::calendar::Weekday;
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
    let (rule, schedule) = (forecast.rule, &forecast.rule.schedule.node);
    let mut lines = vec![
        format!("{} / {} / {}", forecast.system, forecast.statement.name.value, rule.name.value),
        schedule.describe(language),
    ];
    lines.extend(rule.expressions.iter().map(|expression| {
        let (cron, zone) = (&expression.cron, expression.timezone.as_deref().unwrap_or("UTC"));
        language.say(format!("{cron} in {zone}"), format!("{cron} ({zone})"))
    }));
    lines.join("\n  ") + "\n"
}

/// Which runs are replaced or may not start, and whether there are fewer than were asked for.
fn notes(forecast: &Forecast<'_>, language: Language) -> String {
    let replaced = forecast.runs.iter().filter_map(|run| {
        let (at, Instead { rule: by, keeps_longer }) = (utc(run.at), run.instead.as_ref()?);
        Some(if *keeps_longer {
            say!(
                "  {at}: AWS runs `{by}` instead, because it keeps longer\n",
                "  {at}: 保持期間の長い `{by}` が代わりに実行されます\n"
            )
        } else {
            say!(
                "  {at}: AWS runs one of this and `{by}`, which keeps equally long\n",
                "  {at}: これか、保持期間の等しい `{by}` のどちらか一方だけが実行されます\n"
            )
        })
    });
    let failing = forecast.runs.iter().filter(|run| run.may_not_start).map(|run| {
        let at = utc(run.at);
        say!(
            "  {at}: may fail, because no backup starts in a window of what is backed up, nor shortly before it\n",
            "  {at}: リソースのウィンドウの最中やその直前でバックアップを開始できず、失敗することがあります\n"
        )
    });
    let (_, last) = YEARS;
    let end = forecast.is_cut.then(|| {
        say!(
            "  no further run to the end of {last}, where the calendar of AWS's cron ends\n",
            "  AWS の cron の暦が終わる {last} 年末まで、以降の実行はありません\n"
        )
    });
    replaced.chain(failing).chain(end).map(|note| note.get(language).to_owned()).collect()
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
    let day = language
        .say(run.local.strftime("%a").to_string(), Weekday::of(run.local.date()).ja().chars().take(1).collect());
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
