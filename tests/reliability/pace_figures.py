"""How much of the configured pace is used in a simulated hour, and that it is never exceeded.

Programs, their threads and the service live on one simulated clock: whoever sleeps hands over to
whoever wakes next. Pace, patience, the answer table and the ledger's quota are the product's own;
only the service is made up, which counts what comes and refuses what is too much. Beside it stands
the plain way: a look-up and a POST in a loop that backs off when it is refused.
"""

import heapq
import math
import random
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from importer.apis.attempts import Attempts
from importer.apis.client import Exchange, Lost, Request
from importer.apis.credentials import FixedCredentials
from importer.apis.pace import WINDOW_SECONDS, Pace, Window
from importer.apis.patience import Patience
from importer.apis.situations import Use
from importer.ledger.store import open_ledger
from importer.model.quota import Quota

HOUR = 3_600.0
LEAST_SHARE = 0.97
_START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_TOO_MANY = 429


class Over(BaseException):
    """The hour is over."""


class Hour:
    """A simulated hour. One thread runs at a time: the one whose moment has come."""

    def __init__(self, seconds: float = HOUR) -> None:
        self._seconds = seconds
        self._now = 0.0
        self._order: list[tuple[float, int, threading.Event]] = []
        self._number = 0
        self._turn = threading.Semaphore(0)
        self._broken: list[BaseException] = []

    def clock(self) -> float:
        """Seconds from its beginning."""
        return self._now

    def moment(self) -> datetime:
        """The same as a moment."""
        return _START + timedelta(seconds=self._now)

    def sleep(self, seconds: float) -> None:
        """Let the others go on for so long. Raises Over when the hour ends before."""
        wake = threading.Event()
        # Whole microseconds, which is what moments hold.
        self._queue(math.ceil((self._now + max(seconds, 0.0)) * 1e6 + 1e-3) / 1e6, wake)
        self._turn.release()
        wake.wait()
        if self._now >= self._seconds:
            raise Over

    def play(self, works: Sequence[Callable[[], None]]) -> None:
        """Have each of them work, in a thread of its own, until the hour is over."""
        threads = [threading.Thread(target=self._begin, args=(work,)) for work in works]
        for each in threads:
            each.start()
            # Each waits for its first turn before the next one comes.
            self._turn.acquire()
        for _ in range(len(threads)):
            while self._order:
                self._now, _, wake = heapq.heappop(self._order)
                wake.set()
                self._turn.acquire()
        for each in threads:
            each.join()
        if self._broken:
            raise self._broken[0]

    def _begin(self, work: Callable[[], None]) -> None:
        try:
            self.sleep(0.0)
            while True:
                work()
        except Over:
            pass
        except BaseException as failure:  # noqa: BLE001 (raised again where it is waited for)
            self._broken.append(failure)
        finally:
            self._turn.release()

    def _queue(self, at: float, wake: threading.Event) -> None:
        self._number += 1
        heapq.heappush(self._order, (at, self._number, wake))


@dataclass(slots=True, kw_only=True)
class MadeUpService:
    """Takes `limit` requests in any minute, counted when they arrive; each takes its time."""

    hour: Hour
    limit: int
    latency: float
    chance: random.Random
    arrivals: list[float] = field(default_factory=list)
    refused: int = 0
    _last: deque[float] = field(default_factory=deque)

    def exchange(self, _request: Request) -> Exchange | Lost:
        """One request: half of its time on the way there, half on the way back."""
        way = self.latency * self.chance.uniform(0.25, 0.75)
        self.hour.sleep(way)
        now = self.hour.clock()
        while self._last and round(now - self._last[0], 6) >= WINDOW_SECONDS:
            self._last.popleft()
        is_refused = len(self._last) >= self.limit
        if is_refused:
            self.refused += 1
        else:
            self._last.append(now)
            self.arrivals.append(now)
        self.hour.sleep(way)
        if is_refused:
            return Exchange(status=_TOO_MANY)
        return Exchange(status=200, json={"id": "rec_1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceFigures:
    """One way of sending for an hour.

    configured: requests a minute that it is told to keep. used: the share of them that the service
    took. fullest: the most requests that began in one window of 60 seconds.
    """

    name: str
    configured: int
    taken: int
    refused: int
    fullest: int
    used: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A service and those who send to it.

    documented: what the service takes; configured: what the program keeps to, by its defaults.
    """

    name: str
    documented: int
    configured: int
    programs: int
    threads: int
    latency: float = 0.2


WAYS = (
    Way(name="Isometric, one program", documented=120, configured=100, programs=1, threads=4),
    Way(name="Isometric, three programs", documented=120, configured=100, programs=3, threads=1),
    Way(name="Cula, one program", documented=1500, configured=1200, programs=1, threads=8),
    Way(name="a limit without a margin", documented=100, configured=100, programs=1, threads=4),
)


def count_fullest(starts: Sequence[float]) -> int:
    """The most of them in any half-open window of 60 seconds."""
    most, first = 0, 0
    ordered = sorted(starts)
    for last, start in enumerate(ordered):
        while round(start - ordered[first], 6) >= WINDOW_SECONDS:
            first += 1
        most = max(most, last - first + 1)
    return most


def measure(way: Way, *, seed: int = 1, latency: bool = True) -> PaceFigures:
    """The product's way, for an hour."""
    began, hour = time.monotonic(), Hour()
    service = _build_service(way, hour, seed if latency else None)
    starts: list[float] = []
    with _open_quotas(way, hour) as quotas:
        hour.play(
            [
                _build_program(service, quota, hour, starts)
                for quota in quotas
                for _ in range(way.threads)
            ]
        )
    return _count(f"{way.name}: ours", way, service, starts, began)


def measure_plain(way: Way, *, seed: int = 1) -> PaceFigures:
    """A look-up and a POST in a loop, with growing pauses after a refusal, for an hour."""
    began, hour = time.monotonic(), Hour()
    service = _build_service(way, hour, seed)
    starts: list[float] = []

    def send() -> None:
        pause = 1.0
        while True:
            starts.append(hour.clock())
            answer = service.exchange(Request(method="GET", url="https://service.example/"))
            if isinstance(answer, Exchange) and answer.status != _TOO_MANY:
                return
            hour.sleep(pause)
            pause = min(2 * pause, 30.0)

    hour.play([send] * (way.programs * way.threads))
    return _count(f"{way.name}: plain", way, service, starts, began)


def _build_service(way: Way, hour: Hour, seed: int | None) -> MadeUpService:
    chance = random.Random(f"service {seed}")  # noqa: S311 (guards nothing)
    return MadeUpService(
        hour=hour,
        limit=way.documented,
        latency=0.0 if seed is None else way.latency,
        chance=chance,
    )


@contextmanager
def _open_quotas(way: Way, hour: Hour) -> Iterator[Sequence[Quota]]:
    """One quota for each program: its own window, or the one in the ledger that all share."""
    if way.programs == 1:
        yield (Window(way.configured, clock=hour.clock),)
        return
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        url = f"sqlite:///{Path(folder) / 'ledger.sqlite'}"
        ledgers = [
            stack.enter_context(open_ledger(url, clock=hour.moment)) for _ in range(way.programs)
        ]
        yield [each.quota("a credential", way.configured) for each in ledgers]


def _build_program(
    service: MadeUpService,
    quota: Quota,
    hour: Hour,
    starts: list[float],
) -> Callable[[], None]:
    """One thread of a program that has more to send than an hour holds."""

    class Noted:
        """Notes when a request begins."""

        def exchange(self, request: Request) -> Exchange | Lost:
            """Pass it on."""
            starts.append(hour.clock())
            return service.exchange(request)

    attempts = Attempts(
        client=Noted(),  # type: ignore[arg-type]  # all that is asked of a client
        credentials=FixedCredentials({}, secrets=()),
        pace=Pace(quota, clock=hour.clock, sleep=hour.sleep),
        patience=Patience(chance=service.chance.random, sleep=hour.sleep, now=hour.moment),
    )
    request = Request(method="POST", url="https://service.example/")
    return lambda: _send(attempts, request)


def _send(attempts: Attempts, request: Request) -> None:
    attempts.exchange(Use.CREATE, request)


def _count(
    name: str, way: Way, service: MadeUpService, starts: Sequence[float], began: float
) -> PaceFigures:
    return PaceFigures(
        name=name,
        configured=way.configured,
        taken=len(service.arrivals),
        refused=service.refused,
        fullest=count_fullest(starts),
        used=len(service.arrivals) / (way.configured * HOUR / WINDOW_SECONDS),
        seconds=time.monotonic() - began,
    )


def run_pace() -> tuple[PaceFigures, ...]:
    """All of them, ours beside the plain way."""
    return tuple(figures for way in WAYS for figures in (measure(way), measure_plain(way)))


def render(figures: Sequence[PaceFigures]) -> str:
    """The figures as a table."""
    rows = [
        f"| {each.name} | {each.configured} | {each.taken} | {each.used:.1%} | {each.refused} "
        f"| {each.fullest} |"
        for each in figures
    ]
    head = "| a simulated hour | configured | taken | used | refused (429) | fullest minute |"
    return "\n".join([head, "|---|--:|--:|--:|--:|--:|", *rows])


def main() -> int:
    """Print the figures."""
    print(render(run_pace()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
