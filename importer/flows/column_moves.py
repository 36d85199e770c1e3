"""Where the columns of an old sheet go, and what is to be told about each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.definition import DefinedField
from importer.declare.sheet import Sheet
from importer.flows.column_matching import PART, match_columns, split_unit
from importer.flows.moved import compare_fields
from importer.model.place import Place
from importer.model.upgrade import Told
from importer.sheets.meta import find_columns
from importer.sheets.names import fold
from importer.sheets.template.expectation import describe_kind
from importer.sheets.upgrade.carrying import Move
from importer.sheets.upgrade.old_sheet import OldSheet

_UNIT = f"{PART}unit"
_GONE = "The column is not part of the template any more, so its value is only here."
_EMPTY_GONE = "The column is not part of the template any more; nothing stood in it."
_NOTE = "Your note at a header does not go over: the template has one of its own."
_MEASURED = (Kind.NUMBER, Kind.AMOUNT, Kind.REFERENCE, Kind.REFERENCES)

Fields = Mapping[str, DefinedField]
Names = Mapping[str, Mapping[str, str]]
"""By kind of definition: names that are others by now, in small letters → the name now."""


@dataclass(slots=True, kw_only=True)
class Movers:
    """Plans the columns of one old sheet.

    plain: the sheet as it is declared. new: the one that its rows go to, which may get columns.
    asked: what the definition that it was made for has asked for, and what it asks for now.
    is_gone: whether that definition is gone; then its columns go over as they are.
    blank: header and meaning of the cells that have meant that definition while they were blank.
    """

    catalog: Catalog
    old: OldSheet
    plain: Sheet
    new: Sheet
    meta: Mapping[str, str]
    names: Names
    asked: tuple[Fields, Fields]
    is_gone: bool = False
    blank: tuple[str, str] = ("", "")
    told: list[Told] = field(default_factory=list)

    def plan(self) -> tuple[Move, ...]:
        """The way of each column; `new` and `told` are complete afterwards."""
        matched = match_columns(self.old, self.plain, self.new)
        self._tell_new(set(matched.values()))
        moves = [self._move(column, matched) for column in self.old.columns]
        self.told += [
            Told(what=_NOTE, old=self.old.place(column), value=note)
            for column, note in self.old.notes.items()
        ]
        return tuple(moves)

    def _move(self, column: int, matched: Mapping[int, int]) -> Move:
        index = matched.get(column)
        if index is not None:
            self._tell_renamed(column, index)
            unit = self._keep_unit(column, index, matched)
            renamed = self.names.get(self.new.columns[index].to, {})
            return Move(
                column=column,
                into=index + 1,
                renamed=renamed,
                unit=unit,
                blank=self._blank_of(self.new.columns[index]),
            )
        if column not in self.old.fields:
            return Move(column=column)
        if self.is_gone:
            return Move(column=column, into=self._add(column, self.old.fields[column]))
        inner = self._inner_of_unit(column, matched)
        if inner:
            self.told.append(
                Told(
                    what="There is one unit by now; what stood in the column for it goes over, "
                    "and counts. A row without a unit counts in the one of the heading.",
                    old=self.old.place(column),
                    new=f"sheet {self.new.name}",
                )
            )
            return Move(column=column, into=self._add(column, f"{inner}{_UNIT}"))
        if not any(self.old.of_column(column)):
            self.told.append(Told(what=_EMPTY_GONE, old=self.old.place(column)))
        return Move(column=column, gone=_GONE)

    def _blank_of(self, now: Column) -> str:
        header, meaning = self.blank
        return meaning if self.is_gone and now.header == header else ""

    def _add(self, column: int, inner: str) -> int:
        """A further column of the new sheet, under the old heading; answers with its number."""
        header = self.old.headers[column].rstrip("*").strip()
        for number, each in enumerate(self.new.columns, 1):
            if fold(each.header) == fold(header):
                return number
        about = f"It comes from an older workbook, where it stood on the sheet {self.old.title}."
        added = Column(header=header, kind=Kind.DEFINED, field=inner, about=about)
        self.new = replace(self.new, columns=(*self.new.columns, added))
        return len(self.new.columns)

    def _inner_of_unit(self, column: int, matched: Mapping[int, int]) -> str:
        """What a column for a unit belongs to by now; empty for another column."""
        inner, part, _ = self.old.fields[column].partition(_UNIT)
        if not part:
            return ""
        beside = (each for each, text in self.old.fields.items() if text == inner)
        indexes = [matched[each] for each in beside if each in matched]
        return self.new.columns[indexes[0]].field if indexes else ""

    def _keep_unit(self, column: int, index: int, matched: Mapping[int, int]) -> tuple[int, str]:
        """Numbers go on meaning what they meant: their unit stays in the heading, or comes into
        the column for it."""
        now = self.new.columns[index]
        if now in self.plain.columns or now.kind not in _MEASURED or PART in now.field:
            return 0, ""
        _, old_unit = split_unit(self.old.headers[column])
        name, new_unit = split_unit(now.header)
        beside = [n for n, each in enumerate(self.new.columns) if each.field == now.field + _UNIT]
        if old_unit and beside:
            return (0, "") if beside[0] in matched.values() else (beside[0] + 1, old_unit)
        if old_unit and new_unit and fold(old_unit) != fold(new_unit):
            kept = replace(now, header=f"{name} ({old_unit})")
            self.new = replace(
                self.new,
                columns=(*self.new.columns[:index], kept, *self.new.columns[index + 1 :]),
            )
            what = (
                f"The unit is {new_unit} now, and the heading keeps {old_unit}, so that the "
                "numbers mean what they meant: they are converted where that can be done."
            )
        elif old_unit and not new_unit:
            what = f"The numbers were in {old_unit}, and no unit is asked for now: look at them."
        elif new_unit and not old_unit and not self._had_unit(column):
            what = f"The numbers count in {new_unit} now, and had no unit before: look at them."
        else:
            return 0, ""
        self.told.append(Told(what=what, old=self.old.place(column), new=self._place(index)))
        return 0, ""

    def _had_unit(self, column: int) -> bool:
        return f"{self.old.fields.get(column, '')}{_UNIT}" in self.old.fields.values()

    def _tell_renamed(self, column: int, index: int) -> None:
        now = self.new.columns[index]
        old, new = self.old.place(column), self._place(index)
        words = list(self._differences(column, now))
        self.told += [Told(what=each, old=old, new=new) for each in words]

    def _differences(self, column: int, now: Column) -> Iterator[str]:
        """What is asked of a column by now that was not, in words."""
        header = self.old.headers[column]
        if fold(header) != fold(now.header):
            yield "The column has another name."
        if column not in self.old.fields:
            if self.old.fields:
                yield "A column of your own has the name of one of the template now: it counts."
            return
        inner = self.old.fields[column]
        if inner != now.field and now not in self.plain.columns and PART not in inner:
            yield "The column is another one of the same name in your account."
        before_fields, now_fields = self.asked
        if inner in before_fields and now.field in now_fields:
            yield from compare_fields(before_fields[inner], now_fields[now.field])
            return
        if header.endswith("*") != now.required:
            yield "It must be filled in now." if now.required else "It may stay blank now."
        expected = describe_kind(now, self.catalog)
        before = self.old.expected.get(column, "")
        if before and expected and before != f"Expected: {expected}.":
            yield f"{before.rstrip('.')}; now: {expected}."

    def _tell_new(self, taken: set[int]) -> None:
        """Columns that the template has got since; one that was taken out is no new one."""
        if not self.old.fields:
            return
        for index, each in enumerate(self.new.columns):
            known = find_columns(self.old.title, {1: each.header}, self.meta)
            if index not in taken and not known:
                must = ", and must be filled in" if each.required else ""
                self.told.append(Told(what=f"A new column{must}.", new=self._place(index)))

    def _place(self, index: int) -> str:
        header = self.new.columns[index].title
        return str(Place(sheet=self.new.name, row=1, column=index + 1, header=header))
