"""Records that are there as rows of a template: the inverse of reading and checking them."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from importer.checking.filling import fill_cell, fill_value, name_field
from importer.checking.headings import UNIT
from importer.declare.column import Column
from importer.declare.definition import DefinedField
from importer.declare.resource import Detail
from importer.declare.sheet import Sheet
from importer.flows.account import Account
from importer.flows.present import Present
from importer.flows.tailoring import name_part
from importer.model.place import Place
from importer.model.record import Reference
from importer.model.table import RawValue
from importer.sheets.template.prefilled import FIRST_ROW

Spot = tuple[str, str, str]
"""A cell that may be left blank: the record's id, the sheet, and the field or the detail's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """One row, the record that it is of, and the key within that where it is a detail."""

    of: Present
    cells: Mapping[str, RawValue]
    inner: str = ""


@dataclass(slots=True, kw_only=True)
class FilledBook:
    """The rows of a workbook by the names of their sheets, which are the tailored ones."""

    sheets: Mapping[str, Sheet]
    rows: dict[str, list[FilledRow]] = field(default_factory=dict)

    @property
    def cells(self) -> Mapping[str, Sequence[Mapping[str, RawValue]]]:
        """What is to be written."""
        return {title: [row.cells for row in rows] for title, rows in self.rows.items()}

    def row_at(self, place: Place) -> FilledRow | None:
        """The row at a place of the workbook; None where none of ours is."""
        number = place.row - FIRST_ROW
        rows = self.rows.get(place.sheet, [])
        return rows[number] if 0 <= number < len(rows) else None

    def spot_at(self, place: Place) -> Spot | None:
        """The cell there, if the record can do without it."""
        row = self.row_at(place)
        if row is None:
            return None
        if row.inner:
            return row.of.remote.id, place.sheet, row.inner
        if not place.column:
            return None
        column = self.sheets[place.sheet].columns[place.column - 1]
        is_declared = place.column <= len(row.of.resource.sheet.columns)
        if column.header not in row.cells or (is_declared and column.required):
            return None
        return row.of.remote.id, place.sheet, column.field.partition("#")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Fills in records.

    sheets: the sheets of the template by name.
    pages: those for the rows of a resource itself, by its name, with columns for what was asked
        for.
    blank: what is left blank. called: what things are called, as far as it was asked.
    """

    account: Account
    zone: str
    sheets: Mapping[str, Sheet]
    pages: Mapping[str, tuple[Sheet, ...]]
    blank: Set[Spot] = frozenset()
    called: dict[tuple[str, str], str] = field(default_factory=dict)

    def fill(self, present: Sequence[Present]) -> FilledBook:
        """The rows of these records, each resource's in the order in which they were read."""
        keys = {(one.resource.name, one.remote.id): one.remote.key for one in present}
        book = FilledBook(sheets=self.sheets)
        for one in present:
            _Row(filler=self, book=book, one=one, keys=keys).write()
        return book

    def page_of(self, one: Present) -> Sheet:
        """The sheet on which a record belongs: the one for what it was made from, if any is."""
        pages = self.pages[one.resource.name]
        item = one.items.get(one.resource.defined_by, {})
        return next((each for each in pages if each.made_for[1] == item.get("id")), pages[0])


@dataclass(slots=True, kw_only=True)
class _Row:
    filler: Filler
    book: FilledBook
    one: Present
    keys: Mapping[tuple[str, str], str]
    cells: dict[str, RawValue] = field(default_factory=dict)

    def write(self) -> None:
        """Write the record's own row, and those of its details."""
        resource, state, title = self.one.resource, self.one.remote.state, self._page.name
        for column in resource.sheet.columns:
            if column.field and not self._is_blank(title, column.field):
                value = state.get(column.field)
                cell = fill_cell(value, column, zone=self.filler.zone, name=self._name)
                self._put(column.header, cell)
        for detail in resource.details:
            if detail.value:
                for each in self._fields_of(detail):
                    self._write_value(detail, each)
        self._add(title, self.cells)

    def _fields_of(self, detail: Detail) -> Iterator[DefinedField]:
        for each in self.one.defined.fields:
            is_there = self.one.remote.state.get(detail.state_field(each.inner)) is not None
            if is_there and each.column.available and not each.computed:
                yield each

    def _write_value(self, detail: Detail, each: DefinedField) -> None:
        """Write a value into its column, or into a row of its own where it has none."""
        value = self.one.remote.state[detail.state_field(each.inner)]
        cell, unit = fill_value(value, each.column, zone=self.filler.zone, name=self._name)
        if self._put_in_column(each, cell, unit):
            return
        if cell is None or self._is_blank(detail.sheet.name, each.inner):
            return
        names = zip(detail.keys, name_field(each, self.one.defined.fields), strict=True)
        cells = {detail.parent: self.one.remote.key, **dict(names), detail.value: cell}
        if unit and detail.unit:
            cells[detail.unit] = unit
        self._add(detail.sheet.name, cells, each.inner)

    def _put_in_column(self, each: DefinedField, cell: RawValue, unit: str) -> bool:
        """Whether the value has a column: one of this definition, and of this unit."""
        if not self._is_tailored():
            return False
        if self._is_blank(self._page.name, each.inner):
            return True
        columns = {column.field: column for column in self._extra_columns()}
        value, of_unit = columns.get(each.inner), columns.get(name_part(each, UNIT))
        is_meant = of_unit is not None or unit in ("", *each.column.units[:1])
        if value is None or not is_meant:
            return False
        self._put(value.header, cell)
        if of_unit is not None:
            self._put(of_unit.header, unit or None)
        return True

    def _is_tailored(self) -> bool:
        """Whether the sheet has columns for what the record was made from."""
        item = self.one.items.get(self.one.resource.defined_by)
        return item is not None and self._page.made_for[1] == item["id"]

    def _extra_columns(self) -> Sequence[Column]:
        return self._page.columns[len(self.one.resource.sheet.columns) :]

    @property
    def _page(self) -> Sheet:
        return self.filler.page_of(self.one)

    def _put(self, header: str, cell: RawValue) -> None:
        if cell is not None:
            self.cells[header] = cell

    def _add(self, title: str, cells: Mapping[str, RawValue], inner: str = "") -> None:
        row = FilledRow(of=self.one, cells=cells, inner=inner)
        self.book.rows.setdefault(title, []).append(row)

    def _is_blank(self, title: str, part: str) -> bool:
        return (self.one.remote.id, title, part) in self.filler.blank

    def _name(self, to: str, own_id: str) -> str:
        """What people call a thing: a row's External ID, a definition's name, else the id."""
        called = self.filler.called
        if (to, own_id) not in called:
            called[to, own_id] = self.filler.account.call(Reference(to=to, key=own_id))
        return self.keys.get((to, own_id), called[to, own_id])
