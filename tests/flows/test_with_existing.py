"""A template with what is there: untouched it is unchanged, and a correction is an update."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import DATAPOINT, ENTRY
from importer.sheets.own import NOT_FILLED, WITHOUT_KEY, is_own_sheet
from support.desk import Desk, problems
from support.plant import build_month
from support.prefilled import CONFIG, TEMPLATE, correct, fetch, read_listing, read_rows
from tests.flows import books
from tests.flows.months import build_batch, save, save_whole
from tests.flows.test_three_way import change_there

pytestmark = pytest.mark.slow

BATCH = "Biochar production batch"
ASKED: Mapping[str, Mapping[str, str]] = {
    "rows": {},
    "columns": {CONFIG: "Grid electricity", TEMPLATE: BATCH},
}


@pytest.fixture
def month(desk: Desk) -> Desk:
    """A desk whose account holds the small month, imported with another ledger."""
    assert set(desk.import_(save(desk, build_batch())).counts) == {Status.CREATED}
    desk.forget()
    return desk


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_untouched_all_is_unchanged(desk: Desk, asked: Mapping[str, str]) -> None:
    desk.import_(save_whole(desk, build_month()))
    desk.forget()
    written = desk.writes()
    path, told = fetch(desk, asked)
    logs = 1 if asked else 3
    assert told.filled == {"Emission logs": logs, "Datapoints": 40, "Entries": 2}
    assert desk.writes() == written
    assert set(desk.plan(path).counts) == {Status.UNCHANGED}
    assert set(desk.import_(path).counts) == {Status.UNCHANGED}
    desk.forget()
    assert set(desk.import_(path).counts) == {Status.UNCHANGED}
    assert desk.writes() == written


def test_values_and_inputs_stand_in_rows_of_their_own(month: Desk) -> None:
    path, _ = fetch(month)
    values = {str(each["Data point"]): each for each in read_rows(path, "Emission log values")}
    assert values["Electricity"] == {
        "Emission log": "NB-ELEC-2026-10",
        "Data point": "Electricity",
        "Value": 84230,
        "Unit": "kWh",
    }
    inputs = {str(each["Input"]): each for each in read_rows(path, "Entry inputs")}
    assert inputs["Biochar mass"]["Component"] == "Biochar carbon stored"
    assert inputs["Biochar mass"]["Datapoints"] == "NB-2026-10-B1-MASS"


def test_values_and_inputs_stand_in_columns(month: Desk) -> None:
    path, _ = fetch(month, ASKED["columns"])
    (log,) = read_rows(path, "Emission logs")
    assert log["Electricity (kWh)"] == 84230
    assert log["Site"] == "Norrbark pyrolysis plant"
    (entry,) = read_rows(path, "Entries")
    mass = next(header for header in entry if header.startswith("Biochar carbon stored, Bio"))
    assert entry[mass] == "NB-2026-10-B1-MASS"
    assert read_rows(path, "Emission log values") == read_rows(path, "Entry inputs") == []


LOGS, COMPONENTS = "PUT /tracking/v1/periodic-emission-logs", "PATCH /mrv/v0/components"
DATAPOINTS, ENTRIES = "PATCH /mrv/v0/datapoints", "PATCH /mrv/v0/ghg_entries"
MASS = {"External ID": "NB-2026-10-B1-MASS"}
OTHER = "NB-2026-10-B1-FEED-T-1"


@pytest.mark.parametrize(
    ("asked", "cell", "value", "call"),
    [
        ("rows", ("Emission log values", {"Data point": "Electricity"}, "Value"), 84231, LOGS),
        ("columns", ("Emission logs", {}, "Electricity (kWh)"), 84231, LOGS),
        ("rows", ("Datapoints", MASS, "Value"), 8600, DATAPOINTS),
        ("rows", ("Entry inputs", {"Input": "Biochar mass"}, "Datapoints"), OTHER, COMPONENTS),
        ("columns", ("Entries", {}, "Completed on"), date(2026, 10, 7), ENTRIES),
    ],
    ids=["value", "value column", "datapoint", "input", "entry"],
)
def test_one_changed_cell_is_one_update(
    month: Desk, asked: str, cell: tuple[str, Mapping[str, object], str], value: object, call: str
) -> None:
    path, _ = fetch(month, ASKED[asked])
    correct(path, *cell, value)
    before = len(month.writes())
    report = month.import_(path)
    assert problems(report) == set()
    assert set(report.counts) == {Status.UNCHANGED, Status.UPDATED}
    (sent,) = month.writes()[before:]
    assert sent.startswith(call)
    assert set(month.import_(path).counts) == {Status.UNCHANGED}


def test_a_later_change_at_the_service_is_a_conflict(month: Desk) -> None:
    path, _ = fetch(month)
    change_there(month, DATAPOINT, "NB-2026-10-B1-MASS", quantity={"magnitude": 1.0})
    before = month.writes()
    report = month.import_(path)
    assert set(report.counts) == {Status.UNCHANGED, Status.CONFLICT}
    assert "changed in the service since" in next(iter(report.all_problems)).found
    assert month.writes() == before


def test_a_blank_cell_that_was_filled_there_since_is_a_conflict(month: Desk) -> None:
    path, _ = fetch(month)
    key = {"External ID": "NB-2026-10-B1-ELEC"}
    correct(path, "Datapoints", key, "Standard deviation", 2)
    change_there(month, DATAPOINT, "NB-2026-10-B1-ELEC", quantity={"standard_deviation": 9.0})
    assert month.import_(path).counts[Status.CONFLICT] == 1


def test_another_ledger_does_not_know_the_base(month: Desk) -> None:
    path, _ = fetch(month)
    correct(path, "Datapoints", {"External ID": "NB-2026-10-B1-MASS"}, "Value", 8600)
    month.forget()
    report = month.import_(path)
    assert report.counts[Status.CONFLICT] == 1
    assert Status.UPDATED not in report.counts


def test_records_of_another_config_are_counted(desk: Desk) -> None:
    desk.import_(save_whole(desk, build_month()))
    path, told = fetch(desk, {CONFIG: "Diesel"})
    assert [each["Config"] for each in read_rows(path, "Emission logs")] == ["Diesel"]
    why = "made from another emission log config than the one asked for"
    assert told.left_out["Emission logs", why] == 2
    assert told.filled["Entries"] == 2


def test_records_without_an_external_id_are_listed(month: Desk) -> None:
    store = month.twin.store
    (log,) = store.select(LOG)
    store.change(LOG, log.id, {"external_id": None})
    path, told = fetch(month)
    assert told.left_out["Emission logs", f"without an External ID (see the sheet {WITHOUT_KEY})"]
    assert "Emission logs" not in told.filled
    listed = [each for each in read_listing(path, WITHOUT_KEY) if each["Service"] == "Cula"]
    (line,) = listed
    assert line["What it is"] == "emission log"
    assert line["ID"] == log.id
    assert line["Name and days"] == "Electricity October 2026, 2026-10-01, 2026-10-31"
    assert "no External ID" in str(line["Why it is here"])
    report = month.import_(path)
    assert set(report.counts) == {Status.UNCHANGED}
    assert {each.sheet for each in report.outcomes} == {"Datapoints", "Entries", "Entry inputs"}


def test_what_has_no_external_id_is_named_by_its_id(month: Desk) -> None:
    mass = month.stored(DATAPOINT)["NB-2026-10-B1-MASS"]["id"]
    month.twin.store.change(DATAPOINT, mass, {"supplier_reference_id": None})
    path, _ = fetch(month)
    inputs = {str(each["Input"]): each for each in read_rows(path, "Entry inputs")}
    assert inputs["Biochar mass"]["Datapoints"] == mass
    assert set(month.import_(path).counts) == {Status.UNCHANGED}


def test_sources_and_files_are_named_by_their_ids(desk: Desk) -> None:
    desk.import_(save_whole(desk, build_month()))
    path, told = fetch(desk)
    assert told.documents == ("Files", "Sources")
    assert read_rows(path, "Sources") == read_rows(path, "Files") == []
    named = {str(each.get("Sources", "src_")) for each in read_rows(path, "Datapoints")}
    assert {each[:4] for each in named} == {"src_"}
    assert any("fil_" in str(each.get("Files")) for each in read_rows(path, "Emission logs"))


def test_days_restrict_what_is_filled_in(desk: Desk) -> None:
    desk.import_(save_whole(desk, build_month()))
    second = read_rows(fetch(desk)[0], "Entries")[1]
    start = second["Started on"]
    assert isinstance(start, datetime)
    path, told = fetch(desk, first=start.date(), last=start.date())
    assert [each["External ID"] for each in read_rows(path, "Entries")] == [second["External ID"]]
    assert told.left_out["Entries", "outside the days that were asked for"] == 1
    assert told.filled["Emission logs"] == 3, "the day lies in their month"
    keys = {str(each["External ID"]) for each in read_rows(path, "Datapoints")}
    used = "; ".join(str(each["Datapoints"]) for each in read_rows(path, "Entry inputs"))
    assert {each for each in used.split("; ") if each.startswith("NB")} <= keys
    assert "NB-2026-10-B1-MASS" not in keys
    assert set(desk.import_(path).counts) == {Status.UNCHANGED}
    path, told = fetch(desk, first=date(2031, 1, 1))
    assert told.filled.keys() <= {"Datapoints"}


def test_datapoints_that_are_not_of_the_days_stay_where_an_entry_uses_them(month: Desk) -> None:
    mass = month.stored(DATAPOINT)["NB-2026-10-B1-MASS"]["id"]
    month.twin.store.change(DATAPOINT, mass, {"measured_at": "2020-01-01T00:00:00Z"})
    entry = next(iter(month.stored(ENTRY).values()))
    day = date.fromisoformat(entry["started_on"])
    path, _ = fetch(month, first=day, last=day)
    keys = {str(each["External ID"]) for each in read_rows(path, "Datapoints")}
    assert "NB-2026-10-B1-MASS" in keys
    assert set(month.import_(path).counts) == {Status.UNCHANGED}


def test_an_account_with_nothing_gives_an_empty_template(desk: Desk) -> None:
    path, told = fetch(desk, {CONFIG: "Diesel"})
    assert told.filled == {}
    assert read_rows(path, "Emission logs") == []
    desk.import_(desk.book(books.LOG))


def test_the_pages_of_what_stands_in_no_row_are_our_own() -> None:
    assert is_own_sheet(WITHOUT_KEY)
    assert is_own_sheet(NOT_FILLED)


def test_components_and_feedstock_types_on_request(month: Desk) -> None:
    path, told = fetch(month, extras=("components", "feedstock-types"))
    why = "that the service made from a template, as part of another record"
    assert told.left_out["Components", why] == 7
    assert told.parts == ("Entry components",)
    assert told.filled["Feedstock types"] == len(read_rows(path, "Feedstock types")) > 0
    assert set(month.import_(path).counts) == {Status.UNCHANGED}
