//! A schedule in one line of English or Japanese.

use std::collections::BTreeSet;

use super::{MonthDay, Recurrence, Schedule, TimeOfDay};
use crate::time::calendar::{Weekday, listed, listed_ja};
use crate::time::cron::words as cron;

impl Schedule {
    /// In English: `every day at 01:00 (Asia/Tokyo)`.
    pub fn describe(&self) -> String {
        let times = || at(&self.times);
        let said = match &self.recurrence {
            Recurrence::Hourly { minute } => format!("every hour at minute {minute:02}"),
            Recurrence::Every { hours, from } => {
                format!("every {hours} hours of each day from {from}, {}", times())
            }
            Recurrence::Daily => format!("every day {}", times()),
            Recurrence::Weekdays => format!("Monday to Friday {}", times()),
            Recurrence::Weekly(days) => format!("every {} {}", weekdays(days), times()),
            Recurrence::Monthly(days) => format!("{} of every month {}", month_days(days), times()),
            Recurrence::Yearly { month, day } => {
                format!("every year on {day} {} {}", month.name(), times())
            }
            Recurrence::Cron(fields) => cron::describe(fields),
        };
        format!("{said} ({})", self.zone)
    }

    /// In Japanese: `毎日 01:00 (Asia/Tokyo)`.
    pub fn describe_ja(&self) -> String {
        let times = || listed_ja(&self.times);
        let said = match &self.recurrence {
            Recurrence::Hourly { minute } => format!("毎時 {minute} 分"),
            Recurrence::Every { hours, from } => {
                format!("毎日 {from} から {hours} 時間ごと ({})", times())
            }
            Recurrence::Daily => format!("毎日 {}", times()),
            Recurrence::Weekdays => format!("月曜日から金曜日 {}", times()),
            Recurrence::Weekly(days) => {
                format!("毎週{} {}", listed_ja(days.iter().map(|day| day.ja())), times())
            }
            Recurrence::Monthly(days) => format!("毎月{} {}", month_days_ja(days), times()),
            Recurrence::Yearly { month, day } => format!("毎年 {} {day} 日 {}", month.ja(), times()),
            Recurrence::Cron(fields) => cron::describe_ja(fields),
        };
        format!("{said} ({})", self.zone)
    }
}

fn at(times: &[TimeOfDay]) -> String {
    format!("at {}", listed(times))
}

fn weekdays(days: &BTreeSet<Weekday>) -> String {
    listed(days.iter().map(|day| day.name()))
}

fn month_days(days: &BTreeSet<MonthDay>) -> String {
    let word = if days.iter().next() == Some(&MonthDay::Last) { "" } else { "day " };
    let said = days.iter().map(|day| match day {
        MonthDay::Day(day) => day.to_string(),
        MonthDay::Last => "the last day".to_owned(),
    });
    format!("{word}{}", listed(said))
}

fn month_days_ja(days: &BTreeSet<MonthDay>) -> String {
    let space = if days.iter().next() == Some(&MonthDay::Last) { "" } else { " " };
    let said = days.iter().map(|day| match day {
        MonthDay::Day(day) => format!("{day} 日"),
        MonthDay::Last => "末日".to_owned(),
    });
    format!("{space}{}", listed_ja(said))
}
