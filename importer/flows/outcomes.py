"""One outcome for every row that was read (design: law of conservation)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.flows.settled import Settled
from importer.model.checked import Checked, ReadRow
from importer.model.outcome import STILL_CALCULATING, Outcome, Status
from importer.model.problem import Problem, Severity
from importer.model.record import Json, Record
from importer.planning.wire import find_member

SettledOf = Callable[[Record], Settled | None]
"""What became of a record; None where it stayed out."""


_FINE = Settled(status=Status.SKIPPED)


def no_settled(record: Record) -> Settled | None:
    """The answer of a check: nothing is sent, so what is fine is skipped."""
    del record
    return _FINE


def build_outcomes(
    catalog: Catalog, checked: Checked, found: Iterable[Problem], *, settled: SettledOf
) -> tuple[Outcome, ...]:
    """Outcomes in the order of the rows. `found` are problems beyond those of the check."""
    ends = {record.name: settled(record) for record in checked.records}
    own = [each for end in ends.values() if end is not None for each in end.problems]
    problems = _by_row([*checked.problems, *found, *own])
    record_of = {line.name: record for record in checked.records for line in record.lines}
    view = _View(catalog, checked, ends, problems)
    return tuple(_outcome(row, record_of.get((row.title, row.row)), view) for row in checked.rows)


@dataclass(frozen=True, slots=True)
class _View:
    """All that one outcome may need to look at."""

    catalog: Catalog
    checked: Checked
    ends: Mapping[tuple[str, str], Settled | None]
    problems: Mapping[tuple[str, int], list[Problem]]


def _by_row(problems: Iterable[Problem]) -> Mapping[tuple[str, int], list[Problem]]:
    found: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in dict.fromkeys(problems):
        found[problem.place.sheet, problem.place.row].append(problem)
    return found


def _outcome(row: ReadRow, record: Record | None, view: _View) -> Outcome:
    mine = tuple(view.problems.get((row.title, row.row), ()))
    end = view.ends[record.name] if record is not None else None
    if record is None or end is None:
        held = view.checked.held.get((row.title, row.row), "")
        return Outcome(
            sheet=row.title,
            row=row.row,
            key=row.key,
            status=Status.INVALID,
            message=held or _reason(record, mine, view.problems),
            problems=mine,
        )
    resource = view.catalog.resource(record.resource)
    is_main = record.line.name == (row.title, row.row)
    return Outcome(
        sheet=row.title,
        row=row.row,
        key=row.key,
        status=end.status,
        id=end.id,
        message=end.message or _elsewhere(end, mine) or _still(resource, end, is_main=is_main),
        problems=mine,
        results=_results(resource, end.body) if is_main and end.body else (),
        later=end.later,
    )


def _reason(
    record: Record | None,
    mine: tuple[Problem, ...],
    problems: Mapping[tuple[str, int], list[Problem]],
) -> str:
    """Why a row without an error of its own stays out: another row of its record has one."""
    if record is None or any(each.severity is Severity.ERROR for each in mine):
        return ""
    for line in record.lines:
        place = next(iter(line.places.values()))
        for problem in problems.get((place.sheet, place.row), ()):
            if problem.severity is Severity.ERROR:
                where = f"{place.sheet} row {place.row}"
                return (
                    f"Stays out because {where}, which belongs to the same record, has a problem."
                )
    return ""


def _elsewhere(end: Settled, mine: tuple[Problem, ...]) -> str:
    """Where to look, when the record's problem stands at another of its rows."""
    if not end.problems or any(each in mine for each in end.problems):
        return ""
    place = end.problems[0].place
    return f"See {place.sheet} row {place.row}."


def _still(resource: Resource, end: Settled, *, is_main: bool) -> str:
    """What to say of figures that are not there yet, in the record's own row."""
    is_open = resource.calculating is not None and end.body and resource.calculating(end.body)
    return STILL_CALCULATING if is_main and is_open else ""


def _results(resource: Resource, body: Mapping[str, Json]) -> tuple[tuple[str, Json], ...]:
    return tuple((column.header, find_member(body, column.field)[1]) for column in resource.results)
