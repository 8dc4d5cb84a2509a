//! A schedule in one line of English or Japanese.

use std::collections::BTreeSet;

use super::{MonthDay, Recurrence, Schedule};
use crate::text::Language;
use crate::time::calendar::listed;
use crate::time::cron::words as cron;

impl Schedule {
    /// `every day at 01:00 (Asia/Tokyo)`, `毎日 01:00 (Asia/Tokyo)`.
    pub fn describe(&self, language: Language) -> String {
        let times = listed(&self.times, language);
        let said = match &self.recurrence {
            Recurrence::Hourly { minute } => {
                language.say(format!("every hour at minute {minute:02}"), format!("毎時 {minute} 分"))
            }
            Recurrence::Every { hours, from } => language.say(
                format!("every {hours} hours of each day from {from}, at {times}"),
                format!("毎日 {from} から {hours} 時間ごと ({times})"),
            ),
            Recurrence::Daily => language.say(format!("every day at {times}"), format!("毎日 {times}")),
            Recurrence::Weekdays => {
                language.say(format!("Monday to Friday at {times}"), format!("月曜日から金曜日 {times}"))
            }
            Recurrence::Weekly(days) => {
                let days = listed(days.iter().map(|day| language.say(day.name(), day.ja())), language);
                language.say(format!("every {days} at {times}"), format!("毎週{days} {times}"))
            }
            Recurrence::Monthly(days) => {
                let days = month_days(days, language);
                language.say(format!("{days} of every month at {times}"), format!("毎月{days} {times}"))
            }
            Recurrence::Yearly { month, day } => language.say(
                format!("every year on {day} {} at {times}", month.name()),
                format!("毎年 {} {day} 日 {times}", month.ja()),
            ),
            Recurrence::Cron(fields) => cron::describe(fields, language),
        };
        format!("{said} ({})", self.zone)
    }
}

fn month_days(days: &BTreeSet<MonthDay>, language: Language) -> String {
    let is_last = days.first() == Some(&MonthDay::Last);
    let before = if is_last { "" } else { language.say("day ", " ") };
    let said = days.iter().map(|day| match day {
        MonthDay::Day(day) => language.say(day.to_string(), format!("{day} 日")),
        MonthDay::Last => language.say("the last day", "末日").to_owned(),
    });
    format!("{before}{}", listed(said, language))
}
