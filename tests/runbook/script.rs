//! What is typed is POSIX shell, and runs from end to end against a CLI that always says yes.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use drc::explain::Language;
use drc::procedure::command::Line;
use drc::procedure::shell;
use drc::runbook::{Chapter, markdown};

use super::{runbooks, steps};

/// A CLI that says of everything that is waited for that it is done, and for anything else a text that has to be quoted;
/// it notes what was asked.
fn fake_aws(chapter: &Chapter) -> String {
    let done = chapter.lines().filter_map(|line| {
        let Line::Poll { command, wanted, .. } = line else { return None };
        let (query, _) = command.query.as_ref()?;
        Some(format!("  *\"--query {} \"*) echo {wanted} ;;\n", query.expression()))
    });
    let done: BTreeSet<String> = done.collect();
    let done: String = done.into_iter().collect();
    format!("aws() {{\necho \"$1 $2\" >> log\ncase \"$*\" in\n{done}  *) echo '\"a value\"' ;;\nesac\n}}\n")
}

/// Every chapter with what is typed in it; the languages differ in hints alone.
fn scripts(languages: &[Language]) -> Vec<(String, Chapter, String)> {
    let mut scripts = Vec::new();
    for (name, runbook) in runbooks() {
        for chapter in &runbook.chapters {
            let lines: Vec<Line> = chapter.lines().cloned().collect();
            for language in languages {
                scripts.push((name.clone(), chapter.clone(), shell::render(&lines, *language)));
            }
        }
    }
    scripts
}

#[test]
fn every_chapter_is_posix_shell() {
    let directory = tempfile::tempdir().unwrap();
    for (name, _, script) in scripts(&[Language::English, Language::Japanese]) {
        let file = directory.path().join("script");
        fs::write(&file, &script).unwrap();
        let output = Command::new("sh").arg("-n").arg(&file).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// What is pasted is one block of the document at a time, so each must be whole by itself.
#[test]
fn every_block_is_posix_shell() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("script");
    let mut blocks = BTreeSet::new();
    for (name, runbook) in runbooks() {
        for language in [Language::English, Language::Japanese] {
            let document = markdown::render(runbook, language);
            let found: Vec<&str> = document.split("\n```").skip(1).step_by(2).collect();
            let steps = steps(runbook).filter(|step| !step.lines.is_empty()).count();
            assert_eq!(found.len(), steps, "{name}: one block for each step");
            blocks.extend(found.into_iter().map(|block| block.strip_prefix("sh\n").unwrap().to_owned()));
        }
    }
    for block in blocks {
        fs::write(&file, &block).unwrap();
        let output = Command::new("sh").arg("-n").arg(&file).output().unwrap();
        assert!(output.status.success(), "{block}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn every_chapter_runs_to_its_end() {
    for (name, chapter, script) in scripts(&[Language::English]) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path();
        let mut command = Command::new("sh");
        fs::write(path.join("deploy.sh"), "printf '%s\\n' \"$@\" >deployed").unwrap();
        command
            .arg("-eu")
            .arg("-c")
            .arg(format!("{}{script}", fake_aws(&chapter)))
            .current_dir(path)
            .stdout(Stdio::null());
        for line in chapter.lines() {
            if let Line::Need { variable, .. } = line {
                command.env(&**variable, "given");
            }
        }
        let output = command.stderr(Stdio::piped()).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        documents_are_json(path, &chapter);
        for line in chapter.lines() {
            let Line::Deploy { region, parameters } = line else { continue };
            let given = parameters.iter().map(|parameter| format!("{parameter}=\"a value\"\n"));
            let expected = format!("{region}\n{}", given.collect::<String>());
            assert_eq!(fs::read_to_string(path.join("deployed")).unwrap(), expected);
        }
        let asked = fs::read_to_string(path.join("log")).unwrap();
        let commands = chapter.lines().filter_map(Line::command).count();
        assert_eq!(asked.lines().count(), commands, "{name}: every command once, as every job is done at once");
    }
}

fn documents_are_json(directory: &std::path::Path, chapter: &Chapter) {
    for line in chapter.lines() {
        let Line::Document { file, fields } = line else { continue };
        let text = fs::read_to_string(directory.join(file)).unwrap();
        // The fake CLI's answers have quotes that the real one's texts do not have.
        let document: serde_json::Value =
            serde_json::from_str(&text.replace("\"\"a value\"\"", "\"a value\"")).unwrap();
        assert_eq!(document.as_object().unwrap().len(), fields.len());
        if let Some(groups) = document.get("VpcSecurityGroupIds") {
            assert_eq!(groups, "[\"given\"]");
        }
        assert!(
            document.as_object().unwrap().values().all(|value| value.as_str().is_some_and(|text| !text.is_empty()))
        );
    }
}

#[test]
fn a_missing_value_stops_with_its_hint() {
    let (_, chapter, _) = scripts(&[Language::English]).remove(0);
    for line in chapter.lines().filter(|line| matches!(line, Line::Need { .. })) {
        for language in [Language::English, Language::Japanese] {
            let script = shell::render(std::slice::from_ref(line), language);
            let output = Command::new("sh").arg("-c").arg(&script).env_clear().output().unwrap();
            let Line::Need { variable, hint } = line else { continue };
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(
                !output.status.success() && said.contains(&**variable) && said.contains(hint.get(language)),
                "{said}"
            );
        }
    }
}
