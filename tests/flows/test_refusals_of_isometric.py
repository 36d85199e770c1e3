"""Every refusal that is documented of Isometric: known beforehand where that can be, at its cell.

Sources: docs.isometric.com, by page; the limits of members are those of its published document.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from importer.flows.twin import as_target
from importer.sandbox.isometric.kinds import DATAPOINT, STATEMENT, TEMPLATE
from importer.sandbox.isometric.seed import PROJECT_ID
from importer.sandbox.server import running
from importer.sandbox.store import Store
from importer.sandbox.switches import Switches
from support.desk import Desk, open_desk
from support.plant import Month
from tests.flows.closing_books import submit
from tests.flows.months import save
from tests.flows.refusals import (
    NOT_PUBLISHED,
    OBSERVED,
    Line,
    assert_told,
    each_of,
    fill_in,
    find_out,
    list_refused,
    read_lines,
    spread,
)
from tests.flows.test_components import ATTACHED, BATCH, build_book

LONG = "K" * 101
REFERENCE = "docs.isometric.com/user-guides/certify/supplier-reference-id"
_API = "docs.isometric.com/api-reference/certify"
COMPONENT, ENTRY = f"{_API}/post-component", f"{_API}/post-ghg-entry"
ATTRIBUTION = f"{_API}/patch-removal-components"


def build() -> Month:
    """A batch with a source, a datapoint of its own, a feedstock type, a component, a statement."""
    month = build_book(ATTACHED)
    del month["Emission logs"], month["Emission log values"]
    weighed = {**month["Datapoints"][0], "External ID": "WEIGHED", "Sources": "TICKETS"}
    month["Datapoints"].insert(0, weighed)
    month["Sources"] = [
        {
            "External ID": "TICKETS",
            "Name": "Weighbridge tickets",
            "File": "tickets.pdf",
            "Published on": date(2026, 10, 16),
            "Public": "no",
            "Description": "All loads",
        }
    ]
    month["Feedstock types"] = [{"External ID": "FS-BIRCH", "Name": "Birch bark"}]
    month["Statements"] = [
        {
            "End on": date(2026, 10, 31),
            "Report URL": "https://drive.example/october.pdf",
            "Summary of changes": None,
        }
    ]
    return month


def with_second_entry(factor: float) -> Callable[[Month], None]:
    """One more entry of the same datapoints, with a part of the dryer."""

    def add(month: Month) -> None:
        month["Entries"].append({**month["Entries"][0], "External ID": "NB-2"})
        month["Entry inputs"] += [{**row, "Entry": "NB-2"} for row in month["Entry inputs"]]
        month["Entry components"].append(
            {**ATTACHED, "Entry": "NB-2", "Attribution factor": factor}
        )

    return add


def alone(sheet: str) -> Callable[[Month], None]:
    """Only the rows of that sheet."""

    def leave(month: Month) -> None:
        for other in set(month) - {sheet}:
            month[other].clear()

    return leave


KNOWN = """
docs.isometric.com/user-guides/certify/supplier-reference-id
a long id of a source         | Sources!A2, Datapoints!J2 | (101 letters) | CELL_PATTERN | up to 100
a long id of a datapoint      | Datapoints!A2             | (101 letters) | CELL_PATTERN | up to 100
a long id of a feedstock type | Feedstock types!A2        | (101 letters) | CELL_PATTERN | up to 100

docs.isometric.com/api-reference/certify/uploading-sources
a source without an id      | Sources!A2, Datapoints!J2 | (blank)       | CELL_REQUIRED | nothing
a source without a name     | Sources!B2                | (blank)       | CELL_REQUIRED | nothing
a long name of a source     | Sources!B2                | (101 letters) | CELL_LENGTH | at most 100
a document above 50 MB      | Sources!C2 | large.pdf | CELL_FILE_TOO_LARGE | 50,000,000
a source without a document | Sources!C2                | (blank)       | CELL_REQUIRED | nothing
a document of another type  | Sources!C2                | tickets.xlsx  | CELL_FILE_TYPE     | .pdf
a source without a date     | Sources!D2                | (blank)       | CELL_REQUIRED | nothing
published on no day         | Sources!D2                | last week | CELL_NOT_A_DATE | last week
a date taken back           | Sources!D2                | (clear) | CELL_NOT_CLEARABLE | (clear)
neither public nor not      | Sources!E2                | maybe         | CELL_NOT_YES_OR_NO | maybe
a source by too short an id | Datapoints!J2 | TICKETS; src_1EBBF4M7X1S | REF_NOT_FOUND | src_1EBB
a source by too long an id  | Datapoints!J2 | TICKETS; src_(34 letters) | REF_NOT_FOUND | src_xxxx

docs.isometric.com/api-reference/certify/post-datapoint
a datapoint without an id     | Datapoints!A2 | (blank)       | CELL_REQUIRED      | nothing
a datapoint without a name    | Datapoints!B2 | (blank)       | CELL_REQUIRED      | nothing
a long name of a datapoint    | Datapoints!B2 | (101 letters) | CELL_LENGTH        | at most 100
a datapoint without a type    | Datapoints!C2 | (blank)       | CELL_REQUIRED      | nothing
no such type                  | Datapoints!C2 | MEASURED      | CELL_CHOICE        | REPORTED
a datapoint without a value   | Datapoints!D2 | (blank)       | CELL_REQUIRED      | nothing
a value that is no number     | Datapoints!D2 | a lot         | CELL_NOT_A_NUMBER  | a lot
more than any number          | Datapoints!D2 | 1e999         | CELL_NOT_A_NUMBER  | 1e999
a deviation that is no number | Datapoints!F2 | small         | CELL_NOT_A_NUMBER  | small
measured at no moment         | Datapoints!G2 | soon          | CELL_NOT_A_MOMENT  | soon
nothing about a datapoint     | Datapoints!H2 | (blank)       | CELL_REQUIRED      | nothing
a lot about a datapoint       | Datapoints!H2 | (501 letters) | CELL_LENGTH        | at most 500
a justification taken back    | Datapoints!I2 | (clear)       | CELL_NOT_CLEARABLE | (clear)

observed
measured in the future        | Datapoints!G2       | 2126-10-01 09:00 | ROW_FUTURE | 2126
no such source                | Datapoints!J2       | TICKETS; NOTES   | REF_NOT_FOUND | NOTES
no such datapoint in an entry | Entry inputs!D2     | ELSEWHERE        | REF_NOT_FOUND | ELSEWHERE
a template unfinished         | Entries!B2 | Unfinished batch | API_INCOMPLETE_ANSWER | fixed input
a blueprint withdrawn | Entries!B2 | Withdrawn batch | API_INCOMPLETE_ANSWER | cannot be read
none of that in a component   | Component inputs!C2 | ELSEWHERE        | REF_NOT_FOUND | ELSEWHERE
a share for a plain number    | Entry inputs!D5     | NB-2026-10-B1-CARBON-1 | REF_UNIT | “%”
a plain number for a share    | Entry inputs!D3     | NB-2026-10-B1-HC | REF_UNIT | no unit

docs.isometric.com/api-reference/certify
a nameless feedstock type   | Feedstock types!B2 | (blank)   | CELL_REQUIRED   | nothing
a feedstock type to be made | Feedstock types!B2 | Oat husks | API_NOT_OFFERED | in the web page

docs.isometric.com/api-reference/certify/post-component
no blueprint                 | Components!B2       | (blank)           | CELL_REQUIRED | nothing
no such blueprint            | Components!B2       | Steam             | REF_UNKNOWN_NAME   | Steam
a component without a name   | Components!C2       | (blank)           | CELL_REQUIRED | nothing
a long name of a component   | Components!C2       | (101 letters)     | CELL_LENGTH | at most 100
an activity without a start  | Components!D2       | (blank)           | CELL_REQUIRED | nothing
an activity without an end   | Components!E2       | (blank)           | CELL_REQUIRED | nothing
an activity that never ends  | Components!E2       | never             | CELL_NOT_A_MOMENT  | never
a description taken back     | Components!F2       | (clear) | CELL_NOT_CLEARABLE | (clear)
several for one input | Component inputs!C2 | WEIGHED; NB-2026-10-B1-GAS | REF_ONE_ONLY | WEIGHED
a unit that does not convert | Component inputs!C2 | NB-2026-10-B1-GAS | REF_UNIT           | kWh

docs.isometric.com/api-reference/certify/post-ghg-entry
no template                    | Entries!B2      | (blank)              | CELL_REQUIRED | nothing
no such template               | Entries!B2      | Compost              | REF_UNKNOWN_NAME | Compost
an entry without a start       | Entries!C2      | (blank)              | CELL_REQUIRED | nothing
an entry without an end        | Entries!D2      | (blank)              | CELL_REQUIRED | nothing
completed on no day            | Entries!D2      | mid-month | CELL_NOT_A_DATE | mid-month
no such feedstock type         | Entries!E2      | Oat husks | REF_UNKNOWN_NAME | Oat husks
a feedstock type that is none  | Entries!E2      | ftt_1EBBF4M7X1S06G1Y | REF_UNKNOWN_NAME   | ftt_
two feedstock types            | Entries!E2 | Birch bark; Pine sawdust | REF_ONE_ONLY | Pine sawdust
a feedstock type taken back    | Entries!E2      | (clear) | CELL_NOT_CLEARABLE | (clear)
several where one is taken | Entry inputs!D2 | NB-2026-10-B1-MASS; WEIGHED | REF_ONE_ONLY | WEIGHED
a unit of something else       | Entry inputs!D2 | NB-2026-10-B1-ELEC   | REF_UNIT           | kWh
a datapoint by too short an id | Entry inputs!D2 | dtp_1EBBF4M7X1S      | REF_NOT_FOUND | dtp_1EBB

docs.isometric.com/api-reference/certify/patch-removal-components
nothing of a component       | Entry components!E2 | 0       | CELL_RANGE       | above 0
more than all of a component | Entry components!E2 | 1.01    | CELL_RANGE       | 1.01
no group for a component     | Entry components!D2 | (blank) | CELL_REQUIRED    | a group
no such group                | Entry components!D2 | Kiln    | REF_UNKNOWN_NAME | Kiln
no component to attribute    | Entry components!B2 | (blank) | CELL_REQUIRED    | nothing
no such component            | Entry components!B2 | PRESS   | REF_NOT_FOUND    | PRESS

docs.isometric.com/user-guides/certify/ghg-statement
a statement without an end | Statements!A2 | (blank) | CELL_REQUIRED | nothing
a statement to no day      | Statements!A2 | October | CELL_NOT_A_DATE | October
a long address of a report | Statements!B2 | https://x.example/(2031 letters) | CELL_LENGTH | 2048

not published
a document of no bytes      | Sources!C2    | empty.pdf        | CELL_FILE_EMPTY | 0 bytes
an end before the start     | Components!E2 | 2026-09-30 12:00 | ROW_ORDER       | not before
completed before it started | Entries!D2    | 2026-09-30       | ROW_ORDER       | at or after
completed in the future     | Entries!D2    | 2126-10-01       | ROW_FUTURE      | 2126
a statement into the future | Statements!A2 | 2126-10-31       | ROW_FUTURE      | 2126
"""

KNOWN_LINES = [
    *read_lines(KNOWN),
    Line(
        "a long id of a component",
        REFERENCE,
        dict.fromkeys(
            spread("Components!A2", "Component inputs!A2:A3", "Entry components!B2"), LONG
        ),
        "CELL_PATTERN Components!A2",
        "up to 100",
    ),
    Line(
        "a long id of an entry",
        REFERENCE,
        dict.fromkeys(spread("Entries!A2", "Entry inputs!A2:A14", "Entry components!A2"), LONG),
        "CELL_PATTERN Entries!A2",
        "up to 100",
    ),
    Line(
        "an id of two resources",
        REFERENCE,
        {"Datapoints!A2": "TICKETS"},
        "KEY_TWICE Datapoints!A2, KEY_TWICE Sources!A2",
        "“TICKETS”",
    ),
    Line(
        "a component without an id",
        COMPONENT,
        {"Components!A2": None},
        "CELL_REQUIRED Components!A2",
        "nothing",
        also=alone("Components"),
    ),
    Line(
        "an entry without an id",
        ENTRY,
        {"Entries!A2": None},
        "CELL_REQUIRED Entries!A2",
        "nothing",
        also=alone("Entries"),
    ),
    Line(
        "no such input of a component",
        COMPONENT,
        {"Component inputs!B2": "steam"},
        "REF_INCOMPLETE Components!B2, REF_UNKNOWN_NAME Component inputs!B2",
        "electricity",
    ),
    Line(
        "no such component of an entry",
        ENTRY,
        {"Entry inputs!B2": "Steam"},
        "REF_INCOMPLETE Entries!B2, REF_UNKNOWN_NAME Entry inputs!B2",
        "Biochar mass",
    ),
    Line(
        "no such input of an entry",
        ENTRY,
        {"Entry inputs!C2": "steam"},
        "REF_INCOMPLETE Entries!B2, REF_UNKNOWN_NAME Entry inputs!C2",
        "Biochar mass",
    ),
    Line(
        "an input that is fixed",
        NOT_PUBLISHED,
        {"Entry inputs!C8": "grid_factor"},
        "REF_COMPUTED Entry inputs!C8, REF_INCOMPLETE Entries!B2",
        "the service fills in itself",
    ),
    Line(
        "an input of a component that is missing",
        COMPONENT,
        {},
        "REF_INCOMPLETE Components!B2",
        "grid_factor",
        also=lambda month: month["Component inputs"].pop(),
    ),
    Line(
        "an input of an entry that is missing",
        OBSERVED,
        {},
        "REF_INCOMPLETE Entries!B2",
        "Freight mass",
        also=lambda month: month["Entry inputs"].pop(),
    ),
    Line(
        "more than all of a component, over entries",
        ATTRIBUTION,
        {},
        "ROW_SHARE Entry components!E2, ROW_SHARE Entry components!E3",
        "1.2 in all",
        also=with_second_entry(0.7),
    ),
]


FIXED = """
docs.isometric.com/api-reference/certify/patch-datapoint
measured at another time | Datapoints!G2 | 2026-10-15 17:00 | API_FIXED | Measured at: 2026-10-15T17
a locked datapoint       | Datapoints!D17 | 1                | API_LOCKED | a verified entry uses

docs.isometric.com/api-reference/certify/uploading-sources
another document | Sources!C2 | notes.pdf | API_FIXED | notes.pdf

docs.isometric.com/api-reference/certify/patch-component
another start of an activity | Components!D2 | 2026-10-01 01:00 | API_FIXED | Activity started at
another end of an activity   | Components!E2 | 2026-10-12 01:00 | API_FIXED | Activity completed at

docs.isometric.com/api-reference/certify/patch-ghg-entry
another template | Entries!B2 | Another batch | API_FIXED | Template

docs.isometric.com/mrv/modifying-resources
an entry in a verified period | Entries!C2, Entries!D2 | 2026-09-20 | API_LOCKED | verified

docs.isometric.com/user-guides/certify/ghg-statement
a period that overlaps    | Statements!A2 | 2026-09-15 | ROW_PERIOD | 2026-09-30
a period that is verified | Statements!A2 | 2026-09-30 | API_LOCKED | verified

not published
a period that failed | Statements!A2 | 2026-08-31 | API_LOCKED | failed verification
"""

FIXED_LINES = [
    *read_lines(FIXED),
    Line(
        "another blueprint",
        COMPONENT,
        {
            "Components!B2": "Diesel use",
            "Component inputs!B2": "diesel_volume",
            "Component inputs!C2": f"{BATCH}-DIESEL",
            "Component inputs!B3": "diesel_factor",
            "Component inputs!C3": "dtp_1NRBARK01SBX0005",
        },
        "API_FIXED Components!B2",
        "Blueprint",
    ),
]

SUBMITTED = """
docs.isometric.com/user-guides/certify/ghg-statement
a submission without a report | Statements!B2 | (blank)    | ROW_NOT_SUBMITTABLE | a blank cell
once more without a summary | Statements!A2 | 2026-07-31 | ROW_NOT_SUBMITTABLE Statements!C2 | blank
"""

ANSWERED = """
observed
no datapoint of that id | Entry inputs!D2     | dtp_1EBBF4M7X1S06G1Y | API_REFUSED | Could not find
none in a component     | Component inputs!C2 | dtp_1EBBF4M7X1S06G1Y | API_REFUSED | Could not find
no source of that id | Datapoints!J2 | TICKETS; src_1EBBF4M7X1S06G1Y | API_REFUSED | Could not find

docs.isometric.com/user-guides/certify/supplier-reference-id
an id of another resource | Datapoints!A2 | NB-2 | API_REFUSED | already in use

docs.isometric.com/api-reference/certify/patch-removal-components
too much | Entry components!E2 | 0.6 | API_REFUSED Entry components!B2 | cannot exceed 1

not published
a unit that is not known | Datapoints!E2 | blurb | API_REFUSED | not recognised
"""


def open_filled(folder: Path) -> Iterator[Desk]:
    """A desk with documents beside its workbooks, at a sandbox of its own."""
    for name, size in (("tickets.pdf", 9), ("tickets.xlsx", 9), ("empty.pdf", 0), ("notes.pdf", 5)):
        (folder / name).write_bytes(b"%PDF" * size)
    with (folder / "large.pdf").open("wb") as file:
        file.truncate(50_000_001)
    with running(folder / "twin.sqlite", switches=Switches(calculation_seconds=0)) as twin:
        plant_templates(twin.store)
        target = as_target(twin, "a test")
        assert target.isometric is not None
        careful = replace(target.isometric, creates_feedstock_types="no")
        with open_desk(folder, twin, target=replace(target, isometric=careful)) as desk:
            yield desk


def plant_templates(store: Store) -> None:
    """Templates beside the good one: one unfinished, one of a blueprint that is gone, another."""
    good = store.select(TEMPLATE)[0].body
    for number, (name, spoil) in enumerate(
        {
            "Unfinished batch": lambda component: component["inputs"][-1].update(datapoint_id=None),
            "Withdrawn batch": lambda component: component.update(blueprint_key="gone"),
            "Another batch": lambda component: component.update(id="rtc_1NRBARK01SBX0009"),
        }.items(),
        start=2,
    ):
        template = deepcopy({**good, "id": f"rvt_1NRBARK01SBX000{number}", "display_name": name})
        spoil(template["groups"][2]["components"][0])
        store.insert(TEMPLATE, template, parent=PROJECT_ID)


def plant_statements(store: Store) -> None:
    """Periods that were handed over: one that changed since, one that failed, one verified."""
    statuses = {7: "AWAITING_VERIFICATION", 8: "FAILED_VERIFICATION", 9: "VERIFIED"}
    for month, status in statuses.items():
        store.insert(
            STATEMENT,
            {
                "id": f"ggs_1NRBARK01SBX000{month}",
                "project_id": PROJECT_ID,
                "status": status,
                "ghg_statement_report_url": "https://drive.example/report.pdf",
                "submitted_at": "2026-10-01T08:00:00.000Z",
                "credits_issued_at": None,
                "_start": f"2026-0{month}-01",
                "_end": f"2026-0{month}-{31 if month < 9 else 30}",
                "_members": [],
                "_submitted_total": 1.0,
            },
        )


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a sandbox that holds nothing; the lines leave it so."""
    yield from open_filled(tmp_path_factory.mktemp("fresh"))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a sandbox that holds the good workbook, a second entry, and closed periods."""
    for desk in open_filled(tmp_path_factory.mktemp("held")):
        month = build()
        with_second_entry(0.5)(month)
        assert desk.import_(save(desk, month)).is_in_order
        store = desk.twin.store
        flue = desk.stored(DATAPOINT)[f"{BATCH}-FLUE"]
        store.change(DATAPOINT, flue["id"], {"locked_status": "locked_used_in_verified_removal"})
        plant_statements(store)
        yield desk


def test_the_good_workbook_is_in_order(fresh: Desk, held: Desk) -> None:
    assert fresh.plan(save(fresh, build())).all_problems == ()
    report = held.plan(save(held, build()))
    assert report.all_problems == ()
    assert set(report.counts) == {"unchanged", "skipped"}


@each_of(*KNOWN_LINES)
def test_it_is_known_beforehand(fresh: Desk, line: Line) -> None:
    assert_told(find_out(fresh, fill_in(fresh, build(), line)), line)
    assert fresh.writes() == []


def test_a_plan_tells_what_a_check_tells(fresh: Desk) -> None:
    line = KNOWN_LINES[0]
    path = fill_in(fresh, build(), line)
    for report in (fresh.report_check(path), fresh.plan(path)):
        assert_told(report, line)


@each_of(*FIXED_LINES)
def test_what_is_there_tells_it_beforehand(held: Desk, line: Line) -> None:
    before = held.writes()
    assert_told(held.plan(fill_in(held, build(), line), overwrite=True), line)
    assert held.writes() == before


@each_of(*read_lines(SUBMITTED))
def test_a_submission_tells_it_beforehand(held: Desk, line: Line) -> None:
    before = held.writes()
    assert_told(submit(held, fill_in(held, build(), line)), line)
    assert held.writes() == before


@each_of(*read_lines(ANSWERED))
def test_only_the_service_can_tell(held: Desk, line: Line) -> None:
    """One refused write, and the service's words at the cell that it names."""
    before = len(held.writes())
    assert_told(held.import_(fill_in(held, build(), line)), line)
    assert list_refused(held, before) == [True]
