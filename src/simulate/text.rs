//! What is left, for people: the figures first, then the recovery points, then the timeline.

use std::io::{self, Write};

use super::{FormerSurvivor, Loss, Outcome, Scenario, Survivor, outcomes};
use crate::next::utc;
use crate::spec::Spec;
use crate::spec::destination::Left;
use crate::text::wrap::{paragraph, paragraphs};
use crate::text::{Language, Text, say};
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
    let (code, region, at) = (loss.region.code, loss.region.name(language), utc(loss.at));
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
        let (outcome, language) = (self.outcome, self.language);
        let former = outcome.former_regions().join(language.say(", ", "、"));
        let mut lines = vec![self.figures(&former)];
        if let Some(from) = outcome.played_from.map(utc) {
            lines.push(self.line(&say!(
                "  so many runs: only those since {from} UTC are played, older recovery points are not counted",
                "  実行回数が多いため、{from} UTC 以降の実行だけを対象とし、それより古い復旧ポイントは数えていません"
            )));
        }
        for scenario in &outcome.scenarios {
            lines.push(format!("\n  {}", pace(scenario.pace, language)));
            lines.extend(scenario.places.iter().flat_map(|place| self.survivor(place)));
            if scenario.places.is_empty() {
                lines.push(format!("    {}", self.nothing(&former)));
            }
        }
        if !outcome.former.is_empty() {
            let heading = language.say("where nothing is copied to any more", "現在はコピーしていないコピー先");
            lines.push(format!("\n  {heading}"));
        }
        lines.extend(outcome.former.iter().flat_map(|place| self.former_survivor(place)));
        lines.extend(outcome.scenario(Pace::OnTime).into_iter().flat_map(|scenario| self.timeline(scenario)));
        lines.join("\n") + "\n"
    }

    fn line(self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// What is lost at best, at worst, and when all goes well.
    fn figures(self, former: &str) -> String {
        let (outcome, language) = (self.outcome, self.language);
        let resources = outcome.statement.backed_up(usize::MAX, language);
        let (system, statement) = (outcome.system, &outcome.statement.name.value);
        // All data is lost where no recovery point is certainly left, or, where the resources go on, none has an age.
        let (fate, what, none) = if outcome.source_lost {
            language.say(
                ("lost with the region", "data lost", "everything"),
                ("リージョンとともに失われます", "失われるデータ", "すべて"),
            )
        } else {
            language.say(
                ("not in the region: it goes on", "age of the newest recovery point", "none left"),
                ("別のリージョンにあるため稼働を続けます", "最新の復旧ポイントの経過時間", "なし"),
            )
        };
        let said =
            |loss: Option<Minutes>| loss.map_or_else(|| self.none_but(none, former), |loss| length(loss, language));
        let (best, expected, worst) = (said(outcome.best()), said(outcome.expected()), said(outcome.worst()));
        language.say(
            format!(
                "{system} / {statement}: {resources}, {fate}\n  {what}: at best {best}, expected {expected}, at worst {worst}"
            ),
            format!(
                "{system} / {statement}: {resources} — {fate}\n  {what}: 最良 {best}、想定 {expected}、最悪 {worst}"
            ),
        )
    }

    /// That there is nothing, but for what may lie where copies were once made to.
    fn none_but(self, none: &str, former: &str) -> String {
        if former.is_empty() {
            return none.to_owned();
        }
        self.line(&say!("{none} but what may be in {former}", "{none}({former} に残っている可能性のある分を除く)"))
    }

    fn nothing(self, former: &str) -> String {
        let why = if former.is_empty() {
            self.language.say(": no other region has a copy", ": ほかのリージョンにコピーがありません")
        } else {
            ""
        };
        self.none_but(self.language.say("nothing", "なし"), former) + why
    }

    /// A place by its vault and key.
    fn place(self, region: &str, vault: &str, key: &str) -> String {
        self.line(&say!("    {region} vault {vault}, key {key}", "    {region} ボールト {vault}、キー {key}"))
    }

    fn survivor(self, place: &Survivor) -> Vec<String> {
        let language = self.language;
        let mut lines = vec![self.place(place.region, &place.vault, place.key.get(language))];
        if let (Some(batches @ 2..), Some(line)) = (place.batches, lines.first_mut()) {
            let queue = say!(", copies done after {batches} batches", "、コピーは {batches} 回に分けて完了");
            line.push_str(queue.get(language));
        }
        for point in place.points.iter().rev().take(NEWEST) {
            let (made, age) = (utc(point.created), length(Minutes::between(point.created, self.loss.at), language));
            let expires = match point.expires.map(utc) {
                None => say!("never expires", "無期限"),
                Some(at) => say!("expires {at} UTC", "期限 {at} UTC"),
            };
            let expires = expires.get(language);
            lines.push(language.say(
                format!("      made {made} UTC, {age} old, {expires}"),
                format!("      {made} UTC に作成、{age}経過、{expires}"),
            ));
        }
        match place.points.len() {
            0 => lines.push(self.line(&say!(
                "      no recovery point that can be restored from",
                "      復元できる復旧ポイントはありません"
            ))),
            all if all > NEWEST => {
                let more = all - NEWEST;
                lines.push(self.line(&say!("      and {more} older", "      ほかに古いもの {more} 個")));
            }
            _ => {}
        }
        lines
    }

    fn former_survivor(self, survivor: &FormerSurvivor<'_>) -> [String; 2] {
        let (former, place) = (survivor.destination, &survivor.destination.place);
        let code = place.region.node.code;
        let (made, made_ja) = match former.since.map(|since| since.node) {
            None => ("an unknown day".to_owned(), "不明な時点".to_owned()),
            Some(date) => (date.to_string(), format!("{date} ")),
        };
        let left = match former.left() {
            Left::Until(date) if survivor.is_empty => say!(
                "      nothing: the last copy expired on {date}",
                "      なし: 最後のコピーは {date} に期限切れになりました"
            ),
            Left::Until(date) => say!(
                "      copies made until {made}, of which the last expires on {date}",
                "      {made_ja}までに作成されたコピー。最後の期限は {date} です"
            ),
            Left::Forever => say!(
                "      copies made until {made}, which never expire",
                "      {made_ja}までに作成された、期限のないコピー"
            ),
            Left::Unknown => {
                let lacking = former.lacking();
                say!(
                    "      unknown: say until when copies are left, as in `formerly to {code} … {lacking}`",
                    "      不明: コピーがいつまで残るかを `formerly to {code} … {lacking}` のように書いてください"
                )
            }
        };
        [self.place(code, place.vault.value.name(), &place.key.value.identifier()), self.line(&left)]
    }

    fn timeline(self, scenario: &Scenario) -> Vec<String> {
        let (back, code) = (length(TIMELINE, self.language), self.loss.region.code);
        let heading = self.language.say(
            format!("\n  the last {back}, every job on time (UTC)"),
            format!("\n  直前の {back}: すべてのジョブが時間どおりの場合 (UTC)"),
        );
        let since = (Minutes::ZERO - TIMELINE).after(self.loss.at);
        let events = scenario.events.iter().filter(|event| event.at >= since).map(|event| {
            let rule = self.rule(event.rule).unwrap_or_default();
            format!("    {}  {}: {}", utc(event.at), rule, self.line(&self.happened(event)))
        });
        let lost = self.line(&say!("{code} is lost", "{code} が失われる"));
        [heading].into_iter().chain(events).chain([format!("    {}  {lost}", utc(self.loss.at))]).collect()
    }

    /// The name of a rule.
    fn rule(&self, rule: usize) -> Option<&str> {
        self.outcome.statement.rules.get(rule).map(|rule| rule.name.value.as_str())
    }

    fn happened(self, event: &Event) -> Text {
        let statement = self.outcome.statement;
        let place = statement.place(&event.place).map(|place| statement.place_words(place)).unwrap_or_default();
        match event.kind {
            EventKind::Started => say!("backup job starts", "バックアップジョブ開始"),
            EventKind::Completed => {
                say!("recovery point is ready in {place}", "{place} の復旧ポイントが利用できるようになる")
            }
            EventKind::Failed => say!("backup job fails", "バックアップジョブ失敗"),
            EventKind::TimedOut => say!(
                "backup job is stopped at the end of its completion window",
                "完了ウィンドウの終わりにバックアップジョブが打ち切られる"
            ),
            EventKind::Copied => say!("copy is ready in {place}", "{place} のコピーが利用できるようになる"),
            EventKind::CopyLost => say!(
                "copy to {place} loses its source, which expires",
                "コピー元が期限切れになり、{place} へのコピーができない"
            ),
            EventKind::Expired => {
                say!("recovery point in {place} expires", "{place} の復旧ポイントが期限切れになる")
            }
            EventKind::Replaced { by } => self.replaced(event.rule, by),
        }
    }

    /// Why a run does not happen in whose place another rule may run.
    fn replaced(self, rule: usize, by: usize) -> Text {
        let keep = |rule: usize| self.outcome.statement.rules.get(rule).map(|rule| rule.keep.value);
        let keeps_longer = keep(by) > keep(rule);
        let by = self.rule(by).unwrap_or("another rule");
        if keeps_longer {
            say!("not run: AWS runs `{by}`, which keeps longer", "実行されない: 保持期間の長い `{by}` が実行される")
        } else {
            say!(
                "not run: AWS runs one of this and `{by}`, which keeps equally long",
                "実行されない: これか、保持期間の等しい `{by}` のどちらか一方だけが実行される"
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
