"""Seeded mixtures: a small workbook, faults at random requests, imports until it is in.

Clock, sleep and chance are the seed's: `python tests/reliability/mixture.py --seed 17 --count 1`
plays one failure again, request by request.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from importer.flows.check import CheckedFile
from importer.model.report import FileReport
from importer.sandbox.faults import Fault, FaultKind
from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches
from reliability.books import Book, Expected, build_many
from reliability.checker import IN_ORDER, Finding, Wrong, find_documents
from reliability.trial import lenient_twin
from reliability.wire_bench import Bench, Seat, open_bench
from reliability.wire_scenes import build_logs, differs, find_logged
from support.holdings import KINDS

MOST_RUNS = 6
"""The last one meets no fault any more."""
_MOST_FAULTS = 9
_SMALLEST, _LARGEST = 4, 10
_LAST_REQUEST = 9
_LATEST = 6
_PLACES = (
    ("*", "/"),
    ("*", "/"),
    ("*", "/mrv"),
    ("*", "/tracking"),
    ("POST", "/"),
    ("POST", "/mrv/v0/datapoints"),
    ("PATCH", "/mrv/v0/datapoints"),
    ("GET", "/mrv/v0/datapoints"),
    ("POST", "/tracking/v1/periodic-emission-logs"),
    ("PUT", "/tracking"),
    ("GET", "/tracking"),
    ("POST", "/oauth2"),
)
_WRITES = ("POST", "PUT", "PATCH", "DELETE")
_HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """What a seed stands for. `before` are records that are there already; some of them differ.

    strict: whether the service refuses an external id in use; where it does not, a second send
        shows as a second record.
    gaps: seconds that pass between the runs.
    """

    seed: int
    book: Book
    before: Book | None
    faults: tuple[Fault, ...]
    strict: bool
    gaps: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """How it went."""

    seed: int
    runs: int
    met: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What many mixtures came to."""

    count: int
    met: int
    runs: Counter[int]
    wrong: Counter[Wrong]
    words: tuple[str, ...]
    seconds: float = field(compare=False)


def draw(seed: int) -> Mixture:
    """The mixture of a seed."""
    chance = random.Random(f"mixture {seed}")  # noqa: S311 (guards nothing)
    count = chance.randint(_SMALLEST, _LARGEST)
    logs = chance.randint(0, count // 3)
    points = count - logs
    there, logs_there = chance.randint(0, points), chance.randint(0, logs)
    # Of those that are there, some say another thing, and some the same.
    changed = chance.choice((0.0, 100.0))
    before = _join(
        build_many(there, value=10.0 + changed),
        build_logs(logs_there, edition=chance.choice((1, 2))),
    )
    strict = chance.random() < 0.5
    number = chance.randint(1, _MOST_FAULTS)
    return Mixture(
        seed=seed,
        book=_join(build_many(points), build_logs(logs)),
        before=before if there + logs_there else None,
        faults=tuple(_draw_fault(chance, strict) for _ in range(number)),
        strict=strict,
        gaps=tuple(chance.choice((0.0, 5.0, 100.0, 1_000.0)) for _ in range(MOST_RUNS)),
    )


def _join(*books: Book) -> Book:
    month = {sheet: table for book in books for sheet, table in book.month.items() if table}
    return Book(month=month, documents={})


def _draw_fault(chance: random.Random, strict: bool) -> Fault:
    method, path = chance.choice(_PLACES)
    kinds: list[FaultKind] = ["status", "status", "answer-lost", "reset", "malformed", "half"]
    kind = chance.choice([*kinds, "late"] if strict else kinds)
    details: dict[str, Any] = {}
    if kind == "status":
        details = {
            "status": chance.choice(
                (500, 502, 503, 504, 429, 429, 401, 403, 404, 408, 409, 413, 422, 302, 200, 204)
            ),
            "commit": chance.random() < 0.5,
            "body": chance.choice((None, None, "", "{}", _HTML)),
        }
        if details["status"] == 204:
            details["body"] = ""
        if details["status"] == 429:
            # A service that refuses by rate has done nothing.
            details["commit"] = False
            text = chance.choice(("", "3", "90", "99999999999", "Tue, 24 Nov 2026 09:03:00 GMT"))
            details["headers"] = {"Retry-After": text} if text else {}
        elif 400 <= details["status"] < 500 and details["status"] != 408:
            details["commit"] = False
    elif kind == "malformed":
        details = {"commit": chance.random() < 0.5, "body": chance.choice((None, "[]", _HTML))}
    elif kind == "late":
        details = {"requests": chance.randint(0, _LATEST)}
    return Fault(
        method=method,
        path=path,
        kind=kind,
        after=chance.randint(0, _LAST_REQUEST),
        times=chance.choice((1, 1, 1, 2, 3, 7)),
        **details,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where mixtures are played."""

    bench: Bench
    strict: Running
    lenient: Running


@contextmanager
def open_table() -> Iterator[Table]:
    """Both kinds of service, and a bench."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        (folder / "strict").mkdir()
        place = folder / "strict" / "twin.sqlite"
        yield Table(
            bench=stack.enter_context(open_bench()),
            strict=stack.enter_context(running(place, switches=Switches(calculation_seconds=0))),
            lenient=stack.enter_context(lenient_twin(folder)),
        )


def play(table: Table, mixture: Mixture) -> Played:
    """Import until everything is in, at most six times; then the service's own table is read."""
    chance = random.Random(f"chance {mixture.seed}")  # noqa: S311 (guards nothing)
    twin = (table.strict if mixture.strict else table.lenient).reset()
    file = table.bench.check(mixture.book)
    planted = sum(len(twin.store.select(kind)) for kind in KINDS)
    findings, runs, met, report = list[Finding](), 0, 0, None
    with table.bench.seat(twin, chance=chance.random) as seat:
        if mixture.before is not None:
            seat.import_(table.bench.check(mixture.before))
        for fault in mixture.faults:
            twin.store.faults.add(fault)
        while runs < MOST_RUNS and not _is_in(report):
            if runs == MOST_RUNS - 1:
                met = _count_met(twin)
                twin.store.faults.clear()
            seat.time.sleep(mixture.gaps[runs])
            report = seat.import_(file)
            runs += 1
            findings += _check_run(seat, mixture.book, report)
        met = met or _count_met(twin)
        twin.store.faults.clear()
        _let_late_ones_come(seat)
        findings += _check_end(seat, mixture, file, report, planted)
    return Played(seed=mixture.seed, runs=runs, met=met, findings=tuple(findings))


def _let_late_ones_come(seat: Seat) -> None:
    """Requests that the service carries out after so many others: all of those have come."""
    for _ in range(_LATEST + 1):
        seat.session.services["isometric"].fetch_organisation()


def _is_in(report: FileReport | None) -> bool:
    return report is not None and {each.status.value for each in report.outcomes} <= IN_ORDER


def _count_met(twin: Running) -> int:
    """Faults that happened at least once."""
    pending = twin.store.faults._ordered
    return sum(1 for each in pending if each.to_hit != each.fault.times)


def _check_run(seat: Seat, book: Book, report: FileReport) -> Iterator[Finding]:
    """After each run: one verdict a row, nothing twice, and what is said to be in is in."""
    rows = Counter((each.sheet, each.row) for each in report.outcomes)
    if set(rows) != book.rows or max(rows.values()) > 1:
        yield Finding(wrong=Wrong.VERDICT, words="not one verdict for each row")
    told = {(each.sheet, each.row): each for each in report.outcomes}
    for each in book.expected:
        found, outcome = find_documents(seat.twin, each), told.get((each.sheet, each.row))
        if len(found) > 1:
            yield Finding(wrong=Wrong.DUPLICATE, words=f"{each.key} is there {len(found)} times")
        if outcome is None or outcome.status.value not in IN_ORDER:
            continue
        if outcome.id not in {one.id for one in found}:
            words = f"{each.key} is said to be {outcome.status}, and is not there"
            yield Finding(wrong=Wrong.VERDICT, words=words)
        elif differs(found[0].body, each):
            words = f"{each.key} is said to be {outcome.status}, and has other content"
            yield Finding(wrong=Wrong.PAYLOAD, words=words)


def _check_end(
    seat: Seat, mixture: Mixture, file: CheckedFile, report: FileReport | None, planted: int
) -> Iterator[Finding]:
    """In the end: everything is in, once, and nothing else; one more import writes nothing."""
    if report is None or not _is_in(report):
        counts = Counter(each.status.value for each in report.outcomes) if report else {}
        words = f"not in after {MOST_RUNS} runs: {dict(counts)}"
        yield Finding(wrong=Wrong.VERDICT, words=words)
        return
    expected = mixture.book.expected
    for each in expected:
        yield from _check_record(seat, mixture.book, each)
    there = sum(len(seat.twin.store.select(kind)) for kind in KINDS)
    if there != planted + len(_keys(expected, mixture.before)):
        words = f"{there - planted} records in the place of {len(expected)}"
        yield Finding(wrong=Wrong.FOREIGN, words=words)
    before = _count_writes(seat)
    again = seat.import_(file)
    if {each.status.value for each in again.outcomes} != {"unchanged"}:
        yield Finding(wrong=Wrong.VERDICT, words="one more import is not unchanged")
    if _count_writes(seat) != before:
        yield Finding(wrong=Wrong.FOREIGN, words="one more import wrote")
    # An attempt that stayed open beside one that was answered is settled by the next import.
    if seat.open_operations:
        words = f"{seat.open_operations} operations are open in the ledger"
        yield Finding(wrong=Wrong.LEFT_OVER, words=words)


def _keys(expected: Sequence[Expected], before: Book | None) -> set[str]:
    earlier = before.expected if before is not None else ()
    return {each.key for each in (*expected, *earlier)}


def _check_record(seat: Seat, book: Book, each: Expected) -> Iterator[Finding]:
    found = find_documents(seat.twin, each)
    if len(found) != 1:
        wrong = Wrong.DUPLICATE if found else Wrong.LOST
        yield Finding(wrong=wrong, words=f"{each.key} is there {len(found)} times")
    for document in found:
        if differs(document.body, each) or not find_logged(book, each.key, document.body):
            yield Finding(wrong=Wrong.PAYLOAD, words=f"{each.key} has other content")


def _count_writes(seat: Seat) -> int:
    requests = seat.twin.store.requests()
    return sum(1 for each in requests if each.method in _WRITES and each.service != "token")


def run_mixtures(
    count: int = 1_000, *, first: int = 0, tell: Callable[[str], None] = lambda _: None
) -> Figures:
    """Play so many seeds."""
    began = time.monotonic()
    wrong, runs, words, met = Counter[Wrong](), Counter[int](), list[str](), 0
    with open_table() as table:
        for seed in range(first, first + count):
            played = play(table, draw(seed))
            runs[played.runs] += 1
            met += played.met
            wrong.update(each.wrong for each in played.findings)
            for each in played.findings:
                words.append(f"seed {seed}: {each.wrong.value}: {each.words}")
                tell(words[-1])
    return Figures(
        count=count,
        met=met,
        runs=runs,
        wrong=wrong,
        words=tuple(words),
        seconds=time.monotonic() - began,
    )


def render(figures: Figures) -> str:
    """The figures as a table."""
    needed = ", ".join(f"{runs}: {number}" for runs, number in sorted(figures.runs.items()))
    return "\n".join(
        [
            "| mixtures | faults met | "
            + " | ".join(each.value for each in Wrong)
            + " | seconds |",
            "|---" * (len(Wrong) + 3) + "|",
            f"| {figures.count} | {figures.met} | "
            + " | ".join(str(figures.wrong[each]) for each in Wrong)
            + f" | {figures.seconds:.0f} |",
            "",
            f"Mixtures by the runs that they needed: {needed}.",
        ]
    )


def _tell(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    """Print the figures; the exit code tells whether something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    given = parser.parse_args()
    if given.count == 1:
        _tell_one(given.seed)
    figures = run_mixtures(given.count, first=given.seed, tell=_tell)
    print(render(figures))
    return 1 if figures.words else 0


def _tell_one(seed: int) -> None:
    """The faults and the requests of a seed."""
    mixture = draw(seed)
    for fault in mixture.faults:
        print(fault)
    with open_table() as table:
        print(play(table, mixture))
        twin = table.strict if mixture.strict else table.lenient
        for each in twin.store.requests():
            print(each.number, each.method, each.path, each.status)


if __name__ == "__main__":
    sys.exit(main())
