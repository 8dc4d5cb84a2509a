//! The command line: the only place with files, the clock and the environment.

mod build;
mod check;
mod clock;
mod completions;
mod diff;
mod directory;
mod explain;
mod fmt;
mod input;
mod interrupt;
mod language;
mod man;
mod next;
mod prove;
mod report;
mod runbook;
mod side;
mod simulate;
mod stream;

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::diagnostic::human::{Colour, Style};
use crate::text::Columns;
use crate::text::wrap::paragraph;

/// What came of a command, as its exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// 0: yes.
    Yes,
    /// 1: the spec, or the comparison, says no.
    No,
}

/// Why a command could not do its work: exit code 2.
#[derive(Debug)]
struct Failure(String);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Compile one sentence into a complete disaster-recovery backup system on AWS.
#[derive(Debug, Parser)]
#[command(
    name = "drc",
    version,
    max_term_width = 100,
    after_help = "\
Exit codes: 0 yes; 1 the spec (or the comparison, or the proof) says no; 2 drc could not do its work.\n\
Results go to standard output, diagnostics to standard error."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Diff(diff::Arguments),
    Check(check::Arguments),
    Explain(explain::Arguments),
    Next(next::Arguments),
    Simulate(simulate::Arguments),
    Runbook(runbook::Arguments),
    Fmt(fmt::Arguments),
    Prove(prove::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Where a command writes to, so that nothing else prints.
struct Context<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// How diagnostics for people look.
    style: Style,
    /// How wide results for people are.
    columns: Columns,
}

/// Bytes of a result that are gathered before they are written.
const BUFFER: usize = 64 * 1024;

/// A path as a terminal may show it.
fn shown(path: &Path) -> String {
    crate::source::printable(&path.to_string_lossy())
}

/// Runs the program on the process's own arguments, streams and environment.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let _threads = threads();
    let (stdout, stderr) = (io::stdout(), io::stderr());
    let style = style(&stderr, Style::PLAIN.width);
    let mut out = BufWriter::with_capacity(BUFFER, stream::UntilClosed::new(stdout.lock()));
    let mut err = stream::UntilClosed::new(stderr.lock());
    let columns = columns(&stdout);
    let mut context = Context { out: &mut out, err: &mut err, style, columns };
    let outcome = run(arguments.command, &mut context);
    let flushed = context.out.flush();
    match outcome.and_then(|outcome| Ok(flushed.map(|()| outcome)?)) {
        Ok(Outcome::Yes) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        Err(Failure(message)) => {
            let message = format!("drc: {message}");
            // What looks for a sentence where there is no terminal finds it on one line.
            let width = if io::IsTerminal::is_terminal(&stderr) { context.style.width } else { usize::MAX };
            let lines = message.split('\n').map(|line| paragraph(&crate::source::printable(line), width));
            // There is nowhere left to say that standard error is gone.
            let _ = writeln!(context.err, "{}", lines.collect::<Vec<_>>().join("\n"));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    match command {
        Command::Build(arguments) => build::run(&arguments, context),
        Command::Diff(arguments) => diff::run(&arguments, context),
        Command::Check(arguments) => check::run(&arguments, context),
        Command::Explain(arguments) => explain::run(&arguments, context),
        Command::Next(arguments) => next::run(&arguments, context),
        Command::Simulate(arguments) => simulate::run(&arguments, context),
        Command::Runbook(arguments) => runbook::run(&arguments, context),
        Command::Fmt(arguments) => fmt::run(&arguments, context),
        Command::Prove(arguments) => prove::run(&arguments, context),
        Command::Completions(arguments) => completions::run(&arguments, context),
        Command::Man(arguments) => man::run(&arguments, context),
    }
}

/// Makes the threads that share the work. Where the system grants none, this one does it alone, as long
/// as what is returned lives.
fn threads() -> Option<rayon::ThreadPool> {
    let all = rayon::ThreadPoolBuilder::new().build_global();
    all.is_err().then(|| rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().ok()).flatten()
}

/// The whole command line, for completions and the man page.
fn command() -> clap::Command {
    Arguments::command()
}

/// How wide a result may be.
fn columns(stream: &impl io::IsTerminal) -> Columns {
    if stream.is_terminal() {
        Columns::of_terminal(style(stream, Columns::UNSEEN.prose).width)
    } else {
        Columns::UNSEEN
    }
}

/// The terminal's width, and colours; plain and of a given width where there is no terminal. No
/// colours with `NO_COLOR` (<https://no-color.org>).
#[expect(clippy::disallowed_methods, reason = "this is the edge where the environment is read")]
fn style(stream: &impl io::IsTerminal, width: usize) -> Style {
    if !stream.is_terminal() {
        return Style { width, colour: Colour::Never };
    }
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let able = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    let width = terminal_size::terminal_size().map_or(width, |(width, _)| usize::from(width.0));
    Style { width, colour: if wanted && able { Colour::Always } else { Colour::Never } }
}
