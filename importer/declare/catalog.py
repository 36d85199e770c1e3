"""A catalogue: the resources and definitions that exist, and the books made of them."""

from dataclasses import dataclass

from importer.declare.definition import Definition
from importer.declare.resource import Detail, Resource
from importer.declare.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A template that people can ask for: the sheets of some services, in catalogue order.

    extras: the sheets on request that are in it, as they are asked for.
    """

    name: str
    title: str
    services: tuple[str, ...]
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All that the machinery knows of what exists. The first book is the default one."""

    resources: tuple[Resource, ...]
    definitions: tuple[Definition, ...]
    books: tuple[Book, ...]

    def resource(self, name: str) -> Resource:
        """The resource of that name; KeyError where there is none."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(f"no resource is called {name}")

    def definition(self, name: str) -> Definition | None:
        """The definition of that name, if it is one."""
        return next((each for each in self.definitions if each.name == name), None)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet that can hold rows."""
        return tuple(sheet for resource in self.resources for sheet in resource.sheets)

    @property
    def details(self) -> tuple[tuple[Resource, Detail], ...]:
        """Every detail, with the resource that it folds into."""
        return tuple((each, detail) for each in self.resources for detail in each.details)

    def sheets_of(self, book: Book) -> tuple[Sheet, ...]:
        """The sheets of a book, each resource's details behind it."""
        return tuple(
            sheet
            for resource in self.resources_of(book)
            for sheet in (
                *resource.pages,
                *(each.sheet for each in resource.details if _is_asked(each, book)),
            )
        )

    def resources_of(self, book: Book) -> tuple[Resource, ...]:
        """The resources of a book."""
        return tuple(
            each
            for each in self.resources
            if each.service in book.services
            and (not each.on_request or name_extra(each) in book.extras)
        )

    def extras_of(self, book: Book) -> tuple[str, ...]:
        """What may be asked for in a book beyond its own sheets, such as `feedstock-types`."""
        return tuple(
            name_extra(each)
            for each in self.resources
            if each.on_request and each.service in book.services
        )

    def book(self, name: str) -> Book:
        """The book of that name; KeyError where there is none."""
        for book in self.books:
            if book.name == name:
                return book
        raise KeyError(f"no book is called {name}")


def _is_asked(detail: Detail, book: Book) -> bool:
    return not detail.on_request or detail.on_request in book.extras


def name_extra(resource: Resource) -> str:
    """What a resource is called where its sheets are asked for: its sheet's name in one word."""
    return resource.sheet.name.lower().replace(" ", "-")
