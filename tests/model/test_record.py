"""Records, their lines and values, and the small facts around them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from importer.model.moment import respell_moment, write_moment
from importer.model.place import Place
from importer.model.record import Amount, Clear, Line, Record, Reference
from importer.model.secret import Secret
from importer.model.table import BLANK_CELL, Cell, CellKind, Row, Table

HEADER = Place(sheet="Entries", row=2, column=1, header="External ID")


def line(sheet: str = "Entries", row: int = 2, **values: str) -> Line:
    return Line(sheet=sheet, title=sheet, row=row, values=values, places={"External ID": HEADER})


def test_a_record_is_the_same_in_whatever_case_its_key_is_written() -> None:
    names = {
        Record(resource="ghg-entry", key=key, line=line()).name
        for key in ("NB-Straße", "nb-strasse", "NB-STRASSE")
    }
    assert names == {("ghg-entry", "nb-strasse")}


def test_the_lines_of_a_record_are_its_own_first_then_those_of_its_details() -> None:
    one, two = line("Entry inputs", 5), line("Entry inputs", 9)
    record = Record(
        resource="ghg-entry", key="B-1", line=line(), details={"Entry inputs": (one, two)}
    )
    assert [(each.sheet, each.row) for each in record.lines] == [
        ("Entries", 2),
        ("Entry inputs", 5),
        ("Entry inputs", 9),
    ]


def test_a_blank_cell_has_no_text() -> None:
    assert line(Name="x").text("Name") == "x"
    assert line().text("Name") == ""
    assert line().place("External ID") is HEADER


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Clear.CLEAR, "(clear)"),
        (Reference(to="site", key="NB-PLANT"), "NB-PLANT"),
        (Amount(number=840, unit="kWh"), "840 kWh"),
    ],
)
def test_a_value_is_written_as_its_cell_has_it(value: object, text: str) -> None:
    assert str(value) == text


def test_a_secret_does_not_print() -> None:
    secret = Secret("hunter2")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == "hunter2"
    assert secret
    assert not Secret("")


TABLE = Table(sheet="Entries", title="entries (old)", columns={"External ID": 3}, rows=())


def test_a_table_knows_places_by_the_name_in_the_users_file() -> None:
    assert str(TABLE.place(7, "External ID")) == "entries (old)!C7 (External ID)"


def test_a_column_that_the_sheet_lacks_leaves_the_row() -> None:
    assert str(TABLE.place(7, "Template")) == "entries (old), row 7"


def test_a_cell_that_the_row_lacks_is_blank() -> None:
    cell = Cell(kind=CellKind.TEXT, value="x")
    row = Row(number=7, cells={"Name": cell})
    assert row.cell("Name") is cell
    assert row.cell("Type") is BLANK_CELL


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2025, 10, 14, 9, 30, tzinfo=UTC), "2025-10-14T09:30:00Z"),
        (datetime(2025, 10, 14, 9, 30, 5, 7000, tzinfo=UTC), "2025-10-14T09:30:05.007Z"),
        (datetime(2025, 10, 14, 9, 30, 0, 999, tzinfo=UTC), "2025-10-14T09:30:00Z"),
        (
            datetime(2025, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2024-12-31T23:30:00Z",
        ),
    ],
)
def test_a_moment_is_written_in_utc_with_milliseconds_where_there_are_some(
    moment: datetime, text: str
) -> None:
    assert write_moment(moment) == text
    assert respell_moment(text) == text


@pytest.mark.parametrize("text", ["", "yesterday", "2025-13-01", "0001-01-01T00:00:00+14:00"])
def test_text_that_is_no_moment_stays_as_it_is(text: str) -> None:
    assert respell_moment(text) == text
