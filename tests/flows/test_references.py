"""What an entry may refer to: rows beside it, records that are there, ids of the service."""

from datetime import date

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT, ENTRY
from support.desk import Desk, by_row, problems, statuses
from support.plant import Month
from tests.flows.months import build_batch, change, save

ENTRY_KEY = "NB-2026-10-B1"
MASS_INPUT = f"{ENTRY_KEY}/Biochar carbon stored/biochar_mass"


def only(*sheets: str) -> Month:
    return {sheet: table for sheet, table in build_batch().items() if sheet in sheets}


def send_datapoints(desk: Desk) -> None:
    assert desk.import_(save(desk, only("Datapoints"))).is_in_order


def bound_mass(desk: Desk) -> str:
    """Which datapoint the entry's mass is bound to."""
    (bound,) = [
        each["datapoint_id"]
        for component in desk.twin.store.select(COMPONENT)
        for each in component.body["inputs"]
        if each["input_key"] == "biochar_mass"
    ]
    return str(bound)


def test_datapoints_that_are_only_at_the_service(desk: Desk) -> None:
    send_datapoints(desk)
    report = desk.import_(save(desk, only("Entries", "Entry inputs")))
    assert set(report.counts) == {Status.CREATED}
    assert bound_mass(desk) == desk.stored(DATAPOINT)[f"{ENTRY_KEY}-MASS"]["id"]


def test_a_datapoint_by_the_id_of_the_service(desk: Desk) -> None:
    send_datapoints(desk)
    there = desk.stored(DATAPOINT)[f"{ENTRY_KEY}-MASS"]["id"]
    by_id = change(build_batch(), "Entry inputs", MASS_INPUT, "Datapoints", there)
    report = desk.import_(save(desk, by_id))
    assert set(statuses(report)["Entries"]) == {"created"}
    assert bound_mass(desk) == there


def test_an_id_and_a_key_of_one_datapoint_are_no_change(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    there = desk.stored(DATAPOINT)[f"{ENTRY_KEY}-MASS"]["id"]
    by_id = change(build_batch(), "Entry inputs", MASS_INPUT, "Datapoints", there)
    assert set(desk.import_(save(desk, by_id)).counts) == {Status.UNCHANGED}


def test_a_key_in_other_case_means_the_row_beside_it(desk: Desk) -> None:
    lower = f"{ENTRY_KEY}-MASS".lower()
    other_case = change(build_batch(), "Entry inputs", MASS_INPUT, "Datapoints", lower)
    report = desk.import_(save(desk, other_case))
    assert set(report.counts) == {Status.CREATED}


def test_a_reference_to_nothing_is_told_at_its_cell(desk: Desk) -> None:
    nothing = change(build_batch(), "Entry inputs", MASS_INPUT, "Datapoints", "NB-NOWHERE")
    report = desk.import_(save(desk, nothing))
    assert problems(report) == {("REF_NOT_FOUND", "Entry inputs!D2")}
    assert set(statuses(report)["Entries"]) == {"invalid"}
    assert "Entry inputs row 2" in by_row(report)["Entries", 2].message
    assert set(statuses(report)["Datapoints"]) == {"created"}
    assert not desk.stored(ENTRY)


def test_each_reference_to_nothing_is_told(desk: Desk) -> None:
    month = only("Entries", "Entry inputs")
    report = desk.import_(save(desk, month))
    told = {place for code, place in problems(report) if code == "REF_NOT_FOUND"}
    assert told == {f"Entry inputs!D{row}" for row in range(2, 2 + len(month["Entry inputs"]))}
    assert not desk.writes()


def test_an_id_of_the_service_that_is_none_is_refused_by_it(desk: Desk) -> None:
    nobody = change(build_batch(), "Entry inputs", MASS_INPUT, "Datapoints", "dtp_1NRBARK01SBX9999")
    report = desk.import_(save(desk, nobody))
    assert set(statuses(report)["Entries"]) == {"failed"}
    assert {code for code, _ in problems(report)} == {"API_REFUSED"}
    assert not desk.stored(ENTRY)


def test_several_datapoints_half_here_and_half_there(desk: Desk) -> None:
    month = build_batch()
    send_datapoints(desk)
    month["Datapoints"] = [
        row for row in month["Datapoints"] if "CARBON-2" not in str(row["External ID"])
    ]
    report = desk.import_(save(desk, month))
    assert report.is_in_order
    assert set(statuses(report)["Entries"]) == {"created"}


def test_an_entry_that_needs_no_write_does_not_wait_for_a_row_with_a_mistake(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    slip = change(build_batch(), "Datapoints", f"{ENTRY_KEY}-MASS", "Value", "1.234")
    report = desk.import_(save(desk, slip))
    assert set(statuses(report)["Entries"]) == {"unchanged"}
    assert report.counts[Status.INVALID] == 1
    assert Status.BLOCKED not in report.counts


def test_an_entry_to_be_changed_waits_for_a_row_with_a_mistake(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    slip = change(build_batch(), "Datapoints", f"{ENTRY_KEY}-MASS", "Value", "1.234")
    moved = change(slip, "Entries", ENTRY_KEY, "Completed on", date(2026, 10, 14))
    report = desk.import_(save(desk, moved))
    assert set(statuses(report)["Entries"]) == {"blocked"}
