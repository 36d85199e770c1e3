"""A column: what a cell may hold, and what becomes of it on the wire."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from importer.declare.making import Making
from importer.model.record import Json


class Kind(Enum):
    """What the cells of a column are read as."""

    KEY = "id"
    TEXT = "text"
    TEXTS = "list of texts"
    """Several texts in one cell, parted by semicolons."""
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DURATION = "duration"
    AMOUNT = "amount with unit"
    BOOLEAN = "yes or no"
    DATE = "date"
    MOMENT = "date and time"
    CHOICE = "choice"
    REFERENCE = "reference"
    REFERENCES = "references"
    DEFINED = "depends on the account"
    """Parsed only when the account's definitions say what it is."""


class Blank(Enum):
    """What a create sends for a column that is not stated."""

    LEFT_OUT = "left out"
    NULL = "null"
    EMPTY_LIST = "[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet, or one data point or input that a definition asks for.

    header: the column's name in the workbook, without the star of required ones.
    aliases: what people call it, too; one counts only on a sheet that lacks the header itself.
    field: dotted place in the service's record; empty for what is not sent by itself.
    to: the declaration that a reference names.
    units: for an amount, what the service takes; the first is meant when only one is there.
    choices, labels: what may be chosen as it is sent, and what people may call it (in the same
        order; empty for one without a name of its own).
    bound_unit: unit that the bounds of an amount are in; those of a duration are in milliseconds.
    most_unit: unit of the upper bound, where it is another one.
    unit_like: for references, what the unit of all that they name has to convert to; empty where
        there is no such thing.
    making: for references, what a plain number in the cell makes; None where it is an id, too.
    blank_means: what a blank cell means, where that is something; for the words of a template.
    default: what the service itself puts into a new record where the value is left out, in words.
    aside: whether a template folds the column away.
    zone: time zone (IANA) of moments that carry none; empty means the target's.
    create_only: the service never lets it be changed, or the importer refuses to.
    to_wire, from_wire: between the form that is compared and the form that is sent.
    same: whether two values mean the same although they are spelled differently.
    untold: the service does not show it; it is held against what was confirmed, and taken as equal
        where nothing was.
    available: False while this version does not send the column.
    because: why it does not, as a clause about the value; empty where there is no more to say.
    source: where the fact is published.
    """

    header: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    about: str = ""
    field: str = ""
    required: bool = False
    example: str = ""
    to: str = ""
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    unit_like: str = ""
    making: Making | None = None
    blank_means: str = ""
    default: str = ""
    aside: bool = False
    zone: str = ""
    at_least: float | None = None
    at_most: float | None = None
    bound_unit: str = ""
    most_unit: str = ""
    longest: int | None = None
    pattern: str = ""
    pattern_says: str = ""
    not_in_future: bool = False
    create_only: bool = False
    clearable: bool = False
    blank: Blank = Blank.LEFT_OUT
    to_wire: Callable[[Json], Json] | None = None
    from_wire: Callable[[Json], Json] | None = None
    same: Callable[[Json, Json], bool] | None = None
    untold: bool = False
    available: bool = True
    because: str = ""
    source: str = ""

    @property
    def title(self) -> str:
        """The header as it stands in a template: required ones end with a star."""
        return f"{self.header}*" if self.required else self.header
