"""A new sheet is one new file and its line in the catalogue; everything else follows from it."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.reporting.columns import render_columns
from importer.resources.catalog import CATALOG
from importer.sandbox.server import Running, running
from importer.sheets.template.rendering import render_template
from support.desk import Desk, by_row, open_desk, problems, statuses
from support.made_up.endpoint import router
from support.made_up.shipment import SHIPMENT

WITH_SHIPMENTS = replace(CATALOG, resources=(*CATALOG.resources, SHIPMENT))

BOOK = """
Datapoints
External ID | Name   | Type     | Value | Unit | Description
D-1         | Weight | REPORTED | 12.5  | t    | Weighed

Shipments
External ID | Carrier | Weight | Ordered on | Remark
S-1         | truck   | D-1    | 2026-10-01 | fragile
S-2         | TRAIN   | D-1    |            |

Shipment stops
Shipment | Stop | Place | Arrived on
S-1      | 1    | Luleå | 2026-10-02
S-1      | 2    | Umeå  |
"""


@pytest.fixture(scope="module")
def shipping_twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    database = tmp_path_factory.mktemp("shipping") / "sandbox.sqlite"
    with running(database, routers=[router]) as started:
        yield started


@pytest.fixture
def desk(tmp_path: Path, shipping_twin: Running) -> Iterator[Desk]:
    with open_desk(tmp_path, shipping_twin.reset(), WITH_SHIPMENTS) as opened:
        yield opened


def sent(desk: Desk) -> list[str]:
    return [each for each in desk.writes() if "shipments" in each]


def test_it_has_a_sheet_in_the_template() -> None:
    content = render_template(WITH_SHIPMENTS, WITH_SHIPMENTS.books[0], version="1")
    workbook = load_workbook(BytesIO(content))
    assert [cell.value for cell in workbook["Shipments"][1]] == [
        "External ID*",
        "Carrier*",
        "Weight*",
        "Ordered on",
        "Remark",
    ]
    assert [cell.value for cell in workbook["Shipment stops"][1]] == [
        "Shipment*",
        "Stop*",
        "Place*",
        "Arrived on",
    ]
    assert "What carries it." in workbook["Shipments"]["B1"].comment.text


def test_on_request_it_is_only_in_a_template_that_asks_for_it() -> None:
    asked = replace(SHIPMENT, on_request=True)
    catalog = replace(CATALOG, resources=(*CATALOG.resources, asked))
    plain = catalog.books[0]
    for book, is_there in ((plain, False), (replace(plain, extras=("shipments",)), True)):
        workbook = load_workbook(BytesIO(render_template(catalog, book, version="1")))
        assert ("Shipments" in workbook.sheetnames) is is_there
        assert ("Shipment stops" in workbook.sheetnames) is is_there


def test_it_is_checked_by_its_schema(desk: Desk) -> None:
    report = desk.plan(
        desk.book("""
        Shipments
        External ID | Carrier | Weight | Ordered on
        S-1         | SHIP    | D-1    | 2026-10-01
        S-1         | TRAIN   |        | 01/02/2026

        Shipment stops
        Shipment | Stop | Place
        S-1      | 0    | Luleå
        S-9      | 1    | Umeå
    """)
    )
    assert problems(report) == {
        ("CELL_CHOICE", "Shipments!B2"),
        ("KEY_TWICE", "Shipments!A2"),
        ("KEY_TWICE", "Shipments!A3"),
        ("CELL_REQUIRED", "Shipments!C3"),
        ("CELL_AMBIGUOUS", "Shipments!D3"),
        ("CELL_RANGE", "Shipment stops!B2"),
        ("REF_NOT_FOUND", "Shipment stops!A3"),
    }


def test_it_is_sent_with_its_details(desk: Desk) -> None:
    report = desk.import_(desk.book(BOOK))
    assert statuses(report) == {
        "Datapoints": ["created"],
        "Shipments": ["created", "created"],
        "Shipment stops": ["created", "created"],
    }
    (first, second) = desk.session.services["isometric"].fetch_page("/shipments").nodes
    datapoint = by_row(report)["Datapoints", 2].id
    assert {name: first[name] for name in first if name not in ("id", "project_id")} == {
        "supplier_reference_id": "S-1",
        "carrier": "TRUCK",
        "weight_datapoint_id": datapoint,
        "ordered_on": "2026-10-01",
        "remark": "fragile",
        "stops": [
            {"number": 1, "place": "Luleå", "arrived_on": "2026-10-02"},
            {"number": 2, "place": "Umeå", "arrived_on": None},
        ],
        "stop_count": 2,
    }
    assert second["remark"] is None


def test_its_results_come_back_in_a_column(desk: Desk) -> None:
    report = desk.import_(desk.book(BOOK))
    sheet = load_workbook(report.results)["Shipments"]
    assert [cell.value for cell in sheet[1]][-4:] == [
        "Import status",
        "Import ID",
        "Import message",
        "Stops",
    ]
    assert [sheet["I2"].value, sheet["I3"].value] == [2, 0]


def test_a_second_import_writes_nothing(desk: Desk) -> None:
    desk.import_(desk.book(BOOK))
    before = desk.writes()
    report = desk.import_(desk.book(BOOK))
    assert set(report.counts) == {"unchanged"}
    assert desk.writes() == before


def test_its_results_workbook_means_the_same(desk: Desk) -> None:
    first = desk.import_(desk.book(BOOK))
    before = desk.writes()
    again = desk.import_(Path(first.results))
    assert set(again.counts) == {"unchanged"}
    assert again.results == first.results
    assert desk.writes() == before


def test_every_row_has_one_outcome(desk: Desk) -> None:
    report = desk.import_(desk.book(BOOK.replace("TRAIN", "SHIP")))
    assert [(each.sheet, each.row) for each in report.outcomes] == [
        ("Datapoints", 2),
        ("Shipments", 2),
        ("Shipments", 3),
        ("Shipment stops", 2),
        ("Shipment stops", 3),
    ]
    assert sum(report.counts.values()) == 5


def test_a_change_becomes_one_patch_of_what_changed(desk: Desk) -> None:
    desk.import_(desk.book(BOOK))
    report = desk.import_(desk.book(BOOK.replace("fragile", "heavy")))
    assert statuses(report)["Shipments"] == ["updated", "unchanged"]
    assert len(sent(desk)) == 3
    stored = desk.session.services["isometric"].fetch_page("/shipments").nodes[0]
    assert (stored["remark"], len(stored["stops"])) == ("heavy", 2)


def test_a_change_of_a_detail_updates_its_parent(desk: Desk) -> None:
    desk.import_(desk.book(BOOK))
    report = desk.import_(desk.book(BOOK.replace("Umeå ", "Piteå")))
    assert statuses(report)["Shipment stops"] == ["updated", "updated"]
    stored = desk.session.services["isometric"].fetch_page("/shipments").nodes[0]
    assert [stop["place"] for stop in stored["stops"]] == ["Luleå", "Piteå"]


def test_what_can_only_be_set_at_creation_is_a_conflict(desk: Desk) -> None:
    desk.import_(desk.book(BOOK))
    before = sent(desk)
    report = desk.import_(desk.book(BOOK.replace("2026-10-01", "2026-10-03")), overwrite=True)
    assert ("API_FIXED", "Shipments!D2") in problems(report)
    assert statuses(report)["Shipments"] == ["conflict", "unchanged"]
    assert sent(desk) == before


def test_it_waits_for_the_datapoint_that_it_refers_to(desk: Desk) -> None:
    report = desk.import_(desk.book(BOOK.replace("REPORTED", "MEASURED")))
    assert statuses(report) == {
        "Datapoints": ["invalid"],
        "Shipments": ["blocked", "blocked"],
        "Shipment stops": ["blocked", "blocked"],
    }


def test_it_has_its_rows_in_the_table_of_columns() -> None:
    table = render_columns(WITH_SHIPMENTS)
    assert "| Carrier\\* | choice | one of TRUCK, TRAIN |" in table
