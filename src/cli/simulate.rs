//! `drc simulate`: what is left when a region is lost.

use std::num::NonZeroU32;

use jiff::Timestamp;

use super::report::{DocumentFormat, MessageFormat};
use super::{Context, Failure, Outcome, clock, input, language};
use crate::aws::quota::LONGEST_WINDOW_MINUTES;
use crate::aws::region::{self, Region};
use crate::emit::Format;
use crate::simulate::{self, Loss};
use crate::suggest::nearest;
use crate::time::length::Minutes;

/// Show which recovery points are left if a region is lost
///
/// Runs the plan event by event up to that moment: with every job on time, with the slowest jobs
/// that the windows allow, and with the newest job failed.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    /// The region and the moment, such as `ap-northeast-1@2026-12-03T14:37+09:00`
    #[arg(long, value_name = "REGION@INSTANT", value_parser = lost)]
    lose: (&'static Region, Timestamp),
    /// How long a backup job takes
    #[arg(long, value_name = "DURATION", default_value = "40m", value_parser = duration)]
    backup_takes: Minutes,
    /// How long a copy takes
    #[arg(long, value_name = "DURATION", default_value = "2h", value_parser = duration)]
    copy_takes: Minutes,
    /// Let one run in N of every rule fail
    #[arg(long, value_name = "N")]
    fail_every: Option<NonZeroU32>,
    #[command(flatten)]
    language: language::Lang,
    /// How the outcome is written
    #[arg(long, value_enum, default_value_t)]
    format: DocumentFormat,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let &Arguments { lose: (region, at), backup_takes, copy_takes, fail_every, .. } = arguments;
    let messages = (arguments.message_format, false);
    let Some((.., compiled)) = arguments.specs.compile(Format::Yaml, at, messages, context)? else {
        return Ok(Outcome::No);
    };
    let loss = Loss { region, at, backup_takes, copy_takes, fail_every };
    let language = arguments.language.language();
    match arguments.format {
        DocumentFormat::Text => {
            simulate::text::write(&compiled.spec, &loss, language, context.columns.prose, context.out)?;
        }
        DocumentFormat::Json => simulate::json::write(&compiled.spec, &loss, context.out)?,
    }
    Ok(Outcome::Yes)
}

fn lost(text: &str) -> Result<(&'static Region, Timestamp), String> {
    let (code, instant) = text.split_once('@').ok_or_else(|| "write a region, `@` and an instant".to_owned())?;
    let region = region::find(code).ok_or_else(|| {
        let near = nearest(code, region::REGIONS.iter().map(|region| region.code));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        format!("there is no region `{code}`{hint}")
    })?;
    Ok((region, clock::parse(instant)?))
}

/// A duration as the language writes it.
fn duration(text: &str) -> Result<Minutes, String> {
    let length = Minutes::parse(text).ok_or("write a duration such as `40m`, `1h30m` or `1d`")?;
    if length.0 > i64::from(LONGEST_WINDOW_MINUTES) {
        return Err("no job takes longer than the longest window of AWS Backup, 52,560,000 minutes".to_owned());
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_duration_is_said() {
        assert_eq!(duration("1h30m"), Ok(Minutes(90)));
        assert_eq!(duration("36500d"), Ok(Minutes(52_560_000)));
        for long in ["36501d", "999999999999d", "99999999999999999999m"] {
            assert!(duration(long).unwrap_err().contains("longer than the longest window"), "{long}");
        }
        for other in ["40", "40 m", "-1h", "40min"] {
            assert!(duration(other).unwrap_err().contains("write a duration"), "{other}");
        }
    }
}
