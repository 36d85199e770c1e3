"""Cells of a made template's row as a person fills them in, and how each can be spoiled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from importer.model.place import column_letters

Value = object

OWN, LEFT, DEFINED_BY = "own", "left", "B"
"""Where a wrong cell is told: at itself, at the one at its left, at the row's config or template"""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell: a valid value (None for blank), and wrong ones, each with where it is told."""

    value: Value
    wrong: tuple[tuple[Value, str], ...] = ()


def slot(value: Value, *wrong: Value, needed: str = "") -> Slot:
    """A cell whose wrong values are told at itself; blank is told at `needed`, if at all."""
    told = tuple((each, OWN) for each in wrong)
    return Slot(value, (*told, (None, needed)) if needed else told)


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A row with one wrong cell. column: the letters of the column at which it is told."""

    row: tuple[Value, ...]
    column: str
    value: Value


def spoil(slots: Sequence[Slot]) -> Iterator[Spoiled]:
    """A row for each way in which one cell of it can be spoiled."""
    valid = tuple(each.value for each in slots)
    for number, each in enumerate(slots):
        for value, where in each.wrong:
            at = {OWN: column_letters(number + 1), LEFT: column_letters(number)}.get(where, where)
            yield Spoiled((*valid[:number], value, *valid[number + 1 :]), at, value)


def find_sheets(path: Path, heading: str) -> list[str]:
    """The sheets of a template whose second column has that heading."""
    return [page.title for page in load_workbook(path) if page["B1"].value == heading]


def write_rows(path: Path, title: str, rows: Sequence[Sequence[Value]]) -> Path:
    """Fill in rows from left to right; a text stays one, whatever it starts with."""
    workbook = load_workbook(path)
    page = workbook[title]
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = page.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    workbook.save(path)
    return path
