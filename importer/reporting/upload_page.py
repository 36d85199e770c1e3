"""The page of an upload: which of its pages it is, and all that stands on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from importer.model.cause import Cause, group_by_cause
from importer.model.event import Event
from importer.model.outcome import Status
from importer.model.problem import Problem
from importer.model.problem_kinds import FILE_MANY_UPDATES
from importer.model.report import FileReport
from importer.model.uploads import UploadEntry, UploadState
from importer.model.view import SheetView
from importer.reporting.difference import Difference, compare_problems
from importer.reporting.page_words import ICONS, name_status, reword
from importer.reporting.sheet_page import SheetPage, build_sheet_page, find_page, name_anchor
from importer.reporting.steps import describe_step
from importer.reporting.text import render_headline

_MOST_LINKS = 30
_INTERRUPTED = (
    "Sending was interrupted, because the page's server ended.",
    "Go on: what was sent is known, and nothing is sent twice.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """How many rows have a status; a link shows only those."""

    status: Status
    icon: str
    word: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLink:
    """Where a problem is on the page. A problem of no row has no `anchor`."""

    label: str
    sheet: str = ""
    page: int = 1
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCause:
    """Problems of one kind. `more` is how many places have no link."""

    cause: Cause
    header: str
    links: tuple[CellLink, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is being done, and how far it is. `total` 0 is not known."""

    words: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPage:
    """What stands on the page.

    name: `working`, `plan`, `result` or `unreadable`.
    to_send: rows that would be created or updated. open_rows: those that would stay out.
    gate: what has to be agreed to before anything is sent; empty where nothing has to be.
    stopped: why it came to an early end and what to do, one after the other.
    can_go_on: whether sending goes on from where it ended, rather than from a new plan.
    """

    name: str
    headline: str = ""
    is_in_order: bool = False
    filters: tuple[Filter, ...] = ()
    total: int = 0
    to_send: int = 0
    open_rows: int = 0
    gate: str = ""
    causes: tuple[ShownCause, ...] = ()
    sheet: SheetPage | None = None
    difference: Difference | None = None
    notes: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    can_go_on: bool = False
    has_results: bool = False
    step: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is to show.

    previous: the latest report of the upload that this one corrects.
    step: what is being done with it here and now; None where nothing is.
    last_step: the last step that was written down.
    """

    sheets: Sequence[SheetView] = ()
    plan: FileReport | None = None
    end: FileReport | None = None
    previous: FileReport | None = None
    step: Event | None = None
    last_step: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows were asked for: a sheet by its title, a status, a page. All may be nonsense."""

    sheet: str = ""
    status: Status | None = None
    page: int = 1


def build_upload_page(entry: UploadEntry, material: Material, choice: Choice) -> UploadPage:
    """The page of an upload, with the rows that were asked for."""
    report, step = material.end or material.plan, material.step
    if step is not None or entry.state is UploadState.RECEIVED or report is None:
        shown_step = _spell(step or material.last_step)
        return UploadPage(name="working", step=shown_step, can_go_on=step is None)
    is_cut = entry.state is UploadState.SENDING
    if is_cut:
        report = replace(report, stopped=_interrupted(material.last_step))
    shown = reword(report)
    return UploadPage(
        name=_name_page(entry),
        headline=_headline(shown),
        is_in_order=shown.is_in_order,
        filters=_filters(shown, choice.status),
        total=len(shown.outcomes),
        to_send=sum(shown.counts.get(each, 0) for each in (Status.CREATED, Status.UPDATED)),
        open_rows=sum(1 for each in shown.outcomes if not each.is_in_order),
        gate=_gate(shown),
        causes=_show_causes(shown, material.sheets),
        sheet=_show_sheet(shown, material.sheets, choice),
        difference=compare_problems(reword(material.previous), shown)
        if material.previous
        else None,
        notes=shown.notes,
        stopped=shown.stopped,
        can_go_on=is_cut or (bool(entry.run) and bool(shown.stopped)),
        has_results=bool(entry.results),
    )


def _show_sheet(
    report: FileReport, sheets: Sequence[SheetView], choice: Choice
) -> SheetPage | None:
    return build_sheet_page(
        sheets, report, title=choice.sheet, status=choice.status, page=choice.page
    )


def _name_page(entry: UploadEntry) -> str:
    match entry.state:
        case UploadState.UNREADABLE:
            return "unreadable"
        case UploadState.DONE | UploadState.SENDING:
            return "result"
        case UploadState.STOPPED if entry.run:
            return "result"
        case _:
            return "plan"


def _spell(event: Event | None) -> Step:
    event = event or Event(stage="wait")
    return Step(words=describe_step(event), done=event.done, total=event.total)


def _interrupted(step: Event | None) -> tuple[str, str]:
    words, remedy = _INTERRUPTED
    if step is not None and step.total:
        return f"{words[:-1]}, after {step.done} of {step.total} records.", remedy
    return words, remedy


def _filters(report: FileReport, chosen: Status | None) -> tuple[Filter, ...]:
    """What needs attention comes last, as on the command line."""
    ordered = sorted(report.counts.items(), key=lambda each: not each[0].is_in_order)
    return tuple(
        Filter(
            status=status,
            icon=ICONS[status],
            word=name_status(status, report.verb),
            number=number,
            is_chosen=status is chosen,
        )
        for status, number in ordered
    )


def _headline(report: FileReport) -> str:
    """Where only the gate holds, the headline asks for the word that opens it."""
    gate = _gate(report)
    is_fine = all(each.is_in_order for each in report.outcomes)
    return f"{gate} need your word." if gate and is_fine else render_headline(report)


def _gate(report: FileReport) -> str:
    if report.verb != "plan":
        return ""
    return next((e.found for e in report.problems if e.code == FILE_MANY_UPDATES.code), "")


def _show_causes(report: FileReport, sheets: Sequence[SheetView]) -> tuple[ShownCause, ...]:
    by_title = {each.title: (number, each) for number, each in enumerate(sheets, start=1)}
    return tuple(
        ShownCause(
            cause=cause,
            header=_header(cause),
            links=tuple(_link(each, by_title) for each in cause.problems[:_MOST_LINKS]),
            more=max(0, len(cause.problems) - _MOST_LINKS),
        )
        for cause in group_by_cause(report.all_problems)
    )


def _header(cause: Cause) -> str:
    """The column's name, where all places are of one column."""
    headers = {each.place.header.rstrip("*") for each in cause.problems}
    return next(iter(headers)) if len(headers) == 1 else ""


def _link(problem: Problem, sheets: Mapping[str, tuple[int, SheetView]]) -> CellLink:
    place = problem.place
    label = f"{place.sheet}!{place.cell}" if place.cell else str(place)
    if place.sheet not in sheets or not place.row:
        return CellLink(label=label)
    number, sheet = sheets[place.sheet]
    return CellLink(
        label=label,
        sheet=place.sheet,
        page=find_page(sheet, place.row),
        anchor=name_anchor(number, place),
    )
