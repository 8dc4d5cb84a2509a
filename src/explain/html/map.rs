//! The map: regions with their resources, vaults and keys, and what travels between them.

use std::collections::{BTreeMap, BTreeSet};

use super::svg::{At, Drawing, LINE, Layout, figure, wrapped};
use crate::explain::Language;
use crate::explain::screen::words;
use crate::spec::placement::Use;
use crate::spec::{Group, KeyName, Place, Retention, Spec, Statement, System};

/// Sizes of the drawing.
const INSET: i64 = 10;
const BOX: i64 = 34;
const SPACE: i64 = 6;
const HEADER: i64 = 34;
const GAP: i64 = 18;
/// What is left free beside the boxes of a region for the arrows between them.
const LANES: i64 = 26;

/// How many statements of a region are drawn before the rest are one.
const STATEMENTS: usize = 4;

/// How many resources of a statement are named before the rest are only counted.
const NAMES: usize = 4;

/// How many rules of a statement are named before they are only counted.
const RULES: usize = 3;

/// How many retentions of a vault are named before only the ends are.
const RETENTIONS: usize = 3;

/// One region of the map.
struct Area<'a> {
    title: String,
    code: &'static str,
    /// The statements that back up what is there.
    statements: Vec<&'a Statement>,
    /// The keys, each with the vaults that it encrypts and how long these keep what goes there, if
    /// anything still does.
    keys: Vec<(&'a KeyName, BTreeMap<&'a str, BTreeSet<Retention>>)>,
}

impl<'a> Area<'a> {
    fn of(place: &Place, language: Language) -> Self {
        let code = place.region.node.code;
        let title = format!("{} · {code}", place.region.node.name(language));
        Self { title, code, statements: Vec::new(), keys: Vec::new() }
    }

    fn keeps(&mut self, place: &'a Place, keep: Option<Retention>) {
        let index = self.keys.iter().position(|(key, _)| **key == place.key.value).unwrap_or(self.keys.len());
        if index == self.keys.len() {
            self.keys.push((&place.key.value, BTreeMap::new()));
        }
        if let Some((_, vaults)) = self.keys.get_mut(index) {
            vaults.entry(place.vault.value.name()).or_default().extend(keep);
        }
    }
}

/// A map of each system.
pub(crate) fn draw(spec: &Spec, language: Language) -> impl Iterator<Item = String> {
    let systems = spec.systems.iter().filter(|system| !system.statements.is_empty());
    systems.map(move |system| of_system(system, language))
}

/// The regions of a system, those that resources live in on the left.
fn areas(system: &System, language: Language) -> (Vec<Area<'_>>, Vec<Area<'_>>) {
    let mut areas: BTreeMap<&'static str, Area<'_>> = BTreeMap::new();
    for statement in &system.statements {
        let source = &statement.source;
        let area = areas.entry(source.region.node.code).or_insert_with(|| Area::of(source, language));
        area.statements.push(statement);
        for rule in &statement.rules {
            area.keeps(source, Some(rule.keep.value));
        }
        let copies = statement.copies().map(|copy| (&copy.place, Some(copy.keep.value)));
        for (place, keep) in copies.chain(statement.former.iter().map(|former| (&former.place, None))) {
            let area = areas.entry(place.region.node.code).or_insert_with(|| Area::of(place, language));
            area.keeps(place, keep);
        }
    }
    areas.into_values().partition(|area| !area.statements.is_empty())
}

fn of_system(system: &System, language: Language) -> String {
    let caption = language.say(
        format!("{}: regions, vaults and keys", system.name.value),
        format!("{} のリージョン、ボールト、キー", system.name.value),
    );
    let drawn: BTreeSet<&str> = system.statements.iter().flat_map(travels).map(|(class, ..)| class).collect();
    let mut legend = vec![
        ("backup", language.say("backup", "バックアップ")),
        ("copy", language.say("copy", "コピー")),
        ("replica", language.say("key and its replica", "キーとレプリカ")),
    ];
    legend.retain(|(class, _)| *class == "backup" || drawn.contains(class));
    let (left, right) = areas(system, language);
    figure(&caption, &legend, |layout| {
        let mut map = Map { drawing: Drawing::new(layout), anchors: BTreeMap::new(), language };
        // Beside or below each other; arrows within a column need room at its right.
        let (columns, width) = match layout {
            Layout::Wide => (vec![(left.iter().collect(), 10), (right.iter().collect(), layout.width() - 370)], 360),
            Layout::Narrow => (vec![(left.iter().chain(&right).collect::<Vec<_>>(), 2)], layout.width() - 30),
        };
        let mut height = 0;
        for (areas, x) in columns {
            let mut y = 10;
            for area in areas {
                y = map.area(area, (x, y), width) + GAP;
            }
            height = height.max(y);
        }
        map.arrows(system);
        (map.drawing, height)
    })
}

/// A map that is being drawn.
struct Map {
    drawing: Drawing,
    /// Where the boxes are drawn, by region and name: the middles of their left and right sides.
    anchors: BTreeMap<String, (At, At)>,
    language: Language,
}

impl Map {
    /// Draws one region; gives where the next may begin.
    fn area(&mut self, area: &Area<'_>, (x, y): At, width: i64) -> i64 {
        let lanes = if area.statements.is_empty() { 0 } else { LANES };
        let (left, inner) = (x + INSET + lanes, width - 2 * INSET - lanes);
        let boxes = [backups(area, inner, self.language), places(area, inner, self.language)].concat();
        let height = HEADER + boxes.iter().map(Shown::pitch).sum::<i64>();
        self.drawing.rect("region", (x, y), (width, height));
        self.drawing.text("title", (x + 12, y + 22), &area.title);
        let mut row = y + HEADER;
        for shown in &boxes {
            row = self.shown(shown, (left, row), inner);
        }
        self.backed_up(&boxes, left);
        y + height
    }

    /// Draws a box; gives where the next begins.
    fn shown(&mut self, shown: &Shown, (x, y): At, width: i64) -> i64 {
        let height = shown.height();
        self.drawing.rect(shown.class, (x, y), (width, height));
        self.drawing.text("kind", (x + INSET, y + 13), &shown.kind);
        self.drawing.lines("name", (x + INSET, y + 28), &shown.name);
        self.drawing.lines("when", (x + INSET, y + height + LINE), &shown.below);
        let middle = y + height / 2;
        self.anchors.insert(shown.anchor.clone(), ((x, middle), (x + width, middle)));
        y + shown.pitch()
    }

    /// An arrow from each thing that is backed up to its vaults, those to one vault along one line.
    fn backed_up(&mut self, boxes: &[Shown], left: i64) {
        let vaults: BTreeSet<&String> = boxes.iter().flat_map(|shown| &shown.vaults).collect();
        for (lane, vault) in vaults.into_iter().enumerate() {
            // Further lines lie beside the first, as many as there is room for.
            let beside = left - LANES + 6 + 5 * i64::try_from(lane % 3).unwrap_or_default();
            for shown in boxes.iter().filter(|shown| shown.vaults.contains(vault)) {
                if let Some(((from, _), (to, _))) = self.anchors.get(&shown.anchor).zip(self.anchors.get(vault)) {
                    self.drawing.bracket("backup", *from, *to, beside);
                }
            }
        }
    }

    /// An arrow for each pair of vaults that something is copied between, and for each key and replica.
    fn arrows(&mut self, system: &System) {
        let arrows: BTreeSet<_> = system.statements.iter().flat_map(travels).collect();
        for (class, from, to) in arrows {
            if let Some(((_, from), (left, right))) = self.anchors.get(&from).zip(self.anchors.get(&to)) {
                let same_column = from.0 > left.0;
                self.drawing.arrow(class, *from, if same_column { *right } else { *left });
            }
        }
    }
}

/// A box of a region.
#[derive(Clone, Default)]
struct Shown {
    class: &'static str,
    kind: String,
    name: Vec<String>,
    anchor: String,
    /// What is written below it.
    below: Vec<String>,
    /// The anchors of the vaults that it goes to.
    vaults: BTreeSet<String>,
}

impl Shown {
    fn height(&self) -> i64 {
        BOX + LINE * i64::try_from(self.name.len().saturating_sub(1)).unwrap_or_default()
    }

    /// How far below it the next box begins.
    fn pitch(&self) -> i64 {
        let below = i64::try_from(self.below.len()).unwrap_or_default();
        self.height() + SPACE + LINE * below + if below > 0 { 3 } else { 0 }
    }
}

/// What a statement backs up, where and when.
fn backup(statement: &Statement, language: Language) -> Shown {
    let names: Vec<&str> = statement.resources().map(|name| name.node.as_str()).collect();
    let kinds: Vec<String> = statement.groups.iter().map(|group| counted_kind(group, language)).collect();
    let schedules = statement.rules.iter().map(|rule| &rule.schedule.node);
    let rules = if statement.rules.len() > RULES {
        vec![counted(statement.rules.len(), language)]
    } else {
        schedules.map(|schedule| schedule.describe(language)).collect()
    };
    Shown {
        kind: language.list(&kinds),
        name: vec![language.first(NAMES, &names)],
        below: rules,
        vaults: BTreeSet::from([vault_anchor(&statement.source)]),
        ..Shown::default()
    }
}

/// What the statements do that are not drawn one by one.
fn others(statements: &[&Statement], language: Language) -> Shown {
    let resources: usize = statements.iter().map(|statement| statement.resources().count()).sum();
    let groups = statements.iter().flat_map(|statement| &statement.groups);
    let kinds: BTreeSet<&str> = groups.map(|group| language.pick(group.kind.words.many)).collect();
    Shown {
        kind: language.list(&kinds.into_iter().collect::<Vec<_>>()),
        name: vec![language.say(format!("{resources} more"), format!("ほか {resources} 個"))],
        below: vec![counted(statements.iter().map(|statement| statement.rules.len()).sum(), language)],
        vaults: statements.iter().map(|statement| vault_anchor(&statement.source)).collect(),
        ..Shown::default()
    }
}

/// A kind, and how many of it where there are several.
fn counted_kind(group: &Group, language: Language) -> String {
    let count = group.names.len();
    let word = language.pick(group.kind.words.of(count));
    match count {
        1 => word.to_owned(),
        _ => language.say(format!("{count} {word}"), format!("{word} {count} 個")),
    }
}

fn counted(rules: usize, language: Language) -> String {
    match rules {
        1 => language.say("1 rule".to_owned(), "ルール 1 件".to_owned()),
        _ => language.say(format!("{rules} rules"), format!("ルール {rules} 件")),
    }
}

/// What is backed up in a region, statement by statement as far as there is room.
fn backups(area: &Area<'_>, width: i64, language: Language) -> Vec<Shown> {
    // The last place is another statement's or that of all others.
    let alone = if area.statements.len() > STATEMENTS { STATEMENTS - 1 } else { STATEMENTS };
    let (alone, rest) = area.statements.split_at(alone.min(area.statements.len()));
    let rest = (!rest.is_empty()).then(|| others(rest, language));
    let backups = alone.iter().map(|statement| backup(statement, language)).chain(rest);
    let lines = |texts: &[String]| texts.iter().flat_map(|text| wrapped(text, width - 2 * INSET)).collect();
    let numbered = backups.enumerate().map(|(number, shown)| Shown {
        class: "cluster",
        anchor: format!("{}@{number}", area.code),
        name: lines(&shown.name),
        below: lines(&shown.below),
        ..shown
    });
    numbered.collect()
}

/// The vaults of a region, each above its key.
fn places(area: &Area<'_>, width: i64, language: Language) -> Vec<Shown> {
    let name = |name: &str| wrapped(shown(name), width - 2 * INSET);
    let mut boxes = Vec::new();
    for (key, vaults) in &area.keys {
        boxes.extend(vaults.iter().map(|(vault, kept)| {
            let kind = if kept.is_empty() {
                language.say("vault · no longer copied to", "ボールト · コピー終了済み").to_owned()
            } else {
                let kept = retentions(kept, language);
                language.say(format!("vault · kept {kept}"), format!("ボールト · 保持期間: {kept}"))
            };
            let anchor = format!("{}/{vault}", area.code);
            Shown { class: "vault", kind, name: name(vault), anchor, ..Shown::default() }
        }));
        let kind = match vaults.len() {
            1 => language.say("key · encrypts the vault above", "キー · 上のボールトを暗号化"),
            _ => language.say("key · encrypts the vaults above", "キー · 上の各ボールトを暗号化"),
        };
        let anchor = format!("{}#{}", area.code, key.written());
        let name = name(key.written());
        boxes.push(Shown { class: "key-box", kind: kind.to_owned(), name, anchor, ..Shown::default() });
    }
    boxes
}

fn retentions(kept: &BTreeSet<Retention>, language: Language) -> String {
    match (kept.first(), kept.last()) {
        (Some(first), Some(last)) if kept.len() > RETENTIONS => {
            format!("{} … {}", words::kept([first], language), words::kept([last], language))
        }
        _ => words::kept(kept, language),
    }
}

/// What a statement has travel between regions: copies, and keys to their replicas.
fn travels(statement: &Statement) -> Vec<(&'static str, String, String)> {
    let of_use = |used: Use<'_>| {
        let copied = used.destination.is_some() && !used.is_former();
        let copy = copied.then(|| ("copy", vault_anchor(&statement.source), vault_anchor(used.place())));
        let replica = used.replica_of().map(|primary| ("replica", key_anchor(primary), key_anchor(used.place())));
        copy.into_iter().chain(replica)
    };
    statement.uses().flat_map(of_use).collect()
}

fn vault_anchor(place: &Place) -> String {
    format!("{}/{}", place.region.node.code, place.vault.value.name())
}

fn key_anchor(place: &Place) -> String {
    format!("{}#{}", place.region.node.code, place.key.value.written())
}

/// The part of a name that tells it from others: of an ARN, what follows region and account.
fn shown(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
