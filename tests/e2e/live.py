"""What is really there after a deployment, asked through the API and compared.

Expectations come from the templates, with every intrinsic function looked up
in the API: the value behind Ref of a key is what its alias points at, the
value behind Fn::ImportValue is what ListExports says. So this module and the
emulator resolve the same template in two different ways.
"""

from __future__ import annotations

import json
import re
from functools import cache, cached_property
from typing import Any

import boto3
from botocore.config import Config

from built import Built, Stack, strings, substitute

KEY_ARN = re.compile(r"arn:[^:]+:kms:([^:]+):\d{12}:key/[\w-]+")
VAULT_ARN = re.compile(r"arn:[^:]+:backup:([^:]+):\d{12}:backup-vault:(.+)")


class Live:
    """A deployed build and the API of the AWS that it was deployed to."""

    def __init__(self, built: Built, url: str, account: str) -> None:
        self.built = built
        self.account = account
        self._url = url

    @cache  # noqa: B019 - one Live per check, gone with it
    def client(self, service: str, region: str) -> Any:
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=self._url,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            config=Config(retries={"max_attempts": 0}),
        )

    @cached_property
    def regions(self) -> list[str]:
        return sorted({stack.region for stack in self.built.stacks})

    def snapshot(self) -> list[Any]:
        """All that a run that changes nothing must leave as it is."""
        seen: list[Any] = []
        for region in self.regions:
            cloudformation = self.client("cloudformation", region)
            backup = self.client("backup", region)
            for stack in cloudformation.describe_stacks()["Stacks"]:
                events = cloudformation.describe_stack_events(StackName=stack["StackName"])
                seen += [stack, events["StackEvents"]]
            seen.append(cloudformation.list_exports()["Exports"])
            seen.append(backup.list_backup_vaults()["BackupVaultList"])
            seen.append(backup.list_backup_plans()["BackupPlansList"])
            seen.append(self.client("kms", region).list_keys()["Keys"])
        seen.append(self.client("iam", self.regions[0]).list_roles()["Roles"])
        return seen

    def stack_status(self, name: str, region: str) -> str | None:
        stacks = self.client("cloudformation", region).describe_stacks()["Stacks"]
        return next((it["StackStatus"] for it in stacks if it["StackName"] == name), None)

    def refusals(self) -> list[str]:
        """Why stacks failed."""
        return [
            f"{event['LogicalResourceId']}: {event['ResourceStatusReason']}"
            for region in self.regions
            for stack in self.client("cloudformation", region).describe_stacks()["Stacks"]
            for event in self.client("cloudformation", region).describe_stack_events(
                StackName=stack["StackName"]
            )["StackEvents"]
            if event["ResourceStatus"] == "CREATE_FAILED"
        ]

    @property
    def made_roles(self) -> set[str]:
        """The names of the roles that the build makes."""
        roles = [it for stack in self.built.stacks for it in stack.resources("AWS::IAM::Role")]
        return {role["RoleName"] for role in roles}

    # --- Assertions ---

    def check(self) -> None:
        """Everything that the templates promise is there."""
        for stack in self.built.stacks:
            status = self.stack_status(stack.name, stack.region)
            assert status == "CREATE_COMPLETE", f"{stack.name}: {status}"
            for properties in stack.resources("AWS::KMS::Alias"):
                self._check_key(properties, stack)
            for properties in stack.resources("AWS::KMS::ReplicaKey"):
                self._check_replica(self.resolve(properties, stack), stack)
            for properties in stack.resources("AWS::Backup::BackupVault"):
                self._check_vault(self.resolve(properties, stack), stack)
            for properties in stack.resources("AWS::Backup::BackupPlan"):
                self._check_plan(self.resolve(properties, stack), stack)
            for properties in stack.resources("AWS::IAM::RolePolicy"):
                self._check_policy(self.resolve(properties, stack), stack)
            for properties in stack.resources("AWS::IAM::Role"):
                self._check_role(self.resolve(properties, stack))
            for properties in stack.resources("AWS::Backup::BackupSelection"):
                self._check_selection(self.resolve(properties, stack), stack)

    def _check_key(self, alias: dict[str, Any], stack: Stack) -> None:
        """Behind the alias is the key that it stands beside, with its policy and settings."""
        wanted = stack.template["Resources"][alias["TargetKeyId"]["Ref"]]["Properties"]
        kms = self.client("kms", stack.region)
        found = kms.describe_key(KeyId=alias["AliasName"])["KeyMetadata"]
        arn = found["Arn"]
        policy = json.loads(kms.get_key_policy(KeyId=arn, PolicyName="default")["Policy"])
        assert policy == self.resolve(wanted["KeyPolicy"], stack), policy
        assert found["Description"] == wanted.get("Description", ""), found
        tags = kms.list_resource_tags(KeyId=arn)["Tags"]
        assert {it["TagKey"]: it["TagValue"] for it in tags} == {
            it["Key"]: it["Value"] for it in wanted.get("Tags", [])
        }, tags
        if "PrimaryKeyArn" not in wanted:
            assert found["MultiRegion"] == wanted.get("MultiRegion", False), found
            rotation = kms.get_key_rotation_status(KeyId=arn)
            assert rotation["KeyRotationEnabled"] == wanted.get("EnableKeyRotation", False)

    def _check_replica(self, properties: dict[str, Any], stack: Stack) -> None:
        """The primary knows a replica here, under the same id."""
        [region] = KEY_ARN.fullmatch(properties["PrimaryKeyArn"]).groups()
        assert region != stack.region
        primary = self.key(properties["PrimaryKeyArn"])
        replicas = primary["MultiRegionConfiguration"]["ReplicaKeys"]
        arn = next(it["Arn"] for it in replicas if it["Region"] == stack.region)
        replica = self.key(arn)
        assert replica["KeyId"] == primary["KeyId"] and replica["KeyId"].startswith("mrk-")
        assert replica["MultiRegionConfiguration"]["MultiRegionKeyType"] == "REPLICA"

    def _check_vault(self, properties: dict[str, Any], stack: Stack) -> None:
        """The vault is under the key meant for it, which lives in the vault's region."""
        vault = self.vault(properties["BackupVaultName"], stack.region)
        assert vault["EncryptionKeyArn"] == properties["EncryptionKeyArn"], vault
        assert self.key(vault["EncryptionKeyArn"])["Enabled"]
        assert KEY_ARN.fullmatch(vault["EncryptionKeyArn"])[1] == stack.region, vault
        tags = self.client("backup", stack.region).list_tags(ResourceArn=vault["BackupVaultArn"])
        assert tags["Tags"] == properties.get("BackupVaultTags", {}), tags

    def _check_plan(self, properties: dict[str, Any], stack: Stack) -> None:
        """The rules are those of the template, and copies go to vaults that exist."""
        wanted = properties["BackupPlan"]
        found = self.plan(wanted["BackupPlanName"], stack.region)
        rules = {rule["RuleName"]: rule for rule in found["BackupPlan"]["Rules"]}
        assert len(rules) == len(wanted["BackupPlanRule"])
        for rule in wanted["BackupPlanRule"]:
            expected = {**rule, "TargetBackupVaultName": rule["TargetBackupVault"]}
            del expected["TargetBackupVault"]
            actual = rules[rule["RuleName"]]
            assert {key: actual.get(key) for key in expected} == expected, (actual, expected)
            self.vault(actual["TargetBackupVaultName"], stack.region)
            for copy in actual.get("CopyActions", []):
                arn = copy["DestinationBackupVaultArn"]
                region, name = VAULT_ARN.fullmatch(arn).groups()
                assert self.vault(name, region)["BackupVaultArn"] == arn

    def _check_policy(self, properties: dict[str, Any], stack: Stack) -> None:
        """The role has the policy, and every key of its account that it names is a key."""
        document = self.policy(properties["RoleName"], properties["PolicyName"])
        assert document == properties["PolicyDocument"], document
        for text in strings(document):
            if KEY_ARN.fullmatch(text) and text.split(":")[4] == self.account:
                assert self.key(text)["Arn"] == text

    def _check_role(self, properties: dict[str, Any]) -> None:
        """The role has the managed policies that the template gives it, and no others."""
        iam = self.client("iam", self.regions[0])
        name = properties["RoleName"]
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        arns = sorted(policy["PolicyArn"] for policy in attached)
        assert arns == sorted(properties.get("ManagedPolicyArns", [])), arns

    def _check_selection(self, properties: dict[str, Any], stack: Stack) -> None:
        """The selection says what the template says, and its role, if it is ours, may use every key involved."""
        wanted = properties["BackupSelection"]
        plan_id = properties["BackupPlanId"]
        found = self.selections(plan_id, stack.region)[wanted["SelectionName"]]
        assert {key: found.get(key) for key in wanted} == wanted, (found, wanted)
        if found["IamRoleArn"].rsplit("/", 1)[1] not in self.made_roles:
            return
        allowed = {
            text for document in self.policies(found["IamRoleArn"]) for text in strings(document)
        }
        backup = self.client("backup", stack.region)
        for rule in backup.get_backup_plan(BackupPlanId=plan_id)["BackupPlan"]["Rules"]:
            vaults = [(rule["TargetBackupVaultName"], stack.region)]
            vaults += [
                VAULT_ARN.fullmatch(copy["DestinationBackupVaultArn"]).group(2, 1)
                for copy in rule.get("CopyActions", [])
            ]
            for name, region in vaults:
                key = self.vault(name, region)["EncryptionKeyArn"]
                assert key in allowed, f"{found['IamRoleArn']} may not use {key}"

    # --- Questions to the API ---

    def key(self, arn: str) -> dict[str, Any]:
        region = KEY_ARN.fullmatch(arn)[1]
        return self.client("kms", region).describe_key(KeyId=arn)["KeyMetadata"]

    def vault(self, name: str, region: str) -> dict[str, Any]:
        return self.client("backup", region).describe_backup_vault(BackupVaultName=name)

    def plan(self, name: str, region: str) -> dict[str, Any]:
        backup = self.client("backup", region)
        [plan] = [
            it
            for it in backup.list_backup_plans()["BackupPlansList"]
            if it["BackupPlanName"] == name
        ]
        return backup.get_backup_plan(BackupPlanId=plan["BackupPlanId"])

    def selections(self, plan_id: str, region: str) -> dict[str, dict[str, Any]]:
        """The selections of a plan by name."""
        backup = self.client("backup", region)
        listed = backup.list_backup_selections(BackupPlanId=plan_id)["BackupSelectionsList"]
        found = [
            backup.get_backup_selection(BackupPlanId=plan_id, SelectionId=it["SelectionId"])
            for it in listed
        ]
        return {it["BackupSelection"]["SelectionName"]: it["BackupSelection"] for it in found}

    def policy(self, role: str, name: str) -> dict[str, Any]:
        iam = self.client("iam", self.regions[0])
        return iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]

    def policies(self, role_arn: str) -> list[dict[str, Any]]:
        """The permission policies of a role."""
        role = role_arn.rsplit("/", 1)[1]
        iam = self.client("iam", self.regions[0])
        inline = iam.list_role_policies(RoleName=role)["PolicyNames"]
        attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
        return [self.policy(role, name) for name in inline] + [
            self.managed_policy(policy["PolicyArn"]) for policy in attached
        ]

    def managed_policy(self, arn: str) -> dict[str, Any]:
        iam = self.client("iam", self.regions[0])
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        found = iam.get_policy_version(PolicyArn=arn, VersionId=version)
        return found["PolicyVersion"]["Document"]

    def outputs(self, stack: str, region: str) -> dict[str, str]:
        cloudformation = self.client("cloudformation", region)
        [described] = cloudformation.describe_stacks(StackName=stack)["Stacks"]
        return {it["OutputKey"]: it["OutputValue"] for it in described.get("Outputs", [])}

    def parameters(self, stack: Stack) -> dict[str, str]:
        """The parameters of a stack as it was deployed."""
        cloudformation = self.client("cloudformation", stack.region)
        [described] = cloudformation.describe_stacks(StackName=stack.name)["Stacks"]
        return {it["ParameterKey"]: it["ParameterValue"] for it in described["Parameters"]}

    # --- Resolving ---

    def resolve(self, node: Any, stack: Stack) -> Any:
        """`node` with every intrinsic function looked up in the API."""
        if isinstance(node, list):
            return [self.resolve(item, stack) for item in node]
        if not isinstance(node, dict):
            return node
        if "Ref" in node:
            return self._ref(node["Ref"], stack)
        if "Fn::GetAtt" in node:
            return self._get_att(*node["Fn::GetAtt"], stack)
        if "Fn::ImportValue" in node:
            return self._exports(stack.region)[node["Fn::ImportValue"]]
        if "Fn::Sub" in node:
            argument = node["Fn::Sub"]
            text, own = (argument, {}) if isinstance(argument, str) else argument
            values = {name: self.resolve(value, stack) for name, value in own.items()}
            return substitute(text, {**self._pseudo(stack), **values})
        if "Fn::If" in node:
            condition, given, otherwise = node["Fn::If"]
            parameter, empty = stack.template["Conditions"][condition]["Fn::Not"][0]["Fn::Equals"]
            assert empty == "", condition
            parameter = parameter["Ref"]
            return self.resolve(given if self.parameters(stack)[parameter] else otherwise, stack)
        if "Fn::GetStackOutput" in node:
            source = node["Fn::GetStackOutput"]
            return self.outputs(source["StackName"], source["Region"])[source["OutputName"]]
        return {key: self.resolve(value, stack) for key, value in node.items()}

    def _pseudo(self, stack: Stack) -> dict[str, str]:
        partition = self.client("kms", stack.region).meta.partition
        return {
            "AWS::AccountId": self.account,
            "AWS::Region": stack.region,
            "AWS::Partition": partition,
            "AWS::StackName": stack.name,
        }

    def _exports(self, region: str) -> dict[str, str]:
        listed = self.client("cloudformation", region).list_exports()["Exports"]
        return {it["Name"]: it["Value"] for it in listed}

    def _ref(self, name: str, stack: Stack) -> str:
        if name in stack.template.get("Parameters", {}):
            return self.parameters(stack)[name]
        resource = stack.template["Resources"][name]
        properties = resource["Properties"]
        match resource["Type"]:
            case "AWS::Backup::BackupVault":
                return properties["BackupVaultName"]
            case "AWS::IAM::Role":
                return properties["RoleName"]
            case "AWS::Backup::BackupPlan":
                plan = properties["BackupPlan"]["BackupPlanName"]
                return self.plan(plan, stack.region)["BackupPlanId"]
            case "AWS::IAM::ManagedPolicy":
                partition = self._pseudo(stack)["AWS::Partition"]
                return f"arn:{partition}:iam::{self.account}:policy/{properties['ManagedPolicyName']}"
        raise AssertionError(f"what is Ref of {resource['Type']}?")

    def _get_att(self, name: str, attribute: str, stack: Stack) -> str:
        resource = stack.template["Resources"][name]
        assert (resource["Type"], attribute) == ("AWS::IAM::Role", "Arn"), (resource, attribute)
        iam = self.client("iam", stack.region)
        return iam.get_role(RoleName=resource["Properties"]["RoleName"])["Role"]["Arn"]
