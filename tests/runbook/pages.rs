//! The commands of the pages under `docs` are those of the CLI, and the names in them those of the build that
//! they speak of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::commands::data;

/// The build that the pages take for their example.
const BUILD: &str = "tests/build/mydb/out";

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every line of the pages that a shell is given: what stands in their `sh` fences.
fn lines() -> Vec<String> {
    let pages = std::fs::read_dir(root("docs")).unwrap().map(|page| page.unwrap().path());
    let texts = pages.map(|page| std::fs::read_to_string(page).unwrap());
    let scripts = texts.flat_map(|text| {
        let fences =
            text.split("\n```sh\n").skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default().to_owned());
        fences.collect::<Vec<_>>()
    });
    scripts.flat_map(|script| script.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The words of a line as a shell reads them, variables left as they are.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut quote, mut characters) = (None, line.chars());
    while let Some(character) = characters.next() {
        let word = words.last_mut().unwrap();
        match (quote, character) {
            (Some('"'), '\\') => word.extend(characters.next()),
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, ' ') => words.push(String::new()),
            _ => word.push(character),
        }
    }
    assert_eq!(quote, None, "{line}");
    words
}

struct Command {
    service: String,
    operation: String,
    options: Vec<(String, Option<String>)>,
}

impl Command {
    fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(option, _)| option == name)?.1.as_deref()
    }
}

/// The calls of the AWS CLI among the lines, those in `$(…)` included.
fn commands() -> Vec<Command> {
    let calls = lines().into_iter().filter_map(|line| {
        let inner = line.split_once("=$(").and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(&line);
        inner.starts_with("aws ").then(|| inner.to_owned())
    });
    let commands: Vec<Command> = calls
        .map(|call| {
            let mut words = words(&call).into_iter().skip(1).peekable();
            let service = words.next().unwrap();
            let mut operation = words.next().unwrap();
            if operation == "wait" {
                operation = format!("wait {}", words.next().unwrap());
            }
            let mut options = Vec::new();
            while let Some(option) = words.next() {
                options.push((option, words.next_if(|word| !word.starts_with("--"))));
            }
            Command { service, operation, options }
        })
        .collect();
    assert!(commands.len() > 30, "{}", commands.len());
    commands
}

#[test]
fn every_command_of_a_page_is_one_of_the_cli() {
    let data = data("botocore.json");
    for command in commands() {
        let model = &data["commands"][&command.service][&command.operation];
        let shown = format!("aws {} {}", command.service, command.operation);
        assert!(model.is_object(), "{shown}: no such command");
        let given: BTreeSet<&str> = command.options.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(given.len(), command.options.len(), "{shown}: an option twice");
        // IAM is one for all regions.
        assert_eq!(given.contains("--region"), command.service != "iam", "{shown}");
        for (name, value) in &command.options {
            let kind = [&model["options"], &data["global"]].into_iter().find_map(|known| known[name].as_str());
            let kind = kind.unwrap_or_else(|| panic!("{shown}: no option {name}"));
            assert_eq!(kind == "flag", value.is_none(), "{shown}: {name} takes {kind}");
        }
        for required in model["required"].as_array().unwrap() {
            assert!(given.contains(required.as_str().unwrap()), "{shown}: {required} is missing");
        }
        if let Some(query) = command.option("--query") {
            let printed = model["output"].as_array().unwrap().iter().filter_map(Value::as_str);
            let fields: Vec<String> = match query.split_once(".[") {
                Some((of, fields)) => {
                    fields.trim_end_matches(']').split(',').map(|field| format!("{of}.{field}")).collect()
                }
                None => vec![query.to_owned()],
            };
            let printed: Vec<&str> = printed.collect();
            assert!(fields.iter().all(|field| printed.contains(&field.as_str())), "{shown}: does not print {query}");
        }
    }
}

/// A template of the build, by the name of its stack.
fn template(region: &str, stack: &str) -> Value {
    let text = std::fs::read_to_string(root(BUILD).join(region).join(format!("{stack}.yml")))
        .unwrap_or_else(|_| panic!("the build has no stack {stack} in {region}"));
    serde_yaml::from_str(&text).unwrap()
}

#[test]
fn names_are_those_of_the_build() {
    let mut imported = 0;
    for command in commands().iter().filter(|command| command.service == "cloudformation") {
        let (region, stack) = (command.option("--region").unwrap(), command.option("--stack-name").unwrap());
        let template = template(region, stack);
        let path = format!("out/{region}/{stack}.yml");
        let body = command.option("--template-body").or(command.option("--template-file"));
        assert!(body.is_none_or(|body| body == "file://import.yml" || body.ends_with(&path)), "{body:?}");
        let makes_roles = template["Resources"]
            .as_object()
            .unwrap()
            .values()
            .any(|resource| resource["Type"].as_str().unwrap().starts_with("AWS::IAM::"));
        if command.operation == "create-change-set" {
            assert_eq!(command.option("--capabilities").is_some(), makes_roles, "{stack}");
            // Outputs and nothing else stand behind the resources, so that sed can leave them out.
            assert!(
                template
                    .as_object()
                    .unwrap()
                    .keys()
                    .next_back()
                    .is_some_and(|key| key == "Outputs" || key == "Resources")
            );
        }
        let parameters: Vec<&String> =
            template["Parameters"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
        let given = command
            .option("--parameters")
            .or(command.option("--parameter-overrides"))
            .map(|given| given.trim_start_matches("ParameterKey=").split([',', '=']).next().unwrap().to_owned());
        assert!(given.as_ref().is_none_or(|given| parameters.contains(&given)), "{given:?}");
        if let Some(resources) = command.option("--resources-to-import") {
            let resources: Vec<Value> = serde_json::from_str(resources).unwrap();
            // A stack that is made by an import takes all of its resources, and nothing else.
            assert_eq!(resources.len(), template["Resources"].as_object().unwrap().len(), "{stack}");
            for resource in &resources {
                imported += 1;
                let kind = resource["ResourceType"].as_str().unwrap();
                let made = &template["Resources"][resource["LogicalResourceId"].as_str().unwrap()];
                assert_eq!(made["Type"], kind, "{resource}");
                assert_eq!(made["DeletionPolicy"], "RetainExceptOnCreate", "{resource}");
                for (name, value) in resource["ResourceIdentifier"].as_object().unwrap() {
                    let schema = data(&format!("cloudformation/{}.json", kind.replace("::", "-")));
                    assert_eq!(schema["primaryIdentifier"], serde_json::json!([format!("/properties/{name}")]));
                    assert!(made["Properties"][name] == *value || value == "$KEY_ID", "{resource}");
                }
            }
        }
        if command.options.iter().any(|(name, _)| name == "--import-existing-resources") {
            imported += by_name(&template);
        }
    }
    assert!(imported >= 7, "{imported}");
}

/// How many resources of a template CloudFormation finds by itself: those that outlive their stacks have their
/// whole identifier in the template, as texts.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html>.
fn by_name(template: &Value) -> usize {
    let kept =
        template["Resources"].as_object().unwrap().values().filter(|resource| resource.get("DeletionPolicy").is_some());
    kept.map(|resource| {
        let kind = resource["Type"].as_str().unwrap();
        let schema = data(&format!("cloudformation/{}.json", kind.replace("::", "-")));
        for path in schema["primaryIdentifier"].as_array().unwrap() {
            let name = path.as_str().unwrap().trim_start_matches("/properties/");
            assert!(resource["Properties"][name].is_string(), "{kind}: {name} is no text");
        }
        assert!(schema["handlers"]["read"].is_object(), "{kind} cannot be imported");
    })
    .count()
}

/// The policy that an earlier build left beside the new one has the name that the page gives it.
#[test]
fn roles_are_those_of_the_build() {
    let template = template("ap-northeast-1", "mydb-source-backup");
    let role =
        template["Resources"].as_object().unwrap().values().find(|made| made["Type"] == "AWS::IAM::Role").unwrap();
    for command in commands().iter().filter(|command| command.service == "iam") {
        assert_eq!(role["Properties"]["RoleName"], command.option("--role-name").unwrap());
        let policies = data("managed-policies.json")["policies"].as_object().unwrap().clone();
        if let Some(arn) = command.option("--policy-arn") {
            assert!(policies.contains_key(arn.rsplit('/').next().unwrap()), "{arn}");
        }
    }
}
