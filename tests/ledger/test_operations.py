"""Intents before the send, outcomes after."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from importer.ledger.documents import EXCERPT_LENGTH
from importer.ledger.store import SqlLedger
from importer.model.failure import LedgerUnavailable
from importer.model.ports import Answer, Call, OperationState, Refusal, Scope, Verdict
from importer.model.record import State

Reopen = Callable[[], AbstractContextManager[SqlLedger]]

DESIRED: State = {"name": "Diesel, Südtor", "quantity.magnitude": 12.0, "note": None, "n": 10**15}
CALL = Call(method="POST", path="/emission-logs", body={"external_id": "D-1", "points": [1.5, "x"]})
REFUSED = Answer(
    verdict=Verdict.REFUSED,
    status=422,
    body={"detail": "no"},
    refusals=(
        Refusal(member="name", words="too long"),
        Refusal(member="", words="try again"),
    ),
    request_id="req_9",
)


def intend(ledger: SqlLedger, run: int, scope: Scope, key: str = "D-1") -> int:
    return ledger.intend(
        run, scope, resource="emission_log", key=key, calls=[CALL], desired=DESIRED
    )


def test_an_intent_is_there_for_whoever_comes_next(
    ledger: SqlLedger, run: int, scope: Scope, reopen: Reopen
) -> None:
    number = intend(ledger, run, scope)

    with reopen() as later:
        (operation,) = later.unsettled(scope)

    assert (operation.id, operation.scope, operation.resource, operation.key) == (
        number,
        scope,
        "emission_log",
        "D-1",
    )
    assert operation.desired == DESIRED
    assert type(operation.desired["quantity.magnitude"]) is float
    assert type(operation.desired["n"]) is int


def test_what_was_to_be_sent_is_in_the_history(ledger: SqlLedger, run: int, scope: Scope) -> None:
    intend(ledger, run, scope)

    (entry,) = ledger.past.operations(run)

    spelling = (
        '{"n":1000000000000000,"name":"Diesel, Südtor","note":null,"quantity.magnitude":12.0}'
    )
    assert entry.calls == (CALL,)
    assert entry.desired == DESIRED
    assert entry.digest == hashlib.sha256(spelling.encode()).hexdigest()
    assert (entry.run, entry.state, entry.settled_at) == (run, OperationState.INTENDED, None)
    assert (entry.status, entry.request_id, entry.answer, entry.remote_id) == (0, "", "", "")


@pytest.mark.parametrize("state", [OperationState.INTENDED, OperationState.UNKNOWN])
def test_what_is_not_known_is_to_be_settled(
    ledger: SqlLedger, run: int, scope: Scope, state: OperationState
) -> None:
    numbers = [intend(ledger, run, scope, key) for key in ("b", "a", "c")]
    if state is OperationState.UNKNOWN:
        for number in numbers:
            ledger.settle(number, state)

    assert [each.id for each in ledger.unsettled(scope)] == numbers


@pytest.mark.parametrize(
    "state", [OperationState.DONE, OperationState.REFUSED, OperationState.ABSENT]
)
def test_what_is_settled_is_not_asked_again(
    ledger: SqlLedger, run: int, scope: Scope, state: OperationState
) -> None:
    ledger.settle(intend(ledger, run, scope), state)

    (entry,) = ledger.past.operations(run)
    assert ledger.unsettled(scope) == ()
    assert entry.state is state
    assert entry.settled_at is not None
    assert entry.settled_at > entry.intended_at


def test_a_refusal_is_kept_in_the_services_words(ledger: SqlLedger, run: int, scope: Scope) -> None:
    ledger.settle(intend(ledger, run, scope), OperationState.REFUSED, answer=REFUSED)

    (entry,) = ledger.past.operations(run)
    assert (entry.status, entry.request_id) == (422, "req_9")
    assert entry.answer == 'name: too long\ntry again\n{"detail":"no"}'


def test_a_long_answer_is_cut(ledger: SqlLedger, run: int, scope: Scope) -> None:
    answer = replace(REFUSED, body={"detail": "x" * 100_000})
    ledger.settle(intend(ledger, run, scope), OperationState.REFUSED, answer=answer)

    (entry,) = ledger.past.operations(run)
    assert len(entry.answer) == EXCERPT_LENGTH


def test_a_later_look_up_leaves_the_answer_that_was_doubtful(
    ledger: SqlLedger, run: int, scope: Scope
) -> None:
    doubtful = Answer(verdict=Verdict.UNKNOWN, status=502, body={}, request_id="req_1")
    number = intend(ledger, run, scope)
    ledger.settle(number, OperationState.UNKNOWN, answer=doubtful)
    ledger.settle(number, OperationState.ABSENT)

    (entry,) = ledger.past.operations(run)
    assert (entry.state, entry.status, entry.request_id) == (OperationState.ABSENT, 502, "req_1")


def test_what_is_done_stays_done(ledger: SqlLedger, run: int, scope: Scope) -> None:
    number = intend(ledger, run, scope)
    ledger.settle(number, OperationState.DONE, remote_id="log_1")
    ledger.settle(number, OperationState.ABSENT)

    (entry,) = ledger.past.operations(run)
    assert (entry.state, entry.remote_id) == (OperationState.DONE, "log_1")


def test_nothing_becomes_intended_again(ledger: SqlLedger, run: int, scope: Scope) -> None:
    with pytest.raises(ValueError, match="new intent"):
        ledger.settle(intend(ledger, run, scope), OperationState.INTENDED)


def test_an_operation_that_is_not_there_cannot_be_settled(ledger: SqlLedger) -> None:
    with pytest.raises(LedgerUnavailable, match="does not hold operation 5"):
        ledger.settle(5, OperationState.REFUSED)


@pytest.mark.parametrize("part", ["target", "service", "organisation"])
def test_another_scope_has_operations_of_its_own(
    ledger: SqlLedger, run: int, scope: Scope, part: str
) -> None:
    intend(ledger, run, scope)

    assert ledger.unsettled(replace(scope, **{part: "another"})) == ()
    assert ledger.unsettled(replace(scope, **{part: getattr(scope, part).upper()})) == ()
