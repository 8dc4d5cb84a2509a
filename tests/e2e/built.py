"""What a build wrote, read back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Stack:
    """One stack of the manifest with its template."""

    entry: dict[str, Any]
    template: dict[str, Any]

    @property
    def name(self) -> str:
        return self.entry["name"]

    @property
    def region(self) -> str:
        return self.entry["region"]

    def resources(self, resource_type: str) -> Iterator[dict[str, Any]]:
        """The properties of every resource of this type."""
        for resource in self.template["Resources"].values():
            if resource["Type"] == resource_type:
                yield resource["Properties"]


@dataclass(frozen=True)
class Built:
    """An output directory."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / "manifest.json").read_text())

    @cached_property
    def stacks(self) -> list[Stack]:
        return [
            Stack(entry, yaml.safe_load((self.folder / entry["template"]).read_text()))
            for entry in self.manifest["stacks"]
        ]

    def account(self, otherwise: str) -> str:
        """The account that the spec names, if it names one."""
        accounts = {stack.entry["account"] for stack in self.stacks} - {None}
        assert len(accounts) <= 1, f"several accounts: {accounts}"
        return accounts.pop() if accounts else otherwise

    def made_vaults(self) -> set[tuple[str, str]]:
        """Region and name of every vault that the build makes."""
        return {
            (stack.region, vault["BackupVaultName"])
            for stack in self.stacks
            for vault in stack.resources("AWS::Backup::BackupVault")
        }

    def used_vaults(self) -> set[tuple[str, str]]:
        """Region and name of every vault that a plan names by itself, not as a resource of its stack."""
        used = set()
        for stack in self.stacks:
            for plan in stack.resources("AWS::Backup::BackupPlan"):
                for rule in plan["BackupPlan"]["BackupPlanRule"]:
                    if isinstance(rule["TargetBackupVault"], str):
                        used.add((stack.region, rule["TargetBackupVault"]))
                    for copy in rule.get("CopyActions", []):
                        [arn] = strings(copy["DestinationBackupVaultArn"])
                        used.add(re.search(r":backup:([^:]+):.*:backup-vault:(.+)", arn).groups())
        return used

    def mismatches(self) -> list[str]:
        """The files that are not those of the manifest, as deploy.sh finds them."""
        return self.mismatches_against(self.manifest["files"])

    def mismatches_against(self, digests: dict[str, str]) -> list[str]:
        """The files that do not have these digests."""
        return [
            name
            for name, digest in digests.items()
            if not (self.folder / name).is_file()
            or hashlib.sha256((self.folder / name).read_bytes()).hexdigest() != digest
        ]

    def policies(self, stack: Stack) -> Iterator[dict[str, Any]]:
        """Every permission policy document of a stack."""
        for policy in stack.resources("AWS::IAM::RolePolicy"):
            yield policy["PolicyDocument"]
        yield from _joined(stack.resources("AWS::IAM::ManagedPolicy"))
        for role in stack.resources("AWS::IAM::Role"):
            for policy in role.get("Policies", []):
                yield policy["PolicyDocument"]


def _joined(policies: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Managed policies as they were before they were cut: a statement may go on in the next one.

    The parts of a role's policy have its name and a hash; the parts of a statement its Sid.
    """
    whole: dict[str, dict[str, dict[str, Any]]] = {}
    for policy in policies:
        role = policy["ManagedPolicyName"].rsplit("-", 1)[0]
        for statement in policy["PolicyDocument"]["Statement"]:
            statements = whole.setdefault(role, {})
            known = statements.setdefault(statement["Sid"], {**statement, "Resource": []})
            known["Resource"] = known["Resource"] + statement["Resource"]
    for statements in whole.values():
        yield {"Version": "2012-10-17", "Statement": list(statements.values())}


def strings(node: Any) -> Iterator[str]:
    """Every string below `node`, keys left out."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from strings(item)
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)


def substitute(text: str, values: dict[str, str]) -> str:
    """Fn::Sub with every name in `values`."""
    return re.sub(r"\$\{([^}!]+)\}", lambda match: values[match[1]], text)
