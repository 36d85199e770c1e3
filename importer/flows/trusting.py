"""`--trust-ledger`: what the ledger knows as confirmed is not looked up (design: decision 5)."""

from collections.abc import Mapping, Sequence

from importer.declare.resource import Items, Resource
from importer.flows.session import Session
from importer.model.ports import Confirmation
from importer.model.record import Record, Reference, Remote, State
from importer.planning.changes import ledger_key, same_value
from importer.planning.states import desired_state
from importer.planning.wire import Resolve

Name = tuple[str, str]
Ids = Mapping[Name, str]


def find_trusted(
    session: Session, records: Mapping[Name, Record], items: Mapping[Name, Items]
) -> Mapping[Name, Remote]:
    """Records that say what was confirmed last, with what the service showed then.

    One counts only if the ledger knows all that it refers to, too. None where nobody asked for it.
    """
    if not session.options.trust_ledger:
        return {}
    confirmed = _read_confirmed(session, records, items)
    resolve = _resolver(session, {name: each[-1].remote_id for name, each in confirmed.items()})
    found = {}
    for name, confirmations in confirmed.items():
        record, last = records[name], confirmations[-1]
        resource = session.catalog.resource(record.resource)
        desired = desired_state(resource, record, items[name], resolve)
        if _says_the_same(resource, desired, last.sent):
            # Not all that was sent is in the answer that confirmed it, such as an entry's inputs.
            state = {**last.sent, **last.observed}
            found[name] = Remote(id=last.remote_id, key=record.key, body={}, state=state)
    return found


def _says_the_same(resource: Resource, desired: State, sent: State) -> bool:
    """Whether all that is stated was sent. What takes something off states nothing to be there,
    so that it was never sent is no proof that it is gone."""
    return all(
        field in sent and same_value(resource, field, value, sent[field])
        for field, value in desired.items()
    )


def _read_confirmed(
    session: Session, records: Mapping[Name, Record], items: Mapping[Name, Items]
) -> Mapping[Name, Sequence[Confirmation]]:
    """The confirmations of these records, where there are any with an id."""
    found: dict[Name, Sequence[Confirmation]] = {}
    for resource in session.catalog.resources:
        names: dict[str, list[Name]] = {}
        for name, record in records.items():
            if record.resource == resource.name:
                alone = desired_state(resource, record, items[name], lambda _: None)
                names.setdefault(ledger_key(resource, record.key, alone), []).append(name)
        if names:
            stored = session.ledger.confirmations(session.scope_of(resource), resource.name, names)
            found |= {
                name: each
                for key, each in stored.items()
                for name in names[key]
                if each[-1].remote_id
            }
    return found


def _resolver(session: Session, ids: Ids) -> Resolve:
    def resolve(reference: Reference) -> str | None:
        resource = session.catalog.resource(reference.to)
        if resource.is_service_id(reference.key):
            return reference.key
        return ids.get((reference.to, reference.key.casefold()))

    return resolve
