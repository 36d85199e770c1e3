"""The account's definitions, each list read once in a run, each item completed when it is named."""

from collections.abc import Container, Mapping
from typing import Self, cast

from importer.apis.pages import walk
from importer.checking.account import find_items, name_problem
from importer.checking.record_names import Called
from importer.declare.catalog import Catalog
from importer.declare.definition import Definition, Item
from importer.declare.resource import Items, Resource
from importer.flows.called_records import read_called, save_called
from importer.flows.existing import Listing
from importer.model.ports import Service
from importer.model.problem import Problem
from importer.model.record import Json, Record, Reference, State

Name = tuple[str, str]


class Account:
    """Definitions by what rows call them. Holds what was read, so make one for each run."""

    def __init__(self, catalog: Catalog, services: Mapping[str, Service]) -> None:
        self._catalog = catalog
        self._services = services
        self._lists: dict[str, list[dict[str, Json]]] = {}
        self._parts: dict[tuple[str, str], Mapping[str, Json] | None] = {}
        self._called: dict[str, tuple[Called, ...]] = {}
        self._found: dict[tuple[str, str], tuple[Item, ...]] = {}
        self._asked: dict[str, tuple[tuple[str, Definition], ...]] = {}

    @classmethod
    def of_saved(cls, catalog: Catalog, saved: Mapping[str, tuple[Item, ...]]) -> Self:
        """The account as it was when a template was made: nothing is asked of a service."""
        account = cls(catalog, {})
        # What a definition is completed by lies in it already.
        account._lists = {kind: [dict(each) for each in items] for kind, items in saved.items()}
        return account

    def save(self) -> Mapping[str, tuple[Item, ...]]:
        """What was read, by the name of its kind: definitions, and what records are called."""
        kinds = (self._catalog.definition(name) for name in tuple(self._lists))
        saved = {each.name: tuple(self._complete_all(each)) for each in kinds if each is not None}
        return {**saved, **{name: save_called(each) for name, each in self._called.items()}}

    def read_items(
        self, resource: Resource, record: Record, rows: Container[Name] = ()
    ) -> tuple[Items, tuple[Problem, ...]]:
        """The definitions that a record names, by header, and a problem for each that is none.

        rows: names of the workbook's own records; what is one of them is no definition yet.
        """
        items: dict[str, Item] = {}
        problems: list[Problem] = []
        for header, definition in self._definitions_of(resource):
            reference = record.line.values.get(header)
            if not isinstance(reference, Reference):
                continue
            if not self.reaches(definition) or (reference.to, reference.key.casefold()) in rows:
                continue
            found = self._find(definition, reference)
            if len(found) == 1:
                items[header] = found[0]
                continue
            place = record.line.place(header)
            every = self._complete_all(definition)
            problems.append(name_problem(definition, every, found, place, str(reference)))
        return items, tuple(problems)

    def items_of_state(self, resource: Resource, state: State) -> Items | None:
        """The definitions that a stored state names by id; None where one is gone."""
        items: dict[str, Item] = {}
        for column in resource.sheet.columns:
            definition = self._catalog.definition(column.to)
            key = state.get(column.field)
            if definition is None or not isinstance(key, str):
                continue
            found = self._find(definition, Reference(to=column.to, key=key))
            if len(found) != 1:
                return None
            items[column.header] = found[0]
        return items

    def reaches(self, definition: Definition) -> bool:
        """Whether the target has settings for the definition's service, or it was saved."""
        return definition.service in self._services or definition.name in self._lists

    def names(self, definition: Definition) -> tuple[str, ...]:
        """What people call the definitions of a kind, each once."""
        spelled = (definition.spellings(each) for each in self._complete_all(definition))
        return tuple(dict.fromkeys(each[-1] for each in spelled if each))

    def every(self, name: str) -> tuple[Item, ...]:
        """All that the account has of a kind of definition, each complete."""
        definition = self._catalog.definition(name)
        return tuple(self._complete_all(definition)) if definition is not None else ()

    def read_called(self, resource: Resource) -> tuple[Called, ...]:
        """What all records of a resource are called that cells may call by name; none where the
        target has no settings for its service."""
        if resource.name not in self._called and resource.service in self._services:
            listing = Listing(service=self._services[resource.service], resource=resource)
            self._called[resource.name] = read_called(resource, listing.read_all())
        return self._called.get(resource.name, ())

    def call(self, reference: Reference) -> str:
        """What people call what an id stands for: its name where that is clear, else the id."""
        definition, found = self._catalog.definition(reference.to), self.find(reference)
        if definition is None or len(found) != 1:
            return reference.key
        name = definition.spellings(found[0])[-1]
        clear = self.find(Reference(to=reference.to, key=name))
        return name if [each["id"] for each in clear] == [reference.key] else reference.key

    def find(self, reference: Reference) -> tuple[Item, ...]:
        """What a name may mean, each complete; none where the account has nothing of it."""
        definition = self._catalog.definition(reference.to)
        return self._find(definition, reference) if definition is not None else ()

    def has(self, reference: Reference) -> bool:
        """Whether the account has something of that name."""
        return bool(self.find(reference))

    def forget(self, name: str) -> None:
        """Read a list anew when it is needed next: rows have added to it."""
        self._lists.pop(name, None)
        self._found.clear()

    def _definitions_of(self, resource: Resource) -> tuple[tuple[str, Definition], ...]:
        """The headers whose cells name definitions."""
        if resource.name not in self._asked:
            self._asked[resource.name] = tuple(
                (column.header, definition)
                for column in resource.sheet.columns
                if (definition := self._catalog.definition(column.to)) is not None
            )
        return self._asked[resource.name]

    def _find(self, definition: Definition, reference: Reference) -> tuple[Item, ...]:
        """What a cell names, looked for once for all cells that name it."""
        named = definition.name, reference.key
        if named not in self._found:
            self._found[named] = self._look_for(definition, reference)
        return self._found[named]

    def _look_for(self, definition: Definition, reference: Reference) -> tuple[Item, ...]:
        """An item that its list names already is completed alone."""
        listed = self._list(definition)
        found = find_items(definition, listed, reference)
        if len(found) == 1:
            return (self._complete(definition, cast(dict[str, Json], found[0])),)
        return found or find_items(definition, self._complete_all(definition), reference)

    def _list(self, definition: Definition) -> list[dict[str, Json]]:
        if definition.name not in self._lists:
            fetch_page = self._services[definition.service].fetch_page
            self._lists[definition.name] = [
                {**node, "id": node[definition.identity]}
                for node in walk(fetch_page, definition.path)
                if isinstance(node.get(definition.identity), str)
            ]
        return self._lists[definition.name]

    def _complete_all(self, definition: Definition) -> list[dict[str, Json]]:
        return [self._complete(definition, item) for item in self._list(definition)]

    def _complete(self, definition: Definition, item: dict[str, Json]) -> dict[str, Json]:
        """Put an item's further parts into it; parts that several items share are read once."""
        for name, path in definition.parts(item).items():
            if name not in item:
                part = self._read_part(definition.service, path)
                item[name] = dict(part) if part is not None else None
        return item

    def _read_part(self, service: str, path: str) -> Mapping[str, Json] | None:
        """A further part; what was not saved with a template is not there."""
        if service not in self._services:
            return None
        if (service, path) not in self._parts:
            self._parts[service, path] = self._services[service].fetch(path)
        return self._parts[service, path]
