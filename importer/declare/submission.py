"""A record that closes a period and is handed over for good: never part of an import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from importer.model.record import Json


class Step(Enum):
    """What may be done with a record that is there."""

    SUBMIT = "submit"
    """It was never handed over."""
    SUBMIT_AGAIN = "submit again"
    """It was, and changed since."""
    NOTHING = "nothing"
    REFUSE = "refuse"
    """A person has to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a record is, in words, and what may be done with it."""

    step: Step
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What falls into the period without being named: records of another resource.

    start, end: headers of their first and last day; the last one decides.
    field: the member of the closing record that lists their ids.
    """

    resource: str
    start: str
    end: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """How records of a resource are handed over. Its key is the last day of the period.

    The periods of all its records touch; only the end is given, the start follows.

    start, end: members of the service's record with the first and the last day, both inclusive.
    submitted: the member with the moment of the last submission, which tells whether one went
        through.
    path: where a record is handed over, with `/{id}` in it.
    first, again: headers of what goes with the first submission and with a later one.
    standing: what may be done with a record that is there.
    """

    members: Members
    start: str
    end: str
    submitted: str
    path: str
    first: tuple[str, ...]
    again: tuple[str, ...]
    standing: Callable[[Mapping[str, Json]], Standing]
