//! Clauses are what they are declared to be: each stands where its declaration says, as often as it says, and the
//! documents say the same.

use std::collections::BTreeSet;

use drc::syntax::clause::{CLAUSES, Declaration, Scope};

use crate::{compile, none};

const SCOPES: [Scope; 5] = [Scope::System, Scope::Account, Scope::Defaults, Scope::Key, Scope::Statement];

/// Two clauses of each form that do not contradict each other.
const EXAMPLES: &[[&str; 2]] = &[
    ["stacks per statement", "stacks per statement"],
    ["from ap-northeast-1", "from ap-northeast-2"],
    ["to us-west-2", "to eu-west-1"],
    ["formerly to us-east-2", "formerly to sa-east-1"],
    ["hourly at :15", "hourly at :45"],
    ["every 6h from 03:00 UTC", "every 8h from 04:00 UTC"],
    ["daily 02:00 UTC", "daily 14:00 UTC"],
    ["weekdays 03:00 UTC", "weekdays 15:00 UTC"],
    ["weekly mon 04:00 UTC", "weekly fri 04:00 UTC"],
    ["monthly 1 05:00 UTC", "monthly 15 05:00 UTC"],
    ["yearly jan 1 06:00 UTC", "yearly jul 1 06:00 UTC"],
    ["cron \"0 7 ? * MON *\" UTC", "cron \"0 8 ? * MON *\" UTC"],
    ["schedule in utc", "schedule in zone"],
    ["rpo 400d", "rpo 500d"],
    ["maintenance sun 03:00-04:00 UTC", "maintenance mon 03:00-04:00 UTC"],
    ["automated backup 05:00-05:30 UTC", "automated backup 06:00-06:30 UTC"],
    ["named a", "named b"],
    ["keep 7d", "keep 8d"],
    ["start within 1h", "start within 2h"],
    ["complete within 7h", "complete within 8h"],
    [
        "encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/a",
        "encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/b",
    ],
    ["called a", "called b"],
    ["plan a", "plan b"],
    ["selection a", "selection b"],
    ["role a", "role b"],
    ["restore subnet-group a", "restore in ap-northeast-1 subnet-group b"],
    ["no restore", "no restore"],
    ["tags a=b", "tags c=d"],
    ["admin role/A", "admin role/B"],
    ["rotate every 200d", "rotate every 300d"],
    ["no rotation", "no rotation"],
];

/// Every form of every clause with its examples.
fn examples() -> impl Iterator<Item = (&'static Declaration, &'static str, [&'static str; 2])> {
    CLAUSES.iter().flat_map(|clause| clause.words.iter().map(move |words| (clause, *words))).map(|(clause, words)| {
        let own = |example: &&[&str; 2]| example.iter().all(|text| text.starts_with(words));
        (clause, words, *EXAMPLES.iter().find(own).unwrap_or_else(|| panic!("no example of `{words}`")))
    })
}

/// The codes of what is said of an item with such clauses.
fn said(scope: Scope, clauses: &str) -> Vec<&'static str> {
    let head = match scope {
        Scope::System => "system s",
        Scope::Account => "account 111122223333",
        Scope::Defaults => "defaults",
        Scope::Key => "key k",
        Scope::Statement => "backup cluster mydb",
    };
    compile(&format!("{head}\n  {clauses}\n")).1
}

#[test]
fn each_item_takes_the_clauses_that_are_declared_for_it() {
    let mut complaints = Vec::new();
    for (clause, words, [example, _]) in examples() {
        for scope in SCOPES {
            let codes = said(scope, example);
            if codes.contains(&"E0013") == clause.scopes.contains(&scope) || codes.contains(&"E0005") {
                complaints.push(format!("`{words}` in `{}`: {codes:?}", scope.word()));
            }
        }
    }
    none(&complaints);
}

#[test]
fn clauses_are_said_as_often_as_they_are_declared() {
    let mut complaints = Vec::new();
    for (clause, words, [one, two]) in examples() {
        for scope in clause.scopes {
            let codes = said(*scope, &format!("{one}\n  {two}"));
            if codes.contains(&"E0010") != clause.is_single {
                complaints.push(format!("`{words}` twice in `{}`: {codes:?}", scope.word()));
            }
        }
        // One rule after the other may say what one says once, and a rule ends where another clause begins.
        let of_rules = said(Scope::Statement, &format!("daily 01:00 UTC {one} weekly sun 09:00 UTC {two}"));
        let late = said(Scope::Statement, &format!("daily 01:00 UTC tags a=a {one}"));
        if clause.is_rule_option && of_rules.contains(&"E0010") || clause.is_rule_option != late.contains(&"E0017") {
            complaints.push(format!("`{words}` in rules: {of_rules:?}, behind the end of one: {late:?}"));
        }
    }
    none(&complaints);
}

/// What is written for a statement, and a key of its own, that say such clauses.
fn written(scope: Scope, clauses: &str) -> Vec<Vec<u8>> {
    let (of_key, of_statement) = if scope == Scope::Key { (clauses, "no restore") } else { ("no rotation", clauses) };
    let (compiled, codes) = compile(&format!(
        "key k\n  {of_key}\nbackup cluster mydb from ap-northeast-1 key k keep 9d to ap-northeast-3\n  {of_statement}\n  daily 01:00 UTC\n"
    ));
    assert!(!compiled.files.is_empty(), "{clauses}: {codes:?}");
    let templates = compiled.files.into_iter().filter(|file| file.path != "manifest.json");
    templates.map(|file| file.bytes).collect()
}

#[test]
fn what_is_said_more_than_once_counts_each_time() {
    for (clause, words, [one, two]) in examples().filter(|(clause, ..)| !clause.is_single) {
        let written = |clauses: &str| written(clause.scopes[0], clauses);
        let both = written(&format!("{one}\n  {two}"));
        assert!(both != written(one) && both != written(two), "`{words}` twice says no more than once");
    }
}

/// What a document says of clauses: their words between quotes, from one text to another.
fn quoted<'d>(document: &'d str, from: &str, to: &str) -> BTreeSet<&'d str> {
    let (_, rest) = document.split_once(from).unwrap();
    rest.split_once(to).unwrap().0.split('`').skip(1).step_by(2).collect()
}

#[test]
fn documents_name_every_clause() {
    let of_defaults: BTreeSet<&str> = CLAUSES
        .iter()
        .filter(|clause| clause.scopes.contains(&Scope::Defaults))
        .flat_map(|clause| clause.words)
        .copied()
        .collect();
    let english = include_str!("../../docs/language.md");
    let japanese = include_str!("../../docs/language.ja.md");
    assert_eq!(quoted(english, "\n`defaults` takes ", ".\n\n"), of_defaults);
    assert_eq!(quoted(japanese, "\n`defaults` に書けるのは、", "\n\n"), of_defaults);
    for document in [english, japanese] {
        let page = document.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let missing = CLAUSES.iter().flat_map(|clause| clause.words).filter(|words| !page.contains(**words));
        none(&missing.map(|words| format!("`{words}` is not on the page")).collect::<Vec<_>>());
    }
}
