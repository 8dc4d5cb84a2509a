//! `drc completions`: a completion script for a shell.

use super::{Context, Failure, Outcome};

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::command(), "drc", &mut script);
    context.out.write_all(&script)?;
    Ok(Outcome::Yes)
}
