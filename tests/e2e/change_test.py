"""What drc diff says that CloudFormation does is what it does, for every pair of specs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from aws_emulator import DEFAULT_ACCOUNT, PARTITION, Emulator
from built import Built, Stack, strings
from cfn_engine import CloudFormation, Template
from cfn_resources import Place
from deploy_test import ROLE
from harness import ROOT, WORK, Check, build, drc
from live import KEY_ARN
from moto.cloudformation.models import cloudformation_backends

CHANGE = ROOT / "tests" / "change"

# What drc calls a type.
WORDS = {
    "AWS::KMS::Key": "key",
    "AWS::KMS::ReplicaKey": "replica key",
    "AWS::KMS::Alias": "alias",
    "AWS::Backup::BackupVault": "vault",
    "AWS::Backup::BackupPlan": "plan",
    "AWS::Backup::BackupSelection": "selection",
    "AWS::IAM::Role": "role",
    "AWS::IAM::RolePolicy": "policy",
    "AWS::IAM::ManagedPolicy": "policy",
}
THING = r"(replica key|key|alias|vault|plan|selection|role|policy) \S+?(?: \([^)]*\))?(?=, |$| )"


def checks() -> list[Check]:
    pairs = sorted((CHANGE / "pairs").glob("*.txt"))
    assert len(pairs) > 40, pairs
    return [
        Check("what was built before drc diff was there becomes what is built today", _landed),
        *[Check(pair.stem, _pair, (pair,)) for pair in pairs],
    ]


@cache
def emulator() -> Emulator:
    """The emulator of this process. Its backends are called without a server between."""
    return Emulator()


# --- Deploying ---------------------------------------------------------------


@dataclass(frozen=True)
class Deployed:
    """What became of a stack that was deployed, and why nothing did."""

    stack: Stack
    events: list[dict[str, Any]]
    refusal: str

    @property
    def is_touched(self) -> bool:
        """Whether anything but texts about resources changes."""
        return any(it["ResourceType"] != "AWS::CloudFormation::Stack" for it in self.events)


class World:
    """An AWS that one build after the other is deployed to."""

    def __init__(self, *builds: Built) -> None:
        accounts = {built.account(DEFAULT_ACCOUNT) for built in builds}
        # A spec that names no account goes to the one that the other names.
        named = sorted(accounts - {DEFAULT_ACCOUNT})
        self.otherwise = named[0] if named else DEFAULT_ACCOUNT
        self.aws = emulator()
        self.aws.reset(self.otherwise)

    def deploy(self, built: Built) -> list[Deployed]:
        """Every stack in its order, to the first that is refused, as deploy.sh does."""
        account = built.account(self.otherwise)
        self._plant(built, account)
        done: list[Deployed] = []
        for stack in built.stacks:
            done.append(self._deploy(built, stack, account))
            if done[-1].refusal:
                break
        return done

    def _deploy(self, built: Built, stack: Stack, account: str) -> Deployed:
        backend: CloudFormation = cloudformation_backends[account][stack.region]
        known = backend.stacks.get(stack.name)
        seen = len(known.events) if known else 0
        change_set = backend.create_change_set(
            stack_name=stack.name,
            name=f"change-{len(backend.change_sets)}",
            kind="UPDATE" if known else "CREATE",
            template=Template.parse((built.folder / stack.entry["template"]).read_text()),
            parameters=[],
            capabilities=["CAPABILITY_NAMED_IAM"],
            tags={},
        )
        if change_set.failure:
            return Deployed(stack, [], "" if change_set.is_empty else change_set.failure)
        backend.execute(change_set)
        now = backend.stacks[stack.name]
        events = now.events[seen:]
        whys = [it["ResourceStatusReason"] for it in events if "ROLLBACK" in it["ResourceStatus"]]
        return Deployed(stack, events, next(filter(None, whys), ""))

    def _plant(self, built: Built, account: str) -> None:
        """Make what the build takes for granted and nobody has made."""
        for text in sorted({text for it in built.stacks for text in strings(it.template["Resources"])}):
            text = text.replace("${AWS::Partition}", PARTITION).replace("${AWS::AccountId}", account)
            if role := ROLE.fullmatch(text):
                roles = Place(role[1], "us-east-1").iam.roles.values()
                if role[3] not in {it.name for it in roles} | made_roles(built):
                    self.aws.plant_role(role[1], PARTITION, role[3], role[2])
            elif KEY_ARN.fullmatch(text):
                place = Place(text.split(":")[4], text.split(":")[3])
                if text not in {key.arn for key in place.kms.keys.values()}:
                    self.aws.plant_key(text)
        for region, vault in sorted(built.used_vaults() - built.made_vaults()):
            if vault not in Place(account, region).backup.vaults:
                self.aws.plant_vault(account, region, vault)

    def holding(self, built: Built) -> set[tuple[str, ...]]:
        """All that recovery points need, in the regions of a build: vaults with their keys, keys, roles."""
        account = built.account(self.otherwise)
        things: set[tuple[str, ...]] = set()
        for region in {stack.region for stack in built.stacks}:
            place = Place(account, region)
            for name, vault in place.backup.vaults.items():
                things.add(("vault", region, name, str(vault.encryption_key_arn)))
            things |= {("key", region, key.arn) for key in place.kms.keys.values()}
        roles = Place(account, "us-east-1").iam.roles.values()
        return things | {("role", role.name) for role in roles}


def made_roles(built: Built) -> set[str]:
    return {role["RoleName"] for it in built.stacks for role in it.resources("AWS::IAM::Role")}


# --- What is said --------------------------------------------------------------


class Said:
    """What drc diff says of two directories."""

    def __init__(self, old: Path, new: Path) -> None:
        result = drc("diff", old, new, "--lang", "en", "--now", "2026-11-27T00:00:00Z")
        assert result.returncode == 0, result.stderr
        self.text = result.stdout
        self.joined = re.sub(r"\s+", " ", self.text)

    @property
    def order(self) -> list[tuple[str, str]]:
        """The stacks that are made or changed."""
        lines = re.findall(r"(?m)^  \d+\. (?:create|update) (\S+) / (\S+)$", self.text)
        return [(name, region) for region, name in lines]

    @property
    def refused(self) -> set[tuple[str, str]]:
        return set(re.findall(r"refuses the (?:update|creation) of stack (\S+) in (\S+?):", self.joined))

    def things(self, sentence: str, stack: Stack) -> Counter[str]:
        """How many things of each type a sentence lists for a stack."""
        sentence = sentence.format(stack=f"stack {re.escape(stack.name)} in {stack.region}")
        listed: Counter[str] = Counter()
        for found in re.finditer(rf"{sentence}: ((?:{THING}(?:, )?)+)", self.joined):
            listed.update(thing[1] for thing in re.finditer(THING, found[1]))
        return listed


def _done(events: list[dict[str, Any]], *statuses: str) -> Counter[str]:
    """How many resources of each type have all these events, and no other."""
    by_name: dict[str, list[str]] = {}
    types = {}
    for event in events:
        if event["ResourceType"] != "AWS::CloudFormation::Stack":
            by_name.setdefault(event["LogicalResourceId"], []).append(event["ResourceStatus"])
            types[event["LogicalResourceId"]] = WORDS[event["ResourceType"]]
    return Counter(types[name] for name, seen in by_name.items() if seen == list(statuses))


SENTENCES = {
    "{stack} changes in place": ("UPDATE_COMPLETE",),
    "these are deleted from {stack}": ("DELETE_COMPLETE",),
    "these leave {stack} and stay, managed by no stack": ("DELETE_SKIPPED",),
    "these are made again in {stack}, and hold no recovery points": (
        "CREATE_COMPLETE",
        "DELETE_COMPLETE",
    ),
}


# --- Checks --------------------------------------------------------------------


def _pair(path: Path) -> str:
    specs, _, _ = path.read_text().partition("\n=== said\n")
    folders = []
    for side, text in zip(["old", "new"], specs.split("\n=== new\n"), strict=True):
        folder = WORK / "change" / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        spec = folder / f"{side}.drspec"
        spec.write_text(text + "\n")
        build(spec, folder / side)
        folders.append(folder / side)
    return _compare(*folders)


def _landed() -> str:
    new = WORK / "change" / "landed"
    build(ROOT / "specs" / "mydb.drspec", new)
    return _compare(CHANGE / "landed", new)


def _compare(old_folder: Path, new_folder: Path) -> str:
    old, new = Built(old_folder), Built(new_folder)
    said = Said(old_folder, new_folder)
    world = World(old, new)
    for deployed in world.deploy(old):
        assert not deployed.refusal, f"{deployed.stack.name}: {deployed.refusal}"
    before = world.holding(old)
    after = world.deploy(new)
    lost = before - world.holding(old)
    assert not lost, f"lost: {sorted(lost)}\n{said.text}"
    _check_refusals(after, said)
    touched = [(it.stack.name, it.stack.region) for it in after if it.is_touched]
    is_whole = not any(it.refusal for it in after)
    assert touched == (said.order if is_whole else said.order[: len(touched)]), f"{touched}\n{said.text}"
    for deployed in after:
        if not deployed.refusal:
            _check_resources(deployed, said)
    refused = [it.stack.name for it in after if it.refusal]
    return f"refused at {refused[0]}" if refused else ""


def _check_refusals(after: list[Deployed], said: Said) -> None:
    """The first stack that AWS refuses is one that drc diff says it refuses, and none before it is."""
    for deployed in after:
        stack = (deployed.stack.name, deployed.stack.region)
        assert "the emulator" not in deployed.refusal, f"{stack}: {deployed.refusal}"
        if deployed.refusal:
            assert stack in said.refused, f"AWS refuses {stack}: {deployed.refusal}\n{said.text}"
        else:
            assert stack not in said.refused, f"AWS does not refuse {stack}\n{said.text}"


def _check_resources(deployed: Deployed, said: Said) -> None:
    """Of a stack that exists, what is said of its resources is what AWS does to them."""
    if any(it["ResourceStatus"] == "CREATE_IN_PROGRESS" for it in deployed.events[:1]):
        return
    for sentence, statuses in SENTENCES.items():
        does, says = _done(deployed.events, *statuses), said.things(sentence, deployed.stack)
        about = sentence.format(stack=f"{deployed.stack.name} in {deployed.stack.region}")
        assert does == says, f"{about}: {dict(says)}, and AWS does {dict(does)}\n{said.text}"
