"""What waits in the outbox is sent, each once; the mail being down fails nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from importer.flows.addressees import Mail, choose_mail
from importer.flows.mailing import Office, post_report
from importer.flows.outgoing import read_notes, send_due
from importer.flows.session import Session
from importer.ledger.outbox import SqlOutbox
from importer.ledger.store import SqlLedger, open_ledger
from importer.model.failure import LedgerUnavailable, SettingsMissing
from importer.model.mail import MailServer, Security
from importer.model.outbox import MailNote, MessageEntry, MessageState
from importer.model.report import FileReport
from importer.reporting.next_step import Typed
from importer.settings.mail import MailSettings
from importer.settings.target import EmailWhen, SandboxChosen, Target
from support.desk import Desk
from tests.mail.post_office import PostOffice, find_port, open_post_office

EVA, TOM = "eva@plant.example", "tom@plant.example"
NAME = "<run-1.a@plant.example>"
BOOK = """
Datapoints
External ID | Name             | Type     | Value | Unit | Description
D-1         | Biochar produced | REPORTED | {}    | kg   | Weighbridge
"""


@dataclass(slots=True)
class Clock:
    """Stands still until a test moves it on."""

    now: datetime = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[SqlOutbox]:
    with open_ledger(f"sqlite:///{tmp_path}/outbox.sqlite", clock=clock) as ledger:
        yield ledger.outbox


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


def at(port: int) -> MailServer:
    return MailServer(host="127.0.0.1", port=port, security=Security.NONE)


def post(outbox: SqlOutbox, name: str = NAME, people: Sequence[str] = (EVA, TOM)) -> None:
    outbox.post(
        message_id=name,
        run=None,
        sender="importer@plant.example",
        recipients=people,
        content=b"Subject: x\r\n\r\nHello.\r\n",
    )


def entry(outbox: SqlOutbox, name: str = NAME) -> MessageEntry:
    found = outbox.find_message(name)
    assert found is not None
    return found


def test_what_waits_is_sent_once(outbox: SqlOutbox, office: PostOffice, clock: Clock) -> None:
    post(outbox)
    post(outbox, "<run-2.b@plant.example>")

    assert send_due(outbox, at(office.port), clock=clock) == ""
    clock.wait(days=1)
    assert send_due(outbox, at(office.port), clock=clock) == ""

    assert [each.rcpt_tos for each in office.received] == [[EVA, TOM]] * 2
    assert entry(outbox).state is MessageState.SENT


def test_a_server_that_is_down_is_tried_again(outbox: SqlOutbox, clock: Clock) -> None:
    post(outbox)
    post(outbox, "<run-2.b@plant.example>")
    port = find_port()
    assert send_due(outbox, at(port), clock=clock) == ""

    waiting = entry(outbox)
    assert (waiting.state, waiting.attempts) == (MessageState.WAITING, 1)
    assert waiting.due_at == clock.now + timedelta(minutes=1)
    assert "127.0.0.1 cannot be reached" in waiting.words
    assert entry(outbox, "<run-2.b@plant.example>").attempts == 0

    clock.wait(minutes=1)
    with open_post_office() as office:
        send_due(outbox, at(office.port), clock=clock)
    assert len(office.received) == 2
    assert entry(outbox).state is MessageState.SENT


def test_after_three_days_a_message_is_given_up(outbox: SqlOutbox, clock: Clock) -> None:
    post(outbox)
    port, started = find_port(), clock.now
    while entry(outbox).state is MessageState.WAITING:
        send_due(outbox, at(port), clock=clock)
        clock.wait(hours=1)

    assert timedelta(days=2, hours=22) < clock.now - started <= timedelta(days=3, hours=1)
    assert entry(outbox).state is MessageState.GIVEN_UP
    assert "cannot be reached" in entry(outbox).words


def test_a_refusal_for_good_is_given_up_and_the_next_goes_out(
    outbox: SqlOutbox, office: PostOffice, clock: Clock
) -> None:
    post(outbox)
    post(outbox, "<run-2.b@plant.example>")
    office.answers = ["554 Looks like spam"]

    send_due(outbox, at(office.port), clock=clock)

    assert (entry(outbox).state, entry(outbox).attempts) == (MessageState.GIVEN_UP, 1)
    assert "554 Looks like spam" in entry(outbox).words
    assert len(office.received) == 1


def test_a_refused_recipient_is_told_and_the_other_gets_it(
    outbox: SqlOutbox, office: PostOffice, clock: Clock
) -> None:
    post(outbox)
    office.refused = {TOM: "550 No such user"}

    send_due(outbox, at(office.port), clock=clock)

    assert entry(outbox).state is MessageState.SENT
    assert entry(outbox).words == f"Not delivered to {TOM}: 550 No such user."


def test_a_recipient_who_has_to_wait_gets_it_later_and_no_other_twice(
    outbox: SqlOutbox, office: PostOffice, clock: Clock
) -> None:
    post(outbox, people=(EVA, TOM, "ann@plant.example"))
    office.refused = {TOM: "451 Greylisted", "ann@plant.example": "550 No such user"}
    send_due(outbox, at(office.port), clock=clock)
    assert (entry(outbox).state, entry(outbox).open) == (MessageState.WAITING, (TOM,))

    office.refused = {}
    clock.wait(minutes=1)
    send_due(outbox, at(office.port), clock=clock)

    assert [each.rcpt_tos for each in office.received] == [[EVA], [TOM]]
    assert entry(outbox).state is MessageState.SENT
    assert entry(outbox).words == "Not delivered to ann@plant.example: 550 No such user."


def test_nobody_takes_it(outbox: SqlOutbox, office: PostOffice, clock: Clock) -> None:
    post(outbox)
    office.refused = {EVA: "550 Gone", TOM: "550 Gone"}

    send_due(outbox, at(office.port), clock=clock)

    assert entry(outbox).state is MessageState.GIVEN_UP


class Locked:
    """An outbox whose database is held by another program."""

    def _refuse(self, *_: object, **__: object) -> None:
        raise LedgerUnavailable("The ledger is held.", remedy="Wait.")

    post = claim_due = mark_sent = mark_retry = mark_given_up = find_message = _refuse
    messages_of = _refuse


def test_an_outbox_that_is_held_hinders_nothing(desk: Desk, clock: Clock) -> None:
    locked = Locked()
    session = replace(desk.session, outbox=locked)  # type: ignore[arg-type] # a stand-in
    report = FileReport(file="month.xlsx", verb="import")

    note = tell(session, report)

    assert note == MailNote(
        recipients=(EVA,), state=MessageState.GIVEN_UP, words="The ledger is held. Wait."
    )
    told = replace(report, mail=note)
    assert tuple(read_notes(locked, [told])) == (told,)  # type: ignore[arg-type] # a stand-in
    said = send_due(locked, at(1), clock=clock)  # type: ignore[arg-type] # a stand-in
    assert said == "Messages could not be sent: The ledger is held. Wait."


@pytest.fixture
def posted(desk: Desk) -> SqlOutbox:
    """The outbox of the ledger in which the desk's runs are."""
    assert isinstance(desk.session.ledger, SqlLedger)
    return desk.session.ledger.outbox


def mail(**people: tuple[str, ...]) -> Mail:
    settings = MailSettings(server=at(25), sender="importer@plant.example")
    return Mail(settings=settings, **people)


def tell(session: Session, report: FileReport) -> MailNote | None:
    results = Path(report.results) if report.results else None
    return post_report(
        office_of(session), mail(always=(EVA,)), report, typed(report), results=results
    )


def office_of(session: Session) -> Office:
    assert session.outbox is not None
    return Office(outbox=session.outbox, facts=session.facts, clock=session.clock, spell=" ".join)


def typed(report: FileReport) -> Typed:
    return Typed(verb="import", paths=(report.file,))


def test_only_of_problems_are_some_told(desk: Desk) -> None:
    told = mail(always=(EVA,), on_problems=(TOM, "EVA@plant.example"))
    good, bad = desk.book(BOOK.format(840)), desk.book(BOOK.format("much"), "bad.xlsx")

    assert told.recipients_of(desk.import_(good)) == (EVA,)
    assert set(told.recipients_of(desk.import_(bad))) == {EVA, TOM}


@pytest.mark.parametrize(
    ("size", "words", "count"),
    [(5_000_000, "is attached: book.results.xlsx", 1), (5_000_001, "larger than 5 MB", 0)],
)
def test_a_workbook_is_attached_up_to_5_mb(
    desk: Desk, posted: SqlOutbox, size: int, words: str, count: int
) -> None:
    report = desk.import_(desk.book(BOOK.format(840)))
    Path(report.results).write_bytes(b"x" * size)
    session = replace(desk.session, outbox=posted)

    note = tell(session, report)

    assert note is not None
    content = entry(posted, note.message_id).content.decode()
    assert words in content.replace("=\r\n", "").replace("\r\n", " ").replace("  ", " ")
    assert content.count("Content-Disposition: attachment") == count


def test_two_imports_of_a_file_are_one_thread_and_two_messages(
    desk: Desk, posted: SqlOutbox
) -> None:
    session = replace(desk.session, outbox=posted)
    path, threads, names = desk.book(BOOK.format(840)), set(), set()
    for _ in range(2):
        report = desk.import_(path)
        note = tell(session, report)
        assert note is not None
        names.add(note.message_id)
        head = entry(posted, note.message_id).content.decode().partition("\r\n\r\n")[0]
        threads.add(next(each for each in head.split("\r\n") if each.startswith("References:")))
        path = Path(report.results)

    assert (len(names), len(threads)) == (2, 1)


ENVIRON = {"IMPORTER_MAIL__HOST": "mail.example", "IMPORTER_MAIL__SENDER": "i@plant.example"}


def choose(target: Target | SandboxChosen, *addresses: str, **environ: str) -> Mail | None:
    return choose_mail(addresses, target, config=None, environ=environ, folder=Path("/nonexistent"))


def test_who_is_told() -> None:
    target = Target(name="plant", email=(TOM,))
    rare = replace(target, email_when=EmailWhen.PROBLEMS)

    both, rarely = choose(target, EVA, **ENVIRON), choose(rare, EVA, **ENVIRON)

    assert both is not None and rarely is not None
    assert (both.always, both.on_problems) == ((EVA, TOM), ())
    assert (rarely.always, rarely.on_problems) == ((EVA,), (TOM,))


@pytest.mark.parametrize("addresses", [(EVA,), ()])
def test_somebody_is_to_be_told_and_cannot_be(addresses: tuple[str, ...]) -> None:
    with pytest.raises(SettingsMissing, match=r"mail\.host, mail\.sender"):
        choose(Target(name="plant", email=() if addresses else (TOM,)), *addresses)


def test_nobody_is_to_be_told() -> None:
    assert choose(SandboxChosen()) is None
    assert choose(SandboxChosen(), IMPORTER_MAIL__HOST="mail.example") is None
    waiting_only = choose(SandboxChosen(), **ENVIRON)
    assert waiting_only is not None
    assert waiting_only.recipients_of(FileReport(file="m", verb="import")) == ()
