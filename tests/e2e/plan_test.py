"""deploy.sh --plan says what AWS would change, and nothing is changed."""

from __future__ import annotations

import re
import shutil
from typing import Any

from aws_emulator import DEFAULT_ACCOUNT, PARTITION
from built import Built, Stack
from deploy_test import INLINE_TEMPLATE_LIMIT, SENTENCE, Deployment
from harness import Check, build, write_spec

SYSTEM = "system planned\n"
BACKUP = f"backup cluster mydb {SENTENCE}"
ADMIN = "defaults admin role/admin\n"
REVIEW = "REVIEW_IN_PROGRESS"
MAY_ASK = {
    "cloudformation:CreateChangeSet",
    "cloudformation:DescribeChangeSet",
    "cloudformation:DescribeEvents",
    "cloudformation:DescribeStacks",
    "cloudformation:GetTemplateSummary",
    "cloudformation:ListChangeSets",
    "s3:GetObject",
    "s3:PutObject",
}


def checks() -> list[Check]:
    return [
        Check("nothing is deployed: what can be planned, and what cannot yet", _nothing),
        Check("nothing is deployed, and change sets read outputs", _nothing_read_early),
        Check("what is planned is deployed, and then nothing would change", _then_deployed),
        Check("an edit in place, and the deployment of it", _in_place),
        Check("an edit that replaces a resource", _replaced),
        Check("an export that the deployed stack does not have yet", _new_export),
        Check("one region, with a parameter", _one_region),
        Check("a stack that is refused does not hide the others", _refused),
        Check("a stack that waits for one that is not in the plan", _not_in_plan),
        Check("a template too large to send, without and with a bucket", _large),
        Check("arguments and files are checked before AWS is asked", _before_aws),
        Check("logged in to another account", _wrong_account),
    ]


class Plan:
    """What a plan has printed."""

    def __init__(self, said: str, complaints: str) -> None:
        self.said, self.complaints = said, complaints

    def of(self, stack: Stack) -> str:
        """The part about one stack."""
        pattern = rf"(?ms)^== {stack.name} in {stack.region}\n(.*?)(?=^== |\Z)"
        [part] = re.findall(pattern, self.said)
        return part

    def changes(self, stack: Stack) -> dict[str, tuple[str, ...]]:
        """The rows of its table by logical id: action, type, replacement, policy action."""
        heading = r"Action +ResourceType +Replacement +PolicyAction +LogicalResourceId"
        rows = re.split(rf"(?m)^{heading}\n", self.of(stack))[1].splitlines()
        cells = [row.split() for row in rows if row.startswith(("Add ", "Modify ", "Remove "))]
        return {name: tuple(others) for *others, name in cells}

    def summary(self) -> str:
        """The end of it, which counts the stacks."""
        return self.said.splitlines()[-1]


class Planned(Deployment):
    """A deployment that can be planned."""

    def __init__(self, folder: str, text: str = SYSTEM + BACKUP) -> None:
        super().__init__(write_spec(folder, text), folder)

    def plan(self, *arguments: str, exits: int = 0, **variables: str) -> Plan:
        """Run a plan; nothing may be executed, nor anything be made, changed or deleted."""
        before = self._there()
        strict = "dash" if shutil.which("dash") else "sh"
        result = self.run("--plan", *arguments, shell=strict, **variables)
        said = result.stdout + result.stderr
        assert result.returncode == exits, f"exit {result.returncode}\n{said}"
        asked = {call.action for call in self.aws.calls}
        assert asked <= MAY_ASK, asked - MAY_ASK
        assert self._there() == before, "the plan changed something"
        assert result.stdout.endswith("; nothing was changed\n"), said
        return Plan(result.stdout, result.stderr)

    def _there(self) -> list[Any]:
        """All there is, but the empty stacks that a plan leaves."""
        seen = self.live.snapshot()
        return [it for it in seen if it and not (isinstance(it, dict) and it.get("StackStatus") == REVIEW)]

    def edit(self, text: str) -> None:
        """Build another text into the place of this one."""
        build(write_spec(self.spec.stem, text), self.folder)
        self.built = self.live.built = Built(self.folder)
        self.__dict__.pop("policies", None)

    def with_type(self, resource_type: str) -> Stack:
        """The only stack that holds a resource of this type."""
        [stack] = [it for it in self.built.stacks if list(it.resources(resource_type))]
        return stack


# --- On nothing ---


def _nothing() -> None:
    deployment = Planned("plan-nothing")
    primary, replica, destination, source = deployment.built.stacks
    plan = deployment.plan()
    for stack in (primary, replica):
        assert plan.of(stack).startswith("a new stack\n"), plan.said
        wanted = {
            name: ("Add", resource["Type"], "-", "-")
            for name, resource in stack.template["Resources"].items()
        }
        assert plan.changes(stack) == wanted, plan.said
        [arn] = re.findall(rf"arn:aws:cloudformation:{stack.region}:\d+:changeSet/\S+", plan.of(stack))
        cloudformation = deployment.live.client("cloudformation", stack.region)
        described = cloudformation.describe_change_set(ChangeSetName=arn)
        assert described["ExecutionStatus"] == "AVAILABLE", described
        assert deployment.live.stack_status(stack.name, stack.region) == REVIEW
    for stack, first in [(destination, replica), (source, primary)]:
        part = plan.of(stack)
        assert f"before the deployment of {first.region}/{first.name}, which it imports from\n" in part
        assert "(No export named " in part, part
    assert plan.summary() == "2 of 4 stacks would change, 2 cannot be planned yet; nothing was changed"
    # What the first plan has left is in nobody's way.
    assert deployment.plan().summary() == plan.summary()


def _nothing_read_early() -> None:
    deployment = Planned("plan-early")
    deployment.aws.read_outputs_early()
    primary, replica, *_ = deployment.built.stacks
    plan = deployment.plan()
    assert f"before the deployment of {primary.region}/{primary.name}, which" in plan.of(replica), plan.said
    assert plan.summary().startswith("1 of 4 stacks would change, 3 cannot be planned yet;")


def _then_deployed() -> None:
    deployment = Planned("plan-deployed")
    deployment.plan()
    deployment.succeeds()
    deployment.live.check()
    plan = deployment.plan()
    for stack in deployment.built.stacks:
        assert plan.of(stack).startswith("no changes\n"), plan.said
    assert plan.summary() == "0 of 4 stacks would change; nothing was changed"
    # The deployment has ended the change sets of the plan before it.
    for stack in deployment.built.stacks:
        cloudformation = deployment.live.client("cloudformation", stack.region)
        sets = cloudformation.list_change_sets(StackName=stack.name)["Summaries"]
        assert {it["ExecutionStatus"] for it in sets} == {"EXECUTE_COMPLETE", "UNAVAILABLE"}, sets


# --- On something ---


def _in_place() -> None:
    deployment = Planned("plan-in-place")
    deployment.succeeds()
    deployment.edit(SYSTEM + BACKUP + ADMIN)
    deployment.aws.plant_role(deployment.account, PARTITION, "admin")
    plan = deployment.plan()
    for kind in ("AWS::KMS::Key", "AWS::KMS::ReplicaKey"):
        changes = plan.changes(deployment.with_type(kind))
        assert list(changes.values()) == [("Modify", kind, "False", "-")], plan.said
        assert "a new stack" not in plan.of(deployment.with_type(kind))
    assert plan.summary() == "2 of 4 stacks would change; nothing was changed"
    deployment.succeeds()
    assert deployment.plan().summary() == "0 of 4 stacks would change; nothing was changed"


def _replaced() -> None:
    named = f"{BACKUP.rstrip()} plan kept selection kept role kept\n"
    deployment = Planned("plan-replaced", SYSTEM + named)
    deployment.succeeds()
    deployment.edit(SYSTEM + named.replace("mydb", "yourdb"))
    plan = deployment.plan()
    source = deployment.with_type("AWS::Backup::BackupSelection")
    rows = plan.changes(source).values()
    assert ("Modify", "AWS::Backup::BackupSelection", "True", "ReplaceAndDelete") in rows, plan.said
    assert ("Modify", "AWS::IAM::RolePolicy", "False", "-") in rows, plan.said
    assert plan.summary() == "1 of 4 stacks would change; nothing was changed"


def _new_export() -> None:
    deployment = Planned("plan-export")
    deployment.succeeds()
    other = BACKUP.replace("mydb", "yourdb")
    other = other.replace(" to ap-northeast-3", " vault more key more to ap-northeast-3 vault more key less")
    deployment.edit(SYSTEM + BACKUP + other)
    primary, replica, destination, source = deployment.built.stacks
    plan = deployment.plan()
    actions = {row[0] for stack in (primary, replica) for row in plan.changes(stack).values()}
    assert actions == {"Add"}, plan.said
    for stack, first in [(destination, replica), (source, primary)]:
        assert f"before the deployment of {first.region}/{first.name}, which" in plan.of(stack), plan.said
    assert plan.summary() == "2 of 4 stacks would change, 2 cannot be planned yet; nothing was changed"


def _one_region() -> None:
    deployment = Planned("plan-region")
    deployment.succeeds()
    replica = deployment.with_type("AWS::KMS::ReplicaKey")
    [parameter] = [it["name"] for it in replica.entry["parameters"]]
    arn = f"arn:aws:kms:ap-northeast-1:{DEFAULT_ACCOUNT}:key/mrk-{'0' * 32}"
    plan = deployment.plan(replica.region, f"{parameter}={arn}")
    regions = set(re.findall(r"(?m)^== \S+ in (\S+)$", plan.said))
    assert regions == {replica.region}, plan.said
    assert plan.summary() == f"1 of 2 stacks of {replica.region} would change; nothing was changed"
    assert deployment.live.parameters(replica) == {parameter: ""}


# --- What is refused ---


def _refused() -> None:
    deployment = Planned("plan-refused")
    [stack, *_] = deployment.built.stacks
    why = "Resource of type 'AWS::KMS::Key' already exists."
    deployment.aws.fail_early(stack.name, why)
    plan = deployment.plan(exits=1)
    for word in (why, "docs/retained-resources.md", f"stack {stack.name} in {stack.region} cannot be planned"):
        assert word in plan.complaints, plan.complaints
    assert plan.summary() == (
        "1 of 4 stacks would change, 2 cannot be planned yet, 1 refused; nothing was changed"
    )


def _not_in_plan() -> None:
    """AWS's own words are all there is to say then."""
    deployment = Planned("plan-part")
    deployment.aws.read_outputs_early()
    replica = deployment.with_type("AWS::KMS::ReplicaKey")
    plan = deployment.plan(replica.region, exits=1)
    assert f"{replica.name} in {replica.region} cannot be planned" in plan.complaints
    assert "does not exist in ap-northeast-1" in plan.complaints


def _large() -> None:
    statements = [f"backup cluster db{number} {SENTENCE}" for number in range(16)]
    deployment = Planned("plan-large", "".join(statements))
    sizes = {
        stack.region: (deployment.folder / stack.entry["template"]).stat().st_size
        for stack in deployment.built.stacks
    }
    [region] = [region for region, size in sizes.items() if size > INLINE_TEMPLATE_LIMIT]
    deployment.fails("DRC_TEMPLATE_BUCKET", arguments=("--plan",))
    deployment.live.client("s3", region).create_bucket(
        Bucket=f"templates-{region}", CreateBucketConfiguration={"LocationConstraint": region}
    )
    deployment.succeeds(DRC_TEMPLATE_BUCKET="templates-{region}")
    plan = deployment.plan(DRC_TEMPLATE_BUCKET="templates-{region}")
    assert plan.summary().startswith("0 of "), plan.said


def _before_aws() -> None:
    deployment = Planned("plan-arguments")
    for arguments, word in [
        (("--plan", "eu-west-1"), "eu-west-1"),
        (("--plan", "--plan"), "--plan"),
        (("ap-northeast-1", "--plan"), "--plan"),
        (("--plan", "ap-northeast-3", "Nothing=x"), "Nothing"),
    ]:
        deployment.refuses_before_aws(word, arguments=arguments)
    template = deployment.folder / deployment.built.stacks[0].entry["template"]
    template.write_text(template.read_text() + "# more\n")
    deployment.refuses_before_aws(deployment.built.stacks[0].entry["template"], arguments=("--plan",))


def _wrong_account() -> None:
    other = "111122223333"
    deployment = Planned("plan-account", f"account {other}\n{BACKUP}")
    deployment.aws.reset(DEFAULT_ACCOUNT)
    deployment.fails(other, DEFAULT_ACCOUNT, arguments=("--plan",))
    assert not deployment.aws.calls, deployment.aws.calls
