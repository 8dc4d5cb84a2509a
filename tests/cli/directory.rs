//! The output directory: what a build writes, removes and leaves alone in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::input::{SENTENCE, drc, said};

/// Builds a spec into `out`.
fn build(folder: &Path, spec: &str) -> std::process::Output {
    fs::write(folder.join("spec.drspec"), spec).unwrap();
    drc(folder, &["build", "spec.drspec", "--message-format", "short"])
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found
}

/// Every folder with templates changes its every file, whether its new or its old name comes first.
#[test]
fn a_system_may_be_renamed() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name: &str| format!("system {name}\n{SENTENCE}");
    for name in ["m", "z", "a"] {
        let output = build(folder.path(), &named(name));
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let other = tempfile::tempdir().unwrap();
        assert_eq!(build(other.path(), &named(name)).status.code(), Some(0));
        assert_eq!(files(&folder.path().join("out")), files(&other.path().join("out")));
    }
}

/// A folder with a spec that has been built once.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(build(folder.path(), SENTENCE).status.code(), Some(0));
    folder
}

/// Every file below a folder with its content.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().map(|path| (path.clone(), fs::read(folder.join(path)).unwrap_or_default())).collect()
}

/// A build, a comparison and a dry run, which must stop with these words and change nothing.
#[track_caller]
fn stops(folder: &Path, spec: &str, words: &[&str]) {
    let before = contents(folder);
    for options in [&[][..], &["--check"], &["--dry-run"]] {
        fs::write(folder.join("spec.drspec"), spec).unwrap();
        let output = drc(folder, &[&["build", "spec.drspec", "--message-format", "short"], options].concat());
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(words.iter().all(|words| said.contains(words)), "{said}");
        fs::write(folder.join("spec.drspec"), &before["spec.drspec"]).unwrap();
        assert!(contents(folder) == before, "something was changed");
    }
}

const OTHER_REGION: &str = "backup cluster mydb from ap-northeast-1 to us-west-2 daily 01:00 JST keep 7d\n";

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    for name in ["ap-northeast-3", "ap-northeast-3/spec-replica-kms.yml", "manifest.json", ".drc-staging"] {
        for spec in [SENTENCE.replace("7d", "8d"), OTHER_REGION.to_owned()] {
            let folder = built();
            let (place, outside) = (folder.path().join("out").join(name), folder.path().join("outside"));
            if place.exists() {
                fs::rename(&place, &outside).unwrap();
            } else {
                fs::create_dir_all(outside.join("builds")).unwrap();
            }
            symlink(&outside, &place).unwrap();
            stops(folder.path(), &spec, &[&format!("out/{name}: it is a link")]);
        }
    }
}

/// Opening a pipe that nobody writes to would wait for ever.
#[cfg(unix)]
#[test]
fn nothing_but_files_is_opened() {
    for name in ["ap-northeast-3/spec-replica-kms.yml", "manifest.json"] {
        let folder = built();
        let place = folder.path().join("out").join(name);
        fs::remove_file(&place).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&place).status().unwrap().success());
        let output = build(folder.path(), SENTENCE);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(&format!("out/{name}: it is neither a file nor a folder")), "{}", said(&output));
    }
}

#[test]
fn files_of_others_are_not_overwritten() {
    let foreign = [("deploy.sh", "#!/bin/sh\nmine\n"), ("manifest.json", "{\"name\": \"a web page\"}")];
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    for (name, text) in foreign {
        fs::write(folder.path().join("out").join(name), text).unwrap();
    }
    stops(
        folder.path(),
        SENTENCE,
        &["would overwrite out", "deploy.sh and 1 more, not written by drc", "nothing was changed"],
    );
    // Beside a build of ours there may be one more.
    let folder = built();
    fs::create_dir(folder.path().join("out/us-west-2")).unwrap();
    fs::write(folder.path().join("out/us-west-2/spec-replica-kms.yml"), "mine").unwrap();
    stops(folder.path(), OTHER_REGION, &["us-west-2/spec-replica-kms.yml, not written by drc"]);
}

/// Adds a file to the directory, and to what the manifest lists.
fn list(folder: &Path, path: &str, checksum: &str) {
    let out = folder.join("out");
    fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
    fs::write(out.join(path), "mine\n").unwrap();
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    manifest["files"][path] = checksum.into();
    fs::write(out.join("manifest.json"), manifest.to_string()).unwrap();
}

/// SHA-256 of `mine` and a line break.
const MINE: &str = "fcbc800db3f1867000b852f1ce0044b8f1584f76ade1ed6e65189824f95c3cda";

#[test]
fn what_was_changed_by_hand_is_not_removed() {
    let folder = built();
    let edited = folder.path().join("out/ap-northeast-3/spec-replica-kms.yml");
    let written = fs::read_to_string(&edited).unwrap();
    fs::write(&edited, format!("{written}# mine\n")).unwrap();
    stops(folder.path(), OTHER_REGION, &["ap-northeast-3/spec-replica-kms.yml, changed since drc wrote it"]);
    // It is still part of this build, which makes it again.
    assert_eq!(build(folder.path(), &SENTENCE.replace("7d", "8d")).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&edited).unwrap(), written);
    // What is no template any more cannot be compared with, so nobody knows what would be lost.
    fs::write(&edited, "mine").unwrap();
    stops(folder.path(), SENTENCE, &["ap-northeast-3/spec-replica-kms.yml: line 1: a template is a map"]);
    let folder = built();
    list(folder.path(), "us-west-2/old-replica-kms.yml", &"0".repeat(64));
    stops(folder.path(), SENTENCE, &["us-west-2/old-replica-kms.yml, changed since drc wrote it"]);
}

/// Paths that no build writes, whatever a manifest says.
const NOT_OURS: &[&str] = &[
    ".git/config",
    "../beside",
    "README.md",
    "notes.txt",
    "other.sh",
    "src/main.rs",
    "src/deploy.sh",
    "eu-west-1/app.yml",
    "eu-west-1/-backup.yml",
    "eu-west-1/my_app-backup.yml",
    "eu-west-1/my app-backup.yml",
    "eu-west-1/my-backup.yaml",
    "eu-west-1/my-backup.YML",
    "eu-west-1/more/my-backup.yml",
    "eu-west-1/.hidden-backup.yml",
    "eu-west-1x/my-backup.yml",
    "somewhere/my-backup.yml",
    "./eu-west-1/my-backup.json",
];

/// Nothing of a folder may have changed but files that are expected to.
#[track_caller]
fn stay(folder: &Path, paths: &[&str]) {
    for path in paths {
        assert_eq!(fs::read(folder.join(path)).ok().as_deref(), Some(&b"mine\n"[..]), "{path}");
    }
}

#[test]
fn what_can_be_none_of_ours_is_not_removed() {
    let folder = built();
    for path in NOT_OURS {
        list(folder.path(), path, MINE);
    }
    list(folder.path(), "us-west-2/old-replica-kms.json", MINE);
    let output = build(folder.path(), &SENTENCE.replace("7d", "8d"));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    stay(&folder.path().join("out"), NOT_OURS);
    assert!(!folder.path().join("out/us-west-2").exists());
}

/// The manifest of a build that was killed is believed no more than that of one that was not.
#[test]
fn what_an_unfinished_build_cannot_have_written_is_not_removed() {
    for named_by_content in [true, false] {
        let folder = built();
        let out = folder.path().join("out");
        let manifest = fs::read(out.join("manifest.json")).unwrap();
        for path in NOT_OURS {
            list(folder.path(), path, MINE);
        }
        list(folder.path(), "us-west-2/old-replica-kms.json", MINE);
        let forged = fs::read(out.join("manifest.json")).unwrap();
        let sum = if named_by_content { drc::emit::checksum(&forged) } else { drc::emit::checksum(b"else") };
        fs::create_dir_all(out.join(".drc-staging/builds")).unwrap();
        fs::write(out.join(format!(".drc-staging/builds/{sum}.json")), forged).unwrap();
        fs::write(out.join("manifest.json"), manifest).unwrap();
        assert_eq!(build(folder.path(), &SENTENCE.replace("7d", "8d")).status.code(), Some(0));
        stay(&out, NOT_OURS);
        assert_eq!(out.join("us-west-2").exists(), !named_by_content);
        assert!(!out.join(".drc-staging").exists());
    }
}

#[test]
fn files_of_others_stay_where_ours_wait() {
    let folder = built();
    let staging = folder.path().join("out/.drc-staging");
    let ours = [
        "files/manifest.json",
        "files/deploy.sh",
        "files/us-west-2/old-replica-kms.yml",
        &format!("builds/{}.json", "0".repeat(64)),
    ];
    let others = [
        "notes.txt",
        "mine/notes.txt",
        "files/notes.txt",
        "files/mine/manifest.json",
        "files/eu-west-1/app.yml",
        "files/eu-west-1/more/my-backup.yml",
        "builds/notes.txt",
        "builds/any.json",
        "builds/mine/notes.txt",
    ];
    for path in ours.iter().copied().chain(others) {
        fs::create_dir_all(staging.join(path).parent().unwrap()).unwrap();
        fs::write(staging.join(path), "mine\n").unwrap();
    }
    for spec in [SENTENCE, &SENTENCE.replace("7d", "8d")] {
        let output = build(folder.path(), spec);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        stay(&staging, &others);
    }
    assert_eq!(files(&staging), others.iter().map(|path| (*path).to_owned()).collect());
    assert!(!staging.join("files/us-west-2").exists());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_where_ours_wait() {
    for name in ["files", "builds", "files/ap-northeast-1"] {
        let folder = built();
        let (place, outside) = (folder.path().join("out/.drc-staging").join(name), folder.path().join("outside"));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::create_dir_all(outside.join("ap-northeast-1")).unwrap();
        fs::write(outside.join("deploy.sh"), "mine\n").unwrap();
        std::os::unix::fs::symlink(&outside, &place).unwrap();
        let before = contents(folder.path());
        let output = build(folder.path(), &SENTENCE.replace("7d", "8d"));
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(said(&output).contains(&format!("out/.drc-staging/{name}: it is a link")), "{}", said(&output));
        fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
        assert!(contents(folder.path()) == before, "{name}");
    }
    // A link in place of a file that waits is removed, and what it leads to stays.
    let folder = built();
    let place = folder.path().join("out/.drc-staging/files/ap-northeast-1/spec-source-backup.yml");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(folder.path().join("outside"), "mine\n").unwrap();
    std::os::unix::fs::symlink(folder.path().join("outside"), &place).unwrap();
    assert_eq!(build(folder.path(), &SENTENCE.replace("7d", "8d")).status.code(), Some(0));
    stay(folder.path(), &["outside"]);
    assert!(!folder.path().join("out/.drc-staging").exists());
}

#[test]
fn a_manifest_of_another_version() {
    for (version, code, words) in [(0, 2, ", not written by drc"), (1, 0, ""), (1000, 2, "was written by a later drc")]
    {
        let folder = built();
        let path = folder.path().join("out/manifest.json");
        let text = fs::read_to_string(&path).unwrap();
        let current = text.lines().find(|line| line.contains("\"schemaVersion\": ")).unwrap();
        fs::write(&path, text.replace(current, &format!("\"schemaVersion\": {version},"))).unwrap();
        let output = build(folder.path(), &SENTENCE.replace("7d", "8d"));
        assert_eq!(output.status.code(), Some(code), "{version}: {}", said(&output));
        assert!(said(&output).contains(words), "{version}: {}", said(&output));
    }
}

/// One directory holds one build: what the one before wrote is removed, and the build says so.
#[test]
fn another_system_takes_the_place_of_the_first() {
    let folder = built();
    let output = build(folder.path(), &format!("system other\n{SENTENCE}"));
    let wrote = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(wrote.contains("removed out/ap-northeast-1/spec-source-backup.yml"), "{wrote}");
    let output = drc(folder.path(), &["build", "spec.drspec", "--format", "json"]);
    let wrote = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(wrote.contains("removed out/ap-northeast-1/other-source-backup.yml"), "{wrote}");
    assert_eq!(files(&folder.path().join("out")).len(), 6);
}

/// A build that was killed before its manifest was in place leaves files that the next one knows.
#[test]
fn what_a_killed_build_left_is_known() {
    let folder = built();
    let (out, other) = (folder.path().join("out"), tempfile::tempdir().unwrap());
    assert_eq!(build(other.path(), OTHER_REGION).status.code(), Some(0));
    let others = other.path().join("out");
    let stray = "us-west-2/spec-replica-kms.yml";
    fs::create_dir_all(out.join("us-west-2")).unwrap();
    fs::copy(others.join(stray), out.join(stray)).unwrap();
    let kept = out.join(".drc-staging/builds");
    fs::create_dir_all(&kept).unwrap();
    let manifest = fs::read(others.join("manifest.json")).unwrap();
    fs::write(kept.join(format!("{}.json", drc::emit::checksum(&manifest))), manifest).unwrap();
    // Of a second one the disk kept half of the manifest.
    fs::write(kept.join(format!("{}.json", "0".repeat(64))), "{\"schemaVersion\": 1, \"st").unwrap();
    let check = drc(folder.path(), &["build", "spec.drspec", "--check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&check.stdout).contains(&format!("--- a/{stray}")));
    let before = built();
    let output = build(folder.path(), SENTENCE);
    assert!(String::from_utf8_lossy(&output.stdout).contains(&format!("removed out/{stray}")), "{}", said(&output));
    assert!(contents(&out) == contents(&before.path().join("out")));
    assert!(!out.join(".drc-staging").exists() && !out.join("us-west-2").exists());
}

/// The first build of all was killed: no manifest is there yet.
#[test]
fn what_a_killed_first_build_left_is_known() {
    let folder = built();
    let out = folder.path().join("out");
    let kept = out.join(".drc-staging/builds");
    fs::create_dir_all(&kept).unwrap();
    let sum = drc::emit::checksum(&fs::read(out.join("manifest.json")).unwrap());
    fs::rename(out.join("manifest.json"), kept.join(format!("{sum}.json"))).unwrap();
    let output = build(folder.path(), &SENTENCE.replace("7d", "8d"));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!out.join(".drc-staging").exists());
}

/// Not all could be replaced: the message does not say that nothing was.
#[cfg(unix)]
#[test]
fn a_build_that_fails_half_way_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = built();
    let locked = folder.path().join("out/ap-northeast-3");
    let may_write = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).unwrap();
    may_write(0o555);
    if fs::write(locked.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    // Both regions hold files with the system's name, and the other one's come first.
    let renamed = format!("system other\n{SENTENCE}");
    let output = build(folder.path(), &renamed);
    may_write(0o755);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("files were changed: build again"), "{}", said(&output));
    let output = build(folder.path(), &renamed);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!folder.path().join("out/.drc-staging").exists());
}

/// A machine that grants no further thread: a stack of this size cannot be had.
#[test]
fn no_thread_can_be_made() {
    let folder = built();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_drc"));
    command.current_dir(folder.path()).env("RUST_MIN_STACK", (1_u64 << 46).to_string());
    let output = command.args(["build", "spec.drspec", "--check"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn what_is_said_can_be_pasted() {
    for out in ["a$(touch x)b", "it's", "a b", "-x", "plain"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
        let output = drc(folder.path(), &["build", "spec.drspec", &format!("--out={out}")]);
        let wrote = String::from_utf8_lossy(&output.stdout).into_owned();
        let command = wrote.lines().find_map(|line| line.strip_prefix("deploy with: sh ")).unwrap();
        // Whether `sh` would be given the script, and nothing else be run.
        let mut shell = std::process::Command::new("sh");
        let found = shell.current_dir(folder.path()).arg("-c").arg(format!("ls {command}")).output().unwrap();
        assert!(found.status.success(), "{command}: {}", said(&found));
        assert!(!folder.path().join("x").exists(), "{command}");
        assert_eq!(out == "plain", command == "plain/deploy.sh", "{command}");
    }
}

/// No command that could be pasted has such a name, and shown as it is it would act on the terminal.
#[cfg(unix)]
#[test]
fn names_that_cannot_be_shown() {
    for (out, shown) in [("o\x1b[31m", "o\\u{1b}[31m"), ("n\nl", "n\\u{a}l"), ("o\u{202e}", "o\\u{202e}")] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("spec.drspec"), SENTENCE).unwrap();
        let output = drc(folder.path(), &["build", "spec.drspec", &format!("--out={out}")]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(&format!("the name of {shown};")), "{}", said(&output));
        assert_eq!(files(folder.path()), ["spec.drspec".to_owned()].into());
        let strange = folder.path().join(out).with_extension("drspec");
        fs::write(&strange, SENTENCE.replace(" keep 7d", "\n        keep 7d")).unwrap();
        let formatted = drc(folder.path(), &["fmt", strange.to_str().unwrap()]);
        assert!(String::from_utf8_lossy(&formatted.stdout).contains(&format!("{shown}.drspec\n")), "{formatted:?}");
    }
}
