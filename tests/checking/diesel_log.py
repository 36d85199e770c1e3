"""A log of a config with data points of every kind, and what is read of its detail rows."""

from collections.abc import Collection

from importer.checking.completeness import DefinedRecord, find_defined_violations
from importer.checking.definitions import DefinedReader
from importer.declare.column import Column, Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Resource
from importer.model.problem import Problem
from importer.model.record import Record, Value
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, check

LOG = CATALOG.resource("emission-log")


def point(number: int, name: str, kind: Kind, **column: object) -> DefinedField:
    return DefinedField(
        inner=f"dpc_{number}",
        spellings=((f"dpc_{number}", name),),
        column=Column(header=name, kind=kind, **column),  # type: ignore[arg-type]  # keywords of a table
        computed=name == "Grid factor",
    )


DIESEL = Defined(
    fields=(
        point(1, "Volume", Kind.AMOUNT, units=("l", "m3"), required=True, at_least=0, at_most=5000,
              bound_unit="l"),
        point(2, "Bio share", Kind.PERCENTAGE, at_least=0, at_most=0.3),
        point(3, "Invoice number", Kind.TEXT, required=True, longest=8),
        point(4, "Read at", Kind.MOMENT, zone="Europe/Stockholm"),
        point(5, "Estimated", Kind.BOOLEAN),
        point(6, "Grid factor", Kind.NUMBER),
        point(7, "Fuel", Kind.TEXT, choices=("B7", "HVO")),
        point(8, "Tank", Kind.NUMBER),
        point(9, "Tank", Kind.NUMBER),
        point(10, "Photo", Kind.DEFINED, available=False),
    )
)  # fmt: skip

BOOK = """
Emission logs
External ID | Config | Site    | Period start | Period end
DIESEL-10   | Diesel | NB-YARD | 2026-10-01   | 2026-10-31

Emission log values
Emission log | Data point | Value | Unit
"""
GOOD = """
DIESEL-10 | Volume         | 2140   | l
DIESEL-10 | Invoice number | 4471   |
"""


def fill(
    rows: str, defined: Defined = DIESEL, *, log: Resource = LOG, zone: str = "UTC"
) -> tuple[Record, tuple[Problem, ...]]:
    """The one log with the values of these rows, and what is wrong with their cells."""
    checked = check(BOOK + rows.strip("\n"))
    assert checked.problems == ()
    (record,) = checked.records
    return DefinedReader(log, defined, zone).read(record)


def read(
    rows: str, defined: Defined = DIESEL, stored: Collection[str] = ()
) -> tuple[dict[str, Value], list[Problem]]:
    """The values of the one log, and what is wrong with them, missing ones included."""
    filled, problems = fill(rows, defined)
    each = DefinedRecord(resource=LOG, record=filled, defined=defined, stored=stored)
    return dict(filled.defined), [*problems, *find_defined_violations([each], now=NOW)]
