//! Every command of the program as it is run, over a large spec.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cases::Case;

/// The commands that read specs, each with the arguments behind the spec; of formats those that are made differently.
pub(crate) const COMMANDS: &[&[&str]] = &[
    &["check"],
    &["fmt", "--check"],
    &["build", "--dry-run"],
    &["next"],
    &["simulate", "--lose", "ap-northeast-1@2026-12-03T14:37+09:00"],
    &["prove"],
    &["explain"],
    &["explain", "--full"],
    &["explain", "--format", "json"],
    &["explain", "--format", "html"],
    &["diff", "specs"],
    &["runbook"],
];

/// How long the program takes over a case, its answer thrown away.
pub(crate) fn time(case: &Case, command: &[&str]) -> io::Result<Duration> {
    let folder = tempfile::tempdir()?;
    let specs = folder.path().join("specs");
    fs::create_dir(&specs)?;
    for (name, text) in &case.files {
        fs::write(specs.join(name), text)?;
    }
    let start = Instant::now();
    let status = run(folder.path(), command)?;
    let elapsed = start.elapsed();
    // 1 is an answer too: that something would change, or is not proved.
    if status.is_some_and(|code| code < 2) { Ok(elapsed) } else { Err(io::Error::other(command.join(" "))) }
}

fn run(folder: &Path, command: &[&str]) -> io::Result<Option<i32>> {
    let [name, arguments @ ..] = command else { return Ok(None) };
    let mut program = Command::new(env!("CARGO_BIN_EXE_drc"));
    program.current_dir(folder).arg(name).arg("specs").args(arguments);
    Ok(program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?.code())
}
