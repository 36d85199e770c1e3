"""`--trust-ledger`: rows that were confirmed before are not asked for, and it is said."""

from collections import Counter
from pathlib import Path

from importer.model.outcome import Status
from importer.sandbox.isometric.kinds import DATAPOINT
from support.desk import Desk, by_row, statuses
from support.plant import build_month
from tests.flows import books
from tests.flows.months import save_whole


def requests_of(desk: Desk, path: Path, **options: bool) -> Counter[str]:
    before = len(desk.requests())
    report = desk.import_(path, **options)
    assert report.is_in_order
    return Counter(desk.requests(before))


def test_confirmed_rows_cost_nothing_and_say_so(desk: Desk) -> None:
    path = desk.book(books.build_datapoints(60))
    desk.import_(path)
    assert requests_of(desk, path, trust_ledger=True) == {}
    row = by_row(desk.import_(path, trust_ledger=True))["Datapoints", 2]
    assert row.status is Status.UNCHANGED
    assert row.message.startswith("Not asked")
    assert row.id == desk.stored(DATAPOINT)["D-0001"]["id"]


def test_a_changed_row_is_asked_for(desk: Desk) -> None:
    desk.import_(desk.book(books.build_datapoints(20)))
    changed = desk.book(books.build_datapoints(20).replace("Reading 7 ", "Reading seven "))
    found = requests_of(desk, changed, trust_ledger=True)
    assert found.pop("GET datapoints") == 1
    assert list(found.values()) == [1]


def test_a_whole_month_costs_only_what_the_account_defines(desk: Desk) -> None:
    path = save_whole(desk, build_month())
    desk.import_(path)
    found = requests_of(desk, path, trust_ledger=True)
    assert {each.split(" ")[0] for each in found} == {"GET"}
    listed = ("datapoints", "sources", "ghg_entries", "files", "periodic-emission-logs/")
    assert not [each for each in found if each.split(" ")[1].startswith(listed)]


def test_what_only_the_service_changed_goes_unseen_as_asked_for(desk: Desk) -> None:
    """That is the price, and why it is not the default."""
    path = desk.book(books.DATAPOINTS)
    desk.import_(path)
    mine = desk.session
    desk.forget()
    desk.import_(desk.book(books.DATAPOINTS.replace("840", "841"), "other.xlsx"), overwrite=True)
    desk.session = mine
    assert statuses(desk.import_(path, trust_ledger=True))["Datapoints"] == ["unchanged"] * 3
    assert statuses(desk.import_(path))["Datapoints"] == ["conflict", "unchanged", "unchanged"]


def test_a_document_that_changed_is_asked_for(desk: Desk) -> None:
    path = save_whole(desk, build_month())
    desk.import_(path)
    source = next((desk.folder / "evidence").glob("*.pdf"))
    source.write_bytes(source.read_bytes() + b"%corrected")
    report = desk.import_(path, trust_ledger=True)
    changed = {each.status for each in report.outcomes} - {Status.UNCHANGED}
    assert changed & {Status.CREATED, Status.CONFLICT}


def test_another_ledger_knows_nothing_and_asks(desk: Desk) -> None:
    path = desk.book(books.DATAPOINTS)
    desk.import_(path)
    desk.forget()
    assert requests_of(desk, path, trust_ledger=True) == {"GET datapoints": 1}
