"""The same thing under another key: overlapping periods, and facts that look alike."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, islice

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
    """Records of this workbook that cover the same as another of it, or as one of `others`.

    One problem per record, in the order of the workbook, however many it overlaps.
    """
    by_thing: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for span in (*(each for _, each in spans), *others):
        by_thing[span.of].append(span)
    shelves = {of: _Shelf(found) for of, found in by_thing.items()}
    return tuple(
        _overlap(resource, record, met)
        for record, span in spans
        if (met := tuple(islice(shelves[span.of].find(span), 2)))
    )


class _Shelf:
    """Spans of one thing by their start, so that those which meet another are found fast."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda each: each.start)
        self._starts = [each.start for each in self._spans]
        self._latest = list(accumulate((each.end for each in self._spans), max))

    def find(self, span: Span) -> Iterator[Span]:
        """Those of another key that meet a span, in the order of their starts.

        Only what starts by its end can meet it, and nothing before the first whose end, or an
        earlier one's, reaches its start.
        """
        first = bisect_left(self._latest, span.start)
        for other in self._spans[first : bisect_right(self._starts, span.end)]:
            if other.key != span.key and span.meets(other):
                yield other


def _overlap(resource: Resource, record: Record, met: Sequence[Span]) -> Problem:
    overlap = resource.overlap
    header = overlap.start if overlap else resource.key
    end = record.line.text(overlap.end) if overlap else ""
    more = ", and others" if len(met) > 1 else ""
    return kinds.ROW_OVERLAP.at(
        record.line.place(header),
        found=f"{record.line.text(header)} to {end}, which overlaps {met[0].label}, "
        f"{met[0].start} to {met[0].end}{more}",
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
