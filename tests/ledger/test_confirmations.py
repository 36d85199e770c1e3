"""What was confirmed, kept for ever."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import StatementError

from importer.ledger.store import SqlLedger
from importer.model.failure import LedgerUnavailable
from importer.model.ports import Answer, OperationState, Scope, Verdict
from importer.model.record import State

ACCEPTED = Answer(
    verdict=Verdict.ACCEPTED,
    status=201,
    body={"upload_url": "https://store.example/?signature=abc"},
    request_id="req_2",
)


def confirm(
    ledger: SqlLedger,
    scope: Scope,
    sent: State,
    *,
    key: str = "D-1",
    observed: State | None = None,
    remote_id: str = "dpt_1",
    operation: int | None = None,
) -> None:
    ledger.confirm(
        scope,
        resource="datapoint",
        key=key,
        remote_id=remote_id,
        sent=sent,
        observed=sent if observed is None else observed,
        operation=operation,
        answer=ACCEPTED if operation else None,
    )


def payloads(ledger: SqlLedger, scope: Scope, key: str = "D-1") -> list[State]:
    found = ledger.confirmations(scope, "datapoint", [key])
    return [each.sent for each in found.get(key, ())]


def test_both_spellings_are_kept(ledger: SqlLedger, scope: Scope) -> None:
    confirm(ledger, scope, {"unit": "kg"}, observed={"unit": "kilogram"})

    (found,) = ledger.confirmations(scope, "datapoint", ["D-1"])["D-1"]
    assert (found.sent, found.observed) == ({"unit": "kg"}, {"unit": "kilogram"})
    assert found.at == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_all_payloads_are_kept_oldest_first(ledger: SqlLedger, scope: Scope) -> None:
    for value in (1, 2, 1):
        confirm(ledger, scope, {"value": value})

    assert payloads(ledger, scope) == [{"value": 1}, {"value": 2}, {"value": 1}]


def test_the_latest_payload_is_not_kept_twice(ledger: SqlLedger, scope: Scope) -> None:
    for _time in range(3):
        confirm(ledger, scope, {"value": 1.0, "unit": "kg"})
    confirm(ledger, scope, {"unit": "kg", "value": 1.0})

    assert len(payloads(ledger, scope)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"sent": {"value": 2}},
        {"sent": {"value": True}},
        {"sent": {"value": None}},
        {"sent": {"value": 1}, "observed": {"value": "1"}},
        {"sent": {"value": 1}, "remote_id": "dpt_2"},
    ],
    ids=str,
)
def test_any_difference_is_another_payload(
    ledger: SqlLedger, scope: Scope, change: dict[str, object]
) -> None:
    confirm(ledger, scope, {"value": 1})
    confirm(ledger, scope, **change)  # type: ignore[arg-type]  # the cases are a table of keywords

    assert len(payloads(ledger, scope)) == 2


def test_a_confirmation_ends_its_operation(ledger: SqlLedger, run: int, scope: Scope) -> None:
    number = ledger.intend(run, scope, resource="datapoint", key="D-1", calls=[], desired={"v": 1})
    confirm(ledger, scope, {"v": 1}, operation=number)

    (entry,) = ledger.past.operations(run)
    assert ledger.unsettled(scope) == ()
    assert (entry.state, entry.remote_id) == (OperationState.DONE, "dpt_1")
    assert (entry.status, entry.request_id) == (201, "req_2")
    assert entry.settled_at is not None


def test_a_signed_address_is_not_remembered(ledger: SqlLedger, run: int, scope: Scope) -> None:
    number = ledger.intend(run, scope, resource="datapoint", key="D-1", calls=[], desired={"v": 1})
    confirm(ledger, scope, {"v": 1}, operation=number)

    assert "signature" not in repr(ledger.past.operations(run))


def test_a_confirmation_that_fails_leaves_the_operation_open(
    ledger: SqlLedger, run: int, scope: Scope
) -> None:
    number = ledger.intend(run, scope, resource="datapoint", key="D-1", calls=[], desired={"v": 1})

    with pytest.raises((StatementError, ValueError), match="not JSON compliant"):
        confirm(ledger, scope, {"v": float("nan")}, operation=number)

    assert [each.id for each in ledger.unsettled(scope)] == [number]
    assert payloads(ledger, scope) == []


def test_the_operation_of_another_record_is_not_ended(
    ledger: SqlLedger, run: int, scope: Scope
) -> None:
    number = ledger.intend(run, scope, resource="datapoint", key="D-1", calls=[], desired={"v": 1})

    for elsewhere in (replace(scope, organisation="org_2"), replace(scope, target="other")):
        with pytest.raises(LedgerUnavailable, match="does not hold operation"):
            confirm(ledger, elsewhere, {"v": 1}, operation=number)
        assert payloads(ledger, elsewhere) == []
    with pytest.raises(LedgerUnavailable, match="does not hold operation"):
        confirm(ledger, scope, {"v": 1}, key="d-1", operation=number)

    assert [each.id for each in ledger.unsettled(scope)] == [number]


@pytest.mark.parametrize("part", ["target", "service", "organisation"])
def test_scopes_do_not_mix(ledger: SqlLedger, scope: Scope, part: str) -> None:
    other = replace(scope, **{part: "another"})
    confirm(ledger, scope, {"v": 1})
    confirm(ledger, other, {"v": 2})

    assert payloads(ledger, scope) == [{"v": 1}]
    assert payloads(ledger, other) == [{"v": 2}]


def test_resources_do_not_mix(ledger: SqlLedger, scope: Scope) -> None:
    confirm(ledger, scope, {"v": 1})

    assert ledger.confirmations(scope, "entry", ["D-1"]) == {}


def test_keys_are_exact(ledger: SqlLedger, scope: Scope) -> None:
    keys = ["D-1", "d-1", "D-1 ", "D-%", "D-_", "Größe", "Gro\u0308ße", "'; --", "1001", "1001.0"]
    for position, key in enumerate(keys):
        confirm(ledger, scope, {"position": position}, key=key)

    found = ledger.confirmations(scope, "datapoint", keys)
    assert {key: each[0].sent["position"] for key, each in found.items()} == {
        key: position for position, key in enumerate(keys)
    }
    assert all(len(each) == 1 for each in found.values())


def test_thousands_of_keys_are_one_question(ledger: SqlLedger, scope: Scope) -> None:
    confirm(ledger, scope, {"v": 1}, key="K-00007")
    confirm(ledger, scope, {"v": 2}, key="K-07999")
    keys = [f"K-{number:05}" for number in range(8000)]

    found = ledger.confirmations(scope, "datapoint", iter(keys + keys))

    assert sorted(found) == ["K-00007", "K-07999"]
    assert [len(each) for each in found.values()] == [1, 1]


def test_no_keys_find_nothing(ledger: SqlLedger, scope: Scope) -> None:
    assert ledger.confirmations(scope, "datapoint", []) == {}
