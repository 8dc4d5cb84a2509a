//! The emitted templates as they would be deployed: intrinsic functions give the values that
//! CloudFormation would, ids that AWS makes are made up.
//!
//! What is where is looked up in the stacks; what it says is read from the emitted text alone.

mod elsewhere;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use memchr::memchr;
use rayon::prelude::*;
use serde_json_borrow::Value;
use sha2::{Digest as _, Sha256};

use super::administrators::Administrators;
use super::template::Emitted;
use crate::aws::name::hex;
use crate::aws::region::Region;
use crate::cfn::backup::BackupVault;
use crate::cfn::{self, LogicalId, Properties};
use crate::emit::OutputFile;
use crate::lower::Stack;
use crate::spec::Spec;

/// Why a template cannot be proved: something in it does not resolve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved(pub String);

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unresolved {}

/// Fewer templates than these are looked through before another core has begun.
const MANY: usize = 64;

/// A resource of a stack, or an output: which stack, which entry.
pub(super) type Location = (usize, usize);

/// Every stack of a build with its emitted template.
#[derive(Debug)]
pub(super) struct Deployment<'a> {
    account: &'a str,
    pub(super) administrators: Administrators<'a>,
    stacks: &'a [Stack],
    emitted: Vec<Emitted<'a>>,
    by_name: HashMap<(&'static str, &'a str), usize>,
    exports: HashMap<(&'static str, &'a str), Location>,
    roles: HashMap<&'a str, Location>,
    /// The policies of each role, by the role's name.
    policies: HashMap<(usize, &'a str), Vec<usize>>,
    vaults: HashMap<(&'static str, &'a str), Location>,
    plans: HashMap<(&'static str, &'a str), usize>,
    /// Each key with its id, in order.
    key_ids: Vec<(Location, OnceLock<String>)>,
}

impl<'a> Deployment<'a> {
    /// Indexes the stacks; the templates are the first of the files, in the order of the stacks.
    pub(super) fn new(account: &'a str, spec: &'a Spec, stacks: &'a [Stack], files: &'a [OutputFile]) -> Self {
        let templates = files.get(..stacks.len()).unwrap_or(files);
        let emitted = if stacks.len() < MANY {
            templates.iter().map(Emitted::of).collect()
        } else {
            templates.par_iter().map(Emitted::of).collect()
        };
        let mut deployment = Self {
            account,
            administrators: Administrators::new(spec),
            stacks,
            emitted,
            by_name: stacks
                .iter()
                .enumerate()
                .map(|(index, stack)| ((stack.region.code, &*stack.name), index))
                .collect(),
            exports: HashMap::with_capacity(stacks.len()),
            roles: HashMap::with_capacity(stacks.len()),
            policies: HashMap::with_capacity(stacks.len()),
            vaults: HashMap::with_capacity(stacks.len()),
            plans: HashMap::with_capacity(stacks.len()),
            key_ids: Vec::new(),
        };
        for (index, stack) in stacks.iter().enumerate() {
            deployment.index(index, stack);
        }
        deployment
    }

    fn index(&mut self, index: usize, stack: &'a Stack) {
        let code = stack.region.code;
        for (at, output) in stack.template.outputs.iter().enumerate() {
            self.exports.insert((code, &output.export), (index, at));
        }
        for (at, resource) in stack.template.resources.iter().enumerate() {
            match &resource.properties {
                Properties::Role(role) => {
                    self.roles.insert(&role.role_name, (index, at));
                    let ids = role.managed_policy_arns.iter();
                    let found =
                        ids.filter_map(|arn| stack.template.resources.iter().position(|other| is(arn, &other.id)));
                    self.policies.entry((index, &role.role_name)).or_default().extend(found);
                }
                Properties::RolePolicy(policy) => {
                    self.policies.entry((index, &policy.role_name)).or_default().push(at);
                }
                Properties::Vault(vault) => {
                    self.vaults.insert((code, &vault.backup_vault_name), (index, at));
                }
                Properties::Plan(plan) => {
                    self.plans.insert((code, &plan.backup_plan.backup_plan_name), index);
                }
                Properties::Key(_) => {
                    self.key_ids.push(((index, at), OnceLock::new()));
                }
                Properties::ReplicaKey(_)
                | Properties::Alias(_)
                | Properties::Selection(_)
                | Properties::ManagedPolicy(_) => {}
            }
        }
    }

    /// The account that is deployed to.
    pub(super) fn account(&self) -> &'a str {
        self.account
    }

    /// A role by its name.
    pub(super) fn role(&self, name: &str) -> Result<Location, Unresolved> {
        self.roles.get(name).copied().ok_or_else(|| Unresolved(format!("no stack makes the role {name}")))
    }

    /// A vault by its region and name.
    pub(super) fn vault(&self, region: &Region, name: &str) -> Result<Location, Unresolved> {
        let found = self.vaults.get(&(region.code, name)).copied();
        found.ok_or_else(|| Unresolved(format!("no stack makes the vault {name} in {}", region.code)))
    }

    /// The stack of a plan, by its region and name.
    pub(super) fn plan(&self, region: &Region, name: &str) -> Result<usize, Unresolved> {
        let found = self.plans.get(&(region.code, name)).copied();
        found.ok_or_else(|| Unresolved(format!("no stack makes the plan {name} in {}", region.code)))
    }

    /// The policies of a role.
    pub(super) fn policies(&self, (stack, at): Location) -> impl Iterator<Item = Location> {
        let resource = self.stacks.get(stack).and_then(|stack| stack.template.resources.get(at));
        let role = resource.map(|resource| &resource.properties);
        let name = if let Some(Properties::Role(role)) = role { Some(role.role_name.as_str()) } else { None };
        let found = name.and_then(|name| self.policies.get(&(stack, name)));
        found.into_iter().flatten().map(move |policy| (stack, *policy))
    }

    /// A policy's logical id and its name.
    pub(super) fn policy_names(&self, (stack, at): Location) -> Option<(String, &'a str)> {
        let resource = self.stacks.get(stack)?.template.resources.get(at)?;
        let name = match &resource.properties {
            Properties::RolePolicy(policy) => &policy.policy_name,
            Properties::ManagedPolicy(policy) => &policy.managed_policy_name,
            Properties::Key(_)
            | Properties::ReplicaKey(_)
            | Properties::Alias(_)
            | Properties::Vault(_)
            | Properties::Plan(_)
            | Properties::Selection(_)
            | Properties::Role(_) => return None,
        };
        Some((resource.id.to_string(), name))
    }

    /// A resource as it is written.
    pub(super) fn text(&self, (stack, at): Location) -> &'a str {
        self.emitted.get(stack).map_or("", |emitted| emitted.resource_text(at))
    }

    /// A resource's type and properties.
    pub(super) fn resource(&self, (stack, at): Location) -> Result<(&str, &Value<'_>), Unresolved> {
        let missing = || Unresolved("a template is missing".to_owned());
        let entry = self.emitted.get(stack).ok_or_else(missing)?.resource(at)?;
        Ok((entry.get("Type").as_str().unwrap_or_default(), entry.get("Properties")))
    }

    /// The key that a value names, where a stack makes it.
    pub(super) fn key(&self, stack: usize, value: &Value<'_>) -> Result<Option<Location>, Unresolved> {
        match function(value) {
            Some(("Fn::ImportValue", name)) => {
                let (exporting, value) = self.export(stack, &self.resolve(stack, name)?)?;
                self.key(exporting, value)
            }
            Some(("Fn::GetAtt", argument)) => self.named(stack, &attribute(argument).0).map(Some),
            _ => Ok(None),
        }
    }

    /// Everything that decides which key a vault has and who may use it: the vault, and where drc
    /// makes the key, its output and the key itself.
    pub(super) fn vault_texts(&self, vault: Location) -> Vec<&'a str> {
        let mut texts = vec![self.text(vault)];
        let resource = |(stack, at): Location| self.stacks.get(stack)?.template.resources.get(at);
        if let Some(Properties::Vault(BackupVault { encryption_key_arn: cfn::Value::Import(export), .. })) =
            resource(vault).map(|vault| &vault.properties)
            && let Some(region) = self.stacks.get(vault.0).map(|stack| stack.region.code)
            && let Some((stack, at)) = self.exports.get(&(region, export.as_str()))
        {
            texts.extend(self.emitted.get(*stack).map(|emitted| emitted.output_text(*at)));
            let outputs = self.stacks.get(*stack).map(|stack| &stack.template.outputs);
            if let Some(cfn::Value::Attribute(id, _)) =
                outputs.and_then(|outputs| outputs.get(*at)).map(|output| &output.value)
                && let Ok(key) = self.named(*stack, &id.to_string())
            {
                texts.push(self.text(key));
                texts.extend(self.condition_text(key));
            }
        }
        texts
    }

    /// The condition that says where a replica takes the ARN of its primary key from.
    fn condition_text(&self, (stack, at): Location) -> Option<&'a str> {
        let template = &self.stacks.get(stack)?.template;
        let Properties::ReplicaKey(key) = &template.resources.get(at)?.properties else { return None };
        let cfn::Value::GivenOr { parameter, .. } = &key.primary_key_arn else { return None };
        let index = template.parameters.iter().position(|known| known.name == *parameter)?;
        Some(self.emitted.get(stack)?.condition_text(index))
    }

    /// The name of a key's alias.
    pub(super) fn alias(&self, (stack, at): Location) -> Option<&'a str> {
        let resources = &self.stacks.get(stack)?.template.resources;
        let key = &resources.get(at)?.id;
        resources.iter().find_map(|resource| {
            let Properties::Alias(alias) = &resource.properties else { return None };
            is(&alias.target_key_id, key).then_some(alias.alias_name.as_str())
        })
    }

    /// What a value is once it is deployed.
    pub(super) fn resolve(&self, stack: usize, value: &Value<'_>) -> Result<String, Unresolved> {
        if let Some(text) = value.as_str() {
            return Ok(text.to_owned());
        }
        match function(value) {
            Some(("Ref", name)) => self.reference(stack, name.as_str().unwrap_or_default()).map(Cow::into_owned),
            Some(("Fn::GetAtt", argument)) => {
                let (id, name) = attribute(argument);
                let location = self.named(stack, &id)?;
                self.attribute(location, Some(&name))
            }
            Some(("Fn::Sub", Value::Array(parts))) => {
                let text = parts.first().and_then(Value::as_str).unwrap_or_default();
                self.substitute(stack, text, parts.get(1).unwrap_or(&Value::Null))
            }
            Some(("Fn::Sub", text)) => self.substitute(stack, text.as_str().unwrap_or_default(), &Value::Null),
            Some(("Fn::ImportValue", name)) => {
                let (exporting, value) = self.export(stack, &self.resolve(stack, name)?)?;
                self.resolve(exporting, value)
            }
            Some(("Fn::GetStackOutput", from)) => {
                let (from, value) = self.stack_output(from)?;
                self.resolve(from, value)
            }
            Some(("Fn::If", branches)) => {
                let condition = self.condition(stack, branches.get(0).as_str().unwrap_or_default())?;
                self.resolve(stack, branches.get(if self.holds(stack, condition)? { 1 } else { 2 }))
            }
            _ => Err(Unresolved(format!("`{value}` is neither a text nor a function that drc writes"))),
        }
    }

    fn export(&self, stack: usize, name: &str) -> Result<(usize, &Value<'_>), Unresolved> {
        let missing = || Unresolved(format!("nothing is exported as {name}"));
        let region = self.stacks.get(stack).map_or("", |stack| stack.region.code);
        let (exporting, at) = *self.exports.get(&(region, name)).ok_or_else(missing)?;
        let output = self.emitted.get(exporting).ok_or_else(missing)?.output(at)?;
        if self.resolve(exporting, output.get("Export").get("Name"))? != name {
            return Err(missing());
        }
        Ok((exporting, output.get("Value")))
    }

    fn reference(&self, stack: usize, name: &str) -> Result<Cow<'_, str>, Unresolved> {
        let Some(here) = self.stacks.get(stack) else { return Err(Unresolved("a stack is missing".to_owned())) };
        match name {
            "AWS::AccountId" => return Ok(self.account.into()),
            "AWS::Partition" => return Ok(here.region.partition.id().into()),
            "AWS::Region" => return Ok(here.region.code.into()),
            "AWS::StackName" => return Ok((&*here.name).into()),
            _ => {}
        }
        // Every parameter is empty by default, and nothing is passed.
        if here.parameters.iter().any(|parameter| parameter.name.to_string() == name) {
            return Ok("".into());
        }
        self.attribute(self.named(stack, name)?, None).map(Cow::Owned)
    }

    fn named(&self, stack: usize, id: &str) -> Result<Location, Unresolved> {
        let resources = self.stacks.get(stack).map_or(&[][..], |stack| &stack.template.resources);
        let at = resources.iter().position(|resource| resource.id.to_string() == id);
        at.map(|at| (stack, at)).ok_or_else(|| Unresolved(format!("there is no resource {id}")))
    }

    /// An attribute of a resource, or what `Ref` gives.
    fn attribute(&self, location: Location, name: Option<&str>) -> Result<String, Unresolved> {
        let (kind, properties) = self.resource(location)?;
        let Some(stack) = self.stacks.get(location.0) else { return Err(Unresolved("a stack is missing".to_owned())) };
        let arn = |service: &str, region: &str, kind: &str, name: &str| {
            ["arn:", stack.region.partition.id(), ":", service, ":", region, ":", self.account, ":", kind, "/", name]
                .concat()
        };
        let property = |key: &str| self.resolve(location.0, properties.get(key));
        let code = stack.region.code;
        match (kind, name) {
            ("AWS::KMS::Key" | "AWS::KMS::ReplicaKey", name) => {
                let primary = properties.get("PrimaryKeyArn");
                let id = if primary.is_null() {
                    self.key_id(stack, location, properties.get("MultiRegion").as_bool() == Some(true))
                } else {
                    self.resolve(location.0, primary)?.rsplit('/').next().unwrap_or_default().to_owned()
                };
                Ok(if name.is_some() { arn("kms", code, "key", &id) } else { id })
            }
            ("AWS::IAM::Role", None) => property("RoleName"),
            ("AWS::IAM::Role", Some("Arn")) => Ok(arn("iam", "", "role", &property("RoleName")?)),
            ("AWS::IAM::ManagedPolicy", None) => Ok(arn("iam", "", "policy", &property("ManagedPolicyName")?)),
            ("AWS::Backup::BackupVault", None) => property("BackupVaultName"),
            (kind, name) => Err(Unresolved(format!("{} of {kind} is not known", name.unwrap_or("Ref")))),
        }
    }

    /// An id as KMS makes them, always the same for the same key.
    fn key_id(&self, stack: &Stack, location: Location, multi_region: bool) -> String {
        let id = || {
            let reference = Some(stack.reference());
            let digits = hex(&Sha256::digest(format!("{reference:?} {}", location.1).as_bytes()));
            let digits: String = digits.chars().take(32).collect();
            if multi_region { format!("mrk-{digits}") } else { digits }
        };
        let known = self.key_ids.binary_search_by_key(&location, |(location, _)| *location);
        let known = known.ok().and_then(|at| self.key_ids.get(at));
        known.map_or_else(id, |(_, known)| known.get_or_init(id).clone())
    }

    /// A text with its variables replaced, by values of their own or as `Ref` would.
    pub(super) fn substitute(&self, stack: usize, text: &str, variables: &Value<'_>) -> Result<String, Unresolved> {
        let mut rest = text;
        // Regions and accounts are about as long as the variables that stand for them.
        let mut resolved = String::with_capacity(rest.len());
        while let Some((before, behind)) = split_at_byte(rest, b'$') {
            resolved.push_str(before);
            let inside = behind.strip_prefix('{').and_then(|inside| split_at_byte(inside, b'}'));
            let Some((name, after)) = inside else {
                resolved.push('$');
                rest = behind;
                continue;
            };
            let variable = variables.get(name);
            if variable.is_null() {
                resolved.push_str(&self.reference(stack, name)?);
            } else {
                resolved.push_str(&self.resolve(stack, variable)?);
            }
            rest = after;
        }
        resolved.push_str(rest);
        Ok(resolved)
    }
}

/// The text before and after a byte.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr(byte, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

fn is(value: &cfn::Value, id: &LogicalId) -> bool {
    matches!(value, cfn::Value::Ref(reference) if reference == id)
}

/// An intrinsic function with its argument.
fn function<'v>(value: &'v Value<'_>) -> Option<(&'v str, &'v Value<'v>)> {
    let mut entries = value.iter_object()?;
    entries.next().filter(|_| entries.next().is_none())
}

/// The argument of `Fn::GetAtt`, in either of its forms.
fn attribute(argument: &Value<'_>) -> (String, String) {
    let text = |index: usize| argument.get(index).as_str().unwrap_or_default().to_owned();
    match argument.as_str().and_then(|text| text.split_once('.')) {
        Some((id, name)) => (id.to_owned(), name.to_owned()),
        None => (text(0), text(1)),
    }
}
