//! Specs that are large in one way each.

use crate::cases::{Case, statement};

/// A part of which a spec can have many.
pub(crate) struct Dimension {
    pub(crate) name: &'static str,
    /// A spec with so many of them.
    pub(crate) spec: fn(usize) -> Case,
}

pub(crate) const DIMENSIONS: &[Dimension] = &[
    Dimension { name: "statements that differ in all", spec: differing },
    Dimension { name: "systems with a key of their own", spec: systems },
    Dimension { name: "keys with administrators", spec: keys },
    Dimension { name: "statements with an allowance", spec: allowed_statements },
    Dimension { name: "statements with a wrong word", spec: wrong_words },
    Dimension { name: "allowances above a statement", spec: allowances },
    Dimension { name: "administrators of a key", spec: administrators },
    Dimension { name: "clusters of a statement", spec: Case::clusters },
    Dimension { name: "tags of a statement", spec: tags },
    Dimension { name: "copies of a rule", spec: copies },
    Dimension { name: "rules of a statement", spec: rules },
];

const ALLOWANCE: &str = "# drc: allow(W0401) reason=\"not measured\"\n";

/// Five destinations in turn, and a time of day, a retention and a cluster's key of each one's own.
pub(crate) fn differing(count: usize) -> Case {
    const DESTINATIONS: [&str; 5] = ["ap-northeast-3", "us-west-2", "us-east-1", "eu-west-1", "ap-southeast-1"];
    let one = |index: usize| {
        let destination = DESTINATIONS.get(index % DESTINATIONS.len()).copied().unwrap_or_default();
        let key = format!("arn:aws:kms:ap-northeast-1:111122223333:key/{index:08x}-0000-4000-8000-{index:012x}");
        let encrypted = format!(" encrypted by {key} daily");
        statement(index).replace("ap-northeast-3", destination).replace(" daily", &encrypted)
    };
    let head = "system fleet stacks per statement\naccount 111122223333\n";
    Case::spec(count, format!("{head}{}", many(count, "", one)))
}

fn systems(count: usize) -> Case {
    let one = |index| format!("key k admin role/a{index}\n{}", statement(index).replace(" to ", " key k to "));
    let files = (0..count).map(|index| (format!("system-{index:06}.drspec"), one(index)));
    Case { statements: count, files: files.collect() }
}

fn keys(count: usize) -> Case {
    let one = |index| format!("key k{index} admin role/a{index}, role/b{index}\n");
    Case::spec(count, many(count, "", one) + &statement(0))
}

fn allowed_statements(count: usize) -> Case {
    let one = |index| format!("{ALLOWANCE}{}", statement(index));
    Case::spec(count, format!("system fleet stacks per statement\n{}", many(count, "", one)))
}

fn wrong_words(count: usize) -> Case {
    Case::spec(count, many(count, "", |index| statement(index).replace("keep", "kepp")))
}

fn allowances(count: usize) -> Case {
    Case::spec(count, ALLOWANCE.repeat(count) + &statement(0))
}

fn administrators(count: usize) -> Case {
    let admins = many(count, ",\n  ", |index| format!("role/r{index}"));
    Case::spec(count, format!("key k admin {admins}\n{}", statement(0).replace(" to ", " key k to ")))
}

fn tags(count: usize) -> Case {
    let tags = many(count, ",\n  ", |index| format!("k{index}=v{index}"));
    Case::spec(count, format!("{}  tags {tags}\n", statement(0)))
}

fn copies(count: usize) -> Case {
    let copies = many(count, "\n", |index| format!("  to us-west-2 vault v{index}"));
    Case::spec(count, format!("{}{copies}\n", statement(0)))
}

fn rules(count: usize) -> Case {
    let rule = |index| format!("  daily {:02}:{:02} JST named r{index} keep 7d", index % 24, index / 24 % 60);
    Case::spec(count, format!("{}{}\n", statement(0), many(count, "\n", rule)))
}

fn many(count: usize, between: &str, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(between)
}
