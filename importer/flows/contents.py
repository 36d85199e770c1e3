"""Records that a service keeps without an external id: found by what they hold."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import quote

from importer.declare.resource import Items, Resource
from importer.flows.existing import Body, Listing
from importer.flows.session import Session
from importer.model.record import Json, State
from importer.planning.changes import agrees, ledger_key
from importer.planning.states import observed_state


def find_content(
    session: Session,
    resource: Resource,
    desired: State,
    items: Items,
    *,
    listing: Listing,
    linked: Collection[str] = (),
) -> Body | None:
    """The stored record with this content: the one that we confirmed, else one that looks alike.

    Alike is what agrees in all that the service shows, and in its bytes where it hands them out.
    Of several, one that is linked already, else the oldest.
    """
    confirmed = find_confirmed(session, resource, desired)
    if confirmed is not None:
        return confirmed
    alike = [
        body
        for body in listing.read_all()
        if agrees(resource, desired, observed_state(resource, body, items))
    ]
    free = _without_other_contents(session, resource, desired, alike)
    ordered = sorted(free, key=lambda body: _age(body, linked))
    return next((each for each in ordered if _may_hold(session, resource, desired, each)), None)


def _without_other_contents(
    session: Session, resource: Resource, desired: State, alike: Sequence[Body]
) -> Sequence[Body]:
    """Those that were never confirmed to hold something else: a corrected document may well have
    the name and the length of the one before."""
    key = ledger_key(resource, "", desired)
    ids = [str(body.get("id")) for body in alike]
    known = session.ledger.keys_of(session.scope_of(resource), resource.name, ids)
    return [body for body in alike if known.get(str(body.get("id")), {key}) == {key}]


def _may_hold(session: Session, resource: Resource, desired: State, body: Body) -> bool:
    """Whether the stored bytes are those of the document, as far as the service hands them out."""
    evidence, document = resource.evidence, desired.get("document")
    if evidence is None or not evidence.downloads or not isinstance(document, dict):
        return True
    path = evidence.downloads.format_map({"id": quote(str(body.get("id")), safe="")})
    digest = session.service_of(resource).fetch_digest(path, evidence.largest)
    return digest is None or digest == document["sha256"]


def find_confirmed(session: Session, resource: Resource, desired: State) -> Body | None:
    """The stored record with this content that we confirmed, if the service still has it."""
    service = session.service_of(resource)
    key = ledger_key(resource, "", desired)
    known = session.ledger.confirmations(session.scope_of(resource), resource.name, [key])
    for confirmation in reversed(known.get(key, ())):
        remote_id = quote(confirmation.remote_id, safe="")
        body = service.fetch(f"{resource.endpoint.path}/{remote_id}")
        if body is not None:
            return body
    return None


def _age(body: Body, linked: Collection[str]) -> tuple[bool, str]:
    return str(body.get("id")) not in linked, str(body.get("created_at", ""))


def linked_ids(states: Sequence[State]) -> frozenset[str]:
    """All ids that stored records link to, in whatever list."""
    return frozenset(
        each
        for state in states
        for value in state.values()
        if isinstance(value, list)
        for each in value
        if isinstance(each, str)
    )


def form_body(resource: Resource, desired: State) -> Mapping[str, Json]:
    """What a form sends besides the bytes, as the ledger writes it down."""
    fields = resource.evidence.fields if resource.evidence else ()
    return {name: desired.get(field) for name, field in fields} | {
        "document": desired.get("document")
    }
