//! What no transcript can show: bytes, several files, large specs, and directories in their states.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(super) const SENTENCE: &str = "backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n";

/// Runs drc in a folder.
pub(super) fn drc(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

pub(super) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Builds files together; they must be refused with this code alone, and nothing be written.
#[track_caller]
fn refused(files: &[(&str, &[u8])], code: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let output = drc(folder.path(), &["build", ".", "--message-format", "short"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!folder.path().join("out").exists());
    let errors: Vec<&str> = said.lines().filter(|line| line.contains(" error[")).collect();
    assert!(!errors.is_empty() && errors.iter().all(|error| error.contains(code)), "{said}");
    said
}

#[track_caller]
fn refused_text(text: &str, code: &str) -> String {
    refused(&[("spec.drspec", text.as_bytes())], code)
}

#[test]
fn bytes_that_are_not_utf8() {
    let said = refused(&[("spec.drspec", b"# caf\xe9\nbackup cluster mydb")], "E0002");
    assert!(said.contains("spec.drspec:1:6:"), "{said}");
}

#[test]
fn nul_bytes() {
    let said = refused(&[("spec.drspec", b"backup cluster my\0db")], "E0003");
    assert!(said.contains("spec.drspec:1:18:"), "{said}");
}

#[test]
fn a_line_of_ten_megabytes() {
    refused_text(&"backup ".repeat(1_500_000), "E0004");
    refused_text(&format!("backup cluster \"{}\"", "a".repeat(10_000_000)), "E0004");
}

#[test]
fn an_empty_file() {
    refused_text("", "E0001");
}

#[test]
fn files_of_two_accounts() {
    let spec = |account: &str| format!("account {account}\n{SENTENCE}");
    refused(&[("a.drspec", spec("111122223333").as_bytes()), ("b.drspec", spec("444455556666").as_bytes())], "E0316");
}

#[test]
fn files_of_one_system() {
    let spec = format!("system same\n{SENTENCE}");
    refused(&[("a.drspec", spec.as_bytes()), ("b.drspec", spec.as_bytes())], "E0317");
}

#[test]
fn files_of_systems_that_differ_in_case_only() {
    let (one, other) =
        (format!("system Same\n{SENTENCE}"), format!("system same\n{SENTENCE}").replace("mydb", "orders"));
    let said = refused(&[("a.drspec", one.as_bytes()), ("b.drspec", other.as_bytes())], "E0317");
    assert!(said.contains("differ in case only"), "{said}");
}

#[test]
fn a_file_that_is_named_in_several_ways() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("specs")).unwrap();
    fs::write(folder.path().join("specs/a.drspec"), SENTENCE).unwrap();
    let whole = folder.path().join("specs");
    let output = drc(folder.path(), &["check", "specs", "./specs", "specs/../specs/a.drspec", whole.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn a_file_name_that_would_act_on_the_terminal() {
    let output = drc(Path::new("."), &["check", "a\u{1b}[2J\u{202e}.drspec"]);
    let said = said(&output);
    assert!(said.contains("\\u{1b}[2J\\u{202e}.drspec"), "{said}");
}

#[test]
fn as_many_runs_as_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.drspec"), SENTENCE).unwrap();
    let output = drc(folder.path(), &["next", "a.drspec", "-n", "65535", "--now", "2100-01-01T00:00Z"]);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.ends_with("no further run to the end of 2199, where the calendar of AWS's cron ends\n"));
}

#[test]
fn standard_input_without_a_system() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
    command.args(["check", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(SENTENCE.as_bytes()).unwrap();
    let said = said(&child.wait_with_output().unwrap());
    assert!(said.contains("<standard input> has no name that could be the system's"), "{said}");
    assert!(said.contains("begin the file with a line of its own: `system NAME`"), "{said}");
}

#[test]
fn names_that_collide_across_files() {
    let spec = SENTENCE.replace("to ap", "vault shared to ap");
    let said = refused(&[("a.drspec", spec.as_bytes()), ("b.drspec", spec.as_bytes())], "E0306");
    assert!(said.contains("two backup vaults in ap-northeast-1 would be named `shared`"), "{said}");
}

/// Statements of one cluster each.
fn statements(count: usize) -> String {
    let tail = "from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d";
    (0..count).map(|index| format!("backup cluster db{index} {tail}\n")).collect::<Vec<_>>().concat()
}

#[test]
fn a_stack_that_is_too_large() {
    // Four resources a statement, and a vault.
    let said = refused_text(&statements(125), "E0501");
    assert!(said.contains("501 resources") || said.contains("bytes"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), format!("system spec stacks per statement\n{}", statements(125)))
        .unwrap();
    assert_eq!(drc(folder.path(), &["check", "spec.drspec"]).status.code(), Some(0));
}

#[test]
fn a_template_that_needs_a_bucket() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), statements(20)).unwrap();
    let output = drc(folder.path(), &["check", "spec.drspec", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(said(&output).matches("W0508").count(), 1);
}

fn one_statement(clusters: usize, more: &str) -> String {
    let names: Vec<String> = (0..clusters).map(|index| format!("d{index:03}")).collect();
    let tail = "from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d";
    format!("backup clusters {}\n  {tail}{more}\n", names.join(",\n  "))
}

#[test]
fn a_selection_of_too_many_clusters() {
    let said = {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("spec.drspec"), one_statement(501, "")).unwrap();
        said(&drc(folder.path(), &["check", "spec.drspec", "--message-format", "short"]))
    };
    assert!(said.contains("error[E0504]") && said.contains("501 ARNs"), "{said}");
}

/// What people see of a spec.
fn seen(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), text).unwrap();
    said(&drc(folder.path(), &["check", "spec.drspec"]))
}

#[test]
fn what_is_over_a_limit_comes_with_the_clauses_that_contribute_most() {
    let said = seen(&one_statement(501, ""));
    assert!(said.contains("  d500\n") && said.contains(" one too many"), "{said}");
    let said = seen(&statements(125));
    assert!(said.contains("bytes from here: "), "{said}");
    let said = seen(&statements(20));
    assert!(said.contains("W0508") && said.contains("bytes from here: "), "{said}");
    let admins: Vec<String> = (0..900).map(|index| format!("role/Administrator{index}")).collect();
    let said = seen(&format!("key vault-key admin {}\n{}", admins.join(",\n  "), one_statement(1, "")));
    assert!(said.contains("characters from here: "), "{said}");
}

#[test]
fn a_policy_that_is_too_long() {
    let text = one_statement(400, "");
    refused_text(&text, "E0506");
}

#[test]
fn a_key_policy_that_is_too_long() {
    let admins: Vec<String> = (0..900).map(|index| format!("role/Administrator{index}")).collect();
    refused_text(&format!("key vault-key admin {}\n{}", admins.join(",\n  "), one_statement(1, "")), "E0507");
}

#[test]
fn standard_input_needs_a_name() {
    let check = |text: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
        command.args(["check", "-", "--message-format", "short"]).stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let unnamed = check(SENTENCE);
    assert!(unnamed.status.code() == Some(1) && said(&unnamed).contains("error[E0112]"), "{}", said(&unnamed));
    assert_eq!(check(&format!("system piped\n{SENTENCE}")).status.code(), Some(0));
}

/// A folder with a spec that has been built once.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
    assert_eq!(drc(folder.path(), &["build", "spec.drspec"]).status.code(), Some(0));
    folder
}

#[test]
fn only_what_changes_is_written() {
    let folder = built();
    let modified = |name: &str| fs::metadata(folder.path().join("out").join(name)).unwrap().modified().unwrap();
    let kept = "ap-northeast-3/spec-replica-kms.yml";
    let (plan, key) = (modified("ap-northeast-1/spec-source-backup.yml"), modified(kept));
    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(folder.path().join("spec.drspec"), SENTENCE.replace("7d", "8d")).unwrap();
    assert_eq!(drc(folder.path(), &["build", "spec.drspec"]).status.code(), Some(0));
    assert!(modified("ap-northeast-1/spec-source-backup.yml") > plan);
    assert_eq!(modified(kept), key);
}

#[test]
fn foreign_files_stay_and_stale_ones_go() {
    let folder = built();
    let out = folder.path().join("out");
    fs::write(out.join("ap-northeast-3/notes.txt"), "mine").unwrap();
    fs::write(out.join("README"), "mine").unwrap();
    let allowance = "# drc: allow(L0602) reason=\"nothing was copied yet\"\n";
    let moved = format!("{allowance}{}", SENTENCE.replace("ap-northeast-3", "us-west-2"));
    fs::write(folder.path().join("spec.drspec"), moved).unwrap();
    let output = drc(folder.path(), &["build", "spec.drspec"]);
    let wrote = String::from_utf8_lossy(&output.stdout);
    assert!(wrote.contains("removed out/ap-northeast-3/spec-replica-kms.yml"), "{wrote}");
    assert!(!out.join("ap-northeast-3/spec-replica-kms.yml").exists());
    assert!(out.join("ap-northeast-3/notes.txt").exists() && out.join("README").exists());
    assert!(out.join("us-west-2/spec-replica-kms.yml").exists());
}

#[test]
fn a_file_stands_where_the_directory_should() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
    fs::write(folder.path().join("out"), "a file").unwrap();
    let output = drc(folder.path(), &["build", "spec.drspec", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("out: there is a file of that name"), "{}", said(&output));
    assert_eq!(fs::read_to_string(folder.path().join("out")).unwrap(), "a file");
}

#[cfg(unix)]
#[test]
fn no_permission_to_write() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let output = drc(folder.path(), &["build", "spec.drspec", "-o", "locked/out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("locked/out: permission denied"), "{}", said(&output));
}

/// A directory on a disk of so many bytes, which is taken away at the end.
#[cfg(target_os = "linux")]
struct SmallDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(bytes: usize) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={bytes}");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_changes_nothing() {
    let Some(disk) = SmallDisk::mount(65_536) else {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let out = disk.0.path().join("out");
    let build = |keep: &str| {
        fs::write(folder.path().join("spec.drspec"), SENTENCE.replace("7d", keep)).unwrap();
        drc(folder.path(), &["build", "spec.drspec", "--message-format", "short", "-o", out.to_str().unwrap()])
    };
    assert_eq!(build("7d").status.code(), Some(0));
    let plan = out.join("ap-northeast-1/spec-source-backup.yml");
    let (before, manifest) = (fs::read(&plan).unwrap(), fs::read(out.join("manifest.json")).unwrap());
    // What is left is taken by somebody else.
    let _ = fs::write(disk.0.path().join("filler"), vec![0; 65_536]);
    let output = build("9d");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("the disk is full; nothing was changed"), "{}", said(&output));
    assert_eq!(fs::read(&plan).unwrap(), before);
    assert_eq!(fs::read(out.join("manifest.json")).unwrap(), manifest);
    assert!(!out.join(".drc-staging").exists());
}

#[test]
fn machine_messages_are_valid() {
    let schema = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sarif-2.1.0.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&schema).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let specs = [
        ("odd name.drspec", SENTENCE.replace("keep 7d", "keep 1d")),
        ("é.drspec", "é".to_owned()),
        ("c.drspec", String::new()),
    ];
    for (name, text) in &specs {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = drc(folder.path(), &["check", ".", "--message-format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    let problems: Vec<String> =
        validator.iter_errors(&sarif).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(sarif["runs"][0]["results"].as_array().unwrap().len() >= 3);
}

#[test]
fn copies_of_all_files_wait_for_each_other() {
    let of = |head: &str, clusters: &str, rest: &str| {
        format!(
            "{head}\nbackup cluster {clusters} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d {rest}\n"
        )
    };
    let first = of("system one", "a, b, c", "rpo 39h");
    let five = of("system two", "d, e", "");
    let six = of("system two", "d, e, f", "");
    let check = |files: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        for (index, text) in files.iter().enumerate() {
            fs::write(folder.path().join(format!("{index}.drspec")), text).unwrap();
        }
        drc(folder.path(), &["check", ".", "--message-format", "short"])
    };
    assert_eq!(check(&[&first, &five]).status.code(), Some(0));
    let waits = check(&[&first, &six]);
    assert_eq!(waits.status.code(), Some(1));
    assert!(said(&waits).contains("1 d 17 h of data may be lost, not 1 d 15 h"), "{}", said(&waits));
    // A build is deployed to one account, whichever of its files names it.
    let named = of("system two\naccount 111122223333", "d, e, f", "");
    assert!(said(&check(&[&first, &named])).contains("1 d 17 h of data may be lost"));
}

/// Runs drc with nobody who reads what it writes.
fn unread(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
    let mut child =
        command.current_dir(folder).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap()
}

#[test]
fn a_reader_who_has_enough_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
    let instant = "ap-northeast-1@2026-12-03T14:37+09:00";
    for arguments in [
        &["explain", "spec.drspec"][..],
        &["explain", "E0010"],
        &["explain", "--list"],
        &["next", "spec.drspec"],
        &["simulate", "spec.drspec", "--lose", instant],
        &["prove", "spec.drspec", "--message-format", "short"],
        &["runbook", "spec.drspec"],
        &["build", "spec.drspec", "--message-format", "short"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ] {
        let output = unread(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        let said = said(&output);
        assert!(said.lines().all(|line| line.contains("warning[")), "{arguments:?}: {said}");
    }
    assert!(folder.path().join("out/manifest.json").exists());
}

/// Runs drc where a wrong reading would never end; it must say this and write nothing.
#[cfg(unix)]
#[track_caller]
fn comes_to_an_end(folder: &Path, arguments: &[&str], words: &str) {
    let output = drc(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains(words), "{}", said(&output));
}

#[cfg(unix)]
fn make_pipe(place: &Path) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(place).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn pipes_and_devices() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
    make_pipe(&folder.path().join("specs/a.drspec"));
    for command in ["check", "build", "fmt", "next"] {
        comes_to_an_end(folder.path(), &[command, "specs"], "specs/a.drspec: it is no file");
    }
    comes_to_an_end(folder.path(), &["check", "/dev/zero"], "/dev/zero: it is longer than 256 MB");
    let template = "out/ap-northeast-1/spec-source-backup.yml";
    make_pipe(&folder.path().join(template));
    let explained = drc(folder.path(), &["explain", "spec.drspec", "--template", &format!("{template}:3")]);
    assert_eq!(explained.status.code(), Some(0), "{}", said(&explained));
}

/// A pipe that is named itself, as a shell's `<(…)` names one, is read.
#[cfg(unix)]
#[test]
fn a_named_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("spec");
    make_pipe(&place);
    let writer = std::thread::spawn(move || fs::write(place, SENTENCE).unwrap());
    let output = drc(folder.path(), &["check", "spec"]);
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}
