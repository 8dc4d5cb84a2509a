//! The clock: read here, and nowhere else.

use jiff::Timestamp;

/// The instant that coming dates are counted from.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Now {
    /// Count coming dates from this instant instead of now, such as `2026-12-03T14:37+09:00`
    #[arg(long, value_name = "INSTANT", value_parser = parse)]
    now: Option<Timestamp>,
}

impl Now {
    /// The instant that was asked for, else that of the system clock.
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    pub(super) fn instant(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// An instant with its offset; seconds may be left out.
pub(super) fn parse(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .map_err(|_| "write date, time and offset, such as `2026-12-03T14:37+09:00` or `2026-12-03T05:37Z`".to_owned())
}
