"""The AWS Backup that an operator meets in the night: recovery points, and jobs that take their time.

moto has vaults and plans. Here vaults hold recovery points, and a job to back up, copy or restore is
under way until somebody has looked; then it has done what it was asked for, with the role that it
was given, or says why not.
"""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from moto.backup.exceptions import InvalidParameterValueException, ResourceNotFoundException
from moto.core.exceptions import JsonRESTError, ServiceException
from moto.core.responses import ActionResult
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends

import aws_dynamodb
import aws_rds
from aws_rds import LOOKS, now
from calls import Call, allows
from cfn_resources import Place

Shown = dict[str, Any]

# What the role that backs up must be allowed, by the word of an ARN.
BACKS_UP = {
    "cluster": "rds:CreateDBClusterSnapshot",
    "db": "rds:CreateDBSnapshot",
    "table": "dynamodb:StartAwsBackupJob",
}
FIRST_ID = 0x12A34A567BB8901CCD234567D8E9EF01


@dataclass
class Point:
    """A recovery point: as the API shows it, and what is in it."""

    shown: Shown
    contents: Any
    by_hand: bool = False

    @property
    def arn(self) -> str:
        return self.shown["RecoveryPointArn"]

    def keep(self, lifecycle: Shown) -> None:
        """Counts from when it was made; -1 is for ever."""
        days = lifecycle.get("DeleteAfterDays", -1)
        self.shown["Lifecycle"] = {key: value for key, value in lifecycle.items() if value != -1}
        self.shown["CalculatedLifecycle"] = {}
        if days != -1:
            end = self.shown["CreationDate"] + datetime.timedelta(days=days)
            self.shown["CalculatedLifecycle"] = {"DeleteAt": end}


@dataclass
class Job:
    """A job as the API shows it, and what it does in the end."""

    shown: Shown
    state: str
    work: Callable[[], None]
    looks: int = 0

    def look(self) -> Shown:
        self.looks += 1
        if self.looks > LOOKS and self.shown[self.state] == "RUNNING":
            try:
                self.work()
                self.shown[self.state] = "COMPLETED"
            except (Failed, ServiceException, JsonRESTError) as reason:
                message = reason.message if isinstance(reason, JsonRESTError) else str(reason)
                self.shown.update({self.state: "FAILED", "StatusMessage": message})
            self.shown["CompletionDate"] = now()
        return dict(self.shown)


class Failed(Exception):
    """Why a job does not do what it was asked for."""


@dataclass
class Region:
    """AWS Backup in a region."""

    place: Place
    points: dict[str, Point] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def vault(self, name: str) -> Any:
        if name not in self.place.backup.vaults:
            raise ResourceNotFoundException(f"Backup vault {name} not found")
        return self.place.backup.vaults[name]

    def point(self, arn: str, vault: str | None = None) -> Point:
        point = self.points.get(arn)
        if point is None or vault not in (None, point.shown["BackupVaultName"]):
            raise ResourceNotFoundException(f"Cannot find recovery point {arn}")
        return point

    def job(self, kind: str, job_id: str) -> Job:
        if job_id not in self.jobs or kind not in self.jobs[job_id].shown:
            raise ResourceNotFoundException(f"Cannot find {kind} {job_id}")
        return self.jobs[job_id]

    def start(self, kind: str, state: str, shown: Shown, work: Callable[[Shown], None]) -> Shown:
        shown = {kind: _new_id(), state: "RUNNING", "CreationDate": now(), **shown}
        self.jobs[shown[kind]] = Job(shown, state, lambda: work(shown))
        return shown

    def add(self, vault: str, resource: str, kind: str, contents: Any, made: Shown) -> Point:
        """Puts a recovery point into a vault, under the key that its kind takes."""
        shown = {
            "BackupVaultName": vault,
            "BackupVaultArn": self.vault(vault).backup_vault_arn,
            "ResourceArn": resource,
            "ResourceType": kind,
            "Status": "COMPLETED",
            "CreationDate": now(),
            "IsEncrypted": True,
            **made,
        }
        point = Point(shown, contents)
        self.points[point.arn] = point
        return point


_ids = itertools.count(FIRST_ID)
_regions: dict[Place, Region] = {}


def region(place: Place) -> Region:
    return _regions.setdefault(place, Region(place))


def forget() -> None:
    _regions.clear()


def _new_id() -> str:
    text = f"{next(_ids):032X}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


# --- What jobs do ------------------------------------------------------------


def check_role(role: str, place: Place, *wanted: tuple[str, str]) -> None:
    """The role exists, AWS Backup may assume it, and its policies allow the calls."""
    name = role.rsplit("/", 1)[-1]
    iam = iam_backends[place.account][place.partition]
    found = next((it for it in iam.roles.values() if it.name == name), None)
    if found is None or found.arn != role:
        raise Failed(f"IAM Role {role} does not exist")
    if "backup.amazonaws.com" not in json.dumps(found.assume_role_policy_document):
        raise Failed(f"IAM Role {role} cannot be assumed by AWS Backup")
    managed = [version for it in found.managed_policies.values() for version in it.versions]
    policies = [*found.policies.values(), *(it.document for it in managed if it.is_default)]
    documents = [json.loads(it) if isinstance(it, str) else it for it in policies]
    for action, resource in wanted:
        call = Call(action, place.region, resource)
        if not any(allows(document, call) for document in documents):
            raise Failed(
                f"Access Denied: {role} is not authorized to perform {action} on {resource}"
            )


def check_key(arn: str | None, place: Place) -> None:
    """A key of the region."""
    keys = kms_backends[place.account][place.region].keys
    if arn is None or arn.split(":")[3] != place.region or arn.rsplit("/", 1)[-1] not in keys:
        raise Failed(
            f"The specified KMS key {arn} does not exist, is not enabled or is not accessible."
        )


def back_up(place: Place, vault: str, resource: str) -> Point:
    """A recovery point of what an ARN of the region names."""
    *_, service, where, _, kind_and_name = resource.split(":", 5)
    assert where == place.region, resource
    here, rds = region(place), aws_rds.region(place)
    if service == "dynamodb":
        name = kind_and_name.removeprefix("table/")
        if name not in aws_dynamodb.tables(place):
            raise ResourceNotFoundException(f"Table not found: {name}")
        arn = _own_arn(place)
        made = {"RecoveryPointArn": arn, "EncryptionKeyArn": here.vault(vault).encryption_key_arn}
        table = aws_dynamodb.copied(aws_dynamodb.tables(place)[name])
        return here.add(vault, resource, "DynamoDB", table, made)
    word, name = kind_and_name.split(":")
    shelf, noun, kind = {
        "cluster": (rds.clusters, "cluster-snapshot", "Aurora"),
        "db": (rds.databases, "snapshot", "RDS"),
    }[word]
    thing = shelf.free(name, "backed up")
    arn = rds.snapshot(thing, noun, f"awsbackup:job-{_new_id().lower()}")
    made = {"RecoveryPointArn": arn, "EncryptionKeyArn": thing.shown["KmsKeyId"]}
    return here.add(vault, resource, kind, None, made)


def copy(point: Point, source: Place, place: Place, vault: str, lifecycle: Shown) -> Point:
    """A copy of a recovery point, in a vault of another region, under that vault's key."""
    there = region(place)
    key = there.vault(vault).encryption_key_arn
    check_key(key, place)
    kind = point.shown["ResourceType"]
    if kind == "DynamoDB":
        arn = _own_arn(place)
    else:
        noun = {"Aurora": "cluster-snapshot", "RDS": "snapshot"}[kind]
        snapshot = aws_rds.region(source).snapshots[point.arn]
        arn = aws_rds.region(place).snapshot(
            snapshot, noun, f"awsbackup:copyjob-{_new_id().lower()}", key
        )
    made = {
        "RecoveryPointArn": arn,
        "EncryptionKeyArn": key,
        "CreationDate": point.shown["CreationDate"],
        "SourceBackupVaultArn": point.shown["BackupVaultArn"],
    }
    copied = there.add(vault, point.shown["ResourceArn"], kind, point.contents, made)
    copied.keep(lifecycle or point.shown.get("Lifecycle", {}))
    return copied


def _own_arn(place: Place) -> str:
    return f"arn:{place.partition}:backup:{place.region}:{place.account}:recovery-point:{_new_id()}"


def restore(point: Point, place: Place, role: str, metadata: dict[str, str]) -> str:
    """Makes what the metadata ask for; its ARN."""
    given = dict(metadata)
    makers = {"Aurora": _restore_cluster, "RDS": _restore_database, "DynamoDB": _restore_table}
    try:
        made = makers[point.shown["ResourceType"]](point, place, role, given)
    except KeyError as missing:
        raise Failed(f"Missing metadata: {missing}") from missing
    if given:
        raise Failed(f"Invalid metadata: {sorted(given)}")
    return made


def _network(rds: aws_rds.Region, given: dict[str, str]) -> Shown:
    return {
        "DBSubnetGroupName": given.pop("DBSubnetGroupName"),
        "VpcSecurityGroupIds": json.loads(given.pop("VpcSecurityGroupIds")),
    }


def _restore_cluster(point: Point, place: Place, role: str, given: dict[str, str]) -> str:
    rds, snapshot = aws_rds.region(place), aws_rds.region(place).snapshots[point.arn]
    name, group, key = (
        given.pop("DBClusterIdentifier"),
        given.pop("DBClusterParameterGroupName"),
        given.pop("KmsKeyId", snapshot.shown["KmsKeyId"]),
    )
    for field_name in ("Engine", "EngineVersion"):
        if given.pop(field_name) != snapshot.shown[field_name]:
            raise Failed(f"{field_name} is not that of the snapshot")
    check_key(key, place)
    network = _network(rds, given)
    check_role(
        role,
        place,
        ("rds:RestoreDBClusterFromSnapshot", rds.arn("cluster", name)),
        ("rds:RestoreDBClusterFromSnapshot", rds.arn("cluster-pg", group)),
        ("rds:RestoreDBClusterFromSnapshot", rds.arn("subgrp", network["DBSubnetGroupName"])),
        ("rds:RestoreDBClusterFromSnapshot", point.arn),
    )
    thing = rds.add_cluster(
        name,
        snapshot.contents,
        {**snapshot.shown, "KmsKeyId": key},
        DBClusterParameterGroup=group,
        **rds.network(network, "DBSubnetGroup"),
    )
    return thing.shown["DBClusterArn"]


def _restore_database(point: Point, place: Place, role: str, given: dict[str, str]) -> str:
    rds, snapshot = aws_rds.region(place), aws_rds.region(place).snapshots[point.arn]
    name = given.pop("DBInstanceIdentifier")
    groups = {key: given.pop(key) for key in ("DBParameterGroupName", "OptionGroupName")}
    network = _network(rds, given)
    check_role(
        role,
        place,
        ("rds:RestoreDBInstanceFromDBSnapshot", rds.arn("db", name)),
        ("rds:RestoreDBInstanceFromDBSnapshot", rds.arn("pg", groups["DBParameterGroupName"])),
        ("rds:RestoreDBInstanceFromDBSnapshot", rds.arn("og", groups["OptionGroupName"])),
        ("rds:RestoreDBInstanceFromDBSnapshot", rds.arn("subgrp", network["DBSubnetGroupName"])),
        ("rds:RestoreDBInstanceFromDBSnapshot", point.arn),
    )
    check_key(snapshot.shown["KmsKeyId"], place)
    thing = rds.add_database(
        name,
        snapshot.contents,
        snapshot.shown,
        DBInstanceClass=given.pop("DBInstanceClass"),
        MultiAZ={"true": True, "false": False}[given.pop("MultiAZ")],
        PubliclyAccessible={"true": True, "false": False}[given.pop("PubliclyAccessible")],
        **groups,
        **rds.network(network, "DBSubnetGroup_"),
    )
    return thing.shown["DBInstanceArn"]


def _restore_table(point: Point, place: Place, role: str, given: dict[str, str]) -> str:
    name, key = given.pop("targetTableName"), given.pop("kmsMasterKeyArn", None)
    encryption = given.pop("encryptionType", None)
    was = point.shown["ResourceArn"]
    if encryption is None and was.split(":")[3] != place.region:
        raise Failed("Cannot restore to another Region with the original encryption key")
    if encryption == "KMS":
        check_key(key, place)
    arn = f"arn:{place.partition}:dynamodb:{place.region}:{place.account}:table/{name}"
    check_role(role, place, ("dynamodb:RestoreTableFromAwsBackup", arn))
    return aws_dynamodb.restore(place, name, point.contents, key).table_arn


# --- Actions -----------------------------------------------------------------


def _here(response: Any) -> Region:
    return region(Place(response.current_account, response.region))


class JobActions:
    """The part of the Backup API about recovery points and jobs."""

    body: str
    uri_match: dict[str, str]

    def describe_backup_vault(self) -> ActionResult:
        here, name = _here(self), self.uri_match["backupVaultName"]
        held = [it for it in here.points.values() if it.shown["BackupVaultName"] == name]
        vault = here.vault(name).to_list_dict()
        return ActionResult({**vault, "NumberOfRecoveryPoints": len(held)})

    def describe_region_settings(self) -> ActionResult:
        on = {"Aurora": True, "RDS": True, "DynamoDB": True}
        return ActionResult(
            {
                "ResourceTypeOptInPreference": on,
                "ResourceTypeManagementPreference": {"DynamoDB": True},
            }
        )

    def list_recovery_points_by_backup_vault(self) -> ActionResult:
        here, name = _here(self), self.uri_match["backupVaultName"]
        here.vault(name)
        resource = self.querystring.get("resourceArn", [None])[0]
        found = [
            it.shown
            for it in here.points.values()
            if it.shown["BackupVaultName"] == name and resource in (None, it.shown["ResourceArn"])
        ]
        return ActionResult({"RecoveryPoints": found})

    def update_recovery_point_lifecycle(self) -> ActionResult:
        point = self._point()
        point.keep(json.loads(self.body)["Lifecycle"])
        return ActionResult(point.shown)

    def get_recovery_point_restore_metadata(self) -> ActionResult:
        point = self._point()
        metadata = {"originalResource": point.shown["ResourceArn"]}
        return ActionResult({**point.shown, "RestoreMetadata": metadata})

    def _point(self) -> Point:
        return _here(self).point(
            self.uri_match["recoveryPointArn"], self.uri_match["backupVaultName"]
        )

    def start_backup_job(self) -> ActionResult:
        here, given = _here(self), json.loads(self.body)
        resource, role = given["ResourceArn"], given["IamRoleArn"]
        vault = here.vault(given["BackupVaultName"]).backup_vault_name

        def work(shown: Shown) -> None:
            word = re.split("[:/]", resource.split(":", 5)[5])[0]
            check_role(role, here.place, (BACKS_UP[word], resource))
            point = back_up(here.place, vault, resource)
            point.by_hand = True
            point.keep(given.get("Lifecycle", {}))
            shown["RecoveryPointArn"] = point.arn

        job = here.start(
            "BackupJobId", "State", {"ResourceArn": resource, "IamRoleArn": role}, work
        )
        return ActionResult(job)

    def start_copy_job(self) -> ActionResult:
        here, given = _here(self), json.loads(self.body)
        point = here.point(given["RecoveryPointArn"], given["SourceBackupVaultName"])
        *_, where, account, _, vault = given["DestinationBackupVaultArn"].split(":")
        there, role = Place(account, where), given["IamRoleArn"]

        def work(shown: Shown) -> None:
            check_role(
                role,
                there,
                ("backup:CopyIntoBackupVault", given["DestinationBackupVaultArn"]),
                ("backup:CopyFromBackupVault", point.arn),
            )
            copied = copy(point, here.place, there, vault, given.get("Lifecycle", {}))
            shown["DestinationRecoveryPointArn"] = copied.arn

        shown = {
            "ResourceArn": point.shown["ResourceArn"],
            "SourceRecoveryPointArn": point.arn,
            "DestinationBackupVaultArn": given["DestinationBackupVaultArn"],
            "IamRoleArn": role,
        }
        return ActionResult(here.start("CopyJobId", "State", shown, work))

    def start_restore_job(self) -> ActionResult:
        here, given = _here(self), json.loads(self.body)
        point, role = here.point(given["RecoveryPointArn"]), given["IamRoleArn"]
        if given["ResourceType"] != point.shown["ResourceType"]:
            raise InvalidParameterValueException("ResourceType is not that of the recovery point")

        def work(shown: Shown) -> None:
            made = restore(point, here.place, role, given["Metadata"])
            shown["CreatedResourceArn"] = made

        shown = {"RecoveryPointArn": point.arn, "IamRoleArn": role}
        return ActionResult(here.start("RestoreJobId", "Status", shown, work))

    def describe_backup_job(self) -> ActionResult:
        return ActionResult(_here(self).job("BackupJobId", self.uri_match["backupJobId"]).look())

    def describe_copy_job(self) -> ActionResult:
        return ActionResult(
            {"CopyJob": _here(self).job("CopyJobId", self.uri_match["copyJobId"]).look()}
        )

    def describe_restore_job(self) -> ActionResult:
        return ActionResult(_here(self).job("RestoreJobId", self.uri_match["restoreJobId"]).look())

    def list_backup_jobs(self) -> ActionResult:
        return ActionResult({"BackupJobs": self._jobs("BackupJobId")})

    def list_copy_jobs(self) -> ActionResult:
        return ActionResult({"CopyJobs": self._jobs("CopyJobId")})

    def _jobs(self, kind: str) -> list[Shown]:
        resource = self.querystring.get("resourceArn", [None])[0]
        jobs = [job.shown for job in _here(self).jobs.values() if kind in job.shown]
        return [job for job in jobs if resource in (None, job["ResourceArn"])]
