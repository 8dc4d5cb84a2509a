//! No flag, parameter, answer or permission is invented.

use std::collections::BTreeSet;

use drc::runbook::command::Command;
use serde_json::Value;

use super::{runbooks, steps};

fn data(name: &str) -> Value {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every command of every runbook, with the spec that it is from.
fn commands() -> Vec<(String, Command)> {
    let mut commands = Vec::new();
    for (name, runbook) in runbooks() {
        let lines = steps(runbook).flat_map(|step| &step.lines);
        commands.extend(lines.filter_map(|line| line.command().cloned()).map(|command| (name.clone(), command)));
    }
    assert!(commands.len() > 300);
    commands
}

#[test]
fn every_command_is_one_of_the_cli() {
    let data = data("botocore.json");
    for (spec, command) in commands() {
        let model = &data["commands"][command.service][command.operation];
        let shown = format!("{spec}: aws {} {}", command.service, command.operation);
        assert!(model.is_object(), "{shown}: no such command");
        let given: BTreeSet<&str> = command.options.iter().map(|option| option.name).collect();
        assert_eq!(given.len(), command.options.len(), "{shown}: an option twice");
        for option in &command.options {
            let kind = [&model["options"], &data["global"]].into_iter().find_map(|known| known[option.name].as_str());
            let kind = kind.unwrap_or_else(|| panic!("{shown}: no option {}", option.name));
            assert_eq!(kind == "flag", option.value.is_none(), "{shown}: {} takes {kind}", option.name);
        }
        for required in model["required"].as_array().unwrap() {
            assert!(given.contains(required.as_str().unwrap()), "{shown}: {required} is missing");
        }
    }
}

#[test]
fn every_query_reads_what_the_command_answers() {
    let data = data("botocore.json");
    for (spec, command) in commands() {
        let Some((query, _)) = &command.query else { continue };
        let Some(output) = data["commands"][command.service][command.operation]["output"].as_array() else {
            // The data list no answers of EC2.
            assert_eq!(command.service, "ec2", "{spec}: {}", command.operation);
            continue;
        };
        for path in query.paths() {
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
        for line in steps(runbook).flat_map(|step| &step.lines) {
            let drc::runbook::command::Line::Poll { command, ended, wanted } = line else { continue };
            let shape = match command.operation {
                "describe-restore-job" => "RestoreJobStatus",
                "describe-copy-job" => "CopyJobState",
                "describe-backup-job" => "BackupJobState",
                _ => continue,
            };
            assert!(ended.contains(wanted));
            let known = shapes[shape]["enum"].as_array().unwrap();
            for state in *ended {
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
        let operation = &botocore["commands"][command.service][command.operation]["operation"];
        assert_eq!(actions[0], format!("{}:{}", command.service, operation.as_str().unwrap()), "{spec}");
        for action in &actions {
            let (service, name) = action.split_once(':').unwrap();
            let Some(known) = authorization.get("services").unwrap_or(&authorization).get(service) else { continue };
            assert!(known["actions"].get(name).is_some(), "{spec}: IAM has no {action}");
        }
    }
}
