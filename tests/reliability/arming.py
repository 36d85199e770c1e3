"""Arming a process: the product's own functions are wrapped, so that each point is passed.

Nothing in the product knows of it; only a child that was forked for one import is armed.
"""

import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, event

from importer.apis.client import Client, Exchange, Lost, Request
from importer.apis.deadlines import DeadlineStream
from importer.ledger.store import SqlLedger
from importer.ledger.writers import SqlWriters
from importer.sheets.results import delivery
from reliability.points import Harm, Strike

_ID = re.compile(r"^([a-z]{3}_(?=.*\d)[0-9A-Za-z]{6,}|ext-.*)$")
_BASES = ("/tracking/v1/", "/mrv/v0/")
_KEY_FILTER = "supplier_reference_id="


@dataclass(slots=True, kw_only=True)
class Watch:
    """Counts what is passed, and strikes where the plan says so."""

    strike: Strike
    passed: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    writing: AbstractContextManager[Any] = field(default_factory=nullcontext)
    """Held during each write to the ledger, where a stop must not leave another one half done:
    SQLite would let nobody else write until the process wakes."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def pass_by(self, point: str) -> None:
        """A thread is at the point."""
        if self.is_hit(point):
            self.hit()

    def is_hit(self, point: str) -> bool:
        """Note the passing; whether it is the one to strike at."""
        with self._lock:
            self.passed[point] += 1
            self.steps += 1
            if self.strike.point:
                at = (self.strike.point, self.strike.occurrence)
                return (point, self.passed[point]) == at
            return self.steps == self.strike.step

    def hit(self) -> None:
        """Strike, now or a little later."""
        if self.strike.harm is Harm.STOP:
            with self.writing:
                _strike(self.strike.harm)
        elif self.strike.delay:
            threading.Timer(self.strike.delay, _strike, [self.strike.harm]).start()
        else:
            _strike(self.strike.harm)


def _strike(harm: Harm) -> None:
    # To this thread: sent to the process, a stop may reach it some steps later by another one.
    number = signal.SIGKILL if harm is Harm.KILL else signal.SIGSTOP
    signal.pthread_kill(threading.get_ident(), number)


class _Current(threading.local):
    """What this thread is at: a write of the ledger, and a request with its writes so far.

    No dataclass with slots: those would be shared by all threads.
    """

    def __init__(self) -> None:
        self.write = ""
        self.request = ""
        self.has_body = False
        self.writes = 0


def put(owner: object, name: str, part: object) -> None:
    """Put another part in the place of one that has to be there. Raises where the product has
    moved it: wrapping nothing would show nothing."""
    if not hasattr(owner, name):
        raise AttributeError(f"{owner} has no {name} any more")
    setattr(owner, name, part)


def arm(watch: Watch) -> None:
    """Wrap what an import does; for the rest of this process."""
    current = _Current()
    if watch.strike.harm is Harm.STOP:
        watch.writing = threading.RLock()
        put(SqlWriters, "renew", _hold(SqlWriters.renew, watch))
    _arm_ledger(watch, current)
    _arm_requests(watch, current)
    _arm_results(watch)


def _arm_ledger(watch: Watch, current: _Current) -> None:
    for owner, method, name in (
        (SqlLedger, "open_run", "open run"),
        (SqlLedger, "close_run", "close run"),
        (SqlLedger, "intend", "intend {resource}"),
        (SqlLedger, "confirm", "confirm {resource}"),
        (SqlLedger, "settle", "settle"),
        (SqlWriters, "claim", "claim"),
        (SqlWriters, "release", "release"),
    ):
        put(owner, method, _wrap_write(getattr(owner, method), name, watch, current))

    def pass_commit(_connection: Connection) -> None:
        if current.write:
            watch.pass_by(f"{current.write}: uncommitted")

    event.listen(Engine, "commit", pass_commit)


def _wrap_write(
    write: Callable[..., Any], name: str, watch: Watch, current: _Current
) -> Callable[..., Any]:
    @wraps(write)
    def wrapped(*place: Any, **facts: Any) -> Any:
        label = name.format_map({"resource": facts.get("resource", "")})
        watch.pass_by(f"{label}: before")
        current.write = label
        try:
            with watch.writing:
                answer = write(*place, **facts)
        finally:
            current.write = ""
        watch.pass_by(f"{label}: after")
        return answer

    return wrapped


def _hold(write: Callable[..., Any], watch: Watch) -> Callable[..., Any]:
    @wraps(write)
    def wrapped(*place: Any, **facts: Any) -> Any:
        with watch.writing:
            return write(*place, **facts)

    return wrapped


def _arm_requests(watch: Watch, current: _Current) -> None:
    exchange, write, read = Client.exchange, DeadlineStream.write, DeadlineStream.read

    def exchange_armed(client: Client, request: Request) -> Exchange | Lost:
        name = name_request(request)
        watch.pass_by(f"{name}: unsent")
        with _at_request(current, name, has_body=bool(request.content)):
            answer = exchange(client, request)
        watch.pass_by(f"{name}: unnoted")
        return answer

    def write_armed(stream: DeadlineStream, buffer: bytes, timeout: float | None = None) -> None:
        current.writes += 1
        # The head goes out first; what is cut is the last part, which makes the request whole.
        is_last = current.writes == (2 if current.has_body else 1)
        if current.request and is_last and watch.is_hit(f"{current.request}: cut"):
            write(stream, buffer[: len(buffer) // 2], timeout)
            watch.hit()
            buffer = buffer[len(buffer) // 2 :]
        write(stream, buffer, timeout)

    def read_armed(stream: DeadlineStream, most: int, timeout: float | None = None) -> bytes:
        if current.request and current.writes:
            current.writes = 0
            watch.pass_by(f"{current.request}: unread")
        return read(stream, most, timeout)

    for owner, method, armed in (
        (Client, "exchange", exchange_armed),
        (DeadlineStream, "write", write_armed),
        (DeadlineStream, "read", read_armed),
    ):
        put(owner, method, armed)


@contextmanager
def _at_request(current: _Current, name: str, *, has_body: bool) -> Iterator[None]:
    current.request, current.has_body, current.writes = name, has_body, 0
    try:
        yield
    finally:
        current.request = ""


def name_request(request: Request) -> str:
    """Method and path of a request, with `{id}` in the place of ids."""
    if request.target:
        return f"{request.method} document"
    path, _, query = request.url.partition("://")[2].partition("?")
    path = f"/{path.partition('/')[2]}"
    for base in _BASES:
        path = path.removeprefix(base)
    steps = ["{id}" if _ID.match(step) else step for step in path.split("/")]
    if steps[0] == "component_blueprints":
        steps[1:] = ["{name}"]
    if steps[-1] == "token":
        steps = ["token"]
    looked_up = "?key" if _KEY_FILTER in query else ""
    return f"{request.method} {'/'.join(steps)}{looked_up}"


def _arm_results(watch: Watch) -> None:
    fill, rename = delivery._fill, delivery._put  # the two steps of a delivery

    def fill_armed(part: Path, write: Callable[[BinaryIO], None]) -> None:
        watch.pass_by("results: unwritten")
        if watch.is_hit("results: half"):
            whole = BytesIO()
            write(whole)
            part.write_bytes(whole.getvalue()[: whole.tell() // 2])
            watch.hit()
        fill(part, write)
        watch.pass_by("results: synced")

    def put_armed(part: Path, path: Path) -> bool:
        is_put = rename(part, path)
        watch.pass_by("results: renamed")
        return is_put

    for name, armed in (("_fill", fill_armed), ("_put", put_armed)):
        put(delivery, name, armed)
