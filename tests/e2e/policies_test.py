"""parliament, which knows the Service Authorization Reference, finds nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import parliament

from built import Built, Stack, substitute
from harness import WORK, Check, build, drc, specs

ACCOUNT = "123456789012"
KEY_ID = "mrk-0123456789abcdef0123456789abcdef"

# What parliament says against its own source: it looks up the condition keys of an
# action, and the reference lists this one with the action's resource type, key. Its
# copy of the reference is older than the action DescribeEvents of 2025-11.
MISTAKEN = {
    ("UNKNOWN_ACTION", "Unknown action cloudformation:DescribeEvents"),
    (
        "UNKNOWN_CONDITION_FOR_ACTION",
        "Unknown condition kms:ResourceAliases for action kms:DescribeKey",
    ),
}


def checks() -> list[Check]:
    return [
        Check(f"parliament on every policy of {spec.stem}", _analyze, (spec,)) for spec in specs()
    ] + [
        Check(f"parliament on what deploying {spec.stem} takes", _analyze_deployer, (spec,))
        for spec in specs()
    ]


def _analyze(spec: Path) -> None:
    folder = WORK / "policies" / spec.stem
    build(spec, folder)
    built = Built(folder)
    documents = [
        _plausible(document, stack) for stack in built.stacks for document in built.policies(stack)
    ]
    makes_roles = any(list(stack.resources("AWS::IAM::Role")) for stack in built.stacks)
    assert bool(documents) == makes_roles, "no policy at all, or one of no role"
    for document in documents:
        _find_nothing(document)


def _analyze_deployer(spec: Path) -> None:
    result = drc("explain", spec, "--deployer")
    assert result.returncode == 0, result.stderr
    stacks = json.loads(result.stdout)["stacks"]
    assert stacks, "no policy at all"
    for stack in stacks:
        _find_nothing(stack["policy"])


def _find_nothing(document: Any) -> None:
    text = json.dumps(document, indent=2)
    findings = [
        finding
        for finding in parliament.analyze_policy_string(text).findings
        if (finding.issue, finding.detail) not in MISTAKEN
    ]
    assert not findings, "\n".join(map(str, findings)) + f"\n{text}"


def _plausible(node: Any, stack: Stack) -> Any:
    """`node` with strings in the place of intrinsics, such as a deployment would put there.

    What is imported is a key's ARN where it stands alone, and a key's id where
    it goes into an ARN.
    """
    pseudo = {"AWS::Partition": "aws", "AWS::AccountId": ACCOUNT, "AWS::Region": stack.region}
    if isinstance(node, list):
        return [_plausible(item, stack) for item in node]
    if not isinstance(node, dict):
        return node
    if "Fn::ImportValue" in node:
        return f"arn:aws:kms:{stack.region}:{ACCOUNT}:key/{KEY_ID}"
    if "Fn::Sub" in node:
        argument = node["Fn::Sub"]
        text, own = (argument, {}) if isinstance(argument, str) else argument
        return substitute(text, {**pseudo, **dict.fromkeys(own, KEY_ID)})
    return {key: _plausible(value, stack) for key, value in node.items()}
