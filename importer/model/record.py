"""A record: one row of a resource's sheet with its detail rows, as typed values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from importer.model.manner import PLAIN, Manner
from importer.model.place import Place
from importer.model.table import Cell


class Clear(Enum):
    """What the word `(clear)` in a cell becomes: the stored value is to be removed."""

    CLEAR = "(clear)"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reference:
    """A record or a definition that a cell names. `to` is the name of its declaration.

    called: how a message calls it, where that is not its key; two that differ in it alone are one.
    """

    to: str
    key: str
    called: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.called or self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with its unit, in the service's own spelling."""

    number: int | float
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file of evidence, as it was found: `named` is the path in the cell.

    `digest` is the SHA-256 of its bytes, `size` their number.
    """

    named: str
    name: str
    size: int
    digest: str
    content_type: str

    def __str__(self) -> str:
        return self.named


Value = (
    str
    | int
    | float
    | bool
    | date
    | datetime
    | timedelta
    | Amount
    | Document
    | Reference
    | tuple[Reference, ...]
    | tuple[str, ...]
    | Clear
)

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
"""What a JSON document may hold."""

State = Mapping[str, Json]
"""A record as a flat map from field to value, in the form in which the two sides are compared.

A field is a dotted place in the service's record (`quantity.magnitude`), or a detail by its key
(`data_points[dpc_…]`). A field that is not there is *not stated*; one that is None is cleared.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCell:
    """A filled cell of a column that no declaration has; a definition may know what it is.

    meant: what the template wrote down about the column, if it made it.
    """

    header: str
    cell: Cell
    place: Place
    meant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row's typed values by header; blank cells are left out.

    sheet: the declared name. title: the one in the user's file, which with `row` says which row
        it is; several sheets of a file may be meant by one declaration.
    raw: the cells that only the account's definitions can read.
    others: the cells of further columns.
    manners: how dates and numbers are written, by Excel's number of the column.
    """

    sheet: str
    title: str
    row: int
    values: Mapping[str, Value]
    places: Mapping[str, Place]
    raw: Mapping[str, Cell] = field(default_factory=dict)
    others: Collection[OtherCell] = ()
    manners: Mapping[int, Manner] = field(default_factory=dict, compare=False)

    def manner(self, place: Place) -> Manner:
        """How dates and numbers are written in the column of a place of this row."""
        return self.manners.get(place.column, PLAIN)

    @property
    def name(self) -> tuple[str, int]:
        """What tells the row from all others of its file."""
        return self.title, self.row

    @property
    def where(self) -> str:
        """The row as a message calls it."""
        return f"{self.title} row {self.row}"

    def place(self, header: str) -> Place:
        """Where the value under that header stands, or would stand."""
        return self.places[header]

    def text(self, header: str) -> str:
        """The value under that header as text; empty where the cell is blank."""
        return str(self.values.get(header, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The cell that a record without a row of its own was made from.

    owner: the name of the record in whose row it stands. number: what it holds, as a text.
    suffix: what the external id has behind that of the owner.
    at_first: headers of what is said only when the record is created.
    """

    owner: tuple[str, str]
    place: Place
    number: str
    suffix: str
    at_first: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one row, with its detail rows by sheet, wants to be true at the service.

    origin: of a record that has no row, what it was made from; its line is that cell's.
    makes: the records that were made from numbers in cells of this one.
    defined, defined_places, defined_units: the values that its definition asks for, by the
        definition's key, and the cells of values and units; empty until definitions are read.
    """

    resource: str
    key: str
    line: Line
    details: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    defined: Mapping[str, Value] = field(default_factory=dict)
    defined_places: Mapping[str, Place] = field(default_factory=dict)
    defined_units: Mapping[str, Place] = field(default_factory=dict)
    origin: Origin | None = None
    makes: tuple["Record", ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """What identifies the record within a workbook, regardless of case."""
        return self.resource, self.key.casefold()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The record's own row, then all its detail rows."""
        if not self.details:
            return (self.line,)
        return (self.line, *(line for lines in self.details.values() for line in lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A record as the service holds it: its id, its answer, and the state read from that."""

    id: str
    key: str
    body: Mapping[str, Json]
    state: State
