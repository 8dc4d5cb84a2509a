//! The screen: what it says of every spec that people copy, that it is one screen, and that each of its figures is the one
//! that the analyses give.

use drc::analysis::Analyses;
use drc::diagnostic::human::{Colour, Style};
use drc::explain::{Language, Screen, screen};
use drc::prove;
use drc::time::coverage::Without;

use crate::formats::expect;
use crate::support::{Case, every_case, file, specs};

const STYLE: Style = Style { width: 100, colour: Colour::Never };

/// How many lines a screen has.
const LINES: usize = 60;

pub(crate) fn printed(case: &Case, language: Language, style: Style) -> String {
    let input = case.input();
    screen::text::render(&Screen::of(&input).sheet(language), style)
}

#[test]
fn the_screen_of_every_spec_is_as_expected() {
    for path in specs("specs".as_ref()) {
        let case = file(&path);
        for language in [Language::English, Language::Japanese] {
            let text = printed(&case, language, STYLE);
            expect(&format!("screen/{}.{}.txt", case.name, language.code()), &text);
            let lines = text.lines().count();
            assert!(lines <= LINES, "{} has {lines} lines in {language:?}", case.name);
        }
    }
}

#[test]
fn what_is_worst_stands_first() {
    let text = "backup cluster fine from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n\
                backup cluster gap from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 1d\n\
                backup cluster long-gap from ap-northeast-1 to ap-northeast-3 weekly sun 01:00 JST keep 1d\n\
                backup cluster alone from ap-northeast-1 daily 01:00 JST keep 7d\n";
    let case = crate::support::case("several", text, drc::emit::Format::Yaml);
    let wide = Style { width: 240, ..STYLE };
    let input = case.input();
    let screen = Screen::of(&input);
    let names: Vec<&str> = screen.backups.iter().map(|backup| backup.statement.name.value.as_str()).collect();
    assert_eq!(names, ["alone", "long-gap", "gap", "fine"]);
    let text = printed(&case, Language::English, wide);
    let lines: Vec<&str> = text.lines().collect();
    let below = lines.iter().position(|line| line.starts_with("statement ")).unwrap() + 1;
    assert!(lines[1].starts_with("NOT SAFE YET: no copy leaves Tokyo"), "{text}");
    let rows: Vec<&str> =
        lines[below..].iter().map(|line| line.split_whitespace().next().unwrap_or_default()).collect();
    assert_eq!(rows[..4], names);
}

/// The figures that machines get are those of the analyses, the forecast, the proof and the templates.
#[test]
fn every_figure_is_that_of_the_analyses() {
    for case in every_case() {
        let document = document(case);
        let spec = &case.compiled.spec;
        let analyses = Analyses::of(spec);
        let statements = document["statements"].as_array().unwrap();
        assert_eq!(statements.len(), spec.statements().count(), "{}", case.name);
        for (system, statement) in spec.statements() {
            let told = statements
                .iter()
                .find(|told| told["system"] == *system.name.value && told["statement"] == *statement.name.value)
                .unwrap();
            let covered = &analyses.get(statement).unwrap().coverage;
            for (name, coverage) in covered {
                let place = statement.place(name).unwrap();
                let told = told["places"].as_array().unwrap();
                let told = told
                    .iter()
                    .find(|told| told["region"] == place.region.node.code && told["vault"] == place.vault.value.name())
                    .unwrap();
                assert_eq!(told["least"], coverage.least);
                assert_eq!(told["most"].as_u64(), coverage.most.map(|most| most as u64));
                assert_eq!(told["newestMinutes"].as_i64(), coverage.rpo.as_ref().map(|rpo| rpo.total().0));
                match &coverage.without {
                    Without::Never => assert_eq!(told["withoutMinutes"], 0),
                    Without::AtMost(longest) => assert_eq!(told["withoutMinutes"], longest.total().0),
                    Without::Always | Without::NoRun => assert_eq!(told["withoutMinutes"], "always"),
                }
            }
            assert_eq!(told["rules"].as_array().unwrap().len(), statement.rules.len());
            for forecast in drc::next::forecast(spec, 1).filter(|found| std::ptr::eq(found.statement, statement)) {
                let rules = told["rules"].as_array().unwrap();
                let told = rules.iter().find(|told| told["name"] == *forecast.rule.name.value).unwrap();
                if let Some(run) = forecast.runs.first().filter(|run| run.instead.is_none()) {
                    assert_eq!(told["next"]["utc"], run.at.to_string());
                    assert_eq!(told["next"]["completesBy"], run.completes_by.to_string());
                }
            }
        }
        let stacks: Vec<(&str, &str)> = document["stacks"].as_array().unwrap().iter().map(stack).collect();
        let made: Vec<(&str, &str)> =
            case.compiled.stacks.iter().map(|stack| (stack.name.as_str(), stack.location.region.code)).collect();
        assert_eq!(stacks, made, "{}", case.name);
    }
}

fn stack(told: &serde_json::Value) -> (&str, &str) {
    (told["name"].as_str().unwrap(), told["region"].as_str().unwrap())
}

fn document(case: &Case) -> serde_json::Value {
    let input = case.input();
    let explanation = drc::explain::explain(&input, Language::English);
    let written = crate::support::written(|out| drc::explain::json::write(&explanation, out));
    serde_json::from_str::<serde_json::Value>(&written).unwrap()["screen"].take()
}

/// The figures of a role are those of the policies as they are read back from the templates.
#[test]
fn the_figures_of_a_role_are_those_of_the_proof() {
    for case in every_case() {
        let compiled = &case.compiled;
        let input = case.input();
        let screen = Screen::of(&input);
        let widths = prove::widths(&compiled.spec, &compiled.stacks).unwrap();
        assert!(!widths.is_empty());
        for width in widths {
            let backup = screen.backups.iter().find(|backup| backup.statement.target == width.target).unwrap();
            let (told, read) = (&backup.role, width.figures);
            let told = (told.statements, told.actions, told.on_any_resource);
            assert_eq!(told, (read.statements, read.actions, read.on_any_resource), "{}", case.name);
        }
    }
}

/// Writing what is said to close a gap closes it, and a day less does not.
#[test]
fn what_closes_a_gap_closes_it() {
    let specs = [
        "backup cluster a from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep KEEP\n",
        "backup cluster a from ap-northeast-1 to ap-northeast-3 weekly sun 01:00 JST keep KEEP\n",
        "backup cluster a from ap-northeast-1 to ap-northeast-3 keep KEEP daily 01:00 JST keep 9d\n",
        "backup cluster a from us-east-1 to us-west-2 keep KEEP monthly 1 01:00 UTC keep 60d complete within 5h\n",
    ];
    for spec in specs {
        let with = |days: i64| {
            crate::support::case("gap", &spec.replace("KEEP", &format!("{days}d")), drc::emit::Format::Yaml)
        };
        let gaps = |case: &Case| -> Vec<String> {
            let input = case.input();
            let screen = Screen::of(&input);
            screen.backups[0].places.iter().flat_map(|held| held.closing.clone()).collect()
        };
        let clauses = gaps(&with(1));
        let days = clauses.iter().map(|clause| {
            let days = clause.rsplit("keep ").next().unwrap().trim_end_matches('d');
            days.parse::<i64>().unwrap()
        });
        let days = days.max().unwrap_or_else(|| panic!("no gap: {spec}"));
        assert_eq!(gaps(&with(days)), Vec::<String>::new(), "{spec} with {days}");
        assert!(!gaps(&with(days - 1)).is_empty(), "{spec} with {}", days - 1);
    }
}

#[test]
fn nothing_that_is_to_be_copied_is_broken() {
    for path in specs("specs".as_ref()) {
        let case = file(&path);
        for width in [40, 60, 80, 100, 200] {
            let text = printed(&case, Language::Japanese, Style { width, ..STYLE });
            let name = format!("specs/{}.drspec", case.name);
            let commands = [format!("drc runbook {}.drspec", case.name), "sh out/deploy.sh".to_owned()];
            for command in commands {
                assert!(text.lines().any(|line| line.ends_with(&command)), "{name} at {width}: {command}\n{text}");
            }
        }
    }
}

/// What may not begin a line in Japanese.
const NOT_FIRST: &str = "、。」』)】ー・々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ";

/// Only what is to be copied, and a single long word, is wider than the terminal.
#[test]
fn the_screen_fits_the_terminal() {
    use drc::explain::screen::sheet::Cell;
    use unicode_width::UnicodeWidthStr as _;
    for case in crate::support::cases() {
        let input = case.input();
        let screen = Screen::of(&input);
        for language in [Language::English, Language::Japanese] {
            let sheet = screen.sheet(language);
            let cells = || sheet.blocks.iter().flat_map(|block| block.rows.iter().flatten());
            let code: Vec<&str> = cells().filter(|cell| matches!(cell, Cell::Code(_))).map(Cell::text).collect();
            for width in [40, 60, 80, 100] {
                let text = screen::text::render(&sheet, Style { width, ..STYLE });
                for line in text.lines() {
                    let is_code = code.iter().any(|code| !code.is_empty() && line.ends_with(code));
                    let is_word = line.split_whitespace().any(|word| word.width() + 20 > width);
                    assert!(line.width() <= width || is_code || is_word, "{} at {width}: {line}\n{text}", case.name);
                    let first = line.trim_start_matches([' ', '│', '├', '└', '─', '▶', '▼']).chars().next();
                    let is_fit = first.is_none_or(|first| !NOT_FIRST.contains(first));
                    assert!(is_fit, "{} at {width}: {line}", case.name);
                }
            }
        }
    }
}
