"""Headings of columns that stand for one data point or input each.

A value's column is headed by its name, with the unit in brackets where it has one: “Electricity
(kWh)”. The unit may have a column of its own beside it: “Electricity unit”; and so may more that
belongs to a number of which a record is made: “Biochar mass standard deviation”.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importer.checking.texts import is_unseen, squeeze
from importer.checking.units import find_unit_name
from importer.declare.column import Kind
from importer.declare.definition import DefinedField
from importer.declare.making import part_of
from importer.model.record import OtherCell

_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<unit>[^()]+)\)")
UNIT = "unit"
"""The part of a field that is its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a column stands for: the value of a field, or a part of what belongs to that.

    unit: that in brackets. part: empty for the value; `unit`, or `standard-deviation` and the like.
    """

    field: DefinedField
    unit: str = ""
    part: str = ""

    @property
    def unit_of_value(self) -> str:
        """The unit that goes with the value: that in brackets, else the only one there is."""
        column = self.field.column
        if column.kind is not Kind.AMOUNT:
            return ""
        return self.unit or (column.units[0] if len(column.units) == 1 else "")


class Headings:
    """What columns stand for among the fields of a definition; each is worked out once."""

    def __init__(self, fields: Sequence[DefinedField]) -> None:
        self._fields = fields
        self._found: dict[tuple[str, str], Heading | None] = {}

    def find(self, cell: OtherCell) -> Heading | None:
        """What the column of a cell stands for, as `find_heading` tells."""
        column = cell.header, cell.meant
        if column not in self._found:
            self._found[column] = find_heading(cell, self._fields)
        return self._found[column]


def head(field: DefinedField) -> str:
    """The heading of a field's column; one unit of several stands in a column of its own."""
    units = field.column.units
    unit = units[0] if len(units) == 1 else field.column.unit_like
    return f"{_call(field)} ({unit})" if unit else _call(field)


def head_unit(field: DefinedField) -> str:
    """The heading of the column for a field's unit; empty where it needs none."""
    return head_part(field, UNIT) if len(field.column.units) > 1 else ""


def head_part(field: DefinedField, header: str) -> str:
    """The heading of a column for something that belongs to a field's value."""
    return f"{_call(field)} {header.lower()}"


def _call(field: DefinedField) -> str:
    """The field's name, or its id where the name is one that nobody could see."""
    name = field.column.header
    return field.inner if is_unseen(name) else name


def find_heading(cell: OtherCell, fields: Sequence[DefinedField]) -> Heading | None:
    """What a cell's column stands for among these fields; None for a column of the user's own.

    What the template wrote down decides; else the name, if only one field has it.
    """
    text = cell.header.strip().rstrip("*").strip()
    brackets = _BRACKETS.fullmatch(text)
    unit = brackets["unit"].strip() if brackets else ""
    inner, _, part = cell.meant.partition("#")
    for field in fields:
        if field.inner == inner:
            return Heading(field=field, unit="" if part else unit, part=part)
    for name, in_brackets, part in _readings(text, brackets, fields):
        found = [each for each in fields if squeeze(each.column.header) == squeeze(name)]
        if len(found) == 1 and _fits(found[0], in_brackets, part):
            return Heading(field=found[0], unit=in_brackets, part=part)
    return None


def _readings(
    text: str, brackets: re.Match[str] | None, fields: Iterable[DefinedField]
) -> Iterable[tuple[str, str, str]]:
    """Name, unit in brackets, and the part of what belongs to it that the column is for."""
    yield text, "", ""
    if brackets:
        yield brackets["name"], brackets["unit"].strip(), ""
    headers = dict.fromkeys(each for field in fields for each in _beside(field))
    for header in (UNIT, *headers):
        ending = f" {header.casefold()}"
        if text.casefold().endswith(ending):
            yield text[: -len(ending)], "", part_of(header)


def _beside(field: DefinedField) -> tuple[str, ...]:
    return field.column.making.beside if field.column.making else ()


def _fits(field: DefinedField, unit: str, part: str) -> bool:
    """Whether a heading may mean a field: brackets with other words are the user's own column."""
    column = field.column
    if part:
        is_beside = part in {part_of(each) for each in _beside(field)}
        has_unit = column.kind is Kind.AMOUNT or column.making is not None
        return is_beside or (part == UNIT and has_unit)
    if not unit:
        return True
    known = (*column.units, column.unit_like)
    is_unit_of_amount = column.kind is Kind.AMOUNT and find_unit_name(unit) is not None
    return squeeze(unit) in {squeeze(each) for each in known if each} or is_unit_of_amount
