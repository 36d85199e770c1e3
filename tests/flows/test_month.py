"""A month at the plant: filled in, sent, sent again, corrected; and an old copy turns up."""

from dataclasses import dataclass
from datetime import date

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import FILE, LOG
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT, ENTRY, SOURCE
from support.desk import Desk, problems
from support.plant import CellValue, Month, Percent, build_month
from tests.flows.months import build_batch, change, count_rows, keys, save, save_whole


@dataclass(frozen=True)
class Correction:
    """A cell that is corrected, the one write that this is worth, and its place in the file."""

    sheet: str
    key: str
    header: str
    value: CellValue | Percent
    write: str
    row: str

    def __str__(self) -> str:
        return f"{self.sheet}, {self.header}"


MASS, ENTRY_KEY = "NB-2026-10-B1-MASS", "NB-2026-10-B1"
LOG_KEY = "NB-ELEC-2026-10"
DISTANCE = f"{ENTRY_KEY}/Feedstock transport/distance"
VALUE = Correction("Datapoints", MASS, "Value", 18250, "PATCH /mrv/v0/datapoints", "D2")
LOG_VALUE = Correction(
    "Emission log values",
    f"{LOG_KEY}/Electricity",
    "Value",
    84231,
    "PUT /tracking/v1/periodic-emission-logs",
    "C2",
)
REBOUND = Correction(
    "Entry inputs",
    DISTANCE,
    "Datapoints",
    f"{ENTRY_KEY}-CHAR-KM",
    "PATCH /mrv/v0/components",
    "D6",
)
CORRECTIONS = [
    VALUE,
    Correction("Datapoints", MASS, "Unit", "tonne", "PATCH /mrv/v0/datapoints", "E2"),
    Correction("Datapoints", MASS, "Description", "Weighed", "PATCH /mrv/v0/datapoints", "H2"),
    LOG_VALUE,
    Correction(
        "Emission logs",
        LOG_KEY,
        "Period end",
        date(2026, 10, 30),
        "PUT /tracking/v1/periodic-emission-logs",
        "E2",
    ),
    Correction(
        "Entries", ENTRY_KEY, "Started on", date(2026, 10, 2), "PATCH /mrv/v0/ghg_entries", "C2"
    ),
    Correction(
        "Entries", ENTRY_KEY, "Feedstock type", "Birch bark", "PATCH /mrv/v0/ghg_entries", "E2"
    ),
    REBOUND,
]


def corrected(correction: Correction) -> Month:
    month = build_batch()
    return change(month, correction.sheet, correction.key, correction.header, correction.value)


def everything(desk: Desk) -> list[object]:
    """All that the services hold of ours, but for when they last touched it."""
    held = [desk.stored(LOG), desk.stored(DATAPOINT), desk.stored(ENTRY)]
    untimed = [
        {key: {k: v for k, v in body.items() if k not in ("updated_at", "_ready_at")}}
        for bodies in held
        for key, body in bodies.items()
    ]
    return [*untimed, [each.body for each in desk.twin.store.select(COMPONENT)]]


def test_the_first_import_creates_every_record(desk: Desk) -> None:
    month = build_month()
    report = desk.import_(save_whole(desk, month))
    assert report.counts == {Status.CREATED: count_rows(month)}
    assert desk.stored(LOG).keys() == keys(month["Emission logs"])
    assert desk.stored(DATAPOINT).keys() >= keys(month["Datapoints"])
    assert desk.stored(ENTRY).keys() == keys(month["Entries"])
    assert desk.stored(SOURCE).keys() == keys(month["Sources"])
    assert len(desk.twin.store.select(FILE)) == len(month["Files"])


def test_the_second_import_sends_no_write(desk: Desk) -> None:
    month = build_month()
    desk.import_(save_whole(desk, month))
    before = desk.writes()
    report = desk.import_(save_whole(desk, month))
    assert report.counts == {Status.UNCHANGED: count_rows(month)}
    assert desk.writes() == before


@pytest.mark.parametrize("correction", CORRECTIONS, ids=str)
def test_one_changed_cell_is_one_write(desk: Desk, correction: Correction) -> None:
    desk.import_(save(desk, build_batch()))
    before = len(desk.writes())
    report = desk.import_(save(desk, corrected(correction)))
    (write,) = desk.writes()[before:]
    assert write.startswith(f"{correction.write}/")
    changed = {each.sheet for each in report.outcomes if each.status is Status.UPDATED}
    assert correction.sheet in changed
    assert set(desk.plan(save(desk, corrected(correction))).counts) == {Status.UNCHANGED}


@pytest.mark.slow
@pytest.mark.parametrize("correction", [VALUE, LOG_VALUE, REBOUND], ids=str)
def test_the_old_file_reverts_nothing_until_told_to(desk: Desk, correction: Correction) -> None:
    old = save(desk, build_batch(), "old.xlsx")
    desk.import_(old)
    at_first = everything(desk)
    desk.import_(save(desk, corrected(correction)))
    written, held = desk.writes(), everything(desk)

    report = desk.import_(old)
    assert problems(report) == {("API_CONFLICT", f"{correction.sheet}!{correction.row}")}
    assert "an old file, it seems" in report.all_problems[0].found
    assert (desk.writes(), everything(desk)) == (written, held)

    told = desk.import_(old, overwrite=True)
    assert Status.UPDATED in told.counts
    assert len(desk.writes()) == len(written) + 1
    assert everything(desk) == at_first


def test_a_rebound_input_keeps_every_other_input_of_its_component(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    before = {each.id: each.body for each in desk.twin.store.select(COMPONENT)}
    desk.import_(save(desk, corrected(REBOUND)))
    ids = {key: body["id"] for key, body in desk.stored(DATAPOINT).items()}
    changed = [
        (before[each.id], each.body)
        for each in desk.twin.store.select(COMPONENT)
        if each.body != before[each.id]
    ]
    ((was, now_is),) = changed
    inputs = {each["input_key"]: each for each in was["inputs"]}
    inputs["distance"] = {**inputs["distance"], "datapoint_id": ids[f"{ENTRY_KEY}-CHAR-KM"]}
    assert {each["input_key"]: each for each in now_is["inputs"]} == inputs
    assert "freight_factor" in inputs
