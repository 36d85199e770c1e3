"""Feedstock types: claimed by their name, made where the service offers it, named by entries."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from importer.flows.account import Account
from importer.flows.connection import connect
from importer.flows.twin import as_target
from importer.sandbox.isometric.kinds import ENTRY, FEEDSTOCK_TYPE
from importer.sandbox.switches import Switches
from support.desk import Desk, by_row, problems, statuses
from tests.flows.conftest import DeskAt
from tests.flows.months import Row, build_batch, save

pytestmark = pytest.mark.slow

FREE, TAKEN = "Birch bark", "Spruce forest residues"
PATH = "/mrv/v0/feedstock_types"


def rows(*names: str) -> list[Row]:
    return [{"External ID": f"FS-{number}", "Name": name} for number, name in enumerate(names, 1)]


def send(desk: Desk, *names: str, named: str = "FS-1", **options: bool):
    """Import a batch whose entry names one of these feedstock types."""
    month = build_batch()
    month["Entries"][0]["Feedstock type"] = named
    month["Feedstock types"] = rows(*names)
    return desk.import_(save(desk, month), **options)


def written(desk: Desk) -> list[str]:
    return [each.partition(" ")[0] for each in desk.writes() if PATH in each]


@contextmanager
def elsewhere(desk: Desk) -> Iterator[Desk]:
    """The desk at a target whose settings say nothing of making feedstock types."""
    target = as_target(desk.twin, "a test")
    assert target.isometric is not None
    careful = replace(target.isometric, creates_feedstock_types="no")
    with connect(replace(target, isometric=careful)) as services:
        account = Account(desk.session.catalog, services)
        session = replace(desk.session, services=services, account=account)
        yield replace(desk, session=session)


def entered(desk: Desk) -> str:
    """The feedstock type of the one entry."""
    return str(desk.stored(ENTRY)["NB-2026-10-B1"]["feedstock_type_id"])


def test_one_of_that_name_gets_the_reference(desk: Desk) -> None:
    report = send(desk, FREE)
    assert statuses(report)["Feedstock types"] == ["updated"]
    claimed = desk.stored(FEEDSTOCK_TYPE)["FS-1"]
    assert (claimed["id"], claimed["name"]) == ("ftt_1NRBARK01SBX0003", FREE)
    assert written(desk) == ["PATCH"]
    assert entered(desk) == claimed["id"]


def test_a_plan_says_what_it_would_claim(desk: Desk) -> None:
    month = build_batch()
    month["Feedstock types"] = rows(FREE)
    outcome = by_row(desk.plan(save(desk, month)))["Feedstock types", 2]
    assert (outcome.status.value, outcome.message) == ("updated", "External ID: (nothing) → FS-1")
    assert written(desk) == []


def test_one_of_no_such_name_is_made_where_that_is_offered(desk: Desk) -> None:
    report = send(desk, "Oat husks")
    assert statuses(report)["Feedstock types"] == ["created"]
    assert desk.stored(FEEDSTOCK_TYPE)["FS-1"]["name"] == "Oat husks"
    assert entered(desk) == desk.stored(FEEDSTOCK_TYPE)["FS-1"]["id"]


def test_elsewhere_the_web_page_is_named(desk: Desk) -> None:
    with elsewhere(desk) as careful:
        report = send(careful, "Oat husks")
    assert problems(report) >= {("API_NOT_OFFERED", "Feedstock types!B2")}
    assert statuses(report)["Feedstock types"] == ["invalid"]
    assert set(statuses(report)["Entries"]) == {"blocked"}
    (problem,) = by_row(report)["Feedstock types", 2].problems
    assert "in the web page" in problem.remedy
    assert written(desk) == []


def test_elsewhere_one_of_that_name_is_claimed_all_the_same(desk: Desk) -> None:
    with elsewhere(desk) as careful:
        assert statuses(send(careful, FREE))["Feedstock types"] == ["updated"]


def test_a_second_import_writes_nothing(desk: Desk) -> None:
    send(desk, FREE, "Oat husks")
    before = desk.writes()
    report = send(desk, FREE, "Oat husks")
    assert set(report.counts) == {"unchanged"}
    assert desk.writes() == before


def test_a_machine_that_knows_nothing_finds_them_by_their_reference(desk: Desk) -> None:
    send(desk, FREE, "Oat husks")
    before = desk.writes()
    desk.forget()
    assert set(send(desk, FREE, "Oat husks").counts) == {"unchanged"}
    assert desk.writes() == before


def test_another_ones_is_not_taken(desk: Desk) -> None:
    report = send(desk, TAKEN)
    assert problems(report) >= {("KEY_TWICE", "Feedstock types!B2")}
    (problem,) = by_row(report)["Feedstock types", 2].problems
    assert "“NB-FS-SPRUCE”" in problem.found
    assert written(desk) == []


def test_two_rows_of_one_name_claim_it_once(desk: Desk) -> None:
    report = send(desk, FREE, FREE)
    assert statuses(report)["Feedstock types"] == ["updated", "invalid"]
    assert problems(report) >= {("KEY_TWICE", "Feedstock types!B3")}
    assert written(desk) == ["PATCH"]


def test_two_of_that_name_at_the_service_are_for_a_person(desk: Desk) -> None:
    (birch,) = [
        each for each in desk.twin.store.select(FEEDSTOCK_TYPE) if each.body["name"] == FREE
    ]
    desk.twin.store.insert(FEEDSTOCK_TYPE, {**birch.body, "id": "ftt_1NRBARK01SBX0009"})
    report = send(desk, FREE)
    assert problems(report) >= {("REF_SEVERAL", "Feedstock types!B2")}
    assert written(desk) == []


def test_nothing_is_claimed_where_nothing_is_to_be_updated(desk: Desk) -> None:
    report = send(desk, FREE, create_only=True)
    assert statuses(report)["Feedstock types"] == ["conflict"]
    assert statuses(report)["Entries"] == ["blocked"]
    assert written(desk) == []


@pytest.mark.parametrize("kind", ["answer-lost", "reset"])
def test_a_claim_in_doubt_is_looked_up(desk: Desk, kind: str) -> None:
    desk.goes_wrong(kind, "PATCH /feedstock_types", "isometric")  # type: ignore[arg-type] # a table's
    assert statuses(send(desk, FREE))["Feedstock types"] == ["updated"]
    assert desk.stored(FEEDSTOCK_TYPE)["FS-1"]["name"] == FREE


def test_a_name_of_the_account_still_counts(desk: Desk) -> None:
    send(desk, FREE, named=TAKEN)
    assert entered(desk) == "ftt_1NRBARK01SBX0001"


def test_a_row_with_a_mistake_holds_its_entry(desk: Desk) -> None:
    month = build_batch()
    month["Entries"][0]["Feedstock type"] = "FS-1"
    month["Feedstock types"] = [{"External ID": "FS-1", "Name": None}]
    report = desk.import_(save(desk, month))
    assert statuses(report)["Entries"] == ["blocked"]
    assert "REF_UNKNOWN_NAME" not in {code for code, _ in problems(report)}


def test_a_file_that_follows_may_name_what_this_one_made(desk: Desk) -> None:
    account = Account(desk.session.catalog, desk.session.services)
    desk.session = replace(desk.session, account=account)
    month = build_batch()
    desk.import_(save(desk, month, "first.xlsx"))
    desk.import_(desk.book("Feedstock types\nExternal ID | Name\nFS-1 | Oat husks", "second.xlsx"))
    month["Entries"][0]["Feedstock type"] = "FS-1"
    report = desk.import_(save(desk, month, "third.xlsx"))
    assert statuses(report)["Entries"] == ["updated"]


def test_a_service_that_has_no_post_after_all_is_told_in_its_words(desk_at: DeskAt) -> None:
    report = send(desk_at(Switches(feedstock_type_creation="missing")), "Oat husks")
    assert statuses(report)["Feedstock types"] == ["failed"]
    assert "status 405" in by_row(report)["Feedstock types", 2].problems[0].found


@pytest.mark.parametrize("named", ["Oat husks", "OAT HUSKS"])
def test_an_entry_names_a_new_one_by_its_name(desk: Desk, named: str) -> None:
    report = send(desk, "Oat husks", named=named)
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]
    assert entered(desk) == desk.stored(FEEDSTOCK_TYPE)["FS-1"]["id"]
    before = desk.writes()
    assert set(send(desk, "Oat husks", named=named).counts) == {"unchanged"}
    assert desk.writes() == before


def test_an_entry_waits_for_the_one_that_it_names_by_its_name(desk: Desk) -> None:
    with elsewhere(desk) as careful:
        report = send(careful, "Oat husks", named="Oat husks")
    assert set(statuses(report)["Entries"]) == {"blocked"}


def test_two_rows_of_one_name_make_neither(desk: Desk) -> None:
    """Which of them an entry means that names it could only be guessed."""
    report = send(desk, "Oat husks", "oat  husks", named="Oat husks")
    assert problems(report) == {
        ("KEY_TWICE", "Feedstock types!B2"),
        ("KEY_TWICE", "Feedstock types!B3"),
    }
    assert statuses(report)["Entries"] == ["blocked"]
    assert written(desk) == []
