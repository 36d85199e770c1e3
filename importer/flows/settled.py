"""How a record ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from importer.model.failure import ImporterError
from importer.model.outcome import Status
from importer.model.problem import Problem
from importer.model.record import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The end of one record's write; `body` is what the service last answered.

    stopped: why nothing more can be sent.
    """

    status: Status
    id: str = ""
    body: Mapping[str, Json] | None = None
    message: str = ""
    problems: tuple[Problem, ...] = ()
    stopped: ImporterError | None = None
