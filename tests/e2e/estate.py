"""What a business runs on the day before the night: resources, their backups and copies, two networks.

Everything is there as it would be after some days of a deployed build: in the source region the
resources and their recovery points, in the other region copies of these, and what restores are told
in both. What is in a resource says of which day it is, so that a restore shows what it was made of.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

import aws_backup
import aws_dynamodb
import aws_rds
from cfn_resources import Place
from live import Live

DAYS = (3, 2, 1)
CLASS, OTHER_CLASS = "db.r6g.large", "db.t4g.medium"
SUBNETS, PARAMETERS, OPTIONS = "orders-subnets", "orders-params", "orders-options"
ENGINES = {
    "cluster": {"Engine": "aurora-mysql", "EngineVersion": "8.0.mysql_aurora.3.08.0"},
    "database": {"Engine": "mysql", "EngineVersion": "8.0.40"},
}
DEFAULT_ROLE = "AWSBackupDefaultServiceRole"


def of_day(name: str, days: int) -> str:
    """What was in a resource so many days ago; 0 is what is in it now."""
    return f"{name}, {days} days ago" if days else f"{name}, now"


@dataclass
class Estate:
    """The resources of a deployed build, by kind."""

    live: Live
    resources: dict[str, list[str]]

    def __post_init__(self) -> None:
        [(source, self.vault)] = [
            (stack.region, vault["BackupVaultName"])
            for stack in self.live.built.stacks
            if list(stack.resources("AWS::Backup::BackupPlan"))
            for vault in stack.resources("AWS::Backup::BackupVault")
        ]
        [(away, self.copies)] = self.live.built.made_vaults() - {(source, self.vault)}
        self.source = Place(self.live.account, source)
        self.away = Place(self.live.account, away)

    # --- Before the night ---

    def settle(self) -> None:
        """Makes everything; nobody calls anything yet."""
        self.security_groups = {place: self._network(place) for place in (self.source, self.away)}
        self._default_role()
        for kind, names in self.resources.items():
            for name in names:
                self._make(kind, name)
                for days in DAYS:
                    self.fill(kind, name, of_day(name, days), self.source)
                    self._back_up(kind, name, days)
                self.fill(kind, name, of_day(name, 0), self.source)

    def settings(self, place: Place) -> dict[str, str]:
        """What the settings of a place must say."""
        return {
            "SUBNET_GROUP": SUBNETS,
            "PARAMETER_GROUP": PARAMETERS,
            "OPTION_GROUP": OPTIONS,
            "SECURITY_GROUP_ID": self.security_groups[place],
            "INSTANCE_CLASS": CLASS,
            "MULTI_AZ": "false",
        }

    def _network(self, place: Place) -> str:
        ec2, rds = (self.live.client(service, place.region) for service in ("ec2", "rds"))
        subnets = [it["SubnetId"] for it in ec2.describe_subnets()["Subnets"]]
        rds.create_db_subnet_group(
            DBSubnetGroupName=SUBNETS, DBSubnetGroupDescription="private", SubnetIds=subnets
        )
        rds.create_db_cluster_parameter_group(
            DBClusterParameterGroupName=PARAMETERS,
            DBParameterGroupFamily="aurora-mysql8.0",
            Description="clusters",
        )
        rds.create_db_parameter_group(
            DBParameterGroupName=PARAMETERS,
            DBParameterGroupFamily="mysql8.0",
            Description="databases",
        )
        rds.create_option_group(
            OptionGroupName=OPTIONS,
            EngineName="mysql",
            MajorEngineVersion="8.0",
            OptionGroupDescription="databases",
        )
        group = ec2.create_security_group(GroupName="application", Description="lets it in")
        return group["GroupId"]

    def _default_role(self) -> None:
        """The role that the console makes, with what its managed policy allows and the way back needs."""
        iam, path = self.live.client("iam", self.source.region), "/service-role/"
        principal = {"Service": "backup.amazonaws.com"}
        trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
        iam.create_role(RoleName=DEFAULT_ROLE, Path=path, AssumeRolePolicyDocument=_policy(trust))
        actions = [
            "rds:CreateDBClusterSnapshot",
            "rds:CreateDBSnapshot",
            "dynamodb:StartAwsBackupJob",
        ]
        iam.put_role_policy(
            RoleName=DEFAULT_ROLE,
            PolicyName="backups",
            PolicyDocument=_policy({"Effect": "Allow", "Action": actions, "Resource": ["*"]}),
        )

    def _make(self, kind: str, name: str) -> None:
        if kind == "table":
            dynamodb = self.live.client("dynamodb", self.source.region)
            dynamodb.create_table(
                TableName=name,
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
            dynamodb.update_continuous_backups(
                TableName=name,
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
            )
            return
        rds = aws_rds.region(self.source)
        key = rds_key(self.source)
        like = {**ENGINES[kind], "KmsKeyId": key}
        wanted = {
            "DBSubnetGroupName": SUBNETS,
            "VpcSecurityGroupIds": [self.security_groups[self.source]],
        }
        if kind == "cluster":
            network = rds.network(wanted, "DBSubnetGroup")
            thing = rds.add_cluster(name, "", like, DBClusterParameterGroup=PARAMETERS, **network)
            instance = rds.add_database(
                f"{name}-1",
                "",
                like,
                cluster=thing.shown["DbClusterResourceId"],
                DBClusterIdentifier=name,
                DBInstanceClass=CLASS,
            )
            made = [(thing, "Status"), (instance, "DBInstanceStatus")]
        else:
            network = rds.network(wanted, "DBSubnetGroup_")
            thing = rds.add_database(
                name,
                "",
                like,
                DBInstanceClass=CLASS,
                DBParameterGroupName=PARAMETERS,
                OptionGroupName=OPTIONS,
                **network,
            )
            made = [(thing, "DBInstanceStatus")]
        for it, status in made:
            it.shown[status], it.next = "available", None

    def _back_up(self, kind: str, name: str, days: int) -> None:
        point = aws_backup.back_up(self.source, self.vault, self.arn(kind, name, self.source))
        point.shown["CreationDate"] -= datetime.timedelta(days=days)
        point.keep({"DeleteAfterDays": 14})
        aws_backup.copy(point, self.source, self.away, self.copies, {"DeleteAfterDays": 14})

    # --- During it ---

    def fill(self, kind: str, name: str, contents: str, place: Place) -> None:
        """Writes into a resource."""
        if kind == "table":
            item = {"id": {"S": "newest"}, "contents": {"S": contents}}
            aws_dynamodb.tables(place)[name].put_item(item)
        else:
            self.thing(kind, name, place).contents = contents

    def delete_database(self, name: str) -> None:
        """Somebody deletes a database of the source, of which RDS keeps its own backups."""
        databases = aws_rds.region(self.source).databases
        kept = aws_rds.automated_backup(databases.things[name].shown, databases.named, "retained")
        databases.retained.append(kept)
        del databases.things[name]

    # --- Looking at what is there ---

    def arn(self, kind: str, name: str, place: Place) -> str:
        service, resource = {
            "cluster": ("rds", "cluster:"),
            "database": ("rds", "db:"),
            "table": ("dynamodb", "table/"),
        }[kind]
        return f"arn:{place.partition}:{service}:{place.region}:{place.account}:{resource}{name}"

    def thing(self, kind: str, name: str, place: Place) -> Any:
        rds = aws_rds.region(place)
        return {"cluster": rds.clusters, "database": rds.databases}[kind].things[name]

    def names(self, kind: str, place: Place) -> list[str]:
        """What there is of a kind in a region; instances of clusters are no databases."""
        if kind == "table":
            return sorted(aws_dynamodb.tables(place))
        rds = aws_rds.region(place)
        things = {"cluster": rds.clusters, "database": rds.databases}[kind].things
        return sorted(name for name, thing in things.items() if "cluster" not in thing.shown)

    def contents(self, kind: str, name: str, place: Place) -> str:
        if kind == "table":
            [item] = aws_dynamodb.tables(place)[name].all_items()
            return item.attrs["contents"].value
        return self.thing(kind, name, place).contents

    def is_protected(self, kind: str, name: str, place: Place) -> bool:
        """Whether it cannot be deleted by mistake; a cluster also has an instance."""
        if kind == "table":
            return bool(aws_dynamodb.tables(place)[name].deletion_protection_enabled)
        shown = self.thing(kind, name, place).shown
        if kind == "cluster" and not aws_rds.region(place).members(shown):
            return False
        return bool(shown["DeletionProtection"])

    def points(self, place: Place) -> list[aws_backup.Point]:
        return list(aws_backup.region(place).points.values())

    def all_of(self, place: Place) -> list[Any]:
        """All that there is in a region, to be compared with what there is later."""
        rds, backup = aws_rds.region(place), aws_backup.region(place)
        shelves = [rds.clusters.things, rds.databases.things, rds.snapshots, backup.points]
        seen: list[Any] = [
            {name: (dict(thing.shown), str(thing.contents)[:40]) for name, thing in shelf.items()}
            for shelf in shelves
        ]
        tables = {
            name: [str(item.attrs["contents"].value) for item in table.all_items()]
            for name, table in aws_dynamodb.tables(place).items()
        }
        return [*seen, tables]


def rds_key(place: Place) -> str:
    """A key of the region that databases are encrypted with."""
    return next(key.arn for key in place.kms.keys.values())


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
