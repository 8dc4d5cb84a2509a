//! What is left, for people: the figures first, then the recovery points, then the timeline.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{FormerSurvivor, Loss, Outcome, Scenario, Survivor, outcomes};
use crate::aws::region::name;
use crate::next::utc;
use crate::spec::Spec;
use crate::spec::destination::Left;
use crate::text::Language;
use crate::text::wrap::{paragraph, paragraphs};
use crate::time::length::Minutes;
use crate::time::simulation::{Event, EventKind, Pace};

/// How far back the timeline goes.
const TIMELINE: Minutes = Minutes::hours(48);

/// How many recovery points of a place are listed; the others are counted.
const NEWEST: usize = 10;

/// Writes every statement that the loss concerns, one after the other, in lines of so many columns.
///
/// # Errors
///
/// What is written to fails.
pub fn write(spec: &Spec, loss: &Loss, language: Language, width: usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(paragraphs(&assumptions(loss, language), width).as_bytes())?;
    let mut outcomes = outcomes(spec, loss).peekable();
    if outcomes.peek().is_none() {
        let nothing = language.say(
            "no statement uses this region: nothing is lost",
            "このリージョンを使う文はありません。失われるものはありません",
        );
        writeln!(out, "\n{}", paragraph(nothing, width))?;
    }
    for outcome in outcomes {
        let said = Said { outcome: &outcome, loss, language }.statement();
        write!(out, "\n{}", paragraphs(&said, width))?;
    }
    Ok(())
}

/// What is lost, and what is taken for granted about the jobs before it.
fn assumptions(loss: &Loss, language: Language) -> String {
    let (code, region, at) = (loss.region.code, name::name(loss.region, language), utc(loss.at));
    let (backup, copy) = (length(loss.backup_takes, language), length(loss.copy_takes, language));
    let fails = loss.fail_every.map_or_else(String::new, |every| {
        language.say(format!("; one run in {every} fails"), format!("。{every} 回に 1 回は失敗します"))
    });
    language.say(
        format!(
            "{code} ({region}) is lost at {at} UTC\n\
             assumed: a backup takes {backup}, a copy takes {copy}; AWS promises neither{fails}\n"
        ),
        format!(
            "{code} ({region}) が {at} UTC に失われた場合\n\
             前提: バックアップに {backup}、コピーに {copy} (どちらも AWS の保証ではありません){fails}\n"
        ),
    )
}

fn length(length: Minutes, language: Language) -> String {
    language.say(length.to_string(), length.ja())
}

/// One statement with what surrounds it.
#[derive(Clone, Copy)]
struct Said<'a> {
    outcome: &'a Outcome<'a>,
    loss: &'a Loss,
    language: Language,
}

impl Said<'_> {
    fn statement(self) -> String {
        let former = self.outcome.former_regions().join(self.language.say(", ", "、"));
        let mut text = self.figures(&former);
        if let Some(from) = self.outcome.played_from.map(utc) {
            let _ = writeln!(
                text,
                "  {}",
                self.language.say(
                    format!("so many runs: only those since {from} UTC are played, older recovery points are not counted"),
                    format!("実行回数が多いため、{from} UTC 以降の実行だけを対象とし、それより古い復旧ポイントは数えていません"),
                )
            );
        }
        for scenario in &self.outcome.scenarios {
            let _ = writeln!(text, "\n  {}", pace(scenario.pace, self.language));
            for place in &scenario.places {
                text.push_str(&self.survivor(place));
            }
            if scenario.places.is_empty() {
                let _ = writeln!(text, "    {}", self.nothing(&former));
            }
        }
        if !self.outcome.former.is_empty() {
            let heading = self.language.say("where nothing is copied to any more", "現在はコピーしていないコピー先");
            let _ = writeln!(text, "\n  {heading}");
        }
        for place in &self.outcome.former {
            text.push_str(&self.former_survivor(place));
        }
        if let Some(scenario) = self.outcome.scenario(Pace::OnTime) {
            let back = length(TIMELINE, self.language);
            let heading = self.language.say(
                format!("the last {back}, every job on time (UTC)"),
                format!("直前の {back}: すべてのジョブが時間どおりの場合 (UTC)"),
            );
            let _ = writeln!(text, "\n  {heading}");
            text.push_str(&self.timeline(scenario));
        }
        text
    }

    /// What is lost at best, at worst, and when all goes well.
    fn figures(self, former: &str) -> String {
        let (outcome, language) = (self.outcome, self.language);
        let resources = outcome.statement.backed_up(usize::MAX, language);
        let (system, statement) = (outcome.system, &outcome.statement.name);
        let said = |loss: Option<Minutes>| loss.map_or_else(|| self.none_left(former), |loss| length(loss, language));
        let (best, expected, worst) = (said(outcome.best()), said(outcome.expected()), said(outcome.worst()));
        let (fate, what) = if outcome.source_lost {
            (
                language.say("lost with the region", "リージョンとともに失われます"),
                language.say("data lost", "失われるデータ"),
            )
        } else {
            (
                language.say("not in the region: it goes on", "別のリージョンにあるため稼働を続けます"),
                language.say("age of the newest recovery point", "最新の復旧ポイントの経過時間"),
            )
        };
        language.say(
            format!(
                "{system} / {statement}: {resources}, {fate}\n  {what}: at best {best}, expected {expected}, at worst {worst}\n"
            ),
            format!(
                "{system} / {statement}: {resources} — {fate}\n  {what}: 最良 {best}、想定 {expected}、最悪 {worst}\n"
            ),
        )
    }

    /// What stands in place of a figure where no recovery point is certainly left: all data is lost, or, where the resources
    /// go on, no recovery point has an age.
    fn none_left(self, former: &str) -> String {
        let none = if self.outcome.source_lost {
            self.language.say("everything", "すべて")
        } else {
            self.language.say("none left", "なし")
        };
        if former.is_empty() {
            return none.to_owned();
        }
        self.language.say(
            format!("{none} but what may be in {former}"),
            format!("{none}({former} に残っている可能性のある分を除く)"),
        )
    }

    fn nothing(self, former: &str) -> String {
        if former.is_empty() {
            return self
                .language
                .say("nothing: no other region has a copy", "なし: ほかのリージョンにコピーがありません")
                .to_owned();
        }
        self.language.say(
            format!("nothing but what may be in {former}"),
            format!("なし({former} に残っている可能性のある分を除く)"),
        )
    }

    /// A place by its vault and key.
    fn place(self, region: &str, vault: &str, key: &str, queue: &str) -> String {
        self.language.say(
            format!("    {region} vault {vault}, key {key}{queue}\n"),
            format!("    {region} ボールト {vault}、キー {key}{queue}\n"),
        )
    }

    fn survivor(self, place: &Survivor) -> String {
        let language = self.language;
        let queue = place.batches.filter(|batches| *batches > 1).map_or_else(String::new, |batches| {
            language
                .say(format!(", copies done after {batches} batches"), format!("、コピーは {batches} 回に分けて完了"))
        });
        let mut text = self.place(place.region, &place.vault, place.key.get(language), &queue);
        for point in place.points.iter().rev().take(NEWEST) {
            let (made, age) = (utc(point.created), length(Minutes::between(point.created, self.loss.at), language));
            let expires = point.expires.map(utc);
            let expires = expires.map_or_else(
                || language.say("never expires", "無期限").to_owned(),
                |at| language.say(format!("expires {at} UTC"), format!("期限 {at} UTC")),
            );
            let line = language.say(
                format!("made {made} UTC, {age} old, {expires}"),
                format!("{made} UTC に作成、{age}経過、{expires}"),
            );
            // Writing to a String cannot fail.
            let _ = writeln!(text, "      {line}");
        }
        if place.points.len() > NEWEST {
            let more = place.points.len() - NEWEST;
            let _ = writeln!(
                text,
                "      {}",
                language.say(format!("and {more} older"), format!("ほかに古いもの {more} 個"))
            );
        }
        if place.points.is_empty() {
            let none =
                language.say("no recovery point that can be restored from", "復元できる復旧ポイントはありません");
            let _ = writeln!(text, "      {none}");
        }
        text
    }

    fn former_survivor(self, survivor: &FormerSurvivor<'_>) -> String {
        let (former, place, language) = (survivor.destination, &survivor.destination.place, self.language);
        let code = place.region.node.code;
        let made = former.since.map(|since| since.node);
        let made = made.map_or_else(
            || language.say("an unknown day", "不明な時点").to_owned(),
            |date| language.say(date.to_string(), format!("{date} ")),
        );
        let left = match former.left() {
            Left::Until(date) if survivor.is_empty => language.say(
                format!("nothing: the last copy expired on {date}"),
                format!("なし: 最後のコピーは {date} に期限切れになりました"),
            ),
            Left::Until(date) => language.say(
                format!("copies made until {made}, of which the last expires on {date}"),
                format!("{made}までに作成されたコピー。最後の期限は {date} です"),
            ),
            Left::Forever => language.say(
                format!("copies made until {made}, which never expire"),
                format!("{made}までに作成された、期限のないコピー"),
            ),
            Left::Unknown => {
                let lacking = former.lacking();
                language.say(
                    format!("unknown: say until when copies are left, as in `formerly to {code} … {lacking}`"),
                    format!("不明: コピーがいつまで残るかを `formerly to {code} … {lacking}` のように書いてください"),
                )
            }
        };
        format!("{}      {left}\n", self.place(code, place.vault.value.name(), &survivor.key, ""))
    }

    fn timeline(self, scenario: &Scenario) -> String {
        let since = (Minutes::ZERO - TIMELINE).after(self.loss.at);
        let mut text = String::new();
        for event in scenario.events.iter().filter(|event| event.at >= since) {
            let rule = self.rule(event.rule).unwrap_or_default();
            let _ = writeln!(text, "    {}  {}: {}", utc(event.at), rule, self.happened(event));
        }
        let code = self.loss.region.code;
        let lost = self.language.say(format!("{code} is lost"), format!("{code} が失われる"));
        let _ = writeln!(text, "    {}  {lost}", utc(self.loss.at));
        text
    }

    /// The name of a rule.
    fn rule(&self, rule: usize) -> Option<&str> {
        self.outcome.statement.rules.get(rule).map(|rule| rule.name.value.as_str())
    }

    fn happened(self, event: &Event) -> String {
        let (statement, language) = (self.outcome.statement, self.language);
        let place = statement.place(&event.place).map(|place| statement.place_words(place)).unwrap_or_default();
        match event.kind {
            EventKind::Started => language.say("backup job starts", "バックアップジョブ開始").to_owned(),
            EventKind::Completed => language.say(
                format!("recovery point is ready in {place}"),
                format!("{place} の復旧ポイントが利用できるようになる"),
            ),
            EventKind::Failed => language.say("backup job fails", "バックアップジョブ失敗").to_owned(),
            EventKind::TimedOut => language
                .say(
                    "backup job is stopped at the end of its completion window",
                    "完了ウィンドウの終わりにバックアップジョブが打ち切られる",
                )
                .to_owned(),
            EventKind::Copied => {
                language.say(format!("copy is ready in {place}"), format!("{place} のコピーが利用できるようになる"))
            }
            EventKind::CopyLost => language.say(
                format!("copy to {place} loses its source, which expires"),
                format!("コピー元が期限切れになり、{place} へのコピーができない"),
            ),
            EventKind::Expired => language
                .say(format!("recovery point in {place} expires"), format!("{place} の復旧ポイントが期限切れになる")),
            EventKind::Replaced { by } => self.replaced(event.rule, by),
        }
    }

    /// Why a run does not happen in whose place another rule may run.
    fn replaced(self, rule: usize, by: usize) -> String {
        let keep = |rule: usize| self.outcome.statement.rules.get(rule).map(|rule| rule.keep.value);
        let keeps_longer = keep(by) > keep(rule);
        let by = self.rule(by).unwrap_or("another rule");
        if keeps_longer {
            self.language.say(
                format!("not run: AWS runs `{by}`, which keeps longer"),
                format!("実行されない: 保持期間の長い `{by}` が実行される"),
            )
        } else {
            self.language.say(
                format!("not run: AWS runs one of this and `{by}`, which keeps equally long"),
                format!("実行されない: これか、保持期間の等しい `{by}` のどちらか一方だけが実行される"),
            )
        }
    }
}

fn pace(pace: Pace, language: Language) -> &'static str {
    match pace {
        Pace::OnTime => language.say("with every job on time", "すべてのジョブが時間どおりの場合"),
        Pace::Slowest => {
            language.say("with the slowest jobs that the windows allow", "ウィンドウの許す限りジョブが遅れた場合")
        }
        Pace::OneFailed => language.say(
            "with every job on time, but the newest one failed",
            "すべてのジョブが時間どおりで、最新の 1 回だけ失敗した場合",
        ),
    }
}
