"""How a record ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from importer.model.failure import ImporterError
from importer.model.outcome import Status
from importer.model.plan import Unchanged
from importer.model.problem import Problem
from importer.model.record import Json

_NOT_ASKED = "Not asked: the service confirmed it to this ledger before (--trust-ledger)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The end of one record's write; `body` is what the service last answered.

    stopped: why nothing more can be sent.
    later: whether it is left for another command, so that this one has nothing to say of it.
    """

    status: Status
    id: str = ""
    body: Mapping[str, Json] | None = None
    message: str = ""
    problems: tuple[Problem, ...] = ()
    stopped: ImporterError | None = None
    later: bool = False


def settle_unchanged(change: Unchanged) -> Settled:
    """The end of a record that needs no write; what was not asked has no answer to show."""
    return Settled(
        status=Status.UNCHANGED,
        id=change.remote.id,
        body=change.remote.body if change.asked else None,
        message="" if change.asked else _NOT_ASKED,
    )
