"""The order of writing: what is referred to comes first."""

import time

import pytest

from importer.model.record import Record, Reference
from importer.planning.order import names_of, waves
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from planning.account import BATCH_ROW, ELECTRICITY
from planning.makers import datapoints, read_record, read_records
from planning.shipments import SHIPMENT

NUMBERS = """
External ID | Name | Type     | Value
D-1         | one  | REPORTED | 1
D-2         | two  | REPORTED | 2
"""


def entry(key: str, *bound: str) -> Record:
    text = BATCH_ROW.replace("B-1 ", f"{key} ")
    return read_record(ENTRY, text, defined={"rtc_char/carbon": datapoints(*bound)})


def keys(*records: Record) -> list[list[str]]:
    return [[each.key for each in wave] for wave in waves(records)]


def test_datapoints_go_before_the_entry_that_binds_them_whatever_the_order_of_the_rows() -> None:
    one, two = read_records(DATAPOINT, NUMBERS)
    assert keys(entry("B-1", "D-1", "D-2"), two, one) == [["D-2", "D-1"], ["B-1"]]


def test_a_reference_counts_regardless_of_case() -> None:
    one, two = read_records(DATAPOINT, NUMBERS)
    assert keys(entry("B-1", "d-1"), one, two) == [["D-1", "D-2"], ["B-1"]]
    assert keys(entry("B-1", "ẞ"), *read_records(DATAPOINT, NUMBERS.replace("D-1", "ss "))) == [
        ["ss", "D-2"],
        ["B-1"],
    ]


def test_within_a_wave_the_order_is_that_of_the_workbook() -> None:
    records = [entry(f"B-{number}") for number in (3, 1, 2)]
    assert keys(*records) == [["B-3", "B-1", "B-2"]]


def test_what_is_not_in_the_workbook_holds_nothing_up() -> None:
    assert keys(entry("B-1", "D-77", "dtp_1NRBARK01SBX0001")) == [["B-1"]]


def test_a_name_of_the_account_is_no_record() -> None:
    """A config and a log may be called alike."""
    log = read_record(EMISSION_LOG, ELECTRICITY.row.replace("E-10", "Grid electricity"))
    assert keys(log) == [["Grid electricity"]]


def test_the_same_key_of_another_resource_is_another_record() -> None:
    (one, _) = read_records(DATAPOINT, NUMBERS)
    assert keys(entry("D-1", "D-1"), one) == [["D-1"], ["D-1"]]
    assert [each.resource for wave in waves([entry("D-1", "D-1"), one]) for each in wave] == [
        "datapoint",
        "ghg-entry",
    ]


def test_a_detail_row_points_to_its_own_record_and_that_is_no_circle() -> None:
    record = read_record(
        SHIPMENT,
        "External ID | Carrier | Weight\nS-1 | TRUCK | D-1",
        details={"Shipment stops": "Shipment | Stop | Place\ns-1 | 1 | Norrbark"},
    )
    assert names_of(record) == {("datapoint", "d-1")}
    assert keys(record) == [["S-1"]]


def test_a_chain_is_as_many_waves_as_it_has_links() -> None:
    links = [
        read_record(SHIPMENT, f"External ID | Carrier\nS-{number} | TRUCK") for number in range(20)
    ]
    chained = [
        Record(
            resource=each.resource,
            key=each.key,
            line=each.line,
            defined={"x": Reference(to="shipment", key=f"S-{number + 1}")},
        )
        for number, each in enumerate(links)
    ]
    assert keys(*chained) == [[f"S-{number}"] for number in range(19, -1, -1)]


@pytest.mark.timeout(20)
def test_five_thousand_records_are_ordered_at_once() -> None:
    head = "External ID | Name | Type | Value"
    rows = "\n".join(f"D-{number} | n | REPORTED | 1" for number in range(4000))
    numbers = read_records(DATAPOINT, f"{head}\n{rows}")
    entries = [
        entry(f"B-{number}", *(f"D-{4 * number + each}" for each in range(4)))
        for number in range(1000)
    ]
    started = time.process_time()
    first, second = waves([*entries, *numbers])
    assert time.process_time() - started < 1
    assert (len(first), len(second)) == (4000, 1000)
