//! Two different things that would get one name, in one file or across files.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::source::Span;
use crate::spec::{Spec, System};

/// What a name must be unique among: kind, region (empty where AWS knows one list) and name.
type Identity = (&'static str, &'static str, String);

/// Who uses a name: two uses by one owner are one thing.
type Owner = String;

rule! {
    /// Two different things would get one name.
    ///
    /// ## Why
    ///
    /// Plans, roles, keys and vaults are known by their names in an account. Of two with the same name
    /// the second is refused, or, worse, changes the first. Names are compared over all files of the
    /// build.
    ///
    /// ## Example
    ///
    /// ```drspec,E0306
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d role AWSBackup-nightly
    /// backup cluster orders from ap-northeast-1 to ap-northeast-3 daily 02:00 JST keep 7d role AWSBackup-nightly
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d role AWSBackup-mydb
    /// backup cluster orders from ap-northeast-1 to ap-northeast-3 daily 02:00 JST keep 7d role AWSBackup-orders
    /// ```
    E0306 "colliding-names" Error Language ""
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let mut names: BTreeMap<Identity, (Owner, Span)> = BTreeMap::new();
    let mut claim = |identity: Identity, owner: Owner, span: Span| match names.get(&identity) {
        Some((first, other)) if *first != owner => {
            let (kind, region, name) = &identity;
            let place = if region.is_empty() { String::new() } else { format!(" in {region}") };
            sink.push(
                E0306
                    .at(span, format!("two {kind}s{place} would be named `{name}`"))
                    .related(*other, "the other one")
                    .help("give one of the two another name"),
            );
        }
        Some(_) => {}
        None => {
            names.insert(identity, (owner, span));
        }
    };
    for system in &spec.systems {
        claim_shared(system, &mut claim);
        claim_statements(system, &mut claim);
    }
}

/// Keys and vaults: statements of a system share them, systems do not.
fn claim_shared(system: &System, claim: &mut impl FnMut(Identity, Owner, Span)) {
    for key in system.key_uses() {
        claim(("key", key.region.code, key.name.to_owned()), system.name.value.clone(), key.span);
        // Logical ids keep letters and digits only.
        claim_logical("key", system, key.region.code, key.name, key.span, claim);
    }
    for vault in system.vault_uses() {
        let (region, name) = (vault.place.region.node.code, vault.name());
        claim(("backup vault", region, name.value.clone()), system.name.value.clone(), name.span);
        claim_logical("backup vault", system, region, &name.value, name.span, claim);
    }
}

fn claim_logical(
    kind: &'static str,
    system: &System,
    region: &'static str,
    name: &str,
    span: Span,
    claim: &mut impl FnMut(Identity, Owner, Span),
) {
    let logical = crate::cfn::LogicalId::new(&system.name.value, name).to_string();
    let kind = if kind == "key" { "logical id of a key" } else { "logical id of a backup vault" };
    claim((kind, region, logical), name.to_owned(), span);
}

/// Plans, roles and rules: each belongs to one statement.
fn claim_statements(system: &System, claim: &mut impl FnMut(Identity, Owner, Span)) {
    for statement in &system.statements {
        let region = statement.source.region.node.code;
        let owner = format!("{} {:?}", system.name.value, statement.span);
        claim(("backup plan", region, statement.plan.value.clone()), owner.clone(), statement.plan.span);
        // IAM is global and compares role names without regard to case.
        let role = statement.role.value.to_lowercase();
        claim(("role", "", role), owner.clone(), statement.role.span);
        let logical = |name: &str| crate::cfn::LogicalId::new(&system.name.value, name).to_string();
        let plan = logical(&statement.plan.value);
        claim(("logical id of a backup plan", region, plan), owner.clone(), statement.plan.span);
        claim(("logical id of a role", region, logical(&statement.role.value)), owner.clone(), statement.role.span);
        claim(
            ("logical id of a selection", region, logical(&statement.selection.value)),
            owner.clone(),
            statement.selection.span,
        );
        for rule in &statement.rules {
            let name = format!("{}/{}", statement.plan.value, rule.name.value);
            claim(("rule of a backup plan", region, name), format!("{owner} {:?}", rule.span), rule.name.span);
        }
    }
}
