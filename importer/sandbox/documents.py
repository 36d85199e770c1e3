"""What the store holds: documents of a kind, found by id, by reference or by page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_NO_END = 2**62


class Kind(NamedTuple):
    """What a document is: the service that it belongs to and its type there."""

    service: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One record of a service.

    Members of `body` that begin with an underscore are the twin's own and are never answered.
    """

    number: int
    """Grows with every document made; lists are in this order."""
    id: str
    reference: str | None
    """The caller's key: `external_id` at Cula, `supplier_reference_id` at Isometric."""
    body: dict[str, Any]

    def public(self) -> dict[str, Any]:
        """The members that the service answers with."""
        return {name: value for name, value in self.body.items() if not name.startswith("_")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Narrows a list; what is left out does not narrow."""

    reference: str | None = None
    parent: str | None = None
    ids: Sequence[str] | None = None
    equal: Mapping[str, object] = field(default_factory=dict)
    """Member of the body to its value; None fits a member that is null or missing."""
    contains: Mapping[str, str] = field(default_factory=dict)
    """Member of the body to a text in it, regardless of case."""

    def clauses(self) -> tuple[str, tuple[object, ...]]:
        """The filter as SQL to append to a WHERE, and the values for its question marks."""
        clauses: list[str] = []
        values: list[object] = []
        if self.reference is not None:
            clauses.append("reference = ?")
            values.append(self.reference)
        if self.parent is not None:
            clauses.append("parent = ?")
            values.append(self.parent)
        if self.ids is not None:
            clauses.append("id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(self.ids)))
        for member, value in self.equal.items():
            clauses.append("json_extract(body, '$.' || ?) IS ?")
            values += [member, value]
        for member, text in self.contains.items():
            clauses.append("instr(lower(json_extract(body, '$.' || ?)), lower(?)) > 0")
            values += [member, text]
        return "".join(f" AND {clause}" for clause in clauses), tuple(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which part of a list is wanted: `size` documents between two document numbers."""

    size: int
    after: int | None = None
    before: int | None = None
    backwards: bool = False
    """Take them from the end of the list instead of from its beginning."""

    @property
    def lowest(self) -> int:
        """The lowest document number inside of the window."""
        return 0 if self.after is None else self.after + 1

    @property
    def highest(self) -> int:
        """The highest document number inside of the window."""
        return _NO_END if self.before is None else self.before - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a list, in the order of the list."""

    documents: tuple[Document, ...]
    total: int
    """How many documents the whole list holds."""
    has_earlier: bool
    has_later: bool
