//! From what is backed up to its vault and on to the copies, row by row.

use jiff::civil::Date;

use super::places::Held;
use super::statement::RULES;
use super::{Backup, words};
use crate::spec::destination::{FormerDestination, Left};
use crate::spec::{KeyName, ResourceKey};
use crate::text::Language;

/// A thing on the way of a recovery point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// What leads to it.
    pub stroke: Stroke,
    /// The thing.
    pub name: String,
    /// Where it is, how long it keeps, and its key.
    pub about: String,
}

/// What leads to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Nothing: it is what is backed up.
    Start,
    /// Time: when the next thing is made.
    When,
    /// A backup.
    Backup,
    /// A copy; whether it is the last.
    Copy(bool),
}

/// The way of a statement's recovery points; `today` says of a former destination whether it still holds any.
pub(super) fn arrows(backup: &Backup<'_>, today: Date, language: Language) -> Vec<Arrow> {
    let statement = backup.statement;
    let source = statement.source.region.node;
    let here = format!("{} {}", words::region(source, language), source.code);
    let mut arrows = vec![Arrow {
        stroke: Stroke::Start,
        name: statement.backed_up(words::NAMES, language),
        about: format!("{here} · {}", encrypted(&statement.resource_key, language)),
    }];
    let when = |about: String| Arrow { stroke: Stroke::When, name: about, about: String::new() };
    let more = statement.rules.len().saturating_sub(RULES);
    arrows.extend(statement.rules.iter().take(RULES).map(|rule| when(words::schedule(&rule.schedule.node, language))));
    if more > 0 {
        arrows.push(when(language.say(format!("and {more} rules more"), format!("ほか {more} ルール"))));
    }
    let last = backup.places.len().saturating_sub(1);
    arrows.extend(backup.places.iter().enumerate().map(|(index, held)| {
        let stroke = if index == 0 { Stroke::Backup } else { Stroke::Copy(index == last) };
        let before = index.checked_sub(1).and_then(|before| backup.places.get(before));
        vault(held, before.map(|before| &before.place.key.value), (stroke, today), language)
    }));
    arrows
}

/// A vault; `before` is the key of the one before it, whose name is not said twice.
fn vault(held: &Held<'_>, before: Option<&KeyName>, (stroke, today): (Stroke, Date), language: Language) -> Arrow {
    let place = held.place;
    let there = format!("{} {}", words::region(place.region.node, language), place.region.node.code);
    let kept = words::kept(&held.kept, language);
    let kept = match held.former.map(FormerDestination::left) {
        None => language.say(format!("kept {kept}"), format!("保持 {kept}")),
        Some(Left::Until(date)) if date < today => language.say(
            format!("not copied to any more, and the last expired on {date}: remove the clause"),
            format!("以後コピーなし、{date} にすべて期限切れ: 句を削除する"),
        ),
        Some(Left::Until(date)) => language.say(
            format!("not copied to any more, the last expires on {date}"),
            format!("以後コピーなし、最後の期限 {date}"),
        ),
        Some(Left::Forever) => {
            language.say("not copied to any more, nothing expires", "以後コピーなし、期限なし").to_owned()
        }
        Some(Left::Unknown) => language.say("not copied to any more", "以後コピーなし").to_owned(),
    };
    let key = match (&place.key.value, stroke) {
        (KeyName::Existing(arn), _) => {
            language.say(format!("existing key {}", arn.name()), format!("既存のキー {}", arn.name()))
        }
        (KeyName::Made(_), Stroke::Copy(_)) if before == Some(&place.key.value) => {
            language.say("a replica of the same name", "同名のレプリカキー").to_owned()
        }
        (KeyName::Made(name), Stroke::Copy(_)) => {
            language.say(format!("replica key {name}"), format!("レプリカキー {name}"))
        }
        (KeyName::Made(name), _) => language.say(format!("new key {name}"), format!("新しいキー {name}")),
    };
    let name = place.vault.value.name();
    Arrow {
        stroke,
        name: language.say(format!("vault {name}"), format!("ボールト {name}")),
        about: format!("{there} · {kept} · {key}"),
    }
}

fn encrypted(key: &ResourceKey, language: Language) -> String {
    match key {
        ResourceKey::Unknown => language.say("its own key, not named", "自身のキー(未記載)").to_owned(),
        ResourceKey::Written(key) => {
            let name = key.value.name();
            language.say(format!("encrypted with {name}"), format!("{name} で暗号化"))
        }
    }
}
