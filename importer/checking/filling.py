"""Values back into cells: what has to stand in a cell so that reading it gives this value again.

What no cell of a column can say is written as text all the same: reading it back shows the fault.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from importer.checking.dates import find_zone, in_zone
from importer.checking.text_cells import choose
from importer.checking.texts import squeeze
from importer.checking.wording import write_duration
from importer.declare.column import Column, Kind
from importer.declare.definition import DefinedField
from importer.model.record import Json
from importer.model.table import RawValue

Name = Callable[[str, str], str]
"""What people call a thing: of which declaration it is, and its id at the service."""

_FIRST_YEAR = 1901
"""Spreadsheet programs count days from 1900, and have one that never was."""
_WHOLE_UP_TO = 2**53
_SECOND = 1000


def fill_cell(value: Json, column: Column, *, zone: str, name: Name) -> RawValue:
    """The cell of a value in the compared form; None where nothing is to be said.

    zone: of moments, where the column names none.
    """
    match column.kind, value:
        case _, None | "" | []:
            return None
        case Kind.REFERENCE, str():
            return name(column.to, value)
        case Kind.REFERENCES, list():
            return "; ".join(name(column.to, each) for each in value if isinstance(each, str))
        case Kind.TEXTS, list():
            return "; ".join(_choice(str(each), column) for each in value)
        case Kind.DATE, str():
            return _day(value)
        case Kind.MOMENT, str():
            return _moment(value, column.zone or zone)
        case Kind.DURATION, int() | float() if not isinstance(value, bool):
            return _duration(value)
        case _, str():
            return _choice(value, column)
        case _:
            return _plain(value)


def fill_value(value: Json, column: Column, *, zone: str, name: Name) -> tuple[RawValue, str]:
    """The cell of a value that a definition asks for, and that of its unit."""
    if column.kind is Kind.AMOUNT and isinstance(value, dict) and value.keys() == {"value", "unit"}:
        return _plain(value["value"]), str(value["unit"] or "")
    return fill_cell(value, column, zone=zone, name=name), ""


def name_field(field: DefinedField, fields: Sequence[DefinedField]) -> tuple[str, ...]:
    """What the key cells of a detail row say for a field: names where they are clear, else ids."""
    candidates, named = fields, []
    for number, spellings in enumerate(field.spellings):
        own = spellings[0]
        clear = (
            each
            for each in (*spellings[1:], own)
            if {other.spellings[number][0] for other in _called(candidates, number, each)} == {own}
        )
        named.append(next(clear, own))
        candidates = _called(candidates, number, named[-1])
    return tuple(named)


def _called(fields: Sequence[DefinedField], number: int, word: str) -> Sequence[DefinedField]:
    wanted = squeeze(word)
    return [each for each in fields if wanted in {squeeze(name) for name in each.spellings[number]}]


def _plain(value: Json) -> RawValue:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() if abs(value) > _WHOLE_UP_TO:
            return str(value)  # a number cell would keep only the first digits
        case int() | float() | str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _choice(text: str, column: Column) -> str:
    """The name of a choice where it has one that is clear."""
    labels: Mapping[str, str] = dict(zip(column.choices, column.labels, strict=False))
    label = labels.get(text, "")
    return label if label and choose(label, column) == text else text


def _day(text: str) -> RawValue:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.year >= _FIRST_YEAR else text


def _moment(text: str, zone: str) -> RawValue:
    """A moment as the clocks of the zone show it; with its offset where they show it twice."""
    clocks = find_zone(zone)
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        local = moment.astimezone(clocks)
    except (ValueError, OverflowError):
        return text
    shown = local.replace(tzinfo=None, fold=0)
    if clocks is None or [each.astimezone(UTC) for each in in_zone(shown, clocks)] != [moment]:
        return text if clocks is None or _has_seconds(local) else local.isoformat(" ")
    is_plain = shown.microsecond == 0 and shown.year >= _FIRST_YEAR
    return shown if is_plain else shown.isoformat(" ")


def _has_seconds(local: datetime) -> bool:
    """Whether the clocks were off by odd seconds, which no written offset says."""
    return (local.utcoffset() or timedelta()) % timedelta(minutes=1) != timedelta()


def _duration(milliseconds: int | float) -> RawValue:
    if milliseconds < 0 or milliseconds % 1:
        return str(milliseconds)
    try:
        duration = timedelta(milliseconds=int(milliseconds))
    except OverflowError:
        return str(milliseconds)
    return write_duration(duration) if milliseconds % _SECOND else duration
