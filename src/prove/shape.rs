//! Statements that differ in nothing but names: what is proved for one holds for all of them.
//!
//! Two statements have the same shape if their emitted policies, and everything that their calls
//! are made from, are equal once every name is replaced by its place in the statement. Which names
//! their patterns match is part of the shape, so that no pattern can match more in one than in the
//! other.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;

use super::deployment::{Deployment, Unresolved};
use super::model::sample;
use crate::cfn::LogicalId;
use crate::policy::glob::includes;
use crate::spec::{ClusterKey, Key, Place, Spec, Statement, System};

/// A statement with its system.
pub(super) type Subject<'a> = (&'a System, &'a Statement);

/// More names than these are not compared pattern by pattern: such a statement is proved itself.
const MOST_NAMES: usize = 40;

/// The statements by shape, each group in the order of the spec.
pub(super) fn groups<'a>(spec: &'a Spec, deployment: &Deployment<'a>) -> Result<Vec<Vec<Subject<'a>>>, Unresolved> {
    let subjects: Vec<Subject<'a>> = spec.statements().collect();
    let shapes: Vec<Result<String, Unresolved>> =
        subjects.par_iter().map(|(system, statement)| shape(deployment, system, statement)).collect();
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
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn add(&mut self, name: &str, place: impl FnOnce() -> String) {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), place());
        }
    }

    /// A text in which every name is replaced.
    fn write(&self, text: &str, into: &mut String) {
        let mut rest = text;
        while !rest.is_empty() {
            let plain = rest.bytes().position(is_name_byte).unwrap_or(rest.len());
            let (between, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            let length = behind.bytes().position(|byte| !is_name_byte(byte)).unwrap_or(behind.len());
            let (word, behind) = behind.split_at_checked(length).unwrap_or((behind, ""));
            into.push_str(between);
            into.push_str(self.0.get(word).map_or(word, String::as_str));
            rest = behind;
        }
    }
}

/// Whether a byte may stand in a name of any kind, or in a pattern of names.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.*?+=,@".contains(&byte)
}

fn shape(deployment: &Deployment<'_>, system: &System, statement: &Statement) -> Result<String, Unresolved> {
    let role = deployment.role(&statement.role.value)?;
    let mut names = names(statement);
    for (index, policy) in deployment.policies(role).enumerate() {
        if let Some((id, name)) = deployment.policy_names(policy) {
            names.add(&id, || format!("<Policy {index}>"));
            names.add(name, || format!("<policy {index}>"));
        }
    }
    let mut shape = facts(&names, statement);
    if names.0.len() > MOST_NAMES {
        let _ = writeln!(shape, "only {} of {}", statement.name, system.name.value);
    }
    names.write(properties(deployment.text(role)), &mut shape);
    for policy in deployment.policies(role) {
        names.write(properties(deployment.text(policy)), &mut shape);
    }
    for place in statement.places() {
        let vault = deployment.vault(place.region.node, &place.vault.value)?;
        for text in deployment.vault_texts(vault) {
            names.write(properties(text), &mut shape);
        }
    }
    Ok(shape)
}

/// What an entry says, without the reasons that it carries; an output has none.
fn properties(entry: &str) -> &str {
    entry.find("Properties").and_then(|at| entry.get(at..)).unwrap_or(entry)
}

fn names(statement: &Statement) -> Names {
    let mut names = Names::default();
    for (index, cluster) in statement.clusters.iter().enumerate() {
        names.add(&cluster.node, || format!("<cluster {index}>"));
    }
    for (region, restore) in &statement.restores {
        for (index, pattern) in restore.patterns.iter().enumerate() {
            names.add(pattern, || format!("<pattern {index} {region}>"));
        }
    }
    names.add(&statement.role.value, || "<role>".to_owned());
    names.add(&statement.plan.value, || "<plan>".to_owned());
    names.add(&LogicalId::new("Role", &statement.role.value).to_string(), || "<Role>".to_owned());
    for (index, place) in statement.places().enumerate() {
        place_names(index, place, &mut names);
    }
    names
}

fn place_names(index: usize, place: &Place, names: &mut Names) {
    names.add(&place.vault.value, || format!("<vault {index}>"));
    if let Key::Made(key) = &place.key.value {
        names.add(key, || format!("<key {index}>"));
        names.add(&LogicalId::new("Key", key).to_string(), || format!("<Key {index}>"));
        names.add(&LogicalId::new("KeyArn", key).to_string(), || format!("<KeyArn {index}>"));
    }
}

/// Everything that calls are made from, names replaced.
fn facts(names: &Names, statement: &Statement) -> String {
    let mut facts = String::new();
    let mut line = |text: String| {
        names.write(&text, &mut facts);
        facts.push('\n');
    };
    line(format!("clusters {:?}", statement.clusters.iter().map(|cluster| &cluster.node).collect::<Vec<_>>()));
    for place in statement.places() {
        line(format!("place {} {} {}", place.region.node.code, place.vault.value, key(&place.key.value)));
    }
    if let ClusterKey::Written(written) = &statement.cluster_key {
        line(format!("encrypted by {}", key(&written.value)));
    }
    for (region, restore) in &statement.restores {
        let group = |group: &Option<crate::spec::Chosen<String>>| {
            group.as_ref().map_or_else(|| "any".to_owned(), |group| group.value.clone())
        };
        line(format!(
            "restore {region} {:?} {} {}",
            restore.patterns,
            group(&restore.subnet_group),
            group(&restore.parameter_group)
        ));
        line(matches(statement, &restore.patterns));
    }
    facts
}

/// Which pattern matches which cluster, pattern and sample.
fn matches(statement: &Statement, patterns: &[String]) -> String {
    if patterns.len() > MOST_NAMES {
        return String::new();
    }
    let samples = patterns.iter().map(|pattern| sample(pattern, patterns));
    let clusters = statement.clusters.iter().map(|cluster| cluster.node.clone());
    let others: Vec<String> = samples.chain(clusters).chain(patterns.iter().cloned()).collect();
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
