"""What is imported while the wire is at fault: three rows of each service, new ones or changes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from importer.sandbox.cula.kinds import LOG
from importer.sandbox.documents import Kind
from importer.sandbox.isometric.kinds import DATAPOINT
from reliability.books import Book, Expected, build_many

Work = str
"""`create` or `update`."""

PATHS = {"isometric": "/mrv/v0/datapoints", "cula": "/tracking/v1/periodic-emission-logs"}
KINDS: Mapping[str, Kind] = {"isometric": DATAPOINT, "cula": LOG}
SHEETS = {"isometric": "Datapoints", "cula": "Emission logs"}
METHODS = {
    ("isometric", "create"): "POST",
    ("isometric", "update"): "PATCH",
    ("cula", "create"): "POST",
    ("cula", "update"): "PUT",
}
ROWS = 3
NEW_VALUE = 500.0
"""What the values of new datapoints stand behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A workbook to import, and one that is imported before it. `service` and `work` name it."""

    service: str
    work: Work
    book: Book
    before: Book | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbroken:
    """What an undisturbed import sends and leaves.

    requests: method and path, in their order.
    """

    requests: tuple[tuple[str, str], ...]
    held: Counter[str]


def build_plots() -> tuple[Plot, ...]:
    """One for each service and work."""
    old, new = build_many(ROWS), build_many(ROWS, value=NEW_VALUE)
    logs, changed = build_logs(ROWS), build_logs(ROWS, edition=2)
    return (
        Plot(service="isometric", work="create", book=new),
        Plot(service="isometric", work="update", book=new, before=old),
        Plot(service="cula", work="create", book=changed),
        Plot(service="cula", work="update", book=changed, before=logs),
    )


def build_logs(count: int, *, first: int = 1, edition: int = 1) -> Book:
    """A workbook of so many emission logs, one a month; each edition has other words in it."""
    numbers = range(first, first + count)
    return Book(
        month={
            "Emission logs": [_log(number, edition) for number in numbers],
            "Emission log values": [
                each for number in numbers for each in _values(number, edition)
            ],
        },
        documents={},
    )


def _log(number: int, edition: int) -> dict[str, object]:
    year, month = 2020 + number // 12, number % 12 + 1
    return {
        "External ID": f"L-{number:04}",
        "Config": "Grid electricity",
        "Site": "NB-PLANT",
        "Period start": f"{year}-{month:02}-01",
        "Period end": f"{year}-{month:02}-28",
        "Display key": f"Electricity {number}, edition {edition}",
    }


def _values(number: int, edition: int) -> list[dict[str, object]]:
    log = f"L-{number:04}"
    return [
        {"Emission log": log, "Data point": "Electricity", "Value": 100 * edition, "Unit": "kWh"},
        {"Emission log": log, "Data point": "Meter number", "Value": f"M-{number}", "Unit": None},
    ]


def differs(body: Mapping[str, Any], expected: Expected) -> bool:
    """Whether a document says something else than is expected."""
    return any(_read_member(body, name) != value for name, value in expected.members.items())


def _read_member(body: Mapping[str, Any], name: str) -> Any:
    value: Any = body
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def find_logged(book: Book, key: str, body: Mapping[str, Any]) -> bool:
    """Whether a log's document holds the values that the workbook states of it."""
    stated = [
        each["Value"]
        for each in book.month.get("Emission log values", ())
        if each["Emission log"] == key
    ]
    held = [_plain(each.get("input_value")) for each in body.get("data_points", ())]
    return all(value in held for value in stated)


def _plain(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value
