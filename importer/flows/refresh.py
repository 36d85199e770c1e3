"""The verb *refresh*: asks again for figures that were still calculated. Writes to no service."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from importer.declare.resource import Resource
from importer.flows.existing import Body, Existing
from importer.flows.figures import Ask, follow
from importer.flows.refreshed import Told, build_change, build_outcome, find_problem
from importer.flows.session import Session
from importer.flows.stopping import interrupted
from importer.model.failure import ImporterError, Interrupted, SettingsMissing
from importer.model.outcome import Status
from importer.model.report import FileReport
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.reading.figure_rows import FigureRow, read_figure_rows
from importer.sheets.results.fill_in import fill_in

_IN_ORDER = frozenset(each.value for each in Status if each.is_in_order)


def refresh_file(session: Session, path: Path, limits: Limits = LIMITS) -> FileReport:
    """Ask for the figures that a results workbook lacks, and write them into it.

    A row is *unchanged* once its figures are there, *skipped* while they are still calculated,
    and *failed* where the service says that they will not come.
    """
    rows, problems = read_figure_rows(path, session.catalog, limits)
    report = FileReport(file=str(path), verb="refresh", problems=problems)
    rows = tuple(each for each in rows if each.status in _IN_ORDER)
    bodies, failure = _read_bodies(session, [each for each in rows if each.is_open])
    told = [_tell(session, each, bodies, is_cut=failure is not None) for each in rows]
    report = replace(report, outcomes=tuple(map(build_outcome, told)))
    try:
        filled = [change for each in told if (change := build_change(each)) is not None]
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
) -> Told:
    resource = session.catalog.resource(row.resource)
    body = bodies.get((row.resource, row.id))
    is_asked = row.is_open and (body is not None or not is_cut)
    problem = find_problem(resource, row, body) if is_asked else None
    return Told(row=row, resource=resource, body=body, problem=problem, is_asked=is_asked)
