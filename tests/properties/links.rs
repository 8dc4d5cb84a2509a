//! Stacks that refer to each other: what one reads, another gives and is deployed before; nobody waits for a stack of which
//! nothing is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use drc::emit::{Format, OutputFile};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::compile;

/// Where clusters and copies are.
const REGIONS: [&str; 3] = ["ap-northeast-1", "ap-northeast-3", "us-west-2"];

/// A stack: its region and its name.
type Id = (String, String);

/// What is written and deployed.
struct Build {
    /// The stacks in the order of the manifest, each with those that it waits for.
    stacks: Vec<(Id, BTreeSet<Id>)>,
    templates: BTreeMap<Id, Value>,
    /// The stack that exports a name in a region.
    exports: BTreeMap<(String, String), Id>,
    /// The stack that makes a vault in a region.
    vaults: BTreeMap<(String, String), Id>,
    script: String,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn read(files: &[OutputFile]) -> Build {
    let file = |path: &str| &files.iter().find(|file| file.path == path).unwrap().bytes;
    let manifest: Value = serde_json::from_slice(file("manifest.json")).unwrap();
    let script = String::from_utf8(file("deploy.sh").clone()).unwrap();
    let mut build = Build {
        stacks: Vec::new(),
        templates: BTreeMap::new(),
        exports: BTreeMap::new(),
        vaults: BTreeMap::new(),
        script,
    };
    for stack in manifest["stacks"].as_array().unwrap() {
        let id = (text(&stack["region"]), text(&stack["name"]));
        let waits_for = stack["dependsOn"].as_array().unwrap().iter();
        let waits_for = waits_for.map(|other| (text(&other["region"]), text(&other["stack"]))).collect();
        let template: Value = serde_yaml::from_slice(file(stack["template"].as_str().unwrap())).unwrap();
        for output in template["Outputs"].as_object().into_iter().flatten().map(|(_, output)| output) {
            let name = text(&output["Export"]["Name"]);
            let other = build.exports.insert((id.0.clone(), name.clone()), id.clone());
            assert!(other.is_none(), "{name} is exported twice");
        }
        for resource in template["Resources"].as_object().unwrap().values() {
            if resource["Type"] == "AWS::Backup::BackupVault" {
                let name = text(&resource["Properties"]["BackupVaultName"]);
                let other = build.vaults.insert((id.0.clone(), name.clone()), id.clone());
                assert!(other.is_none(), "{name} is made twice");
            }
        }
        build.templates.insert(id.clone(), template);
        build.stacks.push((id, waits_for));
    }
    build
}

impl Build {
    /// The stacks that something in a template needs, by what is written in it.
    fn needs(&self, id: &Id, value: &Value) -> BTreeSet<Id> {
        match value {
            Value::Array(items) => items.iter().flat_map(|item| self.needs(id, item)).collect(),
            Value::Object(entries) => entries.iter().flat_map(|(key, entry)| self.needs_of(id, key, entry)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => BTreeSet::new(),
        }
    }

    fn needs_of(&self, id: &Id, key: &str, entry: &Value) -> BTreeSet<Id> {
        let region = &id.0;
        let vault = |region: &str, name: &str| self.vaults.get(&(region.to_owned(), name.to_owned())).cloned();
        let need = match key {
            "Fn::ImportValue" => {
                let exporting = self.exports.get(&(region.clone(), text(entry)));
                Some(exporting.unwrap_or_else(|| panic!("nobody exports {entry}")).clone())
            }
            "Fn::GetStackOutput" => {
                let from = (text(&entry["Region"]), text(&entry["StackName"]));
                assert!(self.templates[&from]["Outputs"][&text(&entry["OutputName"])].is_object(), "{entry}");
                Some(from)
            }
            "TargetBackupVault" if entry.is_string() => vault(region, &text(entry)),
            "TargetBackupVault" => {
                let made = &self.templates[id]["Resources"][&text(&entry["Ref"])];
                assert_eq!(made["Type"], "AWS::Backup::BackupVault");
                None
            }
            "DestinationBackupVaultArn" => {
                let arn = entry.as_str().or_else(|| entry["Fn::Sub"].as_str()).unwrap();
                let arn = arn.replace("${AWS::Partition}", "aws");
                let parts: Vec<&str> = arn.split(':').collect();
                vault(parts[3], parts[parts.len() - 1])
            }
            _ => return self.needs(id, entry),
        };
        need.into_iter().collect()
    }

    /// Every stack waits for those that it needs something of, for no other, and is deployed behind them.
    fn check(&self) {
        let mut deployed = BTreeSet::new();
        for (id, waits_for) in &self.stacks {
            let mut needs = self.needs(id, &self.templates[id]);
            needs.remove(id);
            assert_eq!(waits_for, &needs, "{id:?}");
            assert!(waits_for.is_subset(&deployed), "{id:?} is deployed before {waits_for:?}");
            deployed.insert(id.clone());
        }
        for (_, name) in self.exports.keys() {
            let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b':' || byte == b'-';
            assert!(name.bytes().all(is_allowed) && name.len() <= 255, "CloudFormation refuses the export {name}");
        }
        let scripted = self
            .script
            .lines()
            .filter_map(|line| line.strip_prefix("deploy ap-").or_else(|| line.strip_prefix("deploy us-")));
        let scripted: Vec<&str> = scripted.filter_map(|line| line.split(' ').nth(1)).collect();
        let ordered: Vec<&str> = self.stacks.iter().map(|((_, name), _)| name.as_str()).collect();
        assert_eq!(scripted, ordered);
    }
}

/// Holds the property where the systems have no error; whether they had none.
fn hold(systems: &[String]) -> bool {
    let texts: Vec<(&str, &[u8])> =
        ["a.drspec", "b.drspec"].into_iter().zip(systems.iter().map(String::as_bytes)).collect();
    let (compiled, _) = compile(&texts, Format::Yaml);
    let can_be_built = !compiled.diagnostics.has_errors();
    if can_be_built {
        read(&compiled.files).check();
    }
    can_be_built
}

/// The ARN of a multi-Region key that exists in every region.
fn existing_key(region: &str) -> String {
    format!("arn:aws:kms:{region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab")
}

/// For each region a vault that the language names, one that the spec names, and one that exists, as clauses name them:
/// a vault has one key, wherever it is named.
fn vaults() -> impl Strategy<Value = Vec<[String; 3]>> {
    vec((0..4_u8, 0..4_u8), REGIONS.len()).prop_map(|keys| {
        let of_region = |(region, (first, second)): (&str, (u8, u8))| {
            let key = |choice| match choice {
                0 => String::new(),
                1 => " key my_key".to_owned(),
                2 => format!(" key {region}-key"),
                _ => format!(" key {}", existing_key(region)),
            };
            let arn = format!("arn:aws:backup:{region}:111122223333:backup-vault:theirs");
            let theirs = format!("{region} vault {arn} key {}", existing_key(region));
            [format!("{region}{}", key(first)), format!("{region} vault shared{}", key(second)), theirs]
        };
        REGIONS.into_iter().zip(keys).map(of_region).collect()
    })
}

/// A statement as the places that it names, each a region and which of its vaults, and what it does with them.
fn statement() -> impl Strategy<Value = (Vec<(usize, usize)>, u8, u8)> {
    let regions = Just(vec![0, 1, 2]).prop_shuffle();
    let places = (regions, vec(prop_oneof![4 => 0..2_usize, 1 => Just(2)], 3));
    (places.prop_map(|(regions, vaults)| regions.into_iter().zip(vaults).collect()), 0..4_u8, 0..8_u8)
}

/// A system. It may contradict itself: a key in two roles, a key that is made nowhere.
fn system() -> impl Strategy<Value = String> {
    (any::<bool>(), vaults(), vec(statement(), 1..4)).prop_map(|(apart, vaults, statements)| {
        let mut text = format!("system sys{}\n", if apart { " stacks per statement" } else { "" });
        for (index, (places, copies, key)) in statements.into_iter().enumerate() {
            let place = |at: usize| places.get(at).map_or("", |(region, vault)| vaults[*region][*vault].as_str());
            let region = REGIONS[places[0].0];
            let to = match copies {
                0 => format!("to {}", place(1)),
                1 => format!("to {} to {}", place(1), place(2)),
                2 => format!("to {} formerly to {}", place(1), place(2)),
                _ => format!("formerly to {}", place(1)),
            };
            let encrypted = match key {
                0 => " encrypted by my_key".to_owned(),
                1 => format!(" encrypted by {region}-key"),
                2 => format!(" encrypted by {}", existing_key(region)),
                _ => String::new(),
            };
            let from = place(0);
            writeln!(text, "backup cluster db{index} from {from} {to}{encrypted} daily 01:00 UTC keep 7d").unwrap();
        }
        text
    })
}

/// The same system under other names, so that it can be built beside the first.
fn renamed(system: &str) -> String {
    let names = [
        ("sys", "more"),
        ("my_key", "more_key"),
        ("-key", "-more"),
        ("shared", "more"),
        ("cluster db", "cluster more"),
    ];
    names.into_iter().fold(system.to_owned(), |text, (from, to)| text.replace(from, to))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_stack_reads_another_gives_before_it(one in system(), other in proptest::option::weighted(0.2, system())) {
        let systems: Vec<String> = std::iter::once(one).chain(other.map(|other| renamed(&other))).collect();
        hold(&systems);
    }
}

/// In each layout.
#[track_caller]
fn holds(statements: &str) {
    for layout in ["", " stacks per statement"] {
        assert!(hold(&[format!("system sys{layout}\n{statements}")]), "{statements}");
    }
}

#[test]
fn every_source_vault_also_receives_copies() {
    let place = |region| format!("{region} vault both key {}", existing_key(region));
    let (one, two) = (place(REGIONS[0]), place(REGIONS[1]));
    holds(&format!(
        "backup cluster a from {one} to {two} daily 01:00 UTC keep 7d\nbackup cluster b from {two} to {one} daily 03:00 UTC keep 7d"
    ));
}

#[test]
fn clusters_are_encrypted_by_a_replica() {
    let (one, two) = ("ap-northeast-1 vault here key first", "ap-northeast-3 vault there key second");
    let existing = format!("us-west-2 vault far key {}", existing_key("us-west-2"));
    let source = format!("ap-northeast-3 vault own key {}", existing_key("ap-northeast-3"));
    holds(&format!(
        "backup cluster a from {one} to {two} daily 01:00 UTC keep 7d\n\
         backup cluster b from {source} to {existing} encrypted by second daily 03:00 UTC keep 7d"
    ));
}

#[test]
fn a_key_has_a_name_that_no_export_may_have() {
    holds("backup cluster a from ap-northeast-1 key my_key to ap-northeast-3 key my__key daily 01:00 UTC keep 7d");
}
