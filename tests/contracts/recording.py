"""Exchanges as they went over the wire, seen from the client's end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from contracts.descriptions import JSON_TYPE, Description, Finding, Operation, read_all
from importer.apis.client import Client, Exchange, Lost, Request, open_client
from importer.apis.cula import CulaService, CulaSettings
from importer.apis.isometric import IsometricService, IsometricSettings
from importer.apis.pace import Pace
from importer.apis.patience import Patience
from importer.model.record import Json
from importer.model.secret import Secret
from importer.sandbox.server import Running
from support.desk import Desk

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One exchange. `path` has the sandbox's own base in front."""

    method: str
    path: str
    query: frozenset[str] = frozenset()
    content_type: str = ""
    content: bytes = field(default=b"", repr=False)
    status: int = 0
    answer: Json = None

    @property
    def body(self) -> Json:
        """What was sent, as JSON; the parts of a form as its members."""
        if not self.content:
            return None
        if self.content_type == FORM:
            return dict(parse_qsl(self.content.decode()))
        if self.content_type == JSON_TYPE:
            return json.loads(self.content)
        return _read_parts(self.content_type, self.content)

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.partition(";")[0]

    def find_operations(self) -> Iterator[Operation]:
        """The operations that this is an exchange of, in all descriptions that have it."""
        for description in read_all():
            operation = find_operation(description, self.method, self.path)
            if operation is not None:
                yield operation

    def find_request_faults(self) -> Iterator[Finding]:
        """What the descriptions do not have of what was sent."""
        for operation in self.find_operations():
            yield from operation.find_query_faults(set(self.query))
            if self.content:
                yield from operation.find_request_faults(self.media_type, self.body)

    def find_answer_faults(self) -> Iterator[Finding]:
        """What the descriptions do not have of what came back."""
        for operation in self.find_operations():
            yield from operation.find_answer_faults(self.status, self.answer)


def find_operation(description: Description, method: str, path: str) -> Operation | None:
    """The operation of a path on the sandbox; sign-in lies outside of the base."""
    if path.startswith(f"{description.base}/"):
        return description.find_operation(method, path.removeprefix(description.base))
    return description.find_operation(method, path)


def _read_parts(content_type: str, content: bytes) -> Json:
    """The parts of a multipart form; what a file holds is left out."""
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + content)
    parts: dict[str, Json] = {}
    for part in message.get_payload():
        name = str(part.get_param("name", header="content-disposition"))
        parts[name] = "" if part.get_filename() else str(part.get_payload())
    return parts


class RecordingClient(Client):
    """Sends through another client, and keeps what it sees."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.exchanges: list[Recorded] = []

    def exchange(self, request: Request) -> Exchange | Lost:
        """Send a request once, and keep it with its answer."""
        outcome = self._client.exchange(request)
        assert isinstance(outcome, Exchange), outcome
        parts = urlsplit(request.url)
        self.exchanges.append(
            Recorded(
                method=request.method,
                path=request.target or parts.path,
                query=frozenset(parse_qs(parts.query, keep_blank_values=True)),
                content_type=request.headers.get("Content-Type", ""),
                content=request.content,
                status=outcome.status,
                answer=outcome.json,
            )
        )
        return outcome


@contextmanager
def record(desk: Desk) -> Iterator[list[Recorded]]:
    """Let a desk work through a recording client for as long as the context is open."""
    quiet = desk.session
    with open_client() as client:
        recording = RecordingClient(client)
        desk.session = replace(quiet, services=_build_services(desk, recording))
        yield recording.exchanges
    desk.session = quiet


def _build_services(desk: Desk, client: Client) -> dict[str, Any]:
    pace = Pace(None, clock=desk.time.clock, sleep=desk.time.sleep)
    patience = Patience(sleep=desk.time.sleep)
    twin = desk.twin
    return {
        "cula": CulaService(
            _cula_settings(twin), client=client, pace=pace, patience=patience, clock=desk.time.clock
        ),
        "isometric": IsometricService(
            _isometric_settings(twin), client=client, pace=pace, patience=patience
        ),
    }


def _cula_settings(twin: Running) -> CulaSettings:
    return CulaSettings(
        base_url=twin.cula_base_url,
        token_url=twin.cula_token_url,
        client_id=twin.cula_client_id,
        client_secret=Secret(twin.cula_client_secret),
        organisation_id=twin.cula_organisation_id,
    )


def _isometric_settings(twin: Running) -> IsometricSettings:
    return IsometricSettings(
        base_url=twin.isometric_base_url,
        client_secret=Secret(twin.isometric_client_secret),
        access_token=Secret(twin.isometric_access_token),
        project_id=twin.project_id,
    )
