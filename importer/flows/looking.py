"""What a service shows under a record's key, after an answer that was not a clear yes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from importer.declare.resource import Items, Resource
from importer.flows.contents import find_content
from importer.flows.existing import Existing
from importer.flows.session import Session
from importer.model.ports import Answer
from importer.model.record import Json, Record, Remote, State
from importer.planning.changes import agrees
from importer.planning.states import read_remote
from importer.planning.wire import find_member

PAUSES = (1.0, 2.0, 4.0)
"""Seconds before each look-up after a doubtful write: whether a list shows a write at once is
unknown, so it is given time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One record, and what is looked for: its key, or its content where it has none."""

    session: Session
    resource: Resource
    record: Record
    desired: State
    items: Items

    def look_up(
        self, pauses: Iterable[float], *, fits: Callable[[Remote], bool] = lambda _: True
    ) -> Remote | None:
        """The first that is there and fits, with a look behind each pause."""
        for pause in pauses:
            if pause:
                self.session.sleep(pause)
            found = self._find()
            if found is not None and fits(found):
                return found
        return None

    def read(self, body: Mapping[str, Json]) -> Remote:
        """The record in an answer."""
        return read_remote(self.resource, body, self.items)

    def is_ours(self, answer: Answer) -> bool:
        """Whether an answer is about the record that was sent."""
        body = answer.body
        if not isinstance(body.get("id"), str):
            return False
        if self.resource.content_key:
            return self.says(self.read(body))
        return find_member(body, self.resource.key_column.field)[1] == self.record.key

    def says(self, remote: Remote) -> bool:
        """Whether a record holds all that was to be sent."""
        return agrees(self.resource, self.desired, remote.state)

    def _find(self) -> Remote | None:
        """Ask anew: what was read for the plan is too old by now.

        Several under one key should not be, but they are there: no more of them are made.
        """
        existing = Existing(self.session.services)
        if self.resource.content_key:
            body = find_content(
                self.session,
                self.resource,
                self.desired,
                self.items,
                listing=existing.listing(self.resource),
            )
            return None if body is None else self.read(body)
        bodies = existing.find(self.resource, [self.record.key])[self.record.key]
        return self._complete(existing, bodies[0]) if bodies else None

    def _complete(self, existing: Existing, body: Mapping[str, Json]) -> Remote:
        return self.read(existing.complete(self.resource, body, self.record.details))
