//! Statements that differ in nothing but names: what is proved for one holds for all of them.
//!
//! Two statements have the same shape if their emitted policies, and everything that their calls
//! are made from, are equal once every name is replaced by its place in the statement. Which names
//! their patterns match is part of the shape, so that no pattern can match more in one than in the
//! other.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;

use super::deployment::{Deployment, Location, Unresolved};
use super::required;
use crate::cfn::{LogicalId, is_given};
use crate::lower::{StackKind, primary_parameter, stack_name};
use crate::policy::glob::{includes, samples};
use crate::spec::{Group, Key, Place, ResourceKey, Role, Spec, Statement, System, Vault};

/// A statement with its system.
pub(super) type Subject<'a> = (&'a System, &'a Statement);

/// More names than these are not compared pattern by pattern: such a statement is proved itself.
const MOST_NAMES: usize = 40;

/// The statements by shape, each group in the order of the spec.
pub(super) fn groups<'a>(spec: &'a Spec, deployment: &Deployment<'a>) -> Result<Vec<Vec<Subject<'a>>>, Unresolved> {
    let subjects: Vec<Subject<'a>> = spec.statements().collect();
    if subjects.len() < 2 {
        return Ok(subjects.into_iter().map(|subject| vec![subject]).collect());
    }
    let vaults = vault_shapes(deployment, &subjects)?;
    let shapes: Vec<Result<String, Unresolved>> =
        subjects.par_iter().map(|subject| shape(deployment, subject, &vaults)).collect();
    let mut groups: Vec<Vec<Subject<'a>>> = Vec::new();
    let mut by_shape: BTreeMap<String, usize> = BTreeMap::new();
    for (subject, shape) in subjects.into_iter().zip(shapes) {
        let at = *by_shape.entry(shape?).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(subject),
            None => groups.push(vec![subject]),
        }
    }
    Ok(groups)
}

/// Names of a statement, each with what stands for it.
struct Names {
    places: BTreeMap<String, String>,
    /// For each first byte, a bit for each length that a name has; the last one stands for all greater lengths.
    lengths: [u64; 128],
}

impl Default for Names {
    fn default() -> Self {
        Self { places: BTreeMap::new(), lengths: [0; 128] }
    }
}

impl Names {
    fn add(&mut self, name: &str, place: impl FnOnce() -> String) {
        if !self.places.contains_key(name) {
            self.places.insert(name.to_owned(), place());
            let first = name.bytes().next().map_or(0, usize::from);
            if let Some(lengths) = self.lengths.get_mut(first) {
                *lengths |= length_bit(name);
            }
        }
    }

    /// Whether a word may be a name, going by its first byte and its length.
    fn may_have(&self, word: &str) -> bool {
        let first = word.bytes().next().map_or(0, usize::from);
        self.lengths.get(first).is_some_and(|lengths| lengths & length_bit(word) != 0)
    }

    /// A text in which every name is replaced. Most words are no names.
    fn write(&self, text: &str, into: &mut String) {
        let bytes = text.as_bytes();
        let (mut written, mut at) = (0, 0);
        while let Some(begin) = position(bytes, at, true) {
            let end = position(bytes, begin, false).unwrap_or(bytes.len());
            at = end;
            let Some(word) = text.get(begin..end) else { continue };
            if self.may_have(word)
                && let Some(place) = self.places.get(word)
            {
                into.push_str(text.get(written..begin).unwrap_or(""));
                into.push_str(place);
                written = end;
            }
        }
        into.push_str(text.get(written..).unwrap_or(""));
    }
}

fn length_bit(name: &str) -> u64 {
    1 << name.len().min(63)
}

/// The first byte from here on that may stand in a name, or the first that may not.
fn position(bytes: &[u8], from: usize, wanted: bool) -> Option<usize> {
    const IN_NAMES: [bool; 256] = in_names();
    let rest = bytes.get(from..)?;
    let found = rest.iter().position(|byte| IN_NAMES.get(usize::from(*byte)) == Some(&wanted))?;
    Some(from + found)
}

/// Which bytes may stand in a name, looked up rather than compared: every byte of every policy is asked.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, over the length of the table")]
const fn in_names() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        table[byte as usize] = is_in_names(byte);
        byte += 1;
    }
    table
}

/// Whether a byte may stand in a name of any kind, or in a pattern of names.
const fn is_in_names(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*'..=b'.' | b'_' | b'?' | b'=' | b'@')
}

/// Vaults whose own text, key and output are equal, names apart, by one number.
type VaultShapes = BTreeMap<Location, usize>;

/// Each vault is read once, however many statements use it.
fn vault_shapes(deployment: &Deployment<'_>, subjects: &[Subject<'_>]) -> Result<VaultShapes, Unresolved> {
    let mut vaults: BTreeMap<Location, (&System, &Place, &Place)> = BTreeMap::new();
    for (system, statement) in subjects {
        for place in statement.places() {
            if let Vault::Made(name) = &place.vault.value {
                let vault = deployment.vault(place.region.node, name)?;
                vaults.entry(vault).or_insert((system, place, &statement.source));
            }
        }
    }
    let shapes: Vec<(Location, String)> = vaults
        .into_par_iter()
        .map(|(vault, (system, place, source))| (vault, vault_shape(deployment, vault, system, place, source)))
        .collect();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = shapes.into_iter().map(|(vault, shape)| {
        let next = numbers.len();
        (vault, *numbers.entry(shape).or_insert(next))
    });
    Ok(numbered.collect())
}

fn vault_shape(deployment: &Deployment<'_>, vault: Location, system: &System, place: &Place, source: &Place) -> String {
    let mut names = Names::default();
    place_names(0, place, &mut names);
    // A replica names the primary key's stack and output, descriptions name the system.
    place_names(1, source, &mut names);
    names.add(&stack_name(&system.name.value, StackKind::PrimaryKeys), || "<primary keys>".to_owned());
    names.add(&system.name.value, || "<system>".to_owned());
    let mut shape = String::new();
    for text in deployment.vault_texts(vault) {
        names.write(properties(text), &mut shape);
    }
    shape
}

fn shape(
    deployment: &Deployment<'_>,
    (system, statement): &Subject<'_>,
    vaults: &VaultShapes,
) -> Result<String, Unresolved> {
    let mut names = names(statement);
    let role = match &statement.role.value {
        Role::Made(name) => Some(deployment.role(name)?),
        Role::Existing(_) => None,
    };
    for (index, policy) in role.into_iter().flat_map(|role| deployment.policies(role)).enumerate() {
        if let Some((id, name)) = deployment.policy_names(policy) {
            names.add(&id, || format!("<Policy {index}>"));
            names.add(name, || format!("<policy {index}>"));
        }
    }
    let mut shape = facts(&names, statement);
    if names.places.len() > MOST_NAMES {
        let _ = writeln!(shape, "only {} of {}", statement.name, system.name.value);
    }
    if let Some(role) = role {
        names.write(properties(deployment.text(role)), &mut shape);
        for policy in deployment.policies(role) {
            names.write(properties(deployment.text(policy)), &mut shape);
        }
    } else {
        names.write(&required::text(system, statement), &mut shape);
        let _ = writeln!(shape, "role {:?}", statement.role.value);
    }
    for place in statement.places() {
        shape.push_str(&vault(deployment, place, vaults)?);
    }
    Ok(shape)
}

/// Of what exists something is assumed, which is said with its own ARN.
fn vault(deployment: &Deployment<'_>, place: &Place, vaults: &VaultShapes) -> Result<String, Unresolved> {
    Ok(match &place.vault.value {
        Vault::Made(name) => format!("vault {:?}\n", vaults.get(&deployment.vault(place.region.node, name)?)),
        Vault::Existing(arn) => format!("vault {}\n", arn.as_str()),
    })
}

/// What an entry says, without the reasons that it carries; an output has none.
fn properties(entry: &str) -> &str {
    entry.find("Properties").and_then(|at| entry.get(at..)).unwrap_or(entry)
}

fn names(statement: &Statement) -> Names {
    let mut names = Names::default();
    for group in &statement.groups {
        let word = group.kind.words.word;
        for (index, name) in group.names.iter().enumerate() {
            names.add(&name.node, || format!("<{word} {index}>"));
        }
        for (region, restore) in &group.restores {
            for (index, pattern) in restore.patterns.iter().enumerate() {
                names.add(pattern, || format!("<pattern of {word} {index} {region}>"));
            }
        }
    }
    names.add(statement.role.value.name(), || "<role>".to_owned());
    names.add(&statement.plan.value, || "<plan>".to_owned());
    names.add(&LogicalId::new("Role", statement.role.value.name()).to_string(), || "<Role>".to_owned());
    for (index, place) in statement.places().enumerate() {
        place_names(index, place, &mut names);
    }
    names
}

fn place_names(index: usize, place: &Place, names: &mut Names) {
    names.add(place.vault.value.name(), || format!("<vault {index}>"));
    if let Key::Made(key) = &place.key.value {
        names.add(key, || format!("<key {index}>"));
        let id = LogicalId::new("", key).to_string();
        for kind in ["Key", "KeyArn", "KeyId"] {
            names.add(&[kind, &id].concat(), || format!("<{kind} {index}>"));
        }
        let parameter = primary_parameter(key);
        names.add(&parameter.to_string(), || format!("<parameter {index}>"));
        names.add(&is_given(&parameter).to_string(), || format!("<condition {index}>"));
    }
}

/// Everything that calls are made from, names replaced.
fn facts(names: &Names, statement: &Statement) -> String {
    let mut facts = String::new();
    let mut line = |text: String| {
        names.write(&text, &mut facts);
        facts.push('\n');
    };
    for group in &statement.groups {
        let names = group.names.iter().map(|name| &name.node).collect::<Vec<_>>();
        line(format!("{} {names:?}", group.kind.words.plural));
        for (region, restore) in &group.restores {
            let settings = restore.settings.iter().map(|(word, chosen)| (word, &chosen.value)).collect::<Vec<_>>();
            line(format!("restore {region} {:?} {settings:?}", restore.patterns));
            line(matches(group, &restore.patterns));
        }
    }
    for place in statement.places() {
        line(format!("place {} {} {}", place.region.node.code, place.vault.value.name(), key(&place.key.value)));
    }
    line(format!("{} of them former", statement.former.len()));
    if let ResourceKey::Written(written) = &statement.resource_key {
        line(format!("encrypted by {}", key(&written.value)));
    }
    facts
}

/// Which pattern matches which resource, pattern and sample.
fn matches(group: &Group, patterns: &[String]) -> String {
    if patterns.len() > MOST_NAMES {
        return String::new();
    }
    let samples = samples(patterns).into_iter();
    let names = group.names.iter().map(|name| name.node.clone());
    let others: Vec<String> = samples.chain(names).chain(patterns.iter().cloned()).collect();
    patterns
        .iter()
        .flat_map(|pattern| others.iter().map(move |other| if includes(pattern, other) { '1' } else { '0' }))
        .collect()
}

fn key(key: &Key) -> String {
    match key {
        Key::Made(name) => name.clone(),
        Key::Existing(arn) => arn.as_str().to_owned(),
    }
}
