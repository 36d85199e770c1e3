"""Figures that a service computes after it took a record: asked for in bulk, and waited for."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from importer.declare.resource import Resource
from importer.flows.applying import Applied
from importer.flows.existing import Body, Existing
from importer.flows.plan import Planned
from importer.flows.session import Session
from importer.flows.stopping import interrupted
from importer.model.event import Event
from importer.model.failure import ImporterError, Interrupted
from importer.model.outcome import Status
from importer.model.record import Record
from importer.planning.wire import find_member

Name = tuple[str, str]

Ask = Callable[[Resource, Sequence[str]], Mapping[str, Body]]
"""The records of these keys, as far as they are there; asked anew each time."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


def read_figures(session: Session, planned: Planned, applied: Applied) -> None:
    """Fill in the results of records that were still calculating when they were sent.

    The import is over by now: a service that does not answer leaves the figures open.
    """
    records = dict(_open_records(session, planned, applied))
    wanted: dict[str, list[str]] = {}
    for resource, key in records:
        wanted.setdefault(resource, []).append(key)
    if not records or applied.is_held or applied.stopped is not None:
        return
    try:
        for resource, key, body in follow(session, wanted, _ask_by_key(session)):
            name = records[resource, key].name
            applied.settled[name] = replace(applied.settled[name], body=body)
    except (KeyboardInterrupt, Interrupted):
        applied.stopped = interrupted()
    except ImporterError:
        return


def follow(
    session: Session, wanted: Mapping[str, Sequence[str]], ask: Ask
) -> Iterator[tuple[str, str, Body]]:
    """What the service says of records (keys by resource), until all figures are there.

    Those that are still calculating are asked about again, after growing pauses, as long as the
    session waits. How long a calculation takes is not published.
    Source: docs.cula.tech/upcoming-api-reference/periodic-emission-logs (poll GET)
    """
    pauses = build_pauses(session.wait)
    start = session.clock()
    while True:
        left: dict[str, list[str]] = {}
        for name, keys in wanted.items():
            resource = session.catalog.resource(name)
            for key, body in ask(resource, keys).items():
                yield name, key, body
                if is_calculating(resource, body):
                    left.setdefault(name, []).append(key)
        wanted, pause = left, next(pauses, None)
        is_over = (session.clock() - start).total_seconds() >= session.wait
        if not wanted or pause is None or is_over:
            return
        session.listener(Event(stage="figures", note=f"{sum(map(len, wanted.values()))} open"))
        session.sleep(pause)


def build_pauses(wait: float) -> Iterator[float]:
    """Pauses that grow and add up to the seconds that may be waited."""
    pause, left = _FIRST_PAUSE, wait
    while left > 0:
        yield min(pause, left)
        left -= pause
        pause = min(pause * 2, _LONGEST_PAUSE)


def is_calculating(resource: Resource, body: Body) -> bool:
    """Whether the service says that a record's figures are still to come."""
    return resource.calculating is not None and resource.calculating(body)


def _open_records(
    session: Session, planned: Planned, applied: Applied
) -> Iterator[tuple[tuple[str, str], Record]]:
    """Records whose figures were not there when the service answered, or are not right any more.

    By resource and key.
    """
    stale = _find_stale(session, planned, applied)
    for change in planned.changes:
        record, end = change.record, applied.settled[change.record.name]
        resource = session.catalog.resource(record.resource)
        is_open = resource.calculating is not None and any(
            find_member(end.body or {}, each.field)[1] is None for each in resource.results
        )
        if end.body is not None and (is_open or record.name in stale):
            yield (record.resource, record.key), record


def _find_stale(session: Session, planned: Planned, applied: Applied) -> frozenset[Name]:
    """Records that were read before something of their service was changed.

    Their figures may follow from it, such as the net of an entry from its datapoints; and not all
    that they follow from stands in the workbook, such as a component that was attached earlier.
    """
    moved: set[str] = set()
    read: dict[str, set[Name]] = defaultdict(set)
    for change in planned.changes:
        name = change.record.name
        resource = session.catalog.resource(change.record.resource)
        status = applied.settled[name].status
        if status is Status.UPDATED and not resource.results:
            moved.add(resource.service)
        elif status is Status.UNCHANGED and resource.results:
            read[resource.service].add(name)
    return frozenset(name for service in moved for name in read[service])


def _ask_by_key(session: Session) -> Ask:
    def ask(resource: Resource, keys: Sequence[str]) -> Mapping[str, Body]:
        found = Existing(session.services).find(resource, keys)
        return {key: bodies[0] for key, bodies in found.items() if len(bodies) == 1}

    return ask
