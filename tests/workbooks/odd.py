"""An odd but sound workbook, and the cells that stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from importer.model.place import column_letters
from importer.model.table import Cell, CellKind, RawValue
from importer.sheets.reading.grid import Contents
from tests.workbooks.builder import Content, Package, package


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A cell of which more is expected than its value. `format`: None where it does not matter."""

    kind: CellKind
    value: RawValue
    percent: bool = False
    format: str | None = None
    formula: str = ""


Expected = Shown | str | int | float | date | time | timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """A workbook that is read: `cells` by name, with the sheet where it is not the first one."""

    name: str
    parts: Package
    cells: Mapping[str, Expected]
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_sheets: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


def odd(
    name: str,
    data: Content | Package,
    cells: Mapping[str, Expected],
    *,
    strings: tuple[str, ...] | None = None,
    formats: tuple[str | int, ...] = (),
    book: str = "",
    hidden_rows: tuple[int, ...] = (),
    hidden_sheets: tuple[str, ...] = (),
    merged: tuple[str, ...] = (),
) -> Odd:
    """A case: one sheet's data, or the parts of a whole package."""
    parts = (
        data
        if isinstance(data, dict)
        else package(data, strings=strings, formats=formats, book=book)
    )
    return Odd(
        name=name,
        parts=parts,
        cells=cells,
        hidden_rows=frozenset(hidden_rows),
        hidden_sheets=hidden_sheets,
        merged=merged,
    )


def error(code: str) -> Shown:
    return Shown(kind=CellKind.ERROR, value=code)


def percent(number: float) -> Shown:
    return Shown(kind=CellKind.NUMBER, value=number, percent=True)


def unsaved(formula: str) -> Shown:
    return Shown(kind=CellKind.FORMULA_WITHOUT_VALUE, value=formula, formula=formula)


def computed(value: RawValue | Shown, formula: str) -> Shown:
    shown = value if isinstance(value, Shown) else Shown(kind=kind_of(value), value=value)
    return Shown(kind=shown.kind, value=shown.value, percent=shown.percent, formula=formula)


def formatted(value: RawValue, code: str) -> Shown:
    return Shown(kind=kind_of(value), value=value, format=code)


def kind_of(value: object) -> CellKind:
    match value:
        case bool():
            return CellKind.BOOLEAN
        case str():
            return CellKind.TEXT
        case int() | float():
            return CellKind.NUMBER
        case date():
            return CellKind.DATE
        case time() | timedelta():
            return CellKind.TIME
    raise TypeError(f"no cell holds {value!r}")


def cells_of(contents: Contents) -> dict[str, Cell]:
    """All cells by name, as a case names them."""
    first = contents.grids[0].title if contents.grids else ""
    return {
        ("" if grid.title == first else f"{grid.title}!") + f"{column_letters(column)}{row}": cell
        for grid in contents.grids
        for row, cells in grid.rows.items()
        for column, cell in cells.items()
    }


def seen(cell: Cell, expected: Expected | None) -> Shown:
    """The cell, said as far as it is expected."""
    says_format = isinstance(expected, Shown) and expected.format is not None
    return Shown(
        kind=cell.kind,
        value=cell.value,
        percent=cell.percent,
        format=cell.format if says_format else None,
        formula=cell.formula,
    )


def wanted(expected: Expected) -> Shown:
    return (
        expected if isinstance(expected, Shown) else Shown(kind=kind_of(expected), value=expected)
    )
