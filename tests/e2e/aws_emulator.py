"""An AWS to deploy to: a moto server on loopback, with what moto lacks.

moto supplies the protocols, KMS, IAM, S3, STS and most of AWS Backup.
`cfn_engine` takes the place of its CloudFormation, `cfn_resources` makes the
resources, and this module adds backup selections to its Backup API, counts
the requests and runs the server. `python aws_emulator.py` runs it by hand.
"""

from __future__ import annotations

import os
import threading
from types import TracebackType
from typing import Any

from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths as backup_urls
from moto.cloudformation.models import cloudformation_backends
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.base_backend import BackendDict
from moto.core.responses import ActionResult, BaseResponse
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import make_server

import cfn_engine
from cfn_resources import Place, identify_key, selections_of

DEFAULT_ACCOUNT = "123456789012"


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
    ]:
        for name, member in vars(source).items():
            if callable(member):
                setattr(target, name, member)
    backup_urls["{0}/backup/plans/(?P<name>[^/]+)/selections/?.*$"] = BackupResponse.dispatch


def forget_everything() -> None:
    """An AWS with nothing in it."""
    BackendDict.reset()
    cfn_engine.refusals.clear()


class Emulator:
    """A running server; `requests` holds the method and path of each call that it saw."""

    def __init__(self, port: int = 0) -> None:
        extend_moto()
        self.requests: list[str] = []
        self._application = DomainDispatcherApplication(create_backend_app)
        self._server = make_server(
            "127.0.0.1", port, self._counting, threaded=True, request_handler=QuietHandler
        )
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def _counting(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.requests.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return self._application(environ, start_response)

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
        os.environ["MOTO_ACCOUNT_ID"] = account
        self.requests.clear()

    def refuse(self, stack: str, resource_type: str) -> None:
        """Let `stack` fail at its resource of this type."""
        cfn_engine.refusals[stack] = resource_type

    def allow_all(self) -> None:
        cfn_engine.refusals.clear()

    def plant_role(self, account: str, partition: str, name: str) -> None:
        """A role that is there before anything is deployed, such as a key administrator's."""
        iam_backends[account][partition].create_role(
            role_name=name,
            assume_role_policy_document="{}",
            path="/",
            permissions_boundary=None,
            description="",
            tags=[],
            max_session_duration=None,
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
