//! Schedules and windows of the day: which operands each form needs.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest has a variant for every production, and each place wants few"
)]

use pest::iterators::Pair;

use super::operand::{Pairs, is_keyword};
use super::{Builder, Production, written};
use crate::source::Span;
use crate::syntax::ast::{Form, Operand, Schedule, Window, Word};
use crate::syntax::layout;
use crate::syntax::names::later;
use crate::syntax::rules::E0012;
use crate::time::calendar::Month;
use crate::time::cron::{self, foreign};
use crate::time::zone::{self, Lookup};

impl Builder<'_> {
    /// The schedule in a `hourly`, `every`, … pair.
    pub(super) fn schedule(&mut self, pair: Pair<'_, Production>) -> Option<Schedule> {
        let form = Form::named(layout::first_word(pair.as_str()));
        let pairs = self.list(form.word(), pair.into_inner());
        // An expression of AWS is a schedule without a keyword.
        let keyword = self.span(pairs.first()?);
        let mut schedule = Schedule::bare(keyword, form);
        let mut last = keyword;
        let says_at = pairs.iter().any(|pair| pair.as_rule() == Production::AT);
        let mut foreign = None;
        for pair in pairs {
            last = self.span(&pair);
            if matches!(pair.as_rule(), Production::aws_expression | Production::unquoted_fields) {
                foreign = Some(pair.as_str());
            }
            self.schedule_operand(pair, &mut schedule);
        }
        if let Some(text) = foreign {
            self.foreign_schedule(text, keyword.to(last), schedule.zone.as_ref());
        }
        if !self.broken {
            self.report_missing(&schedule, says_at, last);
        }
        Some(schedule)
    }

    fn foreign_schedule(&mut self, text: &str, span: Span, zone: Option<&Word>) {
        let help = foreign::written(text, zone.map(|zone| zone.node.as_str()));
        let help = help.map_or_else(
            || "write `hourly`, `every 6h`, `daily 01:00 JST`, or six fields in quotes and a zone: `cron \"0 16 * * ? *\" UTC`".to_owned(),
            |help| format!("write `{help}`"),
        );
        self.report(E0012.at(span, format!("`{text}` is a schedule in another notation")).help(help));
    }

    fn schedule_operand(&mut self, pair: Pair<'_, Production>, schedule: &mut Schedule) {
        let word = schedule.form.word();
        match pair.as_rule() {
            Production::time_operand => schedule.times.extend(self.value(pair, word, "a time such as `01:00`")),
            Production::weekday => schedule.days.extend(self.value(pair, word, "a day of the week")),
            Production::month_day => schedule.days.extend(self.value(pair, word, "a day of the month")),
            Production::month => schedule.month = self.value(pair, word, "a month"),
            Production::minute_operand => schedule.argument = self.value(pair, word, "a minute such as `:15`"),
            Production::hours_operand => schedule.argument = self.value(pair, word, "a number of hours such as `6h`"),
            Production::quoted | Production::unclosed => {
                schedule.argument = self.value(pair, word, "six fields in quotes");
            }
            Production::malformed_date => self.malformed_date(&pair),
            Production::zone if schedule.form == Form::Hourly && self.is_minute(&pair) => {}
            Production::zone => schedule.zone = self.zone(pair, word),
            _ => {}
        }
    }

    /// Whether a minute stands where only a zone can, without its `at`; this is reported.
    fn is_minute(&mut self, pair: &Pair<'_, Production>) -> bool {
        let schedule = written::minute(pair.as_str());
        if let Some(schedule) = &schedule {
            let finding = E0012.at(self.span(pair), format!("`{}` is no time zone", pair.as_str()));
            self.report(finding.help(format!("write `{schedule}`")));
        }
        schedule.is_some()
    }

    /// A zone, unless the word shows that something else was meant.
    fn zone(&mut self, pair: Pair<'_, Production>, word: &str) -> Operand {
        let (span, text) = (self.span(&pair), pair.as_str());
        if self.later(span, text, later::clause(text)) {
            return None;
        }
        if matches!(text, "and" | "or") {
            self.meaningless(span, text, "times are joined by commas: `daily 01:00, 13:00 JST`");
            return None;
        }
        let two = self.behind.as_ref().and_then(|word| zone_of_two_words(text, &word.node));
        if let (Some((zone, written)), Some(behind)) = (two, &self.behind) {
            let finding = E0012.at(span.to(behind.span), format!("`{written}` is not how a time zone is written"));
            self.report(finding.help(format!("write `{zone}`")));
            return None;
        }
        self.value(pair, word, "a time zone")
    }

    /// A day of the year that is written otherwise than by the name of its month and its number.
    fn malformed_date(&mut self, pair: &Pair<'_, Production>) {
        let (span, text) = (self.span(pair), pair.as_str());
        let parts: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || "/.-".contains(c)).filter(|part| !part.is_empty()).collect();
        let date = |month: &str, day: &str| {
            let month = month.parse().ok().and_then(Month::new).or_else(|| Month::named(month))?;
            let day = day.parse::<u8>().ok().filter(|day| (1..=month.longest()).contains(day))?;
            Some(format!("`{} {day}`", month.abbreviation().to_lowercase()))
        };
        let mut dates: Vec<String> = match parts.as_slice() {
            [first, second] | [_, first, second] => {
                date(first, second).into_iter().chain(date(second, first)).collect()
            }
            _ => Vec::new(),
        };
        dates.dedup();
        let finding = E0012.at(span, format!("`{text}` is not a month and a day such as `jan 1`"));
        self.report(if dates.is_empty() {
            finding.help("write the name of the month and the number of the day: `jan 1`")
        } else {
            finding.help(format!("write {}", dates.join(" or ")))
        });
    }

    fn report_missing(&mut self, schedule: &Schedule, says_at: bool, last: Span) {
        let form = schedule.form;
        let missing = match form {
            Form::Hourly => (says_at && schedule.argument.is_none()).then_some("a minute such as `:15`"),
            Form::Every => schedule.argument.is_none().then_some("a number of hours such as `6h`"),
            Form::Weekly if schedule.days.is_empty() => Some("a day of the week such as `sun`"),
            Form::Monthly if schedule.days.is_empty() => Some("a day of the month such as `1` or `last`"),
            Form::Yearly if schedule.month.is_none() || schedule.days.is_empty() => {
                Some("a month and a day such as `jan 1`")
            }
            Form::Daily | Form::Weekdays | Form::Weekly | Form::Monthly | Form::Yearly => {
                schedule.times.is_empty().then_some("a time and a zone such as `01:00 JST`")
            }
            Form::Cron => schedule.argument.is_none().then_some("six fields in quotes such as `\"0 16 * * ? *\"`"),
        };
        let is_told = std::mem::take(&mut self.time_in_front) && schedule.times.is_empty();
        if let Some(what) = missing.filter(|_| !is_told) {
            let own = schedule.times.iter().chain(&schedule.zone).map(|word| word.node.as_str());
            let time = written::time_and_zone(own.chain(self.words_behind.iter().map(String::as_str)));
            let message = format!("`{}` needs {what} behind it", form.word());
            self.missing_at_end(schedule.keyword, message, what, &time);
        }
        // A `cron` without its fields has been reported.
        let fields = schedule.argument.as_ref().filter(|_| form == Form::Cron);
        // What is written in another notation is answered with its zone.
        let fields =
            fields.filter(|fields| cron::parse(&fields.node).is_ok() || foreign::written(&fields.node, None).is_none());
        let zone_matters = !schedule.times.is_empty() || fields.is_some();
        if zone_matters && schedule.zone.is_none() {
            let what = "a zone such as `UTC`, `JST` or `Asia/Tokyo`";
            self.missing(last, "this time has no zone", what);
        }
    }

    /// `maintenance day time-time zone` and `automated backup time-time zone`.
    pub(super) fn window(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str, example: &str) -> Window {
        let what = &format!("a window such as `{example}`");
        pairs.next();
        pairs.next_if(|pair| is_keyword(pair.as_rule()));
        let mut window = Window { day: None, times: None, zone: None };
        for pair in pairs {
            let slot = match pair.as_rule() {
                Production::weekday => &mut window.day,
                Production::span_of_day => &mut window.times,
                _ => &mut window.zone,
            };
            *slot = self.value(pair, clause, what);
        }
        if !self.broken && (window.times.is_none() || window.zone.is_none()) {
            self.missing(keyword, &format!("`{clause}` needs {what} behind it"), what);
        }
        window
    }
}

/// The zone that two words name, as in `New York` and `America/New York`, and the words.
fn zone_of_two_words(first: &str, second: &str) -> Option<(String, String)> {
    let joined = format!("{first}_{second}");
    let zone = match (zone::find(first), zone::find(&joined)) {
        (Lookup::Unknown, Lookup::Found(zone) | Lookup::Renamed(zone)) => zone.name().to_owned(),
        (Lookup::Unknown, Lookup::Unknown) => zone::nearest(&joined)
            .into_iter()
            .find(|name| name.to_lowercase().ends_with(&format!("/{}", joined.to_lowercase())))?,
        _ => return None,
    };
    Some((zone, format!("{first} {second}")))
}
