//! `drc diff`: what deploying a change does.

use std::path::{Path, PathBuf};

use super::report::{MessageFormat, PageFormat};
use super::side::{Side, deployed, state};
use super::{Context, Failure, Outcome, clock, language, shown};
use crate::allowance::loss;
use crate::change::{self, Report};
use crate::source::Sources;
use crate::text::Columns;

/// Say what deploying a change does to recovery points that exist
///
/// Each side is a spec, a directory that `drc build` has written, or a directory of templates that somebody
/// deployed, `REGION/STACK.yml` or `.json`, as `aws cloudformation get-template` gives them. The verdict comes first:
/// `safe`, `look`, or `loses` where recovery points would be lost or could not be used any more.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What is deployed; without NEW, the spec that is compared with what `--out` holds
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// What would be deployed
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// Directory of the earlier build, where NEW is not given
    #[arg(short, long, value_name = "DIR", default_value = "out", conflicts_with = "new")]
    out: PathBuf,
    /// How it is written; Markdown is made for a comment on GitHub
    #[arg(long, value_enum, default_value_t)]
    format: PageFormat,
    #[command(flatten)]
    clock: clock::Now,
    #[command(flatten)]
    language: language::Lang,
    /// Exit with 1 where it is not `safe`
    #[arg(long)]
    exit_code: bool,
    /// How diagnostics of specs are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let now = arguments.clock.instant();
    let (old, new) = paths(arguments)?;
    let mut load = |path: &Path, what: &str| {
        let side = Side::load(path, now, arguments.message_format, context)?;
        if side.is_none() && arguments.message_format == MessageFormat::Human {
            writeln!(context.err, "nothing was compared: these errors are in what {what}")?;
        }
        Ok::<_, Failure>(side)
    };
    let Some(old) = load(old, "is deployed")? else { return Ok(Outcome::No) };
    let Some(new) = load(new, "would be deployed")? else { return Ok(Outcome::No) };
    let (before, after, account) = deployed(old.found(), new.found());
    let (mut before, mut after) = (state(&before)?, state(&after)?);
    for (side, state) in [(&old, &mut before), (&new, &mut after)] {
        if let Side::Spec(side) = side {
            state.take_clocks(&side.compiled.spec);
        }
    }
    let mut change = change::change(&before, &after, account.as_deref(), now);
    let none = Sources::default();
    let sources = if let Side::Spec(side) = &new {
        change::places::place(&mut change, &side.compiled.spec, &side.compiled.stacks);
        loss::allow(&mut change, &side.sources, &side.files);
        &side.sources
    } else {
        &none
    };
    let hunks = change::hunks(&before, &after);
    let report = Report { change: &change, hunks: &hunks, sources, language: arguments.language.language() };
    write(&report, arguments.format, context)?;
    Ok(if arguments.exit_code && !change.is_safe() { Outcome::No } else { Outcome::Yes })
}

/// The old side and the new.
fn paths(arguments: &Arguments) -> Result<(&Path, &Path), Failure> {
    let Some(new) = &arguments.new else {
        if !arguments.out.is_dir() {
            let out = shown(&arguments.out);
            return Err(Failure(format!(
                "there is no earlier build in {out} to compare with: name both sides, or the build with `--out`"
            )));
        }
        return Ok((&arguments.out, &arguments.old));
    };
    if [&arguments.old, new].iter().all(|path| path.as_os_str() == "-") {
        return Err(Failure("only one side can be standard input".to_owned()));
    }
    Ok((&arguments.old, new))
}

fn write(report: &Report<'_>, format: PageFormat, context: &mut Context<'_>) -> Result<(), Failure> {
    match format {
        PageFormat::Text => {
            let style = super::style(&std::io::stdout(), Columns::UNSEEN.prose);
            change::text::write(report, style, context.columns.prose, context.out)?;
        }
        PageFormat::Md => change::markdown::write(report, context.out)?,
        PageFormat::Json => change::json::write(report, context.out)?,
        PageFormat::Html => change::html::write(report, context.out)?,
    }
    Ok(())
}
