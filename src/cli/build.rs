//! `drc build`: specs into a directory of templates.

mod earlier;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::directory::{self, Change};
use super::report::{self, MessageFormat};
use super::{Context, Failure, Outcome, clock, input, shown};
use crate::allowance::loss;
use crate::emit::{Format, OutputFile};
use crate::text::shell;

/// Compile specs into CloudFormation templates, a deployment script and a manifest
///
/// Files are replaced one by one and whole, the manifest last. Files that are as they should be are
/// left untouched, files that an earlier build wrote and this one does not are removed, all others
/// are never touched: where one is in the way, or was changed by hand and would be removed, the build says
/// which and stops. Nothing is written when there is an error, nor, over an earlier build, where recovery points
/// would be lost and the spec does not allow it; what deploying the change does is said, as `drc diff` says it.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    #[command(flatten)]
    clock: clock::Now,
    /// Directory to write to
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Format of the templates
    #[arg(long, default_value = "yaml", value_parser = template_format())]
    format: Format,
    /// Write nothing; show the difference and exit with 1 if the directory is not up to date
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    dry_run: bool,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

fn template_format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(["yaml", "json"]).map(|word| if word == "json" { Format::Json } else { Format::Yaml })
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let out = shown(&arguments.out);
    if arguments.out.to_str() != Some(&*out) {
        return Err(Failure(format!(
            "no command can show the name of {out}; build into another directory with `--out`"
        )));
    }
    // What would be lost is said together with what else is found.
    let (now, messages) = (arguments.clock.instant(), (arguments.message_format, false));
    let Some((sources, files, mut compiled)) = arguments.specs.compile(arguments.format, now, messages, context)?
    else {
        return Ok(Outcome::No);
    };
    let earlier = earlier::change_of(&arguments.out, &compiled, &sources, &files, now);
    if let Ok(Some(change)) = &earlier {
        compiled.diagnostics.append(loss::losses(change));
        compiled.diagnostics.sort(&sources);
    }
    report::write(&compiled.diagnostics, &sources, arguments.message_format, context)?;
    if let Some(change) = &earlier? {
        earlier::write(change, &sources, context)?;
    }
    if compiled.diagnostics.has_errors() {
        return Ok(Outcome::No);
    }
    if arguments.check || arguments.dry_run {
        let changes = directory::compare(&arguments.out, &compiled.files)?;
        for change in &changes {
            context.out.write_all(change.unified_diff().as_bytes())?;
        }
        return Ok(if arguments.check && !changes.is_empty() { Outcome::No } else { Outcome::Yes });
    }
    let changes = directory::write(&arguments.out, &compiled.files)?;
    summarise(arguments, &compiled.files, &changes, context)?;
    Ok(Outcome::Yes)
}

/// What was written, in deployment order, and how to go on.
fn summarise(
    arguments: &Arguments,
    files: &[OutputFile],
    changes: &[Change<'_>],
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let out = shown(&arguments.out);
    let written: BTreeSet<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    for file in files {
        let word = if written.contains(file.path.as_str()) { "wrote" } else { "kept " };
        writeln!(context.out, "{word} {out}/{}", file.path)?;
    }
    for removed in changes.iter().filter(|change| change.new.is_none()) {
        writeln!(context.out, "removed {out}/{}", removed.path)?;
    }
    // Behind `sh -` the name would be an option.
    let script = arguments.out.join("deploy.sh");
    let script = if script.is_relative() && out.starts_with('-') { Path::new(".").join(script) } else { script };
    writeln!(context.out, "deploy with: sh {}", shell::word(&script.to_string_lossy()))?;
    Ok(())
}
