"""A catalogue made for an account: what its definitions ask for has columns of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count

from importer.checking.headings import UNIT, head, head_part, head_unit
from importer.checking.record_names import offer_records
from importer.declare.catalog import Book, Catalog
from importer.declare.column import Column, Kind
from importer.declare.definition import DefinedField, Definition, Item
from importer.declare.making import part_of
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.flows.account import Account
from importer.model.failure import NotInAccount
from importer.model.record import Reference
from importer.sheets.names import fold
from importer.sheets.own import is_own_header
from importer.sheets.titles import SheetNamer

Asked = Mapping[str, Sequence[str]]
"""Names or ids of definitions, by the name of their kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tailor:
    """Makes a catalogue for an account. Definitions are asked for by their names there.

    asked: the definitions whose fields get columns. Of several of a kind, each gets a sheet of
        its own, called by its name.
    at: when the account was read.
    book: what it is for: records that no sheet of it can name are not read. None: for any.
    """

    catalog: Catalog
    account: Account
    asked: Asked
    at: datetime
    book: Book | None = None

    def tailor(self) -> Catalog:
        """The catalogue with the account's names in its lists, and a column for each field.

        Raises:
            NotInAccount: A name that the account does not have.
        """
        namer = SheetNamer(sheet.name for sheet in self.catalog.sheets)
        resources = tuple(self._tailor(each, namer) for each in self.catalog.resources)
        return replace(self.catalog, resources=resources)

    def _tailor(self, resource: Resource, namer: SheetNamer) -> Resource:
        columns = tuple(self._offer_names(each) for each in resource.sheet.columns)
        offering = replace(resource, sheet=replace(resource.sheet, columns=columns))
        made = tuple(self._make_sheets(offering))
        if len(made) <= 1:
            return replace(offering, sheet=made[0]) if made else offering
        return replace(offering, variants=tuple(_set_apart(each, namer) for each in made))

    def _offer_names(self, column: Column) -> Column:
        """The column with what the account has of its kind to choose from."""
        definition = self.catalog.definition(column.to)
        if definition is not None:
            names = self.account.names(definition) if self.account.reaches(definition) else ()
        else:
            names = self._name_records(column.to)
        if not names:
            return column
        about = f"{column.about} The list is as the account was at {self.at:%Y-%m-%d %H:%M} UTC."
        return replace(column, choices=names, about=about)

    def _name_records(self, name: str) -> tuple[str, ...]:
        """What the account has of a resource whose records cells may call by name."""
        for each in self.catalog.resources_of(self.book) if self.book else self.catalog.resources:
            if each.name == name and each.called_by:
                return offer_records(each, self.account.read_called(each))
        return ()

    def _make_sheets(self, resource: Resource) -> Iterator[Sheet]:
        """The resource's sheet for each definition that is asked for."""
        definition = self._definition_of(resource)
        if definition is None or resource.define is None:
            return
        for item in self.find_asked(definition):
            items: dict[str, Item] = {each.header: {} for each in resource.sheet.columns if each.to}
            items[resource.defined_by] = item
            fields = resource.define(items).fields
            name = definition.spellings(item)[-1]
            yield self._fit_out(resource, fields, name=name, own_id=str(item["id"]))

    def _fit_out(
        self, resource: Resource, fields: Sequence[DefinedField], *, name: str, own_id: str
    ) -> Sheet:
        """The resource's sheet with columns for the fields of the definition of that name."""
        own = (
            replace(each, choices=(name,), required=False, blank_means=name)
            if each.header == resource.defined_by
            else each
            for each in resource.sheet.columns
        )
        asked_for = (
            column
            for field in fields
            if not field.computed and field.column.available
            for column in (*_columns_of(field, name), *self._beside(field))
        )
        about = f"{resource.sheet.about} Made for {name}."
        columns = _tell_apart(own, asked_for)
        return replace(resource.sheet, about=about, columns=columns, made_for=(name, own_id))

    def _beside(self, field: DefinedField) -> tuple[Column, ...]:
        """Columns for what a number of the field may say more, folded away."""
        making = field.column.making
        if making is None:
            return ()
        sheet = self.catalog.resource(making.resource).sheet
        columns = (self._offer_names(sheet.column(each)) for each in making.beside)
        return tuple(_column_beside(field, each) for each in columns)

    def _definition_of(self, resource: Resource) -> Definition | None:
        if not resource.defined_by:
            return None
        definition = self.catalog.definition(resource.sheet.column(resource.defined_by).to)
        is_ours = definition is not None and self.account.reaches(definition)
        return definition if is_ours else None

    def find_asked(self, definition: Definition) -> tuple[Item, ...]:
        """What is meant by the names that were asked for, each once.

        Raises NotInAccount where nothing is.
        """
        asked = [self._find(definition, each) for each in self.asked.get(definition.name, ())]
        return tuple({str(each["id"]): each for each in asked}.values())

    def _find(self, definition: Definition, called: str) -> Item:
        found = self.account.find(Reference(to=definition.name, key=called))
        if len(found) == 1:
            return found[0]
        names = ", ".join(self.account.names(definition))
        raise NotInAccount(
            f"{called} is no {definition.title} of this account."
            if not found
            else f"{called} is the name of {len(found)} {definition.title}s of this account.",
            remedy=f"Name one of these, or its id: {names}.",
        )


def _tell_apart(own: Iterable[Column], asked_for: Iterable[Column]) -> tuple[Column, ...]:
    """All columns; one that is asked for gets a number where its heading would be another's.

    Headings are read back without case and punctuation, so “Meter 1” and “Meter-1” are one.
    """
    columns = list(own)
    taken = {fold(each.header) for each in columns} | {""}
    for column in asked_for:
        endings = chain(("",), (f" [{number}]" for number in count(2)))
        named = (f"{column.header}{ending}" for ending in endings)
        header = next(each for each in named if fold(each) not in taken and not is_own_header(each))
        taken.add(fold(header))
        columns.append(replace(column, header=header))
    return tuple(columns)


def _set_apart(sheet: Sheet, namer: SheetNamer) -> Sheet:
    """The sheet under a name of its own, in place of the declared one."""
    name, _ = sheet.made_for
    return replace(sheet, name=namer.name(name), stands_for=sheet.name)


def _columns_of(field: DefinedField, called: str) -> tuple[Column, ...]:
    """The column of a field's value, and of its unit where there is more than one."""
    about = f"{field.column.header}, which {called} asks for."
    column = replace(field.column, header=head(field), field=field.inner, about=about)
    if column.kind is Kind.AMOUNT:
        column = replace(column, kind=Kind.NUMBER, at_least=None, at_most=None)
    if column.labels:
        labels = zip(column.labels, column.choices, strict=True)
        column = replace(column, choices=tuple(label or value for label, value in labels))
    heading = head_unit(field)
    if not heading:
        return (column,)
    unit = Column(
        header=heading,
        kind=Kind.CHOICE,
        choices=field.column.units,
        field=name_part(field, UNIT),
        about=f"The unit of {field.column.header}.",
        example=field.column.units[0],
    )
    return column, unit


def _column_beside(field: DefinedField, column: Column) -> Column:
    """A column of what is made of a field's number, beside that."""
    return replace(
        column,
        header=head_part(field, column.header),
        field=name_part(field, part_of(column.header)),
        required=False,
        aside=True,
        about=f"Only beside a number for {field.column.header}. {column.about}",
    )


def name_part(field: DefinedField, part: str) -> str:
    """What `Meta` says of a column for a part of what belongs to a field."""
    return f"{field.inner}#{part}"
