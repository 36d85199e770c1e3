"""What a record gives for the fields of its definition: in detail rows, or in columns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.checking.cells import is_blank
from importer.checking.headings import UNIT, Heading, Headings
from importer.checking.made_records import find_lonely
from importer.checking.suggestions import enumerate_names, suggest
from importer.checking.texts import squeeze, trim
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Detail, Resource
from importer.model import problem_kinds as kinds
from importer.model.manner import PLAIN, Manner
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Line, OtherCell, Record
from importer.model.table import BLANK_CELL, Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value that is given for a field: in a detail row, or in a column of the record's row.

    key: the cell that names the field. called: what it is called there.
    beside: cells of columns that belong to it, by part; None where there can be none.
    manner: how dates and numbers of its column are written.
    """

    field: DefinedField
    cell: Cell
    place: Place
    key: Place
    called: str
    unit: str = ""
    unit_place: Place
    beside: Mapping[str, OtherCell] | None = None
    manner: Manner = PLAIN

    @property
    def companions(self) -> tuple[OtherCell, ...]:
        """The cells beside it that say more than its unit."""
        return _companions(self.beside or {})


def find_given(
    resource: Resource, record: Record, defined: Defined, headings: Headings
) -> tuple[list[Given], list[Problem]]:
    """What the record's detail rows and further columns give, and the problems of those that give
    nothing."""
    called = record.line.text(resource.defined_by)
    given, problems = _find_in_columns(record.line, defined, headings, called)
    for detail in resource.details if record.details else ():
        if not detail.value:
            continue
        for line in record.details.get(detail.sheet.name, ()):
            found = _find_field(detail, line, defined, called)
            if isinstance(found, Problem):
                problems.append(found)
            elif not is_blank(line.raw.get(detail.value, BLANK_CELL)):
                given.append(_in_row(detail, line, found))
    return given, problems


def _in_row(detail: Detail, line: Line, field: DefinedField) -> Given:
    header = detail.keys[-1]
    return Given(
        field=field,
        cell=line.raw[detail.value],
        place=line.place(detail.value),
        key=line.place(header),
        called=line.text(header),
        unit=line.text(detail.unit),
        unit_place=line.place(detail.unit or detail.value),
        manner=line.manner(line.place(detail.value)),
    )


def _find_in_columns(
    line: Line, defined: Defined, known: Headings, called: str
) -> tuple[list[Given], list[Problem]]:
    """What stands in columns that are headed by a field; other columns are the user's own."""
    headings = [(each, known.find(each)) for each in line.others]
    beside: dict[str, dict[str, OtherCell]] = defaultdict(dict)
    for each, heading in headings:
        if heading is not None and heading.part:
            beside[heading.field.inner][heading.part] = each
    given: list[Given] = []
    problems: list[Problem] = []
    for each, heading in headings:
        if heading is None:
            problems += [_no_field(each, defined, called)] if each.meant else []
        elif not heading.part:
            problem = _not_wanted(heading.field, each.place)
            if problem is not None:
                problems.append(problem)
            else:
                own, manner = beside.get(heading.field.inner, {}), line.manner(each.place)
                given.append(_in_column(each, heading, own, manner))
    filled = {heading.field.inner for _, heading in headings if heading and not heading.part}
    for field in defined.fields if beside else ():
        if field.inner not in filled:
            problems += find_lonely(field.column.header, _companions(beside[field.inner]))
    return given, problems


def _companions(beside: Mapping[str, OtherCell]) -> tuple[OtherCell, ...]:
    """A unit alone says nothing; what else belongs to a number was meant to."""
    return tuple(each for part, each in beside.items() if part != UNIT)


def _in_column(
    value: OtherCell, heading: Heading, beside: Mapping[str, OtherCell], manner: Manner
) -> Given:
    unit = beside.get(UNIT)
    return Given(
        field=heading.field,
        cell=value.cell,
        place=value.place,
        key=value.place,
        called=heading.field.column.header,
        unit=trim(str(unit.cell.value))[0] if unit else heading.unit_of_value,
        unit_place=unit.place if unit else value.place,
        beside=beside,
        manner=manner,
    )


def _no_field(other: OtherCell, defined: Defined, called: str) -> Problem:
    """The template was made for another definition than the row names."""
    names = [each.column.header for each in defined.fields if not each.computed]
    return kinds.REF_UNKNOWN_NAME.at(
        other.place,
        found=f"a value under {quoted(other.header)}, which {quoted(called)} does not have",
        expected=f"one of {enumerate_names(names)}" if names else "an empty cell",
        remedy="Clear the cell, or correct what the row is made from.",
    )


def _not_wanted(field: DefinedField, place: Place) -> Problem | None:
    """Why no value may be given for a field."""
    if field.computed:
        name = quoted(field.column.header)
        return kinds.REF_COMPUTED.at(place, found=f"{name}, which the service fills in itself")
    if field.taken_off:
        found = f"a value for {quoted(field.column.header)}, which another row takes off"
        return kinds.ROW_DETACHED.at(place, found=found)
    return None


def _find_field(
    detail: Detail, line: Line, defined: Defined, called: str
) -> DefinedField | Problem:
    """The field that a detail row means, by its key cells from left to right."""
    candidates: Sequence[DefinedField] = defined.fields
    for number, header in enumerate(detail.keys):
        wanted = line.text(header)
        fitting = [each for each in candidates if _spells(each.spellings[number], wanted)]
        if not fitting:
            return _unknown_field(line, header, candidates, number, called)
        candidates = fitting
    if len(candidates) > 1:
        return _several_fields(detail, line, candidates, called)
    (field,) = candidates
    place = line.place(detail.keys[-1] if field.computed else detail.value)
    return _not_wanted(field, place) or field


def _spells(spellings: Iterable[str], wanted: str) -> bool:
    return squeeze(wanted) in {squeeze(each) for each in spellings}


def _unknown_field(
    line: Line, header: str, candidates: Sequence[DefinedField], number: int, called: str
) -> Problem:
    wanted = line.text(header)
    taken = [each for each in candidates if each.column.available and not each.computed]
    names = [each.spellings[number][-1] for each in taken]
    every = [spelling for each in candidates for spelling in each.spellings[number]]
    return kinds.REF_UNKNOWN_NAME.at(
        line.place(header),
        found=f"{quoted(wanted)}, which {quoted(called)} does not have",
        expected=f"one of {enumerate_names(names)}" if names else f"no row for {quoted(called)}",
        remedy=suggest(wanted, every) or f"Correct the {header.lower()}, or delete the row.",
    )


def _several_fields(
    detail: Detail, line: Line, candidates: Sequence[DefinedField], called: str
) -> Problem:
    """The problem stands at the first key cell that would make the difference."""
    telling = (n for n in range(len(detail.keys)) if len(_spelled(candidates, n, 0)) > 1)
    number = next(telling, 0)
    ids, names = _spelled(candidates, number, 0), _spelled(candidates, number, -1)
    header = detail.keys[number]
    return kinds.REF_SEVERAL.at(
        line.place(header),
        found=f"{quoted(line.text(header))}, which {quoted(called)} has {len(candidates)} times",
        expected=f"one of {enumerate_names(names if len(names) == len(candidates) else ids)}",
    )


def _spelled(candidates: Iterable[DefinedField], number: int, way: int) -> list[str]:
    """The different spellings of one way (the first is the id) under a key header."""
    return list(dict.fromkeys(each.spellings[number][way] for each in candidates))
