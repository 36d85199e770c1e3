"""One column for each data point or input, instead of a row: read as what its heading says."""

import pytest

from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import ENTRY
from support.desk import Desk, by_row, problems, statuses
from support.plant import Month
from tests.flows.months import build_batch, save

LOGS = """
Emission logs
External ID | Config | Site    | Period start | Period end | {headings}
L-OCT       | Diesel | NB-YARD | 2025-10-01   | 2025-10-31 | {values}
"""
HEADINGS = (
    "Diesel volume (l)",
    "Machine hours*",
    "Biodiesel share",
    "Idle time",
    "Refuelled on site",
    "Chips moved",
    "Chips moved unit",
    "Note to self",
)
VALUES = ("2140", "178.5", "7 %", "36:30", "yes", "12", "t", "ask Nils")


def book(
    headings: tuple[str, ...] = HEADINGS, values: tuple[str, ...] = VALUES, more: str = ""
) -> str:
    return LOGS.format(headings=" | ".join(headings), values=" | ".join(values)) + more


def changed(heading: str, value: str) -> tuple[str, ...]:
    """The values with another one under that heading."""
    return tuple(
        value if each == heading else old for each, old in zip(HEADINGS, VALUES, strict=True)
    )


def points(desk: Desk) -> dict[str, object]:
    found = desk.stored(LOG)["L-OCT"]["data_points"]
    return {each["name"]: each["input_value"] for each in found}


def test_columns_go_out_like_rows(desk: Desk) -> None:
    report = desk.import_(desk.book(book()))
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]
    sent = points(desk)
    assert sent["Diesel volume"] == {"value": 2140, "unit": "l"}
    assert sent["Machine hours"] == 178.5
    assert sent["Biodiesel share"] == pytest.approx(0.07)
    assert sent["Idle time"] == 131_400_000
    assert sent["Refuelled on site"] is True
    assert sent["Chips moved"] == {"value": 12, "unit": "t"}
    before = desk.writes()
    for name in ("book.xlsx", "book.results.xlsx"):
        assert set(desk.import_(desk.folder / name).counts) == {"unchanged"}
    assert desk.writes() == before


def test_a_unit_in_brackets_is_converted_like_any(desk: Desk) -> None:
    headings = ("Diesel volume (hl)", *HEADINGS[1:])
    report = desk.import_(desk.book(book(headings, changed("Diesel volume (l)", "21.4"))))
    assert statuses(report)["Emission logs"] == ["created"]
    assert points(desk)["Diesel volume"] == {"value": 2.14, "unit": "m3"}
    assert problems(report) == {("CELL_CONVERTED", "Emission logs!F2")}


@pytest.mark.parametrize(
    ("heading", "value", "problem"),
    [
        ("Diesel volume (l)", "a lot", ("CELL_NOT_A_NUMBER", "Emission logs!F2")),
        ("Diesel volume (l)", "", ("REF_INCOMPLETE", "Emission logs!B2")),
        ("Machine hours*", "745", ("CELL_RANGE", "Emission logs!G2")),
        ("Biodiesel share", "7", ("CELL_RANGE", "Emission logs!H2")),
        ("Chips moved unit", "kWh", ("CELL_UNIT", "Emission logs!L2")),
        ("Chips moved unit", "", ("CELL_UNIT", "Emission logs!K2")),
        ("Refuelled on site", "maybe", ("CELL_NOT_YES_OR_NO", "Emission logs!J2")),
    ],
)
def test_what_is_wrong_stands_at_its_cell(
    desk: Desk, heading: str, value: str, problem: tuple[str, str]
) -> None:
    report = desk.plan(desk.book(book(values=changed(heading, value))))
    assert problems(report) == {problem}
    assert desk.writes() == []


def test_the_same_in_a_column_and_in_a_row_is_a_problem_on_both(desk: Desk) -> None:
    row = """
Emission log values
Emission log | Data point    | Value
L-OCT        | Machine hours | 178.5
"""
    report = desk.plan(desk.book(book(more=row)))
    assert problems(report) == {
        ("KEY_DETAIL_TWICE", "Emission logs!G2"),
        ("KEY_DETAIL_TWICE", "Emission log values!B2"),
    }
    (problem,) = by_row(report)["Emission log values", 2].problems
    assert (
        problem.found
        == "“Machine hours”, which stands in Emission logs row 2, “Machine hours*”, too"
    )


def test_a_column_of_ones_own_is_left_alone(desk: Desk) -> None:
    """Brackets with other words than a unit make it one."""
    headings = (*HEADINGS[:-1], "Diesel volume (last year)")
    report = desk.import_(desk.book(book(headings, (*VALUES[:-1], "1980"))))
    assert set(report.counts) == {"created"}
    assert points(desk)["Diesel volume"] == {"value": 2140, "unit": "l"}


def in_columns(month: Month) -> Month:
    """The batch with its inputs in columns of the entry's row."""
    (entry,) = month["Entries"]
    for row in month.pop("Entry inputs"):
        entry[f"{row['Component']}, {str(row['Input']).replace('_', ' ')}"] = row["Datapoints"]
    return month


def test_inputs_of_an_entry_in_columns(desk: Desk) -> None:
    path = save(desk, in_columns(build_batch()))
    report = desk.import_(path)
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]
    assert len(desk.stored(ENTRY)) == 1
    before = desk.writes()
    assert set(desk.import_(path).counts) == {"unchanged"}
    desk.import_(save(desk, build_batch(), "rows.xlsx"))
    assert desk.writes() == before, "rows and columns say the same"
