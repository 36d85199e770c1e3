"""What the page says where the command line names its options: the same thing, in its own words."""

from collections.abc import Mapping
from dataclasses import replace

from importer.model.outcome import Outcome, Status
from importer.model.problem import Problem
from importer.model.report import FileReport

ALLOW_OVERLAP = "Let overlapping periods under other ids pass"
OVERWRITE = "Send the workbook's values although the service changed"
CREATE_ONLY = "Never update existing records"

_WORDS: Mapping[str, str] = {
    ", or stop before the submission with --draft-only": "",
    "pass --allow-overlap": f"choose “{ALLOW_OVERLAP}” and plan again",
    "pass --overwrite": f"choose “{OVERWRITE}” and plan again",
    "Import without --create-only to update them.": f"Plan again without “{CREATE_ONLY}”.",
    "Look at the plan (importer plan FILE); if it is right, pass --accept-updates.": "Look at the "
    "rows; if they are right, tick the box beside the button that sends them.",
    " (--all-or-nothing)": "",
    "on Start here, or with --dates": "on Start here, or above “Plan again”",
    "on Start here, or with --decimal": "on Start here, or above “Plan again”",
    "type the same command again": "try again",
    "run the same command again": "try again",
    "Run the same command again": "Try again",
    "Start the command again": "Try again",
    ", or name another folder with --results DIR, and import again:": ", and go on:",
    "Import the same file again: it goes on where it stopped, and nothing is sent twice.": "Go on "
    "where it stopped: nothing is sent twice.",
    "carry this one over: importer template --upgrade FILE --target NAME -o NEW.xlsx": "have this "
    "one upgraded on the command line of the importer; this page cannot do it.",
    "Start from a template: importer template -o month.xlsx": "Start from a template, which the "
    "first page has.",
}

ICONS: Mapping[Status, str] = {
    Status.CREATED: "✓",
    Status.UPDATED: "✓",
    Status.UNCHANGED: "=",
    Status.CONFLICT: "≠",
    Status.INVALID: "✗",
    Status.BLOCKED: "…",
    Status.FAILED: "✗",
    Status.UNCERTAIN: "?",
    Status.SKIPPED: "–",
}


def reword(report: FileReport) -> FileReport:
    """The report as a page says it."""
    return replace(
        report,
        outcomes=tuple(_reword_outcome(each) for each in report.outcomes),
        problems=tuple(_reword_problem(each) for each in report.problems),
        stopped=tuple(reword_text(each) for each in report.stopped),
    )


def name_status(status: Status, verb: str) -> str:
    """A status in the tense of the verb."""
    if verb == "import":
        return "not sent" if status is Status.SKIPPED else status.value
    planned = {
        Status.CREATED: "to create",
        Status.UPDATED: "to update",
        Status.SKIPPED: "not planned",
    }
    return planned.get(status, status.value)


def count_rows(number: int) -> str:
    """`1 row`, `12 rows`."""
    return "1 row" if number == 1 else f"{number:,} rows"


def _reword_outcome(outcome: Outcome) -> Outcome:
    return replace(
        outcome,
        message=reword_text(outcome.message),
        problems=tuple(_reword_problem(each) for each in outcome.problems),
    )


def _reword_problem(problem: Problem) -> Problem:
    return replace(
        problem, expected=reword_text(problem.expected), remedy=reword_text(problem.remedy)
    )


def reword_text(text: str) -> str:
    """A sentence of ours as a page says it."""
    for typed, shown in _WORDS.items():
        text = text.replace(typed, shown)
    return text
