"""Two at once: processes that want to write to the same organisation at the same time."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.sandbox.isometric.kinds import DATAPOINT
from reliability import checker
from reliability.books import Book, build_many
from reliability.campaign import Stage, Verdict
from reliability.checker import Finding, Wrong
from reliability.points import UNBROKEN, Harm, Strike
from reliability.trial import Trial, open_trial, refusing
from reliability.warm import LEASE, Ended, Warm

SHORT_LEASE = 3.0
"""Seconds, of a process that is going to be paused; the product's is a minute."""
_UNTIL_IT_WAITS = 1.0
"""Seconds until a process has surely come to the lock."""
_ROWS = 60
_TAKEN_OVER = "took over"

STOPPED_AT = (
    "intend datapoint: before",
    "intend datapoint: after",
    "POST datapoints: unread",
    "POST datapoints: unnoted",
    "confirm datapoint: before",
    "confirm datapoint: after",
)
"""Where a process is paused for longer than its lease."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two warm processes at one trial, and a workbook for each.

    planted: ids of the datapoints that an empty sandbox holds.
    """

    trial: Trial
    first: Warm
    second: Warm
    books: tuple[Book, Book]
    paths: tuple[Path, Path]
    planted: frozenset[str]
    sabotages: Sequence[str] = ()

    def start(
        self,
        number: int,
        strike: Strike = UNBROKEN,
        *,
        threads: int = 0,
        lease: float = LEASE,
    ) -> None:
        """Have one of them begin."""
        order = self.trial.order(
            self.paths[number],
            strike,
            lease=lease,
            threads=threads,
            sabotages=self.sabotages,
        )
        self._warm(number).start(order, self.trial.twin)

    def wait(self, number: int) -> Ended:
        """Wait for one of them."""
        return self._warm(number).wait()

    def wake(self, number: int) -> None:
        """Have the one that was stopped go on."""
        self._warm(number).wake()

    def kill(self, number: int) -> None:
        """Have the one that was stopped end, as by kill -9."""
        self._warm(number).kill()

    def _warm(self, number: int) -> Warm:
        return (self.first, self.second)[number]


Story = Callable[[Pair], Iterator[Finding]]


def _same_file(pair: Pair) -> Iterator[Finding]:
    """Both import the same file: one creates, and the other finds it all there."""
    yield from _judge_both(pair, *_run_both(pair))


def _shared_equal(pair: Pair) -> Iterator[Finding]:
    """Two files share external ids, with equal content."""
    yield from _judge_both(pair, *_run_both(pair))


def _shared_different(pair: Pair) -> Iterator[Finding]:
    """Two files share external ids, with different content: the second one is a correction."""
    ends = _run_both(pair)
    yield from _judge_both(pair, *ends)
    updated = {each.key for end in ends for each in end.outcomes or () if each.status == "updated"}
    if updated != _keys(pair.books[0]) & _keys(pair.books[1]):
        yield Finding(wrong=Wrong.VERDICT, words=f"updated is {sorted(updated)}")


def _killed_before_other(pair: Pair) -> Iterator[Finding]:
    """One is killed while the other waits for it, which then does not wait for the lease."""
    stop = Strike(harm=Harm.STOP, point="POST datapoints: unread", occurrence=20)
    pair.start(0, stop)
    pair.wait(0)
    pair.start(1)
    time.sleep(_UNTIL_IT_WAITS)
    pair.kill(0)
    killed, second = pair.wait(0), pair.wait(1)
    if not killed.is_killed:
        yield Finding(wrong=Wrong.VERDICT, words="it was not killed")
    yield from checker.check_report(pair.trial.twin, second, pair.books[1])
    yield from _judge_holdings(pair, [second])


def _stopped_on_the_edge(pair: Pair) -> Iterator[Finding]:
    """Paused between its last look at the lock and the first byte: the one place that no client
    can guard. The service refuses the record that is there, and that is told."""
    with refusing(pair.trial.twin):
        point = Strike(harm=Harm.STOP, point="POST datapoints: unsent", occurrence=10)
        pair.start(0, point, threads=1, lease=SHORT_LEASE)
        pair.wait(0)
        pair.start(1)
        second = pair.wait(1)
        pair.wake(0)
        woken = pair.wait(0)
    yield from checker.check_report(pair.trial.twin, second, pair.books[1])
    honest = {*checker.IN_ORDER, "skipped", "uncertain"}
    yield from checker.check_report(pair.trial.twin, woken, pair.books[0], honest)
    yield from _judge_holdings(pair, [second])


def _stop_at(point: str) -> Story:
    def story(pair: Pair) -> Iterator[Finding]:
        """One is paused for longer than its lease; the other takes over; the first one wakes."""
        stop = Strike(harm=Harm.STOP, point=point, occurrence=10)
        pair.start(0, stop, threads=1, lease=SHORT_LEASE)
        if not pair.wait(0).is_stopped:
            yield Finding(wrong=Wrong.VERDICT, words="it did not stop")
            return
        pair.start(1)
        second = pair.wait(1)
        yield from checker.check_report(pair.trial.twin, second, pair.books[1])
        before = _count_writes(pair.trial)
        pair.wake(0)
        woken = pair.wait(0)
        if _count_writes(pair.trial) != before:
            yield Finding(wrong=Wrong.DUPLICATE, words="the woken one has sent something")
        if not any(_TAKEN_OVER in each for each in woken.stopped):
            yield Finding(wrong=Wrong.VERDICT, words=f"the woken one says {woken.stopped}")
        honest = {*checker.IN_ORDER, "skipped", "uncertain"}
        yield from checker.check_report(pair.trial.twin, woken, pair.books[0], honest)
        yield from _judge_holdings(pair, [second])

    return story


STORIES: Mapping[str, tuple[Story, Callable[[], tuple[Book, Book]]]] = {
    "the same file": (_same_file, lambda: (build_many(_ROWS), build_many(_ROWS))),
    "shared ids, equal content": (
        _shared_equal,
        lambda: (build_many(_ROWS), build_many(_ROWS, first=31)),
    ),
    # Fewer than ten shared ones, so that the gate for many updates stays open.
    "shared ids, different content": (
        _shared_different,
        lambda: (build_many(_ROWS), build_many(_ROWS, first=_ROWS - 5, value=20.0)),
    ),
    "one is killed, the other waits": (
        _killed_before_other,
        lambda: (build_many(_ROWS), build_many(_ROWS)),
    ),
    "paused at the edge, the service refuses": (
        _stopped_on_the_edge,
        lambda: (build_many(_ROWS), build_many(_ROWS)),
    ),
    **{
        f"paused at “{point}”": (
            _stop_at(point),
            lambda: (build_many(_ROWS), build_many(_ROWS)),
        )
        for point in STOPPED_AT
    },
}
"""What happens, and the workbooks that it happens with."""


def run_story(stage: Stage, second: Warm, name: str) -> Verdict:
    """One story, judged."""
    story, build = STORIES[name]
    began, books = time.monotonic(), build()
    with open_trial(stage.root, stage.twin) as trial:
        is_same = books[0] == books[1]
        one = trial.place(books[0], "one.xlsx")
        pair = Pair(
            trial=trial,
            first=stage.warm,
            second=second,
            books=books,
            paths=(one, one if is_same else trial.place(books[1], "two.xlsx")),
            planted=frozenset(each.id for each in trial.twin.store.select(DATAPOINT)),
            sabotages=stage.sabotages,
        )
        findings = tuple(story(pair))
    return Verdict(
        case=f"two at once: {name}",
        kills=0,
        findings=findings,
        seconds=time.monotonic() - began,
    )


def _run_both(pair: Pair) -> tuple[Ended, Ended]:
    pair.start(0)
    pair.start(1)
    return pair.wait(0), pair.wait(1)


def _keys(book: Book) -> set[str]:
    return {each.key for each in book.expected}


def _judge_both(pair: Pair, *ends: Ended) -> Iterator[Finding]:
    for end, book in zip(ends, pair.books, strict=True):
        yield from checker.check_report(pair.trial.twin, end, book)
    yield from _judge_holdings(pair, ends)


def _judge_holdings(pair: Pair, ends: Sequence[Ended]) -> Iterator[Finding]:
    """Each id once, with what the last one who wrote it says; created once in all reports."""
    wanted = {each.key: each for book in pair.books for each in book.expected}
    # Who came second is known by its updates; it has the last word.
    for end, book in zip(ends, pair.books, strict=False):
        said = {each.key for each in end.outcomes or () if each.status == "updated"}
        wanted |= {each.key: each for each in book.expected if each.key in said}
        made = {each.key for each in end.outcomes or () if each.status == "created"}
        others = {
            each.key
            for other in ends
            if other is not end
            for each in other.outcomes or ()
            if each.status in ("created", "updated")
        }
        wanted |= {each.key: each for each in book.expected if each.key in made - others}
    expected = tuple(wanted.values())
    yield from checker.check_holdings(pair.trial.twin, expected, None)
    yield from checker.check_ledger(pair.trial, expected)
    created = [each.key for end in ends for each in end.outcomes or () if each.status == "created"]
    if len(created) != len(set(created)):
        yield Finding(wrong=Wrong.VERDICT, words="two reports say created of one record")
    stored = pair.trial.twin.store.select(DATAPOINT)
    if {each.reference for each in stored if each.id not in pair.planted} != set(wanted):
        yield Finding(wrong=Wrong.FOREIGN, words="there are others than those of the workbooks")


def _count_writes(trial: Trial) -> int:
    return sum(
        1
        for each in trial.twin.store.requests()
        if each.method != "GET" and each.service != "token"
    )
