"""The DynamoDB that an operator meets in the night: a restored table is `CREATING` at first.

Tables and items are moto's, which makes and deletes tables at once. Here one that is being made or
deleted says so until somebody has looked, and cannot be changed meanwhile.
"""

from __future__ import annotations

import copy
import datetime
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.dynamodb.exceptions import (
    ERROR_TYPE_PREFIX,
    PointInTimeRecoveryUnavailable,
    ResourceInUseException,
    ResourceNotFoundException,
    TableAlreadyExistsException,
    TableNotFoundException,
)
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import RestoredPITTable, Table
from moto.dynamodb.responses import DynamoHandler

from aws_rds import HISTORY, LOOKS, now
from cfn_resources import Place

_under_way: dict[str, tuple[str, int]] = {}
_describe = DynamoHandler.describe_table
_update = DynamoHandler.update_table
_recovery = DynamoHandler.update_continuous_backups


def forget() -> None:
    _under_way.clear()


def tables(place: Place) -> dict[str, Table]:
    return dynamodb_backends[place.account][place.region].tables


def copied(table: Table) -> Table:
    """A table as it is now, apart from what becomes of it."""
    return copy.deepcopy(table)


def restore(place: Place, name: str, source: Table, key: str | None) -> Table:
    """Makes a table with what is in another, under a key or DynamoDB's own."""
    if name in tables(place):
        raise TableAlreadyExistsException(name)
    table = RestoredPITTable(name, place.account, place.region, copy.deepcopy(source))
    if key:
        table.sse_specification = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}
    tables(place)[name] = table
    _under_way[table.table_arn] = ("CREATING", LOOKS)
    return table


def _described(table: Table, member: str, status: str | None = None) -> ActionResult:
    shown = table.describe(member)
    shown[member]["TableStatus"] = status or shown[member]["TableStatus"]
    return ActionResult(shown)


class DynamoActions:
    """The part of the DynamoDB API that takes time."""

    dynamodb_backend: Any
    body: dict[str, Any]
    current_account: str
    region: str

    def describe_table(self) -> ActionResult:
        table = _table(self)
        status, looks = _under_way.pop(table.table_arn, (None, 0))
        if status and looks:
            _under_way[table.table_arn] = (status, looks - 1)
            return _described(table, "Table", status)
        if status == "DELETING":
            del self.dynamodb_backend.tables[table.name]
        return _describe(self)  # type: ignore[arg-type]

    def update_table(self) -> ActionResult:
        if _table(self).table_arn in _under_way:
            raise ResourceInUseException(f"Table is being changed: {self.body['TableName']}")
        return _update(self)  # type: ignore[arg-type]

    def update_continuous_backups(self) -> ActionResult:
        if _table(self).table_arn in _under_way:
            raise TableNotFoundException(self.body["TableName"])
        return _recovery(self)  # type: ignore[arg-type]

    def describe_continuous_backups(self) -> ActionResult:
        table = _table(self)
        shown = copy.deepcopy(table.continuous_backups)
        recovery = shown["PointInTimeRecoveryDescription"]
        if recovery["PointInTimeRecoveryStatus"] == "ENABLED":
            recovery.update(
                EarliestRestorableDateTime=now() - HISTORY, LatestRestorableDateTime=now()
            )
        return ActionResult({"ContinuousBackupsDescription": shown})

    def restore_table_to_point_in_time(self) -> ActionResult:
        given = dict(self.body)
        source_name, name = given.pop("SourceTableName"), given.pop("TargetTableName")
        moment = given.pop("RestoreDateTime")
        assert not given, f"the emulator does not know all of {given}"
        source = self.dynamodb_backend.tables.get(source_name)
        if source is None:
            raise TableNotFoundException(source_name)
        recovery = source.continuous_backups["PointInTimeRecoveryDescription"]
        if recovery["PointInTimeRecoveryStatus"] != "ENABLED":
            raise PointInTimeRecoveryUnavailable(source_name)
        if not isinstance(moment, datetime.datetime):
            moment = datetime.datetime.fromtimestamp(float(moment), datetime.UTC)
        moment = moment.replace(tzinfo=moment.tzinfo or datetime.UTC)
        if not now() - HISTORY <= moment <= now():
            raise JsonRESTError(
                f"{ERROR_TYPE_PREFIX}InvalidRestoreTimeException", f"{moment} is out of reach"
            )
        place = Place(self.current_account, self.region)
        key = (source.sse_specification or {}).get("KMSMasterKeyId")
        return _described(restore(place, name, source, key), "TableDescription", "CREATING")

    def delete_table(self) -> ActionResult:
        table = _table(self)
        if table.deletion_protection_enabled:
            raise JsonRESTError(
                f"{ERROR_TYPE_PREFIX}ValidationException",
                f"Resource cannot be deleted as it is currently protected against deletion. {table.name}",
            )
        if table.table_arn in _under_way:
            raise ResourceInUseException(f"Table is being changed: {table.name}")
        _under_way[table.table_arn] = ("DELETING", LOOKS)
        return _described(table, "TableDescription", "DELETING")


def _table(response: Any) -> Table:
    name = response.body["TableName"]
    if name not in response.dynamodb_backend.tables:
        raise ResourceNotFoundException(table_name=name)
    return response.dynamodb_backend.tables[name]
