"""A catalogue made for an account: what its definitions ask for has columns of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from importer.checking.headings import UNIT, head, head_part, head_unit
from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.definition import DefinedField, Definition, Item
from importer.declare.making import part_of
from importer.declare.resource import Resource
from importer.flows.account import Account
from importer.model.failure import NotInAccount
from importer.model.record import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Tailor:
    """Makes a catalogue for an account. Definitions are asked for by their names there.

    asked: the definition whose fields get columns, by the name of its kind.
    """

    catalog: Catalog
    account: Account
    asked: Mapping[str, str]

    def tailor(self) -> Catalog:
        """The catalogue with the account's names in its lists, and a column for each field.

        Raises:
            NotInAccount: A name that the account does not have.
        """
        resources = tuple(self._tailor(each) for each in self.catalog.resources)
        return replace(self.catalog, resources=resources)

    def _tailor(self, resource: Resource) -> Resource:
        columns = tuple(self._offer_names(each) for each in resource.sheet.columns)
        columns += self._field_columns(resource)
        return replace(resource, sheet=replace(resource.sheet, columns=columns))

    def _offer_names(self, column: Column) -> Column:
        """The column with what the account has of its kind to choose from."""
        definition = self.catalog.definition(column.to)
        if definition is None or not self.account.reaches(definition):
            return column
        return replace(column, choices=self.account.names(definition))

    def _field_columns(self, resource: Resource) -> tuple[Column, ...]:
        definition = self._definition_of(resource)
        if definition is None or resource.define is None or definition.name not in self.asked:
            return ()
        called = self.asked[definition.name]
        items: dict[str, Item] = {each.header: {} for each in resource.sheet.columns if each.to}
        items[resource.defined_by] = self._find(definition, called)
        return tuple(
            column
            for field in resource.define(items).fields
            if not field.computed and field.column.available
            for column in (*_columns_of(field, called), *self._beside(field))
        )

    def _beside(self, field: DefinedField) -> tuple[Column, ...]:
        """Columns for what a number of the field may say more, folded away."""
        making = field.column.making
        if making is None:
            return ()
        sheet = self.catalog.resource(making.resource).sheet
        return tuple(_column_beside(field, sheet.column(each)) for each in making.beside)

    def _definition_of(self, resource: Resource) -> Definition | None:
        if not resource.defined_by:
            return None
        definition = self.catalog.definition(resource.sheet.column(resource.defined_by).to)
        is_ours = definition is not None and self.account.reaches(definition)
        return definition if is_ours else None

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
        field=_name_part(field, UNIT),
        about=f"The unit of {field.column.header}.",
        example=field.column.units[0],
    )
    return column, unit


def _column_beside(field: DefinedField, column: Column) -> Column:
    """A column of what is made of a field's number, beside that."""
    return replace(
        column,
        header=head_part(field, column.header),
        field=_name_part(field, part_of(column.header)),
        required=False,
        aside=True,
        about=f"Only beside a number for {field.column.header}. {column.about}",
    )


def _name_part(field: DefinedField, part: str) -> str:
    """What `Meta` says of a column for a part of what belongs to a field."""
    return f"{field.inner}#{part}"
