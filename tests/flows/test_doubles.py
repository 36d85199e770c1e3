"""The same thing under another key: what first-time users fear most is a double count."""

from collections.abc import Sequence

import pytest

from importer.model.outcome import Status
from importer.sandbox.cula.kinds import LOG
from support.desk import Desk, by_row, problems, statuses
from tests.flows import books

Period = tuple[str, str, str]
OCTOBER = ("L-OCT", "2025-10-01", "2025-10-31")


def logs(*periods: Period, config: str = "Grid electricity") -> str:
    """A workbook of electricity logs: external id, first and last day."""
    rows = "\n".join(
        f"{key} | {config} | NB-PLANT | {start} | {end}" for key, start, end in periods
    )
    values = "\n".join(f"{key} | {name}" for key, _, _ in periods for name in _values(config))
    return (
        "Emission logs\nExternal ID | Config | Site | Period start | Period end\n"
        f"{rows}\n\nEmission log values\nEmission log | Data point | Value | Unit\n{values}"
    )


def _values(config: str) -> Sequence[str]:
    if config == "Grid electricity":
        return ("Electricity | 840 | kWh", "Meter number | M-1 |")
    return ("Gas volume | 1286 | m3", "Invoice number | N-1 |")


def lose_key(desk: Desk, key: str) -> None:
    """The log was typed in by hand, without an external id."""
    body = desk.stored(LOG)[key]
    desk.twin.store.replace(LOG, {**body, "external_id": None}, reference=None)


def posts(desk: Desk) -> int:
    return len([each for each in desk.writes() if each.startswith("POST")])


def test_a_month_that_is_there_under_another_id_is_not_sent_again(desk: Desk) -> None:
    desk.import_(desk.book(logs(OCTOBER)))
    report = desk.import_(desk.book(logs(("NEW", "2025-10-31", "2025-11-29"))))
    assert problems(report) == {("ROW_OVERLAP", "Emission logs!D2")}
    assert "“L-OCT”" in report.all_problems[0].found
    assert {each.status for each in report.outcomes} == {Status.INVALID}
    assert posts(desk) == 1


def test_a_month_that_was_typed_in_by_hand_is_not_sent_again(desk: Desk) -> None:
    desk.import_(desk.book(logs(OCTOBER)))
    lose_key(desk, "L-OCT")
    report = desk.import_(desk.book(logs(("NEW", "2025-10-05", "2025-10-06"))))
    assert problems(report) == {("ROW_OVERLAP", "Emission logs!D2")}
    assert "no External ID" in report.all_problems[0].found
    assert posts(desk) == 1


def test_a_deleted_month_does_not_count(desk: Desk) -> None:
    desk.import_(desk.book(logs(OCTOBER)))
    body = desk.stored(LOG)["L-OCT"]
    desk.twin.store.change(LOG, body["id"], {"_deleted_at": "2025-11-20T08:00:00Z"})
    assert desk.import_(desk.book(logs(("NEW", *OCTOBER[1:])))).is_in_order


def test_months_that_touch_are_fine(desk: Desk) -> None:
    desk.import_(desk.book(logs(OCTOBER)))
    report = desk.import_(
        desk.book(logs(("SEP", "2025-09-01", "2025-09-30"), ("NOV", "2025-11-01", "2025-11-30")))
    )
    assert set(report.counts) == {Status.CREATED}


def test_the_same_month_of_another_config_is_fine(desk: Desk) -> None:
    desk.import_(desk.book(logs(OCTOBER)))
    report = desk.import_(desk.book(logs(("GAS", *OCTOBER[1:]), config="Natural gas")))
    assert set(report.counts) == {Status.CREATED}


def test_two_rows_for_the_same_days_are_both_kept_out(desk: Desk) -> None:
    twice = logs(OCTOBER, ("L-AGAIN", "2025-10-15", "2025-11-14"))
    report = desk.import_(desk.book(twice))
    assert problems(report) == {
        ("ROW_OVERLAP", "Emission logs!D2"),
        ("ROW_OVERLAP", "Emission logs!D3"),
    }
    assert posts(desk) == 0


def test_a_check_sees_two_rows_for_the_same_days_without_network(desk: Desk) -> None:
    before = desk.requests()
    report = desk.report_check(desk.book(logs(OCTOBER, ("L-AGAIN", *OCTOBER[1:]))))
    assert {code for code, _ in problems(report)} == {"ROW_OVERLAP"}
    assert desk.requests() == before


def test_an_id_and_a_name_of_one_config_are_the_same_thing(desk: Desk) -> None:
    config = desk.session.services["cula"].fetch_page("/periodic-emission-log-configs").nodes[0]
    by_id = logs(OCTOBER, ("L-AGAIN", *OCTOBER[1:])).replace(
        "L-AGAIN | Grid electricity", f"L-AGAIN | {config['id']}"
    )
    report = desk.import_(desk.book(by_id))
    assert {code for code, _ in problems(report)} == {"ROW_OVERLAP"}
    assert posts(desk) == 0


@pytest.mark.parametrize("other", ["L-AGAIN", "NEW"])
def test_allow_overlap_lets_both_pass(desk: Desk, other: str) -> None:
    if other == "NEW":
        desk.import_(desk.book(logs(OCTOBER)))
    both = desk.book(logs(OCTOBER, (other, "2025-10-15", "2025-11-14")))
    report = desk.import_(both, allow_overlap=True)
    assert not problems(report)
    assert by_row(report)["Emission logs", 3].status is Status.CREATED
    assert set(desk.stored(LOG)) == {"L-OCT", other}
    assert set(desk.import_(both).counts) == {Status.UNCHANGED}


def test_a_log_may_not_be_moved_onto_another(desk: Desk) -> None:
    november = ("NOV", "2025-11-01", "2025-11-30")
    desk.import_(desk.book(logs(OCTOBER, november)))
    before = desk.writes()
    report = desk.import_(desk.book(logs(("NOV", "2025-10-31", "2025-11-30"))))
    assert problems(report) == {("ROW_OVERLAP", "Emission logs!D2")}
    assert desk.writes() == before


def test_two_logs_may_change_places(desk: Desk) -> None:
    november = ("NOV", "2025-11-01", "2025-11-30")
    desk.import_(desk.book(logs(OCTOBER, november)))
    report = desk.import_(desk.book(logs(("L-OCT", *november[1:]), ("NOV", *OCTOBER[1:]))))
    assert statuses(report)["Emission logs"] == ["updated", "updated"]


def test_a_log_that_is_not_moved_after_all_still_counts_where_it_is(desk: Desk) -> None:
    november = ("NOV", "2025-11-01", "2025-11-30")
    desk.import_(desk.book(logs(OCTOBER)))
    body = desk.stored(LOG)["L-OCT"]
    desk.twin.store.change(LOG, body["id"], {"period_end": "2025-10-30"})
    report = desk.import_(
        desk.book(logs(("L-OCT", *november[1:]), ("NEW", "2025-10-05", "2025-10-20")))
    )
    assert by_row(report)["Emission logs", 2].status is Status.CONFLICT
    assert ("ROW_OVERLAP", "Emission logs!D3") in problems(report)
    assert posts(desk) == 1


def test_a_value_may_change_although_another_log_overlaps(desk: Desk) -> None:
    both = logs(OCTOBER, ("L-AGAIN", *OCTOBER[1:]))
    desk.import_(desk.book(both), allow_overlap=True)
    changed = logs(OCTOBER).replace("840", "850")
    assert not problems(desk.import_(desk.book(changed)))


def test_a_datapoint_that_looks_like_another_goes_in_with_a_warning(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    renamed = books.DATAPOINTS.replace("D-1 ", "D-9 ")
    report = desk.import_(desk.book(renamed))
    assert problems(report) == {("ROW_LOOKALIKE", "Datapoints!A2")}
    assert "“D-1”" in report.all_problems[0].found
    assert statuses(report) == {"Datapoints": ["created", "unchanged", "unchanged"]}
    assert report.is_in_order


def test_a_datapoint_with_another_value_looks_like_none(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    other = books.DATAPOINTS.replace("D-1 ", "D-9 ").replace("840", "841")
    assert not problems(desk.import_(desk.book(other)))


def test_an_id_that_differs_by_case_only_is_not_made_anew(desk: Desk) -> None:
    desk.import_(desk.book(books.DATAPOINTS))
    before = desk.writes()
    report = desk.import_(desk.book(books.DATAPOINTS.replace("D-1 ", "d-1 ")))
    assert problems(report) == {("KEY_CASE", "Datapoints!A2")} | {
        ("ROW_LOOKALIKE", "Datapoints!A2")
    }
    assert by_row(report)["Datapoints", 2].status is Status.INVALID
    assert desk.writes() == before
