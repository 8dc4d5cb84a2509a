//! Emitted templates read back, with the values that intrinsic functions would give.

use drc::Compiled;
use drc::lower::StackParameter;
use serde_json::{Map, Value};

/// The account that everything is in.
pub(crate) const ACCOUNT: &str = "111122223333";

/// The id of every multi-Region key.
pub(crate) const KEY_ID: &str = "mrk-1234abcd12ab34cd56ef1234567890ab";

/// A template as text and as deployed.
pub(crate) struct Template {
    pub(crate) path: String,
    pub(crate) region: String,
    /// As emitted.
    pub(crate) emitted: Value,
    /// With intrinsic functions evaluated.
    pub(crate) deployed: Value,
}

/// Every template of a build, read from its bytes.
pub(crate) fn templates(compiled: &Compiled) -> datatest_stable::Result<Vec<Template>> {
    let mut templates = Vec::new();
    for (stack, file) in compiled.stacks.iter().zip(&compiled.files) {
        let emitted: Value =
            if std::path::Path::new(&file.path).extension().is_some_and(|extension| extension == "json") {
                serde_json::from_slice(&file.bytes)?
            } else {
                serde_yaml::from_slice(&file.bytes)?
            };
        let evaluate = Evaluate {
            partition: stack.location.region.partition.id(),
            region: stack.location.region.code,
            parameters: &stack.parameters,
            template: &emitted,
            resources: emitted.get("Resources").and_then(Value::as_object).cloned().unwrap_or_default(),
        };
        let deployed = evaluate.value(&emitted)?;
        templates.push(Template {
            path: file.path.clone(),
            region: stack.location.region.code.to_owned(),
            emitted,
            deployed,
        });
    }
    Ok(templates)
}

/// CloudFormation, as far as the templates need it.
struct Evaluate<'a> {
    partition: &'a str,
    region: &'a str,
    parameters: &'a [StackParameter],
    template: &'a Value,
    resources: Map<String, Value>,
}

impl Evaluate<'_> {
    fn value(&self, value: &Value) -> datatest_stable::Result<Value> {
        Ok(match value {
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?),
            Value::Object(entries) => {
                let only = entries.iter().next().filter(|_| entries.len() == 1);
                match only {
                    Some((name, argument)) if name == "Ref" => self.reference(argument)?.into(),
                    Some((name, argument)) if name == "Fn::GetAtt" => self.attribute(argument)?.into(),
                    Some((name, argument)) if name == "Fn::Sub" => self.substituted(argument)?.into(),
                    Some((name, argument)) if name == "Fn::ImportValue" => self.imported(argument)?.into(),
                    Some((name, argument)) if name == "Fn::GetStackOutput" => self.output(argument)?.into(),
                    Some((name, argument)) if name == "Fn::If" => self.branch(argument)?,
                    Some((name, sides)) if name == "Fn::Equals" => {
                        (self.value(&sides[0])? == self.value(&sides[1])?).into()
                    }
                    Some((name, inner)) if name == "Fn::Not" => {
                        self.value(&inner[0])?.as_bool().map(|holds| !holds).into()
                    }
                    Some((name, _)) if name.starts_with("Fn::") => return Err(format!("what is {name}?").into()),
                    _ => {
                        let entries = entries.iter().map(|(name, entry)| Ok((name.clone(), self.value(entry)?)));
                        Value::Object(entries.collect::<datatest_stable::Result<_>>()?)
                    }
                }
            }
            other => other.clone(),
        })
    }

    fn key_arn(&self, region: &str) -> String {
        format!("arn:{}:kms:{region}:{ACCOUNT}:key/{KEY_ID}", self.partition)
    }

    fn resource(&self, id: &str) -> datatest_stable::Result<(&str, String)> {
        let resource = self.resources.get(id).ok_or_else(|| format!("no resource {id}"))?;
        let kind = resource.get("Type").and_then(Value::as_str).unwrap_or_default();
        let name = ["BackupVaultName", "RoleName", "ManagedPolicyName"]
            .iter()
            .find_map(|name| resource.get("Properties")?.get(name)?.as_str());
        Ok((kind, name.unwrap_or_default().to_owned()))
    }

    fn reference(&self, argument: &Value) -> datatest_stable::Result<String> {
        let id = argument.as_str().unwrap_or_default();
        if let Some(default) = self.template["Parameters"][id]["Default"].as_str() {
            return Ok(default.to_owned());
        }
        let (kind, name) = self.resource(id)?;
        Ok(match kind {
            "AWS::KMS::Key" | "AWS::KMS::ReplicaKey" => KEY_ID.to_owned(),
            "AWS::Backup::BackupVault" | "AWS::IAM::Role" => name,
            "AWS::Backup::BackupPlan" => "1234abcd-12ab-34cd-56ef-1234567890ab".to_owned(),
            "AWS::IAM::ManagedPolicy" => format!("arn:{}:iam::{ACCOUNT}:policy/{name}", self.partition),
            other => return Err(format!("what does Ref give of {other}?").into()),
        })
    }

    fn attribute(&self, argument: &Value) -> datatest_stable::Result<String> {
        let text = |index: usize| argument.get(index).and_then(Value::as_str).unwrap_or_default();
        let (kind, name) = self.resource(text(0))?;
        Ok(match (kind, text(1)) {
            ("AWS::KMS::Key" | "AWS::KMS::ReplicaKey", "Arn") => self.key_arn(self.region),
            ("AWS::KMS::Key" | "AWS::KMS::ReplicaKey", "KeyId") => KEY_ID.to_owned(),
            ("AWS::IAM::Role", "Arn") => format!("arn:{}:iam::{ACCOUNT}:role/{name}", self.partition),
            other => return Err(format!("what does GetAtt give of {other:?}?").into()),
        })
    }

    fn substituted(&self, argument: &Value) -> datatest_stable::Result<String> {
        let text = argument.as_str().or_else(|| argument.get(0)?.as_str()).unwrap_or_default();
        let mut text = text.replace("${AWS::Partition}", self.partition).replace("${AWS::AccountId}", ACCOUNT);
        for (name, value) in argument.get(1).and_then(Value::as_object).into_iter().flatten() {
            let value = self.value(value)?;
            text = text.replace(&format!("${{{name}}}"), value.as_str().unwrap_or_default());
        }
        if text.contains("${") { Err(format!("what is in {text}?").into()) } else { Ok(text) }
    }

    /// The branch that is taken where nothing is passed.
    fn branch(&self, argument: &Value) -> datatest_stable::Result<Value> {
        let condition = &self.template["Conditions"][argument[0].as_str().unwrap_or_default()];
        let holds = self.value(condition)?.as_bool().ok_or("a branch depends on a condition")?;
        self.value(&argument[if holds { 1 } else { 2 }])
    }

    /// An output of another stack, which must be the one that the manifest names.
    fn output(&self, argument: &Value) -> datatest_stable::Result<String> {
        let text = |name: &str| argument[name].as_str().unwrap_or_default();
        let named = |parameter: &&StackParameter| {
            (parameter.stack.name.as_str(), parameter.stack.location.region.code) == (text("StackName"), text("Region"))
                && parameter.output.to_string() == text("OutputName")
        };
        let known = self.parameters.iter().find(named).ok_or_else(|| format!("{argument} is not in the manifest"))?;
        Ok(self.key_arn(known.stack.location.region.code))
    }

    fn imported(&self, argument: &Value) -> datatest_stable::Result<String> {
        match argument.as_str() {
            Some(export) if export.ends_with(":id") => Ok(KEY_ID.to_owned()),
            Some(_) => Ok(self.key_arn(self.region)),
            None => Err("an export is named by a text".into()),
        }
    }
}
