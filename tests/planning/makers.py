"""Records and what services hold, written the way a sheet shows them.

    External ID | Name | Type     | Value
    D-1         | Mass | REPORTED | 12.5

A blank cell is left out, `(clear)` clears, several references are parted by semicolons.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from importer.declare.column import Column, Kind
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.ports import Confirmation
from importer.model.record import Amount, Clear, Json, Line, Record, Reference, State, Value
from importer.planning.comparison import equal

NOVEMBER_3 = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
"""When the last confirmation of these tests was made."""


def read_lines(sheet: Sheet, text: str) -> tuple[Line, ...]:
    """The rows of a table, typed as the sheet declares them; the first one is row 2."""
    head, *rows = [line.strip() for line in text.strip("\n").splitlines() if line.strip()]
    headers = [each.strip().rstrip("*") for each in head.split("|")]
    return tuple(
        _line(sheet, number, dict(zip(headers, row.split("|"), strict=False)))
        for number, row in enumerate(rows, start=2)
    )


def _line(sheet: Sheet, row: int, cells: Mapping[str, str]) -> Line:
    stated = {header: cell.strip() for header, cell in cells.items() if cell.strip()}
    return Line(
        sheet=sheet.name,
        title=sheet.name,
        row=row,
        values={header: _value(sheet.column(header), cell) for header, cell in stated.items()},
        places={
            column.header: Place(sheet=sheet.name, row=row, column=number, header=column.header)
            for number, column in enumerate(sheet.columns, start=1)
        },
    )


def _value(column: Column, cell: str) -> Value:
    if cell == "(clear)":
        return Clear.CLEAR
    match column.kind:
        case Kind.NUMBER:
            return int(cell) if cell.lstrip("-").isdigit() else float(cell)
        case Kind.BOOLEAN:
            return cell == "yes"
        case Kind.DATE:
            return date.fromisoformat(cell)
        case Kind.MOMENT:
            return datetime.fromisoformat(cell).replace(tzinfo=UTC)
        case Kind.REFERENCE:
            return Reference(to=column.to, key=cell)
        case Kind.REFERENCES:
            keys = (each.strip() for each in cell.split(";"))
            return tuple(Reference(to=column.to, key=key) for key in keys)
        case _:
            return cell


def read_records(resource: Resource, text: str) -> tuple[Record, ...]:
    """The records of a table, without detail rows."""
    return tuple(
        Record(resource=resource.name, key=line.text(resource.key), line=line)
        for line in read_lines(resource.sheet, text)
    )


def read_record(
    resource: Resource,
    text: str,
    *,
    details: Mapping[str, str] | None = None,
    defined: Mapping[str, Value] | None = None,
) -> Record:
    """The one record of a table.

    details: tables of plain detail sheets by name.
    defined: values that a definition asks for; they stand in rows 2, 3, … of the detail sheet.
    """
    (line,) = read_lines(resource.sheet, text)
    sheets = {detail.sheet.name: detail.sheet for detail in resource.details}
    values = defined or {}
    places = {
        inner: {header: _defined_place(resource, header, row) for header in ("value", "unit")}
        for row, inner in enumerate(values, start=2)
    }
    return Record(
        resource=resource.name,
        key=line.text(resource.key),
        line=line,
        details={name: read_lines(sheets[name], table) for name, table in (details or {}).items()},
        defined=values,
        defined_places={inner: each["value"] for inner, each in places.items()},
        defined_units={inner: each["unit"] for inner, each in places.items()},
    )


def _defined_place(resource: Resource, which: str, row: int) -> Place:
    (detail,) = (each for each in resource.details if each.value)
    header = (detail.unit or detail.value) if which == "unit" else detail.value
    number = [column.header for column in detail.sheet.columns].index(header) + 1
    return Place(sheet=detail.sheet.name, row=row, column=number, header=header)


def amount(number: float, unit: str) -> Amount:
    return Amount(number=number, unit=unit)


def datapoints(*keys: str) -> tuple[Reference, ...]:
    return tuple(Reference(to="datapoint", key=key) for key in keys)


def ids(**known: str) -> Any:
    """Resolves references by key (dashes written as underscores)."""
    by_key = {key.replace("_", "-"): own_id for key, own_id in known.items()}
    return lambda reference: by_key.get(reference.key)


def nowhere(reference: Reference) -> str | None:
    """Resolves nothing."""
    del reference
    return None


def plainly(field: str, one: Json, other: Json) -> bool:
    """Values of all fields compared in the plain way."""
    return equal(one, other)


def confirmation(
    sent: State, observed: State | None = None, *, at: datetime = NOVEMBER_3
) -> Confirmation:
    """What was sent; seen right afterwards as it was sent unless said otherwise."""
    return Confirmation(sent=sent, observed=sent if observed is None else observed, at=at)


def datapoint(**members: Json) -> dict[str, Json]:
    """A datapoint as the sandbox answers it: units in its own spelling, moments with `.000`."""
    return {
        "id": "dtp_1NRBARK01SBX0042",
        "project_id": "prj_1NRBARK01SBX0001",
        "supplier_reference_id": "D-1",
        "display_name": "Mass",
        "description": "weighed",
        "type": "REPORTED",
        "quantity": {"magnitude": 12.5, "unit": "kilogram", "standard_deviation": 0.5},
        "source_ids": [],
        "measured_at": "2025-10-14T09:30:00.000Z",
        "uncertainty_justification": None,
        "locked_status": "not_locked",
        **members,
    }
