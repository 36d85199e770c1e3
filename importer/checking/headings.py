"""Headings of columns that stand for one data point or input each.

A value's column is headed by its name, with the unit in brackets where it has one: “Electricity
(kWh)”. The unit may have a column of its own beside it: “Electricity unit”.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importer.checking.texts import squeeze
from importer.checking.units import find_unit_name
from importer.declare.column import Kind
from importer.declare.definition import DefinedField
from importer.model.record import OtherCell

_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<unit>[^()]+)\)")
_UNIT = " unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a column stands for: the value of a field or its unit. `unit` is that in brackets."""

    field: DefinedField
    unit: str = ""
    is_unit: bool = False

    @property
    def unit_of_value(self) -> str:
        """The unit that goes with the value: that in brackets, else the only one there is."""
        column = self.field.column
        if column.kind is not Kind.AMOUNT:
            return ""
        return self.unit or (column.units[0] if len(column.units) == 1 else "")


def head(field: DefinedField) -> str:
    """The heading of a field's column; one unit of several stands in a column of its own."""
    units = field.column.units
    unit = units[0] if len(units) == 1 else field.column.unit_like
    return f"{field.column.header} ({unit})" if unit else field.column.header


def head_unit(field: DefinedField) -> str:
    """The heading of the column for a field's unit; empty where it needs none."""
    return f"{field.column.header}{_UNIT}" if len(field.column.units) > 1 else ""


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
            return Heading(field=field, unit="" if part else unit, is_unit=bool(part))
    for name, in_brackets, is_unit in _readings(text, brackets):
        found = [each for each in fields if squeeze(each.column.header) == squeeze(name)]
        if len(found) == 1 and _fits(found[0], in_brackets, is_unit=is_unit):
            return Heading(field=found[0], unit=in_brackets, is_unit=is_unit)
    return None


def _readings(text: str, brackets: re.Match[str] | None) -> Iterable[tuple[str, str, bool]]:
    """Name, unit in brackets, and whether the column is that of the unit."""
    yield text, "", False
    if brackets:
        yield brackets["name"], brackets["unit"].strip(), False
    if text.casefold().endswith(_UNIT):
        yield text[: -len(_UNIT)], "", True


def _fits(field: DefinedField, unit: str, *, is_unit: bool) -> bool:
    """Whether a heading may mean a field: brackets with other words are the user's own column."""
    column = field.column
    if is_unit:
        return column.kind is Kind.AMOUNT
    if not unit:
        return True
    known = (*column.units, column.unit_like)
    is_unit_of_amount = column.kind is Kind.AMOUNT and find_unit_name(unit) is not None
    return squeeze(unit) in {squeeze(each) for each in known if each} or is_unit_of_amount
