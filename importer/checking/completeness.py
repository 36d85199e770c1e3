"""What definitions ask for, as a pandera schema over the values of the records that name them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from importer.checking.definitions import NOT_SENT
from importer.checking.violations import find_violations
from importer.declare.column import Column
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Line, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedRecord:
    """A record with what its definition asks for; `stored` is what the service holds of it."""

    resource: Resource
    record: Record
    defined: Defined
    stored: Collection[str] = ()


def find_defined_violations(
    records: Iterable[DefinedRecord], *, now: datetime
) -> tuple[Problem, ...]:
    """What pandera finds in the values that definitions ask for; missing ones included.

    What is not stated but stored is not missing: blank keeps what the service has.
    """
    alike: dict[tuple[str, str, int], list[DefinedRecord]] = defaultdict(list)
    numbers: dict[Defined, int] = {}
    numbered: dict[int, int] = {}
    for each in records:
        # Comparing what definitions ask for takes long, and most records share one object of it.
        if id(each.defined) not in numbered:
            numbered[id(each.defined)] = numbers.setdefault(each.defined, len(numbers))
        # Row numbers tell the rows of one sheet of the file apart.
        number = numbered[id(each.defined)]
        alike[each.resource.name, each.record.line.title, number].append(each)
    return tuple(
        problem
        for members in alike.values()
        for problem in _violations_of(members[0].defined, members, now)
    )


def _violations_of(
    defined: Defined, members: Sequence[DefinedRecord], now: datetime
) -> Iterable[Problem]:
    asked = {
        each.inner: each for each in defined.fields if not each.computed and not each.taken_off
    }
    fields = {inner: each.column for inner, each in asked.items()}
    sheet = Sheet(
        name=members[0].resource.sheet.name,
        about="",
        columns=tuple(replace(column, header=inner) for inner, column in fields.items()),
    )
    settled = {
        (each.record.line.row, inner)
        for each in members
        for inner in fields.keys() - each.record.defined.keys()
        if inner in each.stored or inner in each.record.defined_places
    }
    lines = [_as_line(each, fields) for each in members]
    by_row = {each.record.line.row: each for each in members}
    for (row, inner), problem in find_violations(sheet, lines, settled=settled, now=now).items():
        member = by_row[row]
        is_missing = problem.code == kinds.CELL_REQUIRED.code
        yield _missing(member, asked[inner]) if is_missing else problem


def _as_line(each: DefinedRecord, fields: Mapping[str, Column]) -> Line:
    return Line(
        sheet=each.record.line.sheet,
        title=each.record.line.title,
        row=each.record.line.row,
        values=each.record.defined,
        places=_CellsOf(each, fields),
    )


class _CellsOf(Mapping[str, Place]):
    """Where the values of a record stand; where one is missing, the cell of the definition."""

    def __init__(self, each: DefinedRecord, fields: Mapping[str, Column]) -> None:
        self._each = each
        self._fields = fields

    def __getitem__(self, inner: str) -> Place:
        record = self._each.record
        own = record.defined_places.get(inner)
        return own or record.line.place(self._each.resource.defined_by)

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _missing(each: DefinedRecord, field: DefinedField) -> Problem:
    column = field.column
    sheets = " or ".join(detail.sheet.name for detail in each.resource.details if detail.value)
    name, key = quoted(column.header), quoted(each.record.key)
    place = each.record.line.place(each.resource.defined_by)
    if not column.available:
        return kinds.REF_INCOMPLETE.at(
            place,
            found=f"no value for {name}, {column.because or NOT_SENT}",
            remedy=f"Enter {key} on the service's own page, and delete its rows here.",
        )
    return kinds.REF_INCOMPLETE.at(
        place,
        found=f"no value for {name}",
        expected=f"a row for it on the sheet {sheets}, or a value in a column of that name",
        remedy=f"Add a row for {key} on that sheet, or fill in the column"
        f"{_or_take_off(each, field)}.",
    )


def _or_take_off(each: DefinedRecord, field: DefinedField) -> str:
    """What else to do where the service's record shows nothing of the part any more."""
    sheets = " or ".join(detail.sheet.name for detail in each.resource.details if detail.takes_off)
    is_shown = any(inner.startswith(f"{field.part}/") for inner in each.stored)
    if not field.part or not sheets or not each.stored or is_shown:
        return ""
    return (
        f", or, if the service's record does not have {field.part} any more, one on the sheet "
        f"{sheets} that takes it off"
    )
