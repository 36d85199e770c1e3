"""Periods that touch: where one begins that is to end on a day, what falls in, what speaks against.

Only the end is given. The start follows from the period before, or from the earliest member where
there is none.

Source: docs.isometric.com/user-guides/certify/ghg-statement. What the service does about an end
that is not behind the last one, or about a second record for one day, is not published: both are
refused here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from importer.declare.resource import Resource
from importer.declare.submission import Standing, Step, Submission
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, Severity
from importer.model.record import Json, Record

Body = Mapping[str, Json]
_DAY = timedelta(days=1)
_NEW = Standing(step=Step.SUBMIT, words="a new one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A record that falls into the period in which it ends. `id` is empty for what is to come."""

    key: str
    start: date
    end: date
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The period of a record that is there, as far as its days can be read."""

    start: date | None
    end: date | None
    body: Body

    @property
    def id(self) -> str:
        """The service's id of the record."""
        return str(self.body.get("id", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What a row would close: its period, what falls in, and what speaks against it.

    start: None where only the service can tell.
    remote: the record that is there; None where it is to be made.
    waits_for: the earlier row that has to be settled first, in words; empty where there is none.
    """

    record: Record
    start: date | None
    end: date
    remote: Body | None
    standing: Standing
    inside: tuple[Member, ...] = ()
    outside: tuple[Member, ...] = ()
    problems: tuple[Problem, ...] = ()
    waits_for: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether it may go on."""
        errors = (each.severity is Severity.ERROR for each in self.problems)
        return not self.waits_for and not any(errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The periods of a project that are there, and the members that are known."""

    resource: Resource
    submission: Submission
    spans: tuple[Span, ...]
    members: tuple[Member, ...]

    def close(self, record: Record, before: Sequence[Closing]) -> Closing:
        """What a row would close. `before` are the rows with an earlier end."""
        end = end_of(self.resource, record)
        there = [each for each in self.spans if each.end == end]
        start = there[0].start if there else self._follow(before)
        lasting = [each for each in self.members if _is_within(each, start, end)]
        return Closing(
            record=record,
            start=start,
            end=end,
            remote=there[0].body if there else None,
            standing=self.submission.standing(there[0].body) if there else _NEW,
            inside=tuple(lasting),
            outside=tuple(each for each in self.members if each not in lasting),
            problems=tuple(self._object(record, end, there)),
            waits_for="" if there else _find_hindrance(before),
        )

    def _follow(self, before: Sequence[Closing]) -> date | None:
        """The day behind the last period, else the first day of the earliest member."""
        ends = [*(each.end for each in self.spans if each.end), *(each.end for each in before)]
        if ends:
            return max(ends) + _DAY
        return min((each.start for each in self.members), default=None)

    def _object(self, record: Record, end: date, there: Sequence[Span]) -> Iterator[Problem]:
        place = record.line.place(self.resource.key)
        yield from (kinds.ROW_PERIOD.at(place, found=each) for each in find_doubts(self.spans))
        if len(there) > 1:
            ids = ", ".join(each.id for each in there)
            found = f"{len(there)} {self.resource.title}s that end on {end} ({ids})"
            yield kinds.ROW_PERIOD.at(place, found=found, expected="one of them")
        if there:
            standing = self.submission.standing(there[0].body)
            if standing.step is Step.REFUSE:
                found = f"{there[0].id}, which is {standing.words}"
                yield kinds.API_LOCKED.at(place, found=found)
            return
        latest = max((each.end for each in self.spans if each.end), default=None)
        if latest is not None and end <= latest:
            found = f"{end}, and a period that ends on {latest} is there already"
            yield kinds.ROW_PERIOD.at(place, found=found)
        elif latest is not None and end - latest == _DAY:
            found = f"{end}, one day behind the end of the period before"
            yield kinds.ROW_PERIOD_OF_A_DAY.at(place, found=found)


def find_closings(
    resource: Resource,
    submission: Submission,
    *,
    records: Iterable[Record],
    bodies: Iterable[Body],
    members: Iterable[Member],
) -> tuple[Closing, ...]:
    """One for each row, in the order of their ends. `bodies` are the records of the project."""
    calendar = Calendar(
        resource=resource,
        submission=submission,
        spans=tuple(read_span(submission, each) for each in bodies),
        members=tuple(sorted(members, key=lambda each: each.end)),
    )
    found: list[Closing] = []
    for record in sorted(records, key=lambda each: end_of(resource, each)):
        found.append(calendar.close(record, found))
    return tuple(found)


def read_span(submission: Submission, body: Body) -> Span:
    """The period of a record. Days may be null on drafts, although published as never null."""
    return Span(
        start=_read_day(body.get(submission.start)),
        end=_read_day(body.get(submission.end)),
        body=body,
    )


def end_of(resource: Resource, record: Record) -> date:
    """The last day of the period that a row states."""
    return day_of(record, resource.key)


def day_of(record: Record, header: str) -> date:
    """The day in a cell; TypeError where the column is none of days."""
    value = record.line.values[header]
    if not isinstance(value, date):
        raise TypeError(f"{header} holds no day")
    return value


def find_doubts(spans: Sequence[Span]) -> tuple[str, ...]:
    """What a person has to look at before anything is closed: no period, gaps, overlaps."""
    bare = [each.id for each in spans if each.start is None or each.end is None]
    if bare:
        return (f"{', '.join(bare)} at the service without a period",)
    periods = sorted({(each.start, each.end): each for each in spans}.items(), key=_by_days)
    return tuple(
        f"the periods of {one.id} (to {one.end}) and {other.id} (from {other.start}), "
        "which do not touch"
        for (_, one), (_, other) in pairwise(periods)
        if one.end and other.start and other.start - one.end != _DAY
    )


def describe(closing: Closing, title: str) -> str:
    """The period, and which members of the workbook fall into it and which do not."""
    start = closing.start or "the first day of the project"
    which = f"{closing.remote.get('id')} ({closing.standing.words})" if closing.remote else "new"
    inside = _list([each.key for each in closing.inside]) or "nothing of this workbook"
    outside = _list([f"{each.key} (to {each.end})" for each in closing.outside])
    period = f"{title}, {which}, {start} to {closing.end}. In it: {inside}."
    return f"{period} Not in it: {outside}." if outside else period


def _by_days(period: tuple[tuple[date | None, date | None], Span]) -> tuple[date, date]:
    (start, end), _ = period
    return start or date.min, end or date.min


def _list(names: Sequence[str], most: int = 8) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _is_within(member: Member, start: date | None, end: date) -> bool:
    return (start is None or start <= member.end) and member.end <= end


def _find_hindrance(before: Sequence[Closing]) -> str:
    for each in before:
        if not each.is_fine:
            return each.record.line.where
    return ""


def _read_day(value: Json) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
