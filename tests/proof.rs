//! The proof, held to account: it must hold for every spec, fail for every permission that is taken
//! away, and read policies that AWS's own reference agrees with.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a case that cannot be set up fails")]

#[path = "proof/deployer_policy.rs"]
mod deployer_policy;
#[path = "proof/existing.rs"]
mod existing;
#[path = "proof/mutation.rs"]
mod mutation;
#[path = "proof/reference.rs"]
mod reference;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use drc::Compiled;
use drc::emit::Format;
use drc::policy::{Document, Resources};
use drc::prove::{self, PolicyKind, RoleProof};
use drc::source::Sources;
use drc::text::Columns;
use proptest::prelude::*;

/// Specs that between them use everything a policy depends on.
const SPECS: &[(&str, &str)] = &[
    ("article", include_str!("../specs/article.drspec")),
    ("mydb", include_str!("../specs/mydb.drspec")),
    ("no copy, no restore", "backup cluster a from eu-west-1 daily 01:00 UTC keep 7d no restore"),
    ("no copy", "backup cluster a, b-1, c from eu-west-1 daily 01:00 UTC keep 7d"),
    (
        "two destinations, an account, rotation and an administrator",
        "account 222233334444\ndefaults admin role/Keys, arn:aws:iam::999900001111:role/Security rotate every 365d\n\
         backup cluster orders, users from us-east-1 to us-west-2 to eu-west-1 daily 01:00 UTC keep 7d\n  \
         restore as \"<name>-restored-*\" subnet-group db",
    ),
    (
        "keys that exist, one of another account",
        "backup cluster a from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab\n  \
         to ap-northeast-3 key arn:aws:kms:ap-northeast-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab daily 01:00 JST keep 7d\n  \
         encrypted by arn:aws:kms:ap-northeast-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    (
        "a replica of a key that exists",
        "backup cluster a from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab\n  \
         to ap-northeast-3 daily 01:00 JST keep 7d",
    ),
    (
        "a key that nobody names, no restore",
        "backup cluster a from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d no restore",
    ),
    (
        "a key that is named, no copy",
        "backup cluster a from eu-west-1 daily 01:00 UTC keep 7d\n  \
         encrypted by arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    (
        "a key that nobody names, a vault's key of another account",
        "account 111122223333\nbackup cluster a from eu-west-1 key arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab \
         daily 01:00 UTC keep 7d",
    ),
    ("patterns that overlap", "backup cluster db, db-2, dba from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d"),
    (
        "a pattern in the middle",
        "backup cluster db from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d\n  restore as \"d?-*-new\"",
    ),
    ("China", "backup cluster a from cn-north-1 to cn-northwest-1 daily 01:00 UTC keep 7d"),
    ("GovCloud", "backup cluster a from us-gov-west-1 to us-gov-east-1 daily 01:00 UTC keep 7d"),
    (
        "stacks per statement, two sources",
        "system many stacks per statement\n\
         backup cluster a from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d\n\
         backup cluster b from eu-central-1 to eu-west-2 daily 01:00 UTC keep 7d\n\
         backup cluster c from eu-west-1 to eu-west-2 daily 02:00 UTC keep 7d",
    ),
];

/// The instant that coming dates are counted from.
const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_767_225_600, 0);

/// Files that are compiled together.
struct Subject {
    name: String,
    /// Each file's name and text.
    files: Vec<(String, String)>,
}

/// Every spec that a policy is golden for: those above, those to copy from, and those of `tests/build`.
fn subjects() -> Vec<Subject> {
    let text =
        |path: &Path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap());
    let mut all: Vec<Subject> = SPECS.iter().map(|(name, spec)| subject(name, spec)).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = fs::read_dir(root.join("tests/build")).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|path| path.is_dir()).map(|folder| specs_in(&folder));
    let specs = specs_in(&root.join("specs")).into_iter().map(|path| vec![path]);
    for paths in folders.chain(specs).filter(|paths| !paths.is_empty()) {
        let files: Vec<(String, String)> = paths.iter().map(|path| text(path)).collect();
        // Some specs stand in two places.
        if all.iter().all(|known| known.files != files) {
            all.push(Subject { name: paths[0].display().to_string(), files });
        }
    }
    assert!(all.len() > SPECS.len() + 15, "the golden specs were not found");
    all
}

fn specs_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut specs: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "drspec")).collect();
    specs.sort();
    specs
}

fn subject(name: &str, spec: &str) -> Subject {
    Subject { name: name.to_owned(), files: vec![("case.drspec".to_owned(), spec.to_owned())] }
}

impl Subject {
    fn compile(&self, format: Format) -> Compiled {
        let mut sources = Sources::default();
        let add = |(name, text): &(String, String)| sources.add(name.clone(), text.as_bytes().to_vec());
        let files: Vec<_> = self.files.iter().map(add).collect();
        let compiled = drc::compile(&sources, &files, format, NOW);
        let errors: Vec<_> = compiled.diagnostics.iter().filter(|finding| finding.is_error()).collect();
        assert!(errors.is_empty(), "{}\n{errors:#?}", self.name);
        compiled
    }

    fn roles(&self, format: Format) -> Vec<RoleProof> {
        let compiled = self.compile(format);
        let proof = prove::prove(&compiled.spec, &compiled.stacks).unwrap();
        let roles: Vec<RoleProof> = proof.roles(|role| role).collect();
        assert_eq!(proof.holds(), roles.iter().all(RoleProof::holds));
        roles
    }
}

fn roles(spec: &str, format: Format) -> Vec<RoleProof> {
    subject(spec, spec).roles(format)
}

/// Everything that keeps a proof from holding.
fn failures(role: &RoleProof) -> String {
    let mut text = String::new();
    for call in role.calls.iter().filter(|call| !call.allowed) {
        let _ = writeln!(text, "refused {:?}: {}", call.call.request, call.why.en);
    }
    for call in role.forbidden.iter().filter(|call| call.allowed) {
        let _ = writeln!(text, "allowed {}: {:?} by {:?}", call.call.what.en, call.call.request, call.by);
    }
    let _ = writeln!(text, "superfluous {:?}", role.minimality.superfluous);
    text
}

#[test]
fn every_spec_is_proved_in_both_formats() {
    for subject in subjects() {
        for format in [Format::Yaml, Format::Json] {
            for role in &subject.roles(format) {
                assert!(role.holds(), "{}\n{}", subject.name, failures(role));
            }
        }
    }
}

#[test]
fn statements_that_differ_in_names_alone_are_proved_once() {
    let mut spec = String::from("system many stacks per statement\n");
    for index in 0..20 {
        let _ = writeln!(spec, "backup cluster db-{index} from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d");
    }
    spec.push_str("backup cluster other from eu-west-1 daily 01:00 UTC keep 7d no restore\n");
    let alike: Vec<usize> = roles(&spec, Format::Yaml).iter().map(|role| role.outcome.alike.len()).collect();
    assert_eq!(alike, [19, 0]);
}

#[test]
fn a_spec_can_fail() {
    #[track_caller]
    fn fails(spec: &str, why: &str) {
        let compiled = subject(spec, spec).compile(Format::Yaml);
        let proof = prove::prove(&compiled.spec, &compiled.stacks).unwrap();
        assert!(!proof.holds(), "{spec}");
        let mut text = Vec::new();
        let english = drc::text::Language::English;
        drc::prove::render::text(&proof, &Sources::default(), english, Columns::UNSEEN, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains(why), "{text}");
    }
    let backup = "backup cluster mydb from ap-northeast-1 key k to ap-northeast-3 daily 01:00 JST keep 7d";
    let own = format!("key k admin role/the-role\n{backup}\n  role the-role");
    fails(&own, "key administration by the role");
    fails(&own, "what to write: name somebody else than the role in `admin`");
    fails(
        &format!("account 111122223333\nkey k admin arn:aws:iam::111122223333:root\n{backup}"),
        "arn:aws:iam::111122223333:root",
    );
    fails(
        &format!("account 111122223333\nkey k admin role/A, arn:aws:iam::111122223333:role/A\n{backup}"),
        "arn:aws:iam::111122223333:role/A",
    );
}

/// Whoever the battery takes for a stranger is another one where the spec names just that.
#[test]
fn nobody_whom_the_spec_names_is_a_stranger() {
    let key = "arn:aws:kms:ap-northeast-3:444455556666:key/ffffffff-eeee-4ddd-8ccc-bbbbbbbbbbbb";
    let admins = "arn:aws:iam::444455556666:role/stranger, arn:aws:iam::777788889999:role/stranger";
    for spec in [
        format!("key k admin {admins}, role/colleague-without-a-policy\nbackup cluster a from ap-northeast-1 key k to ap-northeast-3 daily 01:00 JST keep 7d"),
        format!("account 444455556666\nbackup cluster a from ap-northeast-1 to ap-northeast-3 key {key} daily 01:00 JST keep 7d"),
        "account 444455556666\nbackup cluster another, a-2 from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d".to_owned(),
    ] {
        for role in &roles(&spec, Format::Yaml) {
            assert!(role.holds(), "{spec}\n{}", failures(role));
        }
    }
}

/// Keys of the clusters that a spec's role is proved to be able to use: phase and account of each grant.
fn grants_on_cluster_keys(spec: &str) -> Vec<(&'static str, String)> {
    let role = roles(spec, Format::Yaml).remove(0);
    assert!(role.holds(), "{}", failures(&role));
    let grants = role.calls.iter().filter(|call| call.call.request.action == "kms:CreateGrant");
    let mut found: Vec<(&'static str, String)> = grants
        .map(|call| (call.call.step.words().en, call.call.request.resources[0].clone()))
        .filter(|(_, key)| key.contains(":eu-west-1:") && !key.contains("key/mrk-"))
        .map(|(step, key)| (step, key.split(':').nth(4).unwrap().to_owned()))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn a_key_that_nobody_names_may_be_of_any_account_until_the_copy() {
    let backup = "account 111122223333\nbackup cluster a from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d\n";
    let in_accounts = |step: &'static str, accounts: &[&str]| {
        accounts.iter().map(|account| (step, (*account).to_owned())).collect::<Vec<_>>()
    };
    let both = ["111122223333", "123456789012"];
    let steps = ["back up", "copy out", "restore at the source"];
    assert_eq!(grants_on_cluster_keys(backup), steps.map(|step| in_accounts(step, &both)).concat());
    let written = "  encrypted by arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let written = grants_on_cluster_keys(&format!("{backup}{written}"));
    assert_eq!(written, steps.map(|step| in_accounts(step, &["444455556666"])).concat());
}

/// A spec with this many clusters of names of this length.
fn wide(clusters: usize, length: usize) -> String {
    let names: Vec<String> = (0..clusters).map(|index| format!("c{index:0>length$}")).collect();
    format!(
        "backup cluster {} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n  plan p",
        names.join(", ")
    )
}

/// What a set of policies allows: action, resource and conditions of each statement.
fn permissions<'a>(documents: impl Iterator<Item = &'a Document<String>>) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for statement in documents.flat_map(|document| &document.statements) {
        for action in statement.actions.list() {
            for resource in statement.resources.iter().flat_map(Resources::list) {
                all.push((action.as_str().to_owned(), resource.clone(), format!("{:?}", statement.conditions)));
            }
        }
    }
    all.sort();
    all
}

/// The policies of the role itself.
fn of_role(role: &RoleProof) -> impl Iterator<Item = &prove::MeasuredPolicy> {
    role.policies.iter().filter(|size| matches!(size.policy.kind, PolicyKind::Inline | PolicyKind::Managed))
}

#[test]
fn a_long_policy_is_cut_into_short_ones_that_allow_the_same() {
    let role = roles(&wide(20, 40), Format::Yaml).remove(0);
    assert!(role.holds(), "{}", failures(&role));
    let parts: Vec<&prove::MeasuredPolicy> = of_role(&role).collect();
    assert!(parts.len() > 2);
    for part in &parts {
        assert_eq!(part.policy.kind, PolicyKind::Managed);
        assert!(part.characters <= 6_144, "{} has {}", part.policy.name, part.characters);
    }
    // Nothing is allowed twice, and together they allow what one role of each cluster would.
    let allowed = permissions(parts.iter().map(|part| &part.policy.document));
    let mut once = allowed.clone();
    once.dedup();
    assert_eq!(allowed, once);
    let mut single: Vec<(String, String, String)> = Vec::new();
    for index in 0..20 {
        let name = format!("c{index:0>40}");
        let spec = format!("system case\n{}", wide(1, 40).replace(&format!("c{:0>40}", 0), &name));
        let role = roles(&spec, Format::Yaml).remove(0);
        single.extend(permissions(of_role(&role).map(|policy| &policy.policy.document)));
    }
    single.sort();
    single.dedup();
    let without_keys = |list: Vec<(String, String, String)>| {
        list.into_iter().filter(|(action, _, _)| !action.starts_with("kms:")).collect::<Vec<_>>()
    };
    assert_eq!(without_keys(allowed), without_keys(single));
}

/// The managed policies of a spec's one role, by name.
fn parts(spec: &str) -> std::collections::BTreeMap<String, Document<String>> {
    let role = roles(spec, Format::Yaml).remove(0);
    let managed = role.policies.into_iter().filter(|size| size.policy.kind == PolicyKind::Managed);
    managed.map(|size| (size.policy.name, size.policy.document)).collect()
}

#[test]
fn how_a_policy_is_cut_depends_on_content_alone() {
    let spec = |names: &[String]| {
        let names = names.join(", ");
        format!("backup cluster {names} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n  plan p")
    };
    let names: Vec<String> = (0..24).map(|index| format!("c{:0>40}", index * 7919 % 1000)).collect();
    let cut = parts(&spec(&names));
    assert!(cut.len() > 2);
    let rotated = [&names[9..], &names[..9]].concat();
    assert_eq!(cut, parts(&spec(&rotated)));
    let turned: Vec<String> = names.iter().rev().cloned().collect();
    assert_eq!(cut, parts(&spec(&turned)));
}

#[test]
fn too_many_policies_are_an_error_that_names_the_clauses() {
    let mut sources = Sources::default();
    let file = sources.add("case.drspec".to_owned(), wide(300, 30).into_bytes());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW);
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|finding| finding.rule.code).collect();
    assert!(codes.contains(&"E0506"), "{codes:?}");
    let finding = compiled.diagnostics.iter().find(|finding| finding.rule.code == "E0506").unwrap();
    let clauses: Vec<&str> = finding.related.iter().map(|(_, text)| text.as_str()).collect();
    assert!(clauses.iter().any(|clause| clause.contains("300 clusters")), "{clauses:?}");
    assert!(clauses.iter().any(|clause| clause.contains("to ap-northeast-3")), "{clauses:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_number_of_clusters_and_destinations_is_proved(
        clusters in proptest::collection::btree_set("[a-z][a-z0-9]{0,12}", 1..12),
        destinations in proptest::sample::subsequence(vec!["ap-northeast-2", "ap-northeast-3", "us-east-1", "us-west-2"], 0..4),
        restore in proptest::sample::select(vec!["", "  no restore\n", "  restore as \"<name>-*\"\n", "  restore as \"r*\" subnet-group s\n"]),
    ) {
        let names: Vec<String> = clusters.into_iter().map(|name| format!("\"{name}\"")).collect();
        let copies: String = destinations.iter().flat_map(|region| [" to ", region]).collect();
        let spec = format!("backup cluster {} from ap-northeast-1{copies} daily 01:00 JST keep 7d\n{restore}", names.join(",\n  "));
        for role in &roles(&spec, Format::Yaml) {
            prop_assert!(role.holds(), "{spec}\n{}", failures(role));
        }
    }
}
