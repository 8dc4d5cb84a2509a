"""An AWS to deploy to: a moto server on loopback, with what moto lacks.

moto supplies the protocols, KMS, IAM, S3, STS and most of AWS Backup.
`cfn_engine` takes the place of its CloudFormation, `cfn_resources` makes the
resources, `aws_backup`, `aws_rds` and `aws_dynamodb` do what a runbook asks
for, and this module adds backup selections to its Backup API, notes the
requests and runs the server. `python aws_emulator.py` runs it by hand.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths as backup_urls
from moto.cloudformation.models import cloudformation_backends
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.base_backend import BackendDict
from moto.core.responses import ActionResult, BaseResponse
from moto.dynamodb.responses import DynamoHandler
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from moto.rds.responses import RDSResponse
from werkzeug.serving import make_server

import aws_backup
import aws_dynamodb
import aws_rds
import cfn_engine
from calls import Call, asked, received
from cfn_resources import Place, identify_key, selections_of

DEFAULT_ACCOUNT = "123456789012"
PARTITION = "aws"
SERVICE = "backup.amazonaws.com"


class SelectionActions(BaseResponse):
    """The part of the Backup API about selections, which moto does not have."""

    backup_backend: Any

    def get_backup_selection(self) -> ActionResult:
        plan, selection = self.uri_match["backupPlanId"], self.uri_match["selectionId"]
        return ActionResult(selections_of(self.backup_backend, plan)[selection])

    def list_backup_selections(self) -> ActionResult:
        found = selections_of(self.backup_backend, self.uri_match["backupPlanId"])
        return ActionResult(
            {
                "BackupSelectionsList": [
                    {**selection["BackupSelection"], **selection} for selection in found.values()
                ]
            }
        )


def extend_moto() -> None:
    """Put our actions in the place of moto's, for this process."""
    cloudformation_backends.backend = cfn_engine.CloudFormation
    for source, target in [
        (cfn_engine.Actions, CloudFormationResponse),
        (SelectionActions, BackupResponse),
        (aws_backup.JobActions, BackupResponse),
        (aws_rds.RdsActions, RDSResponse),
        (aws_dynamodb.DynamoActions, DynamoHandler),
    ]:
        for name, member in vars(source).items():
            if callable(member):
                setattr(target, name, member)
    # Ours are described as the API describes them; moto makes its own of another shape.
    CloudFormationResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER.pop("DescribeChangeSetOutput.Changes", None)
    backup_urls["{0}/(?P<path>.+)$"] = BackupResponse.dispatch


def forget_everything() -> None:
    """An AWS with nothing in it."""
    BackendDict.reset()
    cfn_engine.allow_all()
    for service in (aws_backup, aws_dynamodb, aws_rds):
        service.forget()


class Emulator:
    """A running server; `calls` holds what it was asked, while somebody listens."""

    def __init__(self, port: int = 0) -> None:
        extend_moto()
        self.calls: list[Call] = []
        self.listens = False
        self.account = DEFAULT_ACCOUNT
        self._application = DomainDispatcherApplication(create_backend_app)
        self._server = make_server(
            "127.0.0.1", port, self._noting, threaded=True, request_handler=QuietHandler
        )
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def _noting(self, environ: dict[str, Any], start_response: Any) -> Any:
        if self.listens:
            call = received(environ, self.account, PARTITION)
            self.calls += [call] if call else []
            if asked(environ)[0] in cfn_engine.lost_regions:
                start_response("503 Service Unavailable", [])
                return []
        return self._application(environ, start_response)

    @contextmanager
    def listening(self) -> Iterator[list[Call]]:
        """The calls that are made meanwhile, and those that CloudFormation makes for them."""
        self.calls.clear()
        cfn_engine.reads_of_outputs.clear()
        self.listens = True
        try:
            yield self.calls
        finally:
            self.listens = False

    def reads_of_outputs(self) -> list[tuple[tuple[str, str], Call]]:
        """Which stack was deployed, and the call that its template took."""
        return [
            (stack, Call("cloudformation:DescribeStacks", read.split(":")[3], read))
            for stack, read in cfn_engine.reads_of_outputs
        ]

    def __enter__(self) -> Emulator:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()

    def reset(self, account: str = DEFAULT_ACCOUNT) -> None:
        """An empty AWS, logged in to `account`."""
        forget_everything()
        os.environ["MOTO_ACCOUNT_ID"] = self.account = account
        self.calls.clear()

    def refuse(self, stack: str, resource_type: str) -> None:
        """Let `stack` fail at its resource of this type."""
        cfn_engine.refusals[stack] = resource_type

    def fail_early(self, stack: str, why: str) -> None:
        """Let change sets of `stack` fail before anything is made."""
        cfn_engine.early_failures[stack] = why

    def lose(self, region: str) -> None:
        """Let a region answer nobody."""
        cfn_engine.lost_regions.add(region)

    def regain(self, region: str) -> None:
        """Let a region answer again."""
        cfn_engine.lost_regions.discard(region)

    def resolve_every_branch(self) -> None:
        """Let Fn::If resolve the branch too that is not taken."""
        cfn_engine.resolves_every_branch[0] = True

    def read_outputs_early(self) -> None:
        """Let change sets read the outputs of other stacks, and not only their execution."""
        cfn_engine.reads_outputs_early[0] = True

    def allow_all(self) -> None:
        cfn_engine.allow_all()

    def plant_role(self, account: str, partition: str, name: str, path: str = "/") -> None:
        """A role that is there before anything is deployed; AWS Backup may assume it."""
        trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": SERVICE}}
        iam_backends[account][partition].create_role(
            role_name=name,
            assume_role_policy_document=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
            path=path,
            permissions_boundary=None,
            description="",
            tags=[],
            max_session_duration=None,
        )

    def plant_vault(self, account: str, region: str, name: str) -> None:
        """A vault that is there before anything is deployed."""
        Place(account, region).backup.create_backup_vault(
            backup_vault_name=name,
            backup_vault_tags={},
            encryption_key_arn=None,
            creator_request_id="",
        )

    def plant_key(self, arn: str) -> None:
        """A key that is there before anything is deployed; multi-Region if its id says so."""
        _, _, _, region, account, resource = arn.split(":")
        place, key_id = Place(account, region), resource.removeprefix("key/")
        key = place.kms.create_key(
            policy=None,
            key_usage="ENCRYPT_DECRYPT",
            key_spec="SYMMETRIC_DEFAULT",
            description="",
            tags=[],
            multi_region=key_id.startswith("mrk-"),
        )
        identify_key(key, key_id, place)


class QuietHandler(MotoRequestHandler):
    """moto's handler without a line on stderr for every request."""

    def log(self, *_arguments: Any) -> None:
        pass


if __name__ == "__main__":
    with Emulator(port=int(os.environ.get("MOTO_PORT", "5000"))) as emulator:
        emulator.reset()
        print(f"export AWS_ENDPOINT_URL={emulator.url}", flush=True)
        threading.Event().wait()
