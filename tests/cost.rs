//! One statement costs little, whatever its schedules and retentions: nasty ones against the README's.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot run the program stops")]

use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// Kilobytes that a command may take at its peak beside what it takes for the README's statement, most of which is the
/// program itself.
const MEMORY: i64 = 32 * 1024;

/// How many times the time of the processor that the README's statement takes a command may take. Without optimisation it is
/// up to 30 times, and looking at every run took hundreds.
const TIMES: i64 = 60;

/// The commands whose cost is held, each with what follows the spec.
const COMMANDS: [(&str, &[&str]); 4] =
    [("check", &[]), ("next", &["-n", "3"]), ("explain", &[]), ("explain", &["--full"])];

/// Runs a command on a spec; the microseconds that it took, and the peak of all commands so far in kilobytes.
fn run(spec: &Path, (command, options): (&str, &[&str])) -> (i64, i64) {
    let spent = || {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
        ((usage.user_time() + usage.system_time()).num_microseconds(), usage.max_rss())
    };
    let (before, _) = spent();
    let mut drc = Command::new(env!("CARGO_BIN_EXE_drc"));
    drc.arg(command).arg(spec).args(options).args(["--now", "2026-11-26T00:00:00Z"]);
    let done = drc.stdout(Stdio::null()).stderr(Stdio::piped()).output().unwrap();
    assert!(done.status.success(), "{command} {}:\n{}", spec.display(), String::from_utf8_lossy(&done.stderr));
    let (after, peak) = spent();
    (after - before, peak)
}

/// One test, since what children took is known of all together.
#[test]
fn nasty_statements_cost_little() {
    let mut specs: Vec<_> = std::fs::read_dir("tests/cost").unwrap().map(|entry| entry.unwrap().path()).collect();
    specs.sort();
    assert!(specs.len() > 10);
    let plain = |command| (0..3).map(|_| run(Path::new("specs/mydb.drspec"), command)).max().unwrap();
    let own = COMMANDS.map(plain).map(|(_, peak)| peak).into_iter().max().unwrap();
    for command in COMMANDS {
        let (plain, _) = plain(command);
        for spec in &specs {
            let (taken, peak) = run(spec, command);
            let what = format!("{} {}: {} ms, {} MB", command.0, spec.display(), taken / 1000, peak / 1024);
            assert!(peak < own + MEMORY, "{what}; the README's takes {} MB", own / 1024);
            assert!(taken < TIMES * plain, "{what}; the README's takes {} ms", plain / 1000);
        }
    }
}
