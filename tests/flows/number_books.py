"""The first batch of the sample month with plain numbers for its inputs, one column each."""

from collections.abc import Mapping
from typing import Any

from importer.model.outcome import Outcome
from importer.model.place import column_letters
from importer.model.report import FileReport
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT
from support.desk import Desk, by_row
from support.plant import CellValue, Month, Percent
from tests.flows.months import Row, build_batch

KEY = "NB-2026-10-B1"
MASS = "Biochar carbon stored, biochar mass"
CARBON = "Biochar carbon stored, carbon content"
DISTANCE = "Feedstock transport, distance"
OF_MASS, OF_CARBON = f"{KEY}.895e71cb", f"{KEY}.5117d273"
"""The ids of what is made for them; they follow from the ids of the sandbox's template."""


def build_numbers(cells: Mapping[str, CellValue | Percent] | None = None) -> Month:
    """The entry alone, with the first value of each input as a number; then other cells."""
    month = build_batch()
    (entry,) = month["Entries"]
    numbers = {str(row["External ID"]): row["Value"] for row in month["Datapoints"]}
    for row in month["Entry inputs"]:
        first, *_ = str(row["Datapoints"]).split("; ")
        entry[f"{row['Component']}, {str(row['Input']).replace('_', ' ')}"] = numbers[first]
    return {"Entries": [{**entry, **(cells or {})}]}


def build_datapoint(key: str) -> Row:
    """A row of the sheet Datapoints."""
    return {
        "External ID": key,
        "Name": "Weighed by hand",
        "Type": "REPORTED",
        "Value": 17,
        "Unit": "kg",
        "Description": "Weighed.",
    }


def place_of(month: Month, heading: str) -> str:
    """The entry's cell under a heading, such as `Entries!F2`."""
    number = list(month["Entries"][0]).index(heading)
    return f"Entries!{column_letters(number + 1)}2"


def entry_of(report: FileReport) -> Outcome:
    """The outcome of the entry's row, which is the only one of its sheet."""
    return by_row(report)["Entries", 2]


def made(desk: Desk) -> Mapping[str, dict[str, Any]]:
    """The datapoints that numbers made, by their names."""
    return {
        body["display_name"]: body
        for key, body in desk.stored(DATAPOINT).items()
        if key.startswith(f"{KEY}.")
    }


def numbers(desk: Desk) -> Mapping[str, float]:
    """Their numbers, by their names in lower case: they are headings of columns then."""
    found = ((name, body["quantity"]["magnitude"]) for name, body in made(desk).items())
    return {name.casefold(): value for name, value in found}


def bound(desk: Desk) -> set[str]:
    """What the components of entries are bound to."""
    return {
        str(one)
        for component in desk.twin.store.select(COMPONENT)
        for each in component.body["inputs"]
        for one in each.get("datapoint_ids") or [each.get("datapoint_id")]
    }
