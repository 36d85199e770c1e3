"""Workbook, service, and what was last confirmed between them: who changed what since."""

from typing import Any

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.documents import Kind
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT, ENTRY
from support.desk import Desk, by_row, problems, statuses
from tests.flows import books
from tests.flows.months import build_batch, save


def change_there(desk: Desk, kind: Kind, key: str, **changes: Any) -> None:
    """Somebody changes a record on the service's own page."""
    body = desk.stored(kind)[key]
    merged = {
        name: {**body[name], **new} if isinstance(new, dict) else new
        for name, new in changes.items()
    }
    desk.twin.store.change(kind, body["id"], merged)


def magnitude(desk: Desk, key: str = "D-1") -> float:
    return float(desk.stored(DATAPOINT)[key]["quantity"]["magnitude"])


def test_a_change_at_the_service_is_not_reverted(desk: Desk) -> None:
    path = desk.book(books.DATAPOINTS)
    desk.import_(path)
    change_there(desk, DATAPOINT, "D-1", quantity={"magnitude": 812.0})
    before = desk.writes()
    report = desk.import_(path)
    assert statuses(report) == {"Datapoints": ["conflict", "unchanged", "unchanged"]}
    assert problems(report) == {("API_CONFLICT", "Datapoints!D2")}
    found = report.all_problems[0].found
    assert "Value is 812 in the service and 840 here" in found
    assert "changed in the service since" in found
    assert desk.writes() == before
    assert magnitude(desk) == 812


def test_a_changed_value_of_a_log_at_the_service_is_not_reverted(desk: Desk) -> None:
    path = desk.book(books.LOG)
    desk.import_(path)
    points = desk.stored(LOG)["L-OCT"]["data_points"]
    points[0]["input_value"] = {"value": 1, "unit": "kWh"}
    change_there(desk, LOG, "L-OCT", data_points=points)
    before = desk.writes()
    report = desk.import_(path)
    assert problems(report) == {("API_CONFLICT", "Emission log values!C2")}
    assert {each.status for each in report.outcomes} == {Status.CONFLICT}
    assert desk.writes() == before


def test_an_input_that_was_rebound_at_the_service_is_not_reverted(desk: Desk) -> None:
    path = save(desk, build_batch())
    desk.import_(path)
    ids = {key: body["id"] for key, body in desk.stored(DATAPOINT).items()}
    for component in desk.twin.store.select(COMPONENT):
        if component.body["display_name"] == "Biochar transport":
            inputs = component.body["inputs"]
            for each in inputs:
                if each["input_key"] == "distance":
                    each["datapoint_id"] = ids["NB-2026-10-B1-FEED-KM"]
            desk.twin.store.change(COMPONENT, component.id, {"inputs": inputs})
    before = desk.writes()
    report = desk.import_(path)
    assert problems(report) == {("API_CONFLICT", "Entry inputs!D13")}
    assert desk.writes() == before


def test_changed_on_both_sides_is_a_conflict(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    change_there(desk, DATAPOINT, "D-1", quantity={"magnitude": 812.0})
    before = desk.writes()
    report = desk.import_(desk.book(books.DATAPOINTS.replace("840", "850")))
    assert problems(report) == {("API_CONFLICT", "Datapoints!D2")}
    assert "and in the workbook, too" in report.all_problems[0].found
    assert desk.writes() == before


def test_changed_on_both_sides_in_different_cells_is_a_conflict_only_where_they_differ(
    desk: Desk,
) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    change_there(desk, DATAPOINT, "D-1", description="Counted")
    report = desk.import_(desk.book(books.DATAPOINTS.replace("840", "850")))
    assert problems(report) == {
        ("API_CONFLICT", "Datapoints!D2"),
        ("API_CONFLICT", "Datapoints!G2"),
    }


def test_overwrite_sends_the_workbook_over_a_change_at_the_service(desk: Desk) -> None:
    path = desk.book(books.DATAPOINTS)
    desk.import_(path)
    change_there(desk, DATAPOINT, "D-1", quantity={"magnitude": 812.0})
    report = desk.import_(path, overwrite=True)
    assert statuses(report) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert magnitude(desk) == 840
    assert set(desk.import_(path).counts) == {Status.UNCHANGED}


def test_both_sides_changed_to_the_same_is_agreed_on_from_then_on(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    change_there(desk, DATAPOINT, "D-1", quantity={"magnitude": 812.0})
    taken_over = books.DATAPOINTS.replace("840", "812")
    agreed = desk.import_(desk.book(taken_over))
    assert set(agreed.counts) == {Status.UNCHANGED}
    report = desk.import_(desk.book(books.DATAPOINTS.replace("840", "815")))
    assert statuses(report) == {"Datapoints": ["updated", "unchanged", "unchanged"]}
    assert magnitude(desk) == 815


def test_what_was_agreed_on_does_not_make_the_first_file_right_again(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS, "first.xlsx"))
    change_there(desk, DATAPOINT, "D-1", quantity={"magnitude": 812.0})
    desk.import_(desk.book(books.DATAPOINTS.replace("840", "812")))
    report = desk.import_(desk.folder / "first.xlsx")
    assert problems(report) == {("API_CONFLICT", "Datapoints!D2")}
    assert magnitude(desk) == 812


def test_what_was_never_imported_from_here_and_is_equal_is_agreed_on(desk: Desk) -> None:
    desk.import_(desk.book(books.BOTH))
    desk.forget()
    before = desk.writes()
    assert set(desk.import_(desk.book(books.BOTH)).counts) == {Status.UNCHANGED}
    assert desk.writes() == before
    changed = books.BOTH.replace("840", "850").replace("84230", "84231")
    report = desk.import_(desk.book(changed))
    assert report.counts[Status.UPDATED] == 1 + 4
    assert len(desk.writes()) == len(before) + 2


def test_what_was_never_imported_from_here_and_differs_is_not_taken_over(desk: Desk) -> None:
    desk.import_(desk.book(books.BOTH))
    desk.forget()
    before = desk.writes()
    changed = books.BOTH.replace("840", "850").replace("84230", "84231")
    report = desk.import_(desk.book(changed))
    assert problems(report) == {
        ("API_CONFLICT", "Datapoints!D2"),
        ("API_CONFLICT", "Emission log values!C2"),
    }
    assert "was never imported from here" in report.all_problems[0].found
    assert desk.writes() == before


def test_a_plan_agrees_on_nothing(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    desk.forget()
    desk.plan(desk.book(books.DATAPOINTS))
    report = desk.import_(desk.book(books.DATAPOINTS.replace("840", "850")))
    assert statuses(report) == {"Datapoints": ["conflict", "unchanged", "unchanged"]}


@pytest.mark.parametrize("overwrite", [False, True])
def test_what_can_only_be_set_at_creation_is_not_sent(desk: Desk, overwrite: bool) -> None:
    dated = books.DATAPOINTS.replace("Standard deviation", "Measured at       ")
    desk.import_(desk.book(dated.replace("| 4   ", "| 2025-10-05 10:00   ")))
    before = desk.writes()
    later = dated.replace("| 4   ", "| 2025-10-05 11:00   ")
    report = desk.import_(desk.book(later), overwrite=overwrite)
    assert problems(report) == {("API_FIXED", "Datapoints!F2")}
    assert desk.writes() == before


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_locked_datapoint_is_left_alone(desk: Desk, overwrite: bool) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    change_there(desk, DATAPOINT, "D-1", locked_status="locked_used_in_verified_removal")
    before = desk.writes()
    assert set(desk.import_(desk.book(books.DATAPOINTS)).counts) == {Status.UNCHANGED}
    changed = desk.book(books.DATAPOINTS.replace("840", "850"))
    report = desk.import_(changed, overwrite=overwrite)
    assert problems(report) == {("API_LOCKED", "Datapoints!D2")}
    assert desk.writes() == before


def test_a_finalised_log_is_a_conflict_and_asked_once(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    change_there(desk, LOG, "L-OCT", _finalised=True)
    before = len(desk.writes())
    report = desk.import_(desk.book(books.LOG.replace("84230", "84231")))
    assert {each.status for each in report.outcomes} == {Status.CONFLICT}
    assert problems(report) == {("API_LOCKED", "Emission logs!2")}
    (problem,) = report.all_problems
    assert "The log is part of a finalised submission" in problem.found
    assert problem.expected == "a record that may still be changed"
    assert len(desk.writes()) == before + 1
    assert by_row(report)["Emission log values", 2].message == "See Emission logs row 2."


def test_a_log_stays_with_its_site(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    change_there(desk, LOG, "L-OCT", site={"id": "ste_01nrbark000000000000000002"})
    before = desk.writes()
    report = desk.import_(desk.book(books.LOG), overwrite=True)
    assert problems(report) == {("API_FIXED", "Emission logs!C2")}
    assert desk.writes() == before


def test_a_log_stays_with_its_config(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    before = desk.writes()
    report = desk.import_(
        desk.book("""
        Emission logs
        External ID | Config      | Site     | Period start | Period end
        L-OCT       | Natural gas | NB-PLANT | 2025-10-01   | 2025-10-31

        Emission log values
        Emission log | Data point     | Value | Unit
        L-OCT        | Gas volume     | 1286  | m3
        L-OCT        | Invoice number | N-1   |
    """),
        overwrite=True,
    )
    assert problems(report) == {("API_FIXED", "Emission logs!B2")}
    assert desk.writes() == before


def test_an_entry_stays_with_its_dates_when_only_the_service_moved_them(desk: Desk) -> None:
    path = save(desk, build_batch())
    desk.import_(path)
    change_there(desk, ENTRY, "NB-2026-10-B1", started_on="2026-10-03")
    report = desk.import_(path)
    assert problems(report) == {("API_CONFLICT", "Entries!C2")}
    assert by_row(report)["Entries", 2].status is Status.CONFLICT
    assert desk.stored(ENTRY)["NB-2026-10-B1"]["started_on"] == "2026-10-03"
