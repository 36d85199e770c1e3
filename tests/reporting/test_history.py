"""Past runs in words, letter for letter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from importer.model.history import OperationEntry, RunEntry
from importer.model.outbox import MailNote, MessageEntry, MessageState
from importer.model.ports import Call, OperationState, RunState, Scope
from importer.reporting.history import render_run, render_runs
from importer.reporting.mail_notes import render_mail_notes
from tests.reporting.makers import report, text

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)

RUN = RunEntry(
    number=7,
    verb="import",
    target="plant-north",
    file="my month.xlsx",
    digest="4df1",
    author="eva",
    started_at=NOON,
    finished_at=NOON + timedelta(minutes=2),
    state=RunState.FINISHED,
    counts={"created": 2, "failed": 1},
)
CUT = replace(
    RUN, number=8, target="env", author="", finished_at=None, state=RunState.RUNNING, counts={}
)

DONE = OperationEntry(
    id=1,
    run=7,
    scope=Scope(target="plant-north", service="isometric", organisation="org_1"),
    resource="datapoint",
    key="D-1",
    calls=(Call(method="POST", path="/datapoints", body={"value": 1}),),
    desired={"value": 1},
    digest="aa",
    state=OperationState.DONE,
    intended_at=NOON,
    settled_at=NOON,
    remote_id="dtp_1",
    status=200,
    request_id="req_9",
    answer="",
)
LOST = replace(DONE, key="D-2", state=OperationState.UNKNOWN, status=0, remote_id="", request_id="")
REFUSED = replace(
    LOST, key="D-3", state=OperationState.REFUSED, status=422, answer="value: too heavy"
)


def test_the_last_runs() -> None:
    assert render_runs([CUT, RUN]) == text(
        """
        run 8  2026-11-03 12:00  import to env  running  no rows  my month.xlsx
        run 7  2026-11-03 12:00  import to plant-north by eva  finished  created 2 · failed 1  my month.xlsx

        Next: see what a run sent:
          importer runs 8
        """  # noqa: E501 - a line of a table is not folded
    )


def test_no_runs_yet() -> None:
    assert render_runs([]) == text(
        """
        The ledger has no runs yet.
        Next:
          importer import FILE --target sandbox
        """
    )


def test_one_run() -> None:
    told = render_run(RUN, [DONE, LOST, REFUSED]).splitlines()
    assert told[1:5] == [
        "  file       my month.xlsx",
        "  SHA-256    4df1",
        "  started    2026-11-03 12:00 UTC",
        "  finished   2026-11-03 12:02 UTC",
    ]
    assert told[5] == (
        "  12:00:00  done      datapoint D-1  POST /datapoints  status 200  dtp_1  request req_9"
    )
    assert told[6] == "  12:00:00  unknown   datapoint D-2  POST /datapoints  no answer"
    assert told[7] == (
        "  12:00:00  refused   datapoint D-3  POST /datapoints  status 422  “value: too heavy”"
    )
    assert told[-2:] == [
        "Next: an import of the file sends only what is still open:",
        "  importer import 'my month.xlsx' --target plant-north",
    ]


def test_a_run_that_was_cut_short_before_it_sent_anything() -> None:
    told = render_run(CUT, [])
    assert "  finished   not: it was cut short, or is still running\n" in told
    assert "  Nothing was sent.\n" in told
    assert told.endswith("\n  importer import 'my month.xlsx'")


TOLD = MessageEntry(
    id=1,
    message_id="<run-7.a@plant.example>",
    run=7,
    sender="importer@plant.example",
    recipients=("eva@plant.example", "tom@plant.example"),
    open=(),
    content=b"",
    state=MessageState.SENT,
    attempts=1,
    due_at=NOON,
    words="Not delivered to tom@plant.example: 550 No such user.",
    written_at=NOON,
    sent_at=NOON + timedelta(minutes=3),
)
AWAY = "The mail server mail.example cannot be reached.\nCheck IMPORTER_MAIL__HOST."


def test_who_was_told_of_a_run() -> None:
    waits = replace(TOLD, state=MessageState.WAITING, attempts=2, sent_at=None, words=AWAY)
    lost = replace(TOLD, state=MessageState.GIVEN_UP, sent_at=None, words="550 No.")
    lines = render_run(RUN, [], [TOLD, waits, lost]).splitlines()
    assert lines[5:8] == [
        "  e-mail     sent 2026-11-03 12:03 UTC to eva@plant.example, tom@plant.example. "
        "Not delivered to tom@plant.example: 550 No such user.",
        "  e-mail     waiting after 2 attempts, to eva@plant.example, tom@plant.example; "
        "due 2026-11-03 12:00 UTC. The mail server mail.example cannot be reached. "
        "Check IMPORTER_MAIL__HOST.",
        "  e-mail     given up after 1 attempt, to eva@plant.example, tom@plant.example. 550 No.",
    ]


def test_what_became_of_messages_in_a_line_each() -> None:
    note = MailNote(recipients=("eva@plant.example",), state=MessageState.SENT)
    waits = replace(note, state=MessageState.WAITING, words=AWAY)
    lost = replace(note, state=MessageState.GIVEN_UP, words="550 No.")
    reports = [report("import", mail=each) for each in (note, None, waits, lost)]
    assert list(render_mail_notes(reports)) == [
        "E-mail about month.xlsx sent to eva@plant.example.",
        "The e-mail about month.xlsx to eva@plant.example is not sent yet. The mail server "
        "mail.example cannot be reached. Check IMPORTER_MAIL__HOST. It waits in the outbox and is "
        "tried again with the next import.",
        "The e-mail about month.xlsx to eva@plant.example will not be sent. 550 No.",
    ]


def test_a_run_that_the_page_began_goes_on_at_the_page() -> None:
    told = render_run(replace(RUN, verb="upload", file="may.xlsx"), ())
    assert "uploading the file sends only what is still open:\n  importer serve --target" in told
    assert "importer import" not in told
