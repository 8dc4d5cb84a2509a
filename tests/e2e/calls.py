"""The calls that an AWS receives, as IAM sees them, and whether a policy allows them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from moto.core.request import Request
from moto.core.routing import get_service_router

CREDENTIAL = re.compile(r"Credential=[^/]+/\d+/([\w-]+)/([\w-]+)/")
STACK = re.compile(r"arn:[^:]+:cloudformation:([^:]+):\d+:stack/([^/]+)/")


@dataclass(frozen=True)
class Call:
    """An action on a resource in a region; IAM is not asked about a call without a resource."""

    action: str
    region: str
    resource: str

    @property
    def stack(self) -> tuple[str, str] | None:
        """Region and name of the stack that it is about."""
        match = STACK.match(self.resource)
        return match and (match[1], match[2])


def asked(environ: dict[str, Any]) -> tuple[str, str]:
    """The region and the service that a request was signed for."""
    credential = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not credential:
        raise AssertionError(f"an unsigned request: {environ['PATH_INFO']}")
    region, service = credential.groups()
    return region, service


def received(environ: dict[str, Any], account: str, partition: str) -> Call | None:
    """The call in a request; none for those that IAM allows everybody. The request stays readable."""
    region, service = asked(environ)
    if service == "sts":
        return None
    if service == "s3":
        action = {"PUT": "PutObject", "GET": "GetObject", "HEAD": "GetObject"}[
            environ["REQUEST_METHOD"]
        ]
        return Call(f"s3:{action}", region, f"arn:{partition}:s3:::{environ['PATH_INFO'][1:]}")
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    request = Request({**environ, "wsgi.input": io.BytesIO(body)})
    operation, _ = get_service_router(service).match(request)
    if service != "cloudformation":
        return Call(f"{service}:{operation.name}", region, "*")
    form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
    named = form.get("StackName") or form["ChangeSetName"]
    if not named.startswith("arn:"):
        named = f"arn:{partition}:cloudformation:{region}:{account}:stack/{named}/*"
    return Call(f"cloudformation:{operation.name}", region, named)


def allows(policy: dict[str, Any], call: Call) -> bool:
    """Whether a statement without conditions allows the call; none of the policies denies anything."""
    return any(
        statement["Effect"] == "Allow"
        and "Condition" not in statement
        and _matches(statement["Action"], call.action)
        and _matches(statement["Resource"], call.resource)
        for statement in policy["Statement"]
    )


def _matches(patterns: list[str], text: str) -> bool:
    """IAM's wildcards; what the text itself leaves open matches nothing but a wildcard."""
    as_regex = ["".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in it) for it in patterns]
    return any(re.fullmatch(pattern, text) for pattern in as_regex)
