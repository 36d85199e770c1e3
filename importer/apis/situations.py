"""Situations: what a request was for, what came back, and the questions asked about that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus

from importer.apis.client import Exchange, Loss, Lost
from importer.model.record import Json


class Use(Enum):
    """What a request is for; what is safe to repeat depends on it."""

    READ = "read"
    TOKEN = "token"  # noqa: S105 (a use, not a secret)
    CREATE = "create"
    CHANGE = "change"
    ADDRESS = "address"
    """Asking for an address to send a document to; it makes nothing."""
    DOCUMENT = "document"
    """Sending the document there; the address takes the same bytes again."""
    DOWNLOAD = "download"
    """Reading the bytes of a document."""


ANY = frozenset(Use)
REPEATABLE = frozenset({Use.READ, Use.TOKEN, Use.ADDRESS, Use.DOCUMENT, Use.DOWNLOAD})
"""What changes nothing at the service, or the same thing again."""
WRITES = frozenset({Use.CREATE, Use.CHANGE})
READ = frozenset({Use.READ})
TOKEN = frozenset({Use.TOKEN})
ADDRESS = frozenset({Use.ADDRESS})
CREATE = frozenset({Use.CREATE})
DOCUMENT = frozenset({Use.DOCUMENT})
DOWNLOAD = frozenset({Use.DOWNLOAD})
SIGNED_IN = ANY - DOCUMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An answer, and what has to be known to read it.

    renewable: whether the credentials can be renewed and were not yet, for this request.
    body: what was sent.
    record: the member of the answer that holds the record; empty where the answer is the record.
    """

    use: Use
    outcome: Exchange | Lost
    renewable: bool = False
    body: Mapping[str, Json] = field(default_factory=dict)
    record: str = ""

    @property
    def status(self) -> int:
        """The HTTP status; 0 where there is no answer."""
        return self.outcome.status if isinstance(self.outcome, Exchange) else 0

    @property
    def json(self) -> Json:
        """The document that came back; None where none did."""
        return self.outcome.json if isinstance(self.outcome, Exchange) else None

    @property
    def found(self) -> Json:
        """The record that came back, or what stands in its place; None where nothing does."""
        return find_record(self.json, self.record)


def find_record(document: Json, member: str) -> Json:
    """The record in a document: its member of this name, or all of it where none is named."""
    if not member:
        return document
    return document.get(member) if isinstance(document, dict) else None


Fits = Callable[[Situation], bool]
"""A question about a situation."""

_KEYS = ("external_id", "supplier_reference_id")


def lost(*losses: Loss) -> Fits:
    """The answer was lost in one of these ways."""
    return lambda now: isinstance(now.outcome, Lost) and now.outcome.loss in losses


def is_lost(now: Situation) -> bool:
    """There is no answer."""
    return isinstance(now.outcome, Lost)


def never_left(now: Situation) -> bool:
    """There is no answer, and nothing was sent."""
    return isinstance(now.outcome, Lost) and not now.outcome.sent


def status(*statuses: int) -> Fits:
    """One of these statuses."""
    return lambda now: now.status in statuses


def between(lowest: int, highest: int) -> Fits:
    """A status from the lowest to the highest."""
    return lambda now: lowest <= now.status <= highest


def succeeded(now: Situation) -> bool:
    """A status that says success."""
    return HTTPStatus.OK <= now.status < HTTPStatus.MULTIPLE_CHOICES


def is_object(now: Situation) -> bool:
    """Success with a record, which is a JSON object."""
    return succeeded(now) and isinstance(now.found, dict)


def is_list(now: Situation) -> bool:
    """Success with a JSON array."""
    return succeeded(now) and isinstance(now.json, list)


def is_text(now: Situation) -> bool:
    """Success with a JSON string."""
    return succeeded(now) and isinstance(now.json, str)


def is_object_without_id(now: Situation) -> bool:
    """Success with a record that has no id."""
    if not succeeded(now) or not isinstance(now.found, dict):
        return False
    own_id = now.found.get("id")
    return not (isinstance(own_id, str) and own_id)


def has_another_key(now: Situation) -> bool:
    """Success with a record under another external id than the one sent."""
    record = now.found
    if not succeeded(now) or not isinstance(record, dict):
        return False
    pairs = ((now.body.get(key), record.get(key)) for key in _KEYS)
    return any(
        isinstance(ours, str) and isinstance(theirs, str) and ours != theirs
        for ours, theirs in pairs
    )


def is_token_over(now: Situation) -> bool:
    """A refusal of the credentials, where there are new ones to be had."""
    return now.status == HTTPStatus.UNAUTHORIZED and now.renewable


def misses_header(now: Situation) -> bool:
    """Cula's refusal of a request without a required header."""
    error = now.json.get("error") if isinstance(now.json, dict) else None
    is_bad = now.status == HTTPStatus.BAD_REQUEST
    return is_bad and isinstance(error, dict) and error.get("code") == "missing_header"


def could_not_find(now: Situation) -> bool:
    """Isometric's refusal, in words, of an id that it does not know."""
    detail = now.json.get("detail") if isinstance(now.json, dict) else None
    is_bad = now.status == HTTPStatus.BAD_REQUEST
    return is_bad and isinstance(detail, str) and detail.startswith("Could not find")


def is_about_the_path(now: Situation) -> bool:
    """Isometric's refusal of a path parameter, and of nothing else."""
    details = now.json.get("detail") if isinstance(now.json, dict) else None
    if now.status != HTTPStatus.UNPROCESSABLE_ENTITY or not isinstance(details, list):
        return False
    places = [each.get("loc") if isinstance(each, dict) else None for each in details]
    return bool(places) and all(
        isinstance(place, list) and bool(place) and place[0] == "path" for place in places
    )


def always(now: Situation) -> bool:
    """Anything."""
    del now
    return True
