"""An import with an API key: the older API of Cula, over real HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from importer.apis.client import Client, Request
from importer.flows.twin import as_target
from importer.model.failure import CredentialsRefused
from importer.model.outcome import Status
from importer.model.secret import Secret
from importer.sandbox.cula.kinds import FILE, LOG
from importer.sandbox.server import Running
from importer.settings.target import CulaKeyTarget, Target
from support.desk import Desk, open_desk, problems, statuses
from tests.flows.books import LOG as ELECTRICITY

DIESEL = """
Emission logs
External ID | Config | Site    | Period start | Period end
L-OCT       | Diesel | NB-YARD | 2025-10-01   | 2025-10-31

Emission log values
Emission log | Data point      | Value    | Unit
L-OCT        | Diesel volume   | 2.14     | m3
L-OCT        | Machine hours   | 178.5    |
L-OCT        | Fuel grade      | HVO100   |
L-OCT        | Chips moved     | 1000     | lb
"""
WITH_FILE = """
Emission logs
External ID | Config | Site    | Period start | Period end | Files
L-OCT       | Diesel | NB-YARD | 2025-10-01   | 2025-10-31 | F-1

Emission log values
Emission log | Data point      | Value    | Unit
L-OCT        | Diesel volume   | 2.14     | m3
L-OCT        | Machine hours   | 178.5    |

Files
External ID | File        | Site
F-1         | invoice.pdf | NB-YARD
"""


@pytest.fixture
def target(twin: Running) -> Target:
    """The sandbox as Cula was with API keys, and no other service."""
    by_key = CulaKeyTarget(
        base_url=twin.cula_base_url,
        api_key=Secret(twin.cula_api_key),
        organisation_id=twin.cula_organisation_id,
        requests_per_minute=0,
    )
    return replace(as_target(twin, "a test"), cula=by_key, isometric=None)


@pytest.fixture
def key_desk(tmp_path: Path, twin: Running, target: Target) -> Iterator[Desk]:
    with open_desk(tmp_path, twin, target=target) as opened:
        yield opened


def more(text: str, point: str, value: str) -> str:
    """The workbook with one more value at its end."""
    return f"{text.rstrip()}\nL-OCT | {point} | {value} |\n"


@pytest.mark.parametrize("text", [ELECTRICITY, DIESEL])
def test_logs_are_created_and_stay_as_they_are(key_desk: Desk, text: str) -> None:
    path = key_desk.book(text)
    assert set(key_desk.import_(path).counts) == {Status.CREATED}
    before = key_desk.writes()
    for again in (path, path.with_name("book.results.xlsx")):
        assert set(key_desk.import_(again).counts) == {Status.UNCHANGED}
    key_desk.forget()
    assert set(key_desk.import_(path).counts) == {Status.UNCHANGED}
    assert key_desk.writes() == before == ["POST /tracking/v1/periodic-emission-logs"]


def test_no_request_names_an_organisation_or_asks_for_a_token(
    key_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Request] = []
    exchange = Client.exchange

    def note(own: Client, request: Request) -> object:
        sent.append(request)
        return exchange(own, request)

    monkeypatch.setattr(Client, "exchange", note)
    key_desk.import_(key_desk.book(ELECTRICITY))
    assert {each.headers["Authorization"] for each in sent} == {
        f"Bearer {key_desk.twin.cula_api_key}"
    }
    assert not any("Cula-Organisation-Id" in each.headers for each in sent)
    assert {each.service for each in key_desk.twin.store.requests()} == {"cula"}
    (created,) = [each for each in sent if each.method == "POST"]
    assert b"file_ids" not in created.content


@pytest.mark.parametrize(
    ("point", "value", "found"),
    [
        (
            "Biodiesel share",
            "0.07",
            "a row for “Biodiesel share”, a percentage, which the older API of Cula's API keys "
            "may count from 0 to 100",
        ),
        (
            "Idle time",
            "36:30",
            "a row for “Idle time”, a duration, which the older API of Cula's API keys may count "
            "in seconds",
        ),
        (
            "Lubricant",
            "mat_01",
            "a row for “Lubricant”, a material, whose form in the older API of Cula's API keys is "
            "not published",
        ),
    ],
)
def test_what_may_have_another_scale_is_a_problem_at_its_row(
    key_desk: Desk, point: str, value: str, found: str
) -> None:
    path = key_desk.book(more(DIESEL, point, value))
    for report in (key_desk.plan(path), key_desk.import_(path)):
        (problem,) = [each for each in report.all_problems if each.severity == "error"]
        assert (problem.code, problem.place.cell) == ("CELL_NOT_YET", "B6")
        assert problem.found == found
    assert not key_desk.writes()


def test_with_a_token_they_go_in(desk: Desk) -> None:
    report = desk.import_(desk.book(more(DIESEL, "Biodiesel share", "0.07")))
    assert set(report.counts) == {Status.CREATED}


def test_a_computed_data_point_takes_no_row(key_desk: Desk) -> None:
    report = key_desk.import_(key_desk.book(more(ELECTRICITY, "Grid factor", "0.04")))
    assert problems(report) == {("REF_COMPUTED", "Emission log values!B5")}
    assert not key_desk.writes()


def test_pounds_go_out_in_a_unit_of_one_name(key_desk: Desk) -> None:
    key_desk.import_(key_desk.book(DIESEL))
    points = key_desk.stored(LOG)["L-OCT"]["data_points"]
    (moved,) = [each["input_value"] for each in points if each["name"] == "Chips moved"]
    assert moved == {"value": pytest.approx(453.59237), "unit": "kg"}


def test_files_are_refused_where_they_are_named(key_desk: Desk) -> None:
    (key_desk.folder / "invoice.pdf").write_bytes(b"%PDF invoice")
    report = key_desk.import_(key_desk.book(WITH_FILE))
    assert problems(report) >= {
        ("CELL_NOT_YET", "Emission logs!F2"),
        ("CELL_NOT_YET", "Files!B2"),
    }
    assert statuses(report)["Files"] == ["invalid"]
    assert not key_desk.writes()
    assert not key_desk.twin.store.select(FILE)


def test_a_changed_value_is_an_update_that_keeps_what_is_not_stated(key_desk: Desk) -> None:
    key_desk.import_(key_desk.book(DIESEL))
    share = value_of(key_desk, "Biodiesel share")
    report = key_desk.import_(key_desk.book(DIESEL.replace("178.5", "180")))
    assert set(report.counts) == {Status.UPDATED}
    assert value_of(key_desk, "Machine hours") == 180
    assert value_of(key_desk, "Biodiesel share") == share == pytest.approx(0.07)


def value_of(desk: Desk, point: str) -> object:
    points = desk.stored(LOG)["L-OCT"]["data_points"]
    return next(each["input_value"] for each in points if each["name"] == point)


def test_an_update_that_might_unlink_files_is_not_sent(key_desk: Desk) -> None:
    key_desk.import_(key_desk.book(DIESEL))
    log = key_desk.stored(LOG)["L-OCT"]
    key_desk.twin.store.change(LOG, log["id"], {"file_ids": ["fil_1"]})
    before = key_desk.writes()
    assert set(key_desk.import_(key_desk.book(DIESEL)).counts) == {Status.UNCHANGED}
    report = key_desk.import_(key_desk.book(DIESEL.replace("178.5", "180")), overwrite=True)
    assert statuses(report)["Emission logs"] == ["conflict"]
    (problem,) = [each for each in report.all_problems if each.code == "API_LOCKED"]
    assert problem.found.startswith("linked files (an update with an API key might unlink them)")
    assert problem.remedy == "Put the old value back, or change the log on Cula's own page."
    assert key_desk.writes() == before
    assert key_desk.stored(LOG)["L-OCT"]["file_ids"] == ["fil_1"]


def test_a_wrong_key_opens_nothing(tmp_path: Path, twin: Running, target: Target) -> None:
    assert isinstance(target.cula, CulaKeyTarget)
    wrong = replace(target, cula=replace(target.cula, api_key=Secret("canary-wrong-key")))
    with (
        pytest.raises(CredentialsRefused, match="credentials are refused") as caught,
        open_desk(tmp_path, twin, target=wrong),
    ):
        pass
    assert "canary" not in f"{caught.value} {caught.value.remedy}"
    assert len(twin.store.requests()) == 1
