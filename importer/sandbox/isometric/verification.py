"""What a verdict on a statement fixes: its entries, their components, their datapoints.

Source: the published document (docs.isometric.com): a datapoint may be
`locked_used_in_verified_removal`, a component that a verified entry uses cannot be deleted, and an
entry in an immutable state is not calculated anew. That such an entry, its attributions and its
components cannot be changed at all is ours: a change of a component may just as well be taken and
not counted. What is refused is not calculated anew either, so totals stay as they were verified.
"""

from collections.abc import Iterable
from typing import Any, Literal

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.isometric.attributions import list_of_component, list_of_entry
from importer.sandbox.isometric.errors import refuse_rule
from importer.sandbox.isometric.inputs import read_datapoint_ids
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT, STATEMENT
from importer.sandbox.isometric.reporting_periods import list_members
from importer.sandbox.isometric.totals import calculate_total
from importer.sandbox.moments import write_moment
from importer.sandbox.store import Store

Verdict = Literal[
    "DRAFT", "AWAITING_VERIFICATION", "VERIFIED", "CREDITS_ISSUED", "FAILED_VERIFICATION"
]
"""The values of GhgStatementStatus in the published document."""

_VERIFIED = frozenset({"VERIFIED", "CREDITS_ISSUED"})
_FREE, _LOCKED = "not_locked", "locked_used_in_verified_removal"


def refuse_verified(here: Context, entry: Document) -> None:
    """Refuse to change an entry whose statement is verified.

    Raises:
        HTTPException: 400, it is.
    """
    if entry.id in _list_verified(here.store):
        raise refuse_rule(f"GHG entry '{entry.id}' is verified and cannot be changed")


def refuse_used(here: Context, component: Document) -> None:
    """Refuse to change a component that counts towards a verified entry.

    Raises:
        HTTPException: 400, it does. For DELETE that it fails is documented, the status is not.
    """
    verified = _list_verified(here.store)
    for attribution in list_of_component(here.store, component.id):
        if attribution.body["ghg_entry_id"] in verified:
            raise refuse_rule(f"Component '{component.id}' is used by a verified GHG entry")


def judge(here: Context, statement_id: str, verdict: Verdict) -> Document:
    """Set the status of a statement, as its verifier and the registry would, and lock and unlock.

    Changes that waited for another submission are part of what is judged.

    Raises:
        LookupError: There is no such statement.
    """
    with here.store.transaction():
        statement = here.store.read(STATEMENT, statement_id)
        members = list_members(here.store, statement)
        fields = _reopen() if verdict == "DRAFT" else _close(here, statement, verdict)
        judged = here.store.change(STATEMENT, statement.id, {**fields, "status": verdict})
        _lock_datapoints(here.store, members)
        return judged


def _reopen() -> dict[str, Any]:
    members = ("submitted_at", "credits_issued_at", "ghg_statement_report_url")
    return {**dict.fromkeys(members), "_members": None, "_submitted_total": None}


def _close(here: Context, statement: Document, verdict: Verdict) -> dict[str, Any]:
    now = write_moment(here.clock())
    members = list_members(here.store, statement)
    return {
        "submitted_at": statement.body["submitted_at"] or now,
        "credits_issued_at": now if verdict == "CREDITS_ISSUED" else None,
        "_members": members,
        "_submitted_total": calculate_total(here, members),
    }


def _lock_datapoints(store: Store, entry_ids: Iterable[str]) -> None:
    locked = _list_datapoints(store, _list_verified(store))
    for datapoint_id in _list_datapoints(store, entry_ids):
        datapoint = store.read(DATAPOINT, datapoint_id)
        if datapoint.body["locked_status"] in (_FREE, _LOCKED):
            status = _LOCKED if datapoint_id in locked else _FREE
            store.change(DATAPOINT, datapoint_id, {"locked_status": status})


def _list_verified(store: Store) -> set[str]:
    """The ids of all entries of verified statements."""
    verified = (each for each in store.select(STATEMENT) if each.body["status"] in _VERIFIED)
    return {entry_id for statement in verified for entry_id in statement.body["_members"]}


def _list_datapoints(store: Store, entry_ids: Iterable[str]) -> set[str]:
    """The ids of all datapoints that components of these entries use."""
    components = (
        store.read(COMPONENT, attribution.body["component_id"])
        for entry_id in entry_ids
        for attribution in list_of_entry(store, entry_id)
    )
    return {
        datapoint_id
        for component in components
        for bound in component.body["inputs"]
        for datapoint_id in read_datapoint_ids(bound)
    }
