//! Calls that a statement's policies must refuse, built from the spec: what a stolen role, a wrong
//! destination or a curious administrator would try.

use super::model::{ModelCall, context, may_be_on_resource_key};
use super::request::{Principal, Request, account_of, component};
use super::site::{DeployedPlace, DeployedStatement};
use super::variation::variations;
use crate::aws::arn;
use crate::aws::kms::ADMINISTRATION;
use crate::kind::Kind;
use crate::kind::call::{ASSUME_ROLE, Circumstance, SERVICE, Thing, via};
use crate::kind::every::DATA_KEY_ACTIONS;
use crate::policy::glob::includes;
use crate::spec::Group;
use crate::text::Sentence;

/// A call that must be refused.
#[derive(Clone, Debug)]
pub struct Forbidden {
    /// What it would be, in words.
    pub what: Sentence,
    /// The call.
    pub request: Request,
}

/// Every call that must be refused.
pub(super) fn battery(deployed: &DeployedStatement<'_>, model: &[ModelCall]) -> Vec<Forbidden> {
    let mut all = variations(deployed, model);
    all.extend(destruction(deployed));
    all.extend(unwanted_restores(deployed));
    all.extend(own_permissions(deployed));
    all.extend(keys(deployed));
    all.extend(unknown_keys(deployed));
    all.extend(managed_keys(deployed, model));
    all.extend(other_callers(deployed));
    all.retain(|call| !may_be_on_resource_key(&call.request, deployed));
    all
}

/// A call that AWS Backup would make with the role.
fn by_role(what: Sentence, deployed: &DeployedStatement<'_>, action: &str, resources: Vec<String>) -> Forbidden {
    let context = context(&deployed.role, deployed, resources.first().map_or("*", String::as_str));
    let request = Request { principal: deployed.session.clone(), action: action.to_owned(), resources, context };
    Forbidden { what, request }
}

fn with(mut forbidden: Forbidden, key: &str, value: impl Into<String>) -> Forbidden {
    forbidden.request.context = forbidden.request.context.with(key, value);
    forbidden
}

/// Every pattern of names under which resources of a kind may be restored.
pub(super) fn restore_patterns<'d>(group: &Group, deployed: &'d DeployedStatement<'_>) -> Vec<&'d str> {
    let restores = deployed.sites().filter_map(|site| site.restoring(group.kind));
    restores.flat_map(|restoring| &restoring.restore.patterns).map(String::as_str).collect()
}

/// A resource of a kind that the statement neither names nor restores as.
pub(super) fn other_resource(group: &Group, deployed: &DeployedStatement<'_>) -> String {
    let patterns = restore_patterns(group, deployed);
    let is_other = |name: &String| {
        group.names.iter().all(|known| known.node != *name) && !patterns.iter().any(|pattern| includes(pattern, name))
    };
    let names =
        ('a'..='z').flat_map(|letter| [format!("{letter}nother"), format!("{letter}-0-somebody-elses-0-{letter}")]);
    let found = { names }.find(is_other);
    found.unwrap_or_else(|| "9".to_owned())
}

fn destruction(deployed: &DeployedStatement<'_>) -> Vec<Forbidden> {
    const WHAT: Sentence = Sentence::new("destroying or changing what is protected", "保護対象の破壊または変更");
    let mut all = Vec::new();
    for group in &deployed.statement.groups {
        let (form, refused) = (group.kind.arns.resource, &group.kind.refused);
        for name in group.names.iter().take(1) {
            let resource = deployed.arn(form.service, deployed.source.region.code, &[form.before, &name.node].concat());
            let on_resource = |action: &&str| by_role(WHAT, deployed, action, vec![resource.clone()]);
            all.extend(refused.resource.iter().map(on_resource));
        }
        for site in deployed.sites() {
            let on_point = |action: &&str| by_role(WHAT, deployed, action, vec![point(group, site, deployed)]);
            all.extend(refused.point.iter().map(on_point));
            all.extend(restored(group, site, deployed).into_iter().flat_map(|resource| {
                let made = |action: &&&str| !is_of_restore(group.kind, action);
                let on_restored = |action: &&str| by_role(WHAT, deployed, action, vec![resource.clone()]);
                refused.resource.iter().filter(made).map(on_restored).collect::<Vec<_>>()
            }));
        }
    }
    for site in deployed.sites() {
        let vault = deployed.arn("backup", site.region.code, &format!("backup-vault:{}", site.vault));
        for action in [
            "backup:DeleteBackupVault",
            "backup:PutBackupVaultAccessPolicy",
            "backup:DeleteBackupVaultLockConfiguration",
        ] {
            all.push(by_role(WHAT, deployed, action, vec![vault.clone()]));
        }
    }
    all
}

/// What a restore makes, of a kind whose rights to restore may touch whatever has its name.
fn restored(group: &Group, site: &DeployedPlace<'_>, deployed: &DeployedStatement<'_>) -> Option<String> {
    group.kind.abilities.restore_could?;
    let (name, form) = (site.restoring(group.kind)?.names.first()?, group.kind.arns.resource);
    Some(deployed.arn(form.service, site.region.code, &[form.before, name].concat()))
}

/// Whether a restore takes an action on what it makes.
fn is_of_restore(kind: &Kind, action: &str) -> bool {
    kind.calls().any(|call| call.action == action && call.on.iter().any(|on| on.0 == Thing::Restored))
}

/// A recovery point.
fn point(group: &Group, site: &DeployedPlace<'_>, deployed: &DeployedStatement<'_>) -> String {
    let points = &group.kind.arns.points;
    deployed.arn(points.form.service, site.region.code, &[points.form.before, points.made].concat())
}

/// What a restore would be checked against: the recovery point, unless that is of another service than the resources.
fn restorable(group: &Group, site: &DeployedPlace<'_>, deployed: &DeployedStatement<'_>) -> String {
    let (form, points) = (group.kind.arns.resource, group.kind.arns.points.form);
    if form.service == points.service {
        return point(group, site, deployed);
    }
    let name = group.names.first().map_or("", |name| name.node.as_str());
    deployed.arn(form.service, site.region.code, &[form.before, name].concat())
}

/// Restoring, where the spec says that nothing is restored.
fn unwanted_restores(deployed: &DeployedStatement<'_>) -> Vec<Forbidden> {
    const WHAT: Sentence = Sentence::new("a restore without `restore`", "許可していない復元");
    let of_group = |group: &'_ Group| {
        let without = deployed.sites().filter(|site| site.restoring(group.kind).is_none());
        let restore =
            |site| by_role(WHAT, deployed, group.kind.refused.restore, vec![restorable(group, site, deployed)]);
        without.map(restore).collect::<Vec<_>>()
    };
    deployed.statement.groups.iter().flat_map(of_group).collect()
}

/// The role giving itself more.
fn own_permissions(deployed: &DeployedStatement<'_>) -> Vec<Forbidden> {
    let actions =
        ["iam:AttachRolePolicy", "iam:PassRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "sts:AssumeRole"];
    let on_role = |action| {
        by_role(
            Sentence::new("the role changing or passing itself", "ロール自身の変更または受け渡し"),
            deployed,
            action,
            vec![deployed.role.clone()],
        )
    };
    let tagging = by_role(
        Sentence::new("destroying or changing what is protected", "保護対象の破壊または変更"),
        deployed,
        "tag:TagResources",
        vec!["*".to_owned()],
    );
    actions.map(on_role).into_iter().chain([tagging]).collect()
}

/// The keys that the role may use, in ways in which it may not.
fn keys(deployed: &DeployedStatement<'_>) -> Vec<Forbidden> {
    const WHAT: Sentence = Sentence::new("key administration by the role", "ロールによるキーの管理");
    let mut all = Vec::new();
    for key in deployed.keys() {
        let region = component(&key.arn, 3).unwrap_or_default();
        let on_key = |what, action: &str| by_role(what, deployed, action, vec![key.arn.clone()]);
        for action in DATA_KEY_ACTIONS {
            all.push(on_key(
                Sentence::new("decryption outside of AWS Backup's path", "AWS Backup を経由しない復号"),
                action,
            ));
            let through =
                on_key(Sentence::new("decryption outside of AWS Backup's path", "AWS Backup を経由しない復号"), action);
            all.push(with(through, "kms:ViaService", format!("s3.{region}.amazonaws.com")));
        }
        let grant = on_key(
            Sentence::new("a grant to somebody who is no AWS service", "AWS サービス以外へのグラント"),
            "kms:CreateGrant",
        );
        all.push(with(grant, "kms:GrantIsForAWSResource", "false"));
        all.push(on_key(
            Sentence::new("a grant to somebody who is no AWS service", "AWS サービス以外へのグラント"),
            "kms:CreateGrant",
        ));
        let administration = ADMINISTRATION.iter().map(|(_, action)| *action).chain(["kms:ReplicateKey"]);
        for action in administration.filter(|action| *action != "kms:DescribeKey") {
            all.push(on_key(WHAT, action));
            for service in services(deployed) {
                all.push(with(on_key(WHAT, action), "kms:ViaService", format!("{service}.{region}.amazonaws.com")));
            }
        }
        for action in ["kms:ListGrants", "kms:RevokeGrant"] {
            all.push(with(on_key(WHAT, action), "kms:GrantIsForAWSResource", "true"));
        }
    }
    all
}

/// The services of the kinds of a statement, and AWS Backup.
fn services(deployed: &DeployedStatement<'_>) -> Vec<&'static str> {
    let mut all: Vec<&str> = deployed.statement.groups.iter().flat_map(|group| group.kind.services()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Keys that may be the resources' and may be anything else's: the role may look at them, and the kind's service use
/// them as it has to.
fn unknown_keys(deployed: &DeployedStatement<'_>) -> Vec<Forbidden> {
    const USE: Sentence = Sentence::new(
        "using a key that nobody named, other than by the service of the resources for a restore",
        "復元時のリソースのサービスを経由しない、定義に書かれていないキーの使用",
    );
    const GRANT: Sentence = Sentence::new(
        "a grant on a key that nobody named, other than to the service of the resources",
        "リソースのサービス以外への、定義に書かれていないキーのグラント",
    );
    let region = deployed.source.region;
    let own = deployed.statement.groups.iter().flat_map(|group| via(&[group.kind.service], region));
    let own: Vec<String> = own.collect();
    let [backup, s3] = ["backup", "s3"].map(|service| format!("{service}.{}.amazonaws.com", region.code));
    let mut all = Vec::new();
    for key in deployed.resource_keys.iter().filter(|_| deployed.has_unknown_key()) {
        let on_key = |what, action: &str| by_role(what, deployed, action, vec![key.arn.clone()]);
        let through = |call, service: &String| with(call, "kms:ViaService", service.as_str());
        let grant = || with(on_key(GRANT, "kms:CreateGrant"), "kms:GrantIsForAWSResource", "true");
        all.extend([grant(), through(grant(), &backup), through(grant(), &s3)]);
        for service in &own {
            all.push(through(on_key(GRANT, "kms:CreateGrant"), service));
            for action in ["kms:ListGrants", "kms:RevokeGrant"] {
                all.push(through(with(on_key(GRANT, action), "kms:GrantIsForAWSResource", "true"), service));
            }
        }
        all.extend(DATA_KEY_ACTIONS.iter().flat_map(|action| {
            own.iter().chain([&backup]).map(|service| through(on_key(USE, action), service)).collect::<Vec<_>>()
        }));
    }
    all
}

/// AWS managed keys, which the role may look at and no more.
fn managed_keys(deployed: &DeployedStatement<'_>, model: &[ModelCall]) -> Vec<Forbidden> {
    let is_look = |call: &&ModelCall| call.row.is_some_and(|row| row.circumstance == Circumstance::ManagedKey);
    let looks = model.iter().filter(is_look);
    looks
        .flat_map(|look| {
            let using = ["kms:Decrypt", "kms:CreateGrant"].map(|action| Forbidden {
                what: Sentence::new("using an AWS managed key", "AWS マネージドキーの使用"),
                request: Request { action: action.to_owned(), ..look.request.clone() },
            });
            let other = by_role(
                Sentence::new("looking at another key", "別のキーの参照"),
                deployed,
                &look.request.action,
                look.request.resources.clone(),
            );
            using.into_iter().chain([with(other, "kms:ResourceAliases", "alias/another")])
        })
        .collect()
}

/// Anybody but AWS Backup taking the role, and anybody but the role using the keys and vaults.
fn other_callers(deployed: &DeployedStatement<'_>) -> Vec<Forbidden> {
    let foreign = arn::arn([deployed.partition, "iam", "", stranger(deployed), "role/stranger"]);
    let callers = [
        Principal::Aws(foreign),
        Principal::Aws(colleague(deployed)),
        Principal::Service("ec2.amazonaws.com".to_owned()),
        Principal::Anonymous,
    ];
    let call = |what, principal: &Principal, action: &str, resource: &str| {
        let context = context(principal.arn().unwrap_or_default(), deployed, resource);
        let request = Request {
            principal: principal.clone(),
            action: action.to_owned(),
            resources: vec![resource.to_owned()],
            context,
        };
        Forbidden { what, request }
    };
    let service = Principal::Service(SERVICE.to_owned());
    let tagging = Sentence::new("AWS Backup tagging the role's session", "AWS Backup によるセッションへのタグ付け");
    let mut all = vec![call(tagging, &service, "sts:TagSession", &deployed.role)];
    for caller in &callers {
        let targets = others_targets(deployed);
        all.extend(targets.iter().map(|(what, action, resource)| call(*what, caller, action, resource)));
    }
    all.extend(curious_administrators(deployed, call));
    all
}

/// What nobody but the role and AWS Backup may do: assume the role, use the keys, use the vaults.
fn others_targets(deployed: &DeployedStatement<'_>) -> Vec<(Sentence, &'static str, String)> {
    const ROLE: Sentence = Sentence::new("somebody else assuming the role", "第三者によるロールの引き受け");
    const KEYS: Sentence = Sentence::new("somebody else using the keys", "第三者によるキーの使用");
    const VAULTS: Sentence = Sentence::new("somebody else using the vaults", "第三者によるボールトの使用");
    let mut all = vec![(ROLE, ASSUME_ROLE, deployed.role.clone())];
    for key in deployed.keys() {
        let actions = ["kms:Decrypt", "kms:CreateGrant", "kms:PutKeyPolicy"];
        all.extend(actions.map(|action| (KEYS, action, key.arn.clone())));
    }
    for site in deployed.sites() {
        let vault = deployed.arn("backup", site.region.code, &format!("backup-vault:{}", site.vault));
        let actions = ["backup:CopyIntoBackupVault", "backup:DeleteBackupVault"];
        all.extend(actions.map(|action| (VAULTS, action, vault.clone())));
    }
    all
}

/// Administrators of a key using it. The account itself may do everything, whoever else is named.
fn curious_administrators(
    deployed: &DeployedStatement<'_>,
    call: impl Fn(Sentence, &Principal, &str, &str) -> Forbidden,
) -> Vec<Forbidden> {
    let mut all = Vec::new();
    let root = deployed.arn("iam", "", "root");
    for key in deployed.keys() {
        for admin in deployed.administrators(key).into_iter().filter(|admin| *admin != root && *admin != deployed.role)
        {
            for action in ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom"] {
                all.push(call(
                    Sentence::new("an administrator using the keys", "管理者によるキーの使用"),
                    &Principal::Aws(admin.clone()),
                    action,
                    &key.arn,
                ));
            }
        }
    }
    all
}

/// A role of the account that nobody has given anything.
fn colleague(deployed: &DeployedStatement<'_>) -> String {
    const NAMES: [&str; 2] = ["colleague-without-a-policy", "another-colleague-without-a-policy"];
    let named = administrators(deployed);
    let mut roles = NAMES.into_iter().map(|name| deployed.arn("iam", "", &format!("role/{name}")));
    roles.find(|role| *role != deployed.role && !named.contains(role)).unwrap_or_default()
}

/// An account that the deployment has nothing to do with.
pub(super) fn stranger(deployed: &DeployedStatement<'_>) -> &'static str {
    const STRANGERS: [&str; 3] = ["444455556666", "777788889999", "000011112222"];
    let named = administrators(deployed);
    let of_keys = deployed.keys().into_iter().map(|key| key.arn.as_str());
    let used: Vec<&str> = of_keys.chain(named.iter().map(String::as_str)).filter_map(account_of).collect();
    let is_strange = |account: &&str| *account != deployed.account && !used.contains(account);
    STRANGERS.into_iter().find(is_strange).unwrap_or("999988887777")
}

/// Everybody whom the spec names as an administrator of a key.
fn administrators(deployed: &DeployedStatement<'_>) -> Vec<String> {
    deployed.keys().into_iter().flat_map(|key| deployed.administrators(key)).collect()
}
