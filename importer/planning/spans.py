"""The days that a record is about, as far as its columns tell any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from importer.declare.column import Column, Kind
from importer.declare.resource import Resource
from importer.model.record import Json
from importer.planning.wire import find_member, observed

Body = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The first and the last of some days, both included."""

    first: date
    last: date

    def touch(self, other: "Days | None") -> bool:
        """Whether both have a day in common; what is about no day is never kept out."""
        return other is None or (self.first <= other.last and other.first <= self.last)


def find_days(resource: Resource, body: Body, zone: tzinfo | None = None) -> Days | None:
    """The days that a stored record is about; None where it tells none.

    zone: in which moments are looked at.
    """
    days = [day for column, text in _dates(resource, body) if (day := _day(column, text, zone))]
    return Days(first=min(days), last=max(days)) if days else None


def dates_of(resource: Resource, body: Body) -> tuple[str, ...]:
    """The days and moments of a stored record, as they are compared."""
    return tuple(text for _, text in _dates(resource, body))


def _dates(resource: Resource, body: Body) -> Iterator[tuple[Column, str]]:
    for column in resource.sheet.columns:
        if column.kind in (Kind.DATE, Kind.MOMENT) and column.field:
            is_there, stored = find_member(body, column.field)
            value = observed(column, stored) if is_there else None
            if isinstance(value, str):
                yield column, value


def _day(column: Column, text: str, zone: tzinfo | None) -> date | None:
    try:
        if column.kind is Kind.DATE:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(zone or UTC).date()
    except (ValueError, OverflowError):
        return None
