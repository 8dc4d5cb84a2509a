//! What follows from schedules, windows and retentions: both clocks, the next runs, and what is
//! guaranteed in each place.

use super::collect::{Collected, Context};
use super::{Input, Language, LocatedClause, Point, SectionKind};
use crate::analysis::{Analyses, Analysis};
use crate::lower::reason;
use crate::next::{Forecast, Instead, Run, forecast, offset, utc};
use crate::origin::Origin;
use crate::queue::{COPY_TAKES, Waiting};
use crate::source::Span;
use crate::spec::{ClosedWindow, Group, Level, Statement};
use crate::time::coverage::{Coverage, Derivation, Without};
use crate::time::cron::words as cron;
use crate::time::length::Minutes;
use crate::time::plan::Where;

/// How many coming runs are shown.
const RUNS: usize = 3;

/// A point on the schedule and the windows of each rule, and on what each statement guarantees.
pub(super) fn collect(input: &Input<'_>, known: &Analyses<'_>, language: Language, points: &mut Collected<'_>) {
    let spec = &input.compiled.spec;
    let Some(first) = input.compiled.stacks.first() else { return };
    let context = Context::new(input, first, language);
    for forecast in forecast(spec, RUNS) {
        points.push(SectionKind::Schedule, schedule(&context, &forecast));
        points.push(SectionKind::Windows, windows(&context, &forecast));
    }
    for (_, statement) in spec.statements() {
        closed_windows(&context, statement, points);
        if let Some(analysis) = known.get(statement) {
            guarantees(&context, statement, (known, analysis), points);
        }
    }
}

fn schedule(context: &Context<'_>, forecast: &Forecast<'_>) -> Point {
    let (language, rule) = (context.language, forecast.rule);
    let mut facts = vec![capital(rule.schedule.node.describe(language), language)];
    for expression in &rule.expressions {
        let zone = expression.timezone.as_deref().unwrap_or("UTC");
        let words = cron::describe(&expression.cron, language);
        facts.push(language.say(
            format!("AWS Backup runs it by {} in {zone}: {words}.", expression.cron),
            format!("AWS Backup での指定は {} ({zone}) で、「{words}」を意味します。", expression.cron),
        ));
    }
    facts.extend(forecast.runs.iter().map(|run| {
        let local = format!("{} {}", run.local.strftime("%Y-%m-%d %H:%M"), offset(run.offset));
        if let Some(Instead { rule: by, keeps_longer: true }) = &run.instead {
            return language.say(
                format!("No run on {local}: AWS runs `{by}` instead, because it keeps longer."),
                format!("{local} には実行されません。保持期間がより長い `{by}` が代わりに実行されます。"),
            );
        }
        language.say(
            format!("Coming run: {local}, which is {} UTC.", utc(run.at)),
            format!("次回以降の実行: {local}(UTC では {})", utc(run.at)),
        )
    }));
    figure(context, forecast, facts)
}

fn windows(context: &Context<'_>, forecast: &Forecast<'_>) -> Point {
    let language = context.language;
    let zone = forecast.rule.schedule.node.zone();
    let local = |instant| zone.wall_clock(instant).strftime("%Y-%m-%d %H:%M").to_string();
    let said = |run: &Run| {
        let (due, starts, completes) = (local(run.at), local(run.starts_by), local(run.completes_by));
        language.say(
            format!("The run due at {due} ({}) starts by {starts} and has completed by {completes}.", zone.name()),
            format!("{due}({})の実行は、{starts} までに開始し、{completes} までに完了します。", zone.name()),
        )
    };
    let replaced = |run: &&Run| run.instead.as_ref().is_some_and(|instead| instead.keeps_longer);
    let first = forecast.runs.iter().find(|run| !replaced(run));
    figure(context, forecast, first.map(said).into_iter().collect())
}

fn figure(context: &Context<'_>, forecast: &Forecast<'_>, facts: Vec<String>) -> Point {
    let (statement, rule) = (forecast.statement, forecast.rule);
    let name = format!("backup {} / {}", statement.name.value, rule.name.value);
    Point {
        subject: rule.name.value.clone(),
        of: Some(statement.plan.value.clone()),
        facts,
        clauses: vec![context.clause(&Origin::new(name, rule.span, Level::Statement, &reason::PLAN))],
        ..Point::default()
    }
}

fn closed_windows(context: &Context<'_>, statement: &Statement, points: &mut Collected<'_>) {
    for ClosedWindow { clause, span, .. } in &statement.closed_windows {
        let name = format!("backup {} / {clause}", statement.name.value);
        let why = |group: &Group| Origin::new(name.clone(), *span, Level::Statement, group.kind.why.closed_windows);
        let origins: Vec<Origin> = statement.groups.iter().map(why).collect();
        points.push(SectionKind::Windows, context.point((*clause).to_owned(), &origins));
    }
}

/// The clauses that what is guaranteed in a place follows from: the place, and how long recovery points are kept there.
fn decisive(context: &Context<'_>, statement: &Statement, place: &Where) -> Vec<LocatedClause> {
    let decided: Vec<(Span, Level)> = match place {
        Where::Source => {
            let keeps = statement.rules.iter().map(|rule| (rule.keep.span, rule.keep.level));
            std::iter::once((statement.from, Level::Statement)).chain(keeps).collect()
        }
        Where::Copy(name) => {
            let copies = statement.copies().filter(|copy| statement.place_name(&copy.place) == *name);
            copies.flat_map(|copy| [(copy.span, copy.level), (copy.keep.span, copy.keep.level)]).collect()
        }
    };
    let origin =
        |(span, level)| Origin::new(format!("backup {}", statement.name.value), span, level, &reason::LIFECYCLE);
    context.point(String::new(), &decided.into_iter().map(origin).collect::<Vec<_>>()).clauses
}

/// What is guaranteed in each place, and the promise, if there is one.
fn guarantees(
    context: &Context<'_>,
    statement: &Statement,
    (known, analysis): (&Analyses<'_>, &Analysis),
    points: &mut Collected<'_>,
) {
    let language = context.language;
    for (place, coverage) in &analysis.coverage {
        let waiting = known.queues().waiting(statement, place);
        let clauses = decisive(context, statement, place);
        let place = statement.place(place).unwrap_or(&statement.source);
        let name = format!("{} / {}", place.region.node.code, place.vault.value.name());
        let point = Point {
            subject: language.say(format!("Coverage in {name}"), format!("{name} の復旧ポイント")),
            of: Some(statement.name.value.clone()),
            facts: [covered(coverage, language), waiting.map_or_else(Vec::new, |waiting| queue(&waiting, language))]
                .concat(),
            clauses,
            ..Point::default()
        };
        points.push(SectionKind::Retention, point);
    }
    if let Some(rpo) = &statement.rpo {
        let name = format!("backup {} / rpo", statement.name.value);
        let origin = Origin::new(name, rpo.span, rpo.level, &reason::PROMISED_RPO);
        let mut point = context.point("rpo".to_owned(), [&origin]);
        point.values.push(length(Minutes(i64::from(rpo.value)), language));
        points.push(SectionKind::Retention, point);
    }
}

/// That later runs are not looked at.
fn cut(until: jiff::Timestamp, language: Language) -> String {
    let date = jiff::tz::TimeZone::UTC.to_datetime(until).date();
    language.say(
        format!("Only runs before {date} are looked at, since there are so many: a longer gap after it would not be seen."),
        format!("実行回数が多いため、{date} より前の実行だけを対象としています。それ以降により長い間隔があっても反映されません。"),
    )
}

/// What is guaranteed, in sentences.
fn covered(coverage: &Coverage, language: Language) -> Vec<String> {
    let least = coverage.least;
    let mut facts = vec![match (coverage.most, coverage.cut.retention) {
        (_, Some(counted)) => {
            let counted = length(counted, language);
            language.say(
                format!("Recovery points alive at any moment: more than {least}; those older than {counted} are not counted."),
                format!("各時点で存在する復旧ポイントの数: {least} を超える({counted}より古いものは数えていません)"),
            )
        }
        (Some(most), None) => language.say(
            format!("Recovery points alive at any moment: at least {least}, at most {most}."),
            format!("各時点で存在する復旧ポイントの数: 最少 {least}、最多 {most}"),
        ),
        (None, None) => language.say(
            format!("Recovery points alive at any moment: at least {least}; some are kept for ever."),
            format!("各時点で存在する復旧ポイントの数: 最少 {least}(無期限に保持するものがあります)"),
        ),
    }];
    facts.extend(coverage.rpo.as_ref().map(|rpo| {
        let sum = derivation(rpo, language);
        language.say(format!("Data lost at worst (RPO): {sum}."), format!("最悪時のデータ損失(RPO): {sum}"))
    }));
    facts.extend(without(coverage, language));
    facts.extend(coverage.cut.until.map(|until| cut(until, language)));
    if coverage.least == 0 {
        facts.extend(coverage.least_keep_days().map(|days| {
            let unit = if days == 1 { "day" } else { "days" };
            language.say(
                format!("Kept {days} {unit}, there would always be one."),
                format!("保持期間を {days} 日にすれば、常に一つは利用できます。"),
            )
        }));
    }
    facts.extend(coverage.source_left.map(|left| source_left(left, language)));
    facts
}

/// That there are times without a usable recovery point, if there are.
fn without(coverage: &Coverage, language: Language) -> Option<String> {
    match &coverage.without {
        Without::Never => None,
        Without::AtMost(longest) => {
            let sum = derivation(longest, language);
            Some(language.say(
                format!("There are times without any usable recovery point, at worst for {sum}."),
                format!("利用できる復旧ポイントが一つもない時間帯があり、最長で {sum}続きます。"),
            ))
        }
        Without::Always => Some(language.say(
            "A recovery point may expire before its job has completed: nothing is guaranteed.".to_owned(),
            "ジョブの完了前に復旧ポイントの期限が切れることがあり、何も保証されません。".to_owned(),
        )),
        Without::NoRun => Some(language.say(
            "No run that leaves a recovery point there is sure: another rule's may take its place, or it may be due when no backup starts. Nothing is guaranteed."
                .to_owned(),
            "ここに復旧ポイントを残す実行は、ほかのルールの実行に置き換わるか、バックアップを開始できない時間帯に当たることがあり、何も保証されません。".to_owned(),
        )),
    }
}

/// That copies wait for each other.
fn queue(waiting: &Waiting, language: Language) -> Vec<String> {
    let takes = length(COPY_TAKES, language);
    let Waiting { copies, region, at_a_time, batches, .. } = waiting;
    let mut facts = Vec::new();
    if *batches > 1 {
        facts.push(language.say(
            format!(
                "Up to {copies} copies to {region} compete and AWS makes {at_a_time} at a time: {batches} batches of {takes} each."
            ),
            format!(
                "{region} へのコピーは最大 {copies} 件が重なり、AWS が同時に処理するのは {at_a_time} 件までのため、{takes}ずつ {batches} 回に分かれます。"
            ),
        ));
    }
    if waiting.endless {
        facts.push(language.say(
            format!(
                "More copies go to {region} than can be made if each takes {takes}: the queue never empties, and copies come later and later."
            ),
            format!(
                "各コピーに {takes}かかると、{region} へのコピーは件数が処理能力を上回って順番待ちが解消せず、完了が遅れ続けます。"
            ),
        ));
    }
    facts
}

/// What is left of the source's retention when a copy is made.
fn source_left(left: Minutes, language: Language) -> String {
    let takes = length(COPY_TAKES, language);
    let left_said = length(left, language);
    if left < Minutes::ZERO {
        language.say(
            format!("A copy that takes {takes} may find its source expired: {left_said} of retention are left."),
            format!("コピーに {takes}かかると、コピー元が先に期限切れになることがあります(残り {left_said})。"),
        )
    } else {
        language.say(
            format!("When a copy that takes {takes} is made, its source is kept for another {left_said} at least."),
            format!("コピーに {takes}かかっても、完了時点でコピー元の保持期間は {left_said}以上残っています。"),
        )
    }
}

fn derivation(derivation: &Derivation, language: Language) -> String {
    language.say(derivation.to_string(), derivation.ja())
}

pub(super) fn length(minutes: Minutes, language: Language) -> String {
    language.say(minutes.to_string(), minutes.ja())
}

fn capital(text: String, language: Language) -> String {
    let mut characters = text.chars();
    match (language, characters.next()) {
        (Language::English, Some(first)) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        _ => text,
    }
}
