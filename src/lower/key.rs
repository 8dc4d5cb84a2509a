//! Multi-Region keys: primaries in the source regions, replicas in the destinations.

use super::arns::{Arns, key_arn_export, key_id_export};
use super::tags::Tags;
use super::{Held, Made};
use super::{clause, reason};
use crate::aws::arn::Principal;
use crate::aws::kms::ADMINISTRATION;
use crate::cfn::kms::{Alias, Key, ReplicaKey};
use crate::cfn::note::{Note, Path, notes};
use crate::cfn::{LogicalId, Output, Parameter, Properties, Reference, Resource, Value};
use crate::origin::Origin;
use crate::policy::{
    Action, Actions, Document, Effect, NamedPrincipals, PrincipalSet, Principals, Resources, Statement,
};
use crate::reason::Reason;
use crate::source::Spanned;
use crate::spec::placement::{self, Use};
use crate::spec::{Chosen, KeyName, KeyOptions, System};

/// The statement of a key's policy that is about its administrators.
pub(crate) const ADMINISTER_KEY: &str = "AdministerKey";

/// The keys of a system, by region and name.
pub(super) fn made<'a>(system: &'a System, arns: &Arns<'_>) -> Vec<Made<'a>> {
    system.made_keys().filter_map(|(name, key)| one(system, name, key, arns)).collect()
}

/// A key with its alias and what others need of it.
fn one<'a>(system: &System, name: &str, key: &placement::Key, arns: &Arns<'_>) -> Option<Made<'a>> {
    let mut made = Made::new(&Held::Key(key), key.location);
    let (options, uses) = (system.key_options(key), system.uses(&key.uses).collect::<Vec<_>>());
    let primary = key.replica_of.and_then(|id| system.key(id));
    let why = |used: &Use<'_>| if primary.is_some() { of_replica(used) } else { &reason::PRIMARY_KEY };
    let origins: Vec<Origin> = uses.iter().map(|used| origin(used, why(used))).collect();
    let first = origins.first()?;
    let tags = Tags::agreed(uses.iter().map(|used| used.statement));
    let mut notes = key_notes(name, options, first);
    let (key_policy, tag_list) = (key_policy(&options.admins, arns), tags.list());
    let properties = if let Some(of) = primary {
        let (primary_key_arn, reason) = primary_arn(of, name, first, &mut made);
        notes.push(Note::new(Path::new("Properties.PrimaryKeyArn"), first.because(reason)));
        let description = format!("Encrypts the copies of {} from {}", system.name.value, of.location.region.code);
        Properties::ReplicaKey(ReplicaKey { description, primary_key_arn, key_policy, tags: tag_list })
    } else {
        notes.push(Note::new(Path::new("Properties.MultiRegion"), first.because(&reason::MULTI_REGION)));
        notes.extend(rotation_notes(name, &options.rotation));
        let of = &system.name.value;
        Properties::Key(Key {
            description: format!("Encrypts the backup vaults of {of}; its replicas encrypt the copies"),
            multi_region: true,
            enable_key_rotation: options.rotation.value.is_some(),
            rotation_period_in_days: options.rotation.value,
            key_policy,
            tags: tag_list,
        })
    };
    notes.extend(tags.list_notes(&reason::SHARED_TAGS));
    made.resources.push(Resource::new(key_id(name), properties, origins, notes));
    add_alias_and_outputs(name, &uses, &mut made);
    Some(made)
}

/// The ARN of the key that a replica is made of, and why it is written so.
fn primary_arn(of: &placement::Key, replica: &str, origin: &Origin, made: &mut Made<'_>) -> (Value, &'static Reason) {
    let region = of.location.region;
    match &of.name {
        KeyName::Existing(arn) => (Value::Literal(arn.as_str().to_owned()), &reason::EXISTING_PRIMARY_KEY),
        KeyName::Made(primary) => {
            made.parameters.push(parameter(replica, region.code, primary, origin));
            let otherwise = Value::Reference(Reference::Export { region, export: key_arn_export(primary) });
            let given = Value::GivenOr { parameter: primary_parameter(replica), otherwise: Box::new(otherwise) };
            (given, &reason::PRIMARY_KEY_ARN)
        }
    }
}

fn rotation_notes(name: &str, rotation: &Chosen<Option<u32>>) -> Vec<Note> {
    let rotates = ["Properties.EnableKeyRotation", "Properties.RotationPeriodInDays"];
    let (places, reason) = match rotation.value {
        Some(_) => (&rotates[..], &reason::ROTATION),
        None => (&rotates[..1], &reason::NO_ROTATION),
    };
    let origin = Origin::new(format!("key {name}"), rotation.span, rotation.level, reason);
    places.iter().map(|place| Note::new(Path::new(place), origin.clone())).collect()
}

/// Takes the ARN of a primary key that the system makes, the only value that travels between regions.
fn parameter(name: &str, region: &str, primary: &str, origin: &Origin) -> Parameter {
    Parameter {
        name: primary_parameter(name),
        description: format!(
            "ARN of the primary key {primary}, to be given only where {region} cannot be asked for it"
        ),
        pattern: format!("arn:aws[a-z-]*:kms:{region}:[0-9]{{12}}:key/mrk-[0-9a-f]{{32}}"),
        origin: origin.because(&reason::PRIMARY_KEY_PARAMETER),
    }
}

/// The parameter for the ARN of the primary key of a replica.
pub(crate) fn primary_parameter(replica: &str) -> LogicalId {
    LogicalId::new("PrimaryKeyArnOf", replica)
}

fn add_alias_and_outputs(name: &str, uses: &[Use<'_>], made: &mut Made<'_>) {
    let origins: Vec<Origin> = uses.iter().map(|used| origin(used, &reason::KEY_ALIAS)).collect();
    let Some(origin) = origins.first().cloned() else { return };
    let output = |kind, description, value, export, reason| Output {
        name: LogicalId::new(kind, name),
        description,
        value,
        export,
        origin: origin.because(reason),
    };
    made.outputs.push(output(
        "KeyArn",
        format!("ARN of the key {name}"),
        Value::Attribute(key_id(name), "Arn"),
        key_arn_export(name),
        &reason::EXPORT_KEY_ARN,
    ));
    made.outputs.push(output(
        "KeyId",
        format!("Id of the key {name}, the same in every region"),
        Value::Ref(key_id(name)),
        key_id_export(name),
        &reason::EXPORT_KEY_ID,
    ));
    let places = [("Properties.AliasName", &reason::KEY_ALIAS), ("Properties.TargetKeyId", &reason::ALIAS_TARGET)];
    let notes = notes(&origin, &places);
    let alias = Alias { alias_name: format!("alias/{name}"), target_key_id: Value::Ref(key_id(name)) };
    made.resources.push(Resource::new(LogicalId::new("Alias", name), Properties::Alias(alias), origins, notes));
}

/// Notes on what primary keys and replicas have in common: description and policy.
fn key_notes(name: &str, options: &KeyOptions, origin: &Origin) -> Vec<Note> {
    let mut all = notes(
        origin,
        &[
            ("Properties.Description", &reason::DESCRIPTION_OF_RESOURCE),
            ("Properties.KeyPolicy", &reason::KEY_POLICY),
            ("Properties.KeyPolicy.Version", &reason::POLICY_VERSION),
        ],
    );
    statement_notes(0, 1, &origin.because(&reason::KEY_POLICY_ACCOUNT), &mut all);
    if let Some(admin) = options.admins.first() {
        let origin =
            Origin::new(format!("key {name} / admin"), admin.span, options.level, &reason::KEY_POLICY_ADMINISTRATORS);
        statement_notes(1, ADMINISTRATION.len(), &origin, &mut all);
    }
    all
}

/// Notes on a statement of a key policy, each of its actions and its resource.
fn statement_notes(index: usize, actions: usize, origin: &Origin, notes: &mut Vec<Note>) {
    let statement = Path::new("Properties.KeyPolicy.Statement[]").outer(index);
    notes.push(Note::new(statement, origin.clone()));
    let action = Path::new("Properties.KeyPolicy.Statement[].Action[]").outer(index);
    notes.extend((0..actions).map(|number| Note::new(action.inner(number), origin.clone())));
    let resource = Path::new("Properties.KeyPolicy.Statement[].Resource[]").outer(index);
    notes.push(Note::new(resource, origin.because(&reason::KEY_POLICY_ITSELF)));
}

fn key_id(name: &str) -> LogicalId {
    LogicalId::new("Key", name)
}

fn key_policy(admins: &[Spanned<Principal>], arns: &Arns<'_>) -> Document<Value> {
    let mut statements = vec![key_statement("EnableIamPolicies", Principals::aws(arns.principal("root")), &["kms:*"])];
    if !admins.is_empty() {
        let aws = admins
            .iter()
            .map(|admin| match &admin.node {
                Principal::Local(resource) => arns.principal(resource),
                Principal::Arn(arn) => Value::Literal(arn.clone()),
            })
            .collect();
        let named = NamedPrincipals { aws, ..NamedPrincipals::default() };
        let principals = Principals::Only(PrincipalSet::Named(named));
        statements.push(key_statement(ADMINISTER_KEY, principals, &ADMINISTRATION.map(|(actions, _)| actions)));
    }
    Document { id: Some("key-policy".to_owned()), ..Document::new(statements) }
}

/// A statement of a key policy, where `*` means the key itself.
fn key_statement(sid: &str, principal: Principals<Value>, actions: &[&str]) -> Statement<Value> {
    Statement {
        sid: Some(sid.to_owned()),
        effect: Effect::Allow,
        principal: Some(principal),
        actions: Actions::Only(actions.iter().map(|action| Action::from(*action)).collect()),
        resources: Some(Resources::Only(vec![Value::text("*")])),
        conditions: Vec::new(),
    }
}

fn origin(used: &Use<'_>, reason: &'static Reason) -> Origin {
    let key = &used.place().key;
    Origin::new(clause::of_use(used), key.span, key.level, reason)
}

/// Why a place has a replica: of several kinds the first asks for it.
fn of_replica(used: &Use<'_>) -> &'static Reason {
    let kind = used.statement.groups.first().map(|group| group.kind).filter(|_| !used.is_former());
    kind.map_or(&reason::FORMER_REPLICA_KEY, |kind| kind.why.replica_key)
}
