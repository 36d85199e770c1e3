"""The same thing twice: periods that overlap under another key, and facts that look alike."""

import time
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model.problem import Problem, Severity
from importer.model.record import Record
from importer.planning.overlap import Span, describe_lookalike, find_overlaps, span_of
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from planning.makers import read_record, read_records

HEAD = "External ID | Config | Site | Period start | Period end"


def spans(text: str) -> list[tuple[Record, Span]]:
    """Rows with their periods, told apart by config and site as they are written."""
    found = []
    for record in read_records(EMISSION_LOG, f"{HEAD}\n{text}"):
        of = (record.line.text("Config"), record.line.text("Site"))
        span = span_of(EMISSION_LOG, record, of)
        if span is not None:
            found.append((record, span))
    return found


def stored(start: str, end: str, *, key: str = "", of: tuple[str, str] = ("Gas", "P")) -> Span:
    return Span(of=of, start=start, end=end, label="eml_9 at the service", key=key)


def rows(problems: tuple[Problem, ...]) -> list[int]:
    return [each.place.row for each in problems]


OCTOBER = "A | Gas | P | 2025-10-01 | 2025-10-31"

PAIRS = {
    "touching": ("B | Gas | P | 2025-11-01 | 2025-11-30", False),
    "one day in both": ("B | Gas | P | 2025-10-31 | 2025-11-30", True),
    "equal": ("B | Gas | P | 2025-10-01 | 2025-10-31", True),
    "contained": ("B | Gas | P | 2025-10-10 | 2025-10-20", True),
    "containing": ("B | Gas | P | 2025-01-01 | 2025-12-31", True),
    "a single day of it": ("B | Gas | P | 2025-10-01 | 2025-10-01", True),
    "the day before": ("B | Gas | P | 2025-09-30 | 2025-09-30", False),
    "long before": ("B | Gas | P | 2024-10-01 | 2024-10-31", False),
    "another site": ("B | Gas | Q | 2025-10-01 | 2025-10-31", False),
    "another config": ("B | Diesel | P | 2025-10-01 | 2025-10-31", False),
    "without an end": ("B | Gas | P | 2025-10-01 |", False),
}


@pytest.mark.parametrize(("other", "is_overlap"), PAIRS.values(), ids=PAIRS.keys())
def test_two_logs_of_a_workbook_overlap_as_the_table_says(other: str, is_overlap: bool) -> None:
    found = find_overlaps(EMISSION_LOG, spans(f"{OCTOBER}\n{other}"))
    assert rows(found) == ([2, 3] if is_overlap else [])


@pytest.mark.parametrize(("other", "is_overlap"), PAIRS.values(), ids=PAIRS.keys())
def test_a_log_overlaps_with_a_stored_one_as_the_table_says(other: str, is_overlap: bool) -> None:
    theirs = [span for _, span in spans(other)]
    found = find_overlaps(EMISSION_LOG, spans(OCTOBER), theirs)
    assert rows(found) == ([2] if is_overlap else [])


def test_the_same_key_is_the_same_log_in_whatever_case() -> None:
    theirs = [stored("2025-10-01", "2025-10-31", key="a")]
    assert find_overlaps(EMISSION_LOG, spans(OCTOBER), theirs) == ()


def test_stored_logs_that_overlap_with_each_other_are_not_our_matter() -> None:
    theirs = [stored("2024-01-01", "2024-12-31"), stored("2024-02-01", "2024-02-29")]
    assert find_overlaps(EMISSION_LOG, spans(OCTOBER), theirs) == ()


def test_an_overlap_says_where_it_is_and_with_what() -> None:
    other = "B | Gas | P | 2025-10-15 | 2025-11-14"
    first, second = find_overlaps(EMISSION_LOG, spans(f"{OCTOBER}\n{other}"))
    assert (first.code, first.severity) == ("ROW_OVERLAP", Severity.ERROR)
    assert (first.place.cell, second.place.cell) == ("D2", "D3")
    assert first.found == (
        "2025-10-01 to 2025-10-31, which overlaps row 3 (“B”), 2025-10-15 to 2025-11-14"
    )
    assert second.found == (
        "2025-10-15 to 2025-11-14, which overlaps row 2 (“A”), 2025-10-01 to 2025-10-31"
    )
    assert first.expected == "one emission log for one thing and period"
    assert "--allow-overlap" in first.remedy


def test_a_row_has_one_problem_however_much_it_overlaps() -> None:
    text = "\n".join(f"K{number} | Gas | P | 2025-10-01 | 2025-10-31" for number in range(5))
    found = find_overlaps(EMISSION_LOG, spans(text), [stored("2025-10-01", "2025-10-31")])
    assert rows(found) == [2, 3, 4, 5, 6]
    assert all(each.found.endswith(", and others") for each in found)


days = st.integers(0, 40).map(lambda number: date(2025, 1, 1) + timedelta(days=number))
periods = st.tuples(days, days).map(sorted)


@given(st.lists(periods, max_size=7), st.lists(periods, max_size=4))
def test_who_overlaps_is_what_comparing_each_with_each_finds(
    ours: list[list[date]], theirs: list[list[date]]
) -> None:
    text = "\n".join(f"K{n} | Gas | P | {start} | {end}" for n, (start, end) in enumerate(ours))
    mine = spans(text) if ours else []
    others = [stored(start.isoformat(), end.isoformat()) for start, end in theirs]
    expected = set()
    for (one, first), (other, second) in combinations(mine, 2):
        if first.meets(second):
            expected |= {one.line.row, other.line.row}
    expected |= {r.line.row for r, span in mine if any(span.meets(each) for each in others)}
    assert rows(find_overlaps(EMISSION_LOG, mine, others)) == sorted(expected)


def day(number: int) -> str:
    return (date(2000, 1, 1) + timedelta(days=number)).isoformat()


CROWDS = {
    "months of one config": [(day(30 * n), day(30 * n + 29)) for n in range(2000)],
    "all the same period": [(day(0), day(29))] * 2000,
    "one over all": [(day(0), day(60_000)), *((day(30 * n), day(30 * n)) for n in range(1999))],
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("crowd", CROWDS.values(), ids=CROWDS.keys())
def test_two_thousand_logs_of_one_config_are_compared_fast(crowd: list[tuple[str, str]]) -> None:
    text = "\n".join(f"K{n} | Gas | P | {start} | {end}" for n, (start, end) in enumerate(crowd))
    mine, others = spans(text), [stored(*each) for each in crowd]
    started = time.process_time()
    found = find_overlaps(EMISSION_LOG, mine, others)
    assert time.process_time() - started < 2
    assert len(found) == 2000


def test_a_resource_without_periods_has_no_spans() -> None:
    record = read_record(DATAPOINT, "External ID | Name | Value\nD-1 | Mass | 5")
    assert span_of(DATAPOINT, record, ()) is None


@pytest.mark.parametrize(("key", "shown"), [("D-9", "“D-9”"), (None, "“no External ID”")])
def test_a_lookalike_is_a_warning_that_names_both(key: str | None, shown: str) -> None:
    record = read_record(DATAPOINT, "External ID | Name | Value\nD-1 | Mass | 5")
    problem = describe_lookalike(DATAPOINT, record, key, "dtp_9")
    assert problem.severity is Severity.WARNING
    assert problem.place.cell == "A2"
    assert problem.found == f"Name “Mass” and Value “5”, which dtp_9 ({shown}) has, too"
