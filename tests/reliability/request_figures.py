"""Requests for each row: a first import, one with nothing new, one with a change, the plain way.

The plain way is a look-up and a POST in a loop, and is counted in the same run.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from importer.model.ports import Call, Verdict
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches
from reliability.books import Book, build_many, build_small_month
from reliability.wire_bench import Bench, Seat, open_bench
from reliability.wire_scenes import build_logs

FIRST_BOUND = 1.05
STILL_BOUND = 0.05
DATAPOINTS = OTHERS = 1_000
LOGS = 500
ENTRIES = 20
Done = TypeVar("Done")
_WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFigures:
    """One import. `rows` are its records, `bound` the most requests for each of them."""

    name: str
    rows: int
    reads: int
    writes: int
    bound: float | None
    statuses: Counter[str]

    @property
    def each(self) -> float:
        """Requests for each record."""
        return (self.reads + self.writes) / self.rows

    @property
    def holds(self) -> bool:
        """Whether it keeps to its bound."""
        return self.bound is None or self.each <= self.bound


def count_requests(twin: Running, work: Callable[[], Done]) -> tuple[int, int, Done]:
    """Reads and writes of the work, and what it answers. Signing in is no read."""
    requests = twin.store.requests()
    begun = requests[-1].number if requests else 0
    done = work()
    came = [each for each in twin.store.requests(begun) if each.service != "token"]
    writes = sum(1 for each in came if each.method in _WRITES)
    return len(came) - writes, writes, done


@contextmanager
def open_counter() -> Iterator[tuple[Bench, Running]]:
    """A bench and an empty service."""
    with (
        TemporaryDirectory() as folder,
        open_bench() as bench,
        running(Path(folder) / "twin.sqlite", switches=Switches(calculation_seconds=0)) as twin,
    ):
        yield bench, twin


def plant_others(twin: Running, count: int) -> None:
    """Datapoints of somebody else, put there without a request."""
    store = twin.store
    pattern = store.select(DATAPOINT)[0].body
    with store.transaction():
        for number in range(1, count + 1):
            key = f"OTHER-{number:04}"
            own_id = f"dtp_1NRBARK01SBX{number:06}"
            body = {**pattern, "id": own_id, "supplier_reference_id": key}
            store.insert(DATAPOINT, body, reference=key)


def measure_datapoints(
    bench: Bench, twin: Running, *, rows: int = DATAPOINTS, others: int = OTHERS
) -> tuple[RequestFigures, ...]:
    """A first import with others there, again without a change, with one, and the plain way."""
    fresh = twin.reset()
    plant_others(fresh, others)
    book = build_many(rows)
    changed = Book(month=deepcopy(dict(book.month)), documents={})
    changed.month["Datapoints"][rows // 2]["Value"] = 7_777.0
    with bench.seat(fresh) as seat:
        found = (
            _import(bench, seat, book, "datapoints, first", FIRST_BOUND),
            _import(bench, seat, book, "datapoints, unchanged", STILL_BOUND),
            _import(bench, seat, changed, "datapoints, one change", STILL_BOUND + 1 / rows),
        )
    fresh = twin.reset()
    plant_others(fresh, others)
    with bench.seat(fresh) as seat:
        plain = (
            _send_plainly(seat, book, "datapoints, first, plain"),
            _send_plainly(seat, book, "datapoints, unchanged, plain"),
        )
    return (*found, *plain)


def measure_logs(bench: Bench, twin: Running, *, logs: int = LOGS) -> tuple[RequestFigures, ...]:
    """Emission logs: first, unchanged, one change."""
    book, again = build_logs(logs), build_logs(logs)
    again.month["Emission logs"][logs // 2]["Display key"] = "corrected"
    with bench.seat(twin.reset()) as seat:
        return (
            _import(bench, seat, book, "logs, first", FIRST_BOUND),
            _import(bench, seat, book, "logs, unchanged", STILL_BOUND),
            _import(bench, seat, again, "logs, one change", STILL_BOUND + 1 / logs),
        )


def measure_entries(
    bench: Bench, twin: Running, *, entries: int = ENTRIES
) -> tuple[RequestFigures, ...]:
    """Entries over the datapoints of a batch, unchanged; and what an entry more costs then."""
    few, many = (_measure_still(bench, twin, count) for count in (entries // 4, entries))
    more = RequestFigures(
        name="an unchanged entry more",
        rows=entries - entries // 4,
        reads=many.reads - few.reads,
        writes=many.writes + few.writes,
        bound=1 + STILL_BOUND,
        statuses=many.statuses,
    )
    return few, many, more


def _measure_still(bench: Bench, twin: Running, entries: int) -> RequestFigures:
    book = build_entries(entries)
    with bench.seat(twin.reset()) as seat:
        _import(bench, seat, book, "entries, first", None)
        return _import(bench, seat, book, f"{entries} entries and datapoints, unchanged", None)


def build_entries(entries: int) -> Book:
    """So many entries that take the datapoints of one batch."""
    month = build_small_month().month
    batch = month["Entries"][0]["External ID"]
    inputs = [each for each in month["Entry inputs"] if each["Entry"] == batch]
    keys = [f"{batch}-{number:02}" for number in range(entries)]
    return Book(
        month={
            "Datapoints": [{**each, "Sources": None} for each in month["Datapoints"]],
            "Entries": [{**month["Entries"][0], "External ID": key} for key in keys],
            "Entry inputs": [{**each, "Entry": key} for key in keys for each in inputs],
        },
        documents={},
    )


def _import(bench: Bench, seat: Seat, book: Book, name: str, bound: float | None) -> RequestFigures:
    file = bench.check(book)
    reads, writes, report = count_requests(seat.twin, lambda: seat.import_(file))
    return RequestFigures(
        name=name,
        rows=len(book.expected),
        reads=reads,
        writes=writes,
        bound=bound,
        statuses=Counter(each.status.value for each in report.outcomes),
    )


def _send_plainly(seat: Seat, book: Book, name: str) -> RequestFigures:
    """A look-up and, where nothing is there, a POST for each row."""
    service = seat.session.services["isometric"]

    def send() -> None:
        for each in book.expected:
            if service.fetch_page(f"/datapoints?supplier_reference_id={each.key}").nodes:
                continue
            row = {
                "project_id": service.settings["project_id"],
                "source_ids": [],
                "supplier_reference_id": each.key,
                "display_name": each.members["display_name"],
                "description": each.members["description"],
                "type": "REPORTED",
                "quantity": {"magnitude": each.members["quantity.magnitude"], "unit": "kg"},
            }
            answer = service.send(Call(method="POST", path="/datapoints", body=row))
            if answer.verdict is not Verdict.ACCEPTED:
                raise ValueError(f"The plain way was not understood: {answer}")

    reads, writes, _ = count_requests(seat.twin, send)
    return RequestFigures(
        name=name,
        rows=len(book.expected),
        reads=reads,
        writes=writes,
        bound=None,
        statuses=Counter(),
    )


def run_requests(*, part: float = 1.0) -> tuple[RequestFigures, ...]:
    """All figures; `part` makes the workbooks smaller."""
    with open_counter() as (bench, twin):
        return (
            *measure_datapoints(
                bench, twin, rows=round(DATAPOINTS * part), others=round(OTHERS * part)
            ),
            *measure_logs(bench, twin, logs=round(LOGS * part)),
            *measure_entries(bench, twin),
        )


def render(figures: Sequence[RequestFigures]) -> str:
    """The figures as a table."""
    rows = [
        f"| {each.name} | {each.rows} | {each.reads} | {each.writes} | {each.each:.3f} | "
        f"{'' if each.bound is None else f'{each.bound:.3f}'} |"
        for each in figures
    ]
    head = "| import | records | reads | writes | requests for each | bound |"
    return "\n".join([head, "|---|--:|--:|--:|--:|--:|", *rows])


def main() -> int:
    """Print the figures; the exit code tells whether a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=float, default=1.0, help="smaller workbooks, such as 0.3")
    figures = run_requests(part=parser.parse_args().part)
    print(render(figures))
    return 0 if all(each.holds for each in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
