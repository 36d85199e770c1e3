"""Small tables in a test become what the check is handed, without a file in between."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from importer.checking.cells import parse_cell
from importer.checking.ground import Ground
from importer.checking.workbook import check_tables
from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.sheet import Sheet
from importer.model.checked import Checked
from importer.model.manner import PLAIN, Conventions, Manner
from importer.model.place import Place
from importer.model.problem import Problem, Severity
from importer.model.record import Value
from importer.model.table import BLANK_CELL, Cell, CellKind, RawValue, Row, Table
from importer.resources.catalog import CATALOG
from support.tables import read_value

NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
PLACE = Place(sheet="Sheet", row=7, column=4, header="Column")


def make_cell(value: RawValue, *, percent: bool = False, shown: str = "General") -> Cell:
    """The cell that a reader would make of a value; `shown` is the number format."""
    match value:
        case None:
            return BLANK_CELL
        case str():
            return Cell(kind=CellKind.TEXT, value=value)
        case bool():
            return Cell(kind=CellKind.BOOLEAN, value=value)
        case int() | float():
            return Cell(kind=CellKind.NUMBER, value=value, percent=percent, format=shown)
        case date():
            return Cell(kind=CellKind.DATE, value=value)
        case time() | timedelta():
            return Cell(kind=CellKind.TIME, value=value)


def read(
    kind: Kind,
    cell: Cell | RawValue,
    *,
    unit: str = "",
    target_zone: str = "UTC",
    manner: Manner = PLAIN,
    **column: object,
) -> tuple[Value | None, tuple[Problem, ...]]:
    """The value and the problems of one cell under a column of that kind."""
    ground = Ground(
        column=Column(header="Column", kind=kind, **column),  # type: ignore[arg-type]  # keywords of a table
        place=PLACE,
        zone=target_zone,
        manner=manner,
    )
    return parse_cell(cell if isinstance(cell, Cell) else make_cell(cell), ground, unit)


def value_of(kind: Kind, cell: Cell | RawValue, **more: object) -> Value:
    """The value of a cell that has no problem."""
    value, problems = read(kind, cell, **more)  # type: ignore[arg-type]  # keywords of a table
    assert problems == ()
    assert value is not None
    return value


def problem_of(kind: Kind, cell: Cell | RawValue, **more: object) -> Problem:
    """The one problem of a cell that gives no value."""
    value, (problem,) = read(kind, cell, **more)  # type: ignore[arg-type]  # keywords of a table
    assert value is None
    assert problem.place == PLACE
    return problem


def read_tables(text: str, sheets: Iterable[Sheet] = CATALOG.sheets) -> tuple[Table, ...]:
    """Tables from text: a title, a row of headers, then rows; as `support.tables` writes them."""
    names = {sheet.name for sheet in sheets}
    tables = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        title, header, *rows = [line.strip() for line in block.strip("\n").splitlines()]
        assert title in names
        headers = [each.strip().rstrip("*") for each in header.split("|")]
        tables.append(_table(title, headers, rows))
    return tuple(tables)


def _table(title: str, headers: list[str], rows: list[str]) -> Table:
    cells = [[_cell(each.strip()) for each in row.split("|")] for row in rows]
    return Table(
        sheet=title,
        title=title,
        columns={header: number for number, header in enumerate(headers, start=1)},
        rows=tuple(
            Row(number=number, cells=dict(zip(headers, row, strict=False)))
            for number, row in enumerate(cells, start=2)
            if any(cell is not BLANK_CELL for cell in row)
        ),
    )


def _cell(written: str) -> Cell:
    share = re.fullmatch(r"(-?[\d.]+) %", written)
    if share:
        return make_cell(float(share[1]) / 100, percent=True)
    return make_cell(read_value(written) if written else None)


def check(
    text: str,
    catalog: Catalog = CATALOG,
    *,
    zone: str = "UTC",
    conventions: Conventions = PLAIN.conventions,
) -> Checked:
    """Check the tables of a text."""
    tables = read_tables(text, catalog.sheets)
    return check_tables(tables, catalog, found=(), zone=zone, now=NOW, conventions=conventions)


def listed(problems: Iterable[Problem]) -> list[str]:
    """Problems as `CELL_RANGE Datapoints!F2`, in the order of their places."""
    return sorted(f"{each.code} {_where(each.place)}" for each in problems)


def _where(place: Place) -> str:
    return f"{place.sheet}!{place.cell or place.row}"


def keys(checked: Checked) -> list[str]:
    """The external ids of the records that are in order."""
    return [record.key for record in checked.records]


def values(checked: Checked, number: int = 0) -> Mapping[str, Value]:
    """The values of a record's own row."""
    return checked.records[number].line.values


def unexplained(checked: Checked) -> list[tuple[str, int]]:
    """Rows that are not just one of these: in a record, with an error, with another reason."""
    fine = {(line.sheet, line.row) for record in checked.records for line in record.lines}
    bad = {
        (each.place.sheet, each.place.row)
        for each in checked.problems
        if each.severity is Severity.ERROR
    }
    return [
        (row.title, row.row)
        for row in checked.rows
        if ((row.sheet, row.row) in fine)
        + ((row.title, row.row) in bad)
        + ((row.title, row.row) in checked.held)
        != 1
    ]
