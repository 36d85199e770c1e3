"""The outbox: durable, each message once, and never sent by two at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from importer.ledger.outbox import SqlOutbox
from importer.ledger.store import SqlLedger
from importer.model.outbox import MessageEntry, MessageState
from tests.ledger.conftest import NOON

Reopen = Callable[[], AbstractContextManager[SqlLedger]]

LEASE = timedelta(minutes=10)
LATER = NOON + timedelta(hours=1)
EVA, TOM = "eva@plant.example", "tom@plant.example"


@pytest.fixture
def outbox(ledger: SqlLedger) -> SqlOutbox:
    return ledger.outbox


def post(outbox: SqlOutbox, name: str = "<run-1.a@plant.example>", run: int | None = None) -> int:
    return outbox.post(
        message_id=name,
        run=run,
        sender="importer@plant.example",
        recipients=(EVA, TOM),
        content=b"\x00the message",
    )


def read(outbox: SqlOutbox, name: str = "<run-1.a@plant.example>") -> MessageEntry:
    entry = outbox.find_message(name)
    assert entry is not None
    return entry


def test_a_message_outlives_the_process(outbox: SqlOutbox, run: int, reopen: Reopen) -> None:
    post(outbox, run=run)

    with reopen() as later:
        (entry,) = later.outbox.messages_of(run)

    assert (entry.state, entry.attempts, entry.words) == (MessageState.WAITING, 0, "")
    assert entry.recipients == entry.open == (EVA, TOM)
    assert (entry.sender, entry.content) == ("importer@plant.example", b"\x00the message")
    assert (entry.due_at, entry.sent_at) == (entry.written_at, None)


def test_a_message_is_posted_once(outbox: SqlOutbox) -> None:
    assert post(outbox) == post(outbox)
    assert post(outbox, "<run-2.b@plant.example>") != post(outbox)
    assert len(outbox.claim_due(LATER, LEASE, limit=10)) == 2


def test_what_one_has_taken_no_other_takes(outbox: SqlOutbox, reopen: Reopen) -> None:
    post(outbox)

    (entry,) = outbox.claim_due(LATER, LEASE)

    assert entry.attempts == 1
    with reopen() as other:
        assert other.outbox.claim_due(LATER + LEASE / 2, LEASE) == ()
        (again,) = other.outbox.claim_due(LATER + LEASE, LEASE)
    assert (again.id, again.attempts) == (entry.id, 2)


def test_many_that_send_share_the_messages(outbox: SqlOutbox) -> None:
    for number in range(20):
        post(outbox, f"<run-{number}.a@plant.example>")

    def take(_worker: int) -> list[int]:
        taken: list[int] = []
        while claimed := outbox.claim_due(LATER, LEASE):
            taken += [each.id for each in claimed]
        return taken

    with ThreadPoolExecutor(4) as pool:
        everything = [each for taken in pool.map(take, range(4)) for each in taken]

    assert len(everything) == len(set(everything)) == 20


def test_the_oldest_goes_first_and_none_before_its_time(outbox: SqlOutbox) -> None:
    first, second = post(outbox, "<a@b.example>"), post(outbox, "<c@d.example>")
    outbox.mark_retry(first, "not yet", LATER)

    assert [each.id for each in outbox.claim_due(NOON + LEASE, LEASE, limit=5)] == [second]
    assert [each.id for each in outbox.claim_due(LATER, LEASE, limit=5)] == [second, first]


def test_a_message_that_was_sent_lets_its_content_go(outbox: SqlOutbox) -> None:
    message = post(outbox)

    outbox.mark_sent(message, "Not delivered to x.")

    entry = read(outbox)
    assert (entry.state, entry.words, entry.content) == (
        MessageState.SENT,
        "Not delivered to x.",
        b"",
    )
    assert entry.sent_at is not None
    assert outbox.claim_due(LATER, LEASE) == ()


def test_a_retry_goes_to_those_who_lack_it(outbox: SqlOutbox) -> None:
    message = post(outbox)

    outbox.mark_retry(message, "tom has to wait", LATER, (TOM,))
    (entry,) = outbox.claim_due(LATER, LEASE)

    assert (entry.recipients, entry.open) == ((EVA, TOM), (TOM,))
    assert entry.words == "tom has to wait"
    outbox.mark_retry(message, "the server is down", LATER)
    assert read(outbox).open == (TOM,)


def test_a_message_that_is_given_up_stays_so(outbox: SqlOutbox) -> None:
    message = post(outbox)
    outbox.mark_given_up(message, "no such user")
    outbox.mark_sent(message)
    outbox.mark_retry(message, "again", NOON)

    entry = read(outbox)
    assert (entry.state, entry.words, entry.sent_at) == (
        MessageState.GIVEN_UP,
        "no such user",
        None,
    )
    assert outbox.claim_due(LATER, LEASE) == ()


def test_a_message_that_is_not_there(outbox: SqlOutbox, run: int) -> None:
    assert outbox.find_message("<a@b.example>") is None
    assert outbox.messages_of(run) == ()


def test_the_message_itself_is_not_printed(outbox: SqlOutbox) -> None:
    post(outbox)
    assert "the message" not in repr(read(outbox))
