"""The same thing under another key: overlapping periods, and facts that look alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Json, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period that something is covered for: `of` says what, `label` which record does it."""

    of: tuple[str, ...]
    start: str
    end: str
    label: str
    key: str

    def meets(self, other: "Span") -> bool:
        """Whether two records cover a day of the same thing; both ends count."""
        return self.of == other.of and self.start <= other.end and other.start <= self.end


def span_of(resource: Resource, record: Record, of: tuple[str, ...]) -> Span | None:
    """The period of a record; None where it states none."""
    overlap = resource.overlap
    if overlap is None:
        return None
    start, end = (record.line.values.get(each) for each in (overlap.start, overlap.end))
    if not isinstance(start, date) or not isinstance(end, date):
        return None
    return Span(
        of=of,
        start=start.isoformat(),
        end=end.isoformat(),
        label=f"row {record.line.row} ({quoted(record.key)})",
        key=record.key.casefold(),
    )


def find_overlaps(
    resource: Resource, spans: Sequence[tuple[Record, Span]], others: Iterable[Span] = ()
) -> tuple[Problem, ...]:
    """Records of this workbook that cover the same as another of it, or as one of `others`."""
    problems = []
    grouped: dict[tuple[str, ...], list[tuple[Record, Span]]] = defaultdict(list)
    for record, span in spans:
        grouped[span.of].append((record, span))
    for group in grouped.values():
        for (one, first), (other, second) in combinations(group, 2):
            if first.meets(second) and first.key != second.key:
                problems.append(_overlap(resource, one, second))
                problems.append(_overlap(resource, other, first))
    for theirs in others:
        for record, span in grouped.get(theirs.of, ()):
            if span.meets(theirs) and span.key != theirs.key:
                problems.append(_overlap(resource, record, theirs))
    return tuple(problems)


def _overlap(resource: Resource, record: Record, other: Span) -> Problem:
    overlap = resource.overlap
    header = overlap.start if overlap else resource.key
    end = record.line.text(overlap.end) if overlap else ""
    return kinds.ROW_OVERLAP.at(
        record.line.place(header),
        found=f"{record.line.text(header)} to {end}, which overlaps {other.label}, "
        f"{other.start} to {other.end}",
        expected=f"one {resource.title} for one thing and period",
    )


def describe_lookalike(resource: Resource, record: Record, key: Json, remote_id: str) -> Problem:
    """The warning that the same fact seems to be there under another key."""
    values = " and ".join(
        f"{header} {quoted(record.line.text(header))}" for header in resource.lookalike
    )
    return kinds.ROW_LOOKALIKE.at(
        record.line.place(resource.key),
        found=f"{values}, which {remote_id} ({quoted(key or 'no External ID')}) has, too",
    )
