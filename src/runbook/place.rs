//! Entering a place: what its commands ask, the resources with their names there, and the settings that the spec
//! leaves open.

use super::scope::{Row, Scope, Site, SiteRole};
use super::text::{Text, say};
use crate::kind::steps::{KEY, PLACE};
use crate::procedure::command::{Command, Query};
use crate::procedure::line::Line;
use crate::procedure::{Left, Step};
use crate::spec::Retention;
use crate::text::shell;

/// The variable with the retention of a recovery point, in days; -1 where it never expires.
pub(super) const KEEP: &str = "KEEP";

/// A value that nobody has filled in.
const OPEN: &str = "'?'";

/// The step that enters each place of a scope.
pub(super) fn steps(scope: &Scope<'_>) -> Vec<Step> {
    let mut steps: Vec<Step> = scope.sites.iter().map(|site| step(scope, site)).collect();
    if let Some(first) = steps.first_mut() {
        first.prose.extend(settings_prose(scope));
        first.prose.extend(some_prose(scope));
    }
    steps
}

fn step(scope: &Scope<'_>, site: &Site<'_>) -> Step {
    let Text { en: region, ja: region_ja } = site.region();
    let title = match site.role {
        SiteRole::Destination => say!("Go to {region}, where the copies are", "コピー先の{region_ja}に移る"),
        SiteRole::Source => say!("Go to {region}, where they live", "ソースの{region_ja}に移る"),
        SiteRole::Former(_) => {
            say!("Go to {region}, where copies were made once", "以前のコピー先の{region_ja}に移る")
        }
    };
    Step::new(title)
        .leaves(Left::Place(scope.folder(site)))
        .mark(PLACE)
        .lines(lines(scope, site))
        .done(say!("The account and the names are shown.", "アカウントと名前の一覧が表示されること。"))
        .takes(say!("Seconds.", "数秒です。"))
}

fn settings_prose(scope: &Scope<'_>) -> Option<Text> {
    let mut open = scope.open_settings().map(|setting| setting.variable).peekable();
    open.peek()?;
    Some(say!(
        "The file `settings` in the folder `$WORK` holds what the spec leaves open. What is filled in stays: keep a copy of the file with this runbook.",
        "フォルダー `$WORK` の `settings` は、定義ファイルで決まらない値を書くファイルです。一度書いた値は次回も使われます。コピーをこのランブックと一緒に保管してください。"
    ))
}

fn some_prose(scope: &Scope<'_>) -> Option<Text> {
    scope.sites.iter().any(|site| site.rows.len() > 1).then(|| {
        say!(
            "The steps at a place are for all resources that it shows. Once there, `only NAME …` narrows them to some; `only` alone takes that back.",
            "以降の手順は、その場所に移ったときに表示されるすべてのリソースが対象です。移った後に `only NAME …` を実行すると一部だけになり、`only` だけで元に戻ります。"
        )
    })
}

fn lines(scope: &Scope<'_>, site: &Site<'_>) -> Vec<Line> {
    let mut lines = vec![Line::Enter];
    let identity = Command::new(site.code(), "sts", "get-caller-identity");
    lines.push(identity.into("ACCOUNT", Query::Value("Account")));
    lines.extend(scope.account().map(|account| Line::Expect { variable: "ACCOUNT", value: account.to_owned() }));
    let source = scope.source().map_or(site.code(), Site::code);
    let known = [
        format!("ACCOUNT=${{ACCOUNT}} REGION={} VAULT={}", site.code(), site.vault()),
        format!("NAME_ARNS={}", scope.arns(source)),
        format!("NEW_ARNS={}", scope.arns(site.code())),
    ];
    lines.push(Line::File { name: "place", stays: false, lines: known.to_vec(), expands: true });
    let open: Vec<String> = scope.open_settings().map(|setting| format!("{}={OPEN}", setting.variable)).collect();
    if !open.is_empty() {
        lines.push(Line::File { name: "settings", stays: true, lines: vec![open.join(" ")], expands: false });
    }
    lines.push(Line::File { name: "rows", stays: false, lines: rows(scope, site), expands: false });
    lines.push(Line::Show("rows"));
    lines
}

/// What is the same for all resources, then each with what is its own.
fn rows(scope: &Scope<'_>, site: &Site<'_>) -> Vec<String> {
    let facts: Vec<Vec<(String, String)>> = site.rows.iter().map(|row| facts(scope, site, row)).collect();
    let of_all = |fact: &(String, String)| facts.iter().all(|other| other.contains(fact));
    let written = |facts: &[&(String, String)]| {
        facts.iter().map(|(variable, value)| format!("{variable}={value}")).collect::<Vec<_>>().join(" ")
    };
    let common: Vec<_> = facts.first().into_iter().flatten().filter(|fact| of_all(fact)).collect();
    let mut lines = vec![written(&common)];
    lines.extend(site.rows.iter().zip(&facts).map(|(row, facts)| {
        let own: Vec<_> = facts.iter().filter(|fact| !of_all(fact)).collect();
        format!("{} {}", names(scope, row), written(&own)).trim_end().to_owned()
    }));
    lines
}

fn names(scope: &Scope<'_>, row: &Row<'_>) -> String {
    let drill = row.drill(scope.kind).map_or_else(|| OPEN.to_owned(), |name| shell::word(&name));
    format!("NAME={} NEW={} DRILL={drill}", shell::word(row.name), shell::word(&row.restored(scope.kind)))
}

/// What is known of a resource at a place beside its names, as variables with words of the shell.
fn facts(scope: &Scope<'_>, site: &Site<'_>, row: &Row<'_>) -> Vec<(String, String)> {
    let role = scope.role_arn(row.statement);
    let role = if role.contains('$') { format!("\"{role}\"") } else { shell::word(&role) };
    let days = match row.keep {
        Some(Retention::Days(days)) => days.to_string(),
        Some(Retention::Forever) | None => "-1".to_owned(),
    };
    let mut facts = vec![("ROLE_ARN".to_owned(), role), (KEEP.to_owned(), days)];
    facts.extend(scope.key(site, row).map(|key| (KEY.to_owned(), shell::word(&key))));
    for setting in scope.steps().settings {
        let written = setting.word.and_then(|word| row.setting(word));
        facts.extend(written.map(|value| (setting.variable.to_owned(), shell::word(value))));
    }
    facts
}
