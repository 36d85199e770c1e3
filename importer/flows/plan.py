"""The verb *plan*: reads the services, writes nothing, and says what an import would do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from importer.declare.resource import Items
from importer.flows.account import Account
from importer.flows.closed_periods import find_closed
from importer.flows.defining import Known, Name, read_known
from importer.flows.doubles import find_doubles
from importer.flows.existing import Existing
from importer.flows.fitting import find_oversized, find_unfit
from importer.flows.households import hold_with_owners
from importer.flows.id_readings import find_id_readings
from importer.flows.named_twice import find_named_twice
from importer.flows.referring import find_blocker, resolve_references
from importer.flows.session import Session
from importer.flows.uncounted import find_uncounted
from importer.model.checked import Checked
from importer.model.plan import Blocked, Change, Conflict, Unchanged, Update
from importer.model.ports import Confirmation
from importer.model.problem import Problem, Severity
from importer.model.record import Record, Reference, State
from importer.planning.changes import Leave, claim, decide, ledger_key
from importer.planning.order import waves
from importer.planning.shares import find_overshares
from importer.planning.states import desired_state

_GATE_FROM = 10
_GATE_SHARE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with what applying it needs.

    waves: changes in the order in which they may be applied.
    ids: the service's ids of what exists; applying adds to its own copy.
    staying_out: records that are not in the plan, and where they stand.
    """

    waves: tuple[tuple[Change, ...], ...] = ()
    items: Mapping[Name, Items] = field(default_factory=dict)
    ids: Mapping[Name, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    staying_out: Mapping[Name, str] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, in order."""
        return tuple(change for wave in self.waves for change in wave)

    @property
    def is_at_gate(self) -> bool:
        """Whether so many existing records would change that a mistake is likelier than a wish."""
        existing = [
            each for each in self.changes if isinstance(each, Update | Unchanged | Conflict)
        ]
        updates = sum(1 for each in existing if isinstance(each, Update))
        return len(existing) >= _GATE_FROM and updates > _GATE_SHARE * len(existing)


def make_plan(session: Session, checked: Checked, account: Account, existing: Existing) -> Planned:
    """Compare every record that is in order with what its service holds.

    Those that close a period are no part of it: they are never written beside others.
    """
    catalog = session.catalog
    own = [each for each in checked.records if not catalog.resource(each.resource).submission]
    rows = {*(each.name for each in checked.records), *checked.staying_out}
    known = read_known(session, account, existing, own, rows)
    out = {**checked.staying_out, **known.staying_out}
    ids = resolve_references(session, existing, known, out)
    desired = {
        name: _desired(session, known, ids, record) for name, record in known.records.items()
    }
    changes = _decide_all(session, known, desired)
    changes = _hold_closed(session, known, changes)
    doubles = find_doubles(session, existing, known, changes, desired)
    _drop_doubles(known, doubles)
    found = (
        find_unfit(session, known, desired),
        _find_overshares(session, known, desired),
        find_oversized(session, known, changes, desired),
        find_named_twice(session, known, ids),
        find_uncounted(session, checked, changes),
        find_id_readings(session, existing, known),
    )
    for name, record in tuple(known.records.items()):
        known.drop(record, (problem for each in found for problem in each.get(name, ())))
    return Planned(
        waves=_order(known, changes, {**checked.staying_out, **known.staying_out}),
        items=known.items,
        ids=ids,
        problems=tuple(known.problems),
        staying_out={**checked.staying_out, **known.staying_out},
    )


def _desired(session: Session, known: Known, ids: Mapping[Name, str], record: Record) -> State:
    def resolve(reference: Reference) -> str | None:
        return ids.get((reference.to, reference.key.casefold()))

    resource = session.catalog.resource(record.resource)
    return desired_state(resource, record, known.items[record.name], resolve)


def _decide_all(
    session: Session, known: Known, desired: Mapping[Name, State]
) -> Mapping[Name, Change]:
    confirmed = _confirmations(session, known, desired)
    options = session.options
    leave = Leave(overwrite=options.overwrite, update=not options.create_only)
    changes: dict[Name, Change] = {}
    for name, record in known.records.items():
        resource, remote = session.catalog.resource(record.resource), known.remotes.get(name)
        if remote is not None and name in known.claimed:
            changes[name] = claim(resource, record, remote, desired[name], leave=leave)
            continue
        confirmations = confirmed.get(name, ())
        changes[name] = decide(resource, record, remote, desired[name], confirmations, leave=leave)
    return {name: _as_asked(change, known) for name, change in changes.items()}


def _hold_closed(
    session: Session, known: Known, changes: Mapping[Name, Change]
) -> Mapping[Name, Change]:
    """What lies in a period that is closed for good is not sent."""
    held = dict(changes)
    for name, problem in find_closed(session, changes).items():
        change = changes[name]
        if problem.severity is Severity.ERROR and isinstance(change, Update):
            held[name] = Conflict(record=change.record, remote=change.remote, problems=(problem,))
        else:
            known.drop(change.record, (problem,))
    return held


def _as_asked(change: Change, known: Known) -> Change:
    """An unchanged record, with whether the service said so."""
    if isinstance(change, Unchanged) and change.record.name in known.trusted:
        return replace(change, asked=False)
    return change


def _confirmations(
    session: Session, known: Known, desired: Mapping[Name, State]
) -> Mapping[Name, tuple[Confirmation, ...]]:
    """All confirmed payloads of records that exist, from the ledger."""
    found: dict[Name, tuple[Confirmation, ...]] = {}
    for resource in session.catalog.resources:
        keys = {
            ledger_key(resource, record.key, desired[name]): name
            for name, record in known.records.items()
            if name in known.remotes and record.resource == resource.name
        }
        if keys:
            scope = session.scope_of(resource)
            stored = session.ledger.confirmations(scope, resource.name, keys)
            found.update({keys[key]: tuple(each) for key, each in stored.items()})
    return found


def _find_overshares(
    session: Session, known: Known, desired: Mapping[Name, State]
) -> Mapping[Name, tuple[Problem, ...]]:
    found: dict[Name, tuple[Problem, ...]] = {}
    for resource in session.catalog.resources:
        mine = [each for each in known.records.values() if each.resource == resource.name]
        found.update(find_overshares(resource, mine, desired, known.remotes))
    return found


def _drop_doubles(known: Known, problems: Sequence[Problem]) -> None:
    by_row: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.place.sheet, problem.place.row].append(problem)
    for record in tuple(known.records.values()):
        place = next(iter(record.line.places.values()))
        known.drop(record, by_row.get((place.sheet, place.row), ()))


def _order(
    known: Known, changes: Mapping[Name, Change], staying_out: Mapping[Name, str]
) -> tuple[tuple[Change, ...], ...]:
    """The waves; what refers to a record that stays out is blocked, over any number of steps.

    Then a row that is held is held with what its numbers make, which comes before it.
    """
    ordered = _order_once(known, changes, staying_out)
    held = hold_with_owners(changes, (each for wave in ordered for each in wave))
    is_final = all(held[name] is change for name, change in changes.items())
    return ordered if is_final else _order(known, held, staying_out)


def _order_once(
    known: Known, changes: Mapping[Name, Change], staying_out: Mapping[Name, str]
) -> tuple[tuple[Change, ...], ...]:
    out = dict(staying_out)
    found = []
    for wave in waves(tuple(known.records.values())):
        ordered: list[Change] = []
        for record in wave:
            change = _block(changes[record.name], out)
            if isinstance(change, Blocked | Conflict):
                out[record.name] = record.line.where
            ordered.append(change)
        found.append(tuple(ordered))
    return tuple(found)


def _block(change: Change, out: Mapping[Name, str]) -> Change:
    """A record that needs no write is not blocked by what it refers to.

    What a number of a row makes waits for a conflict of the row, and not the other way round.
    """
    if isinstance(change, Unchanged):
        return change
    waiting = [each.name for each in change.record.makes] if isinstance(change, Conflict) else ()
    blocker = find_blocker(change.record, out, but=waiting)
    return change if blocker is None else Blocked(record=change.record, by=blocker)
