"""The verb *refresh*: asks again for figures that were still calculated. Writes to no service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from importer.declare.resource import Resource
from importer.flows.existing import Body, Existing
from importer.flows.figures import Ask, follow, is_calculating
from importer.flows.session import Session
from importer.flows.stopping import interrupted
from importer.model import problem_kinds as kinds
from importer.model.failure import ImporterError, Interrupted, SettingsMissing
from importer.model.outcome import STILL_CALCULATING, Outcome, Status
from importer.model.problem import Problem, quoted
from importer.model.record import Json
from importer.model.report import FileReport
from importer.planning.wire import find_member
from importer.sheets.figure_rows import FigureRow, read_figure_rows
from importer.sheets.fill_in import Filled, fill_in

_IN_ORDER = frozenset(each.value for each in Status if each.is_in_order)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
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


def refresh_file(session: Session, path: Path) -> FileReport:
    """Ask for the figures that a results workbook lacks, and write them into it.

    A row is *unchanged* once its figures are there, *skipped* while they are still calculated,
    and *failed* where the service says that they will not come.
    """
    rows, problems = read_figure_rows(path, session.catalog)
    report = FileReport(file=str(path), verb="refresh", problems=problems)
    rows = tuple(each for each in rows if each.status in _IN_ORDER)
    bodies, failure = _read_bodies(session, [each for each in rows if each.is_open])
    told = [_tell(session, each, bodies, is_cut=failure is not None) for each in rows]
    report = replace(report, outcomes=tuple(map(_outcome, told)))
    try:
        filled = [change for each in told if (change := _fill(each)) is not None]
        results = fill_in(path, filled) if filled else path
        report = replace(report, results=str(results)) if rows else report
    except ImporterError as unwritten:
        failure = failure or unwritten
    if failure is None:
        return report
    return replace(
        report,
        stopped=(str(failure), failure.remedy),
        interrupted=isinstance(failure, Interrupted),
    )


def _read_bodies(
    session: Session, rows: Sequence[FigureRow]
) -> tuple[Mapping[tuple[str, str], Body], ImporterError | None]:
    """What the services say by resource and id, and why that is not all of it."""
    wanted: dict[str, list[str]] = {}
    for row in rows:
        resource = session.catalog.resource(row.resource)
        _require_service(session, resource)
        if resource.is_service_id(row.id):
            wanted.setdefault(row.resource, []).append(row.id)
    found: dict[tuple[str, str], Body] = {}
    try:
        for name, own_id, body in follow(session, wanted, _ask_by_id(session)):
            found[name, own_id] = body
    except ImporterError as failure:
        return found, failure
    except KeyboardInterrupt:
        return found, interrupted()
    return found, None


def _require_service(session: Session, resource: Resource) -> None:
    if resource.service not in session.services:
        raise SettingsMissing(
            f"The target {session.facts.name} has no settings for {resource.service}, which "
            f"keeps the rows of the sheet {resource.sheet.name}.",
            remedy=f"Add the settings of {resource.service} to the target.",
        )


def _ask_by_id(session: Session) -> Ask:
    """By page while that costs less than asking for each that is open, else one by one."""

    def ask(resource: Resource, ids: Sequence[str]) -> Mapping[str, Body]:
        listing = Existing(session.services).listing(resource)
        wanted, found = dict.fromkeys(ids), dict[str, Body]()
        while len(wanted) - len(found) > 1 and listing.pages < len(wanted) and not listing.complete:
            page = {str(body.get("id")): body for body in listing.read_page()}
            found |= {own_id: page[own_id] for own_id in wanted if own_id in page}
        for own_id in wanted:
            if own_id not in found and not listing.complete:
                path = f"{resource.endpoint.path}/{quote(own_id, safe='')}"
                body = session.services[resource.service].fetch(path)
                found |= {own_id: body} if body is not None else {}
        return found

    return ask


def _tell(
    session: Session,
    row: FigureRow,
    bodies: Mapping[tuple[str, str], Body],
    *,
    is_cut: bool,
) -> _Told:
    resource = session.catalog.resource(row.resource)
    body = bodies.get((row.resource, row.id))
    is_asked = row.is_open and (body is not None or not is_cut)
    problem = _find_problem(resource, row, body) if is_asked else None
    return _Told(row=row, resource=resource, body=body, problem=problem, is_asked=is_asked)


def _find_problem(resource: Resource, row: FigureRow, body: Body | None) -> Problem | None:
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


def _outcome(told: _Told) -> Outcome:
    row, status, message = told.row, Status.UNCHANGED, ""
    if told.problem is not None:
        status = Status.FAILED
    elif told.is_still_open:
        status = Status.SKIPPED
        message = STILL_CALCULATING if told.is_asked else "Not asked: the run ended before."
    figures = {**{header: _plain(row.figures[header]) for header in row.figures}, **told.figures}
    return Outcome(
        sheet=row.sheet,
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


def _fill(told: _Told) -> Filled | None:
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
