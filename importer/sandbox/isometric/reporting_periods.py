"""Which entries fall into which statement.

Source: a walkthrough page of docs.isometric.com: periods of a project touch, and every entry whose
`completed_on` lies in one is included. That an entry joins a draft by itself is observed. That a
submitted statement keeps the entries it had is ours: what happens then is not published.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from importer.sandbox.documents import Document, Filter
from importer.sandbox.isometric.kinds import ENTRY, STATEMENT
from importer.sandbox.isometric.standing import select_standing
from importer.sandbox.store import Store


def list_statements(store: Store, project_id: str) -> Sequence[Document]:
    """The statements of a project, in the order of their ends."""
    found = store.select(STATEMENT, Filter(equal={"project_id": project_id}))
    return sorted(found, key=lambda each: str(each.body["_end"]))


def find_start(store: Store, project_id: str) -> str | None:
    """The first day of the next period; None where there is nothing to begin with."""
    statements = list_statements(store, project_id)
    if statements:
        last = date.fromisoformat(statements[-1].body["_end"])
        return (last + timedelta(days=1)).isoformat()
    entries = select_standing(store, ENTRY, Filter(equal={"_project_id": project_id}))
    return min((each.body["started_on"] for each in entries), default=None)


def list_members(store: Store, statement: Document) -> list[str]:
    """The ids of a statement's entries."""
    body = statement.body
    if body["_members"] is not None:
        return list(body["_members"])
    entries = select_standing(store, ENTRY, Filter(equal={"_project_id": body["project_id"]}))
    return [each.id for each in entries if _covers(body, each)]


def find_statement(store: Store, entry: Document) -> Document | None:
    """The statement that an entry is in; None for one that is in none."""
    for statement in list_statements(store, entry.body["_project_id"]):
        members = statement.body["_members"]
        if _covers(statement.body, entry) if members is None else entry.id in members:
            return statement
    return None


def _covers(body: Mapping[str, Any], entry: Document) -> bool:
    return bool(body["_start"] <= entry.body["completed_on"] <= body["_end"])
