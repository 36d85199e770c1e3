"""What pandera holds: each limit gives exactly one problem, at the right cell and in words."""

from datetime import UTC, date, datetime

import pytest
from pandera.errors import SchemaErrors

from importer.checking.lines import read_lines
from importer.checking.violations import find_violations
from importer.checking.wording import write_value
from importer.declare.column import Column, Kind
from importer.declare.sheet import RowRule, Sheet
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem
from importer.model.record import Amount, Clear, Reference, Value
from tests.checking.bench import NOW, listed, read_tables

LOADS = Sheet(
    name="Loads",
    about="A load.",
    unique=("Load",),
    columns=(
        Column(
            header="Load",
            kind=Kind.KEY,
            required=True,
            pattern=r"[A-Za-z]-\d{1,3}",
            pattern_says="a letter, a hyphen and up to three digits",
            example="L-1",
        ),
        Column(header="Name", kind=Kind.TEXT, longest=8, clearable=True, pattern="[a-z ]+"),
        Column(header="Type", kind=Kind.CHOICE, choices=("WOOD", "BARK_CHIPS")),
        Column(header="Tonnes", kind=Kind.NUMBER, at_least=0, at_most=40, clearable=True),
        Column(header="Moisture", kind=Kind.PERCENTAGE, at_least=0, at_most=0.6),
        Column(header="Left on", kind=Kind.DATE, clearable=True),
        Column(header="Came on", kind=Kind.DATE, not_in_future=True),
        Column(header="Weighed at", kind=Kind.MOMENT, not_in_future=True),
    ),
    rules=(
        RowRule(
            headers=("Left on", "Came on"),
            holds=lambda left, came: bool(left <= came),
            kind=kinds.ROW_ORDER,
            expected="a Came on at or after the Left on",
        ),
        RowRule(
            headers=("Tonnes", "Moisture"),
            holds=lambda tonnes, moisture: tonnes * moisture < 20,
            kind=kinds.CELL_RANGE,
        ),
    ),
)
HEAD = "Loads\nLoad | Name | Type | Tonnes | Moisture | Left on | Came on | Weighed at\n"


def violations(rows: str, sheet: Sheet = LOADS) -> list[Problem]:
    (table,) = read_tables(HEAD + rows, [sheet])
    read = read_lines(table, sheet, zone="UTC")
    found = find_violations(sheet, read.lines, settled=read.unreadable, now=NOW)
    return [*(each for cell in read.problems.values() for each in cell), *found.values()]


def test_a_good_row_has_no_problem() -> None:
    row = "L-1 | pine | bark chips | 31.4 | 50 % | 2026-10-01 | 2026-10-01 | 2026-10-01 07:00"
    assert violations(row) == []


LIMITS = {
    "required": (
        " | pine",
        "CELL_REQUIRED Loads!A2",
        ("nothing", "a value, such as L-1", "Fill in the cell."),
    ),
    "pattern": (
        "L 1",
        "CELL_PATTERN Loads!A2",
        ("“L 1”", "a letter, a hyphen and up to three digits", "Write it in the expected form."),
    ),
    "length": (
        "L-1 | pine and spruce",
        "CELL_LENGTH Loads!B2",
        ("a text of 15 characters", "at most 8 characters", "Shorten the text."),
    ),
    "choice": (
        "L-1 | | MEASURED",
        "CELL_CHOICE Loads!C2",
        ("“MEASURED”", "one of WOOD, BARK_CHIPS", "Pick a value from the list."),
    ),
    "least": (
        "L-1 | | | -0.5",
        "CELL_RANGE Loads!D2",
        ("“-0.5”", "a number from 0 to 40", "Check the value and its unit."),
    ),
    "most": (
        "L-1 | | | 40.000001",
        "CELL_RANGE Loads!D2",
        ("“40.000001”", "a number from 0 to 40", "Check the value and its unit."),
    ),
    "share": (
        "L-1 | | | | 62",
        "CELL_RANGE Loads!E2",
        (
            "“62”",
            "a share from 0 to 0.6, where 0.5 is 50 %",
            "If 62 % is meant, type 0.62, or type 62 % into a cell formatted as percent.",
        ),
    ),
    "share beyond all": (
        "L-1 | | | | 162",
        "CELL_RANGE Loads!E2",
        ("“162”", "a share from 0 to 0.6, where 0.5 is 50 %", "Check the value and its unit."),
    ),
    "share that is a little too large": (
        "L-1 | | | | 0.61",
        "CELL_RANGE Loads!E2",
        ("“0.61”", "a share from 0 to 0.6, where 0.5 is 50 %", "Check the value and its unit."),
    ),
    "day in the future": (
        "L-1 | | | | | | 2026-11-16",
        "ROW_FUTURE Loads!G2",
        ("“2026-11-16”", "a date that is not in the future", "Check the year and the month."),
    ),
    "moment in the future": (
        "L-1 | | | | | | | 2062-10-15 07:00",
        "ROW_FUTURE Loads!H2",
        (
            "“2062-10-15 07:00 (UTC)”",
            "a date that is not in the future",
            "Check the year and the month.",
        ),
    ),
    "row rule": (
        "L-1 | | | | | 2026-10-02 | 2026-10-01",
        "ROW_ORDER Loads!G2",
        (
            "Left on 2026-10-02 and Came on 2026-10-01",
            "a Came on at or after the Left on",
            "Check both dates.",
        ),
    ),
}


@pytest.mark.parametrize(("row", "listing", "words"), LIMITS.values(), ids=list(LIMITS))
def test_a_limit_gives_one_problem(row: str, listing: str, words: tuple[str, str, str]) -> None:
    (problem,) = violations(row)
    assert listed([problem]) == [listing]
    assert (problem.found, problem.expected, problem.remedy) == words


def test_a_required_cell_without_an_example_wants_a_value() -> None:
    name = Column(header="Name", kind=Kind.TEXT, required=True)
    (problem,) = violations("L-1", Sheet(name="Loads", about="", columns=(name,)))
    assert problem.expected == "a value"


@pytest.mark.parametrize("row", [row for row, _, _ in LIMITS.values()], ids=list(LIMITS))
def test_without_limits_the_problem_is_gone(row: str) -> None:
    assert violations(row, LOADS.without_limits()) == []


WITHIN = {
    "length": "L-1 | eight ch",
    "least": "L-1 | | | 0",
    "most": "L-1 | | | 40",
    "share": "L-1 | | | | 0.6",
    "today": "L-1 | | | | | | 2026-11-15",
    "this moment": "L-1 | | | | | | | 2026-11-15 12:00",
    "same day": "L-1 | | | | | 2026-10-01 | 2026-10-01",
    "pattern": "L-999",
    "blank": "L-1",
}


@pytest.mark.parametrize("row", WITHIN.values(), ids=list(WITHIN))
def test_the_limit_itself_is_within(row: str) -> None:
    assert violations(row) == []


@pytest.mark.parametrize(
    ("least", "most", "unit", "words"),
    [
        (0, None, "", "a number of at least 0"),
        (None, 1_234_567, "", "a number of at most 1234567"),
        (None, 0, "", "a number of at most 0"),
        (0.000001, 1e6, " kWh", "a number from 0.000001 to 1000000 kWh"),
    ],
)
def test_a_range_in_words(least: float | None, most: float | None, unit: str, words: str) -> None:
    tonnes = Column(
        header="Tonnes",
        kind=Kind.NUMBER,
        at_least=least,
        at_most=most,
        bound_unit=unit.strip(),
    )
    sheet = Sheet(name="Loads", about="", columns=(tonnes,))
    (problem,) = violations(f"L-1 | | | {-1 if most is None else 10**7}", sheet)
    assert problem.expected == words


def test_keys_are_unique_regardless_of_case_and_both_rows_say_so() -> None:
    found = violations("L-1\nL-2\nl-1\nL-1")
    assert listed(found) == ["KEY_TWICE Loads!A2", "KEY_TWICE Loads!A4", "KEY_TWICE Loads!A5"]
    assert [each.found for each in found] == [
        "“L-1”, also in rows 4, 5",
        "“l-1”, also in rows 2, 5",
        "“L-1”, also in rows 2, 4",
    ]


def test_blank_keys_are_missing_rather_than_repeated() -> None:
    found = violations(" | pine\n | pine")
    assert listed(found) == ["CELL_REQUIRED Loads!A2", "CELL_REQUIRED Loads!A3"]


def test_many_repeats_are_counted_rather_than_listed() -> None:
    found = violations("\n".join(["L-1"] * 100))
    assert len(found) == 100
    assert found[0].found == "“L-1”, also in rows 3, 4, 5, 6, 7 and 94 more"
    assert found[3].found == "“L-1”, also in rows 2, 3, 4, 6, 7 and 94 more"
    assert found[99].found == "“L-1”, also in rows 2, 3, 4, 5, 6 and 94 more"


def test_two_columns_together_are_unique() -> None:
    pairs = Sheet(name="Loads", about="", columns=LOADS.columns[:3], unique=("Load", "Type"))
    rows = "L-1 | | WOOD\nL-1 | | BARK CHIPS\nL-1 | |\nl-1 | | wood\nL-1 | |"
    found = violations(rows, pairs)
    assert listed(found) == ["KEY_DETAIL_TWICE Loads!C2", "KEY_DETAIL_TWICE Loads!C5"]
    assert found[0].found == "“L-1, WOOD”, also in row 5"


def test_a_cell_has_one_problem_although_two_limits_fail_and_always_the_same() -> None:
    found = violations("\n".join(f"L-{number} | PINE AND SPRUCE" for number in range(9)))
    assert listed(found) == [f"CELL_LENGTH Loads!B{row}" for row in (10, *range(2, 10))]


def test_a_row_has_all_problems_of_its_cells() -> None:
    found = violations(
        "L 1 | PINE | MEASURED | -1 | 62 | 2026-10-02 | 2062-10-01 | 2062-10-01 07:00"
    )
    assert listed(found) == [
        "CELL_CHOICE Loads!C2",
        "CELL_PATTERN Loads!A2",
        "CELL_PATTERN Loads!B2",
        "CELL_RANGE Loads!D2",
        "CELL_RANGE Loads!E2",
        "ROW_FUTURE Loads!G2",
        "ROW_FUTURE Loads!H2",
    ]


def test_an_unreadable_cell_has_that_problem_only() -> None:
    found = violations("L-1 | | | much | | soon | 2026-10-01")
    assert listed(found) == ["CELL_NOT_A_DATE Loads!F2", "CELL_NOT_A_NUMBER Loads!D2"]


def test_an_unreadable_cell_hides_no_other_of_its_column() -> None:
    found = violations("L-1 | | | much\nL-2 | | | 12.5\nL-3 | | | -1\nL-4 | | | #N/A\nL-5 | | | 99")
    assert listed(found) == [
        "CELL_NOT_A_NUMBER Loads!D2",
        "CELL_NOT_A_NUMBER Loads!D5",
        "CELL_RANGE Loads!D4",
        "CELL_RANGE Loads!D6",
    ]


def test_a_row_rule_is_asked_only_where_its_cells_are_stated() -> None:
    rows = """
    L-1 | | | | | 2026-10-02 |
    L-2 | | | | | | 2026-10-01
    L-3 | | | | | (clear) | 2026-10-01
    L-4 | | | (clear) | 50 %
    L-5 | | | 40 | soon
    """
    assert listed(violations(rows.strip())) == ["CELL_NOT_A_NUMBER Loads!E6"]


def test_each_failed_row_rule_gives_one_problem() -> None:
    found = violations("L-1 | | | 40 | 60 % | 2026-10-02 | 2026-10-01")
    assert listed(found) == ["CELL_RANGE Loads!E2", "ROW_ORDER Loads!G2"]
    assert [each.found for each in found] == [
        "Left on 2026-10-02 and Came on 2026-10-01",
        "Tonnes 40 and Moisture 0.6",
    ]


WEIGHED = RowRule(
    headers=("Weighed at", "Came on", "Tonnes"),
    holds=lambda weighed, came, tonnes: tonnes == 0 or weighed.date() <= came,
    kind=kinds.ROW_ORDER,
    expected="a load that is weighed by the day on which it came",
    remedy="Weigh it again.",
)


def test_a_row_rule_tells_its_cells_its_remedy_and_stands_at_the_last_of_them() -> None:
    sheet = Sheet(name="Loads", about="", columns=LOADS.columns, rules=(WEIGHED,))
    (problem,) = violations("L-1 | | | 3 | | | 2026-10-01 | 2026-10-02 07:00", sheet)
    assert listed([problem]) == ["ROW_ORDER Loads!D2"]
    assert problem.found == (
        "Weighed at 2026-10-02 07:00 (UTC) and Came on 2026-10-01 and Tonnes 3"
    )
    assert problem.remedy == "Weigh it again."


WRITTEN: list[tuple[Value, str]] = [
    (True, "yes"),
    (False, "no"),
    (0.1 + 0.2, "0.3"),
    (Amount(number=0.1 + 0.2, unit="l"), "0.3 l"),
    (date(2026, 10, 1), "2026-10-01"),
    (datetime(2026, 10, 1, 7, tzinfo=UTC), "2026-10-01 09:00 (Europe/Stockholm)"),
    ((Reference(to="source", key="S-1"), Reference(to="source", key="S-2")), "S-1; S-2"),
    (Clear.CLEAR, "(clear)"),
]


@pytest.mark.parametrize(("value", "words"), WRITTEN, ids=[words for _, words in WRITTEN])
def test_a_value_is_written_as_people_do(value: Value, words: str) -> None:
    assert write_value(value, "Europe/Stockholm") == words


def test_clearing_is_within_every_limit() -> None:
    assert violations("L-1 | (clear) | | (clear) | | (clear)") == []


def test_a_rule_that_cannot_be_asked_is_our_mistake_and_is_heard() -> None:
    broken = RowRule(
        headers=("Name", "Tonnes"), holds=lambda name, tonnes: name < tonnes, kind=kinds.ROW_ORDER
    )
    sheet = Sheet(name="Loads", about="", columns=LOADS.columns, rules=(broken,))
    with pytest.raises(SchemaErrors, match="TypeError"):
        violations("L-1 | pine | | 3", sheet)


def test_now_decides_what_lies_in_the_future() -> None:
    assert datetime.fromisoformat("2026-11-15T12:00:00+00:00") == NOW
    found = violations("L-1 | | | | | | | 2026-11-15 12:01")
    assert listed(found) == ["ROW_FUTURE Loads!H2"]
