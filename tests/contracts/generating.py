"""Requests that schemathesis makes up from a description and sends to a sandbox."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from contracts.descriptions import Operation
from importer.sandbox.server import Running

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    response_schema_conformance,
]
SIGN_IN = "/oauth2/token"
Headers = dict[str, str]


def send_made_up(
    operation: Operation,
    schema: BaseSchema,
    twin: Running,
    *,
    mode: GenerationMode,
    examples: int,
) -> Counter[int]:
    """Send so many requests to an operation, check the answers, and count their statuses."""
    made_up = schema[operation.path][operation.method].as_strategy(generation_mode=mode)
    statuses: Counter[int] = Counter()
    base = "" if operation.path == SIGN_IN else operation.description.base

    with _signed_in(twin, operation) as session:

        @settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(made_up)
        def example(case: Case) -> None:
            answer = case.call_and_validate(
                base_url=twin.url + base,
                session=session,
                headers=dict(session.headers),
                checks=CHECKS,
            )
            statuses[answer.status_code] += 1

        example()
    return statuses


@contextmanager
def _signed_in(twin: Running, operation: Operation) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.headers.update(_build_headers(twin, operation, session))
        yield session


def _build_headers(twin: Running, operation: Operation, session: requests.Session) -> Headers:
    if operation.description.name == "isometric":
        return {
            "Authorization": f"Bearer {twin.isometric_access_token}",
            "X-Client-Secret": twin.isometric_client_secret,
        }
    pair = f"{twin.cula_client_id}:{twin.cula_client_secret}".encode()
    basic = {"Authorization": f"Basic {b64encode(pair).decode()}"}
    if operation.path == SIGN_IN:
        return basic
    form = {"grant_type": "client_credentials"}
    answer = session.post(twin.cula_token_url, data=form, headers=basic, timeout=10)
    return {
        "Authorization": f"Bearer {answer.json()['access_token']}",
        "Cula-Organisation-Id": twin.cula_organisation_id,
    }
