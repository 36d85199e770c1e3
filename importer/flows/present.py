"""What is there of the resources of a book: read by page, and only the parts of a record alone."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from importer.checking.dates import find_zone
from importer.declare.column import Column
from importer.declare.definition import Defined, Item
from importer.declare.resource import Items, Resource
from importer.flows.account import Account
from importer.flows.existing import Body, Existing
from importer.flows.session import Session
from importer.model.event import Event
from importer.model.ports import Service
from importer.model.record import Json, Reference, Remote
from importer.planning.spans import Days, dates_of, find_days
from importer.planning.states import observed_state, read_remote
from importer.planning.wire import find_member, observed

OUTSIDE = "outside the days that were asked for"
OTHER = "made from another {title} than the one asked for"
PART = "that the service made from a template, as part of another record"
KEYLESS = "it has no External ID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A record that is there, with the definitions that it names and what those ask for."""

    resource: Resource
    remote: Remote
    items: Items
    defined: Defined


@dataclass(frozen=True, slots=True, kw_only=True)
class Omitted:
    """A record that is not filled in, or with a header one cell of it, and why not.

    called: how people would know it.
    """

    resource: Resource
    id: str
    key: str
    called: str
    why: str
    header: str = ""


@dataclass(slots=True, kw_only=True)
class Found:
    """What was read. `counts` are records that nobody asked for, by resource and reason."""

    present: list[Present] = field(default_factory=list)
    keyless: list[Omitted] = field(default_factory=list)
    omitted: list[Omitted] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be filled in: records of these resources and days.

    only: the definitions that records have to be made from, by the name of their kind.
    """

    resources: tuple[Resource, ...]
    days: Days
    only: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)


class ReadOnce(Existing):
    """Existing records whose parts are read once, however often they are asked for."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        super().__init__(services)
        self._whole: dict[tuple[str, str], Body] = {}

    def complete(self, resource: Resource, body: Body, details: Container[str]) -> Body:
        """The record with what belongs to it elsewhere, as it was read first."""
        name = resource.name, str(body.get("id"))
        if name not in self._whole:
            self._whole[name] = super().complete(resource, body, details)
        return self._whole[name]


def read_present(session: Session, account: Account, existing: Existing, wish: Wish) -> Found:
    """Read what is wished for.

    A record outside of the days stays in where one within them names it.
    """
    reader = _Reader(session=session, account=account, existing=existing, wish=wish)
    for resource in wish.resources:
        reader.read(resource)
    reader.take_named()
    return reader.found


@dataclass(slots=True, kw_only=True)
class _Reader:
    session: Session
    account: Account
    existing: Existing
    wish: Wish
    found: Found = field(default_factory=Found)
    outside: dict[str, tuple[Resource, Body]] = field(default_factory=dict)

    def read(self, resource: Resource) -> None:
        """Read the records of a resource."""
        listing = self.existing.listing(resource)
        title = resource.title
        while not listing.complete:
            done, total = len(listing.bodies), listing.total or 0
            self.session.listener(Event(stage="look up", note=title, done=done, total=total))
            listing.read_page()
        for number, body in enumerate(listing.bodies):
            if resource.endpoint.companions:
                done, total = number, len(listing.bodies)
                self.session.listener(Event(stage="look up", note=title, done=done, total=total))
            self._sort_in(resource, body)

    def take_named(self) -> None:
        """Take in what records within the days name, over any number of steps."""
        named = {each for one in self.found.present for each in _texts(one.remote.state)}
        while named := {each for each in named if each in self.outside}:
            taken = [self.outside.pop(each) for each in sorted(named)]
            before = len(self.found.present)
            for resource, body in taken:
                self._take(resource, body)
            new = self.found.present[before:]
            named = {each for one in new for each in _texts(one.remote.state)}
        for resource, _ in self.outside.values():
            self.found.counts[resource.name, OUTSIDE] += 1

    def _sort_in(self, resource: Resource, body: Body) -> None:
        days = find_days(resource, body, find_zone(self.session.zone))
        if not self.wish.days.touch(days):
            self.outside[str(body.get("id"))] = resource, body
            return
        self._take(resource, body)

    def _take(self, resource: Resource, body: Body) -> None:
        listing = self.existing.listing(resource)
        if self._is_other(resource, body):
            self._count_other(resource)
        elif resource.made_from and find_member(body, resource.made_from)[1]:
            self.found.counts[resource.name, PART] += 1
        elif not listing.key_of(body):
            self.found.keyless.append(describe(resource, body, KEYLESS))
        else:
            self._take_keyed(resource, body)

    def _take_keyed(self, resource: Resource, body: Body) -> None:
        whole = self.existing.complete(resource, body, ())
        items = self._find_items(resource, whole)
        if isinstance(items, str):
            self.found.omitted.append(describe(resource, whole, items))
        elif items is None:
            self._count_other(resource)
        else:
            defined = resource.define(items) if resource.define else Defined(fields=())
            remote = read_remote(resource, whole, items)
            one = Present(resource=resource, remote=remote, items=items, defined=defined)
            self.found.present.append(one)

    def _find_items(self, resource: Resource, body: Body) -> Items | str | None:
        """The definitions that a record names; why not in words, None for one not asked for."""
        items: dict[str, Item] = {}
        for column in resource.sheet.columns:
            definition = self.session.catalog.definition(column.to)
            own_id = _member(column, body)
            if definition is None or not isinstance(own_id, str):
                continue
            found = self.account.find(Reference(to=column.to, key=own_id))
            if len(found) != 1 or found[0]["id"] != own_id:
                return f"its {column.header} is {own_id}, which this account does not have"
            items[column.header] = found[0]
        header = resource.defined_by
        return self._tell(resource, body, items) if header and header not in items else items

    def _tell(self, resource: Resource, body: Body, items: Items) -> Items | str | None:
        """The items with the definition that only the record's parts tell."""
        column = resource.sheet.column(resource.defined_by)
        asked = self.wish.only.get(column.to)
        every = self.account.every(column.to) if asked is None else asked
        fitting = [
            each
            for each in every
            if observed_state(resource, body, {**items, column.header: each}).get(column.field)
            == each["id"]
        ]
        if len(fitting) == 1:
            return {**items, column.header: fitting[0]}
        if asked is not None:
            return None
        return f"its {column.header} cannot be told from what the service shows"

    def _is_other(self, resource: Resource, body: Body) -> bool:
        """Whether the record itself says that it was made from what nobody asked for."""
        if not resource.defined_by:
            return False
        column = resource.sheet.column(resource.defined_by)
        asked, own_id = self.wish.only.get(column.to), _member(column, body)
        if asked is None or own_id is None:
            return False
        return own_id not in {each["id"] for each in asked}

    def _count_other(self, resource: Resource) -> None:
        definition = self.session.catalog.definition(resource.sheet.column(resource.defined_by).to)
        title = definition.title if definition is not None else ""
        self.found.counts[resource.name, OTHER.format(title=title)] += 1


def describe(resource: Resource, body: Body, why: str, header: str = "") -> Omitted:
    """A record as people would know it: its first text, and its days."""
    key_field = resource.key_column.field
    texts = (
        str(value)
        for column in resource.sheet.columns
        if column.field != key_field and column.kind.name == "TEXT"
        if isinstance(value := _member(column, body), str) and value
    )
    words = [next(texts, ""), *dates_of(resource, body)]
    return Omitted(
        resource=resource,
        id=str(body.get("id") or ""),
        key=str(find_member(body, key_field)[1] or ""),
        called=", ".join(each for each in words if each),
        why=why,
        header=header,
    )


def _member(column: Column, body: Body) -> Json:
    """What a record holds for a column, in the compared form; None where it holds nothing."""
    is_there, stored = find_member(body, column.field) if column.field else (False, None)
    return observed(column, stored) if is_there else None


def _texts(value: object) -> Iterable[str]:
    """All texts within a state."""
    match value:
        case str():
            yield value
        case Mapping():
            for each in value.values():
                yield from _texts(each)
        case Sequence():
            for each in value:
                yield from _texts(each)


def build_days(first: date | None, last: date | None) -> Days:
    """The days that are asked for, both included; None is no bound."""
    return Days(first=first or date.min, last=last or date.max)
