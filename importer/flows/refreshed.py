"""What became of a row whose figures were asked for again: in words, and in its cells."""

from collections.abc import Mapping
from dataclasses import dataclass

from importer.declare.resource import Resource
from importer.flows.existing import Body
from importer.flows.figures import is_calculating
from importer.model import problem_kinds as kinds
from importer.model.outcome import STILL_CALCULATING, Outcome, Status
from importer.model.problem import Problem, quoted
from importer.model.record import Json
from importer.planning.wire import find_member
from importer.sheets.reading.figure_rows import FigureRow
from importer.sheets.results.fill_in import Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row, what the service says of it, and what is wrong with that."""

    row: FigureRow
    resource: Resource
    body: Body | None
    problem: Problem | None
    is_asked: bool

    @property
    def figures(self) -> Mapping[str, Json]:
        """The figures that came in, by header."""
        if self.body is None or self.problem is not None:
            return {}
        found = {e.header: find_member(self.body, e.field)[1] for e in self.resource.results}
        return {
            header: value
            for header, value in found.items()
            if value is not None and self.row.figures.get(header, 0) is None
        }

    @property
    def is_still_open(self) -> bool:
        """Whether a figure is to come."""
        blank = {header for header, value in self.row.figures.items() if value is None}
        return bool(blank - set(self.figures))


def find_problem(resource: Resource, row: FigureRow, body: Body | None) -> Problem | None:
    """Why the figures of a row will not come."""
    if body is None:
        return kinds.REF_NOT_FOUND.at(
            row.place,
            found=f"the Import ID {quoted(row.id)}, which the service does not show",
            expected=f"the id of a {resource.title} at this target",
            remedy="Check the target, or import the workbook again.",
        )
    _, key = find_member(body, resource.key_column.field)
    if row.key and isinstance(key, str) and key.casefold() != row.key.casefold():
        return kinds.REF_NOT_FOUND.at(
            row.place,
            found=f"{quoted(row.key)} with the Import ID {quoted(row.id)}, which is {quoted(key)} "
            "at the service",
            expected="the Import ID that goes with the External ID",
            remedy="Import the workbook again: that writes the right ids.",
        )
    warned = (
        resource.warnings(body) if resource.warnings and not _has_figures(resource, body) else ()
    )
    for misfit in () if is_calculating(resource, body) else warned:
        return misfit.kind.at(row.place, found=misfit.found, expected=misfit.expected)
    return None


def _has_figures(resource: Resource, body: Body) -> bool:
    return all(find_member(body, each.field)[1] is not None for each in resource.results)


def build_outcome(told: Told) -> Outcome:
    """*Unchanged* where the figures are there, *skipped* while they come, else *failed*."""
    row, status, message = told.row, Status.UNCHANGED, ""
    if told.problem is not None:
        status = Status.FAILED
    elif told.is_still_open:
        status = Status.SKIPPED
        message = STILL_CALCULATING if told.is_asked else "Not asked: the run ended before."
    figures = {**{header: _plain(row.figures[header]) for header in row.figures}, **told.figures}
    return Outcome(
        sheet=row.place.sheet,
        row=row.place.row,
        key=row.key,
        status=status,
        id=row.id,
        message=message,
        problems=(told.problem,) if told.problem else (),
        results=tuple(figures.items()),
    )


def _plain(value: object) -> Json:
    return value if isinstance(value, int | float | str) else None


def build_change(told: Told) -> Filled | None:
    """What is to be written into the row, if anything."""
    line = (
        f"{told.row.place.cell} {told.row.place.header}: {told.problem.text}"
        if told.problem
        else ""
    )
    is_settled = told.problem is not None or not told.is_still_open
    before = told.row.message.splitlines()
    kept = [each for each in before if each != STILL_CALCULATING or not is_settled]
    message = "\n".join([*kept, *([line] if line and line not in kept else [])])
    if not told.figures and message == told.row.message:
        return None
    return Filled(row=told.row, figures=told.figures, message=message)
