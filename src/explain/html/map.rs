//! The map: regions with their clusters, vaults and keys, and what travels between them.

use std::collections::{BTreeMap, BTreeSet};

use super::svg::{At, Drawing, cut};
use crate::explain::{Language, deploy, region};
use crate::spec::destination::Destination;
use crate::spec::{Key, Place, Retention, Spec, Statement, System};

/// Sizes of the drawing.
const WIDTH: i64 = 860;
const BOX_WIDTH: i64 = 360;
const ROW: i64 = 40;
const HEADER: i64 = 34;
const GAP: i64 = 18;

/// How many characters fit into a box.
const FITS: usize = 46;

/// How many clusters of a region are named before they are only counted.
const CLUSTERS: usize = 4;

/// How many retentions of a vault are named before only the ends are.
const RETENTIONS: usize = 3;

/// One box of the map.
struct Area<'a> {
    title: String,
    code: &'static str,
    clusters: Vec<String>,
    /// The keys, each with the vaults that it encrypts and how long these keep what goes there, if
    /// anything still does.
    keys: Vec<(&'a Key, BTreeMap<&'a str, BTreeSet<Retention>>)>,
}

impl<'a> Area<'a> {
    fn of(place: &Place, language: Language) -> Self {
        let code = place.region.node.code;
        let title = format!("{} · {code}", region::name(place.region.node, language));
        Self { title, code, clusters: Vec::new(), keys: Vec::new() }
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
pub(in crate::explain) fn draw(spec: &Spec, language: Language) -> String {
    spec.systems
        .iter()
        .filter(|system| !system.statements.is_empty())
        .map(|system| of_system(system, language))
        .collect()
}

/// The regions of a system, those that clusters live in on the left.
fn areas(system: &System, language: Language) -> (Vec<Area<'_>>, Vec<Area<'_>>) {
    let mut areas: BTreeMap<&'static str, Area<'_>> = BTreeMap::new();
    for statement in &system.statements {
        let source = &statement.source;
        let area = areas.entry(source.region.node.code).or_insert_with(|| Area::of(source, language));
        area.clusters.extend(statement.clusters.iter().map(|cluster| cluster.node.clone()));
        for rule in &statement.rules {
            area.keeps(source, Some(rule.keep.value));
        }
        let copies = statement.copies().map(|copy| (&copy.place, Some(copy.keep.value)));
        for (place, keep) in copies.chain(statement.former.iter().map(|former| (&former.place, None))) {
            let area = areas.entry(place.region.node.code).or_insert_with(|| Area::of(place, language));
            area.keeps(place, keep);
        }
    }
    for area in areas.values_mut() {
        area.clusters.sort_unstable();
        area.clusters.dedup();
    }
    areas.into_values().partition(|area| !area.clusters.is_empty())
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
    draw_arrows(system, &anchors, &mut drawing);
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
    let items = items(area, language);
    let height = HEADER + ROW * i64::try_from(items.len()).unwrap_or(1) + 6;
    drawing.rect("region", (x, y), (BOX_WIDTH, height));
    drawing.text("title", (x + 12, y + 22), &cut(&area.title, FITS));
    let mut row = y + HEADER;
    for Item { class, kind, name, anchor } in items {
        drawing.titled_rect(class, (x + 10, row), (BOX_WIDTH - 20, ROW - 6), name);
        drawing.text("kind", (x + 20, row + 13), &kind);
        drawing.text("name", (x + 20, row + 28), &cut(shown(name), FITS));
        if let Some(anchor) = anchor {
            anchors.set(anchor, (x + 10, row + (ROW - 6) / 2));
        }
        row += ROW;
    }
    let more = area.clusters.len().saturating_sub(CLUSTERS);
    if more > 0 {
        let words = language.say(format!("and {more} more clusters"), format!("ほか {more} クラスター"));
        drawing.ending("kind", (x + BOX_WIDTH - 12, y + 22), &words);
    }
    y + height
}

/// One thing in a region.
struct Item<'a> {
    class: &'static str,
    kind: String,
    name: &'a str,
    anchor: Option<String>,
}

/// What is drawn in a region, from above: its clusters, then its vaults, each above its key.
fn items<'a>(area: &'a Area<'a>, language: Language) -> Vec<Item<'a>> {
    let cluster = language.say("cluster", "クラスター");
    let clusters = area.clusters.iter().take(CLUSTERS);
    let mut items: Vec<Item<'a>> =
        clusters.map(|name| Item { class: "cluster", kind: cluster.to_owned(), name, anchor: None }).collect();
    for (key, vaults) in &area.keys {
        items.extend(vaults.iter().map(|(name, kept)| {
            let kind = if kept.is_empty() {
                language.say("vault · no longer copied to", "ボールト · コピー終了済み").to_owned()
            } else {
                let kept = retentions(kept, language);
                language.say(format!("vault · kept {kept}"), format!("ボールト · 保持期間: {kept}"))
            };
            Item { class: "vault", kind, name, anchor: Some(format!("{}/{name}", area.code)) }
        }));
        let kind = match vaults.len() {
            1 => language.say("key · encrypts the vault above", "キー · 上のボールトを暗号化"),
            _ => language.say("key · encrypts the vaults above", "キー · 上の各ボールトを暗号化"),
        };
        let anchor = Some(format!("{}#{}", area.code, key_name(key)));
        items.push(Item { class: "key-box", kind: kind.to_owned(), name: key_name(key), anchor });
    }
    items
}

fn retentions(kept: &BTreeSet<Retention>, language: Language) -> String {
    let said = |keep: &Retention| match keep {
        Retention::Forever => language.say("for ever", "無期限").to_owned(),
        Retention::Days(_) => deploy::kept(*keep, language).trim().to_owned(),
    };
    match (kept.first(), kept.last()) {
        (Some(first), Some(last)) if kept.len() > RETENTIONS => format!("{} … {}", said(first), said(last)),
        _ => language.list(&kept.iter().map(said).collect::<Vec<_>>()),
    }
}

/// An arrow for each pair of vaults that something is copied between, and for each key and replica.
fn draw_arrows(system: &System, anchors: &Anchors, drawing: &mut Drawing) {
    let pairs = |statement: &Statement| -> Vec<(&'static str, String, String)> {
        let source = &statement.source;
        let to_destination = |destination: Destination<'_>| {
            let place = destination.place;
            let copied = destination.former.is_none();
            let copy = copied.then(|| ("copy", vault_anchor(source), vault_anchor(place)));
            let replica = matches!(place.key.value, Key::Made(_));
            let replica = replica.then(|| ("replica", key_anchor(source), key_anchor(place)));
            copy.into_iter().chain(replica)
        };
        statement.destinations().flat_map(to_destination).collect()
    };
    let arrows: BTreeSet<_> = system.statements.iter().flat_map(pairs).collect();
    for (class, from, to) in arrows {
        if let Some((from, to)) = anchors.between(&from, &to) {
            drawing.arrow(class, from, to);
        }
    }
}

fn vault_anchor(place: &Place) -> String {
    format!("{}/{}", place.region.node.code, place.vault.value.name())
}

fn key_anchor(place: &Place) -> String {
    format!("{}#{}", place.region.node.code, key_name(&place.key.value))
}

fn key_name(key: &Key) -> &str {
    match key {
        Key::Made(name) => name,
        Key::Existing(arn) => arn.as_str(),
    }
}

/// The part of a name that tells it from others: of an ARN, what follows region and account.
fn shown(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
