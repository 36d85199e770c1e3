"""Where a process can be broken: named points around each durable step and each request.

A name is a step and a moment of it, such as `intend datapoint: uncommitted`. At a request, `unsent`
is before the first byte, `cut` in the middle of its bytes, `unread` when all of them are with the
system and no answer was read, and `unnoted` when the answer has been read and nothing was made of
it. At a write to the ledger, `before` is before the transaction begins, `uncommitted` right before
its commit, and `after` right behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

LEDGER_MOMENTS = ("before", "uncommitted", "after")
REQUEST_MOMENTS = ("unsent", "cut", "unread", "unnoted")
RESULTS_MOMENTS = ("unwritten", "half", "synced", "renamed")

_RECORDS = ("emission-log", "file", "source", "datapoint", "ghg-entry")
_UPDATED = ("emission-log", "source", "datapoint", "ghg-entry")
_FRAME = ("open run", "claim", "release", "close run")

_READS = (
    "POST token",
    "GET sites",
    "GET organisation",
    "GET periodic-emission-log-configs",
    "GET periodic-emission-log-configs/{id}/versions/{id}",
    "GET projects/{id}/ghg_entry_templates",
    "GET component_blueprints/{name}",
    "GET feedstock_types",
    "GET periodic-emission-logs",
    "GET files",
    "GET sources",
    "GET datapoints",
    "GET ghg_entries",
)
_CREATES = (
    "POST files",
    "POST sources",
    "POST sources/{id}/signed_upload_url",
    "PUT document",
    "POST datapoints",
    "POST periodic-emission-logs",
    "POST ghg_entries",
)
_UPDATES = (
    "PUT periodic-emission-logs/{id}",
    "PATCH sources/{id}",
    "PATCH datapoints/{id}",
    "PATCH ghg_entries/{id}",
    "PATCH components/{id}",
)


def _spread(steps: Sequence[str], moments: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{step}: {moment}" for step in steps for moment in moments)


def _writes(resources: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{verb} {each}" for each in resources for verb in ("intend", "confirm"))


CREATING = (
    *_spread((*_FRAME, *_writes(_RECORDS)), LEDGER_MOMENTS),
    *_spread((*_READS, *_CREATES), REQUEST_MOMENTS),
    *_spread(("results",), RESULTS_MOMENTS),
)
"""What an import passes whose records are all new."""

CORRECTING = (
    *_spread(_writes(_UPDATED), LEDGER_MOMENTS),
    *_spread(_UPDATES, REQUEST_MOMENTS),
)
"""What an import passes besides that corrects records that are there."""

CATALOGUE: Mapping[str, tuple[str, ...]] = {"creating": CREATING, "correcting": CORRECTING}


class Harm(StrEnum):
    """What is done to a process."""

    KILL = "kill"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One blow, at a point or at a step counted over all points; without either, none.

    occurrence: at which passing of the point, from 1.
    step: at which passing of any point, from 1; the blow comes `delay` seconds later, from outside
        of the thread that passed.
    """

    harm: Harm = Harm.KILL
    point: str = ""
    occurrence: int = 1
    step: int = 0
    delay: float = 0.0

    def describe(self) -> str:
        """In a few words."""
        if self.point:
            return f"{self.harm} at “{self.point}” no. {self.occurrence}"
        return f"{self.harm} at step {self.step}" if self.step else "unbroken"

    def render(self) -> dict[str, Any]:
        """As JSON; `read` understands it."""
        return asdict(self)

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Self:
        """The strike that `render` has written."""
        return cls(**{**facts, "harm": Harm(facts["harm"])})


UNBROKEN = Strike()


def choose_occurrences(passed: int) -> tuple[int, ...]:
    """The first, a middle and the last of so many passings."""
    return tuple(sorted({1, (passed + 1) // 2, passed})) if passed else ()
