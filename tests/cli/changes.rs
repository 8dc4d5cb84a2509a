//! What transcripts of `drc diff` cannot show: standard input, what is lost and allowed, and streams.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::input::{drc, said};

/// Copies go to two regions.
const BOTH: &str =
    "system shop\nbackup cluster mydb from ap-northeast-1 to ap-northeast-3 to us-west-2 daily 01:00 JST keep 7d\n";

/// They go to one of them no more.
const ONE: &str = "system shop\nbackup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n";

const ALLOWANCE: &str = "# drc: allow(L0602) reason=\"the last copy expired\"\n";

/// A folder with a spec of each name.
fn folder(specs: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in specs {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Runs drc with a spec on standard input.
fn piped(folder: &Path, arguments: &[&str], spec: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
    command.current_dir(folder).args(arguments).env("LC_ALL", "C");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(spec.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_side_may_come_from_standard_input() {
    let folder = folder(&[("both.drspec", BOTH)]);
    let output = piped(folder.path(), &["diff", "both.drspec", "-"], ONE);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(out(&output).starts_with("loses: ") && out(&output).contains("<standard input>:2:"), "{}", out(&output));
    let output = piped(folder.path(), &["diff", "-", "both.drspec", "--exit-code"], BOTH);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(out(&output).starts_with("safe: "), "{}", out(&output));
}

#[test]
fn what_is_lost_can_be_allowed_and_what_is_not_needed_is_noted() {
    let allowed = ONE.replace("backup", &format!("{ALLOWANCE}backup"));
    let needless = format!("{ALLOWANCE}{BOTH}");
    let folder = folder(&[
        ("both.drspec", BOTH),
        ("one.drspec", ONE),
        ("allowed.drspec", &allowed),
        ("needless.drspec", &needless),
    ]);
    let diff = |new: &str| drc(folder.path(), &["diff", "both.drspec", new, "--lang", "en", "--exit-code"]);
    let lost = diff("one.drspec");
    assert_eq!(lost.status.code(), Some(1));
    assert!(out(&lost).starts_with("loses: ") && out(&lost).contains("  loses[L0602] "), "{}", out(&lost));
    let allowed = diff("allowed.drspec");
    assert_eq!(allowed.status.code(), Some(1));
    assert!(out(&allowed).starts_with("look: ") && out(&allowed).contains("  allowed[L0602] "), "{}", out(&allowed));
    assert!(out(&allowed).contains("allowed: the last copy expired"), "{}", out(&allowed));
    let needless = diff("needless.drspec");
    assert_eq!(needless.status.code(), Some(0), "{}", out(&needless));
    let note = "\nnote: needless.drspec:1 allows L0602, which this change does not need\n";
    assert!(out(&needless).contains(note), "{}", out(&needless));
}

/// A build over an earlier one stops at what is lost, and goes on where the spec allows it.
#[test]
fn a_build_stops_at_what_is_lost() {
    let allowed = ONE.replace("backup", &format!("{ALLOWANCE}backup"));
    let folder = folder(&[("both.drspec", BOTH), ("one.drspec", ONE), ("allowed.drspec", &allowed)]);
    let build = |spec: &str| drc(folder.path(), &["build", spec, "--message-format", "short"]);
    let manifest = || fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
    assert_eq!(build("both.drspec").status.code(), Some(0));
    let before = manifest();
    let lost = build("one.drspec");
    assert_eq!(lost.status.code(), Some(1));
    assert!(said(&lost).contains(": error[L0602]: "), "{}", said(&lost));
    assert_eq!(manifest(), before);
    let allowed = build("allowed.drspec");
    assert_eq!(allowed.status.code(), Some(0), "{}", said(&allowed));
    assert!(out(&allowed).starts_with("look: ") && manifest() != before, "{}", out(&allowed));
}

#[test]
fn machines_get_a_document_and_nothing_else() {
    let folder = folder(&[("both.drspec", BOTH), ("one.drspec", ONE)]);
    for (language, meaning) in [("en", "recovery points that exist"), ("ja", "既存の復旧ポイント")] {
        let diff = drc(folder.path(), &["diff", "both.drspec", "one.drspec", "--format", "json", "--lang", language]);
        let document: serde_json::Value = serde_json::from_slice(&diff.stdout).unwrap();
        assert_eq!((&document["verdict"], &document["language"]), (&"loses".into(), &language.into()));
        assert!(document["meaning"].as_str().unwrap().starts_with(meaning), "{document}");
        assert!(diff.stderr.is_empty(), "{}", said(&diff));
    }
    let json = |spec: &str| drc(folder.path(), &["build", spec, "--message-format", "json"]);
    assert_eq!(json("both.drspec").status.code(), Some(0));
    let lost: serde_json::Value = serde_json::from_slice(&json("one.drspec").stderr).unwrap();
    let codes = lost["diagnostics"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap());
    assert!(codes.clone().any(|code| code == "L0602") && codes.clone().any(|code| code == "W0402"), "{lost}");
    let wrong = drc(folder.path(), &["diff", "both.drspec", "-", "--message-format", "json"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(serde_json::from_slice::<serde_json::Value>(&wrong.stderr).is_ok(), "{}", said(&wrong));
}
