//! Who decided each thing: the rule, the statement, an item for the whole file, `defaults`, or the
//! language.

use drc::diagnostic::human::{Colour, Style};
use drc::emit::Format;
use drc::explain::{Language, LocatedClause, explain, html, markdown, text};
use drc::spec::Level;

use crate::support::{Case, case, written};

/// Everything that `defaults` can say stands in it; its last line is the twelfth.
const SPEC: &str = "\
defaults
  encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
  schedule in zone
  start within 2h
  complete within 9h
  keep 3d
  to ap-northeast-3 keep 5d formerly to eu-west-1 key arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab keep 9d
  rpo 40d
  admin role/KeyAdmin
  rotate every 365d
  tags team=data
  restore as \"<name>-restored\" subnet-group private parameter-group aurora

system shop
key own-key admin role/OtherAdmin

backup cluster orders from ap-northeast-1 daily 01:00 JST

backup cluster users from ap-northeast-1 vault own-vault key own-key to us-west-2 tags team=people, kind=users no restore
  daily 02:00 JST keep 7d start within 3h
";

fn spec() -> Case {
    case("shop", SPEC, Format::Yaml)
}

fn clauses(case: &Case) -> Vec<(String, LocatedClause)> {
    let input = case.input();
    let explanation = explain(&input, Language::English);
    let all = explanation.points();
    all.flat_map(|point| point.clauses.into_iter().map(move |clause| (point.subject.clone(), clause))).collect()
}

#[test]
fn what_is_inherited_says_so_and_nothing_else_does() {
    for (subject, clause) in clauses(&spec()) {
        let stands_in_defaults = clause.file == "shop.drspec" && clause.line <= 12;
        let is_inherited = matches!(clause.level, Level::Defaults | Level::DerivedFromDefaults);
        assert_eq!(is_inherited, stands_in_defaults, "{subject}: {clause:?}");
        let is_default = clause.level == Level::Language;
        assert_eq!(is_default, clause.file != "shop.drspec", "{subject}: {clause:?}");
    }
}

#[test]
fn every_level_points_to_the_line_that_decided() {
    let clauses = clauses(&spec());
    let has = |subject: &str, level: Level, line: usize| {
        let found =
            |(of, clause): &(String, LocatedClause)| of == subject && clause.level == level && clause.line == line;
        assert!(clauses.iter().any(found), "{subject}: nothing of {level:?} on line {line}");
    };
    has("ScheduleExpression, ScheduleExpressionTimezone", Level::Defaults, 3);
    has("StartWindowMinutes", Level::Defaults, 4);
    has("StartWindowMinutes", Level::Rule, 20);
    has("CompletionWindowMinutes", Level::Defaults, 5);
    has("DeleteAfterDays", Level::Defaults, 6);
    has("DeleteAfterDays", Level::Defaults, 7);
    has("DeleteAfterDays", Level::Rule, 20);
    has("CopyActions", Level::Defaults, 7);
    has("AWS::KMS::ReplicaKey", Level::DerivedFromDefaults, 7);
    has("BackupVaultName", Level::DerivedFromDefaults, 7);
    has("BackupVaultName", Level::Derived, 17);
    has("BackupVaultName", Level::Statement, 19);
    has("rpo", Level::Defaults, 8);
    has("AdministerKey", Level::Defaults, 9);
    has("AdministerKey", Level::Item, 15);
    has("EnableKeyRotation, RotationPeriodInDays", Level::Defaults, 10);
    has("BackupPlanTags", Level::Defaults, 11);
    has("BackupPlanTags", Level::Statement, 19);
    has("RecoveryPointTags", Level::Statement, 19);
    has("What a restore makes", Level::Defaults, 12);
    has("No restore with this role", Level::Statement, 19);
    has("1. shop-primary-kms", Level::Item, 14);
}

#[test]
fn what_is_named_after_a_statement_points_to_its_name() {
    let named = |clauses: &str| {
        let text = format!(
            "backup cluster orders from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n  {clauses}\n"
        );
        let all = self::clauses(&case("shop", &text, Format::Yaml));
        ["BackupPlanName", "SelectionName", "RoleName"].map(|subject| {
            let (_, clause) = all.iter().find(|(of, _)| of == subject).unwrap();
            (clause.text.clone(), clause.level)
        })
    };
    let derived = |text: &str| (text.to_owned(), Level::Derived);
    let written = |text: &str| (text.to_owned(), Level::Statement);
    assert_eq!(named("no restore"), ["cluster orders"; 3].map(derived));
    assert_eq!(named("called ledger"), ["ledger"; 3].map(derived));
    assert_eq!(named("plan nightly"), [written("nightly"), derived("nightly"), derived("nightly")]);
    assert_eq!(
        named("called ledger plan nightly role AWSBackup-x"),
        [written("nightly"), derived("ledger"), written("AWSBackup-x")]
    );
}

#[test]
fn a_group_of_a_restore_points_to_its_own_name() {
    let case = spec();
    let input = case.input();
    let explanation = explain(&input, Language::English);
    let of = |part: &str| {
        let points = explanation.points().filter(|point| point.values.iter().any(|value| value.contains(part)));
        let mut texts: Vec<String> = points.flat_map(|point| point.clauses).map(|clause| clause.text).collect();
        texts.dedup();
        texts
    };
    assert_eq!(of(":subgrp:"), ["private"]);
    assert_eq!(of(":cluster-pg:"), ["aurora"]);
    assert_eq!(of(":og:"), ["\"<name>-restored\""]);
}

#[test]
fn every_format_says_it_in_both_languages() {
    let case = spec();
    let input = case.input();
    for (language, words) in
        [(Language::English, ["inherited from ", "defaults"]), (Language::Japanese, ["defaults", " から継承"])]
    {
        let explanation = explain(&input, language);
        let style = Style { width: 400, colour: Colour::Never };
        let pages = [
            written(|out| text::write(&explanation, style, out)),
            written(|out| markdown::write(&explanation, out)),
            written(|out| html::write(&input, &explanation, out)),
        ];
        for page in pages {
            assert!(words.iter().all(|word| page.contains(word)));
        }
    }
}

#[test]
fn every_destination_and_every_rule_is_named() {
    let spec = "\
backup cluster mydb from eu-west-1
  to eu-central-1
  to eu-west-3
  daily 01:00 UTC named every-day keep 7d
  monthly 1 09:00 UTC named archive keep 400d to us-east-1
  restore as mydb-restored
  restore as mydb-abroad in us-east-1
";
    let case = case("many", spec, Format::Yaml);
    let input = case.input();
    let explanation = explain(&input, Language::English);
    let lines = |action: &str| {
        let points = explanation.points().filter(|point| point.subject == "Action");
        let clauses = points.filter(|point| point.values.iter().any(|value| value == action));
        let mut lines: Vec<usize> = clauses.flat_map(|point| point.clauses).map(|clause| clause.line).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    };
    assert_eq!(lines("backup:CopyIntoBackupVault"), [2, 3, 5]);
    assert_eq!(lines("rds:DeleteDBClusterSnapshot"), [4, 5]);
    assert_eq!(lines("rds:RestoreDBClusterFromSnapshot"), [6, 7]);
}
