//! What people read: both languages whole, the golden documents, HTML that stands alone.

use std::fs;
use std::path::Path;
use std::process::Command;

use drc::explain::Language;
use drc::procedure::line::Line;
use drc::runbook::{Runbook, html, markdown};
use drc::text::Text;

use super::page::{html_is_sound, markdown_is_sound};
use super::{made, of_text, runbooks, steps, updating};

/// Every text of a runbook.
pub(super) fn texts(runbook: &Runbook) -> Vec<&Text> {
    let mut texts = vec![&runbook.title];
    let front = &runbook.front;
    texts.extend(front.decisions.iter().flat_map(|decision| [&decision.seen, &decision.act, &decision.loses]));
    texts.extend(&front.always);
    texts.extend(front.returns.iter().flat_map(|back| [&back.what, &back.place, &back.loses]));
    for phase in &runbook.phases {
        texts.push(&phase.title);
        texts.extend(&phase.prose);
        for section in &phase.sections {
            texts.push(&section.title);
            texts.extend(&section.prose);
        }
    }
    for step in steps(runbook) {
        texts.push(&step.title);
        texts.extend(&step.prose);
        texts.extend(step.done.iter().chain(&step.takes));
        texts
            .extend(step.typed().filter_map(|line| if let Line::Need { hint, .. } = line { Some(hint) } else { None }));
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

/// Whoever types a command is told how to see that it worked, and how long that may take.
#[test]
fn every_step_with_commands_says_when_it_is_done() {
    for (name, runbook) in runbooks() {
        for step in steps(runbook).filter(|step| !step.lines.is_empty()) {
            assert!(step.done.is_some(), "{name}: {}", step.title.en);
        }
        for step in steps(runbook).filter(|step| step.typed().any(|line| matches!(line, Line::Poll { .. }))) {
            assert!(step.takes.is_some(), "{name}: {}", step.title.en);
        }
    }
}

#[test]
fn the_golden_documents() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for spec in ["mydb", "several-kinds"] {
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for spec in super::specs() {
        let name = spec.file_name().unwrap().to_str().unwrap();
        let (runbook, spec) = made(name, &fs::read_to_string(root.join(&spec)).unwrap());
        for language in [Language::English, Language::Japanese] {
            let page = html::render(&runbook, &spec, language);
            assert!(page.contains(&format!("<html lang=\"{}\">", language.code())), "{name}");
            assert!(page.contains("<svg") && !page.contains("<script"), "{name}");
            html_is_sound(name, &page);
        }
    }
}

#[test]
fn what_a_spec_says_cannot_become_markup() {
    let sentence = "backup cluster mydb from eu-west-1 to eu-west-2 daily 01:00 UTC keep 9d";
    let (mut runbook, spec) = made("mydb.drspec", sentence);
    let hostile = "<script>alert(1)</script> & \"quoted\" `</code>`".to_owned();
    let text = Text { en: hostile.clone(), ja: hostile };
    runbook.title = text.clone();
    runbook.front.always = vec![text.clone()];
    runbook.front.decisions[0].seen = text.clone();
    runbook.front.returns[0].what = text.clone();
    for phase in &mut runbook.phases {
        phase.title = text.clone();
        for section in &mut phase.sections {
            section.title = text.clone();
            section.prose = vec![text.clone()];
            for step in &mut section.steps {
                step.title = text.clone();
                step.done = Some(text.clone());
            }
        }
    }
    let page = html::render(&runbook, &spec, Language::English);
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
            assert_eq!(of_text(name, &lines.join("\n")).front.returns.len(), 2);
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
    let (english, japanese) = ("# Runbook of mydb: when something is lost", "# mydb のランブック: 障害時の手順");
    assert_eq!(heading(&[], &[]), english);
    assert_eq!(heading(&[], &[("LANG", "ja_JP.UTF-8")]), japanese);
    assert_eq!(heading(&[], &[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")]), english);
    assert_eq!(heading(&[], &[("LANG", "ja"), ("LC_MESSAGES", ""), ("LC_ALL", "")]), japanese);
    assert_eq!(heading(&["--lang", "en"], &[("LC_ALL", "ja_JP.UTF-8")]), english);
    let help = Command::new(env!("CARGO_BIN_EXE_drc")).args(["runbook", "--help"]).output().unwrap();
    assert!(String::from_utf8(help.stdout).unwrap().contains("`LC_ALL`, `LC_MESSAGES` and `LANG`"));
}

/// Where the restored cluster takes the name of the live one, that one is moved aside just before the restore, and the new
/// instances are not called like its instances.
#[test]
fn the_live_cluster_is_moved_aside() {
    let page = english("alone.drspec");
    assert!(page.contains("NAME=mydb NEW=mydb DRILL='?'"));
    assert!(page.contains("INSTANCE=\"${INSTANCE%-}-new-1\""));
    let told = of_text(
        "shop.drspec",
        "backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n  restore as \"mydb\"",
    );
    assert!(markdown::render(&told, Language::English).contains("move it aside just before"));
}

/// A drill under the name of the night would delete, at its end, what serves the application.
#[test]
fn a_drill_without_a_name_of_its_own_says_so() {
    assert!(english("govcloud.drspec").contains("run no drill"));
    assert!(!english("mydb.drspec").contains("run no drill"));
}

/// RDS would take the region's default version, and other than the source may.
#[test]
fn what_rds_would_choose_is_said() {
    let page = english("mydb.drspec");
    assert_eq!(page.matches("\"EngineVersion\": \"$ENGINE_VERSION\"").count(), 1);
    assert_eq!(page.matches("--no-publicly-accessible").count(), page.matches("aws rds create-db-instance").count());
}

/// The resources of a kind that one place backs up are a table and one procedure, and a place is entered by a step.
#[test]
fn places_and_names_follow_the_spec() {
    let runbook = of_text(
        "shop.drspec",
        "backup cluster a1, b1 from eu-west-1 to eu-west-2 to eu-central-1 daily 01:00 UTC keep 9d\n  restore as \"dr-<name>\"\nbackup cluster c1 from eu-west-1 formerly to eu-west-2 to eu-west-3 daily 05:00 UTC keep 9d",
    );
    let night = &runbook.phases[0].sections;
    let titles: Vec<&str> = night.iter().map(|section| section.title.en.as_str()).collect();
    assert_eq!(
        titles,
        [
            "First",
            "Clusters a1, b1, c1 of Ireland, from recovery points",
            "Clusters a1, b1, c1 of Ireland, from Aurora's own backups",
        ]
    );
    let places: Vec<(String, &str)> =
        night[1].numbered().take(5).map(|(number, step)| (number, step.title.en.as_str())).collect();
    let expected = [
        ("B1a", "Go to Frankfurt (eu-central-1), where the copies are"),
        ("B1b", "Go to London (eu-west-2), where the copies are"),
        ("B1c", "Go to Paris (eu-west-3), where the copies are"),
        ("B1d", "Go to Ireland (eu-west-1), where they live"),
        ("B2", "See what there is, and fill in the settings"),
    ];
    assert_eq!(places.iter().map(|(number, title)| (number.as_str(), *title)).collect::<Vec<_>>(), expected);
    let page = markdown::render(&runbook, Language::English);
    let rows = |place: &str| -> Vec<String> {
        let (_, from) = page.split_once(&format!("#### {place}. ")).unwrap();
        let rows = from.split("cat > rows <<'END'\n").nth(1).unwrap().split("\nEND").next().unwrap();
        rows.lines().skip(1).map(|row| row.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(rows("B1a"), ["NAME=a1 NEW=dr-a1", "NAME=b1 NEW=dr-b1"]);
    assert_eq!(rows("B1b"), ["NAME=a1 NEW=dr-a1", "NAME=b1 NEW=dr-b1", "NAME=c1 NEW=c1-restored"]);
    assert_eq!(rows("B1c"), ["NAME=c1 NEW=c1-restored"]);
}

/// A tired person reads one page and then a few; a hundred clusters are a longer table.
#[test]
fn a_runbook_is_short_however_many_resources_there_are() {
    let lines = |text: &str| {
        let runbook = of_text("shop.drspec", text);
        let rendered = [Language::English, Language::Japanese].map(|language| markdown::render(&runbook, language));
        rendered.map(|text| text.lines().count()).into_iter().max().unwrap()
    };
    let sentence =
        |names: &str| format!("backup cluster {names} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d");
    let one = lines(&sentence("mydb"));
    assert!(one <= 700, "{one}");
    let names: Vec<String> = (0..100).map(|number| format!("c{number}")).collect();
    let hundred = lines(&sentence(&names.join(", ")));
    assert!(hundred <= 2_500, "{hundred}");
    let statements: Vec<String> = names.iter().map(|name| sentence(name)).collect();
    let statements = lines(&format!("system shop stacks per statement\n{}", statements.join("\n")));
    assert!(statements <= 2_500, "{statements}");
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
