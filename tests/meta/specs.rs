//! Specs to copy from, and what they make.

use std::collections::BTreeSet;
use std::path::Path;

use drc::diagnostic::Diagnostics;
use drc::origin::Reason;
use drc::source::Sources;
use drc::syntax::format::format;

use crate::{compile, files, name, none};

/// Reasons that no golden has, each with why.
const WITHOUT_GOLDEN: &[(Reason, &str)] = &[
    (Reason::KeyPolicyAccount, "of a statement of a policy, not of a resource"),
    (Reason::KeyPolicyAdministrators, "of a statement of a policy, not of a resource"),
    (Reason::RoleTrust, "of a statement of a policy, not of a resource"),
];

#[test]
fn specs_compile_and_have_the_canonical_layout() {
    let mut complaints = Vec::new();
    for path in files("specs", ".drspec") {
        let text = std::fs::read_to_string(&path).unwrap();
        let (compiled, codes) = compile(&text);
        if compiled.diagnostics.has_errors() {
            complaints.push(format!("{}: {codes:?}", name(&path)));
        }
        let mut sources = Sources::default();
        let file = sources.add(name(&path), text.clone().into_bytes());
        if format(&sources, file, &mut Diagnostics::default()).as_deref() != Some(&text) {
            complaints.push(format!("{}: not in the canonical layout", name(&path)));
        }
    }
    none(&complaints);
}

#[test]
fn specs_say_what_they_show() {
    let silent = |path: &Path| !std::fs::read_to_string(path).unwrap().starts_with("# ");
    // These two are quoted whole elsewhere.
    let quoted = ["specs/mydb.drspec", "specs/article.drspec"];
    let complaints: Vec<String> = files("specs", ".drspec")
        .iter()
        .filter(|path| !quoted.contains(&name(path).as_str()) && silent(path))
        .map(|path| format!("{}: no comment says what it shows", name(path)))
        .collect();
    none(&complaints);
}

#[test]
fn every_reason_is_given_in_some_golden() {
    let mut given: BTreeSet<Reason> = BTreeSet::new();
    for path in files("tests/build", ".drspec").iter().chain(&files("specs", ".drspec")) {
        let (compiled, _) = compile(&std::fs::read_to_string(path).unwrap());
        let resources = compiled.stacks.iter().flat_map(|stack| &stack.template.resources);
        given.extend(resources.flat_map(|resource| resource.origins.iter().map(|origin| origin.reason)));
    }
    given.extend(drc::aws::call::calls().map(|call| call.reason));
    let listed: BTreeSet<Reason> = WITHOUT_GOLDEN.iter().map(|(reason, _)| *reason).collect();
    let all: BTreeSet<Reason> = Reason::ALL.iter().copied().collect();
    let missing: Vec<&Reason> = all.iter().filter(|reason| !given.contains(reason)).collect();
    assert_eq!(missing, listed.iter().collect::<Vec<_>>());
}
