"""Periods that touch: where one begins, what falls in, and what speaks against it."""

from collections.abc import Mapping
from datetime import date

import pytest

from importer.model.place import Place
from importer.model.record import Json, Line, Record
from importer.planning.periods import Closing, Member, describe, find_closings
from importer.resources.isometric.statement import STATEMENT

Body = Mapping[str, Json]


def row(end: str, number: int = 2) -> Record:
    places = {
        column.header: Place(sheet="Statements", row=number, column=at, header=column.header)
        for at, column in enumerate(STATEMENT.sheet.columns, start=1)
    }
    values = {"End on": date.fromisoformat(end)}
    line = Line(sheet="Statements", title="Statements", row=number, values=values, places=places)
    return Record(resource=STATEMENT.name, key=end, line=line)


def there(start: str | None, end: str | None, name: str = "ggs_1", **more: Json) -> Body:
    return {
        "id": name,
        "status": "DRAFT",
        "reporting_period_start_at": start,
        "reporting_period_end_at": end,
        "pending_total_co2e_removed_kg": None,
        **more,
    }


def entry(key: str, start: str, end: str) -> Member:
    return Member(key=key, start=date.fromisoformat(start), end=date.fromisoformat(end))


ENTRIES = (
    entry("E-SEP", "2026-09-03", "2026-09-28"),
    entry("E-OCT-1", "2026-09-29", "2026-10-01"),
    entry("E-OCT-31", "2026-10-20", "2026-10-31"),
    entry("E-NOV", "2026-10-30", "2026-11-01"),
)


def close(
    *ends: str, bodies: tuple[Body, ...] = (), members: tuple[Member, ...] = ENTRIES
) -> tuple[Closing, ...]:
    assert STATEMENT.submission is not None
    records = [row(end, number) for number, end in enumerate(ends, start=2)]
    return find_closings(
        STATEMENT, STATEMENT.submission, records=records, bodies=bodies, members=members
    )


def found(closing: Closing) -> list[tuple[str, str]]:
    return [(each.code, each.found) for each in closing.problems]


def test_the_first_period_begins_with_the_earliest_entry() -> None:
    (first,) = close("2026-10-31")
    assert (first.start, first.end, first.problems) == (date(2026, 9, 3), date(2026, 10, 31), ())
    assert [each.key for each in first.inside] == ["E-SEP", "E-OCT-1", "E-OCT-31"]
    assert [each.key for each in first.outside] == ["E-NOV"]


def test_the_next_one_begins_the_day_after_the_last_end() -> None:
    (october,) = close("2026-10-31", bodies=(there("2026-09-01", "2026-09-30"),))
    assert october.start == date(2026, 10, 1)
    assert [each.key for each in october.inside] == ["E-OCT-1", "E-OCT-31"]
    assert describe(october, "GHG statement") == (
        "GHG statement, new, 2026-10-01 to 2026-10-31. In it: E-OCT-1, E-OCT-31. "
        "Not in it: E-SEP (to 2026-09-28), E-NOV (to 2026-11-01)."
    )


def test_rows_follow_each_other_in_the_order_of_their_ends() -> None:
    october, november = close("2026-11-30", "2026-10-31")
    assert (october.end, november.start) == (date(2026, 10, 31), date(2026, 11, 1))
    assert [each.key for each in november.inside] == ["E-NOV"]


def test_without_entries_and_periods_only_the_service_knows_the_start() -> None:
    (first,) = close("2026-10-31", members=())
    assert (first.start, first.is_fine) == (None, True)
    assert "the first day of the project to 2026-10-31" in describe(first, "GHG statement")


def test_the_one_with_that_end_is_the_one() -> None:
    (draft,) = close("2026-10-31", bodies=(there("2026-10-01", "2026-10-31"),))
    assert draft.remote is not None
    assert draft.is_fine
    assert [each.key for each in draft.inside] == ["E-OCT-1", "E-OCT-31"]
    assert describe(draft, "GHG statement").startswith("GHG statement, ggs_1 (a draft), 2026-10-01")


@pytest.mark.parametrize("end", ["2026-10-30", "2026-10-01", "2026-09-30"])
def test_an_end_that_is_not_behind_the_last_one_is_refused(end: str) -> None:
    (closing,) = close(end, bodies=(there("2026-10-01", "2026-10-31"),))
    assert found(closing) == [
        ("ROW_PERIOD", f"{end}, and a period that ends on 2026-10-31 is there already")
    ]
    assert not closing.is_fine


def test_a_period_of_one_day_is_warned_of() -> None:
    (closing,) = close("2026-11-01", bodies=(there("2026-10-01", "2026-10-31"),))
    assert found(closing) == [
        ("ROW_PERIOD_OF_A_DAY", "2026-11-01, one day behind the end of the period before")
    ]
    assert closing.is_fine


@pytest.mark.parametrize(
    ("bodies", "words"),
    [
        (
            (there("2026-09-01", "2026-09-30"), there(None, None, "ggs_2")),
            "ggs_2 at the service without a period",
        ),
        (
            (there("2026-08-01", "2026-08-31"), there("2026-09-02", "2026-09-30", "ggs_2")),
            "the periods of ggs_1 (to 2026-08-31) and ggs_2 (from 2026-09-02), which do not touch",
        ),
        (
            (there("2026-08-01", "2026-09-01"), there("2026-09-01", "2026-09-30", "ggs_2")),
            "the periods of ggs_1 (to 2026-09-01) and ggs_2 (from 2026-09-01), which do not touch",
        ),
        ((there("soon", "2026-09-30"),), "ggs_1 at the service without a period"),
    ],
    ids=["no period", "a gap", "an overlap", "no day"],
)
def test_doubt_at_the_service_is_for_a_person(bodies: tuple[Body, ...], words: str) -> None:
    (closing,) = close("2026-10-31", bodies=bodies)
    assert found(closing) == [("ROW_PERIOD", words)]


def test_several_for_the_day_are_for_a_person() -> None:
    twins = (there("2026-10-01", "2026-10-31"), there("2026-10-01", "2026-10-31", "ggs_2"))
    (closing,) = close("2026-10-31", bodies=twins)
    assert found(closing) == [
        ("ROW_PERIOD", "2 GHG statements that end on 2026-10-31 (ggs_1, ggs_2)")
    ]


@pytest.mark.parametrize("status", ["VERIFIED", "CREDITS_ISSUED", "FAILED_VERIFICATION", "NEW"])
def test_what_cannot_be_submitted_is_said(status: str) -> None:
    (closing,) = close("2026-10-31", bodies=(there("2026-10-01", "2026-10-31", status=status),))
    ((code, words),) = found(closing)
    assert code == "API_LOCKED"
    assert words.startswith(f"ggs_1, which is {status.lower().replace('_', ' ')}; ")


def test_a_new_period_waits_for_an_earlier_row_that_is_not_fine() -> None:
    bad, late = close("2026-08-31", "2026-11-30", bodies=(there("2026-09-01", "2026-10-31"),))
    assert not bad.is_fine
    assert (late.waits_for, late.is_fine) == ("Statements row 2", False)
