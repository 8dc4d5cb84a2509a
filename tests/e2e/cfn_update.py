"""Updates of stacks: what CloudFormation changes, replaces, adds and lets go, and what it refuses.

Nothing here knows drc's own table of resource types. What is replaced is what
the schemas list as create-only; a replacement is made before the old one goes,
so a name that is taken refuses it; and KMS changes no property of a key that
its documentation calls immutable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cfn_resources import Physical, Refused, change, make

if TYPE_CHECKING:
    from cfn_engine import Schemas, Scope, Stack, Template

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
FIXED = {"AWS::KMS::Key": {"KeySpec", "KeyUsage", "MultiRegion", "Origin"}}
RETAINED = {"Retain", "RetainExceptOnCreate"}


class Update:
    """A stack that becomes what its new template says."""

    def __init__(self, scope: Scope, before: Template, schemas: Schemas) -> None:
        self.stack: Stack = scope.stack
        self.scope, self.before, self.schemas = scope, before, schemas
        self.made = dict(self.stack.made)
        self.properties = dict(self.stack.properties)
        self.replaced: dict[str, Physical] = {}
        self.undo: list[Callable[[], object]] = []

    def carry_out(self) -> None:
        """Change, replace and add; nothing goes yet."""
        for name in self.stack.template.order():
            resource_type = self.stack.template.resources[name]["Type"]
            try:
                self._bring(name, resource_type)
            except Refused as refusal:
                self.stack.note(name, resource_type, "UPDATE_FAILED", str(refusal))
                raise Refused(f"{name}: {refusal}") from refusal

    def _bring(self, name: str, resource_type: str) -> None:
        resource = self.stack.template.resources[name]
        properties = self.scope.resolve(resource.get("Properties", {}))
        self.schemas.check(resource_type, properties)
        if name not in self.made:
            self._make(name, resource_type, properties)
            return
        if self.before.resources[name]["Type"] != resource_type:
            raise Refused("Update of resource type is not permitted.")
        old = self.properties[name]
        changed = {key for key in {*old, *properties} if old.get(key) != properties.get(key)}
        if fixed := changed & FIXED.get(resource_type, set()):
            raise Refused(f"You cannot change {', '.join(sorted(fixed))} of a KMS key.")
        if changed & self.schemas.create_only(resource_type):
            self._make(name, resource_type, properties)
            self.replaced[name] = self.made[name]
        elif changed:
            self._change(name, resource_type, sorted(changed), properties)

    def _make(self, name: str, resource_type: str, properties: dict[str, Any]) -> None:
        made = make(resource_type, properties, self.scope.stack.place)
        self.undo.append(made.delete)
        self.stack.made[name], self.stack.properties[name] = made, properties
        self.stack.note(name, resource_type, "CREATE_COMPLETE")

    def _change(
        self, name: str, resource_type: str, changed: list[str], properties: dict[str, Any]
    ) -> None:
        made, old, place = self.made[name], self.properties[name], self.stack.place
        change(resource_type, made, changed, properties, place)
        self.undo.append(lambda: change(resource_type, made, changed, old, place))
        self.stack.properties[name] = properties
        self.stack.note(name, resource_type, "UPDATE_COMPLETE")

    def take_back(self) -> None:
        """Leave everything as it was."""
        for step in reversed(self.undo):
            step()
        for now, then in [(self.stack.made, self.made), (self.stack.properties, self.properties)]:
            now.clear()
            now.update(then)

    def clean_up(self) -> None:
        """Let go what was replaced or is in the template no more, last made first."""
        for name in reversed(self.before.order()):
            if name in self.replaced:
                policy = self.stack.template.resources[name].get("UpdateReplacePolicy")
                self._let_go(name, self.replaced[name], policy)
            elif name not in self.stack.template.resources:
                policy = self.before.resources[name].get("DeletionPolicy")
                self._let_go(name, self.stack.made.pop(name), policy)
                del self.stack.properties[name]

    def _let_go(self, name: str, physical: Physical, policy: str | None) -> None:
        resource_type = self.before.resources[name]["Type"]
        if policy in RETAINED:
            self.stack.note(name, resource_type, "DELETE_SKIPPED")
        else:
            physical.delete()
            self.stack.note(name, resource_type, "DELETE_COMPLETE")
