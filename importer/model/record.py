"""A record: one row of a resource's sheet with its detail rows, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from importer.model.place import Place


class Clear(Enum):
    """What the word `(clear)` in a cell becomes: the stored value is to be removed."""

    CLEAR = "(clear)"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reference:
    """A record or a definition that a cell names. `to` is the name of its declaration."""

    to: str
    key: str

    def __str__(self) -> str:
        return self.key


Value = str | int | float | bool | date | datetime | Reference | tuple[Reference, ...] | Clear

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
"""What a JSON document may hold."""

State = Mapping[str, Json]
"""A record as a flat map from field to value, in the form in which the two sides are compared.

A field is a dotted place in the service's record (`quantity.magnitude`), or a detail by its key
(`data_points[dpc_…]`). A field that is not there is *not stated*; one that is None is cleared.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row's typed values by header; blank cells are left out."""

    row: int
    values: Mapping[str, Value]
    places: Mapping[str, Place]

    def place(self, header: str) -> Place:
        """Where the value under that header stands, or would stand."""
        return self.places[header]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one row, with its detail rows by sheet, wants to be true at the service."""

    resource: str
    key: str
    line: Line
    details: Mapping[str, tuple[Line, ...]]

    @property
    def name(self) -> tuple[str, str]:
        """What identifies the record within a workbook, regardless of case."""
        return self.resource, self.key.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A record as the service holds it: its id, its answer, and the state read from that."""

    id: str
    key: str
    body: Mapping[str, Json]
    state: State
