"""The table of faults: what goes wrong at a write, and what may be true of its row afterwards."""

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from importer.sandbox.faults import FaultKind
from reliability.wire_line import Cut, End, Way, say_all

BOTH: tuple[str, ...] = ("isometric", "cula")
WORKS: tuple[str, ...] = ("create", "update")
ELSEWHERE = "<elsewhere>"
"""Stands for the address of a server to which nothing may be sent."""
SHORT_SECONDS = 0.4
"""Deadline of an exchange where a fault is about it."""
LARGEST_ANSWER = 100_000
"""Bytes of an answer at most, on the bench of the matrix."""

_HTML = "<!doctype html><title>Welcome</title><h1>Please sign in to the network</h1>"
_EMPTY_LISTS = {
    "nodes": [],
    "total_count": 0,
    "page_info": {
        "has_next_page": False,
        "has_previous_page": False,
        "start_cursor": None,
        "end_cursor": None,
    },
    "data": [],
    "pagination": {"has_more": False, "next_cursor": None, "limit": 50, "starting_after": None},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A fault that the sandbox is to commit.

    on: `write` are the writes of the workbook's records, of which the one in question is hit first;
        `look` are the reads of them after that; `token` is the sign-in.
    """

    on: Literal["write", "look", "token"] = "write"
    kind: FaultKind = "status"
    details: Mapping[str, Any] = field(default_factory=dict)


class Event(StrEnum):
    """What happens at the service right before the write comes."""

    SAME = "another program makes the same record"
    OTHER = "another program makes another record under the key"
    FINALISED = "the record becomes final"
    EXPIRED = "all tokens end"


class Trust(StrEnum):
    """What is wrong with the server's side of a handshake."""

    UNKNOWN = "a certificate of an unknown authority"
    OTHER_NAME = "the certificate of another host"
    EXPIRED = "a certificate that is over"
    HANGS_UP = "it hangs up"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFault:
    """One row of the table.

    orders: what the sandbox commits. cut: what the line does. event: what happens before.
    trust: the handshake, if the cut is in it.
    short: whether the deadline of an exchange has to be short.
    strict: whether the service refuses an external id that is in use, as the real ones do. The
        other one takes any, so that a second send cannot hide behind the refusal.
    stays_out: whether the row is rightly refused in every run.
    heals_after: pauses after which somebody listens again, where nobody does; None is after the
        run.
    """

    name: str
    orders: tuple[Order, ...] = ()
    cut: Cut | None = None
    event: Event | None = None
    trust: Trust | None = None
    services: tuple[str, ...] = BOTH
    works: tuple[str, ...] = WORKS
    short: bool = False
    strict: bool = False
    stays_out: bool = False
    heals_after: int | None = None

    def __str__(self) -> str:
        return self.name


def _write(kind: FaultKind = "status", **details: Any) -> Order:
    return Order(on="write", kind=kind, details=details)


def _look(kind: FaultKind = "status", **details: Any) -> Order:
    return Order(on="look", kind=kind, details=details)


def _shows_nothing(times: int) -> Order:
    return _look(status=200, body=_EMPTY_LISTS, times=times)


def _first(number: int) -> "_Mangle":
    return _Mangle(kept=number)


@dataclass(frozen=True, slots=True)
class _Mangle:
    """Says so many bytes of the answer; below zero, all but so many."""

    kept: int

    def __call__(self, head: bytes, body: bytes) -> Iterable[bytes]:
        return ((head + body)[: self.kept],)


def _say_half_body(head: bytes, body: bytes) -> Iterable[bytes]:
    return (head + body[: len(body) // 2],)


def _say_head_only(head: bytes, _body: bytes) -> Iterable[bytes]:
    return (head,)


def _say_slowly(head: bytes, body: bytes) -> Iterable[bytes]:
    answer = head + body
    return (answer[place : place + 1] for place in range(len(answer)))


def _say_body_slowly(head: bytes, body: bytes) -> Iterable[bytes]:
    yield head
    for place in range(len(body)):
        yield body[place : place + 1]


def _say_no_http(_head: bytes, _body: bytes) -> Iterable[bytes]:
    return (b"220 mail.example ESMTP ready\r\n\r\n",)


def _say_too_much(head: bytes, _body: bytes) -> Iterable[bytes]:
    yield _reframe(head, b"Transfer-Encoding: chunked")
    part = b" " * 20_000
    for _ in range(1_000):
        yield b"%x\r\n%s\r\n" % (len(part), part)


def _say_large_head(_head: bytes, _body: bytes) -> Iterable[bytes]:
    yield b"HTTP/1.1 201 Created\r\n"
    for number in range(200):
        yield b"X-Filler-%d: %s\r\n" % (number, b"x" * 2_000)


def _say_wrong_chunks(head: bytes, body: bytes) -> Iterable[bytes]:
    return (_reframe(head, b"Transfer-Encoding: chunked") + b"zz\r\n" + body,)


def _say_cut_chunks(head: bytes, body: bytes) -> Iterable[bytes]:
    chunk = b"%x\r\n%s\r\n" % (len(body), body)
    return (_reframe(head, b"Transfer-Encoding: chunked") + chunk,)


def _say_short_length(head: bytes, body: bytes) -> Iterable[bytes]:
    half = len(body) // 2
    return (_reframe(head, b"Content-Length: %d" % half) + body[:half],)


def _say_packed(head: bytes, body: bytes) -> Iterable[bytes]:
    packed = gzip.compress(body)
    framing = b"Content-Encoding: gzip\r\nContent-Length: %d" % len(packed)
    return (_reframe(head, framing) + packed,)


def _say_wide(head: bytes, body: bytes) -> Iterable[bytes]:
    wide = body.decode().encode("utf-16")
    return (_reframe(head, b"Content-Length: %d" % len(wide)) + wide,)


def _say_early(head: bytes, body: bytes) -> Iterable[bytes]:
    return (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + head + body,)


def _say_twice(head: bytes, body: bytes) -> Iterable[bytes]:
    return (head + body + head + body,)


def _say_odd_status(head: bytes, body: bytes) -> Iterable[bytes]:
    _, _, rest = head.partition(b"\r\n")
    return (b"HTTP/1.1 799 Odd\r\n" + rest + body,)


def _reframe(head: bytes, framing: bytes) -> bytes:
    lines = [
        each
        for each in head.rstrip().split(b"\r\n")
        if not each.lower().startswith((b"content-length:", b"transfer-encoding:"))
    ]
    return b"\r\n".join([*lines, framing]) + b"\r\n\r\n"


def _answers(status: int, **details: Any) -> tuple[Order, ...]:
    return (_write(status=status, **details),)


def _another(commit: bool) -> tuple[Order, ...]:
    body = {
        "id": "dtp_1NRBARK01SBX0001",
        "external_id": "X-9",
        "supplier_reference_id": "X-9",
    }
    return (_write("malformed", commit=commit, body=body),)


def _asks_for(text: str | None, times: int = 1) -> tuple[Order, ...]:
    headers = {} if text is None else {"Retry-After": text}
    return (_write(status=429, headers=headers, times=times),)


_TAKEN_BODY = json.dumps(
    {
        "error": {"type": "conflict", "code": "external_id_in_use", "message": "in use"},
        "detail": "supplier_reference_id is in use",
    }
)

ON_THE_LINE: tuple[WireFault, ...] = (
    WireFault(name="refused once", cut=Cut(way=Way.REFUSE), heals_after=1),
    WireFault(name="refused four times", cut=Cut(way=Way.REFUSE), heals_after=4),
    WireFault(name="refused to the end", cut=Cut(way=Way.REFUSE)),
    WireFault(name="reset before the request", cut=Cut(way=Way.ACCEPT)),
    WireFault(name="reset before the request, to the end", cut=Cut(way=Way.ACCEPT, times=99)),
    WireFault(name="a kept connection is closed at its use", cut=Cut(way=Way.FIRST_BYTE)),
    WireFault(
        name="kept connections are closed, to the end", cut=Cut(way=Way.FIRST_BYTE, times=99)
    ),
    WireFault(name="reset in the middle of the request", cut=Cut(way=Way.BODY)),
    WireFault(name="reset after the request, not done", cut=Cut()),
    WireFault(name="reset after the request, done", cut=Cut(reaches=True)),
    WireFault(name="hung up after the request, not done", cut=Cut(end=End.CLOSE)),
    WireFault(name="hung up after the request, done", cut=Cut(reaches=True, end=End.CLOSE)),
    WireFault(name="reset in the status line", cut=Cut(reaches=True, say=_first(9))),
    WireFault(name="reset in the head", cut=Cut(reaches=True, say=_first(60))),
    WireFault(name="hung up in the head", cut=Cut(reaches=True, say=_first(60), end=End.CLOSE)),
    WireFault(
        name="hung up after the head", cut=Cut(reaches=True, say=_say_head_only, end=End.CLOSE)
    ),
    WireFault(name="hung up in the body", cut=Cut(reaches=True, say=_say_half_body, end=End.CLOSE)),
    WireFault(name="reset in the body", cut=Cut(reaches=True, say=_say_half_body)),
    WireFault(
        name="the last byte is missing", cut=Cut(reaches=True, say=_first(-1), end=End.CLOSE)
    ),
    WireFault(
        name="a length that cuts the record short",
        cut=Cut(reaches=True, say=_say_short_length, end=End.CLOSE),
    ),
    WireFault(name="silence, done", cut=Cut(reaches=True, end=End.SILENCE), short=True),
    WireFault(name="silence, not done", cut=Cut(end=End.SILENCE), short=True),
    WireFault(
        name="done when we have given up",
        cut=Cut(reaches=True, late=True, end=End.CLOSE),
        short=True,
        strict=True,
    ),
    WireFault(
        name="silence in the body",
        cut=Cut(reaches=True, say=_say_half_body, end=End.SILENCE),
        short=True,
    ),
    WireFault(
        name="the head trickles", cut=Cut(reaches=True, say=_say_slowly, gap=0.02), short=True
    ),
    WireFault(
        name="the body trickles",
        cut=Cut(reaches=True, say=_say_body_slowly, gap=0.02),
        short=True,
    ),
    WireFault(
        name="an endless body, done", cut=Cut(reaches=True, say=_say_too_much, end=End.CLOSE)
    ),
    WireFault(name="an endless body, not done", cut=Cut(say=_say_too_much, end=End.CLOSE)),
    WireFault(name="an endless head", cut=Cut(reaches=True, say=_say_large_head, end=End.CLOSE)),
    WireFault(name="no HTTP, done", cut=Cut(reaches=True, say=_say_no_http, end=End.CLOSE)),
    WireFault(name="no HTTP, not done", cut=Cut(say=_say_no_http, end=End.CLOSE)),
    WireFault(
        name="chunks of no size", cut=Cut(reaches=True, say=_say_wrong_chunks, end=End.CLOSE)
    ),
    WireFault(
        name="chunks without an end", cut=Cut(reaches=True, say=_say_cut_chunks, end=End.CLOSE)
    ),
    WireFault(name="packed without being asked", cut=Cut(reaches=True, say=_say_packed)),
    WireFault(name="another encoding", cut=Cut(reaches=True, say=_say_wide, end=End.KEEP)),
    WireFault(name="early hints first", cut=Cut(reaches=True, say=_say_early, end=End.KEEP)),
    WireFault(name="the answer twice", cut=Cut(reaches=True, say=_say_twice, end=End.KEEP)),
    WireFault(
        name="a status that does not exist",
        cut=Cut(reaches=True, say=_say_odd_status, end=End.CLOSE),
    ),
    WireFault(name="the answer, then a reset", cut=Cut(reaches=True, say=say_all, end=End.RESET)),
)

IN_THE_HANDSHAKE: tuple[WireFault, ...] = tuple(
    WireFault(
        name=f"TLS: {trust}{', to the end' if times > 1 else ''}",
        cut=Cut(way=Way.SHAKE, times=times),
        trust=trust,
    )
    for trust in Trust
    for times in (1, 99)
)

BY_THE_SERVICE: tuple[WireFault, ...] = (
    WireFault(name="reset", orders=(_write("reset"),)),
    WireFault(name="three resets", orders=(_write("reset", times=3),)),
    WireFault(name="the answer is lost", orders=(_write("answer-lost"),)),
    WireFault(name="all answers are lost", orders=(_write("answer-lost", times=None),)),
    WireFault(name="half an answer", orders=(_write("half"),)),
    WireFault(
        name="an answer after the deadline",
        orders=(_write("slow", seconds=2 * SHORT_SECONDS),),
        short=True,
    ),
    WireFault(
        name="a wait beyond the deadline, not done",
        orders=(_write("slow", seconds=2 * SHORT_SECONDS, commit=False),),
        short=True,
    ),
    *(
        WireFault(
            name=f"done {number} requests later",
            orders=(_write("late", requests=number),),
            strict=True,
        )
        for number in (0, 1, 2, 3, 5)
    ),
    WireFault(
        name="lost, and shown by the second look only",
        orders=(_write("answer-lost"), _shows_nothing(1)),
    ),
    WireFault(
        name="lost, and shown by the third look only",
        orders=(_write("answer-lost"), _shows_nothing(2)),
    ),
    WireFault(
        name="lost, and shown by no look",
        orders=(_write("answer-lost"), _shows_nothing(99)),
        works=("create",),
        strict=True,
    ),
    WireFault(
        name="lost, and every look is lost",
        orders=(_write("answer-lost"), _look("reset", times=99)),
    ),
    WireFault(
        name="not done, and every look is lost",
        orders=(_write("reset"), _look("reset", times=99)),
    ),
    WireFault(
        name="lost, and the looks meet 503",
        orders=(_write("answer-lost"), _look(status=503, times=3)),
    ),
    WireFault(
        name="lost, and the looks meet 429",
        orders=(_write("answer-lost"), _look(status=429, times=3)),
    ),
    WireFault(
        name="lost, and the looks meet HTML",
        orders=(_write("answer-lost"), _look("malformed", body=_HTML, times=2)),
    ),
    WireFault(
        name="lost, and the looks are refused",
        orders=(_write("answer-lost"), _look(status=403, times=99)),
    ),
    WireFault(name="broken JSON, done", orders=(_write("malformed"),)),
    WireFault(name="broken JSON, not done", orders=(_write("malformed", commit=False),)),
    WireFault(name="HTML with 200, done", orders=(_write("malformed", body=_HTML),)),
    WireFault(
        name="HTML with 200, not done", orders=(_write("malformed", body=_HTML, commit=False),)
    ),
    WireFault(name="empty 200, done", orders=_answers(200, body="", commit=True)),
    WireFault(name="empty 200, not done", orders=_answers(200, body="")),
    WireFault(name="204, done", orders=_answers(204, body="", commit=True)),
    WireFault(name="202, not done", orders=_answers(202, body="{}")),
    WireFault(name="a list, done", orders=(_write("malformed", body=[1]),)),
    WireFault(name="null, done", orders=_answers(200, body="null", commit=True)),
    WireFault(name="an empty object, not done", orders=_answers(201, body="{}")),
    WireFault(name="another record, done", orders=_another(True)),
    WireFault(name="another record, not done", orders=_another(False)),
    WireFault(
        name="no id, done",
        orders=(_write("malformed", body={"supplier_reference_id": None}),),
    ),
    WireFault(name="401 once", orders=_answers(401)),
    WireFault(name="401 to the end", orders=_answers(401, times=None)),
    WireFault(name="tokens end in the run", event=Event.EXPIRED, services=("cula",)),
    WireFault(
        name="401, and no token to be had",
        orders=(*_answers(401), Order(on="token", details={"status": 503, "times": 99})),
        services=("cula",),
    ),
    WireFault(
        name="401, and the sign-in refuses",
        orders=(*_answers(401), Order(on="token", details={"status": 401, "times": 99})),
        services=("cula",),
    ),
    WireFault(
        name="401, and HTML in the place of a token",
        orders=(
            *_answers(401),
            Order(on="token", kind="malformed", details={"body": _HTML, "times": 2}),
        ),
        services=("cula",),
    ),
    WireFault(name="403 once", orders=_answers(403)),
    WireFault(name="403 to the end", orders=_answers(403, times=None)),
    WireFault(name="404", orders=_answers(404)),
    WireFault(name="400", orders=_answers(400)),
    WireFault(
        name="409, the same record is there",
        event=Event.SAME,
        works=("create",),
        strict=True,
    ),
    WireFault(
        name="409, another record is there",
        event=Event.OTHER,
        works=("create",),
        strict=True,
        stays_out=True,
    ),
    WireFault(name="409, and nothing is there", orders=_answers(409, body=_TAKEN_BODY)),
    WireFault(
        name="409 after it was done all the same",
        orders=_answers(409, body=_TAKEN_BODY, commit=True),
        works=("create",),
    ),
    WireFault(
        name="409, the record is final",
        event=Event.FINALISED,
        works=("update",),
        services=("cula",),
        stays_out=True,
    ),
    WireFault(name="413", orders=_answers(413)),
    WireFault(name="422", orders=_answers(422)),
    WireFault(name="418", orders=_answers(418)),
    WireFault(name="408, not done", orders=_answers(408)),
    WireFault(name="408, done", orders=_answers(408, commit=True)),
    WireFault(name="425, not done", orders=_answers(425)),
    WireFault(name="429 with seconds", orders=_asks_for("7")),
    WireFault(name="429 with a date", orders=_asks_for("Tue, 24 Nov 2099 09:00:00 GMT")),
    WireFault(
        name="429 with a date that is past", orders=_asks_for("Tue, 24 Nov 1998 09:00:00 GMT")
    ),
    WireFault(name="429 without Retry-After", orders=_asks_for(None, 3)),
    WireFault(name="429 with an absurd number", orders=_asks_for("9" * 40)),
    WireFault(name="429 with a number below zero", orders=_asks_for("-5")),
    WireFault(name="429 with words", orders=_asks_for("when we feel like it")),
    WireFault(name="429 to the end", orders=_asks_for("30", 99)),
    *(
        WireFault(name=f"{status}, not done", orders=_answers(status))
        for status in (500, 502, 503, 504)
    ),
    *(
        WireFault(name=f"{status}, done", orders=_answers(status, commit=True))
        for status in (500, 502, 503, 504)
    ),
    WireFault(
        name="500, 502, 503 in turn, done by the second",
        orders=(
            _write(status=500),
            _write(status=502, commit=True),
            _write(status=503, commit=True),
        ),
    ),
    WireFault(name="503 to the end", orders=_answers(503, times=None)),
    WireFault(name="503 to the end, done", orders=_answers(503, times=None, commit=True)),
    WireFault(name="503 with Retry-After", orders=_answers(503, headers={"Retry-After": "9"})),
    *(
        WireFault(
            name=f"{status} to elsewhere, {'done' if commit else 'not done'}",
            orders=_answers(status, headers={"Location": ELSEWHERE}, body="", commit=commit),
        )
        for status, commit in ((301, False), (302, True), (307, False), (308, True))
    ),
    WireFault(name="a redirect without a place", orders=_answers(303, body="")),
)

FAULTS = (*ON_THE_LINE, *IN_THE_HANDSHAKE, *BY_THE_SERVICE)
