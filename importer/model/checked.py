"""What a check found: the records that are fine, and why the other rows stay out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.model.problem import Problem
from importer.model.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One non-blank row of the workbook: the declared sheet, the user's name of it, its number."""

    sheet: str
    title: str
    row: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every row that was read ends up in `rows` once.

    records: those whose rows are all in order, in sheet order.
    staying_out: by record name, why a record of the workbook is not among them.
    held: by title and row, why a row without an error of its own stays out.
    named: resource and key of all that any row refers to, whether that row is in order or not.
    mentioned: what stands in columns that no declaration has, folded: some of it may be keys.
    """

    rows: tuple[ReadRow, ...] = ()
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    staying_out: Mapping[tuple[str, str], str] = field(default_factory=dict)
    held: Mapping[tuple[str, int], str] = field(default_factory=dict)
    named: frozenset[tuple[str, str]] = frozenset()
    mentioned: frozenset[str] = frozenset()
