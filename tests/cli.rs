//! The command line as transcripts: each Markdown file is read as a user reads it, and every command in it is run.

#![expect(clippy::print_stderr, reason = "a test that is skipped says why")]

#[path = "cli/changes.rs"]
#[cfg(test)]
mod changes;
#[path = "cli/directory.rs"]
#[cfg(test)]
mod directory;
#[path = "cli/findings.rs"]
#[cfg(test)]
mod findings;
#[path = "cli/input.rs"]
#[cfg(test)]
mod input;
#[path = "cli/runbook.rs"]
#[cfg(test)]
mod runbook;

/// `TRYCMD=overwrite cargo test --test cli` writes what the commands print today.
#[test]
fn transcripts_hold() {
    trycmd::TestCases::new().env("NO_COLOR", "1").env("LC_ALL", "C").case("tests/cli/*.md").run();
}
