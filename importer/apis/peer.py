"""The other side: who is talked to, and how its failures are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from importer.apis.addresses import read_host
from importer.apis.bodies import clean
from importer.apis.client import Exchange, Loss, Lost, Request
from importer.apis.refusals import read_refusals
from importer.apis.rows import Decision, Row
from importer.model.failure import CredentialsRefused, ServiceUnavailable

_LONGEST_ADDRESS = 200
_LONGEST_REQUEST_ID = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Who is talked to.

    title: its name in messages.
    settings: what paths may name in braces.
    request_id: the header that carries the service's own number of a request.
    remedy: what to do when it refuses the credentials.
    """

    title: str
    base_url: str
    remedy: str
    settings: Mapping[str, str] = field(default_factory=dict)
    request_id: str = ""

    @property
    def place(self) -> str:
        """The service and its host, for messages."""
        return f"{self.title} ({read_host(self.base_url)})"

    def read_request_id(self, outcome: Exchange | Lost) -> str:
        """The service's own number of a request, for its support; empty where it says none."""
        if isinstance(outcome, Lost) or not self.request_id:
            return ""
        return clean(outcome.headers.get(self.request_id, ""), _LONGEST_REQUEST_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a request ended: with what, by which row of the table, at which attempt."""

    request: Request
    outcome: Exchange | Lost
    row: Row
    attempts: int


def describe(peer: Peer, end: End) -> CredentialsRefused | ServiceUnavailable:
    """The failure to raise for a request that ended without an answer to go on with."""
    address = urlsplit(end.request.url)
    asked = clean(f"{address.path}?{address.query}" if address.query else address.path)
    tried = f", tried {end.attempts} times" if end.attempts > 1 else ""
    number = peer.read_request_id(end.outcome)
    message = (
        f"{peer.place}, {end.request.method} {asked[:_LONGEST_ADDRESS]}{tried}: {end.row.when}: "
        f"{word(end.outcome)}{f' (request {number})' if number else ''}"
    )
    if end.row.failure is CredentialsRefused:
        return CredentialsRefused(message, remedy=peer.remedy)
    return ServiceUnavailable(message, remedy=_advise(end))


def word(outcome: Exchange | Lost) -> str:
    """What came back, in words: the status and what the service says, or how it was lost."""
    match outcome:
        case Lost():
            return outcome.words
        case Exchange():
            words = "; ".join(
                f"{each.member}: {each.words}" if each.member else each.words
                for each in read_refusals(outcome)
            )
            return f"HTTP {outcome.status}, {clean(words)}"


def _advise(end: End) -> str:
    if isinstance(end.outcome, Lost) and end.outcome.loss is Loss.UNTRUSTED:
        return (
            "Check the address in the settings. If your network inspects encrypted traffic, set "
            "SSL_CERT_FILE to a file with its certificate authority."
        )
    if end.row.decision in (Decision.WAIT, Decision.REPEAT):
        return (
            "Check that this machine is online, then run the same command again in a few "
            "minutes: nothing that has arrived is sent twice."
        )
    return "Check the service's address and the ids in the settings of the target."
