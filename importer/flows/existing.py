"""What the service already holds: looked up one by one or by page, whichever costs less."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from importer.apis.pages import walk, walk_pages
from importer.declare.resource import Resource
from importer.model.ports import Page, Service
from importer.model.record import Json
from importer.planning.wire import find_member

Body = Mapping[str, Json]


@dataclass(slots=True)
class Listing:
    """The list of a resource's records, read page by page and only as far as needed.

    `complete` tells whether all of it was read; a service that does not tell a total shows its
    end only by coming to it.
    """

    service: Service
    resource: Resource
    bodies: list[Body] = field(default_factory=list)
    pages: int = 0
    total: int | None = None
    complete: bool = False
    _left: Iterator[Page] | None = None

    @property
    def path(self) -> str:
        """The list's path with what narrows it."""
        endpoint = self.resource.endpoint
        return f"{endpoint.path}?{endpoint.query}" if endpoint.query else endpoint.path

    def key_of(self, body: Body) -> str:
        """The external id of a listed record; empty where it has none."""
        _, key = find_member(body, self.resource.key_column.field)
        return key if isinstance(key, str) else ""

    def read_page(self) -> Sequence[Body]:
        """Read the next page."""
        if self._left is None:
            self._left = walk_pages(self.service.fetch_page, self.path)
        page = next(self._left)
        self.bodies += page.nodes
        self.pages += 1
        self.total, self.complete = page.total, page.after is None
        return page.nodes

    def read_all(self) -> Sequence[Body]:
        """Read to the end."""
        while not self.complete:
            self.read_page()
        return self.bodies

    def find(self, keys: Iterable[str]) -> Mapping[str, Sequence[Body]]:
        """The records of these external ids; a key that is not there has none.

        Pages are read while they cost less than the look-ups that are still open; what a total
        shows to be too far is not begun.
        """
        wanted = list(dict.fromkeys(keys))
        found: dict[str, list[Body]] = {}
        self._sort_in(self.bodies, wanted, found)
        budget = len(wanted)
        while self._is_worth_a_page(wanted, found, budget):
            self._sort_in(self.read_page(), wanted, found)
            budget -= 1
        for key in wanted:
            if key not in found and not self.complete:
                found[key] = list(self.service.find(self.path, key))
        return {key: found.get(key, []) for key in wanted}

    def _is_worth_a_page(
        self, wanted: Sequence[str], found: Mapping[str, object], budget: int
    ) -> bool:
        open_keys = sum(1 for key in wanted if key not in found)
        if self.complete or open_keys <= 1 or budget <= 0:
            return False
        if self.total is None:
            return True
        left = self.total - len(self.bodies)
        return left <= open_keys * _page_length(self)

    def _sort_in(
        self, bodies: Iterable[Body], wanted: Sequence[str], found: dict[str, list[Body]]
    ) -> None:
        names = set(wanted)
        for body in bodies:
            key = self.key_of(body)
            if key in names:
                found.setdefault(key, []).append(body)


def _page_length(listing: Listing) -> int:
    """How many records a page of this service holds, as seen so far."""
    return max(1, len(listing.bodies) // max(1, listing.pages))


class Existing:
    """Records that are there, by resource. Holds what was read, so make one for each run."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        self._services = services
        self._listings: dict[str, Listing] = {}

    def listing(self, resource: Resource) -> Listing:
        """The resource's list, shared by all who read it in this run."""
        if resource.name not in self._listings:
            service = self._services[resource.service]
            self._listings[resource.name] = Listing(service=service, resource=resource)
        return self._listings[resource.name]

    def find(self, resource: Resource, keys: Iterable[str]) -> Mapping[str, Sequence[Body]]:
        """The records of these external ids."""
        return self.listing(resource).find(keys)

    def complete(self, resource: Resource, body: Body, details: Container[str]) -> Body:
        """A record with what belongs to it elsewhere, such as the components of an entry.

        details: the detail sheets that state something of it; what none of them needs is not read.
        """
        service = self._services[resource.service]
        found = dict(body)
        for each in resource.endpoint.companions:
            if not each.detail or each.detail in details:
                path = each.path.format_map({"id": quote(str(body.get("id", "")), safe="")})
                found[each.name] = [dict(node) for node in walk(service.fetch_page, path)]
        return found
