"""The RDS that an operator meets in the night: what is asked for takes its time.

moto makes, renames and deletes at once, and keeps no automated backups. Here a cluster or a database
that is being made, renamed or deleted says so until somebody has looked, and what AWS refuses
meanwhile is refused. Subnet groups, parameter groups, option groups and events stay moto's.
"""

from __future__ import annotations

import copy
import datetime
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.rds.exceptions import DBInstanceNotFoundError, RDSClientError
from moto.rds.models import rds_backends

from cfn_resources import Place

Shown = dict[str, Any]

LOOKS = 1
HISTORY = datetime.timedelta(days=1)
CLASSES = {"db.r6g.large", "db.t4g.medium"}


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


@dataclass
class Thing:
    """Something as the API shows it, what is in it, and what becomes of it once it was looked at."""

    shown: Shown
    contents: str
    looks: int = 0
    next: Callable[[], None] | None = None

    def look(self) -> Shown:
        seen = copy.deepcopy(self.shown)
        self.looks += 1
        if self.next and self.looks >= LOOKS:
            step, self.next, self.looks = self.next, None, 0
            step()
        return seen


@dataclass
class Shelf:
    """The clusters, or the databases, of a region, and how the API speaks of them."""

    named: str
    status: str
    absent: Callable[[str], Exception]
    exists: tuple[str, str]
    wrong_state: str
    filter: str
    things: dict[str, Thing] = field(default_factory=dict)
    retained: list[Shown] = field(default_factory=list)

    def thing(self, name: str) -> Thing:
        if name not in self.things:
            raise self.absent(name)
        return self.things[name]

    def look(self, name: str | None, filters: list[dict[str, Any]]) -> list[Shown]:
        """Those of a name, which must be there, or those that the filters let through, which need not."""
        found = [self.thing(name)] if name else list(self.things.values())
        for it in filters:
            key = {self.filter: self.named, "db-cluster-id": "DBClusterIdentifier"}[it["Name"]]
            found = [thing for thing in found if thing.shown.get(key) in it["Values"]]
        return [thing.look() for thing in found]

    def add(self, thing: Thing) -> Thing:
        name = thing.shown[self.named]
        if name in self.things:
            raise RDSClientError(*self.exists)
        self.things[name] = thing
        self._becomes(thing, "creating", lambda: self._settle(thing))
        return thing

    def free(self, name: str, doing: str) -> Thing:
        """The one of a name, which must have nothing else to do."""
        thing = self.thing(name)
        if thing.shown[self.status] != "available":
            raise RDSClientError(
                self.wrong_state,
                f"{name} is not currently in the available state to be {doing}: {thing.shown[self.status]}",
            )
        return thing

    def rename(self, name: str, new: str, renamed: Callable[[Shown], None]) -> None:
        """Under its old name it is `renaming`, under its new one it starts again."""
        thing = self.free(name, "renamed")
        if new in self.things:
            raise RDSClientError(*self.exists)

        def arrive() -> None:
            del self.things[name]
            self.things[new] = thing
            renamed(thing.shown)
            self._becomes(thing, "rebooting", lambda: self._settle(thing))

        self._becomes(thing, "renaming", arrive)

    def delete(self, name: str, retained: Shown | None) -> Thing:
        thing = self.free(name, "deleted")

        def leave() -> None:
            del self.things[name]
            self.retained += [retained] if retained else []

        self._becomes(thing, "deleting", leave)
        return thing

    def _becomes(self, thing: Thing, status: str, then: Callable[[], None]) -> None:
        thing.shown[self.status], thing.next, thing.looks = status, then, 0

    def _settle(self, thing: Thing) -> None:
        thing.shown[self.status] = "available"


def _no_cluster(name: str) -> RDSClientError:
    return RDSClientError("DBClusterNotFoundFault", f"DBCluster {name} not found.")


class Region:
    """RDS in a region: its clusters, databases and snapshots."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.clusters = Shelf(
            "DBClusterIdentifier",
            "Status",
            _no_cluster,
            ("DBClusterAlreadyExistsFault", "DB Cluster already exists"),
            "InvalidDBClusterStateFault",
            "db-cluster-id",
        )
        self.databases = Shelf(
            "DBInstanceIdentifier",
            "DBInstanceStatus",
            DBInstanceNotFoundError,
            ("DBInstanceAlreadyExists", "DB instance already exists"),
            "InvalidDBInstanceState",
            "db-instance-id",
        )
        self.snapshots: dict[str, Thing] = {}

    def arn(self, resource: str, name: str) -> str:
        return f"arn:{self.place.partition}:rds:{self.place.region}:{self.place.account}:{resource}:{name}"

    @property
    def groups(self) -> Any:
        return rds_backends[self.place.account][self.place.region]

    def add_cluster(self, name: str, contents: str, like: Shown, **given: Any) -> Thing:
        """Makes a cluster without instances, as a restore does."""
        self._check(given, "DBClusterParameterGroup", self.groups.db_cluster_parameter_groups)
        shown = {
            **{key: like[key] for key in ("Engine", "EngineVersion", "KmsKeyId")},
            "DBClusterIdentifier": name,
            "DbClusterResourceId": f"cluster-{next(_ids):026d}",
            "StorageEncrypted": True,
            "Port": 3306,
            "ClusterCreateTime": now(),
            "DBClusterMembers": [],
            "DeletionProtection": False,
            "BackupRetentionPeriod": 1,
            "StorageType": "aurora",
            **given,
        }
        self.name_cluster(shown, name)
        return self.clusters.add(Thing(shown, contents))

    def name_cluster(self, shown: Shown, name: str) -> None:
        host = f"{self.place.region}.rds.amazonaws.com"
        shown.update(
            DBClusterIdentifier=name,
            DBClusterArn=self.arn("cluster", name),
            Endpoint=f"{name}.cluster-example.{host}",
            ReaderEndpoint=f"{name}.cluster-ro-example.{host}",
        )
        for database in self.databases.things.values():
            if database.shown.get("cluster") == shown["DbClusterResourceId"]:
                database.shown["DBClusterIdentifier"] = name

    def add_database(self, name: str, contents: str, like: Shown, **given: Any) -> Thing:
        """Makes a database of its own, or an instance of a cluster."""
        self._check(given, "DBParameterGroupName", self.groups.db_parameter_groups)
        self._check(given, "OptionGroupName", self.groups.option_groups)
        if given["DBInstanceClass"] not in CLASSES:
            raise RDSClientError(
                "InvalidParameterCombination", "RDS does not support this DB instance class."
            )
        group, option = given.pop("DBParameterGroupName", None), given.pop("OptionGroupName", None)
        shown = {
            **{key: like[key] for key in ("Engine", "EngineVersion", "KmsKeyId")},
            "DbiResourceId": f"db-{next(_ids):026d}",
            "StorageType": "gp3",
            "AllocatedStorage": 20,
            "InstanceCreateTime": now(),
            "MultiAZ": False,
            "DeletionProtection": False,
            "BackupRetentionPeriod": 7,
            "DBParameterGroups": [
                {"DBParameterGroupName": group or "default", "ParameterApplyStatus": "in-sync"}
            ],
            "OptionGroupMemberships": [
                {"OptionGroupName": option or "default", "Status": "in-sync"}
            ],
            **given,
        }
        self.name_database(shown, name)
        return self.databases.add(Thing(shown, contents))

    def name_database(self, shown: Shown, name: str) -> None:
        address = f"{name}.example.{self.place.region}.rds.amazonaws.com"
        shown.update(
            DBInstanceIdentifier=name,
            DBInstanceArn=self.arn("db", name),
            Endpoint={"Address": address, "Port": 3306},
        )

    def network(self, given: Shown, into: str) -> Shown:
        """The subnet group and the security groups that were asked for, which must be there."""
        subnets = given["DBSubnetGroupName"]
        if subnets not in self.groups.subnet_groups:
            raise RDSClientError(
                "DBSubnetGroupNotFoundFault", f"DB subnet group '{subnets}' does not exist."
            )
        security = given["VpcSecurityGroupIds"]
        ec2 = ec2_backends[self.place.account][self.place.region]
        known = {group.id for group in ec2.describe_security_groups()}
        if unknown := set(security) - known:
            raise RDSClientError("InvalidParameterValue", f"Invalid security group {unknown}")
        return {
            into: subnets if into == "DBSubnetGroup" else {"DBSubnetGroupName": subnets},
            "VpcSecurityGroups": [
                {"VpcSecurityGroupId": it, "Status": "active"} for it in security
            ],
        }

    def _check(self, given: Shown, key: str, known: dict[str, Any]) -> None:
        name = given.get(key)
        if name is not None and name not in known:
            raise RDSClientError("DBParameterGroupNotFound", f"{key} {name} not found.")

    def members(self, cluster: Shown) -> list[Shown]:
        members = [
            thing.shown
            for thing in self.databases.things.values()
            if thing.shown.get("cluster") == cluster["DbClusterResourceId"]
        ]
        return [
            {"DBInstanceIdentifier": it["DBInstanceIdentifier"], "IsClusterWriter": number == 0}
            for number, it in enumerate(members)
        ]

    def snapshot(self, thing: Thing, resource: str, name: str, key: str | None = None) -> str:
        """Keeps what is in a cluster or a database; its ARN."""
        arn = self.arn(resource, name)
        shown = {
            **{key: thing.shown[key] for key in ("Engine", "EngineVersion", "KmsKeyId")},
            "Status": "available",
            "StorageType": thing.shown["StorageType"],
            "AllocatedStorage": thing.shown.get("AllocatedStorage", 1),
        }
        shown.update({"KmsKeyId": key} if key else {})
        self.snapshots[arn] = Thing(shown, thing.contents)
        return arn


_ids = itertools.count(1)
_regions: dict[Place, Region] = {}


def region(place: Place) -> Region:
    return _regions.setdefault(place, Region(place))


def forget() -> None:
    _regions.clear()


def window(shown: Shown) -> Shown:
    """From when to when something can go back."""
    return {"EarliestTime": now() - HISTORY, "LatestTime": now()}


def automated_backup(shown: Shown, named: str, status: str) -> Shown:
    """RDS's own backups of something."""
    keys = (named, "DbClusterResourceId", "DbiResourceId", "Engine", "EngineVersion", "KmsKeyId")
    kept = {key: shown[key] for key in keys if key in shown}
    return {**kept, "Status": status, "RestoreWindow": window(shown)}


# --- Actions -----------------------------------------------------------------


def _given(response: Any, *known: str) -> Shown:
    """What is asked for; an emulator that ignores something in silence would prove nothing."""
    given = {name: response.params[name] for name in known if name in response.params}
    assert len(given) == len(response.params), (
        f"the emulator does not know all of {list(response.params)}"
    )
    return given


def _here(response: Any) -> Region:
    return region(Place(response.current_account, response.region))


def _backups(shelf: Shelf, name: str | None) -> list[Shown]:
    active = [automated_backup(it.shown, shelf.named, "active") for it in shelf.things.values()]
    return [it for it in active + shelf.retained if name in (None, it[shelf.named])]


def _source(shelf: Shelf, key: str, wanted: str, moment: datetime.datetime) -> tuple[Shown, str]:
    """What goes back to a moment, which its backups must reach, and what was in it then."""
    for backup in _backups(shelf, None):
        if backup[key] == wanted:
            reach = backup["RestoreWindow"]
            if not reach["EarliestTime"] <= moment <= reach["LatestTime"]:
                raise RDSClientError(
                    "InvalidParameterValue",
                    f"The specified instance cannot be restored to {moment}, but to between "
                    f"{reach['EarliestTime']} and {reach['LatestTime']}.",
                )
            return backup, f"{backup[shelf.named]} as of {moment:%Y-%m-%dT%H:%M:%SZ}"
    raise shelf.absent(wanted)


def _moment(given: Any) -> datetime.datetime:
    parsed = (
        given if isinstance(given, datetime.datetime) else datetime.datetime.fromisoformat(given)
    )
    return parsed.replace(tzinfo=parsed.tzinfo or datetime.UTC)


class RdsActions:
    """The part of the RDS API about clusters, databases and their backups."""

    def describe_db_clusters(self) -> ActionResult:
        here, given = _here(self), _given(self, "DBClusterIdentifier", "Filters")
        found = here.clusters.look(given.get("DBClusterIdentifier"), given.get("Filters", []))
        for it in found:
            it.update(DBClusterMembers=here.members(it), LatestRestorableTime=now())
        return ActionResult({"DBClusters": found})

    def describe_db_instances(self) -> ActionResult:
        here, given = _here(self), _given(self, "DBInstanceIdentifier", "Filters")
        found = here.databases.look(given.get("DBInstanceIdentifier"), given.get("Filters", []))
        for it in found:
            it.update({} if "cluster" in it else {"LatestRestorableTime": now()})
        return ActionResult({"DBInstances": found})

    def describe_db_cluster_automated_backups(self) -> ActionResult:
        given = _given(self, "DBClusterIdentifier")
        found = _backups(_here(self).clusters, given.get("DBClusterIdentifier"))
        return ActionResult({"DBClusterAutomatedBackups": found})

    def describe_db_instance_automated_backups(self) -> ActionResult:
        given = _given(self, "DBInstanceIdentifier")
        found = _backups(_here(self).databases, given.get("DBInstanceIdentifier"))
        return ActionResult({"DBInstanceAutomatedBackups": found})

    def describe_db_cluster_snapshots(self) -> ActionResult:
        arn = _given(self, "DBClusterSnapshotIdentifier")["DBClusterSnapshotIdentifier"]
        if arn not in _here(self).snapshots:
            raise RDSClientError(
                "DBClusterSnapshotNotFoundFault", f"DBClusterSnapshot {arn} not found."
            )
        return ActionResult({"DBClusterSnapshots": [_here(self).snapshots[arn].shown]})

    def describe_db_snapshots(self) -> ActionResult:
        arn = _given(self, "DBSnapshotIdentifier")["DBSnapshotIdentifier"]
        if arn not in _here(self).snapshots:
            raise RDSClientError("DBSnapshotNotFound", f"DBSnapshot {arn} not found.")
        return ActionResult({"DBSnapshots": [_here(self).snapshots[arn].shown]})

    def describe_option_groups(self) -> ActionResult:
        name = _given(self, "OptionGroupName").get("OptionGroupName")
        groups = _here(self).groups.option_groups
        if name not in (None, *groups):
            raise RDSClientError(
                "OptionGroupNotFoundFault", f"Specified OptionGroupName: {name} not found."
            )
        return ActionResult(
            {"OptionGroupsList": [groups[it] for it in groups if name in (None, it)]}
        )

    def describe_orderable_db_instance_options(self) -> ActionResult:
        given = _given(self, "Engine", "EngineVersion", "DBInstanceClass")
        options = [given] if given["DBInstanceClass"] in CLASSES else []
        return ActionResult({"OrderableDBInstanceOptions": options})

    def restore_db_cluster_to_point_in_time(self) -> ActionResult:
        here = _here(self)
        given = _given(
            self,
            "SourceDbClusterResourceId",
            "DBClusterIdentifier",
            "RestoreToTime",
            "DBSubnetGroupName",
            "DBClusterParameterGroupName",
            "VpcSecurityGroupIds",
        )
        moment = _moment(given["RestoreToTime"])
        source, contents = _source(
            here.clusters, "DbClusterResourceId", given["SourceDbClusterResourceId"], moment
        )
        thing = here.add_cluster(
            given["DBClusterIdentifier"],
            contents,
            source,
            DBClusterParameterGroup=given["DBClusterParameterGroupName"],
            **here.network(given, "DBSubnetGroup"),
        )
        return ActionResult({"DBCluster": thing.shown})

    def restore_db_instance_to_point_in_time(self) -> ActionResult:
        here = _here(self)
        given = _given(
            self,
            "SourceDbiResourceId",
            "TargetDBInstanceIdentifier",
            "RestoreTime",
            "DBInstanceClass",
            "DBSubnetGroupName",
            "DBParameterGroupName",
            "OptionGroupName",
            "VpcSecurityGroupIds",
            "PubliclyAccessible",
        )
        moment = _moment(given["RestoreTime"])
        source, contents = _source(
            here.databases, "DbiResourceId", given["SourceDbiResourceId"], moment
        )
        kept = ("DBInstanceClass", "DBParameterGroupName", "OptionGroupName", "PubliclyAccessible")
        thing = here.add_database(
            given["TargetDBInstanceIdentifier"],
            contents,
            source,
            **{key: given[key] for key in kept},
            **here.network(given, "DBSubnetGroup_"),
        )
        return ActionResult({"DBInstance": thing.shown})

    def create_db_instance(self) -> ActionResult:
        here = _here(self)
        given = _given(
            self,
            "DBInstanceIdentifier",
            "DBClusterIdentifier",
            "DBInstanceClass",
            "Engine",
            "PubliclyAccessible",
        )
        cluster = here.clusters.free(given["DBClusterIdentifier"], "given an instance")
        assert given["Engine"] == cluster.shown["Engine"], given
        kept = ("DBClusterIdentifier", "DBInstanceClass", "PubliclyAccessible")
        thing = here.add_database(
            given["DBInstanceIdentifier"],
            cluster.contents,
            cluster.shown,
            cluster=cluster.shown["DbClusterResourceId"],
            **{key: given[key] for key in kept},
        )
        return ActionResult({"DBInstance": thing.shown})

    def modify_db_cluster(self) -> ActionResult:
        here = _here(self)
        given = _given(
            self,
            "DBClusterIdentifier",
            "NewDBClusterIdentifier",
            "DeletionProtection",
            "ApplyImmediately",
        )
        name = given["DBClusterIdentifier"]
        thing = here.clusters.free(name, "modified")
        thing.shown["DeletionProtection"] |= given.get("DeletionProtection", False)
        if new := given.get("NewDBClusterIdentifier"):
            here.clusters.rename(name, new, lambda shown: here.name_cluster(shown, new))
        return ActionResult({"DBCluster": thing.shown})

    def modify_db_instance(self) -> ActionResult:
        here = _here(self)
        given = _given(
            self,
            "DBInstanceIdentifier",
            "NewDBInstanceIdentifier",
            "DeletionProtection",
            "ApplyImmediately",
        )
        name = given["DBInstanceIdentifier"]
        thing = here.databases.free(name, "modified")
        thing.shown["DeletionProtection"] |= given.get("DeletionProtection", False)
        if new := given.get("NewDBInstanceIdentifier"):
            here.databases.rename(name, new, lambda shown: here.name_database(shown, new))
        return ActionResult({"DBInstance": thing.shown})

    def delete_db_cluster(self) -> ActionResult:
        here, given = _here(self), _given(self, "DBClusterIdentifier", "SkipFinalSnapshot")
        name = given["DBClusterIdentifier"]
        shown = here.clusters.thing(name).shown
        _check_deletable(shown, given)
        if here.members(shown):
            raise RDSClientError(
                "InvalidDBClusterStateFault",
                "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
            )
        backup = automated_backup(shown, here.clusters.named, "retained")
        return ActionResult({"DBCluster": here.clusters.delete(name, backup).shown})

    def delete_db_instance(self) -> ActionResult:
        here = _here(self)
        given = _given(self, "DBInstanceIdentifier", "SkipFinalSnapshot", "DeleteAutomatedBackups")
        name = given["DBInstanceIdentifier"]
        shown = here.databases.thing(name).shown
        backup = None
        if "cluster" not in shown:
            _check_deletable(shown, given)
            if not given.get("DeleteAutomatedBackups", True):
                backup = automated_backup(shown, here.databases.named, "retained")
        return ActionResult({"DBInstance": here.databases.delete(name, backup).shown})


def _check_deletable(shown: Shown, given: Shown) -> None:
    if shown["DeletionProtection"]:
        raise RDSClientError(
            "InvalidParameterCombination",
            "Cannot delete protected resource, please disable deletion protection and try again.",
        )
    if not given.get("SkipFinalSnapshot"):
        raise RDSClientError(
            "InvalidParameterCombination",
            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
        )
