//! No flag, parameter, answer or permission is invented.

use std::collections::BTreeSet;

use drc::kind::KINDS;
use drc::procedure::Step;
use drc::procedure::command::{Command, Query, Word};
use drc::procedure::line::Line;
use serde_json::Value;

use super::{runbooks, steps};

pub(super) fn data(name: &str) -> Value {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every command of every runbook, with the spec that it is from.
fn commands() -> Vec<(String, Command)> {
    let mut commands = Vec::new();
    for (name, runbook) in runbooks() {
        commands.extend(steps(runbook).flat_map(Step::commands).map(|command| (name.clone(), command.clone())));
    }
    assert!(commands.len() > 300);
    commands
}

#[test]
fn every_command_is_one_of_the_cli() {
    let data = data("botocore.json");
    for (spec, command) in commands() {
        let model = &data["commands"][command.service][command.subcommand()];
        let shown = format!("{spec}: aws {} {}", command.service, command.subcommand());
        assert!(model.is_object(), "{shown}: no such command");
        let given: BTreeSet<&str> = command.options.iter().map(|option| option.name).collect();
        assert_eq!(given.len(), command.options.len(), "{shown}: an option twice");
        for option in &command.options {
            let kind = [&model["options"], &data["global"]].into_iter().find_map(|known| known[option.name].as_str());
            let kind = kind.unwrap_or_else(|| panic!("{shown}: no option {}", option.name));
            assert_eq!(kind == "flag", option.value.is_none(), "{shown}: {} takes {kind}", option.name);
            if let Some(Word::Plain(value) | Word::Expand(value)) = &option.value {
                value_fits(&data, kind, (command.service, option.name), value);
            }
        }
        for required in model["required"].as_array().unwrap() {
            assert!(given.contains(required.as_str().unwrap()), "{shown}: {required} is missing");
        }
    }
}

/// Filters that commands of a runbook use.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html>,
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html>.
const FILTERS: [(&str, &str); 2] = [("rds", "db-cluster-id"), ("ec2", "vpc-id")];

/// A value is one that the option takes: numbers, names of members and filters, members of enumerations.
fn value_fits(data: &Value, kind: &str, (service, option): (&str, &str), value: &str) {
    let shown = format!("{service} {option} {value}");
    assert!(!value.is_empty(), "{shown}");
    let pairs = || value.split(',').map(|pair| pair.split_once('=').unwrap_or_else(|| panic!("{shown}")));
    match (kind, option) {
        ("integer" | "int" | "long", _) => drop(value.parse::<u32>().unwrap_or_else(|_| panic!("{shown}: no number"))),
        ("structure", "--lifecycle") => {
            let members = &data["services"]["backup"]["shapes"]["Lifecycle"]["members"];
            for (member, days) in pairs() {
                assert!(members.get(member).is_some(), "{shown}: no {member}");
                let is_known = days.parse::<i64>().is_ok_and(|days| days == -1 || days >= 1);
                assert!(is_known || days == "$KEEP", "{shown}");
            }
        }
        ("structure", "--serverless-v2-scaling-configuration") => {
            let named: Vec<&str> = pairs().map(|(member, _)| member).collect();
            assert_eq!(named, ["MinCapacity", "MaxCapacity"], "{shown}");
        }
        ("structure", _) if service == "dynamodb" => {
            let shapes = data["services"]["dynamodb"]["shapes"].as_object().unwrap();
            let is_meant = |name: &String| name.eq_ignore_ascii_case(&option.replace('-', ""));
            let members = &shapes.iter().find(|(name, _)| is_meant(name)).unwrap().1["members"];
            for (member, _) in pairs() {
                assert!(members.get(member).is_some(), "{shown}: no {member}");
            }
        }
        ("list", "--filters") => {
            let named: Vec<(&str, &str)> = pairs().collect();
            assert_eq!(named.len(), 2, "{shown}");
            assert!(named[0].0 == "Name" && FILTERS.contains(&(service, named[0].1)), "{shown}: no such filter");
            assert!(named[1].0 == "Values" && !named[1].1.is_empty(), "{shown}");
        }
        ("map", "--metadata") => assert!(value.starts_with("file://") && value.len() > 7, "{shown}"),
        ("map", _) if option.starts_with("--resource-type-") => {
            let mut options = KINDS.iter().flat_map(|kind| kind.region_settings.options);
            assert!(options.any(|known| *known == (option, value)), "{shown}");
        }
        ("string", "--source-type") => {
            let known = &data["services"]["rds"]["shapes"]["SourceType"]["enum"];
            assert!(known.as_array().unwrap().iter().any(|known| known == value), "{shown}");
        }
        ("list", "--group-ids" | "--vpc-security-group-ids") => assert_eq!(value, "$SECURITY_GROUP_ID"),
        ("timestamp", _) => assert!(value.starts_with('$'), "{shown}"),
        ("string", _) => {}
        _ => panic!("{shown}: the test does not know how to read a {kind}"),
    }
}

/// Commands stand in sentences too, for what is done only sometimes: they are whole as well.
#[test]
fn commands_in_sentences_are_those_of_the_cli() {
    let data = data("botocore.json");
    let mut found = 0;
    for (spec, runbook) in runbooks() {
        for text in super::documents::texts(runbook) {
            let written = |text: &str| -> Vec<String> {
                text.split('`').skip(1).step_by(2).filter(|code| code.starts_with("aws ")).map(str::to_owned).collect()
            };
            let commands = written(&text.en);
            assert_eq!(commands, written(&text.ja), "{spec}: the languages differ in what is typed");
            for command in commands {
                found += 1;
                let mut words = command.split(' ').skip(1);
                let (service, operation) = (words.next().unwrap(), words.next().unwrap());
                let model = &data["commands"][service][operation];
                let mut given = BTreeSet::new();
                let mut words = words.peekable();
                while let Some(option) = words.next() {
                    let kind =
                        [&model["options"], &data["global"]].into_iter().find_map(|known| known[option].as_str());
                    let kind = kind.unwrap_or_else(|| panic!("{spec}: {command}: no option {option}"));
                    let value = words.next_if(|word| !word.starts_with("--"));
                    assert_eq!(kind == "flag", value.is_none(), "{spec}: {command}: {option} takes {kind}");
                    if let Some(value) = value {
                        value_fits(&data, kind, (service, option), value);
                    }
                    given.insert(option);
                }
                assert!(given.contains("--region"), "{spec}: {command}");
                for required in model["required"].as_array().unwrap() {
                    assert!(given.contains(required.as_str().unwrap()), "{spec}: {command}: {required} is missing");
                }
            }
        }
    }
    assert!(found > 30, "{found}");
}

/// A recovery point's metadata need not have the engine's version; a snapshot always says its own.
#[test]
fn engine_and_version_are_read_from_the_snapshot() {
    for (spec, runbook) in runbooks() {
        for line in steps(runbook).flat_map(Step::typed) {
            let Line::Capture { variable, commands } = line else { continue };
            let command = &commands[0];
            let field = match &**variable {
                "ENGINE" if command.operation == "describe-db-clusters" => continue,
                "ENGINE" => "Engine",
                "ENGINE_VERSION" => "EngineVersion",
                _ => continue,
            };
            let list = match command.operation {
                "describe-db-cluster-snapshots" => "DBClusterSnapshots[0]",
                "describe-db-snapshots" => "DBSnapshots[0]",
                other => panic!("{spec}: {other}"),
            };
            let read = command.query.as_ref().map(|(query, _)| query.expression());
            assert_eq!(read, Some(format!("{list}.{field}")), "{spec}");
        }
    }
}

/// The way back begins with a backup at the destination: what that takes is looked at before the day, in every region
/// with copies.
#[test]
fn what_the_way_back_takes_is_checked_before_the_day() {
    let mut found = 0;
    for (spec, runbook) in runbooks() {
        let of = |id: &str| -> Vec<&Command> {
            let phases = runbook.phases.iter().filter(|phase| phase.id == id);
            phases
                .flat_map(|phase| &phase.sections)
                .flat_map(|section| &section.steps)
                .flat_map(Step::commands)
                .collect()
        };
        if of("return").iter().any(|command| command.operation == "start-backup-job") {
            found += 1;
            let before = of("before");
            let checked = |operation: &str| before.iter().filter(|command| command.operation == operation).count();
            assert!(checked("describe-region-settings") >= 2 && checked("get-role") >= 2, "{spec}");
        }
    }
    assert!(found > 5, "{found}");
}

/// A wait ends with an error in these states, so it must not begin in one: a cluster that is renamed
/// is `renaming`.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html>.
#[test]
fn waits_end_as_the_runbook_says() {
    let data = data("botocore.json");
    let rds = &data["commands"]["rds"];
    for wait in [
        "wait db-cluster-available",
        "wait db-cluster-deleted",
        "wait db-instance-available",
        "wait db-instance-deleted",
    ] {
        assert_eq!((rds[wait]["delay"].as_u64(), rds[wait]["attempts"].as_u64()), (Some(30), Some(60)), "{wait}");
    }
    let states = &rds["wait db-cluster-deleted"]["states"];
    assert!(states["success"].as_array().unwrap().iter().any(|end| end == "DBClusterNotFoundFault"));
    assert!(!states["failure"].as_array().unwrap().iter().any(|end| end == "renaming"));
}

/// The role alone deletes recovery points, when they expire; nobody is asked to be able to.
#[test]
fn no_command_deletes_a_recovery_point() {
    for (spec, command) in commands() {
        assert!(!command.operation.contains("recovery-point") || !command.operation.starts_with("delete"), "{spec}");
    }
}

/// Every value that a query reads, as a path from the answer's root; `[]` is any member of a list.
fn paths(query: &Query) -> Vec<String> {
    let within = |list: &str, field: &str| format!("{list}[].{field}");
    match query {
        Query::Value(path) => vec![path.replace("[0]", "[]")],
        Query::Values(paths) => paths.iter().map(|path| path.replace("[0]", "[]")).collect(),
        Query::State(state, said) => [state, said].into_iter().map(|path| (*path).to_owned()).collect(),
        Query::Newest { list, which, by, field } => {
            [which.0, by, field].into_iter().map(|field| within(list, field)).collect()
        }
        Query::StateOf { list, which, state } => vec![within(list, which.0), within(list, state)],
        Query::Count { list, which } => vec![within(list, which.0)],
        Query::Rows { list, newest, fields } => {
            newest.iter().map(|(by, _)| by).chain(fields.iter()).map(|field| within(list, field)).collect()
        }
    }
}

#[test]
fn every_query_reads_what_the_command_answers() {
    let data = data("botocore.json");
    for (spec, command) in commands() {
        let Some((query, _)) = &command.query else { continue };
        let output = data["commands"][command.service][command.subcommand()]["output"].as_array().unwrap();
        for path in paths(query) {
            let known = output
                .iter()
                .filter_map(Value::as_str)
                .any(|known| known == path || known.strip_suffix('*').is_some_and(|prefix| path.starts_with(prefix)));
            assert!(known, "{spec}: aws {} {} answers no {path}", command.service, command.operation);
        }
    }
}

#[test]
fn states_are_those_of_the_model() {
    let data = data("botocore.json");
    let shapes = &data["services"]["backup"]["shapes"];
    for (_, runbook) in runbooks() {
        for line in steps(runbook).flat_map(Step::typed) {
            let Line::Poll { command, failed, wanted } = line else { continue };
            let shape = match command.operation {
                "describe-restore-job" => "RestoreJobStatus",
                "describe-copy-job" => "CopyJobState",
                "describe-backup-job" => "BackupJobState",
                _ => continue,
            };
            let known = shapes[shape]["enum"].as_array().unwrap();
            for state in failed.iter().chain([wanted]) {
                assert!(known.iter().any(|known| known == state), "{shape} has no {state}");
            }
        }
    }
}

#[test]
fn the_permissions_are_those_of_the_operations() {
    let botocore = data("botocore.json");
    let authorization = data("service-authorization.json");
    for (spec, command) in commands() {
        let actions = command.actions();
        let operation = &botocore["commands"][command.service][command.subcommand()]["operation"];
        assert_eq!(actions[0], format!("{}:{}", command.service, operation.as_str().unwrap()), "{spec}");
        for action in &actions {
            let (service, name) = action.split_once(':').unwrap();
            let Some(known) = authorization.get("services").unwrap_or(&authorization).get(service) else { continue };
            assert!(known["actions"].get(name).is_some(), "{spec}: IAM has no {action}");
        }
    }
}
