//! What is told once, of however many statements: what is open, what was decided, and where to ask further.

use std::collections::BTreeSet;

use super::open::Opening;
use super::sheet::{Block, Cell};
use super::statement::and_more;
use super::{Backup, Screen, words};
use crate::aws::region;
use crate::diagnostic::{Cure, Diagnostic};
use crate::lower::quota::W0508;
use crate::spec::Level;
use crate::text::Language;

/// How many rows of one kind are shown.
const ROWS: usize = 8;

/// Of how many findings of a rule each has its commands; those of more are told once for all regions.
const FINDINGS: usize = 2;

/// How many clauses of one origin are shown.
const CLAUSES: usize = 10;

/// How many cures of one rule are shown.
const CURES: usize = 3;

impl Screen<'_> {
    /// What is open, and what has to be run before the first run.
    pub(super) fn open_points(&self, language: Language) -> Vec<Block> {
        let mut open: Vec<Vec<Cell>> = self.open.iter().map(|opening| self.opening(opening, language)).collect();
        if !open.is_empty() {
            let places = language.say("the places, and what to look up", "該当箇所と確認方法");
            open.push(vec!["".into(), places.into(), Cell::code(self.command("drc check"))]);
        }
        let conditions = self.open.iter().filter(|opening| opening.is_condition());
        let mut first: Vec<Vec<Cell>> = conditions.flat_map(|opening| commands(opening, language)).collect();
        let then = [language.say("build", "ビルド"), language.say("deploy", "デプロイ")];
        first.extend(
            then.iter().zip(self.deployment()).map(|(step, command)| vec![(*step).into(), Cell::code(command)]),
        );
        vec![
            Block::first(language.say("still open", "未解決"), open),
            Block::new(language.say("run first", "最初に実行"), first),
        ]
    }

    /// What has to be run before the first run of a backup, in this order.
    pub(super) fn run_first(&self) -> Vec<String> {
        let conditions = self.open.iter().filter(|opening| opening.is_condition());
        let checks = conditions.flat_map(Opening::to_run).map(str::to_owned);
        checks.chain(self.deployment()).collect()
    }

    /// The commands that build and deploy.
    fn deployment(&self) -> [String; 2] {
        let is_large = self.open.iter().any(|opening| opening.rule.code == W0508.code);
        let bucket = if is_large { "DRC_TEMPLATE_BUCKET=BUCKET " } else { "" };
        [self.command("drc build"), format!("{bucket}sh out/deploy.sh")]
    }

    /// A command on the specs.
    pub(super) fn command(&self, command: &str) -> String {
        format!("{command} {}", self.files().join(" "))
    }

    /// A rule with the statements that it is about, where there are several, and what to write or to run.
    fn opening(&self, opening: &Opening<'_>, language: Language) -> Vec<Cell> {
        let about = opening.rule.summary(language);
        let meant = |backup: &&Backup<'_>| backup.open.iter().any(|found| found.rule.code == opening.rule.code);
        let names: Vec<&str> =
            self.backups.iter().filter(meant).map(|backup| backup.statement.name.value.as_str()).collect();
        let about = if names.len() == self.backups.len() {
            about.to_owned()
        } else {
            format!("{about} ({})", language.first(words::NAMES, &names))
        };
        let write = opening.to_write();
        let removes = || opening.findings.iter().any(|finding| finding.cures.contains(&Cure::Remove));
        let cure: Cell = match (write.as_slice(), opening.to_run().is_empty()) {
            ([], true) if removes() => language.say("remove it", "削除する").into(),
            ([], true) => Cell::code(self.command("drc check")),
            ([], false) if opening.is_condition() => language.say("run what is below", "下のコマンドを実行").into(),
            ([], false) => Cell::code(opening.to_run().into_iter().take(CURES).collect::<Vec<_>>().join("; ")),
            (write, _) => Cell::code(write.iter().copied().take(CURES).collect::<Vec<_>>().join(", ")),
        };
        vec![Cell::code(opening.rule.code), about.into(), cure]
    }

    /// What was written, what `defaults` said, and what was decided.
    pub(super) fn decided(&self, backup: &Backup<'_>, language: Language) -> Vec<Block> {
        let clauses = |wanted: fn(Level) -> bool| {
            let found = backup.decided.iter().filter(|decided| wanted(decided.level));
            let found: Vec<String> = found.map(|decided| short(&decided.clause)).collect();
            let told = language.first(CLAUSES, &found);
            if told.is_empty() { Vec::new() } else { vec![vec![told.into()]] }
        };
        let written = |level| matches!(level, Level::Rule | Level::Statement | Level::Item);
        vec![
            Block::new(language.say("you wrote", "書いた内容"), clauses(written)),
            Block::new("defaults", clauses(|level| level == Level::Defaults)),
            Block::new(language.say("drc chose", "drc の既定"), clauses(|level| level == Level::Language)),
            Block::new(language.say("you allowed", "許可した警告"), self.allowed(language)),
        ]
    }

    /// Warnings that the spec allows, with its reasons.
    pub(super) fn allowed(&self, language: Language) -> Vec<Vec<Cell>> {
        let allowed = self.input.compiled.allowed.iter();
        let reasons: BTreeSet<(&str, &str)> =
            allowed.map(|allowed| (allowed.finding.rule.code, allowed.reason.as_str())).collect();
        let more = reasons.len().saturating_sub(ROWS);
        let row = |(code, reason): &(&str, &str)| vec![Cell::code(*code), (*reason).into()];
        let mut rows: Vec<Vec<Cell>> = reasons.iter().take(ROWS).map(row).collect();
        rows.extend(and_more(more, &self.command("drc explain --format json"), language));
        rows
    }

    /// Where to ask further.
    pub(super) fn ask(&self, language: Language) -> Vec<Block> {
        let files = self.files().join(" ");
        let explain = format!("drc explain {files}");
        let first = self.backups.first();
        let lost = first.map_or("", |backup| backup.statement.source.region.node.code);
        let runs = first.into_iter().flat_map(|backup| &backup.runs).flat_map(|forecast| &forecast.runs);
        let at = runs.map(|run| run.completes_by).min();
        let at = at.map_or_else(|| "INSTANT".to_owned(), |at| at.strftime("%Y-%m-%dT%H:%MZ").to_string());
        vec![
            Block::first(
                language.say("why is …?", "理由を知る"),
                vec![vec!["drc explain SPEC --at LINE:COLUMN | --statement SID | --template FILE:LINE".into()]],
            ),
            Block::new(
                language.say("all of it", "すべて"),
                vec![vec![Cell::code(format!("{explain} --full"))], vec![Cell::code(format!("drc prove {files}"))]],
            ),
            Block::new(
                language.say("if it is lost", "失ったら"),
                vec![
                    vec![Cell::code(format!("drc simulate {files} --lose {lost}@{at}"))],
                    vec![Cell::code(format!("drc runbook {files}"))],
                ],
            ),
        ]
    }
}

/// A clause in which an ARN is known by its end.
fn short(clause: &str) -> String {
    match clause.split_once("arn:") {
        Some((before, arn)) => format!("{before}…{}", arn.rsplit([':', '/']).next().unwrap_or(arn)),
        None => clause.to_owned(),
    }
}

/// What looks whether a rule's condition holds, and what makes it so.
fn commands(opening: &Opening<'_>, language: Language) -> Vec<Vec<Cell>> {
    let steps = language.say(["look", "if not"], ["確認", "でなければ"]);
    let of = |finding: &Diagnostic| -> Vec<String> {
        finding.cures.iter().filter_map(Cure::command).map(str::to_owned).collect()
    };
    let row = |(step, command): (&&str, String)| vec![(*step).into(), Cell::Code(command)];
    if opening.findings.len() > FINDINGS {
        let mut regions: BTreeSet<&str> = BTreeSet::new();
        let mut commands: Vec<Vec<String>> = Vec::new();
        for finding in &opening.findings {
            let (found, same) = without_region(of(finding));
            regions.extend(found);
            if !commands.contains(&same) {
                commands.push(same);
            }
        }
        if let [commands] = commands.as_slice() {
            let regions: Vec<&str> = regions.into_iter().collect();
            let look = |command: &String| {
                let each = command.replace("REGION", "$region");
                format!("for region in {}; do {each}; done", regions.join(" "))
            };
            let looks = commands.first().map(look).into_iter();
            return steps.iter().zip(looks.chain(commands.iter().skip(1).cloned())).map(row).collect();
        }
    }
    opening.findings.iter().flat_map(|finding| steps.iter().zip(of(finding)).map(row).collect::<Vec<_>>()).collect()
}

/// Commands with a word in place of the region that they are about, and that region.
fn without_region(commands: Vec<String>) -> (Option<&'static str>, Vec<String>) {
    let region = commands.iter().flat_map(|command| command.split(' ')).find_map(region::find);
    let Some(region) = region else { return (None, commands) };
    let same = commands.iter().map(|command| command.replace(region.code, "REGION"));
    (Some(region.code), same.collect())
}
