//! The map: regions with their clusters, vaults and keys, and what travels between them.

use std::collections::BTreeMap;

use super::svg::{At, Drawing, cut};
use crate::explain::{Language, deploy, region};
use crate::spec::{Key, Place, Spec, Statement, System};

/// Sizes of the drawing.
const WIDTH: i64 = 680;
const BOX_WIDTH: i64 = 270;
const ROW: i64 = 40;
const HEADER: i64 = 34;
const GAP: i64 = 18;

/// How many characters fit into a box.
const FITS: usize = 34;

/// How many clusters of a region are named before they are only counted.
const CLUSTERS: usize = 4;

/// One box of the map.
struct Area<'a> {
    title: String,
    clusters: Vec<String>,
    vaults: BTreeMap<&'a str, &'a Place>,
    keys: Vec<&'a Key>,
}

/// A map of each system.
pub(in crate::explain) fn draw(spec: &Spec, language: Language) -> String {
    spec.systems
        .iter()
        .filter(|system| !system.statements.is_empty())
        .map(|system| of_system(system, language))
        .collect()
}

/// The regions of a system, those that clusters live in on the left.
fn areas(system: &System, language: Language) -> (Vec<Area<'_>>, Vec<Area<'_>>) {
    let mut areas: BTreeMap<&'static str, (bool, Area<'_>)> = BTreeMap::new();
    for statement in &system.statements {
        for (index, place) in statement.places().enumerate() {
            let here = place.region.node;
            let title = format!("{} · {}", region::name(here, language), here.code);
            let empty = Area { title, clusters: Vec::new(), vaults: BTreeMap::new(), keys: Vec::new() };
            let (is_source, area) = areas.entry(here.code).or_insert((false, empty));
            if index == 0 {
                *is_source = true;
                area.clusters.extend(statement.clusters.iter().map(|cluster| cluster.node.clone()));
            }
            area.vaults.insert(&place.vault.value, place);
            if !area.keys.contains(&&place.key.value) {
                area.keys.push(&place.key.value);
            }
        }
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (is_source, mut area) in areas.into_values() {
        area.clusters.sort_unstable();
        area.clusters.dedup();
        let more = area.clusters.len().saturating_sub(CLUSTERS);
        if more > 0 {
            area.clusters.truncate(CLUSTERS);
            area.clusters.push(language.say(format!("and {more} more"), format!("ほか {more} 個")));
        }
        if is_source { left.push(area) } else { right.push(area) }
    }
    (left, right)
}

/// Where things are drawn, by region and name: the middles of their left and right sides.
#[derive(Default)]
struct Anchors(BTreeMap<String, (At, At)>);

impl Anchors {
    fn set(&mut self, name: String, (x, y): At) {
        self.0.insert(name, ((x, y), (x + BOX_WIDTH - 20, y)));
    }

    /// The ends of an arrow.
    fn between(&self, from: &str, to: &str) -> Option<(At, At)> {
        let ((_, from), (to_left, to_right)) = self.0.get(from).zip(self.0.get(to))?;
        let same_column = from.0 > to_left.0;
        Some((*from, if same_column { *to_right } else { *to_left }))
    }
}

fn of_system(system: &System, language: Language) -> String {
    let (left, right) = areas(system, language);
    let mut drawing = Drawing::default();
    let mut anchors = Anchors::default();
    let mut height = 0;
    for (areas, x) in [(&left, 10), (&right, WIDTH - BOX_WIDTH - 10)] {
        let mut y = 10;
        for area in areas {
            y = draw_area(area, (x, y), &mut drawing, &mut anchors, language) + GAP;
        }
        height = height.max(y);
    }
    for statement in &system.statements {
        draw_copies(statement, &anchors, &mut drawing, language);
    }
    let caption = language.say(
        format!("{}: regions, vaults and keys", system.name.value),
        format!("{} のリージョン、ボールト、キー", system.name.value),
    );
    let legend =
        [("copy", language.say("copy", "コピー")), ("replica", language.say("key and its replica", "キーとレプリカ"))];
    drawing.figure((WIDTH, height), &caption, &legend)
}

/// One region; gives where the next may begin.
fn draw_area(area: &Area<'_>, (x, y): At, drawing: &mut Drawing, anchors: &mut Anchors, language: Language) -> i64 {
    let rows = area.clusters.len() + area.vaults.len() + area.keys.len();
    let height = HEADER + ROW * i64::try_from(rows).unwrap_or(1) + 6;
    drawing.rect("region", (x, y), (BOX_WIDTH, height));
    drawing.text("title", (x + 12, y + 22), &cut(&area.title, FITS));
    let mut row = y + HEADER;
    let mut item = |class: &str, word: &str, name: &str, anchor: Option<String>| {
        drawing.titled_rect(class, (x + 10, row), (BOX_WIDTH - 20, ROW - 6), name);
        drawing.text("kind", (x + 20, row + 13), word);
        drawing.text("name", (x + 20, row + 28), &cut(name, FITS));
        if let Some(anchor) = anchor {
            anchors.set(anchor, (x + 10, row + (ROW - 6) / 2));
        }
        row += ROW;
    };
    for cluster in &area.clusters {
        item("cluster", language.say("cluster", "クラスター"), cluster, None);
    }
    for (name, place) in &area.vaults {
        item("vault", language.say("vault", "ボールト"), name, Some(vault_anchor(place)));
    }
    for key in &area.keys {
        item("key-box", language.say("key", "キー"), key_name(key), Some(key_anchor(&area.title, key)));
    }
    y + height
}

fn draw_copies(statement: &Statement, anchors: &Anchors, drawing: &mut Drawing, language: Language) {
    let title = |place: &Place| format!("{} · {}", region::name(place.region.node, language), place.region.node.code);
    for copy in statement.copies() {
        if let Some((from, to)) = anchors.between(&vault_anchor(&statement.source), &vault_anchor(&copy.place)) {
            drawing.arrow("copy", from, to);
            let middle = (i64::midpoint(from.0, to.0), i64::midpoint(from.1, to.1) - 8);
            if from.0 < to.0 {
                drawing.centred("note", middle, deploy::kept(copy.keep.value, language).trim());
            }
        }
        let (source, replica) = (&statement.source.key.value, &copy.place.key.value);
        let ends =
            anchors.between(&key_anchor(&title(&statement.source), source), &key_anchor(&title(&copy.place), replica));
        if let (Key::Made(_), Some((from, to))) = (replica, ends) {
            drawing.arrow("replica", from, to);
        }
    }
}

fn vault_anchor(place: &Place) -> String {
    format!("{}/{}", place.region.node.code, place.vault.value)
}

fn key_anchor(title: &str, key: &Key) -> String {
    format!("{title}#{}", key_name(key))
}

fn key_name(key: &Key) -> &str {
    match key {
        Key::Made(name) => name,
        Key::Existing(arn) => arn.as_str(),
    }
}
