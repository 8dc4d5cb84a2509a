"""The emulated CloudFormation refuses what the real one refuses.

A test against an emulator is worth what the emulator refuses. Each case is a
good template with one thing wrong and a word of the reason that must come.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from moto.cloudformation.exceptions import CloudFormationError

from aws_emulator import DEFAULT_ACCOUNT, forget_everything
from cfn_engine import CloudFormation, Stack, Template
from harness import Check

HERE, AWAY = "ap-northeast-1", "ap-northeast-3"
NAMED_IAM = ["CAPABILITY_NAMED_IAM"]
KEY_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "kms:*",
            "Resource": "*",
            "Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
        }
    ],
}
GOOD: dict[str, Any] = {
    "Resources": {
        "Key": {
            "Type": "AWS::KMS::Key",
            "Properties": {"MultiRegion": True, "KeyPolicy": KEY_POLICY},
        },
        "Vault": {
            "Type": "AWS::Backup::BackupVault",
            "Properties": {
                "BackupVaultName": "vault",
                "EncryptionKeyArn": {"Fn::GetAtt": ["Key", "Arn"]},
            },
        },
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "RoleName": "role",
                "AssumeRolePolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": "sts:AssumeRole",
                            "Principal": {"Service": "backup.amazonaws.com"},
                        }
                    ],
                },
            },
        },
        "Plan": {
            "Type": "AWS::Backup::BackupPlan",
            "Properties": {
                "BackupPlan": {
                    "BackupPlanName": "plan",
                    "BackupPlanRule": [
                        {
                            "RuleName": "rule",
                            "TargetBackupVault": {"Ref": "Vault"},
                            "ScheduleExpression": "cron(0 16 * * ? *)",
                            "StartWindowMinutes": 60,
                            "CompletionWindowMinutes": 120,
                            "Lifecycle": {"DeleteAfterDays": 1},
                        }
                    ],
                }
            },
        },
        "Selection": {
            "Type": "AWS::Backup::BackupSelection",
            "Properties": {
                "BackupPlanId": {"Ref": "Plan"},
                "BackupSelection": {
                    "SelectionName": "selection",
                    "Resources": ["*"],
                    "IamRoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
                },
            },
        },
    },
    "Outputs": {"Key": {"Value": {"Fn::GetAtt": ["Key", "Arn"]}, "Export": {"Name": "key"}}},
}
REPLICA = {
    "Resources": {
        "Replica": {
            "Type": "AWS::KMS::ReplicaKey",
            "Properties": {"PrimaryKeyArn": "", "KeyPolicy": KEY_POLICY},
        }
    }
}

Spoil = Callable[[dict[str, Any]], None]


def checks() -> list[Check]:
    return [
        Check("a good template and its replica are made, once", _good),
        Check("a replica in the primary's region, of a lone key, of no key", _bad_replicas),
        *[
            Check(f"refused: {reason}", _refused, (number, reason))
            for number, (reason, _) in enumerate(SPOILS)
        ],
    ]


def _set(path: str, value: Any) -> Spoil:
    """A change of one value; the path's first part is a resource."""

    def spoil(template: dict[str, Any]) -> None:
        name, *steps = path.split("/")
        node: Any = template["Resources"][name]["Properties"]
        for step in steps[:-1]:
            node = node[int(step) if step.isdigit() else step]
        node[steps[-1]] = value

    return spoil


RULE = "Plan/BackupPlan/BackupPlanRule/0"
SPOILS: list[tuple[str, Spoil]] = [
    ("does not match", _set("Vault/BackupVaultName", "a vault")),
    ("Properties validation failed", _set("Vault/Nonsense", True)),
    ("readonly", _set("Key/Arn", "arn:aws:kms:::")),
    ("is not of type", _set("Key/MultiRegion", {"a": "b"})),
    ("Invalid Key", _set("Vault/EncryptionKeyArn", f"arn:aws:kms:{AWAY}:{DEFAULT_ACCOUNT}:key/a")),
    ("No export named", _set("Vault/EncryptionKeyArn", {"Fn::ImportValue": "nobody"})),
    ("Unresolved resource dependencies", _set("Plan/BackupPlanTags", {"a": {"Ref": "Nobody"}})),
    ("Unresolved resource dependencies", _set("Plan/BackupPlanTags", {"a": {"Fn::Sub": "${No}"}})),
    ("does not know Fn::Cidr", _set("Plan/BackupPlanTags", {"a": {"Fn::Cidr": []}})),
    ("Unresolved condition", _set("Role/Description", {"Fn::If": ["Nobody", "a", "b"]})),
    (
        "does not exist in",
        _set(
            "Vault/EncryptionKeyArn",
            {"Fn::GetStackOutput": {"StackName": "nobody", "OutputName": "a", "Region": AWAY}},
        ),
    ),
    (
        "not supported here",
        lambda template: template["Outputs"]["Key"].update(
            Value={"Fn::GetStackOutput": {"StackName": "nobody", "OutputName": "a"}}
        ),
    ),
    ("Circular dependency", _set("Role/Description", {"Ref": "Selection"})),
    ("minimum value is: 60", _set(f"{RULE}/StartWindowMinutes", 59)),
    ("at least 60 minutes greater", _set(f"{RULE}/CompletionWindowMinutes", 119)),
    ("Cron expression", _set(f"{RULE}/ScheduleExpression", "cron(0 16 * * ?)")),
    ("Cron expression", _set(f"{RULE}/ScheduleExpression", "rate(1 day)")),
    ("Invalid time zone", _set(f"{RULE}/ScheduleExpressionTimezone", "JST")),
    ("36500 days", _set(f"{RULE}/Lifecycle", {"DeleteAfterDays": 36_501})),
    ("section must be non-empty", _set("Selection/BackupSelection/Resources", [])),
    ("does not exist", _set("Selection/BackupSelection/IamRoleArn", "arn:aws:iam::1:role/nobody")),
    (
        "cannot be assumed",
        _set(
            "Role/AssumeRolePolicyDocument/Statement/0/Principal", {"Service": "ec2.amazonaws.com"}
        ),
    ),
    (
        "invalid principals",
        _set(
            "Key/KeyPolicy/Statement/0/Principal/AWS", f"arn:aws:iam::{DEFAULT_ACCOUNT}:role/nobody"
        ),
    ),
    ("will not allow you to update", _set("Key/KeyPolicy/Statement/0/Action", "kms:Describe*")),
    ("not a policy that KMS stores", _set("Key/KeyPolicy/Id", "鍵")),
    (
        "must consist only of",
        lambda template: template["Outputs"]["Key"].update(Export={"Name": "a_b"}),
    ),
    (
        "Unrecognized resource types",
        lambda template: template["Resources"].update(Queue={"Type": "AWS::SQS::Queue"}),
    ),
    ("Invalid attributes", lambda template: template["Resources"]["Key"].update(Depends="Vault")),
]


def _deploy(region: str, name: str, template: dict[str, Any]) -> Stack:
    """Make a stack; raise if that is refused before anything is made."""
    backend = _backend(region)
    change_set = backend.create_change_set(
        stack_name=name,
        name="first",
        kind="CREATE",
        capabilities=NAMED_IAM,
        tags={},
        template=Template.parse(json.dumps(template)),
        parameters=[],
    )
    backend.execute(change_set)
    return change_set.stack


_backends: dict[str, CloudFormation] = {}


def _backend(region: str) -> CloudFormation:
    return _backends.setdefault(region, CloudFormation(region, DEFAULT_ACCOUNT))


def _start() -> None:
    forget_everything()
    _backends.clear()


def _good() -> None:
    _start()
    stack = _deploy(HERE, "good", GOOD)
    assert stack.status == "CREATE_COMPLETE", stack.events
    primary = stack.outputs[0]["OutputValue"]
    assert _replica(AWAY, "replica", primary).status == "CREATE_COMPLETE"
    again = _replica(AWAY, "replica-again", primary)
    assert "AlreadyExists" in again.events[-2]["ResourceStatusReason"], again.events
    twice = _deploy(HERE, "twice", GOOD)
    assert twice.status == "ROLLBACK_COMPLETE" and not twice.made


def _replica(region: str, name: str, primary: str) -> Stack:
    template = copy.deepcopy(REPLICA)
    template["Resources"]["Replica"]["Properties"]["PrimaryKeyArn"] = primary
    return _deploy(region, name, template)


def _bad_replicas() -> None:
    _start()
    primary = _deploy(HERE, "good", GOOD).outputs[0]["OutputValue"]
    lone = copy.deepcopy(GOOD)
    del lone["Resources"]["Key"]["Properties"]["MultiRegion"]
    lone["Outputs"] = {"Key": {"Value": {"Fn::GetAtt": ["Key", "Arn"]}}}
    for name in ("Vault", "Role", "Plan", "Selection"):
        del lone["Resources"][name]
    single = _deploy(HERE, "lone", lone).outputs[0]["OutputValue"]
    for region, arn in [(HERE, primary), (AWAY, single), (AWAY, primary + "x"), (AWAY, "alias/a")]:
        assert _replica(region, f"{region}-{len(_backend(region).stacks)}", arn).status == (
            "ROLLBACK_COMPLETE"
        ), (region, arn)


def _refused(number: int, reason: str) -> None:
    _start()
    template = copy.deepcopy(GOOD)
    SPOILS[number][1](template)
    try:
        stack = _deploy(HERE, "spoilt", template)
    except CloudFormationError as error:
        assert reason in str(error), error
    else:
        assert stack.status == "ROLLBACK_COMPLETE", stack.status
        reasons = [event["ResourceStatusReason"] for event in stack.events]
        assert any(reason in text for text in reasons), reasons
        assert not stack.made and not _backend(HERE).exports
