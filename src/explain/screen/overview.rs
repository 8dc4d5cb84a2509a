//! The screen of several statements: one line each, the worst first, then what they share.

use super::sheet::{Block, Cell, Safety, Sheet};
use super::statement::{and_more, assumed, in_utc};
use super::verdict::Verdict;
use super::{Backup, Screen, words};
use crate::text::Language;

/// How many statements are shown.
const SHOWN: usize = 40;

impl Screen<'_> {
    pub(super) fn of_several(&self, language: Language) -> Sheet {
        let mut rows = vec![heads(language)];
        rows.extend(self.backups.iter().take(SHOWN).map(|backup| self.row(backup, language)));
        let more = self.backups.len().saturating_sub(SHOWN);
        rows.extend(and_more(more, &self.command("drc explain --format json"), language));
        let mut blocks = vec![
            Block::first("", rows),
            Block::first(language.say("in UTC", "UTC では"), in_utc(&self.backups, language)),
        ];
        let assumed = vec![vec![assumed(language).into()]];
        blocks.push(Block::new(language.say("points", "復旧ポイント"), assumed));
        blocks.extend(self.open_points(language));
        blocks.push(Block::new(language.say("you allowed", "許可した警告"), self.allowed(language)));
        blocks.extend(self.made(language));
        Sheet {
            language,
            title: self.title(language),
            place: self.files().join(" "),
            safety: self.backups.first().map_or(Safety::Safe, |worst| Safety::of(&worst.verdict)),
            verdict: self.verdict(language),
            map: Vec::new(),
            blocks,
        }
    }

    fn systems(&self) -> Vec<&str> {
        let mut systems: Vec<&str> = self.backups.iter().map(|backup| backup.system.name.value.as_str()).collect();
        systems.sort_unstable();
        systems.dedup();
        systems
    }

    fn title(&self, language: Language) -> String {
        let (systems, count) = (self.systems(), self.backups.len());
        let named = match systems.as_slice() {
            [only] => (*only).to_owned(),
            all => language.say(format!("{} systems", all.len()), format!("{} システム", all.len())),
        };
        language.say(format!("{named}: {count} statements"), format!("{named}: {count} 文"))
    }

    /// How many are unsafe, and the worst of them.
    fn verdict(&self, language: Language) -> String {
        let Some(worst) = self.backups.first() else { return String::new() };
        let said = words::verdict(worst, language);
        let bad = self.backups.iter().filter(|other| matches!(other.verdict, Verdict::Unsafe(_))).count();
        let (name, all) = (&worst.statement.name.value, self.backups.len());
        if bad > 0 {
            return language.say(
                format!("{said}; {bad} of {all} statements are not safe, and {name} is the worst"),
                format!("{said}({all} 文のうち {bad} 文が安全ではなく、{name} が最悪)"),
            );
        }
        language.say(format!("{said}; {name} has the oldest"), format!("{said}、最も古いのは {name}"))
    }

    fn row(&self, backup: &Backup<'_>, language: Language) -> Vec<Cell> {
        let statement = backup.statement;
        let name = if self.systems().len() > 1 {
            format!("{} / {}", backup.system.name.value, statement.name.value)
        } else {
            statement.name.value.clone()
        };
        let mut kept = backup.places.iter().filter(|held| held.former.is_none()).map(|held| &held.kept);
        let source = kept.next().map(|kept| words::kept(kept, language)).unwrap_or_default();
        let mut copies: Vec<String> = kept.map(|kept| words::kept(kept, language)).collect();
        copies.dedup();
        let kept = if copies.is_empty() { source } else { format!("{source} → {}", copies.join(" | ")) };
        let schedule = match statement.rules.as_slice() {
            [rule] => Cell::code(self.input.sources.snippet(rule.schedule.span)),
            rules => language.say(format!("{} rules", rules.len()), format!("{} ルール", rules.len())).into(),
        };
        vec![
            Cell::code(name),
            schedule,
            kept.into(),
            words::worst(backup, language).into(),
            backup.open.len().to_string().into(),
        ]
    }
}

fn heads(language: Language) -> Vec<Cell> {
    let heads = language.say(
        ["statement", "schedule", "kept → copies", "at worst", "open"],
        ["文", "スケジュール", "保持 → コピー", "最悪の場合", "警告"],
    );
    heads.map(Cell::from).into()
}
