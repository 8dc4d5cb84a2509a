//! Memory does not follow what is written: many statements against few, each unlike the others.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot run the program stops")]
#![expect(clippy::indexing_slicing, reason = "the lists are not empty")]

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The commands that may write much, each with the part of what is written of one more statement that it may take in memory.
/// Compiling a statement takes 70 kilobytes, and some 45 are held of what a rationale says beside its templates.
const COMMANDS: [(&[&str], f64); 4] = [
    (&["prove", "--format", "json"], 0.25),
    (&["simulate", "--format", "json", "--lose", "ap-northeast-1@2027-06-01T00:00Z"], 0.25),
    (&["next", "--format", "json", "-n", "4000"], 0.25),
    (&["explain", "--format", "json"], 0.75),
];

/// A system of so many statements, no two of one shape.
fn statements(count: u32) -> String {
    let mut text = String::from("system fleet stacks per statement\naccount 111122223333\n");
    for index in 0..count {
        let region = ["ap-northeast-3", "us-west-2", "us-east-1", "eu-west-1", "ap-southeast-1"][index as usize % 5];
        let key = format!("arn:aws:kms:ap-northeast-1:111122223333:key/{index:08x}-0000-4000-8000-{index:012x}");
        let days = 90 + index % 30;
        let _ = writeln!(
            text,
            "backup cluster db-{index} from ap-northeast-1 to {region}\n  encrypted by {key}\n  \
             hourly keep {days}d"
        );
    }
    text
}

/// Runs a command on a spec; the kilobytes that it wrote, and its peak, which is read after each piece of what it writes.
fn run(arguments: &[&str], spec: &Path) -> (f64, f64) {
    let mut drc = Command::new(env!("CARGO_BIN_EXE_drc"));
    drc.args(arguments).arg(spec).stdout(Stdio::piped()).stderr(Stdio::null());
    if arguments[0] != "simulate" {
        drc.args(["--now", "2026-11-26T00:00:00Z"]);
    }
    let mut child = drc.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut out = child.stdout.take().unwrap();
    let (mut written, mut peak, mut piece) = (0u32, 0u32, vec![0; 1 << 16]);
    loop {
        let count = out.read(&mut piece).unwrap();
        if count == 0 {
            break;
        }
        written += u32::try_from(count).unwrap();
        let status = std::fs::read_to_string(&status).unwrap();
        let kilobytes =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB")?.trim().parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
    }
    assert!(child.wait().unwrap().success(), "{arguments:?}");
    (f64::from(written) / 1024.0, f64::from(peak))
}

#[test]
fn memory_does_not_follow_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let [few, many]: [u32; 2] = [8, 24];
    let specs = [few, many].map(|count| {
        let path = folder.path().join(format!("{count}.drspec"));
        std::fs::write(&path, statements(count)).unwrap();
        path
    });
    for (arguments, part) in COMMANDS {
        let [(less, low), (more, high)] = specs.each_ref().map(|spec| run(arguments, spec));
        let each = |less: f64, more: f64| (more - less) / f64::from(many - few);
        let (written, taken) = (each(less, more), each(low, high));
        let what =
            format!("{}: a statement takes {taken:.0} kB, and {written:.0} kB are written of it", arguments.join(" "));
        assert!(written > 150.0 && taken < part * written, "{what}");
    }
}
