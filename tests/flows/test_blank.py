"""Blank keeps, `(clear)` clears, and taking a row out deletes nothing."""

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import FILE, LOG
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, problems, statuses
from tests.flows import books
from tests.flows.months import build_batch, save

WITHOUT_DEVIATION = books.DATAPOINTS.replace("| 4   ", "|     ")


def values(desk: Desk) -> dict[str, object]:
    return {
        each["config_id"][-3:]: each["input_value"]
        for each in desk.stored(LOG)["L-OCT"]["data_points"]
        if each["input_value"] is not None
    }


def test_a_blank_cell_keeps_what_the_service_has(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    before = desk.writes()
    report = desk.import_(desk.book(WITHOUT_DEVIATION))
    assert set(report.counts) == {Status.UNCHANGED}
    assert desk.writes() == before


def test_a_blank_cell_keeps_it_when_its_neighbour_is_changed(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    report = desk.import_(desk.book(WITHOUT_DEVIATION.replace("840", "850")))
    assert statuses(report)["Datapoints"][0] == "updated"
    quantity = desk.stored(DATAPOINT)["D-1"]["quantity"]
    assert (quantity["magnitude"], quantity["standard_deviation"]) == (850, 4)


def test_a_blank_cell_does_not_see_a_change_at_the_service(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    body = desk.stored(DATAPOINT)["D-1"]
    quantity = {**body["quantity"], "standard_deviation": 9.0}
    desk.twin.store.change(DATAPOINT, body["id"], {"quantity": quantity})
    report = desk.import_(desk.book(WITHOUT_DEVIATION))
    assert set(report.counts) == {Status.UNCHANGED}


def test_clear_clears_with_one_write(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    before = len(desk.writes())
    cleared = books.DATAPOINTS.replace("| 4   ", "| (clear)   ")
    assert statuses(desk.import_(desk.book(cleared)))["Datapoints"][0] == "updated"
    assert desk.stored(DATAPOINT)["D-1"]["quantity"]["standard_deviation"] is None
    assert desk.stored(DATAPOINT)["D-1"]["quantity"]["magnitude"] == 840
    assert set(desk.import_(desk.book(cleared)).counts) == {Status.UNCHANGED}
    assert len(desk.writes()) == before + 1


def test_clear_where_the_service_lets_nothing_go_is_a_problem(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    before = desk.writes()
    report = desk.import_(desk.book(books.DATAPOINTS.replace("Weighbridge", "(clear)")))
    assert problems(report) == {("CELL_NOT_CLEARABLE", "Datapoints!G2")}
    assert desk.writes() == before


def test_a_value_that_was_taken_out_stays_with_its_log(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    held = values(desk)
    shorter = "\n".join(line for line in books.LOG.splitlines() if "Meter read at" not in line)
    before = desk.writes()
    assert set(desk.import_(desk.book(shorter)).counts) == {Status.UNCHANGED}
    assert desk.writes() == before
    desk.import_(desk.book(shorter.replace("84230", "84231")))
    assert len(desk.writes()) == len(before) + 1
    assert values(desk) == {**held, "101": {"value": 84231, "unit": "kWh"}}


def test_a_blank_label_stays_with_its_log_when_a_value_is_replaced(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    blank = books.LOG.replace("Electricity October", "").replace("84230", "84231")
    assert Status.UPDATED in desk.import_(desk.book(blank)).counts
    assert desk.stored(LOG)["L-OCT"]["display_key"] == "Electricity October"


def test_files_that_are_linked_to_a_log_stay_linked(desk: Desk) -> None:
    desk.import_(desk.book(books.LOG))
    file_id = "fil_01nrbark000000000000000001"
    desk.twin.store.insert(FILE, {"id": file_id})
    desk.twin.store.change(LOG, desk.stored(LOG)["L-OCT"]["id"], {"file_ids": [file_id]})
    assert Status.UPDATED in desk.import_(desk.book(books.LOG.replace("84230", "84231"))).counts
    assert desk.stored(LOG)["L-OCT"]["file_ids"] == [file_id]


def test_inputs_that_were_taken_out_stay_with_their_entry(desk: Desk) -> None:
    month = build_batch()
    desk.import_(save(desk, month))
    before = desk.writes()
    month["Entry inputs"] = month["Entry inputs"][:4]
    assert set(desk.import_(save(desk, month)).counts) == {Status.UNCHANGED}
    assert desk.writes() == before


def test_records_that_were_taken_out_are_not_deleted(desk: Desk) -> None:
    desk.import_(desk.book(books.BOTH))
    held = desk.stored(DATAPOINT).keys(), desk.stored(LOG).keys()
    fewer = "\n".join(line for line in books.DATAPOINTS.splitlines() if "D-2" not in line)
    assert set(desk.import_(desk.book(fewer)).counts) == {Status.UNCHANGED}
    assert (desk.stored(DATAPOINT).keys(), desk.stored(LOG).keys()) == held
    assert not [each for each in desk.writes() if each.startswith("DELETE")]
