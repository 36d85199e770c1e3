"""Pages: the parts of a list, whatever a service sends in their place."""

from collections.abc import Callable, Iterator, Mapping

from importer.apis.bodies import clean
from importer.model.failure import ServiceUnavailable
from importer.model.ports import Page
from importer.model.record import Json

PAGE_SIZE = "50"
"""The most that either service gives at once.

Source: docs.cula.tech/upcoming/technical-reference/pagination-and-filtering;
docs.isometric.com/api-reference/certify (parameter `first`).
"""

_MOST_PAGES = 20_000
_LONGEST_CURSOR = 2_000


FetchPage = Callable[[str, str | None], Page]
"""The `fetch_page` of a service."""


def walk(fetch_page: FetchPage, path: str) -> Iterator[Mapping[str, Json]]:
    """All records of a list, page by page. Raises what `walk_pages` raises."""
    for page in walk_pages(fetch_page, path):
        yield from page.nodes


def walk_pages(fetch_page: FetchPage, path: str) -> Iterator[Page]:
    """The pages of a list, each fetched when it is asked for.

    Raises:
        ServiceUnavailable: The list does not end: a cursor came twice, or there are over
            20,000 pages. Also what `fetch_page` raises.
    """
    after: str | None = None
    seen: set[str] = set()
    while True:
        page = fetch_page(path, after)
        yield page
        after = page.after
        if after is None:
            return
        if after in seen or len(seen) >= _MOST_PAGES:
            raise ServiceUnavailable(
                f"The list {clean(path)} does not end: page {len(seen) + 1} points to one that "
                "was there already, or is one too many.",
                remedy="Run the same command again; if it stays, ask the service's support.",
            )
        seen.add(after)


def read_nodes(value: Json) -> tuple[Mapping[str, Json], ...] | None:
    """The records of a page; None where it is not a list of records with usable ids."""
    if not isinstance(value, list):
        return None
    nodes = tuple(each for each in value if isinstance(each, dict) and has_usable_id(each))
    return nodes if len(nodes) == len(value) else None


def has_usable_id(thing: Mapping[str, Json]) -> bool:
    """Whether the id is a text; things without any, such as blueprints, are fine, too."""
    own_id = thing.get("id", "none")
    return isinstance(own_id, str) and bool(own_id)


def read_cursor(value: Json) -> str | None:
    """A cursor; None for anything that is not one."""
    if isinstance(value, str) and 0 < len(value) <= _LONGEST_CURSOR:
        return value
    return None


def read_total(value: Json) -> int | None:
    """How many records the list has; None where that is not said in a believable way."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None
