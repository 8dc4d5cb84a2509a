//! `drc explain` itself: pages of rules, the list, the locale, and what it says when asked for what
//! is not there.

use std::process::{Command, Output};

use drc::emit::Format;
use drc::explain::Language;
use drc::rule::DiagnosticRule;
use drc::rules::{self, RULES, page};
use drc::source::Sources;

use crate::formats::expect;

fn drc(arguments: &[&str], locale: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG");
    command.args(arguments).envs(locale.iter().copied()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_page_of_every_rule_is_shown() {
    for rule in RULES {
        let output = drc(&["explain", &rule.code.to_lowercase()], &[]);
        assert_eq!(output.status.code(), Some(0), "{}", rule.code);
        let page = stdout(&output);
        assert!(page.starts_with(&format!("# {}[{}]: {}\n", rule.severity.word(), rule.code, rule.name)));
        assert!(page.contains(rule.summary(Language::English)) && page.contains(rule.evidence.words().en));
        assert!(page.contains(rule.source));
    }
}

#[test]
fn the_list_has_every_rule() {
    for language in [Language::English, Language::Japanese] {
        let list = stdout(&drc(&["explain", "--list", "--lang", language.code()], &[]));
        assert_eq!(list.lines().count(), RULES.len());
        for (line, rule) in list.lines().zip(RULES) {
            assert!(line.starts_with(rule.code) && line.ends_with(rule.summary(language)), "{line}");
        }
    }
}

#[test]
fn the_page_of_every_rule_is_the_same_in_japanese_but_for_its_words() {
    for rule in RULES {
        let page = |language| page::markdown(rule, language);
        let (english, japanese) = (page(Language::English), page(Language::Japanese));
        assert_eq!(examples(&japanese), examples(&english), "{}", rule.code);
        assert_eq!(japanese.lines().next(), english.lines().next(), "{}", rule.code);
        let headings = |page: &str| page.lines().filter(|line| line.starts_with("## ")).count();
        assert_eq!(headings(&japanese), headings(&english), "{}", rule.code);
        assert!(japanese.contains(rule.summary(Language::Japanese)) && japanese.contains(rule.source), "{}", rule.code);
        for heading in ["## Why", "## Example", "Use instead", "## Evidence"] {
            assert!(!japanese.contains(heading), "{}: {heading}", rule.code);
        }
    }
}

#[test]
fn pages_of_rules_are_written_as_expected() {
    // With examples, without them, and with words of AWS.
    let rules: Vec<&DiagnosticRule> =
        ["E0301", "E0501", "W0215"].iter().map(|code| rules::find(code).unwrap()).collect();
    for language in [Language::English, Language::Japanese] {
        let pages: Vec<String> = rules.iter().map(|rule| page::markdown(rule, language)).collect();
        expect(&format!("rules.{}.md", language.code()), &pages.join("\n"));
        expect(&format!("rules.{}.json", language.code()), &page::json(&rules, language));
    }
}

#[test]
fn the_locale_chooses_the_language_of_a_page() {
    let heading = |arguments: &[&str], locale: &[(&str, &str)]| {
        let page = stdout(&drc(&[&["explain", "E0301"], arguments].concat(), locale));
        page.lines().find_map(|line| line.strip_prefix("## ")).unwrap_or_default().to_owned()
    };
    assert_eq!(heading(&[], &[("LANG", "ja_JP.UTF-8")]), "理由");
    assert_eq!(heading(&["--format", "md", "--lang", "ja"], &[]), "理由");
    assert_eq!(heading(&["--lang", "en"], &[("LANG", "ja_JP.UTF-8")]), "Why");
}

#[test]
fn an_unknown_rule_is_refused() {
    let output = drc(&["explain", "E9998"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no rule E9998"));
}

/// The fenced specs of a page, with the code that each must fire.
fn examples(page: &str) -> Vec<(Option<&str>, String)> {
    let mut examples = Vec::new();
    let mut lines = page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```drspec") {
            let spec: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            examples.push((info.strip_prefix(',').map(|code| code.split(',').next().unwrap()), spec.join("\n") + "\n"));
        }
    }
    examples
}

#[test]
fn the_examples_of_every_rule_do_what_its_page_says() {
    for rule in RULES {
        for (code, spec) in examples(rule.page.en) {
            let mut sources = Sources::default();
            let file = sources.add("example.drspec", spec.clone().into_bytes());
            let now = jiff::Timestamp::constant(1_796_275_200, 0);
            let compiled = drc::compile(&sources, &[file], Format::Yaml, now);
            let fired = compiled.diagnostics.iter().any(|finding| finding.rule.code == rule.code);
            assert_eq!(fired, code == Some(rule.code), "{}:\n{spec}", rule.code);
        }
    }
}

#[test]
fn the_locale_chooses_the_language() {
    let language = |locale: &[(&str, &str)]| {
        let page = stdout(&drc(&["explain", "specs/mydb.drspec", "--now", "2026-12-03T14:37+09:00"], locale));
        if page.contains("安全ではありません") { "ja" } else { "en" }
    };
    assert_eq!(language(&[]), "en");
    assert_eq!(language(&[("LANG", "ja_JP.UTF-8")]), "ja");
    assert_eq!(language(&[("LANG", "ja_JP.UTF-8"), ("LC_MESSAGES", "de_DE")]), "en");
    assert_eq!(language(&[("LC_ALL", "ja_JP.UTF-8"), ("LC_MESSAGES", "C")]), "ja");
    assert_eq!(language(&[("LC_ALL", ""), ("LANG", "ja")]), "ja");
    let page = stdout(&drc(&["explain", "specs/mydb.drspec", "--lang", "en"], &[("LANG", "ja_JP.UTF-8")]));
    assert!(!page.contains("保持期間"));
}

#[test]
fn names_of_locales_are_read() {
    for (name, language) in
        [("ja", Language::Japanese), ("ja_JP.eucJP", Language::Japanese), ("JA-jp", Language::Japanese)]
    {
        assert_eq!(Language::of_locale(name), language);
    }
    for name in ["C", "POSIX", "en_GB.UTF-8", "jam", ""] {
        assert_eq!(Language::of_locale(name), Language::English);
    }
}

#[test]
fn a_template_that_is_not_current_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    assert_eq!(drc(&["build", "specs/mydb.drspec", "-o", out], &[]).status.code(), Some(0));
    let template = format!("{out}/ap-northeast-1/mydb-source-backup.yml");
    let explain =
        |line: usize| drc(&["explain", "specs/mydb.drspec", "--template", &format!("{template}:{line}")], &[]);
    assert_eq!(explain(8).status.code(), Some(0));
    assert_eq!(explain(9999).status.code(), Some(2));
    std::fs::write(&template, "Resources: {}\n").unwrap();
    let stale = explain(1);
    assert_eq!(stale.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&stale.stderr).contains("is not what this spec makes now"));
}

#[test]
fn a_spec_with_errors_is_not_explained() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wrong.drspec");
    std::fs::write(&path, "backup cluster mydb\n").unwrap();
    let output = drc(&["explain", path.to_str().unwrap()], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}

#[test]
fn asking_for_what_is_not_there_is_answered_with_what_is() {
    let output = drc(&["explain", "specs/mydb.drspec", "--statement", "GetResource"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `GetResources`?"));
    for format in ["text", "md", "json", "html"] {
        let output = drc(&["explain", "specs/mydb.drspec", "--statement", "GetResources", "--format", format], &[]);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("tag:GetResources"));
    }
}

/// What is said, on standard output or standard error, with the exit code.
fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = drc(&[&["explain", "--lang", "en"], arguments].concat(), &[]);
    (output.status.code(), stdout(&output), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_line_is_found_however_its_file_is_written() {
    let absolute = std::fs::canonicalize("specs/article.drspec").unwrap().display().to_string();
    let (_, expected, _) = said(&["specs/article.drspec", "--at", "9"]);
    assert!(expected.contains("mydb-subnets"));
    for file in ["specs/article.drspec", "./specs/article.drspec", "article.drspec", &absolute] {
        let (code, page, _) = said(&["specs/article.drspec", "--at", &format!("{file}:9")]);
        assert_eq!((code, &page), (Some(0), &expected), "{file}");
    }
    let (_, expected, _) = said(&["specs/article.drspec", "--at", "9:22"]);
    let (code, page, _) = said(&["specs/article.drspec", "--at", "article.drspec:9:22"]);
    assert_eq!((code, page), (Some(0), expected));
    let (code, page, _) = said(&["specs/article.drspec", "specs/mydb.drspec", "--at", "article.drspec:9"]);
    assert!(code == Some(0) && page.contains("mydb-subnets"));
}

#[test]
fn a_template_is_found_however_its_path_is_written() {
    let here = std::env::current_dir().unwrap().join("out/ap-northeast-1/mydb-source-backup.yml");
    let (_, expected, _) = said(&["specs/mydb.drspec", "--template", "out/ap-northeast-1/mydb-source-backup.yml:25"]);
    assert!(expected.contains("BackupVaultName"));
    for path in ["ap-northeast-1/mydb-source-backup.yml", "./mydb-source-backup.yml", &here.display().to_string()] {
        let (code, page, _) = said(&["specs/mydb.drspec", "--template", &format!("{path}:25")]);
        assert_eq!((code, &page), (Some(0), &expected), "{path}");
    }
    let (code, page, _) = said(&["specs/mydb.drspec", "--template", "mydb-source-backup.json:25"]);
    assert!(code == Some(0) && page.contains(".json:"));
}

#[test]
fn what_names_nothing_is_refused_with_what_there_is() {
    let spec = "specs/mydb.drspec";
    let template = "out/ap-northeast-1/mydb-source-backup.yml:9999";
    for (arguments, complaint) in [
        // The language's own defaults have a fourth line; the spec has not.
        (&[spec, "--at", "4"][..], "specs/mydb.drspec has no line 4: its last is 1"),
        (
            &["specs/article.drspec", "--at", "3"],
            "there is no clause on line 3 of specs/article.drspec; clauses begin on",
        ),
        (
            &[spec, "--at", "other.drspec:1"],
            "`other.drspec` is none of the specs that are explained: specs/mydb.drspec",
        ),
        (&[spec, "specs/article.drspec", "--at", "4"], "there are 2 specs: write `--at FILE:4`"),
        (&[spec, "specs/article.drspec", "--at", "4:2"], "there are 2 specs: write `--at FILE:4:2`"),
        (
            &[spec, "--at", "1:20"],
            "column 20 of line 1 of specs/mydb.drspec is white space; there are `backup` at 1, `cluster mydb` at 8, \
             `from ap-northeast-1` at 21, `to ap-northeast-3` at 41, `daily 01:00 JST` at 59, `keep 1d` at 75",
        ),
        (&[spec, "--at", "1:99"], "line 1 of specs/mydb.drspec has no column 99: its last is 81; there are `backup`"),
        (
            &["specs/article.drspec", "--at", "10:40"],
            "column 40 of line 10 of specs/article.drspec is in a comment; there are `encrypted by primary-kms` at 3",
        ),
        (
            &["specs/article.drspec", "--at", "3:1"],
            "line 3 of specs/article.drspec is empty; clauses begin on lines 1, 2, 4, 5",
        ),
        (
            &["specs/existing-vaults-and-role.drspec", "--at", "3:4"],
            "there is no line of the templates that `account 111122223333` alone explains; clauses begin on lines 5, 6, ",
        ),
        (&[spec, "--full", "--format", "json"], "the other formats have all of it, so leave `--full` out"),
        (&[spec, "--at", "1:0"], "lines and columns are numbers from 1 on"),
        (&[spec, "--stack", "mydb"], "there is no stack `mydb`; there are mydb-destination-backup, mydb-primary-kms"),
        (&[spec, "--resource", "Zork"], "there is no resource, parameter or output `Zork`; there are AliasMydbPrimary"),
        (
            &[spec, "--stack", "mydb-source-backup", "--statement", "AdministerKey"],
            "there is no policy statement `AdministerKey` within the stack `mydb-source-backup`; there are AddTags",
        ),
        (
            &[spec, "--template", "out/deploy.sh:3"],
            "out/deploy.sh is no template of this spec; there are ap-northeast-1/",
        ),
        (&[spec, "--template", template], "out/ap-northeast-1/mydb-source-backup.yml has no line 9999: its last is "),
        (&["E0301", "--at", "3"], "E0301 is a rule, and its page is always shown whole"),
    ] {
        let (code, page, complaints) = said(arguments);
        assert_eq!((code, page.as_str()), (Some(2), ""), "{arguments:?}");
        let complaints = complaints.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(complaints.contains(complaint), "{arguments:?}: {complaints}");
    }
}
