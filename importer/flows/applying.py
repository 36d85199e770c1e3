"""Applying a plan: wave by wave, several records at once, each with exactly one outcome."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from importer.flows.creating import create_whole
from importer.flows.crew import Crew, gather
from importer.flows.plan import Planned
from importer.flows.referring import find_blocker
from importer.flows.session import Session
from importer.flows.settled import Settled, settle_unchanged
from importer.flows.settling import Write
from importer.flows.stopping import interrupted
from importer.model.event import Event
from importer.model.failure import ImporterError
from importer.model.outcome import Status
from importer.model.plan import Blocked, Change, Conflict, Create, Unchanged, Update
from importer.model.record import Record, Reference, State
from importer.planning.changes import ledger_key
from importer.planning.refusals import describe_uncertain
from importer.planning.shares import lowers_a_share
from importer.planning.states import desired_state

Name = tuple[str, str]
Ends = Sequence[tuple[Change, Settled]]


@dataclass(slots=True, kw_only=True)
class Applied:
    """What became of each record.

    stopped: why the run ended early, if it did. is_held: nothing was sent, on purpose.
    """

    settled: dict[Name, Settled] = field(default_factory=dict)
    stopped: ImporterError | None = None
    is_held: bool = False


def apply_plan(session: Session, planned: Planned, run: int, workbook: Path) -> Applied:
    """Send what the plan says. When the world gives out, the rest is *skipped*, never lost."""
    applier = _Applier(
        session=session, planned=planned, run=run, ids=dict(planned.ids), workbook=workbook
    )
    with Crew[Ends](session.threads) as crew:
        for wave in planned.waves:
            applier.apply_wave(crew, wave)
    applier.tell()
    return applier.applied


@dataclass(slots=True, kw_only=True)
class _Applier:
    """A run under way. Threads read `ids`, `out` and `applied.stopped`; the main thread writes
    the first two, and only between two waves."""

    session: Session
    planned: Planned
    run: int
    ids: dict[Name, str]
    workbook: Path
    out: dict[Name, str] = field(default_factory=dict)
    applied: Applied = field(default_factory=Applied)

    def apply_wave(self, crew: Crew[Ends], wave: Sequence[Change]) -> None:
        """The changes of a wave, several at once; later waves are told their ids.

        What lowers a share goes before what may wait for it: together they would be too much.
        """
        lowering: list[Change] = []
        others: list[Change] = []
        for change in wave:
            (lowering if self._lowers_a_share(change) else others).append(change)
        for part in (lowering, others):
            self._apply_at_once(crew, part)

    def _lowers_a_share(self, change: Change) -> bool:
        return lowers_a_share(self.session.catalog.resource(change.record.resource), change)

    def _apply_at_once(self, crew: Crew[Ends], wave: Sequence[Change]) -> None:
        tasks = [
            crew.start(self._service_of(group[0]), partial(self._work, group))
            for group in self._group(wave)
        ]
        for task in gather(tasks, on_interrupt=self._interrupt):
            self._note(task)

    def tell(self) -> None:
        """Say how far the run is."""
        done, total = len(self.applied.settled), len(self.planned.changes)
        try:
            self.session.listener(Event(stage="send", done=done, total=total))
        except KeyboardInterrupt:
            self._interrupt()

    def _group(self, wave: Sequence[Change]) -> Iterable[Sequence[Change]]:
        """What must follow each other: records that the ledger knows under one key."""
        groups: dict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in wave:
            record = change.record
            resource = self.session.catalog.resource(record.resource)
            key = ledger_key(resource, record.key, self._desired(record))
            groups[record.resource, key].append(change)
        return groups.values()

    def _service_of(self, change: Change) -> str:
        return self.session.catalog.resource(change.record.resource).service

    def _work(self, group: Sequence[Change]) -> Ends:
        """One after the other, in a thread."""
        return [(change, self._apply(change)) for change in group]

    def _apply(self, change: Change) -> Settled:
        """One change. It is not begun when the run has ended by then, for whatever reason."""
        if self.session.stop.is_said:
            self._interrupt()
        if self.applied.stopped is not None:
            return _skipped(change)
        try:
            settled = self._settle(change)
        except ImporterError as failure:
            settled = replace(self._cut_short(change), stopped=failure)
        except KeyboardInterrupt:
            settled = replace(self._cut_short(change), stopped=interrupted())
        if settled.stopped is not None:
            self._end(settled.stopped)
        return settled

    def _interrupt(self) -> None:
        self.session.stop.say()
        self._end(interrupted())

    def _end(self, failure: ImporterError) -> None:
        """The first reason counts; what follows is its consequence, or the same thing again."""
        if self.applied.stopped is None:
            self.applied.stopped = failure

    def _note(self, task: Future[Ends]) -> None:
        """Take note of a task that ended; later waves are told ids, and what stays out."""
        for change, settled in task.result():
            record = change.record
            self.applied.settled[record.name] = settled
            if settled.status.is_in_order:
                self.ids[record.name] = settled.id
            else:
                self.out[record.name] = record.line.where
        self.tell()

    def _cut_short(self, change: Change) -> Settled:
        """The world gave out while this change was under way."""
        if not isinstance(change, Create | Update):
            return _skipped(change)
        resource = self.session.catalog.resource(change.record.resource)
        problem = describe_uncertain(resource, change.record)
        return Settled(status=Status.UNCERTAIN, problems=(problem,))

    def _settle(self, change: Change) -> Settled:
        match change:
            case Unchanged() if not change.confirmed:
                write = self._begin(change.record)
                return write.complete(change.remote, status=Status.UNCHANGED)
            case Create() | Update():
                return self._write(change)
            case _:
                return _skipped(change)

    def _write(self, change: Create | Update) -> Settled:
        record = change.record
        blocker = find_blocker(record, self.out)
        if blocker is not None:
            return _blocked(blocker)
        write = self._begin(record)
        return create_whole(write) if isinstance(change, Create) else write.update(change)

    def _begin(self, record: Record) -> Write:
        return Write(
            session=self.session,
            run=self.run,
            record=record,
            desired=self._desired(record),
            items=self.planned.items[record.name],
            workbook=self.workbook,
        )

    def _desired(self, record: Record) -> State:
        """The state with every reference resolved: what it refers to exists by now."""
        resource = self.session.catalog.resource(record.resource)
        return desired_state(resource, record, self.planned.items[record.name], self._resolve)

    def _resolve(self, reference: Reference) -> str | None:
        return self.ids.get((reference.to, reference.key.casefold()))


def _skipped(change: Change) -> Settled:
    """The end without a request: what the plan found is right, what it would send is not sent."""
    match change:
        case Unchanged():
            return settle_unchanged(change)
        case Conflict():
            return Settled(status=Status.CONFLICT, id=change.remote.id, problems=change.problems)
        case Blocked():
            return _blocked(change.by)
    return Settled(status=Status.SKIPPED, message="Not sent: the run ended before this row.")


def _blocked(by: str) -> Settled:
    return Settled(status=Status.BLOCKED, message=f"Waits for the {by}, which stays out.")
