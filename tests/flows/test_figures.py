"""Figures that come late: waited for after an import, and asked for again by `refresh`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from openpyxl import load_workbook

from importer.flows.figures import build_pauses
from importer.flows.importing import import_file
from importer.flows.refresh import refresh_file
from importer.flows.session import Options
from importer.model.failure import ServiceUnavailable
from importer.model.ports import Service
from importer.model.report import FileReport
from importer.reporting.text import render_report
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.server import running
from importer.sandbox.switches import Switches
from support.desk import Desk, by_row, open_desk, problems, statuses
from tests.flows import books

FIGURE = "Emissions (kg CO2e)"
STILL = "Still calculating at the service."
TOTAL = 3453.43
TWO = """
Emission logs
External ID | Config           | Site     | Period start | Period end
L-SEP       | Grid electricity | NB-PLANT | 2025-09-01   | 2025-09-30
L-OCT       | Grid electricity | NB-PLANT | 2025-10-01   | 2025-10-31

Emission log values
Emission log | Data point   | Value | Unit
L-SEP        | Electricity  | 1000  | kWh
L-SEP        | Meter number | M-1   |
L-OCT        | Electricity  | 84230 | kWh
L-OCT        | Meter number | M-1   |
"""


@dataclass(slots=True)
class Hours:
    """The one clock of sandbox and session, which only sleeping moves."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 15, 12, tzinfo=UTC))
    pauses: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.at += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Late:
    """A desk at a sandbox that calculates for a while, and its clock."""

    desk: Desk
    hours: Hours

    def import_(self, text: str, *, wait: float = 0) -> FileReport:
        path = self.desk.book(text)
        session = replace(self.desk.session, wait=wait, options=Options())
        return import_file(session, self.desk.check(path), results=None)

    def refresh(self, name: str = "book.results.xlsx", *, wait: float = 0) -> FileReport:
        return refresh_file(replace(self.desk.session, wait=wait), self.desk.folder / name)

    @property
    def results(self) -> Path:
        return self.desk.folder / "book.results.xlsx"


LateAt = Callable[[Switches], Late]


@pytest.fixture
def late_at(tmp_path: Path) -> Iterator[LateAt]:
    with ExitStack() as stack:

        def open_at(switches: Switches) -> Late:
            hours = Hours()
            twin = stack.enter_context(
                running(tmp_path / "twin.sqlite", switches=switches, clock=hours.now)
            )
            desk = stack.enter_context(open_desk(tmp_path, twin))
            desk.session = replace(desk.session, clock=hours.now, sleep=hours.sleep)
            return Late(desk, hours)

        yield open_at


@pytest.fixture
def late(late_at: LateAt) -> Late:
    """Calculations take ten seconds."""
    return late_at(Switches(calculation_seconds=10))


def cells(path: Path, header: str, sheet: str = "Emission logs") -> list[object]:
    """What stands under a header, row by row."""
    page = load_workbook(path)[sheet]
    column = [cell.value for cell in page[1]].index(header) + 1
    return [page.cell(row, column).value for row in range(2, page.max_row + 1)]


def reads(desk: Desk) -> list[str]:
    return [each for each in desk.requests() if each.startswith("GET periodic-emission-logs")]


def test_an_import_waits_until_the_figures_are_there(late: Late) -> None:
    report = late.import_(TWO, wait=60)
    assert report.is_in_order
    assert late.hours.pauses == [0.5, 1, 2, 4, 8]
    assert cells(late.results, FIGURE) == [41, TOTAL]
    assert cells(late.results, "Import message") == [None, None]


def test_a_wait_has_an_end_and_what_is_open_is_said(late: Late) -> None:
    report = late.import_(TWO, wait=5)
    assert report.is_in_order
    assert sum(late.hours.pauses) == 5
    assert cells(late.results, FIGURE) == [None, None]
    assert cells(late.results, "Import message") == [STILL, STILL]
    assert by_row(report)["Emission log values", 2].message == ""


def test_without_a_wait_it_is_asked_once(late: Late) -> None:
    late.import_(TWO)
    assert late.hours.pauses == []
    assert cells(late.results, "Import message") == [STILL, STILL]


def test_many_are_asked_for_by_page(late: Late) -> None:
    """Sixty logs are two pages a round."""
    rows = "\n".join(
        f"L-{n:02} | Grid electricity | NB-PLANT | {2000 + n // 12}-{n % 12 + 1:02}-01 | "
        f"{2000 + n // 12}-{n % 12 + 1:02}-28"
        for n in range(60)
    )
    points = "\n".join(
        f"L-{n:02} | Electricity | 10 | kWh\nL-{n:02} | Meter number | M-1 |" for n in range(60)
    )
    late.import_(
        f"Emission logs\nExternal ID | Config | Site | Period start | Period end\n{rows}\n\n"
        f"Emission log values\nEmission log | Data point | Value | Unit\n{points}"
    )
    before = len(late.desk.requests())
    report = late.refresh(wait=60)
    assert len(report.outcomes) == 60
    assert report.is_in_order
    rounds = len(late.hours.pauses) + 1
    assert len(late.desk.requests(before)) == 2 * rounds


def test_a_failed_calculation_is_a_problem_of_its_row(late_at: LateAt) -> None:
    late = late_at(Switches(calculation_seconds=1, calculation_fails=True))
    report = late.import_(books.LOG, wait=60)
    assert problems(report) == {("ROW_CALCULATION_FAILED", "Emission logs!A2")}
    (message,) = cells(late.results, "Import message")
    assert "Found a failed calculation at the service" in str(message)
    assert late.hours.pauses == [0.5, 1]


def test_a_service_that_gives_out_meanwhile_leaves_the_figures_open(late: Late) -> None:
    away = late.desk.session.services["cula"]

    class Away:
        """Cula, which is gone as soon as figures are asked for."""

        def __getattr__(self, name: str) -> object:
            if name in ("find", "fetch_page") and late.desk.writes():
                raise ServiceUnavailable("Cula is away.", remedy="Wait.")
            return getattr(away, name)

    services = {**late.desk.session.services, "cula": cast(Service, Away())}
    late.desk.session = replace(late.desk.session, services=services)
    report = late.import_(books.LOG, wait=60)
    assert report.is_in_order
    assert report.stopped == ()
    assert cells(late.results, FIGURE) == [None]


def test_refresh_fills_in_what_came_late(late: Late) -> None:
    late.import_(TWO)
    late.hours.sleep(11)
    writes = late.desk.writes()
    report = late.refresh()
    assert report.is_in_order
    assert report.results == str(late.results)
    assert cells(late.results, FIGURE) == [41, TOTAL]
    assert cells(late.results, "Import message") == [None, None]
    assert cells(late.results, "Import status") == ["created", "created"]
    assert late.desk.writes() == writes
    words = render_report(report)
    assert "the figures of all 2 rows are there." in words


def test_refresh_says_what_is_still_calculated(late: Late) -> None:
    late.import_(TWO)
    before = late.results.read_bytes()
    report = late.refresh(wait=3)
    assert sum(late.hours.pauses) == 3
    assert not report.is_in_order
    assert statuses(report) == {"Emission logs": ["skipped", "skipped"]}
    assert late.results.read_bytes() == before
    assert "the figures of 0 of 2 rows are there." in render_report(report)
    assert "still calculated 2" in render_report(report)


def test_refresh_waits_as_an_import_does(late: Late) -> None:
    late.import_(TWO)
    assert late.refresh(wait=60).is_in_order
    assert late.hours.pauses == [0.5, 1, 2, 4, 8]


def test_a_second_refresh_asks_nothing(late: Late) -> None:
    late.import_(TWO)
    late.refresh(wait=60)
    before, content = len(late.desk.requests()), late.results.read_bytes()
    report = late.refresh()
    assert report.is_in_order
    assert late.desk.requests(before) == []
    assert late.results.read_bytes() == content


def test_a_calculation_that_failed_later_is_said_once(late_at: LateAt) -> None:
    late = late_at(Switches(calculation_seconds=10, calculation_fails=True))
    late.import_(books.LOG)
    late.hours.sleep(11)
    for _ in range(2):
        report = late.refresh()
        assert not report.is_in_order
        assert statuses(report) == {"Emission logs": ["failed"]}
        assert problems(report) == {("ROW_CALCULATION_FAILED", "Emission logs!A2")}
        (message,) = cells(late.results, "Import message")
        assert str(message).count("failed calculation at the service") == 1
        assert STILL not in str(message)


def test_an_id_of_another_target_is_a_problem_at_its_row(late: Late) -> None:
    late.import_(TWO)
    body = late.desk.stored(LOG)["L-SEP"]
    late.desk.twin.store.replace(
        LOG, {**body, "_deleted_at": "2026-11-15T12:00:00Z"}, reference="L-SEP"
    )
    report = late.refresh(wait=60)
    assert statuses(report) == {"Emission logs": ["failed", "unchanged"]}
    assert problems(report) == {("REF_NOT_FOUND", "Emission logs!A2")}
    assert cells(late.results, FIGURE) == [None, TOTAL]


def test_an_id_that_belongs_to_another_row_gets_no_figure(late: Late) -> None:
    late.import_(TWO)
    late.hours.sleep(11)
    book = load_workbook(late.results)
    book["Emission logs"]["A2"] = "L-AUG"
    book.save(late.results)
    report = late.refresh()
    assert problems(report) == {("REF_NOT_FOUND", "Emission logs!A2")}
    assert "which is “L-SEP” at the service" in report.all_problems[0].found
    assert cells(late.results, FIGURE) == [None, TOTAL]


def test_a_workbook_without_results_is_told_so(late: Late) -> None:
    late.desk.book(TWO)
    report = late.refresh("book.xlsx")
    assert [each.code for each in report.all_problems] == ["FILE_NO_RESULTS"]
    assert not report.is_in_order


def test_rows_that_did_not_go_in_are_not_asked_about(late: Late) -> None:
    late.import_(TWO.replace("84230 | kWh", "much | kWh"))
    report = late.refresh(wait=60)
    assert [(each.key, each.status) for each in report.outcomes] == [("L-SEP", "unchanged")]


def test_a_conflict_has_an_id_but_no_figure_of_this_workbook(late: Late) -> None:
    late.import_(TWO)
    body = late.desk.stored(LOG)["L-OCT"]
    late.desk.twin.store.change(LOG, body["id"], {"period_end": "2025-10-30T00:00:00.000Z"})
    report = late.import_(TWO)
    assert statuses(report)["Emission logs"] == ["unchanged", "conflict"]
    assert [each.key for each in late.refresh().outcomes] == ["L-SEP"]


def test_a_service_that_is_away_cuts_a_refresh_short(late: Late) -> None:
    late.import_(TWO)
    late.desk.goes_wrong("status", "GET /periodic-emission-logs", "cula", times=999, status=503)
    report = late.refresh()
    assert report.stopped
    assert statuses(report) == {"Emission logs": ["skipped", "skipped"]}
    assert cells(late.results, "Import message") == [STILL, STILL]


def test_a_refreshed_workbook_is_still_an_input(late: Late) -> None:
    late.import_(TWO)
    late.refresh(wait=60)
    before = late.desk.writes()
    report = late.desk.import_(late.results)
    assert {each.status.value for each in report.outcomes} == {"unchanged"}
    assert late.desk.writes() == before


@pytest.mark.parametrize(
    ("wait", "pauses"),
    [
        (0, []),
        (0.2, [0.2]),
        (5, [0.5, 1, 2, 1.5]),
        (100, [0.5, 1, 2, 4, 8, 16, 30, 30, 8.5]),
    ],
)
def test_pauses_grow_and_have_an_end(wait: float, pauses: list[float]) -> None:
    assert list(build_pauses(wait)) == pauses
