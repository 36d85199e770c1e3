"""The matrix of wire faults: a third of it, and cases with the product broken on purpose."""

import socket
from collections.abc import Iterator

import pytest

from importer.apis import decisions
from importer.apis.rows import Decision
from importer.flows import looking
from reliability.wire import Case, Stage, build_cases, open_stage, pick, run_case
from reliability.wire_faults import FAULTS

pytestmark = [pytest.mark.reliability, pytest.mark.timeout(600)]

CASES = pick(build_cases(), 1 / 3)
PARTS = 6


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with open_stage() as opened:
        yield opened


def find(name: str, service: str = "isometric", work: str = "create") -> Case:
    return next(
        each
        for each in build_cases()
        if (each.fault.name, each.service, each.work, each.place) == (name, service, work, 1)
    )


def test_the_table_is_as_large_as_it_is_said_to_be() -> None:
    assert len({each.name for each in FAULTS}) == len(FAULTS) >= 40
    assert {each.fault.name for each in CASES} == {each.name for each in FAULTS}
    for what in ("service", "work", "place"):
        whole = {getattr(each, what) for each in build_cases()}
        assert {getattr(each, what) for each in CASES} == whole


@pytest.mark.parametrize("part", range(PARTS))
def test_never_twice_never_lost(stage: Stage, part: int) -> None:
    wrong = []
    for case in CASES[part::PARTS]:
        tried = run_case(stage, case)
        wrong += [f"{case}: {each.wrong}: {each.words}" for each in tried.findings]
        wrong += [] if tried.is_met else [f"{case}: the fault did not happen"]
    assert wrong == []


def test_a_write_that_is_blindly_repeated_is_noticed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking.Sight, "look_up", lambda *_, **__: None)
    tried = run_case(stage, find("the answer is lost"))
    assert {each.wrong.value for each in tried.findings} >= {"duplicates", "foreign"}


def test_a_lost_answer_that_is_taken_for_success_is_noticed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking.Sight, "is_ours", lambda *_: True)
    monkeypatch.setattr(
        decisions,
        "TABLE",
        tuple(row for row in decisions.TABLE if row.decision is not Decision.LOOK_UP),
    )
    tried = run_case(stage, find("another record, not done"))
    assert "wrong verdicts" in {each.wrong.value for each in tried.findings}


def test_a_connection_to_another_server_is_noticed(stage: Stage) -> None:
    case = find("307 to elsewhere, not done")
    with socket.create_connection(stage.elsewhere.getsockname()):
        tried = run_case(stage, case)
    assert "foreign" in {each.wrong.value for each in tried.findings}
