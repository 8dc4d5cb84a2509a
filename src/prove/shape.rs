//! Statements that differ in nothing but names: what is proved for one holds for all of them, and is said once.
//!
//! Two statements have the same shape if their policies, and everything that their calls are made from, are equal once
//! every name is replaced by its place in the statement. Which names their patterns match is part of the shape, so that no
//! pattern can match more in one than in the other.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;

use super::deployment::Deployment;
use super::site::DeployedStatement;
use crate::aws::name::hex;
use crate::cfn::graph::Unknown;
use crate::policy::glob::includes;
use crate::policy::samples;
use crate::spec::{Group, ResourceKey, Role, Spec, Statement, System, VaultName};
use sha2::{Digest as _, Sha256};

/// A statement with its system.
pub(super) type Subject<'a> = (&'a System, &'a Statement);

/// More names than these are not compared pattern by pattern: such a statement is proved itself.
const MOST_NAMES: usize = 40;

/// The statements by shape, each group in the order of the spec.
pub(super) fn groups<'a>(spec: &'a Spec, deployment: &Deployment<'a>) -> Result<Vec<Vec<Subject<'a>>>, Unknown> {
    let subjects: Vec<Subject<'a>> = spec.statements().collect();
    if subjects.len() < 2 {
        return Ok(subjects.into_iter().map(|subject| vec![subject]).collect());
    }
    let shape = |(system, statement): &Subject<'a>| {
        let deployed = DeployedStatement::new(deployment, system, statement)?;
        Ok(hex(&Sha256::digest(shape(&deployed).as_bytes())))
    };
    let shapes: Vec<Result<String, Unknown>> = subjects.par_iter().map(shape).collect();
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

/// What a statement's proof is made from, names replaced.
fn shape(deployed: &DeployedStatement<'_>) -> String {
    let statement = deployed.statement;
    let names = names(deployed);
    let mut facts = facts(statement);
    if names.len() > MOST_NAMES {
        let _ = writeln!(facts, "only {} of {}", statement.name.value, deployed.system.name.value);
    }
    for policy in &deployed.policies {
        // What JSON cannot say is said as it is.
        let document = serde_json::to_string(&policy.document).unwrap_or_else(|_| format!("{:?}", policy.document));
        let _ = writeln!(facts, "{:?} {} {document}", policy.kind, policy.target);
    }
    let mut shape = replaced(&facts, &names);
    // Of what exists something is assumed, which is said with its own ARN.
    if let Role::Existing(role) = &statement.role.value {
        let _ = writeln!(shape, "role {}", role.as_str());
    }
    for place in statement.places() {
        if let VaultName::Existing(vault) = &place.vault.value {
            let _ = writeln!(shape, "vault {}", vault.as_str());
        }
    }
    shape
}

/// Each name of a statement with what stands for it; of two that are the same, the first.
fn names(deployed: &DeployedStatement<'_>) -> BTreeMap<String, String> {
    let statement = deployed.statement;
    let mut names = BTreeMap::new();
    let mut add = |name: &str, place: String| {
        names.entry(name.to_owned()).or_insert(place);
    };
    for group in &statement.groups {
        let word = group.kind.words.word;
        for (index, name) in group.names.iter().enumerate() {
            add(&name.node, format!("<{word} {index}>"));
        }
        for (region, restore) in &group.restores {
            for (index, pattern) in restore.patterns.iter().enumerate() {
                add(pattern, format!("<pattern of {word} {index} {region}>"));
            }
        }
    }
    add(statement.role.value.name(), "<role>".to_owned());
    for (index, site) in deployed.sites().enumerate() {
        add(&site.vault, format!("<vault {index}>"));
    }
    for (index, key) in deployed.keys().into_iter().enumerate().filter(|(_, key)| key.location.is_some()) {
        let id = key.arn.rsplit('/').next().unwrap_or_default();
        let alias = key.alias.as_deref().unwrap_or_default().trim_start_matches("alias/");
        add(alias, format!("<alias {index}>"));
        add(id, format!("<key {index}>"));
    }
    names
}

/// A text in which every name is replaced, where it stands alone.
fn replaced(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut shape = String::with_capacity(text.len());
    let is_in_names = |c: char| c.is_ascii_alphanumeric() || "*+,-._?=@".contains(c);
    let mut rest = text;
    while let Some(begin) = rest.find(is_in_names) {
        let (before, word) = rest.split_at(begin);
        let (word, behind) = word.split_at(word.find(|c| !is_in_names(c)).unwrap_or(word.len()));
        shape.push_str(before);
        shape.push_str(names.get(word).map_or(word, String::as_str));
        rest = behind;
    }
    shape + rest
}

/// Everything of the spec that calls are made from.
fn facts(statement: &Statement) -> String {
    let mut facts = String::new();
    for group in &statement.groups {
        let names: Vec<&String> = group.names.iter().map(|name| &name.node).collect();
        let _ = writeln!(facts, "{} {names:?}", group.kind.words.plural);
        for (region, restore) in &group.restores {
            let settings: Vec<_> = restore.settings.iter().map(|(word, chosen)| (word, &chosen.value)).collect();
            let _ = writeln!(facts, "restore {region} {:?} {settings:?}", restore.patterns);
            let _ = writeln!(facts, "{}", matches(group, &restore.patterns));
        }
    }
    for place in statement.places() {
        let (region, vault) = (place.region.node.code, place.vault.value.name());
        let _ = writeln!(facts, "place {region} {vault} {}", place.key.value.written());
    }
    let _ = writeln!(facts, "{} of them former", statement.former.len());
    if let ResourceKey::Written(written) = &statement.resource_key {
        let _ = writeln!(facts, "encrypted by {}", written.value.written());
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
