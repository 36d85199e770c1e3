"""Applying a plan: wave by wave, one record after the other, each with exactly one outcome."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from importer.flows.plan import Planned
from importer.flows.referring import find_blocker
from importer.flows.session import Session
from importer.flows.settled import Settled
from importer.flows.settling import Write
from importer.model.event import Event
from importer.model.failure import ImporterError, Interrupted
from importer.model.outcome import Status
from importer.model.plan import Blocked, Change, Conflict, Create, Unchanged, Update
from importer.model.record import Record, Reference, State
from importer.planning.refusals import describe_uncertain
from importer.planning.states import desired_state

Name = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Applied:
    """What became of each record; `stopped` says why the run ended early, if it did."""

    settled: dict[Name, Settled] = field(default_factory=dict)
    stopped: ImporterError | None = None


INTERRUPTED = Interrupted(
    "The import was interrupted.",
    remedy="Import the same file again: it goes on where it stopped, and nothing is sent twice.",
)


def apply_plan(session: Session, planned: Planned, run: int, workbook: Path) -> Applied:
    """Send what the plan says. When the world gives out, the rest is *skipped*, never lost."""
    applied = Applied()
    applier = _Applier(
        session=session, planned=planned, run=run, ids=dict(planned.ids), workbook=workbook
    )
    total = len(planned.changes)
    for number, change in enumerate(planned.changes):
        if applied.stopped is not None:
            applied.settled[change.record.name] = _skipped(change)
            continue
        try:
            session.listener(Event(stage="send", done=number, total=total))
            settled = applier.apply(change)
        except ImporterError as failure:
            settled = replace(applier.cut_short(change), stopped=failure)
        except KeyboardInterrupt:
            settled = replace(applier.cut_short(change), stopped=INTERRUPTED)
        applied.settled[change.record.name] = settled
        applied.stopped = settled.stopped
    session.listener(Event(stage="send", done=total, total=total))
    return applied


def _skipped(change: Change) -> Settled:
    """Nothing is sent any more, but what the plan found without sending is still right."""
    match change:
        case Unchanged():
            return Settled(status=Status.UNCHANGED, id=change.remote.id, body=change.remote.body)
        case Conflict():
            return _in_conflict(change)
        case Blocked():
            return _blocked(change.by)
    return Settled(status=Status.SKIPPED, message="Not sent: the run ended before this row.")


@dataclass(slots=True, kw_only=True)
class _Applier:
    session: Session
    planned: Planned
    run: int
    ids: dict[Name, str]
    workbook: Path
    out: dict[Name, str] = field(default_factory=dict)

    def apply(self, change: Change) -> Settled:
        """One change; records that refer to it are told its id, or that it stays out."""
        record = change.record
        settled = self._settle(change)
        if settled.status.is_in_order:
            self.ids[record.name] = settled.id
        else:
            self.out[record.name] = f"{record.line.sheet} row {record.line.row}"
        return settled

    def cut_short(self, change: Change) -> Settled:
        """The world gave out while this change was under way."""
        if not isinstance(change, Create | Update):
            return _skipped(change)
        resource = self.session.catalog.resource(change.record.resource)
        problem = describe_uncertain(resource, change.record)
        return Settled(status=Status.UNCERTAIN, problems=(problem,))

    def _settle(self, change: Change) -> Settled:
        match change:
            case Blocked():
                return _blocked(change.by)
            case Conflict():
                return _in_conflict(change)
            case Unchanged():
                if not change.confirmed:
                    return self._begin(change.record).complete(
                        change.remote, status=Status.UNCHANGED
                    )
                return Settled(
                    status=Status.UNCHANGED, id=change.remote.id, body=change.remote.body
                )
            case Create() | Update():
                return self._write(change)

    def _write(self, change: Create | Update) -> Settled:
        record = change.record
        blocker = find_blocker(record, self.out)
        if blocker is not None:
            return _blocked(blocker)
        write = self._begin(record)
        return write.create() if isinstance(change, Create) else write.update(change)

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


def _in_conflict(change: Conflict) -> Settled:
    return Settled(status=Status.CONFLICT, id=change.remote.id, problems=change.problems)


def _blocked(by: str) -> Settled:
    return Settled(status=Status.BLOCKED, message=f"Waits for the {by}, which stays out.")
