"""The AWS services behind the templates, as strict as the real ones where it matters.

Each resource type has a function that checks what its service checks and then
makes the resource in moto's KMS, IAM or Backup. A refusal raises `Refused`
with the service's own wording where that is known. A property that a function
does not know is refused too: an emulator that ignores a property in silence
would let a test pass that says nothing.
"""

from __future__ import annotations

import copy
import json
import re
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.backup.models import backup_backends
from moto.core.exceptions import JsonRESTError, ServiceException
from moto.core.utils import unix_time
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.moto_api._internal import mock_random
from moto.utilities.utils import get_partition

Properties = dict[str, Any]

API_NAME = re.compile(r"[a-zA-Z0-9\-_.]{1,50}")
KEY_POLICY_TEXT = re.compile("[\t\n\r\x20-\xff]*")
IAM_INLINE_LIMIT = 10_240
IAM_MANAGED_LIMIT = 6_144
MANAGED_POLICIES_PER_ROLE = 20
TRUST_POLICY_LIMIT = 2_048
KEY_POLICY_LIMIT = 32_768
FOREVER = 36_500


class Refused(Exception):
    """A resource that its service does not make, with the service's reason."""


@dataclass(frozen=True)
class Place:
    """The account and region that a stack lives in."""

    account: str
    region: str

    @property
    def partition(self) -> str:
        return get_partition(self.region)

    @property
    def kms(self) -> Any:
        return kms_backends[self.account][self.region]

    @property
    def iam(self) -> Any:
        return iam_backends[self.account][self.partition]

    @property
    def backup(self) -> Any:
        return backup_backends[self.account][self.region]


@dataclass(frozen=True)
class Physical:
    """A resource that exists: what Ref and GetAtt say, and how to take it away."""

    ref: str
    attributes: dict[str, str]
    delete: Callable[[], None]


def make(resource_type: str, properties: Properties, place: Place) -> Physical:
    """Make one resource whose properties are resolved and fit their schema."""
    if resource_type not in MAKERS:
        raise Refused(f"the emulator does not know {resource_type}")
    known, function = MAKERS[resource_type]
    unknown = sorted(set(properties) - known)
    if unknown:
        raise Refused(f"the emulator does not know {resource_type} {', '.join(unknown)}")
    try:
        return function(properties, place)
    except ServiceException as refusal:
        raise Refused(str(refusal)) from refusal
    except JsonRESTError as refusal:
        raise Refused(refusal.message) from refusal


def change(
    resource_type: str, made: Physical, changed: list[str], properties: Properties, place: Place
) -> None:
    """Change properties of a resource in place."""
    known, function = CHANGERS.get(resource_type, (set(), None))
    if function is None or (unknown := sorted(set(changed) - known)):
        named = resource_type if function is None else f"{resource_type} {', '.join(unknown)}"
        raise Refused(f"the emulator does not change {named}")
    try:
        function(made, properties, place)
    except ServiceException as refusal:
        raise Refused(str(refusal)) from refusal
    except JsonRESTError as refusal:
        raise Refused(refusal.message) from refusal


# --- KMS ---------------------------------------------------------------------


def _key(properties: Properties, place: Place) -> Physical:
    policy = properties["KeyPolicy"]
    _check_key_policy(policy, place)
    key = place.kms.create_key(
        policy=json.dumps(policy),
        key_usage="ENCRYPT_DECRYPT",
        key_spec="SYMMETRIC_DEFAULT",
        description=properties.get("Description", ""),
        tags=_kms_tags(properties),
        multi_region=properties.get("MultiRegion", False),
    )
    if key.multi_region:
        identify_key(key, f"mrk-{mock_random.uuid4().hex}", place)
    key.key_rotation_status = properties.get("EnableKeyRotation", False)
    return _made_key(key, place)


def identify_key(key: Any, key_id: str, place: Place) -> None:
    """Give a new key this id; moto's ids of multi-Region keys do not look like AWS's."""
    place.kms.keys[key_id] = place.kms.keys.pop(key.id)
    place.kms.tagger.copy_tags(key.id, key_id)
    key.id, key.arn = key_id, _key_arn(place, key_id)
    if key.multi_region:
        key.multi_region_configuration["PrimaryKey"]["Arn"] = key.arn


def _key_arn(place: Place, key_id: str) -> str:
    return f"arn:{place.partition}:kms:{place.region}:{place.account}:key/{key_id}"


def _replica_key(properties: Properties, place: Place) -> Physical:
    policy = properties["KeyPolicy"]
    _check_key_policy(policy, place)
    primary = _primary_of(properties["PrimaryKeyArn"], place)
    replica = copy.copy(primary)
    replica.region = place.region
    replica.arn = _key_arn(place, primary.id)
    replica.policy = json.dumps(policy)
    replica.description = properties.get("Description", "")
    replica.aliases, replica.grants = {}, {}
    replicas = primary.multi_region_configuration["ReplicaKeys"]
    replicas.append({"Arn": replica.arn, "Region": place.region})
    replica.multi_region_configuration = {
        **primary.multi_region_configuration,
        "MultiRegionKeyType": "REPLICA",
    }
    place.kms.keys[replica.id] = replica
    place.kms.tagger.tag_resource(replica.id, _kms_tags(properties))
    return _made_key(replica, place)


def _primary_of(arn: str, place: Place) -> Any:
    """The multi-Region key behind `arn`, if this place may replicate it."""
    match = re.fullmatch(r"arn:[^:]+:kms:([^:]+):(\d{12}):key/(.+)", arn)
    if not match:
        raise Refused(f"Invalid arn {arn}")
    region, account, key_id = match.groups()
    key = kms_backends[account][region].keys.get(key_id)
    if key is None or account != place.account:
        raise Refused(f"Key '{arn}' does not exist")
    if not key.multi_region:
        raise Refused(f"{arn} is not a multi-Region key.")
    if key.multi_region_configuration["PrimaryKey"]["Arn"] != arn:
        raise Refused(f"{arn} is not a primary key.")
    if region == place.region or key_id in place.kms.keys:
        raise Refused(f"AlreadyExists: {key_id} already exists in {place.region}")
    return key


def _made_key(key: Any, place: Place) -> Physical:
    return Physical(
        ref=key.id,
        attributes={"Arn": key.arn, "KeyId": key.id},
        delete=lambda: place.kms.delete_key(key.id),
    )


def _change_key(made: Physical, properties: Properties, place: Place) -> None:
    _check_key_policy(properties["KeyPolicy"], place)
    key = place.kms.keys[made.ref]
    key.policy = json.dumps(properties["KeyPolicy"])
    key.description = properties.get("Description", "")
    key.key_rotation_status = properties.get("EnableKeyRotation", False)
    place.kms.tagger.delete_all_tags_for_resource(key.id)
    place.kms.tagger.tag_resource(key.id, _kms_tags(properties))


def _kms_tags(properties: Properties) -> list[dict[str, str]]:
    return [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])]


def _check_key_policy(policy: Properties, place: Place) -> None:
    """KMS refuses unknown principals, foreign characters and locking oneself out."""
    text = json.dumps(policy, ensure_ascii=False)
    if not KEY_POLICY_TEXT.fullmatch(text) or len(text) > KEY_POLICY_LIMIT:
        raise Refused("MalformedPolicyDocumentException: not a policy that KMS stores")
    if policy.get("Version") != "2012-10-17":
        raise Refused("MalformedPolicyDocumentException: no Version")
    for statement in policy["Statement"]:
        for principal in _aws_principals(statement):
            _check_principal(principal, place)
    if not any(_lets_account_in(statement, place) for statement in policy["Statement"]):
        raise Refused(
            "The new key policy will not allow you to update the key policy in the future."
        )


def _aws_principals(statement: Properties) -> list[str]:
    principal = statement.get("Principal", {})
    return _listed(principal if isinstance(principal, str) else principal.get("AWS", []))


def _check_principal(principal: str, place: Place) -> None:
    match = re.fullmatch(r"arn:[^:]+:iam::(\d{12}):(role|user)/(?:.*/)?([^/]+)", principal)
    if not match or match[1] != place.account:
        return
    names = {
        "role": lambda: {role.name for role in place.iam.roles.values()},
        "user": lambda: set(place.iam.users),
    }[match[2]]()
    if match[3] not in names:
        raise Refused(
            "MalformedPolicyDocumentException: Policy contains a statement with one or more "
            f"invalid principals ({principal})"
        )


def _lets_account_in(statement: Properties, place: Place) -> bool:
    root = f"arn:{place.partition}:iam::{place.account}:root"
    return (
        statement["Effect"] == "Allow"
        and root in _aws_principals(statement)
        and bool({"*", "kms:*"} & set(_listed(statement["Action"])))
    )


def _alias(properties: Properties, place: Place) -> Physical:
    name, target = properties["AliasName"], properties["TargetKeyId"]
    if name.startswith("alias/aws/"):
        raise Refused("NotAuthorized: aliases of AWS are reserved")
    if place.kms.alias_exists(name):
        raise Refused(f"An alias with the name {name} already exists")
    if place.kms.get_key_id(target) not in place.kms.keys:
        raise Refused(f"Key '{target}' does not exist in {place.region}")
    place.kms.create_alias(target, name)
    return Physical(name, {}, lambda: place.kms.delete_alias(name))


def _change_alias(made: Physical, properties: Properties, place: Place) -> None:
    target = properties["TargetKeyId"]
    if place.kms.get_key_id(target) not in place.kms.keys:
        raise Refused(f"Key '{target}' does not exist in {place.region}")
    place.kms.delete_alias(made.ref)
    place.kms.create_alias(target, made.ref)


# --- IAM ---------------------------------------------------------------------


def _role(properties: Properties, place: Place) -> Physical:
    trust = json.dumps(properties["AssumeRolePolicyDocument"])
    if _counted(trust) > TRUST_POLICY_LIMIT:
        raise Refused("Cannot exceed quota for ACLSizePerRole: 2048")
    role = place.iam.create_role(
        role_name=properties["RoleName"],
        assume_role_policy_document=trust,
        path=properties.get("Path", "/"),
        permissions_boundary=None,
        description=properties.get("Description", ""),
        tags=properties.get("Tags", []),
        max_session_duration=None,
    )
    for policy in properties.get("Policies", []):
        _put_role_policy(role.name, policy, place)
    attached = properties.get("ManagedPolicyArns", [])
    if len(attached) > MANAGED_POLICIES_PER_ROLE:
        raise Refused("Cannot exceed quota for PoliciesPerRole: 20")
    for arn in attached:
        place.iam.attach_role_policy(arn, role.name)
    return Physical(
        ref=role.name,
        attributes={"Arn": role.arn, "RoleId": role.id},
        delete=lambda: place.iam.delete_role(role.name),
    )


def _role_policy(properties: Properties, place: Place) -> Physical:
    role, name = properties["RoleName"], properties["PolicyName"]
    _put_role_policy(role, properties, place)
    return Physical(
        f"{name}|{role}", {}, lambda: place.iam.delete_role_policy(role, name)
    )


def _managed_policy(properties: Properties, place: Place) -> Physical:
    text = json.dumps(properties["PolicyDocument"])
    if _counted(text) > IAM_MANAGED_LIMIT:
        raise Refused("Cannot exceed quota for PolicySize: 6144")
    policy = place.iam.create_policy("", "/", text, properties["ManagedPolicyName"], [])
    return Physical(policy.arn, {}, lambda: place.iam.delete_policy(policy.arn))


def _change_role(made: Physical, properties: Properties, place: Place) -> None:
    trust = json.dumps(properties["AssumeRolePolicyDocument"])
    if _counted(trust) > TRUST_POLICY_LIMIT:
        raise Refused("Cannot exceed quota for ACLSizePerRole: 2048")
    role = place.iam.get_role(made.ref)
    role.assume_role_policy_document = trust
    role.description = properties.get("Description", "")
    wanted = properties.get("ManagedPolicyArns", [])
    for arn in list(role.managed_policies):
        if arn not in wanted:
            place.iam.detach_role_policy(arn, role.name)
    for arn in wanted:
        if arn not in role.managed_policies:
            place.iam.attach_role_policy(arn, role.name)


def _change_role_policy(made: Physical, properties: Properties, place: Place) -> None:
    role, name = properties["RoleName"], properties["PolicyName"]
    before = place.iam.get_role(role).policies[name]
    place.iam.delete_role_policy(role, name)
    try:
        _put_role_policy(role, properties, place)
    except Refused:
        place.iam.put_role_policy(role, name, before)
        raise


def _change_managed_policy(made: Physical, properties: Properties, place: Place) -> None:
    text = json.dumps(properties["PolicyDocument"])
    if _counted(text) > IAM_MANAGED_LIMIT:
        raise Refused("Cannot exceed quota for PolicySize: 6144")
    place.iam.create_policy_version(made.ref, text, True)


def _put_role_policy(role_name: str, policy: Properties, place: Place) -> None:
    """Put an inline policy, counting all of the role's as IAM does: without white space."""
    text = json.dumps(policy["PolicyDocument"])
    role = place.iam.get_role(role_name)
    if policy["PolicyName"] in role.policies:
        raise Refused(f"The policy {policy['PolicyName']} already exists on {role_name}")
    size = _counted(text) + sum(_counted(other) for other in role.policies.values())
    if size > IAM_INLINE_LIMIT:
        raise Refused(f"Maximum policy size of 10240 bytes exceeded for role {role_name}")
    place.iam.put_role_policy(role_name, policy["PolicyName"], text)


def _counted(text: str) -> int:
    return len(re.sub(r"\s", "", text))


# --- AWS Backup --------------------------------------------------------------


def _vault(properties: Properties, place: Place) -> Physical:
    name, key_arn = properties["BackupVaultName"], properties.get("EncryptionKeyArn")
    if key_arn:
        _check_vault_key(key_arn, place)
    vault = place.backup.create_backup_vault(
        backup_vault_name=name,
        backup_vault_tags=properties.get("BackupVaultTags", {}),
        encryption_key_arn=key_arn,
        creator_request_id="",
    )
    return Physical(
        ref=name,
        attributes={"BackupVaultArn": vault.backup_vault_arn, "BackupVaultName": name},
        delete=lambda: place.backup.delete_backup_vault(name),
    )


def _change_vault(made: Physical, properties: Properties, place: Place) -> None:
    arn = place.backup.vaults[made.ref].backup_vault_arn
    place.backup.tagger.delete_all_tags_for_resource(arn)
    place.backup.tag_resource(arn, properties.get("BackupVaultTags", {}))


def _check_vault_key(arn: str, place: Place) -> None:
    """A vault takes a key of its own region, by ARN, that exists."""
    if arn not in {key.arn for key in place.kms.keys.values()}:
        raise Refused(f"Invalid Key provided by the user. Invalid arn {arn} in {place.region}")


def _checked_plan(properties: Properties) -> Properties:
    """A plan as the API takes it."""
    plan = copy.deepcopy(properties["BackupPlan"])
    rules = plan.pop("BackupPlanRule")
    if unknown := set(plan) - {"BackupPlanName"}:
        raise Refused(f"the emulator does not know BackupPlan {sorted(unknown)}")
    for rule in rules:
        _check_rule(rule)
        rule["TargetBackupVaultName"] = rule.pop("TargetBackupVault")
    if len({rule["RuleName"] for rule in rules}) != len(rules):
        raise Refused("Duplicate rule names in the plan")
    return {**plan, "Rules": rules}


def _plan(properties: Properties, place: Place) -> Physical:
    made = place.backup.create_backup_plan(
        backup_plan=_checked_plan(properties),
        backup_plan_tags=properties.get("BackupPlanTags", {}),
        creator_request_id="",
    )
    return Physical(
        ref=made.backup_plan_id,
        attributes={
            "BackupPlanId": made.backup_plan_id,
            "BackupPlanArn": made.backup_plan_arn,
            "VersionId": made.version_id,
        },
        delete=lambda: place.backup.plans.pop(made.backup_plan_id, None),
    )


def _change_plan(made: Physical, properties: Properties, place: Place) -> None:
    plan = place.backup.plans[made.ref]
    plan.backup_plan = _checked_plan(properties)
    place.backup.tagger.delete_all_tags_for_resource(plan.backup_plan_arn)
    place.backup.tag_resource(plan.backup_plan_arn, properties.get("BackupPlanTags", {}))


def _check_rule(rule: Properties) -> None:
    """What CreateBackupPlan checks and the registry schema does not."""
    if not API_NAME.fullmatch(rule["RuleName"]):
        raise Refused(f"RuleName {rule['RuleName']} is not valid")
    _check_schedule(rule)
    start = rule.get("StartWindowMinutes", 480)
    complete = rule.get("CompletionWindowMinutes", 10_080)
    if start < 60:
        raise Refused(
            "StartWindowMinutes parameter is below minimum value. "
            "StartWindowMinutes minimum value is: 60 minutes"
        )
    if complete < start + 60:
        raise Refused(
            "CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes"
        )
    copies = rule.get("CopyActions", [])
    if len(copies) > 5:
        raise Refused("A rule has at most 5 copy actions")
    for lifecycle in [
        rule.get("Lifecycle", {}),
        *(action.get("Lifecycle", {}) for action in copies),
    ]:
        _check_lifecycle(lifecycle)
    for action in copies:
        arn = action["DestinationBackupVaultArn"]
        if not re.fullmatch(r"arn:[^:]+:backup:[^:]+:\d{12}:backup-vault:[\w-]{2,50}", arn):
            raise Refused(f"Invalid destination backup vault ARN {arn}")


def _check_schedule(rule: Properties) -> None:
    expression = rule.get("ScheduleExpression", "cron(0 5 ? * * *)")
    fields = re.fullmatch(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)", expression)
    if not fields or [fields[3], fields[5]].count("?") != 1:
        raise Refused(
            "Error in some rules due to : Cron expression is not valid: Invalid cron expression"
        )
    zone = rule.get("ScheduleExpressionTimezone", "UTC")
    if zone not in zoneinfo.available_timezones():
        raise Refused(f"Invalid time zone {zone}")


def _check_lifecycle(lifecycle: Properties) -> None:
    delete, cold = lifecycle.get("DeleteAfterDays"), lifecycle.get("MoveToColdStorageAfterDays")
    if delete is not None and not 1 <= delete <= FOREVER:
        raise Refused("DeleteAfterDays cannot be less than 1 or more than 36500 days")
    if delete is not None and cold is not None and delete < cold + 90:
        raise Refused(
            "Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from "
            "MoveToColdStorageAfterDays"
        )


def _selection(properties: Properties, place: Place) -> Physical:
    selection, plan_id = properties["BackupSelection"], properties["BackupPlanId"]
    if not API_NAME.fullmatch(selection["SelectionName"]):
        raise Refused(f"SelectionName {selection['SelectionName']} is not valid")
    if not (selection.get("Resources") or selection.get("ListOfTags")):
        raise Refused("Either 'ListOfTags' or 'Resources' section must be non-empty.")
    if plan_id not in place.backup.plans:
        raise Refused(f"Cannot find Backup plan with ID {plan_id}")
    _check_backup_role(selection["IamRoleArn"], place)
    selections = selections_of(place.backup, plan_id)
    selection_id = str(mock_random.uuid4())
    selections[selection_id] = {
        "BackupPlanId": plan_id,
        "SelectionId": selection_id,
        "CreationDate": unix_time(),
        "BackupSelection": selection,
    }
    return Physical(
        ref=f"{selection_id}_{plan_id}",
        attributes={"SelectionId": selection_id, "Id": f"{selection_id}_{plan_id}"},
        delete=lambda: selections.pop(selection_id, None),
    )


def _check_backup_role(arn: str, place: Place) -> None:
    """The role must exist and let AWS Backup assume it, at the moment of the call."""
    role = next((role for role in place.iam.roles.values() if role.arn == arn), None)
    if role is None:
        raise Refused(f"IAM Role {arn} does not exist")
    trust = json.loads(role.assume_role_policy_document)
    services = [
        service
        for statement in trust["Statement"]
        for service in _listed(statement["Principal"].get("Service", []))
    ]
    if "backup.amazonaws.com" not in services:
        raise Refused(f"IAM Role {arn} cannot be assumed by AWS Backup")


def selections_of(backend: Any, plan_id: str) -> dict[str, Properties]:
    """The selections of a plan; kept on the backend so that a reset forgets them."""
    if not hasattr(backend, "selections"):
        backend.selections = {}
    return backend.selections.setdefault(plan_id, {})


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


MAKERS: dict[str, tuple[set[str], Callable[[Properties, Place], Physical]]] = {
    "AWS::KMS::Key": (
        {
            "Description",
            "EnableKeyRotation",
            "KeyPolicy",
            "MultiRegion",
            "PendingWindowInDays",
            "RotationPeriodInDays",
            "Tags",
        },
        _key,
    ),
    "AWS::KMS::ReplicaKey": (
        {"Description", "KeyPolicy", "PendingWindowInDays", "PrimaryKeyArn", "Tags"},
        _replica_key,
    ),
    "AWS::KMS::Alias": ({"AliasName", "TargetKeyId"}, _alias),
    "AWS::IAM::Role": (
        {
            "AssumeRolePolicyDocument",
            "Description",
            "ManagedPolicyArns",
            "Path",
            "Policies",
            "RoleName",
            "Tags",
        },
        _role,
    ),
    "AWS::IAM::ManagedPolicy": ({"ManagedPolicyName", "PolicyDocument"}, _managed_policy),
    "AWS::IAM::RolePolicy": ({"PolicyDocument", "PolicyName", "RoleName"}, _role_policy),
    "AWS::Backup::BackupVault": (
        {"BackupVaultName", "BackupVaultTags", "EncryptionKeyArn"},
        _vault,
    ),
    "AWS::Backup::BackupPlan": ({"BackupPlan", "BackupPlanTags"}, _plan),
    "AWS::Backup::BackupSelection": ({"BackupPlanId", "BackupSelection"}, _selection),
}

# What each type has changed in place; all else it has is replaced or, of keys, never changed.
CHANGERS: dict[str, tuple[set[str], Callable[[Physical, Properties, Place], None]]] = {
    "AWS::KMS::Key": (MAKERS["AWS::KMS::Key"][0] - {"MultiRegion"}, _change_key),
    "AWS::KMS::ReplicaKey": (MAKERS["AWS::KMS::ReplicaKey"][0] - {"PrimaryKeyArn"}, _change_key),
    "AWS::KMS::Alias": ({"TargetKeyId"}, _change_alias),
    "AWS::IAM::Role": (
        {"AssumeRolePolicyDocument", "Description", "ManagedPolicyArns"},
        _change_role,
    ),
    "AWS::IAM::ManagedPolicy": ({"PolicyDocument"}, _change_managed_policy),
    "AWS::IAM::RolePolicy": ({"PolicyDocument"}, _change_role_policy),
    "AWS::Backup::BackupVault": ({"BackupVaultTags"}, _change_vault),
    "AWS::Backup::BackupPlan": ({"BackupPlan", "BackupPlanTags"}, _change_plan),
}
