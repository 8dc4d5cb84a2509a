"""CloudFormation itself: templates, change sets, stacks, exports, rollback.

moto's own CloudFormation is forgiving: it skips types that it does not know,
leaves a substitution that it cannot resolve as it stands, keeps no exports of
stacks made through change sets and never rolls back. This engine takes its
place behind moto's CloudFormation API and refuses where CloudFormation does.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import jsonschema
import regex
import yaml
from moto.cloudformation import urls
from moto.cloudformation.models import cloudformation_backends
from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.core.base_backend import BaseBackend
from moto.core.responses import ActionResult, BaseResponse, EmptyResult
from moto.moto_api._internal import mock_random
from moto.s3.models import s3_backends

from cfn_resources import Physical, Place, Refused, make
from cfn_update import Update

SCHEMAS = Path(__file__).resolve().parent.parent / "data" / "cloudformation"

INLINE_TEMPLATE_LIMIT = 51_200
S3_TEMPLATE_LIMIT = 1_048_576
SECTIONS = {
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Parameters",
    "Conditions",
    "Resources",
    "Outputs",
}
RESOURCE_ATTRIBUTES = {
    "Type",
    "Properties",
    "DependsOn",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "Metadata",
}
NO_CHANGES = (
    "The submitted information didn't contain changes. "
    "Submit different information to create a change set."
)

EARLY_VALIDATION = (
    "The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. "
    "To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information."
)

# Stacks to refuse, for the tests: name of the stack -> resource type at which it fails.
refusals: dict[str, str] = {}

# Stacks whose change sets fail before anything is made: name of the stack -> why.
early_failures: dict[str, str] = {}

# Whether a change set reads the outputs of other stacks: nobody documents that only its execution does.
reads_outputs_early: list[bool] = [False]

# Regions that answer nobody.
lost_regions: set[str] = set()

# Whether Fn::If resolves both of its branches: nobody documents that CloudFormation does not.
resolves_every_branch: list[bool] = [False]

# Reads of other stacks' outputs, which CloudFormation makes with the permissions of who deploys:
# region and name of the stack that is deployed, and the ARN of the one that is read.
reads_of_outputs: list[tuple[tuple[str, str], str]] = []


def allow_all() -> None:
    """Nothing fails, and every region answers."""
    refusals.clear()
    early_failures.clear()
    lost_regions.clear()
    resolves_every_branch[0] = False
    reads_outputs_early[0] = False


class InsufficientCapabilities(CloudFormationError):
    """A template makes named IAM resources and the caller did not say so."""

    code = "InsufficientCapabilitiesException"


# --- Templates ---------------------------------------------------------------


@dataclass(frozen=True)
class Template:
    """A parsed template whose outline is known to be good."""

    text: str
    body: dict[str, Any]

    @staticmethod
    def parse(text: str) -> Template:
        try:
            body = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ValidationError(message=f"Template format error: {error}") from error
        template = Template(text, body)
        template._check_outline()
        return template

    @property
    def resources(self) -> dict[str, Any]:
        return self.body["Resources"]

    @property
    def parameters(self) -> dict[str, Any]:
        return self.body.get("Parameters", {})

    @property
    def conditions(self) -> dict[str, Any]:
        return self.body.get("Conditions", {})

    def order(self) -> list[str]:
        """Logical ids with every resource after those that it needs."""
        ordered: list[str] = []

        def visit(name: str, above: tuple[str, ...]) -> None:
            if name in above:
                raise ValidationError(message=f"Circular dependency between resources: {above}")
            if name not in ordered:
                for needed in sorted(self._needs(name)):
                    visit(needed, (*above, name))
                ordered.append(name)

        for name in self.resources:
            visit(name, ())
        return ordered

    def _needs(self, name: str) -> set[str]:
        resource = self.resources[name]
        explicit = resource.get("DependsOn", [])
        explicit = [explicit] if isinstance(explicit, str) else explicit
        implicit = references(resource.get("Properties", {}))
        return set(explicit) | {name for name in implicit if name in self.resources}

    def _check_outline(self) -> None:
        if not isinstance(self.body, dict) or not self.body.get("Resources"):
            raise ValidationError(message="At least one Resources member must be defined.")
        if unknown := set(self.body) - SECTIONS:
            raise ValidationError(message=f"Invalid template property or properties {unknown}")
        if len(self.body.get("Description", "").encode()) > 1024:
            raise ValidationError(message="Template format error: Description is too long")
        if len(self.resources) > 500:
            raise ValidationError(message="Template format error: more than 500 resources")
        for name, resource in self.resources.items():
            if unknown := set(resource) - RESOURCE_ATTRIBUTES:
                raise ValidationError(message=f"Invalid attributes of resource {name}: {unknown}")
            if not re.fullmatch("[A-Za-z0-9]+", name):
                raise ValidationError(message=f"Resource name {name} is non alphanumeric.")
        self._check_references()

    def _check_references(self) -> None:
        known = set(self.resources) | set(self.parameters)
        places = [self.resources, self.conditions, self.body.get("Outputs", {})]
        missing = {name for place in places for name in references(place)} - known
        if missing:
            raise ValidationError(
                message=f"Template format error: Unresolved resource dependencies {missing}"
            )
        if unknown := set(conditions(self.resources)) - set(self.conditions):
            raise ValidationError(message=f"Template format error: Unresolved condition {unknown}")
        for place in [self.conditions, self.body.get("Outputs", {})]:
            if "Fn::GetStackOutput" in functions(place):
                raise ValidationError(message="Fn::GetStackOutput is not supported here")


def references(node: Any) -> Iterator[str]:
    """Every logical id or parameter that Ref, GetAtt or Sub below `node` names."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Ref":
                yield from [] if value.startswith("AWS::") else [value]
            elif key == "Fn::GetAtt":
                yield value[0]
            elif key == "Fn::Sub":
                yield from _references_of_sub(value)
            elif key != "Metadata":
                yield from references(value)


def functions(node: Any) -> Iterator[str]:
    """The name of every intrinsic function below `node`."""
    if isinstance(node, list):
        for item in node:
            yield from functions(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key.startswith("Fn::"):
                yield key
            yield from functions(value)


def conditions(node: Any) -> Iterator[str]:
    """Every condition that Fn::If below `node` asks."""
    if isinstance(node, list):
        for item in node:
            yield from conditions(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "Fn::If":
                yield value[0]
            yield from conditions(value)


def arguments(node: Any, function: str) -> Iterator[Any]:
    """What every use of an intrinsic function below `node` is given."""
    for value in node if isinstance(node, list) else node.values() if isinstance(node, dict) else []:
        yield from arguments(value, function)
    if isinstance(node, dict) and function in node:
        yield node[function]


def _references_of_sub(value: Any) -> Iterator[str]:
    text, own = (value, {}) if isinstance(value, str) else value
    yield from references(own)
    for name in re.findall(r"\$\{([^!}]+)\}", text):
        if not name.startswith("AWS::") and name not in own:
            yield name.split(".")[0]


# --- Resolving ---------------------------------------------------------------


@dataclass
class Scope:
    """What names mean inside one stack while it is being made."""

    stack: Stack
    exports: dict[str, str]
    made: dict[str, Physical] = field(default_factory=dict)

    def resolve(self, node: Any) -> Any:
        """The value of `node` with every intrinsic function carried out."""
        if isinstance(node, list):
            return [self.resolve(item) for item in node]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            [(name, argument)] = node.items()
            if name == "Ref":
                return self._ref(argument)
            if name.startswith("Fn::"):
                return self._function(name, argument)
        return {key: self.resolve(value) for key, value in node.items()}

    def _ref(self, name: str) -> str:
        if name.startswith("AWS::"):
            return self._pseudo(name)
        if name in self.made:
            return self.made[name].ref
        return self.stack.parameters[name]

    def _pseudo(self, name: str) -> str:
        place = self.stack.place
        values = {
            "AWS::AccountId": place.account,
            "AWS::Partition": place.partition,
            "AWS::Region": place.region,
            "AWS::StackName": self.stack.name,
            "AWS::StackId": self.stack.id,
        }
        if name not in values:
            raise Refused(f"the emulator does not know the pseudo parameter {name}")
        return values[name]

    def _function(self, name: str, argument: Any) -> Any:
        known: dict[str, Callable[[Any], Any]] = {
            "Fn::Equals": lambda sides: self.resolve(sides[0]) == self.resolve(sides[1]),
            "Fn::GetAtt": self._get_att,
            "Fn::GetStackOutput": self._get_stack_output,
            "Fn::If": self._if,
            "Fn::ImportValue": self._import_value,
            "Fn::Join": lambda parts: parts[0].join(self.resolve(parts[1])),
            "Fn::Not": lambda inner: not self.resolve(inner[0]),
            "Fn::Select": lambda parts: self.resolve(parts[1])[int(parts[0])],
            "Fn::Split": lambda parts: self.resolve(parts[1]).split(parts[0]),
            "Fn::Sub": self._sub,
        }
        if name not in known:
            raise Refused(f"the emulator does not know {name}")
        return known[name](argument)

    def _if(self, argument: list[Any]) -> Any:
        name, *branches = argument
        taken, other = branches if self.resolve(self.stack.template.conditions[name]) else branches[::-1]
        if resolves_every_branch[0]:
            self.resolve(other)
        return self.resolve(taken)

    def _get_stack_output(self, argument: dict[str, Any]) -> str:
        """An output as it is now; a weak reference, so nothing is kept of an earlier value."""
        asked = self.resolve(argument)
        region = asked.get("Region", self.stack.place.region)
        if unknown := set(asked) - {"StackName", "OutputName", "Region"}:
            raise Refused(f"the emulator does not know Fn::GetStackOutput {unknown}")
        if region in lost_regions:
            raise Refused(f"Fn::GetStackOutput: {region} cannot be reached")
        backend = cloudformation_backends[self.stack.place.account][region]
        stack = backend.stacks.get(asked["StackName"])
        if stack is None or not stack.outputs:
            raise Refused(f"Stack {asked['StackName']} does not exist in {region}")
        reads_of_outputs.append(((self.stack.place.region, self.stack.name), stack.id))
        for output in stack.outputs:
            if output["OutputKey"] == asked["OutputName"]:
                return output["OutputValue"]
        raise Refused(f"Output {asked['OutputName']} not found in {asked['StackName']}")

    def _get_att(self, argument: list[str]) -> str:
        name, attribute = argument
        attributes = self.made[name].attributes
        if attribute not in attributes:
            raise Refused(f"Requested attribute {attribute} does not exist in schema of {name}")
        return attributes[attribute]

    def _import_value(self, argument: Any) -> str:
        name = self.resolve(argument)
        if name not in self.exports:
            raise Refused(f"No export named {name} found. Rollback requested by user.")
        return self.exports[name]

    def _sub(self, argument: Any) -> str:
        text, own = (argument, {}) if isinstance(argument, str) else argument
        values = {name: self.resolve(value) for name, value in own.items()}

        def replace(match: re.Match[str]) -> str:
            name = match[1]
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in values:
                return values[name]
            if "." in name and not name.startswith("AWS::"):
                return self._get_att(name.split(".", 1))
            return self._ref(name)

        return re.sub(r"\$\{([^}]+)\}", replace, text)


# --- Schemas -----------------------------------------------------------------


class Schemas:
    """The official resource schemas, by type name."""

    def __init__(self, folder: Path = SCHEMAS) -> None:
        documents = [json.loads(file.read_text()) for file in sorted(folder.glob("AWS-*.json"))]
        self._by_type = {document["typeName"]: document for document in documents}

    def replaces(self, resource_type: str, properties: set[str]) -> bool:
        """Whether a change of these properties makes a new resource."""
        fixed = self._by_type[resource_type].get("createOnlyProperties", [])
        return any(f"/properties/{name}" in fixed for name in properties)

    def check(self, resource_type: str, properties: dict[str, Any]) -> None:
        """Refuse properties that the type's schema does not allow."""
        if resource_type not in self._by_type:
            raise Refused(f"Unrecognized resource types: [{resource_type}]")
        schema = self._by_type[resource_type]
        read_only = {
            path.removeprefix("/properties/") for path in schema.get("readOnlyProperties", [])
        }
        if encountered := read_only & set(properties):
            raise Refused(f"Encountered readonly properties {encountered}")
        for error in SchemaValidator(schema).iter_errors(properties):
            where = "/".join(str(step) for step in error.absolute_path)
            raise Refused(f"Properties validation failed: #/{where}: {error.message}")

    def create_only(self, resource_type: str) -> set[str]:
        """The properties for which another resource is made."""
        paths = self._by_type[resource_type].get("createOnlyProperties", [])
        return {path.removeprefix("/properties/").split("/")[0] for path in paths}


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    """`pattern` as the registry means it: its regular expressions use \\p{…}."""
    if isinstance(instance, str) and not regex.search(pattern, instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


SchemaValidator = jsonschema.validators.extend(
    jsonschema.Draft7Validator, validators={"pattern": _pattern}
)


# --- Stacks ------------------------------------------------------------------


@dataclass
class Stack:
    """A stack, from its first change set on."""

    name: str
    place: Place
    id: str
    status: str = "REVIEW_IN_PROGRESS"
    reason: str = ""
    template: Template | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    capabilities: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    outputs: list[dict[str, str]] = field(default_factory=list)
    made: dict[str, Physical] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    created: datetime.datetime = field(default_factory=lambda: _now())
    updated: datetime.datetime | None = None

    def note(self, logical_id: str, resource_type: str, status: str, reason: str = "") -> None:
        """Record an event."""
        self.events.append(
            {
                "StackId": self.id,
                "StackName": self.name,
                "EventId": str(mock_random.uuid4()),
                "LogicalResourceId": logical_id,
                "ResourceType": resource_type,
                "ResourceStatus": status,
                "ResourceStatusReason": reason,
                "Timestamp": _now(),
            }
        )

    def become(self, status: str, reason: str = "") -> None:
        self.status, self.reason = status, reason
        self.note(self.name, "AWS::CloudFormation::Stack", status, reason)

    def described(self) -> dict[str, Any]:
        """The stack as DescribeStacks shows it."""
        return {
            "StackId": self.id,
            "StackName": self.name,
            "Description": self.template and self.template.body.get("Description"),
            "Parameters": [
                {"ParameterKey": key, "ParameterValue": value}
                for key, value in self.parameters.items()
            ],
            "CreationTime": self.created,
            "LastUpdatedTime": self.updated,
            "StackStatus": self.status,
            "StackStatusReason": self.reason,
            "Capabilities": self.capabilities,
            "Outputs": self.outputs,
            "Tags": self.tags,
        }


@dataclass
class ChangeSet:
    """What somebody wants a stack to become."""

    id: str
    name: str
    kind: str
    stack: Stack
    template: Template
    parameters: dict[str, str]
    capabilities: list[str]
    tags: dict[str, str]
    unresolved: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    created: datetime.datetime = field(default_factory=lambda: _now())
    execution: str = "AVAILABLE"

    @property
    def failure(self) -> str:
        """Why it cannot be executed, as the status reason says it."""
        if self.is_empty:
            return NO_CHANGES
        return EARLY_VALIDATION if self.stack.name in early_failures else self.unresolved

    @property
    def is_empty(self) -> bool:
        stack = self.stack
        return (
            self.kind == "UPDATE"
            and stack.template is not None
            and (self.template.body, self.parameters, self.tags)
            == (stack.template.body, stack.parameters, stack.tags)
        )

    def described(self) -> dict[str, Any]:
        """The change set as DescribeChangeSet shows it."""
        return {
            "ChangeSetId": self.id,
            "ChangeSetName": self.name,
            "StackId": self.stack.id,
            "StackName": self.stack.name,
            "CreationTime": self.created,
            "Status": "FAILED" if self.failure else "CREATE_COMPLETE",
            "StatusReason": self.failure,
            "ExecutionStatus": "UNAVAILABLE" if self.failure else self.execution,
            "Parameters": self.parameters,
            "Changes": [] if self.failure else self.changes,
        }

    def events(self) -> list[dict[str, Any]]:
        """What DescribeEvents says of it."""
        if self.stack.name not in early_failures:
            return []
        name = next(iter(self.template.resources))
        return [
            {
                "EventId": str(mock_random.uuid4()),
                "StackId": self.stack.id,
                "OperationType": "CREATE_CHANGESET",
                "EventType": "VALIDATION_ERROR",
                "LogicalResourceId": name,
                "ResourceType": self.template.resources[name]["Type"],
                "ValidationName": "NAME_CONFLICT_VALIDATION",
                "ValidationStatus": "FAILED",
                "ValidationStatusReason": early_failures[self.stack.name],
                "ValidationPath": f"/Resources/{name}",
                "Timestamp": _now(),
            }
        ]


class CloudFormation(BaseBackend):
    """The stacks, exports and change sets of one region."""

    schemas = Schemas()
    _url_module = urls

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.place = Place(account_id, region_name)
        self.stacks: dict[str, Stack] = {}
        self.exports: dict[str, str] = {}
        self.exporters: dict[str, str] = {}
        self.change_sets: dict[str, ChangeSet] = {}

    def stack(self, name_or_id: str) -> Stack:
        for stack in self.stacks.values():
            if name_or_id in (stack.name, stack.id):
                return stack
        raise ValidationError(name_or_id)

    def create_change_set(
        self,
        stack_name: str,
        name: str,
        kind: str,
        template: Template,
        parameters: list[dict[str, Any]],
        capabilities: list[str],
        tags: dict[str, str],
    ) -> ChangeSet:
        """Check what can be checked without making anything, and keep the rest for later."""
        if not re.fullmatch("[a-zA-Z][-a-zA-Z0-9]{0,127}", stack_name):
            raise ValidationError(message=f"stackName {stack_name} is not valid")
        stack = self._stack_for(stack_name, kind)
        _check_capabilities(template, capabilities)
        change_set = ChangeSet(
            id=self._arn(f"changeSet/{name}/{mock_random.uuid4()}"),
            name=name,
            kind=kind,
            stack=stack,
            template=template,
            parameters=_parameter_values(template, parameters, stack.parameters),
            capabilities=capabilities,
            tags=tags,
        )
        change_set.unresolved = self._unresolved(change_set)
        change_set.changes = list(self._changes(stack.template, template))
        self.stacks.setdefault(stack_name, stack)
        self.change_sets[change_set.id] = change_set
        return change_set

    def _unresolved(self, change_set: ChangeSet) -> str:
        """Why AWS refuses what a change set reads of other stacks, if it does."""
        wanted = Stack(change_set.stack.name, self.place, change_set.stack.id)
        wanted.template, wanted.parameters = change_set.template, change_set.parameters
        read = ["Fn::ImportValue", *["Fn::GetStackOutput"] * reads_outputs_early[0]]
        try:
            for function in read:
                for argument in arguments(wanted.template.resources, function):
                    Scope(wanted, self.exports).resolve({function: argument})
        except Refused as refusal:
            return str(refusal)
        return ""

    def _changes(self, before: Template | None, after: Template) -> Iterator[dict[str, Any]]:
        """What differs in the resources as they are written, as DescribeChangeSet shows it."""
        old, new = before.resources if before else {}, after.resources
        for name in sorted({*old, *new}):
            was, becomes = old.get(name), new.get(name)
            if was == becomes:
                continue
            shown = {"LogicalResourceId": name, "ResourceType": (becomes or was)["Type"]}
            if not was:
                shown["Action"] = "Add"
            elif not becomes:
                kept = was.get("DeletionPolicy", "Delete") != "Delete"
                shown |= {"Action": "Remove", "PolicyAction": "Retain" if kept else "Delete"}
            else:
                shown |= {"Action": "Modify", **self._modification(was, becomes)}
            yield {"Type": "Resource", "ResourceChange": shown}

    def _modification(self, was: dict[str, Any], becomes: dict[str, Any]) -> dict[str, str]:
        one, other = was.get("Properties", {}), becomes.get("Properties", {})
        changed = {key for key in {*one, *other} if one.get(key) != other.get(key)}
        if not self.schemas.replaces(becomes["Type"], changed):
            return {"Replacement": "False"}
        kept = becomes.get("UpdateReplacePolicy", "Delete") != "Delete"
        return {
            "Replacement": "True",
            "PolicyAction": "ReplaceAndRetain" if kept else "ReplaceAndDelete",
        }

    def _stack_for(self, name: str, kind: str) -> Stack:
        known = self.stacks.get(name)
        if kind == "UPDATE":
            stack = self.stack(name)
            if not stack.status.endswith("_COMPLETE") or stack.status == "ROLLBACK_COMPLETE":
                raise ValidationError(
                    message=f"Stack:{stack.id} is in {stack.status} state and can not be updated."
                )
            return stack
        if known and known.status != "REVIEW_IN_PROGRESS":
            raise ValidationError(message=f"Stack [{name}] already exists")
        return known or Stack(name, self.place, self._arn(f"stack/{name}/{mock_random.uuid4()}"))

    def _arn(self, path: str) -> str:
        place = self.place
        return f"arn:{place.partition}:cloudformation:{place.region}:{place.account}:{path}"

    def change_set(self, name_or_id: str) -> ChangeSet:
        for change_set in self.change_sets.values():
            if name_or_id in (change_set.id, change_set.name):
                return change_set
        raise ValidationError(message=f"ChangeSet [{name_or_id}] does not exist")

    def execute(self, change_set: ChangeSet) -> None:
        """Carry a change set out."""
        if change_set.failure:
            raise ValidationError(
                message=f"ChangeSet [{change_set.id}] cannot be executed: {change_set.failure}"
            )
        others = [it for it in self.change_sets.values() if it.stack is change_set.stack]
        for other in others:
            # None of the others is valid for what the stack now becomes.
            if other is not change_set:
                del self.change_sets[other.id]
        change_set.execution = "EXECUTE_COMPLETE"
        if change_set.kind == "UPDATE":
            self._update(change_set)
        else:
            self._create(change_set)

    def _update(self, change_set: ChangeSet) -> None:
        """Bring the stack to its new template, or leave it as it was."""
        stack = change_set.stack
        before = (stack.template, stack.parameters, stack.outputs)
        stack.become("UPDATE_IN_PROGRESS", "User Initiated")
        stack.template, stack.parameters = change_set.template, change_set.parameters
        scope = Scope(stack, self.exports, stack.made)
        update = Update(scope, before[0], self.schemas)
        try:
            update.carry_out()
            self._publish_anew(scope)
        except Refused as refusal:
            update.take_back()
            stack.template, stack.parameters, stack.outputs = before
            stack.become("UPDATE_ROLLBACK_COMPLETE", str(refusal))
        else:
            update.clean_up()
            stack.capabilities, stack.tags = change_set.capabilities, change_set.tags
            stack.updated = _now()
            stack.become("UPDATE_COMPLETE")

    def _publish_anew(self, scope: Scope) -> None:
        """Export what the stack now exports, unless that takes from others what they import."""
        stack = scope.stack
        exports, exporters = dict(self.exports), dict(self.exporters)
        for name in [name for name, owner in exporters.items() if owner == stack.id]:
            del self.exports[name], self.exporters[name]
        stack.outputs = []
        try:
            self._publish(scope)
            for name in sorted(exporters):
                users = self._importers(name)
                if users and self.exports.get(name) != exports[name]:
                    verb = "updated" if name in self.exports else "deleted"
                    raise Refused(f"Export {name} cannot be {verb} as it is in use by {users}")
        except Refused:
            for now, then in [(self.exports, exports), (self.exporters, exporters)]:
                now.clear()
                now.update(then)
            raise

    def _importers(self, export: str) -> list[str]:
        """The stacks whose templates, as they are deployed, import an export."""
        return [
            stack.name
            for stack in self.stacks.values()
            if stack.made
            for argument in _imports(stack.template.resources)
            if Scope(stack, self.exports, stack.made).resolve(argument) == export
        ]

    def _create(self, change_set: ChangeSet) -> None:
        """Make the stack, or leave nothing of it but what it insists on retaining."""
        stack = change_set.stack
        stack.template, stack.parameters = change_set.template, change_set.parameters
        stack.capabilities, stack.tags = change_set.capabilities, change_set.tags
        stack.updated = _now()
        stack.become("CREATE_IN_PROGRESS", "User Initiated")
        scope = Scope(stack, self.exports, stack.made)
        try:
            for name in stack.template.order():
                self._make(name, scope)
            self._publish(scope)
        except Refused as refusal:
            self._roll_back(stack, str(refusal))
        else:
            stack.become("CREATE_COMPLETE")

    def _make(self, name: str, scope: Scope) -> None:
        stack, resource = scope.stack, scope.stack.template.resources[name]
        resource_type = resource["Type"]
        stack.note(name, resource_type, "CREATE_IN_PROGRESS")
        try:
            properties = scope.resolve(resource.get("Properties", {}))
            self.schemas.check(resource_type, properties)
            if refusals.get(stack.name) == resource_type:
                raise Refused("Resource handler returned message: refused by the test")
            stack.made[name] = make(resource_type, properties, self.place)
            stack.properties[name] = properties
        except Refused as refusal:
            stack.note(name, resource_type, "CREATE_FAILED", str(refusal))
            raise Refused(f"{name}: {refusal}") from refusal
        stack.note(name, resource_type, "CREATE_COMPLETE")

    def _publish(self, scope: Scope) -> None:
        """Work out the outputs, and export all of them or none."""
        stack, exports = scope.stack, {}
        for key, output in stack.template.body.get("Outputs", {}).items():
            described = {
                "OutputKey": key,
                "OutputValue": scope.resolve(output["Value"]),
                "Description": output.get("Description", ""),
            }
            if "Export" in output:
                name = scope.resolve(output["Export"]["Name"])
                _check_export_name(name)
                if name in self.exports or name in exports:
                    raise Refused(
                        f"Export with name {name} is already exported by stack "
                        f"{self.exporters.get(name, stack.name)}. Rollback requested."
                    )
                exports[name] = described["OutputValue"]
                described["ExportName"] = name
            stack.outputs.append(described)
        self.exports.update(exports)
        self.exporters.update(dict.fromkeys(exports, stack.id))

    def _roll_back(self, stack: Stack, reason: str) -> None:
        """Delete what the creation made, except what is to be retained even then."""
        stack.become("ROLLBACK_IN_PROGRESS", reason)
        stack.outputs = []
        self._delete_made(stack, retained={"Retain"})
        stack.become("ROLLBACK_COMPLETE")

    def delete_stack(self, name: str) -> None:
        stack = self.stack(name)
        self._delete_made(stack, retained={"Retain", "RetainExceptOnCreate"})
        for export in [name for name, owner in self.exporters.items() if owner == stack.id]:
            del self.exports[export], self.exporters[export]
        stack.become("DELETE_COMPLETE")
        del self.stacks[stack.name]

    def _delete_made(self, stack: Stack, retained: set[str]) -> None:
        for name, physical in reversed(list(stack.made.items())):
            resource = stack.template.resources[name]
            if resource.get("DeletionPolicy") in retained:
                stack.note(name, resource["Type"], "DELETE_SKIPPED")
            else:
                physical.delete()
                stack.note(name, resource["Type"], "DELETE_COMPLETE")
        stack.made.clear()


def _check_capabilities(template: Template, capabilities: list[str]) -> None:
    named = [
        name
        for name, resource in template.resources.items()
        if resource["Type"].startswith("AWS::IAM::")
    ]
    if named and "CAPABILITY_NAMED_IAM" not in capabilities:
        raise InsufficientCapabilities("Requires capabilities : [CAPABILITY_NAMED_IAM]")


def _imports(node: Any) -> Iterator[Any]:
    """What every Fn::ImportValue below `node` imports."""
    for value in node if isinstance(node, list) else node.values() if isinstance(node, dict) else []:
        yield from _imports(value)
    if isinstance(node, dict) and "Fn::ImportValue" in node:
        yield node["Fn::ImportValue"]


def _check_export_name(name: str) -> None:
    if not re.fullmatch("[A-Za-z0-9:-]{1,255}", name):
        raise Refused(
            f"The Name field of every Export member must consist only of alphanumeric "
            f"characters, colons, or hyphens: {name}"
        )


def _parameter_values(
    template: Template, given: list[dict[str, Any]], before: dict[str, str]
) -> dict[str, str]:
    """The value of every parameter, checked against its declaration."""
    values = {
        item["ParameterKey"]: before[item["ParameterKey"]]
        if item.get("UsePreviousValue")
        else item["ParameterValue"]
        for item in given
    }
    if unknown := set(values) - set(template.parameters):
        raise ValidationError(message=f"Parameters: {sorted(unknown)} do not exist in the template")
    for name, declared in template.parameters.items():
        if declared["Type"] != "String":
            raise ValidationError(message=f"the emulator does not know the type of {name}")
        if name not in values and "Default" in declared:
            values[name] = declared["Default"]
        if name not in values:
            raise ValidationError(message=f"Parameters: [{name}] must have values")
        pattern = declared.get("AllowedPattern")
        if pattern and not re.fullmatch(pattern, values[name]):
            raise ValidationError(
                message=f"Parameter {name} failed to satisfy constraint: {pattern}"
            )
    return values


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


# --- The API -----------------------------------------------------------------


class Actions(BaseResponse):
    """The actions of the API that take the place of moto's own."""

    cloudformation_backend: CloudFormation

    def create_change_set(self) -> ActionResult:
        change_set = self.cloudformation_backend.create_change_set(
            stack_name=self._get_param("StackName"),
            name=self._get_param("ChangeSetName"),
            kind=self._get_param("ChangeSetType", "UPDATE"),
            template=self._submitted_template(),
            parameters=self._get_param("Parameters", []),
            capabilities=self._get_param("Capabilities", []),
            tags={tag["Key"]: tag["Value"] for tag in self._get_param("Tags", [])},
        )
        return ActionResult({"Id": change_set.id, "StackId": change_set.stack.id})

    def _submitted_template(self) -> Template:
        """The template of the request, within the size that its way of coming allows."""
        text, url = self._get_param("TemplateBody"), self._get_param("TemplateURL")
        limit = S3_TEMPLATE_LIMIT if url else INLINE_TEMPLATE_LIMIT
        if url:
            text = self._stored_template(*urlparse(url).path.lstrip("/").split("/", 1))
        if len(text.encode()) > limit:
            raise ValidationError(message=f"Member must have length less than or equal to {limit}")
        return Template.parse(text)

    def _stored_template(self, bucket: str, key: str) -> str:
        """A template from a bucket, which must be in the region whose endpoint the URL names."""
        s3 = s3_backends[self.current_account][self.partition]
        if s3.get_bucket(bucket).region_name != self.region:
            raise ValidationError(message=f"S3 error: {bucket} is not in {self.region}")
        return s3.get_object(bucket, key).value.decode()

    def describe_change_set(self) -> ActionResult:
        name = self._get_param("ChangeSetName")
        return ActionResult(self.cloudformation_backend.change_set(name).described())

    def list_change_sets(self) -> ActionResult:
        stack = self.cloudformation_backend.stack(self._get_param("StackName"))
        found = [it for it in self.cloudformation_backend.change_sets.values() if it.stack is stack]
        return ActionResult({"Summaries": [it.described() for it in found]})

    def describe_events(self) -> ActionResult:
        """The events of a change set, which a bare name does not find."""
        name = self._get_param("ChangeSetName")
        if not name or not name.startswith("arn:"):
            raise ValidationError(
                message="One of ChangeSetName, OperationId or StackName must be specified"
            )
        change_set = self.cloudformation_backend.change_set(name)
        return ActionResult({"OperationEvents": change_set.events()})

    def execute_change_set(self) -> ActionResult:
        backend = self.cloudformation_backend
        backend.execute(backend.change_set(self._get_param("ChangeSetName")))
        return EmptyResult()

    def describe_stacks(self) -> ActionResult:
        backend, name = self.cloudformation_backend, self._get_param("StackName")
        stacks = [backend.stack(name)] if name else backend.stacks.values()
        return ActionResult({"Stacks": [stack.described() for stack in stacks]})

    def describe_stack_events(self) -> ActionResult:
        stack = self.cloudformation_backend.stack(self._get_param("StackName"))
        return ActionResult({"StackEvents": stack.events[::-1]})

    def get_template_summary(self) -> ActionResult:
        stack = self.cloudformation_backend.stack(self._get_param("StackName"))
        return ActionResult(
            {
                "Parameters": [
                    {"ParameterKey": name, "ParameterType": declared["Type"]}
                    for name, declared in stack.template.parameters.items()
                ]
            }
        )

    def list_exports(self) -> ActionResult:
        backend = self.cloudformation_backend
        return ActionResult(
            {
                "Exports": [
                    {"ExportingStackId": backend.exporters[name], "Name": name, "Value": value}
                    for name, value in backend.exports.items()
                ]
            }
        )

    def delete_stack(self) -> ActionResult:
        self.cloudformation_backend.delete_stack(self._get_param("StackName"))
        return EmptyResult()
