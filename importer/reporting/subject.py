"""The subject of a report: in a few words how a file ended. It stands first in its message, too."""

from pathlib import PurePath

from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.problem import Severity
from importer.model.report import FileReport
from importer.reporting.taming import tame_name


def render_subject(report: FileReport) -> str:
    """State, counts and file on one line, such as `7 of 412 rows need a fix – kiln.xlsx`."""
    return f"{render_state(report)} – {tame_name(PurePath(report.file).name)}"


def render_state(report: FileReport) -> str:
    """The subject without the file."""
    total = len(report.outcomes)
    if not total:
        return _without_rows(report)
    fine = sum(1 for each in report.outcomes if each.is_in_order)
    has_skipped = any(each.status is Status.SKIPPED and not each.later for each in report.outcomes)
    if has_skipped and report.stopped:
        share = f"{fine} of {total} rows {_choose(fine, 'is', 'are')} in"
        return f"Cut short, {share if total > 1 else 'the one row is not in'}"
    if has_skipped:
        rest = total - fine
        share = f"{rest} of {total} rows" if total > 1 else "the one row"
        return f"Nothing was sent, {share} {_choose(rest, 'waits', 'wait')}"
    if fine < total:
        return _with_open_rows(report, total - fine)
    return _all_fine(report, total)


def _without_rows(report: FileReport) -> str:
    if report.stopped:
        return "Could not be imported"
    codes = {each.code for each in report.problems}
    unread = any(code.startswith("FILE_") for code in codes - {kinds.FILE_NO_ROWS.code})
    return "Could not be read" if unread else "No rows were found"


def _with_open_rows(report: FileReport, rest: int) -> str:
    """What most open rows need; where all are of one kind, that is said instead."""
    total = len(report.outcomes)
    share = f"{rest} of {total} rows" if total > 1 else "The one row"
    match list(dict.fromkeys(each.status for each in report.outcomes if not each.is_in_order)):
        case [Status.UNCERTAIN]:
            return f"{share} {_choose(rest, 'has', 'have')} no clear answer yet"
        case [Status.CONFLICT]:
            return f"{share} {_choose(rest, 'differs', 'differ')} at the service"
        case _:
            return f"{share} {_choose(rest, 'needs', 'need')} a fix"


def _all_fine(report: FileReport, total: int) -> str:
    rows = f"All {total} rows are in order" if total > 1 else "The one row is in order"
    if report.stopped:
        return f"{rows}, but the run did not end well"
    has_error = any(each.severity is Severity.ERROR for each in report.problems)
    return f"{rows}, but the workbook is not" if has_error else rows


def _choose(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
