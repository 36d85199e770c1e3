"""Every refusal that is documented of Cula: known beforehand where that can be, at its cell.

Sources: docs.cula.tech, by page.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from importer.sandbox.cula.kinds import CONFIG, CONFIG_VERSION, LOG
from importer.sandbox.server import running
from importer.sandbox.store import Store
from importer.sandbox.switches import Switches
from support.desk import Desk, open_desk
from support.plant import CellValue, Month, Percent
from tests.flows.months import save
from tests.flows.refusals import (
    NOT_PUBLISHED,
    Line,
    assert_told,
    each_of,
    fill_in,
    find_out,
    list_refused,
    read_lines,
    spread,
)

VALUES = (
    ("DIESEL", "Diesel volume", 2140, "l"),
    ("DIESEL", "Machine hours", 178.5, None),
    ("DIESEL", "Biodiesel share", Percent(0.07), None),
    ("DIESEL", "Idle time", "36:30", None),
    ("DIESEL", "Fuel grade", "B7", None),
    ("DIESEL", "Chips moved", 12, "t"),
    ("DIESEL", "Refuelled on site", "yes", None),
    ("ELEC", "Electricity", 84230, "kWh"),
    ("ELEC", "Meter number", "M-1", None),
    ("ELEC", "Meter read at", "2026-11-01 08:15", None),
)


def build() -> Month:
    """The logs of diesel, with a file, and of electricity."""
    return {
        "Emission logs": [
            {
                "External ID": key,
                "Config": config,
                "Site": site,
                "Period start": "2026-10-01",
                "Period end": "2026-10-31",
                "Files": files,
            }
            for key, config, site, files in (
                ("DIESEL", "Diesel", "NB-YARD", "FUEL-LOG"),
                ("ELEC", "Grid electricity", "NB-PLANT", None),
            )
        ],
        "Emission log values": [
            {"Emission log": log, "Data point": point, "Value": value, "Unit": unit}
            for log, point, value, unit in VALUES
        ],
        "Files": [{"External ID": "FUEL-LOG", "File": "fuel.pdf", "Site": "NB-YARD"}],
    }


KNOWN = """
docs.cula.tech/upcoming-api-reference/periodic-emission-logs/create-a-periodic-emission-log
a log without a config | Emission logs!B2 | (blank)           | CELL_REQUIRED    | nothing
no such config         | Emission logs!B2 | Coal              | REF_UNKNOWN_NAME | Coal
a log without a site   | Emission logs!C2 | (blank)           | CELL_REQUIRED    | nothing
no such site           | Emission logs!C2 | NB-MOON           | REF_UNKNOWN_NAME | NB-MOON
a log without a start  | Emission logs!D2 | (blank)           | CELL_REQUIRED    | nothing
a start on no day      | Emission logs!D2 | autumn            | CELL_NOT_A_DATE  | autumn
a log without an end   | Emission logs!E2 | (blank)           | CELL_REQUIRED    | nothing
an end on no day       | Emission logs!E2 | winter            | CELL_NOT_A_DATE  | winter
no such file           | Emission logs!F2 | FUEL-LOG; INVOICE | REF_NOT_FOUND    | INVOICE

docs.cula.tech/upcoming/concepts/resource-identity
an id like a path | Emission logs!A2, Emission log values!A2:A8 | ext-1 | CELL_PATTERN | ext-

docs.cula.tech/upcoming/concepts/data-points
a value that is half given | Emission log values!C3 | (blank) | CELL_REQUIRED | nothing

docs.cula.tech/upcoming-api-reference/material-sourcing/update-a-single-data-point
a text for a number     | Emission log values!C3  | many      | CELL_NOT_A_NUMBER  | many
more than any number    | Emission log values!C3  | 1e999     | CELL_NOT_A_NUMBER  | 1e999
more than 100 percent   | Emission log values!C4  | 15.7      | CELL_RANGE         | from 0 to
less than 0 percent     | Emission log values!C4  | -0.1      | CELL_RANGE         | from 0 to
a number for a duration | Emission log values!C5  | 36.5      | CELL_NOT_A_DURATION | 36.5
neither true nor false  | Emission log values!C8  | perhaps   | CELL_NOT_YES_OR_NO | perhaps
no moment               | Emission log values!C11 | yesterday | CELL_NOT_A_MOMENT  | yesterday

docs.cula.tech/upcoming-api-reference/material-sourcing-configs/get-a-specific-config-version
more than the config's most     | Emission log values!C3 | 745    | CELL_RANGE  | 0 to 744
less than the config's least    | Emission log values!C3 | -1     | CELL_RANGE  | 0 to 744
more percent than its most      | Emission log values!C4 | 0.31   | CELL_RANGE  | 0.3
a longer duration than its most | Emission log values!C5 | 745:00 | CELL_RANGE  | 744:00
an option that is none          | Emission log values!C6 | petrol | CELL_CHOICE | HVO100

docs.cula.tech/concepts/amounts-and-units
less than the amount's least | Emission log values!C7 | 0.05    | CELL_RANGE        | 100 kg
more than the amount's most  | Emission log values!C7 | 901     | CELL_RANGE        | 900 t
a text for an amount         | Emission log values!C9 | a lot   | CELL_NOT_A_NUMBER | a lot
an amount without a unit     | Emission log values!D2 | (blank) | CELL_UNIT         | m3
a unit of something else     | Emission log values!D7 | MWh     | CELL_UNIT         | kg

docs.cula.tech/upcoming-api-reference/files/upload-a-file
a file of no site             | Files!C2 | (blank)   | CELL_REQUIRED       | nothing
a file of a site that is none | Files!C2 | NB-MOON   | REF_UNKNOWN_NAME    | NB-MOON
no file at all                | Files!B2 | (blank)   | CELL_REQUIRED       | nothing
a file above 30 MiB           | Files!B2 | large.pdf | CELL_FILE_TOO_LARGE | 31,457,280

not published
a file of no bytes       | Files!B2         | empty.pdf  | CELL_FILE_EMPTY | 0 bytes
a config of another site | Emission logs!C2 | NB-PLANT   | REF_OTHER_PLACE | not the site
an end before the start  | Emission logs!E2 | 2026-09-30 | ROW_ORDER       | on or after
"""

NOTES = tuple(f"Week {number}" for number in range(1, 7))
DATA_POINTS = "docs.cula.tech/upcoming/concepts/data-points"


def add_value(*row: CellValue) -> Callable[[Month], None]:
    """One more data point."""

    def add(month: Month) -> None:
        month["Emission log values"].append(
            dict(zip(("Emission log", "Data point", "Value", "Unit"), row, strict=True))
        )

    return add


def add_diary(month: Month) -> None:
    """A log whose texts are more than a megabyte, as a letter with dots is six bytes in JSON."""
    month["Emission logs"].append(
        {**month["Emission logs"][0], "External ID": "DIARY", "Config": "Diary", "Files": None}
    )
    for note in NOTES:
        add_value("DIARY", note, "ö" * 32_000, None)(month)


KNOWN_LINES = [
    *read_lines(KNOWN),
    Line(
        "a mandatory data point that is missing",
        DATA_POINTS,
        {},
        "REF_INCOMPLETE Emission logs!B2",
        "Diesel volume",
        also=lambda month: month["Emission log values"].pop(0),
    ),
    Line(
        "a computed data point",
        DATA_POINTS,
        {},
        "REF_COMPUTED Emission log values!B12",
        "Grid factor",
        also=add_value("ELEC", "Grid factor", 0.1, None),
    ),
    Line(
        "no such data point",
        DATA_POINTS,
        {},
        "REF_UNKNOWN_NAME Emission log values!B12",
        "Colour",
        also=add_value("ELEC", "Colour", "green", None),
    ),
    Line(
        "a material by its name",
        "docs.cula.tech/upcoming-api-reference/material-sourcing/update-a-single-data-point",
        {},
        "CELL_PATTERN Emission log values!C12",
        "Chain oil",
        also=add_value("DIESEL", "Lubricant", "Chain oil", None),
    ),
    Line(
        "a body above 1 MB",
        "docs.cula.tech/technical-reference/limits",
        {},
        "CELL_LENGTH Emission log values!C12",
        "at most 1,000,000 bytes",
        also=add_diary,
    ),
]

FIXED = (
    Line(
        "another config",
        "docs.cula.tech/upcoming-api-reference/periodic-emission-logs/"
        "partially-update-a-periodic-emission-log",
        {
            "Emission logs!B3": "Natural gas",
            "Emission log values!B9": "Gas volume",
            "Emission log values!D9": "m3",
            "Emission log values!B10": "Invoice number",
            "Emission log values!B11": "Supplier",
        },
        "API_FIXED Emission logs!B3",
        "Config",
    ),
)

ANSWERED = """
docs.cula.tech/upcoming-api-reference/periodic-emission-logs/replace-a-periodic-emission-log
a final log | Emission log values!C10 | M-2 | API_LOCKED Emission logs!3 | finalised submission

docs.cula.tech/upcoming-api-reference/files/upload-a-file
no file of that id | Emission logs!F2 | FUEL-LOG; fil_01kqzcjrpyf2 | API_REFUSED | no file
"""

ANSWERED_LINES = [
    *read_lines(ANSWERED),
    Line(
        "an id that a deleted log holds",
        NOT_PUBLISHED,
        {
            **dict.fromkeys(spread("Emission logs!A2", "Emission log values!A2:A8"), "GONE"),
            "Emission logs!D2": "2026-09-01",
            "Emission logs!E2": "2026-09-30",
        },
        "KEY_HELD Emission logs!A2",
        "a deleted one holds it",
    ),
]


def open_filled(folder: Path) -> Iterator[Desk]:
    """A desk with documents beside its workbooks, at a sandbox of its own."""
    (folder / "fuel.pdf").write_bytes(b"%PDF fuel")
    (folder / "empty.pdf").touch()
    with (folder / "large.pdf").open("wb") as file:
        file.truncate(30 * 1024 * 1024 + 1)
    with (
        running(folder / "twin.sqlite", switches=Switches(calculation_seconds=0)) as twin,
        open_desk(folder, twin) as desk,
    ):
        plant_diary(twin.store)
        yield desk


def plant_diary(store: Store) -> None:
    """A config of the yard that asks for long texts only."""
    config = next(each.body for each in store.select(CONFIG) if "0003" in each.id[-4:])
    version = store.read(CONFIG_VERSION, config["active_version_id"]).body
    remarks = next(each for each in version["data_point_configs"] if each["name"] == "Remarks")
    diary = {"id": "elc_01nrbark000000000000000009", "active_version_id": "ecv_diary"}
    notes = [
        {**remarks, "id": f"dpc_diary{number}", "name": note}
        for number, note in enumerate(NOTES, start=1)
    ]
    store.insert(CONFIG, {**config, **diary})
    store.insert(
        CONFIG_VERSION,
        {
            **version,
            "id": "ecv_diary",
            "config_id": diary["id"],
            "name": "Diary",
            "data_point_configs": notes,
        },
        parent=diary["id"],
    )


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a sandbox that holds nothing; the lines leave it so."""
    yield from open_filled(tmp_path_factory.mktemp("fresh"))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a sandbox that holds the good workbook; one log of it is final, another deleted."""
    for desk in open_filled(tmp_path_factory.mktemp("held")):
        assert desk.import_(save(desk, build())).is_in_order
        store = desk.twin.store
        electricity = desk.stored(LOG)["ELEC"]
        store.change(LOG, electricity["id"], {"_finalised": True})
        gone = {**electricity, "id": "eml_01nrbark000000000000000009", "external_id": "GONE"}
        store.insert(LOG, {**gone, "_deleted_at": "2026-11-01T08:00:00.000Z"}, reference="GONE")
        yield desk


def test_the_good_workbook_is_in_order(fresh: Desk, held: Desk) -> None:
    assert fresh.plan(save(fresh, build())).all_problems == ()
    report = held.plan(save(held, build()))
    assert (report.all_problems, set(report.counts)) == ((), {"unchanged"})


@each_of(*KNOWN_LINES)
def test_it_is_known_beforehand(fresh: Desk, line: Line) -> None:
    assert_told(find_out(fresh, fill_in(fresh, build(), line)), line)
    assert fresh.writes() == []


def test_a_plan_tells_what_a_check_tells(fresh: Desk) -> None:
    line = KNOWN_LINES[0]
    path = fill_in(fresh, build(), line)
    for report in (fresh.report_check(path), fresh.plan(path)):
        assert_told(report, line)


@each_of(*FIXED)
def test_what_is_there_tells_it_beforehand(held: Desk, line: Line) -> None:
    before = held.writes()
    assert_told(held.plan(fill_in(held, build(), line), overwrite=True), line)
    assert held.writes() == before


@each_of(*ANSWERED_LINES)
def test_only_the_service_can_tell(held: Desk, line: Line) -> None:
    """One refused write, and the service's words at the cell that it names, or at the row."""
    before = len(held.writes())
    assert_told(held.import_(fill_in(held, build(), line)), line)
    assert list_refused(held, before) == [True]
