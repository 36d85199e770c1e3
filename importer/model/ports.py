"""The ports through which rooms of one floor meet: a service, and the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Protocol

from importer.model.record import Json, State

AUTH = "_auth"
"""Member of a definition or a record that says how it was read, where that is not the usual way."""

API_KEY = "api-key"
"""Its value for what was read with an API key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Whose data the credentials open."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list. `after` resumes behind it; None at the end. `total` may be unknown."""

    nodes: tuple[Mapping[str, Json], ...]
    after: str | None
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One write: what is to be sent where.

    record: the member of the answer that holds the record; empty where the answer is the record.
    """

    method: str
    path: str
    body: Mapping[str, Json]
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A document on its way to a service: its name there, its media type, and its bytes."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


class Verdict(Enum):
    """What an answer to a write means for the record (design: exactly one effect)."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One complaint of the service: the member that it names (may be empty), and its words."""

    member: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a write."""

    verdict: Verdict
    status: int
    body: Mapping[str, Json]
    refusals: tuple[Refusal, ...] = ()
    request_id: str = ""


class Service(Protocol):
    """One service under one credential. Reads repeat themselves where that is safe; writes do not.

    Every method raises `ServiceUnavailable` or `CredentialsRefused` when going on makes no sense.
    """

    @property
    def name(self) -> str:
        """The service's name in declarations: `cula` or `isometric`."""

    @property
    def settings(self) -> Mapping[str, str]:
        """What paths and bodies may name in braces, such as `project_id`."""

    def fetch_organisation(self) -> Organisation:
        """Whose data this is; the cheapest check of the credentials."""

    def fetch(self, path: str) -> Mapping[str, Json] | None:
        """One thing; None where the service says that it is not there."""

    def fetch_page(self, path: str, after: str | None = None) -> Page:
        """One page of a list, as long as the service allows."""

    def find(self, path: str, key: str) -> Sequence[Mapping[str, Json]]:
        """All records of the list at `path` that carry exactly this external id."""

    def send(self, call: Call) -> Answer:
        """Send one write once."""

    def send_document(self, path: str, upload: Upload, fields: Mapping[str, str]) -> Answer:
        """Create a record from a document and form fields (multipart), once."""

    def fetch_address(self, path: str, body: Mapping[str, Json]) -> str | None:
        """A fresh address for the bytes of a record; None where they have arrived already."""

    def fetch_digest(self, path: str, largest: int) -> str | None:
        """SHA-256 of the document at a path; None where the service does not hand it out.

        A document above `largest` bytes has the empty digest: it is none that could be sought.
        """

    def put_document(self, address: str, upload: Upload) -> Answer:
        """Send the bytes to an address that a service gave out, without its credentials.

        The address takes the same bytes again, so a doubtful answer may be repeated.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What every entry of the ledger belongs to; nothing mixes two of them."""

    target: str
    service: str
    organisation: str


class RunState(StrEnum):
    """How far a run is. One whose process died stays *running*."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"


class OperationState(StrEnum):
    """How far an operation is. An intent without an outcome is settled before anything else."""

    INTENDED = "intended"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One write that was intended, and when: the state that the record was to have afterwards."""

    id: int
    scope: Scope
    resource: str
    key: str
    desired: State
    intended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What was sent and then confirmed, and how the service showed it right afterwards.

    The two may differ in spelling (`kg` comes back as `kilogram`), so both are kept.
    """

    sent: State
    observed: State
    at: datetime
    remote_id: str = ""


class Ledger(Protocol):
    """The durable memory: runs, intents before sends, outcomes after, confirmed payloads."""

    def open_run(self, *, verb: str, target: str, file: str, digest: str) -> int:
        """Note that a run starts; answers with its number."""

    def close_run(
        self, run: int, *, state: RunState, counts: Mapping[str, int], results: str = ""
    ) -> None:
        """Note how a run ended; `results` is the SHA-256 of the results workbook, if any."""

    def intend(
        self,
        run: int,
        scope: Scope,
        *,
        resource: str,
        key: str,
        calls: Sequence[Call],
        desired: State,
    ) -> int:
        """Write down what is about to be sent, durably; answers with the operation's number."""

    def settle(
        self,
        operation: int,
        state: OperationState,
        *,
        remote_id: str = "",
        answer: Answer | None = None,
    ) -> None:
        """Write down what became of an operation that was not confirmed."""

    def confirm(
        self,
        scope: Scope,
        *,
        resource: str,
        key: str,
        remote_id: str,
        sent: State,
        observed: State,
        operation: int | None = None,
        answer: Answer | None = None,
    ) -> None:
        """Write down in one step that the service holds `sent` and the operation is done."""

    def confirmations(
        self, scope: Scope, resource: str, keys: Iterable[str]
    ) -> Mapping[str, Sequence[Confirmation]]:
        """All confirmed payloads of these keys, oldest first."""

    def keys_of(
        self, scope: Scope, resource: str, remote_ids: Iterable[str]
    ) -> Mapping[str, frozenset[str]]:
        """Under which keys records of the service were confirmed, by their ids there."""

    def unsettled(self, scope: Scope) -> Sequence[Operation]:
        """Operations that were intended and whose outcome is not known, oldest first."""
