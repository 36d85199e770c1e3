"""A catalogue: the resources and definitions that exist, and the books made of them."""

from dataclasses import dataclass

from importer.declare.definition import Definition
from importer.declare.resource import Detail, Resource
from importer.declare.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A template that people can ask for: the sheets of some services, in catalogue order."""

    name: str
    title: str
    services: tuple[str, ...]


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
            for resource in self.resources
            if resource.service in book.services
            for sheet in resource.sheets
        )

    def book(self, name: str) -> Book:
        """The book of that name; KeyError where there is none."""
        for book in self.books:
            if book.name == name:
                return book
        raise KeyError(f"no book is called {name}")
