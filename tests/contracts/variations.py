"""Variations of a record: whatever its declaration lets a row say.

Drawn from the columns alone, so that a limit that a column does not have and a description does
shows as a body that does not fit.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from contracts.months import Stored
from importer.declare.column import Column, Kind
from importer.declare.definition import DefinedField
from importer.model.record import Amount, Clear, Record, Reference, Value
from importer.resources.catalog import CATALOG

_LONGER_THAN_ANY_LIMIT = 600
_MILLISECONDS_OF_A_MONTH = 31 * 86_400_000
_NUMBERS = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
_SIGNS = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])


@st.composite
def vary(draw: st.DrawFn, stored: Stored, *, keep: bool) -> Record:
    """The record with other values; with `keep`, only what may be changed later is other."""
    record, resource = stored.record, stored.resource
    values = dict(record.line.values)
    for column in resource.sheet.columns:
        if keep and column.create_only:
            continue
        value = draw(_cells(column, record.line.values))
        values.pop(column.header, None)
        if value is not None:
            values[column.header] = value
    fields = resource.define(stored.items).fields if resource.define else ()
    return replace(
        record,
        key=str(values[resource.key]),
        line=replace(record.line, values=values),
        defined=draw(_defined(fields)),
    )


@st.composite
def _defined(draw: st.DrawFn, fields: tuple[DefinedField, ...]) -> dict[str, Value]:
    """Values for what the record's definition asks for."""
    values: dict[str, Value] = {}
    for field in fields:
        is_sent = field.column.available and not field.computed
        value = draw(_cells(field.column, {})) if is_sent else None
        if value is not None:
            values[field.inner] = value
    return values


def _cells(column: Column, before: Mapping[str, Value]) -> st.SearchStrategy[Value | None]:
    """What a cell may become; None where it is left blank."""
    is_kept = CATALOG.definition(column.to) or column.untold
    values: st.SearchStrategy[Value | None] = (
        # What such a cell names is in the account, or beside the workbook.
        st.just(before.get(column.header)) if is_kept else _values(column)
    )
    if column.required:
        return values
    if column.clearable:
        values |= st.just(Clear.CLEAR)
    return values | st.none()


def _values(column: Column) -> st.SearchStrategy[Value]:
    match column.kind:
        case Kind.KEY:
            return st.from_regex(column.pattern or r"[A-Z][A-Z0-9-]{0,40}", fullmatch=True)
        case Kind.TEXT:
            return _texts(column.longest or _LONGER_THAN_ANY_LIMIT)
        case Kind.CHOICE:
            return st.sampled_from(column.choices)
        case Kind.BOOLEAN:
            return st.booleans()
        case Kind.NUMBER:
            return _NUMBERS.filter(lambda number: _is_within(column, number))
        case Kind.PERCENTAGE:
            return st.floats(column.at_least or 0, column.at_most or 1)
        case Kind.AMOUNT:
            return st.builds(
                lambda number, unit: Amount(number=number, unit=unit),
                _NUMBERS,
                st.sampled_from(column.units),
            )
        case Kind.DATE:
            return st.dates(date(1900, 1, 1))
        case Kind.MOMENT:
            return st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC))
        case Kind.REFERENCE:
            return _references(column.to)
        case Kind.REFERENCES:
            return st.lists(_references(column.to), min_size=1, max_size=3).map(tuple)
        case _:
            return _values_of_configs(column)


def _values_of_configs(column: Column) -> st.SearchStrategy[Value]:
    """Kinds that only definitions of an account have."""
    match column.kind:
        case Kind.TEXTS:
            texts = _texts(_LONGER_THAN_ANY_LIMIT).filter(lambda text: ";" not in text)
            return st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple)
        case Kind.DURATION:
            most = int(column.at_most or _MILLISECONDS_OF_A_MONTH)
            return st.integers(0, most).map(lambda each: timedelta(milliseconds=each))
        case _:
            raise NotImplementedError(column.kind)


def _texts(longest: int) -> st.SearchStrategy[str]:
    """Texts as cells hold them: trimmed, and often as long as they may be."""
    short = st.text(_SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool)
    long = st.integers(max(longest - 2, 1), longest).map(lambda size: "x" * size)
    return short | long


def _is_within(column: Column, number: float) -> bool:
    at_least, at_most = column.at_least, column.at_most
    return (at_least is None or at_least <= number) and (at_most is None or number <= at_most)


def _references(to: str) -> st.SearchStrategy[Reference]:
    return st.integers(1, 9999).map(lambda number: Reference(to=to, key=f"{number:04d}"))


def resolve(reference: Reference) -> str:
    """An id of the service for a record that a row names."""
    return f"{CATALOG.resource(reference.to).id_prefix}1NRBARK01SBX{reference.key}"
