//! What people read: both languages whole, the golden documents, HTML that stands alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use drc::explain::Language;
use drc::procedure::command::Line;
use drc::runbook::{Runbook, html, markdown};
use drc::text::Text;

use super::page::{html_is_sound, markdown_is_sound};
use super::{of_text, runbooks, steps, updating};

/// Every text of a runbook.
pub(super) fn texts(runbook: &Runbook) -> Vec<&Text> {
    let mut texts = vec![&runbook.title];
    texts.extend(&runbook.introduction);
    for chapter in &runbook.chapters {
        texts.push(&chapter.title);
        for part in &chapter.parts {
            texts.push(&part.title);
            texts.extend(&part.prose);
        }
    }
    for step in steps(runbook) {
        texts.push(&step.title);
        texts.extend(&step.prose);
        texts.extend(step.done.iter().chain(&step.takes));
        texts.extend(step.lines.iter().filter_map(|line| match line {
            Line::Need { hint, .. } => Some(hint),
            Line::Run(_)
            | Line::Capture { .. }
            | Line::Assign { .. }
            | Line::Export { .. }
            | Line::Document { .. }
            | Line::Poll { .. }
            | Line::Deploy { .. }
            | Line::Now => None,
        }));
    }
    texts
}

fn is_japanese(c: char) -> bool {
    ('\u{3040}'..='\u{30ff}').contains(&c) || ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_text_is_in_both_languages() {
    for (name, runbook) in runbooks() {
        for text in texts(runbook) {
            assert!(!text.en.is_empty() && !text.en.contains(is_japanese), "{name}: {}", text.en);
            assert!(text.ja.contains(is_japanese), "{name}: {}", text.ja);
        }
    }
}

#[test]
fn hints_do_not_end_the_expansion_that_they_stand_in() {
    for (name, runbook) in runbooks() {
        for line in steps(runbook).flat_map(|step| &step.lines) {
            let Line::Need { hint, .. } = line else { continue };
            assert!(!format!("{}{}", hint.en, hint.ja).contains(['"', '}', '$', '`', '\\']), "{name}: {hint:?}");
        }
    }
}

/// Whoever types a command is told how to see that it worked, and how long that may take.
#[test]
fn every_step_with_commands_says_when_it_is_done() {
    for (name, runbook) in runbooks() {
        for step in steps(runbook).filter(|step| !step.lines.is_empty()) {
            assert!(step.done.is_some(), "{name}: {}", step.title.en);
        }
        for step in steps(runbook).filter(|step| step.lines.iter().any(|line| matches!(line, Line::Poll { .. }))) {
            assert!(step.takes.is_some(), "{name}: {}", step.title.en);
        }
    }
}

#[test]
fn the_golden_documents() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for spec in ["mydb", "article"] {
        let name = format!("{spec}.drspec");
        let runbook = of_text(&name, &fs::read_to_string(root.join("specs").join(&name)).unwrap());
        for language in [Language::English, Language::Japanese] {
            let golden = root.join(format!("tests/runbook/golden/{spec}.{}.md", language.code()));
            let text = markdown::render(&runbook, language);
            if updating() {
                fs::write(&golden, &text).unwrap();
            }
            let expected = fs::read_to_string(&golden).unwrap_or_default();
            assert!(expected == text, "{}:\n{}", golden.display(), difference(&expected, &text));
        }
    }
}

fn difference(expected: &str, text: &str) -> String {
    similar::TextDiff::from_lines(expected, text).unified_diff().context_radius(2).to_string()
}

#[test]
fn html_stands_alone_and_is_escaped() {
    for (name, runbook) in runbooks() {
        for language in [Language::English, Language::Japanese] {
            let page = html::render(runbook, language);
            assert!(page.contains(&format!("<html lang=\"{}\">", language.code())), "{name}");
            html_is_sound(name, &page);
        }
    }
}

#[test]
fn what_a_spec_says_cannot_become_markup() {
    let mut runbook = of_text("mydb.drspec", "backup cluster mydb from eu-west-1 to eu-west-2 daily 01:00 UTC keep 9d");
    let hostile = "<script>alert(1)</script> & \"quoted\" `</code>`".to_owned();
    let text = Text { en: hostile.clone(), ja: hostile };
    runbook.title = text.clone();
    runbook.introduction = vec![text.clone()];
    for chapter in &mut runbook.chapters {
        chapter.title = text.clone();
        for part in &mut chapter.parts {
            part.title = text.clone();
            part.prose = vec![text.clone()];
            for step in &mut part.steps {
                step.title = text.clone();
                step.done = Some(text.clone());
            }
        }
    }
    let page = html::render(&runbook, Language::English);
    html_is_sound("hostile", &page);
    let document = markdown::render(&runbook, Language::English);
    assert!(document.contains("\\<script\\>alert(1)\\</script\\> \\& \"quoted\" `</code>`"));
}

#[test]
fn markdown_means_nothing_but_what_it_should() {
    for (name, runbook) in runbooks() {
        for language in [Language::English, Language::Japanese] {
            markdown_is_sound(name, &markdown::render(runbook, language));
        }
    }
}

/// The sentence that the runbook gives for the way back is one that `drc` accepts.
#[test]
fn the_spec_for_the_way_back_compiles() {
    for (name, runbook) in runbooks() {
        for prose in steps(runbook).flat_map(|step| &step.prose).filter(|prose| prose.en.starts_with("`system ")) {
            let lines: Vec<&str> = prose.en.split('`').skip(1).step_by(2).collect();
            assert_eq!(of_text(name, &lines.join("\n")).chapters.len(), 1);
        }
    }
}

fn english(spec: &str) -> String {
    let found = runbooks().iter().find(|(name, _)| name == spec);
    markdown::render(&found.unwrap().1, Language::English)
}

/// As for `drc explain`: the option, else `LC_ALL`, `LC_MESSAGES` and `LANG` in this order.
#[test]
fn the_locale_chooses_the_language() {
    let heading = |arguments: &[&str], locale: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["runbook", "specs/mydb.drspec"]).args(arguments);
        for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(variable);
        }
        let output = command.envs(locale.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().lines().next().unwrap_or_default().to_owned()
    };
    let (english, japanese) =
        ("# Runbook of mydb: when a region is lost", "# mydb のランブック: リージョン障害時の手順");
    assert_eq!(heading(&[], &[]), english);
    assert_eq!(heading(&[], &[("LANG", "ja_JP.UTF-8")]), japanese);
    assert_eq!(heading(&[], &[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")]), english);
    assert_eq!(heading(&[], &[("LANG", "ja"), ("LC_MESSAGES", ""), ("LC_ALL", "")]), japanese);
    assert_eq!(heading(&["--lang", "en"], &[("LC_ALL", "ja_JP.UTF-8")]), english);
    let help = Command::new(env!("CARGO_BIN_EXE_drc")).args(["runbook", "--help"]).output().unwrap();
    assert!(String::from_utf8(help.stdout).unwrap().contains("`LC_ALL`, `LC_MESSAGES` and `LANG`"));
}

/// Where the restored cluster takes the name of the live one, that one serves until everything else
/// is there, and the new instances are not called like its instances.
#[test]
fn the_live_cluster_is_moved_aside_last() {
    let page = english("alone.drspec");
    let at = |text: &str| page.find(text).unwrap();
    assert!(at("cat > mydb-ap-northeast-1.json") < at("--new-db-cluster-identifier mydb-old"));
    assert!(at("--new-db-cluster-identifier mydb-old") < at("aws backup start-restore-job"));
    assert!(
        page.contains("--db-instance-identifier mydb-restored-1 ")
            && !page.contains("--db-instance-identifier mydb-1 ")
    );
}

/// A drill under the name of the day would delete, at its end, what serves the application.
#[test]
fn a_drill_without_a_name_of_its_own_says_so() {
    assert!(english("govcloud.drspec").contains("run no drill"));
    assert!(!english("mydb.drspec").contains("run no drill"));
}

/// RDS would take the region's default version, and other than the source may.
#[test]
fn what_rds_would_choose_is_said() {
    let page = english("mydb.drspec");
    assert_eq!(page.matches("\"EngineVersion\": \"$ENGINE_VERSION\"").count(), 3);
    assert_eq!(page.matches("--no-publicly-accessible").count(), page.matches("aws rds create-db-instance").count());
}

#[test]
fn chapters_and_names_follow_the_spec() {
    let runbook = of_text(
        "shop.drspec",
        "backup cluster a1, b1 from eu-west-1 to eu-west-2 to eu-central-1 daily 01:00 UTC keep 9d\n  restore as \"dr-<name>\"",
    );
    let titles: Vec<&str> = runbook.chapters.iter().map(|chapter| chapter.title.en.as_str()).collect();
    assert_eq!(
        titles,
        [
            "a1: from eu-west-1 (Ireland) to eu-central-1 (Frankfurt)",
            "a1: from eu-west-1 (Ireland) to eu-west-2 (London)",
            "b1: from eu-west-1 (Ireland) to eu-central-1 (Frankfurt)",
            "b1: from eu-west-1 (Ireland) to eu-west-2 (London)",
        ]
    );
    let page = markdown::render(&runbook, Language::English);
    assert!(page.contains("\"DBClusterIdentifier\": \"dr-b1\""));
    assert!(page.contains("arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:b1"));
}

#[test]
fn a_statement_keeps_its_name_where_what_it_backs_up_gets_another() {
    let told = |clause: &str| {
        let text =
            format!("backup table orders from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d {clause}\n");
        markdown::render(&of_text("shop.drspec", &text), Language::English).contains("`called orders`")
    };
    assert!(told(""));
    assert!(!told("called ledger") && !told("plan nightly"));
}
