"""A template with existing records is proven: read, checked and planned, it has to be unchanged.

So nothing that a cell cannot hold, and nothing that a rule of ours does not let through, is
changed without a word: such a cell is left blank, such a record is left out, and both are listed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from importer.flows.account import Account
from importer.flows.check import CheckedFile, check_file
from importer.flows.existing import Existing
from importer.flows.plan import Planned, make_plan
from importer.flows.prefilling import FilledBook, Spot
from importer.flows.present import Found, Present, describe
from importer.flows.rehearsal import Rehearsal
from importer.flows.session import Options, Session
from importer.model.event import Event
from importer.model.place import Place
from importer.model.plan import Change, Conflict, Unchanged, Update
from importer.model.problem import Problem, Severity
from importer.model.record import Reference, State
from importer.planning.changes import cell_of, ledger_key
from importer.planning.states import desired_state

Name = tuple[str, str]
Fill = Callable[[Sequence[Present], frozenset[Spot]], FilledBook]
Render = Callable[[FilledBook, Found], bytes]

_NOT_FOUND = "it is not found again by its External ID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """The workbook, its rows, and the plan of an import of it: all of that is unchanged."""

    content: bytes
    book: FilledBook
    planned: Planned


@dataclass(slots=True, kw_only=True)
class Prover:
    """Takes out of what was found all that would not be unchanged, and says so in it."""

    session: Session
    account: Account
    existing: Existing
    found: Found
    fill: Fill
    render: Render
    blank: set[Spot] = field(default_factory=set)

    def prove(self) -> Proven:
        """The workbook. Each round leaves something out, so that there is a last one."""
        while True:
            book = self.fill(self.found.present, frozenset(self.blank))
            content = self.render(book, self.found)
            if not self.found.present:
                return Proven(content=content, book=book, planned=Planned())
            self.session.listener(Event(stage="check", total=len(self.found.present)))
            file, planned = self._plan(content)
            if self._take_out(book, file, planned) == 0:
                return Proven(content=content, book=book, planned=planned)

    def _plan(self, content: bytes) -> tuple[CheckedFile, Planned]:
        ledger = Rehearsal(ledger=self.session.ledger, clock=self.session.clock)
        rehearsing = replace(self.session, ledger=ledger, options=Options(), account=self.account)
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "proof.xlsx"
            path.write_bytes(content)
            now = self.session.clock()
            file = check_file(path, self.session.catalog, zone=self.session.zone, now=now)
            return file, make_plan(rehearsing, file.checked, self.account, self.existing)

    def _take_out(self, book: FilledBook, file: CheckedFile, planned: Planned) -> int:
        """Take out what is not unchanged; answers with how much that is."""
        changes = {each.record.name: each for each in planned.changes}
        problems = [*file.checked.problems, *planned.problems]
        faults = dict(_faults(problems, planned.changes, self._fields))
        leaving: dict[str, str] = {}
        blanked = 0
        for place, why in faults.items():
            row, spot = book.row_at(place), book.spot_at(place)
            if row is None:
                continue
            if spot is None or spot in self.blank:
                leaving.setdefault(row.of.remote.id, why)
            else:
                self.blank.add(spot)
                blanked += 1
                one = row.of
                header = place.header or place.sheet
                told = describe(one.resource, one.remote.body, why, header)
                self.found.omitted.append(told)
        if not blanked:
            for one in self.found.present:
                name = one.resource.name, one.remote.key.casefold()
                if not isinstance(changes.get(name), Unchanged):
                    leaving.setdefault(one.remote.id, _NOT_FOUND)
        return blanked + self._leave_out(leaving)

    def _leave_out(self, leaving: Mapping[str, str]) -> int:
        stay: list[Present] = []
        for one in self.found.present:
            if one.remote.id in leaving:
                why = leaving[one.remote.id]
                self.found.omitted.append(describe(one.resource, one.remote.body, why))
            else:
                stay.append(one)
        self.found.present = stay
        return len(leaving)

    def _fields(self, change: Update) -> Iterator[tuple[Place, str]]:
        resource = self.session.catalog.resource(change.record.resource)
        for each in change.differences:
            yield cell_of(resource, change.record, each.field), f"it would be changed: {each}"


def _faults(
    problems: Iterable[Problem],
    changes: Iterable[Change],
    fields: Callable[[Update], Iterable[tuple[Place, str]]],
) -> Iterator[tuple[Place, str]]:
    """What is not unchanged: where it stands, and why in words."""
    for problem in problems:
        if problem.severity is Severity.ERROR:
            yield problem.place, _words(problem)
    for change in changes:
        match change:
            case Conflict():
                yield from ((each.place, _words(each)) for each in change.problems)
            case Update():
                yield from fields(change)


def _words(problem: Problem) -> str:
    return f"found {problem.found}; expected {problem.expected}"


def confirm_base(session: Session, planned: Planned) -> None:
    """Write down what was read as the base of later comparisons: a correction is an update."""

    def resolve(reference: Reference) -> str | None:
        return planned.ids.get((reference.to, reference.key.casefold()))

    for change in planned.changes:
        if not isinstance(change, Unchanged) or change.confirmed:
            continue
        record, remote = change.record, change.remote
        resource = session.catalog.resource(record.resource)
        sent: State = desired_state(resource, record, planned.items[record.name], resolve)
        session.ledger.confirm(
            session.scope_of(resource),
            resource=resource.name,
            key=ledger_key(resource, record.key, sent),
            remote_id=remote.id,
            sent=sent,
            observed=remote.state,
        )
