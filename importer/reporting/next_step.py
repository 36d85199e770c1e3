"""The command to type next: every run ends with it."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from importer.model import problem_kinds as kinds
from importer.model.outcome import STILL_CALCULATING, Status
from importer.model.problem import Severity
from importer.model.report import FileReport
from importer.reporting.folding import WIDTH, fold

_MOST_FILES = 8
_CONSENTS = ("--overwrite", "--accept-updates")
"""Options that let something pass once; the next command does not come with them."""

_PLACES = ("--target", "--config")

Spell = Callable[[Sequence[str]], str]
"""How the words of a command are written so that they can be pasted into a shell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The command that ran: its verb, its files and folders, and its options.

    options: those that check, plan and import share.
    own_options: those that only this command has.
    """

    verb: str
    paths: tuple[str, ...]
    options: tuple[str, ...] = ()
    own_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What to do first, and then the commands; the words end with a colon where there are some."""

    words: str
    commands: tuple[tuple[str, ...], ...]


def render_next_step(
    reports: Sequence[FileReport], typed: Typed, *, width: int = WIDTH, spell: Spell = shlex.join
) -> str:
    """What to do and what to type; commands stand on lines of their own and are not folded."""
    step = find_step(reports, typed)
    commands = [f"  {spell(command)}" for command in step.commands]
    return "\n".join([fold(f"Next: {step.words}", width=width), *commands])


def find_step(reports: Sequence[FileReport], typed: Typed) -> Step:
    """What to do after a run."""
    if not reports:
        return _again("put a workbook there or name another place, then:", typed)
    if any(report.interrupted for report in reports):
        return _again("to go on, type the same command again; nothing is sent twice:", typed)
    if any(report.stopped for report in reports):
        return _again("settle what stopped the run, then go on; nothing is sent twice:", typed)
    if _is_at_gate(reports):
        return _pass_gate(typed)
    if typed.verb == "refresh":
        return _refresh_again(reports, typed)
    if all(report.is_in_order for report in reports):
        return _go_on(reports, typed)
    if typed.verb == "submit" and not any(map(_has_errors, reports)):
        return _again("do what the rows above say, then:", typed)
    if typed.verb in ("import", "submit") and any(report.results for report in reports):
        return _mend_results(reports, typed)
    return _again("mend what is named above, then:", typed)


def find_page_step(report: FileReport) -> Step:
    """What to do after an upload, for who is told of it elsewhere than on the page."""
    if report.stopped:
        words = "open the upload on the page and go on there; nothing is sent twice."
    elif _is_at_gate([report]):
        words = "open the upload on the page, look at what would change, and agree to it there."
    elif report.is_in_order:
        words = "nothing is left to send. When a row changes, upload the file again."
    elif report.results:
        words = "mend the marked cells in the annotated workbook, then upload it on the page."
    else:
        words = "mend what is named above, then upload the file again."
    return Step(words, ())


def write_command(typed: Typed) -> tuple[str, ...]:
    """The words of the command itself."""
    return _command(typed.verb, typed)


def _command(verb: str, typed: Typed, paths: Sequence[str] | None = None) -> tuple[str, ...]:
    own = typed.own_options if verb == typed.verb else ()
    named = (_keep_path(each) for each in (typed.paths if paths is None else paths))
    return ("importer", verb, *named, *typed.options, *own)


def _keep_path(path: str) -> str:
    """A path that cannot be taken for an option."""
    return f"./{path}" if path.startswith("-") else path


def _without_consents(command: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in command if word not in _CONSENTS)


def _again(words: str, typed: Typed) -> Step:
    return Step(words, (write_command(typed),))


def _is_at_gate(reports: Sequence[FileReport]) -> bool:
    code = kinds.FILE_MANY_UPDATES.code
    return any(each.code == code for report in reports for each in report.problems)


def _pass_gate(typed: Typed) -> Step:
    """Show the plan, unless it was just shown, then let it pass."""
    look, send = _command("plan", typed), (*_command("import", typed), "--accept-updates")
    if typed.verb == "plan":
        return Step("if these changes are what you mean, send them:", (send,))
    return Step("look at what would change; if it is what you mean, send it:", (look, send))


def _go_on(reports: Sequence[FileReport], typed: Typed) -> Step:
    send = _command("import", typed)
    if typed.verb == "submit" and "--draft-only" in typed.own_options:
        words = "look at the draft on the service's page; when it is right, submit it:"
        return Step(words, (("importer", "submit", *map(_keep_path, typed.paths), *typed.options),))
    if typed.verb == "submit":
        return Step("nothing is left to submit. See what was sent:", (("importer", "runs"),))
    closing = [report.file for report in reports if report.later]
    if closing and (typed.verb == "import" or all(map(_is_still, reports))):
        return _close(closing, typed)
    if typed.verb == "check":
        return Step("see what an import would do:", (_command("plan", typed),))
    if typed.verb == "plan" and not all(map(_is_still, reports)):
        return Step("send it:", (send,))
    awaited = _awaited(reports) if typed.verb == "import" else ()
    if awaited:
        named = map(_keep_path, awaited[:_MOST_FILES])
        refresh = ("importer", "refresh", *named, *_only_target(typed.options))
        return Step("figures that are still calculated are filled in later with:", (refresh,))
    words = "nothing is left to send. When a row changes, import the file again:"
    return Step(words, (_without_consents(send),))


def _close(files: Sequence[str], typed: Typed) -> Step:
    """One file at a time: each step is agreed to."""
    place = _only_target(typed.options)
    commands = (("importer", "submit", _keep_path(each), *place) for each in files)
    return Step("when the period is complete, make its draft and submit it:", tuple(commands))


def _has_errors(report: FileReport) -> bool:
    return any(each.severity is Severity.ERROR for each in report.all_problems)


def _refresh_again(reports: Sequence[FileReport], typed: Typed) -> Step:
    """What is still calculated is asked for later; what will not come is not."""
    if all(report.is_in_order for report in reports):
        return Step("nothing is left to ask for: every figure is in its results workbook.", ())
    if any(Status.SKIPPED in report.counts for report in reports):
        return _again("ask for what is still calculated in a while:", typed)
    return _again("settle what is named above, then:", typed)


def _awaited(reports: Sequence[FileReport]) -> tuple[str, ...]:
    """Results workbooks with rows whose figures are still to come."""
    return tuple(
        report.results
        for report in reports
        if report.results and any(STILL_CALCULATING in each.message for each in report.outcomes)
    )


def _only_target(options: Sequence[str]) -> tuple[str, ...]:
    """Of a command's options, those that say where to."""
    pairs = pairwise(options)
    return tuple(word for name, value in pairs if name in _PLACES for word in (name, value))


def _is_still(report: FileReport) -> bool:
    return all(each.later or each.status is Status.UNCHANGED for each in report.outcomes)


def _mend_results(reports: Sequence[FileReport], typed: Typed) -> Step:
    """The results workbook is the file to go on with: in it the cells to mend are marked."""
    open_ones = [each.results or each.file for each in reports if not each.is_in_order]
    one = open_ones[0] if len(open_ones) == 1 else "the results workbooks"
    words = f"mend the marked cells in {one}, save, then:"
    if len(open_ones) > _MOST_FILES:
        words = "mend the marked cells in the results workbooks, then import each, such as:"
        open_ones = open_ones[:1]
    return Step(words, (_without_consents(_command(typed.verb, typed, open_ones)),))
