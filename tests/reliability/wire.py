"""The matrix: every fault of the table × create and update × first, middle and last row.

After each case the faults are cleared, the same import runs again, and the service's own table is
read. `python tests/reliability/wire.py` prints the figures.
"""

import argparse
import os
import socket
import ssl
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

import trustme

from importer.apis.client import Limits
from importer.flows.check import CheckedFile
from importer.model.report import FileReport
from importer.sandbox.faults import Fault
from importer.sandbox.requests import CULA_TOKEN
from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches
from reliability.books import Book, Expected, build_many
from reliability.checker import IN_ORDER, Finding, Wrong, find_documents
from reliability.trial import lenient_twin
from reliability.wire_bench import Bench, Seat, open_bench
from reliability.wire_faults import (
    ELSEWHERE,
    FAULTS,
    LARGEST_ANSWER,
    SHORT_SECONDS,
    Event,
    Order,
    Trust,
    WireFault,
)
from reliability.wire_line import PASS, Line, Way, open_line
from reliability.wire_scenes import (
    KINDS,
    METHODS,
    NEW_VALUE,
    PATHS,
    ROWS,
    SHEETS,
    Plot,
    Unbroken,
    build_logs,
    build_plots,
    differs,
)
from support.holdings import spell_holdings

PLACES = ("first", "middle", "last")
_LONG = Limits(seconds=20.0, answer_bytes=LARGEST_ANSWER)
_SHORT = Limits(seconds=SHORT_SECONDS, answer_bytes=LARGEST_ANSWER)
_WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fault at one row of one plot; `place` is the number of the write, from 0."""

    number: int
    fault: WireFault
    service: str
    work: str
    place: int

    def __str__(self) -> str:
        return f"{self.fault.name}: {self.service} {self.work} {PLACES[self.place]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the matrix came to. `wrong` counts findings by what is wrong."""

    cases: int
    faults: int
    wrong: Counter[Wrong]
    words: tuple[str, ...]
    missed: tuple[str, ...]
    seconds: float
    first: Counter[str] = field(default_factory=Counter)
    """How the rows that were hit ended in the first run."""


@dataclass(slots=True, kw_only=True)
class Clock:
    """The service's clock, which can be put forward."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What all cases share."""

    bench: Bench
    short: Bench
    lenient: Running
    strict: Running
    clock: Clock
    lines: Mapping[str, Line]
    trusts: Mapping[Trust, ssl.SSLContext | None]
    elsewhere: socket.socket
    plots: Mapping[tuple[str, str], Plot]
    files: Mapping[tuple[str, str], tuple[CheckedFile, CheckedFile | None]]
    rivals: Mapping[tuple[str, int, Event], CheckedFile]
    unbroken: dict[tuple[str, str], Unbroken] = field(default_factory=dict)


def build_cases(faults: Sequence[WireFault] = FAULTS) -> tuple[Case, ...]:
    """The whole matrix."""
    found = [
        (fault, service, work, place)
        for fault in faults
        for service in fault.services
        for work in fault.works
        for place in range(ROWS)
    ]
    return tuple(
        Case(number=number, fault=fault, service=service, work=work, place=place)
        for number, (fault, service, work, place) in enumerate(found)
    )


def pick(cases: Sequence[Case], share: float) -> tuple[Case, ...]:
    """An even part of the cases: one third are every third one, so that each fault is in it."""
    step = max(1, round(1 / share))
    # A step along the diagonal: places and works take turns from fault to fault.
    return tuple(each for index, each in enumerate(cases) if (index + index // ROWS) % step == 0)


@contextmanager
def open_stage() -> Iterator[Stage]:
    """Services, lines, benches and workbooks, with each plot played once without a fault."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        with patch.dict(os.environ, SSL_CERT_FILE=str(folder / "ca.pem")):
            bench = stack.enter_context(open_bench(_LONG))
            short = stack.enter_context(open_bench(_SHORT))
        clock = Clock()
        (folder / "strict").mkdir()
        strict = running(
            folder / "strict" / "twin.sqlite", switches=Switches(calculation_seconds=0), clock=clock
        )
        lenient, strict_twin = (
            stack.enter_context(lenient_twin(folder)),
            stack.enter_context(strict),
        )
        elsewhere = stack.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        elsewhere.setblocking(False)
        trusts = _build_trusts(authority)
        good = _serve_with(authority.issue_cert("127.0.0.1"))
        lines = {
            "lenient": stack.enter_context(open_line(lenient.url)),
            "strict": stack.enter_context(open_line(strict_twin.url)),
            "lenient tls": stack.enter_context(open_line(lenient.url, trust=good)),
        }
        plots = {(each.service, each.work): each for each in build_plots()}
        stage = Stage(
            bench=bench,
            short=short,
            lenient=lenient,
            strict=strict_twin,
            clock=clock,
            lines=lines,
            trusts=trusts,
            elsewhere=elsewhere,
            plots=plots,
            files={
                name: (bench.check(each.book), each.before and bench.check(each.before))
                for name, each in plots.items()
            },
            rivals={
                (service, place, event): bench.check(_build_rival(service, place, event))
                for service in KINDS
                for place in range(ROWS)
                for event in (Event.SAME, Event.OTHER)
            },
        )
        for name in plots:
            stage.unbroken[name] = _rehearse(stage, name)
        yield stage


def _build_rival(service: str, place: int, event: Event) -> Book:
    """One record of the new workbook, as it stands there or with other content."""
    if service == "cula":
        return build_logs(1, first=place + 1, edition=2 if event is Event.SAME else 3)
    value = NEW_VALUE if event is Event.SAME else 2 * NEW_VALUE
    return build_many(1, first=place + 1, value=value)


def _build_trusts(authority: trustme.CA) -> Mapping[Trust, ssl.SSLContext | None]:
    past = datetime.now(UTC) - timedelta(days=400)
    return {
        Trust.UNKNOWN: _serve_with(trustme.CA().issue_cert("127.0.0.1")),
        Trust.OTHER_NAME: _serve_with(authority.issue_cert("other.example")),
        Trust.EXPIRED: _serve_with(
            authority.issue_cert("127.0.0.1", not_before=past, not_after=past + timedelta(days=100))
        ),
        Trust.HANGS_UP: None,
    }


def _serve_with(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


@contextmanager
def _begin(
    stage: Stage, name: tuple[str, str], twin: Running, line: Line | None, bench: Bench
) -> Iterator[Seat]:
    """A seat at an empty service at which the plot's earlier workbook has been imported."""
    fresh = twin.reset()
    if line is not None:
        fresh = replace(fresh, url=line.url)
    with bench.seat(fresh) as seat:
        before = stage.files[name][1]
        if before is not None and set(_statuses(seat.import_(before))) != {"created"}:
            raise RuntimeError(f"The import before {name} is not in order.")
        yield seat


def _rehearse(stage: Stage, name: tuple[str, str]) -> Unbroken:
    with _begin(stage, name, stage.strict, None, stage.bench) as seat:
        store = seat.twin.store
        begun = store.requests()[-1].number
        report = seat.import_(stage.files[name][0])
        if not set(_statuses(report)) <= IN_ORDER:
            raise RuntimeError(f"The unbroken import of {name} is not in order: {report}")
        requests = tuple((each.method, each.path) for each in store.requests(begun))
        return Unbroken(requests=requests, held=spell_holdings(seat.twin))


def _statuses(report: FileReport) -> list[str]:
    return [each.status.value for each in report.outcomes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How a case went."""

    findings: tuple[Finding, ...]
    first: str
    is_met: bool


def run_case(stage: Stage, case: Case) -> Tried:
    """One fault: the import meets it, then it is cleared, and the same import runs again."""
    fault, name = case.fault, (case.service, case.work)
    stage.clock.ahead = timedelta()
    twin = stage.strict if fault.strict or fault.event else stage.lenient
    line = _choose_line(stage, case, twin)
    bench = stage.short if fault.short else stage.bench
    with _begin(stage, name, twin, line, bench) as seat:
        _order(stage, case, seat, line)
        first = seat.import_(stage.files[name][0])
        findings = list(judge_first(stage, case, seat, first))
        is_met = _was_met(seat, line)
        seat.twin.store.faults.clear()
        if line is not None:
            line.clear()
            line.heal()
            line.hang_up()
        # What is in order now has the time that it needs, on a busy machine, too.
        calm = seat.through(stage.bench.client)
        second = calm.import_(stage.files[name][0])
        findings += judge_second(stage, case, calm, second)
        hit = next(
            (each.status.value for each in first.outcomes if each.row == _hit(stage, case).row),
            "none",
        )
    return Tried(findings=tuple(findings), first=hit, is_met=is_met)


def _choose_line(stage: Stage, case: Case, twin: Running) -> Line | None:
    if case.fault.trust is not None:
        return stage.lines["lenient tls"]
    if case.fault.cut is None and case.fault.event is None:
        return None
    return stage.lines["strict" if twin is stage.strict else "lenient"]


def _hit(stage: Stage, case: Case) -> Expected:
    return _expected(stage, case)[case.place]


def _expected(stage: Stage, case: Case) -> Sequence[Expected]:
    book = stage.plots[case.service, case.work].book
    return [each for each in book.expected if each.sheet == SHEETS[case.service]]


def _order(stage: Stage, case: Case, seat: Seat, line: Line | None) -> None:
    """Order the faults, or set the line, so that the write in question is hit."""
    path, method = PATHS[case.service], METHODS[case.service, case.work]
    requests = stage.unbroken[case.service, case.work].requests
    writes = [
        index
        for index, (verb, where) in enumerate(requests)
        if verb in _WRITES and where.startswith(path)
    ]
    at = writes[case.place]
    looks = sum(1 for verb, where in requests[:at] if verb == "GET" and where.startswith(path))
    places = {
        "write": (method, path, case.place),
        "look": ("GET", path, looks),
        "token": ("POST", CULA_TOKEN, 0),
    }
    for order in case.fault.orders:
        verb, where, after = places[order.on]
        seat.twin.store.faults.add(
            Fault(
                method=verb,
                path=where,
                kind=order.kind,
                after=after,
                **_address(stage, order),
            )
        )
    if line is None:
        return
    cut = case.fault.cut or PASS
    before = _build_event(stage, case, seat)
    if case.fault.trust is not None:
        cut = replace(cut, trust=stage.trusts[case.fault.trust])
    line.arm(cut, at, before=before)
    if cut.way is Way.REFUSE and case.fault.heals_after:
        seat.time.on_sleep = _heal_after(line, case.fault.heals_after)


def _address(stage: Stage, order: Order) -> dict[str, object]:
    """The order's details, with the address of the other server where it names one."""
    details = dict(order.details)
    headers = details.get("headers", {})
    if ELSEWHERE in headers.values():
        host, port = stage.elsewhere.getsockname()
        details["headers"] = {**headers, "Location": f"http://{host}:{port}/mrv/v0/datapoints"}
    return details


def _heal_after(line: Line, pauses: int) -> Callable[[], None]:
    left = pauses

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            line.heal()

    return count


def _build_event(stage: Stage, case: Case, seat: Seat) -> Callable[[], None] | None:
    """What happens at the service right before the write."""
    match case.fault.event:
        case Event.EXPIRED:
            return lambda: setattr(stage.clock, "ahead", timedelta(seconds=400))
        case Event.FINALISED:
            (own,) = find_documents(seat.twin, _hit(stage, case))
            final = {"_finalised": True}
            return lambda: _do(seat.twin.store.change(KINDS[case.service], own.id, final))
        case Event.SAME | Event.OTHER as event:
            file = stage.rivals[case.service, case.place, event]
            return lambda: _import_elsewhere(stage, seat, file)
    return None


def _do(_done: object) -> None:
    """Nothing more: it is done."""


def _import_elsewhere(stage: Stage, seat: Seat, file: CheckedFile) -> None:
    """Another program, with a ledger of its own, imports one record."""
    twin = replace(seat.twin, url=stage.strict.url)
    with stage.bench.seat(twin) as other:
        if "created" not in _statuses(other.import_(file)):
            raise RuntimeError("The other program made nothing.")


def _was_met(seat: Seat, line: Line | None) -> bool:
    """Whether the fault happened."""
    if line is not None:
        return line.met > 0
    pending = seat.twin.store.faults._ordered[0]
    return pending.to_hit is None or pending.to_hit != pending.fault.times


def judge_first(stage: Stage, case: Case, seat: Seat, report: FileReport) -> Iterator[Finding]:
    """One verdict a row, nothing twice, and whatever is said to be in is in."""
    yield from _check_verdicts(stage, case, report)
    yield from _check_elsewhere(stage)
    told = {(each.sheet, each.row): each for each in report.outcomes}
    for each in _expected(stage, case):
        found = find_documents(seat.twin, each)
        outcome = told.get((each.sheet, each.row))
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


def judge_second(stage: Stage, case: Case, seat: Seat, report: FileReport) -> Iterator[Finding]:
    """Everything is in, as an undisturbed import leaves it; a third import writes nothing."""
    yield from judge_first(stage, case, seat, report)
    out = {_hit(stage, case).row} if case.fault.stays_out else set[int]()
    expected = _expected(stage, case)
    rows = {each.row: each.key for each in expected}
    for each in report.outcomes:
        in_order = each.status.value in IN_ORDER
        of_hit = each.sheet == SHEETS[case.service] and each.row in out
        if of_hit and each.status.value != "conflict":
            words = f"row {each.row} is {each.status}, and should be a conflict"
            yield Finding(wrong=Wrong.VERDICT, words=words)
        if not out and not in_order:
            words = f"{each.sheet} row {each.row} is {each.status}; {'; '.join(report.stopped)}"
            yield Finding(wrong=Wrong.VERDICT, words=words)
    for each in expected:
        number = len(find_documents(seat.twin, each))
        if number == 0:
            yield Finding(wrong=Wrong.LOST, words=f"{rows[each.row]} is not there")
    if out:
        return
    yield from _compare_holdings(seat, stage.unbroken[case.service, case.work])
    if seat.open_operations:
        words = f"{seat.open_operations} operations are open in the ledger"
        yield Finding(wrong=Wrong.LEFT_OVER, words=words)
    yield from _check_stillness(stage, case, seat)


def _compare_holdings(seat: Seat, unbroken: Unbroken) -> Iterator[Finding]:
    there = spell_holdings(seat.twin)
    for spelling, number in (there - unbroken.held).items():
        yield Finding(wrong=Wrong.FOREIGN, words=f"{number} too many: {spelling}")
    for spelling, number in (unbroken.held - there).items():
        yield Finding(wrong=Wrong.LOST, words=f"{number} missing: {spelling}")


def _check_stillness(stage: Stage, case: Case, seat: Seat) -> Iterator[Finding]:
    before = len(_writes(seat))
    third = seat.import_(stage.files[case.service, case.work][0])
    if set(_statuses(third)) != {"unchanged"} or len(_writes(seat)) > before:
        words = f"a third import wrote, or said {Counter(_statuses(third))}"
        yield Finding(wrong=Wrong.VERDICT, words=words)


def _writes(seat: Seat) -> list[str]:
    requests = seat.twin.store.requests()
    return [each.path for each in requests if each.method in _WRITES and each.service != "token"]


def _check_verdicts(stage: Stage, case: Case, report: FileReport) -> Iterator[Finding]:
    book = stage.plots[case.service, case.work].book
    rows = Counter((each.sheet, each.row) for each in report.outcomes)
    if set(rows) != book.rows or max(rows.values()) > 1:
        yield Finding(wrong=Wrong.VERDICT, words="not one verdict for each row")


def _check_elsewhere(stage: Stage) -> Iterator[Finding]:
    try:
        connection, _ = stage.elsewhere.accept()
    except BlockingIOError:
        return
    connection.close()
    yield Finding(wrong=Wrong.FOREIGN, words="something was sent to another server")


def run_wire(share: float = 1.0, tell: Callable[[str], None] = lambda _: None) -> Figures:
    """The matrix, or an even part of it."""
    began = time.monotonic()
    wrong, words, missed, first = Counter[Wrong](), list[str](), list[str](), Counter[str]()
    cases = pick(build_cases(), share)
    with open_stage() as stage:
        for case in cases:
            tried = run_case(stage, case)
            first[tried.first] += 1
            wrong.update(each.wrong for each in tried.findings)
            found = [f"{case}: {each.wrong.value}: {each.words}" for each in tried.findings]
            words += found
            if not tried.is_met:
                missed.append(str(case))
            for each in found:
                tell(each)
    return Figures(
        cases=len(cases),
        faults=len({case.fault.name for case in cases}),
        wrong=wrong,
        words=tuple(words),
        missed=tuple(missed),
        seconds=time.monotonic() - began,
        first=first,
    )


def render(figures: Figures) -> str:
    """The figures as a table."""
    ends = ", ".join(f"{number} {name}" for name, number in figures.first.most_common())
    lines = [
        "| wire faults | cases | " + " | ".join(each.value for each in Wrong) + " | seconds |",
        "|---" * (len(Wrong) + 3) + "|",
        f"| {figures.faults} | {figures.cases} | "
        + " | ".join(str(figures.wrong[each]) for each in Wrong)
        + f" | {figures.seconds:.0f} |",
        "",
        f"The row that was hit, after the first run: {ends}.",
        f"Faults not met: {len(figures.missed)}.",
        *figures.missed,
    ]
    return "\n".join(lines)


def _tell(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    """Print the figures; the exit code tells whether something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="part of the matrix, such as 0.33")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    given = parser.parse_args()
    if given.only:
        return _try_some(given.only)
    figures = run_wire(given.share, tell=_tell)
    print(render(figures))
    return 1 if figures.words or figures.missed else 0


def _try_some(name: str) -> int:
    wrong = 0
    with open_stage() as stage:
        for case in build_cases():
            if name not in str(case):
                continue
            tried = run_case(stage, case)
            wrong += bool(tried.findings) or not tried.is_met
            met = "" if tried.is_met else " NOT MET"
            print(f"{case.number} {case}: {tried.first}{met}")
            for each in tried.findings:
                print(f"    {each.wrong.value}: {each.words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
