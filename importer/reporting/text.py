"""A report in plain text, for a terminal or a log."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from importer.model.outcome import Status, count
from importer.model.problem import Severity
from importer.model.report import FileReport, TargetFacts
from importer.reporting.causes import render_causes
from importer.reporting.folding import WIDTH, fold, join_names


def render_target(facts: TargetFacts, *, width: int = WIDTH) -> str:
    """The first line of every run: target, hosts, organisations, and where that was said."""
    hosts = group_services(facts.hosts, "{services} at {value}")
    owners = group_services(facts.organisations, "{value} ({services})")
    parts = [f"Target {facts.name}: {', '.join(hosts)}" if hosts else f"Target {facts.name}"]
    parts += [f"organisation {', '.join(owners)}"] if owners else []
    parts += [f"settings: {facts.origin}"] if facts.origin else []
    return fold("; ".join(parts) + ".", width=width)


def group_services(pairs: Sequence[tuple[str, str]], form: str) -> list[str]:
    """What two services have in common is said once.

    pairs: service and value. form: names `{services}` and `{value}`.
    """
    services: dict[str, list[str]] = defaultdict(list)
    for service, value in pairs:
        services[value].append(service)
    return [
        form.format(services=join_names(names), value=value) for value, names in services.items()
    ]


def name_files(paths: Sequence[str]) -> dict[str, str]:
    """What to call each file: by its name alone, unless two files of the run share that."""
    names = [PurePath(path).name for path in paths]
    return {
        path: path if names.count(name) > 1 else name
        for path, name in zip(paths, names, strict=True)
    }


def render_report(report: FileReport, *, name: str = "", width: int = WIDTH) -> str:
    """One file: what became of its rows, what to mend, and where the results are.

    name: what to call the file; else its name without folders.
    """
    title = name or PurePath(report.file).name
    lines = [fold(f"{title}: {render_headline(report)}", width=width)]
    if report.counts:
        lines.append(fold(_counts(report.counts, report.verb), width=width, indent=2))
    lines += _changes(report, width=width) if report.verb == "plan" else []
    lines += _closings(report, width=width)
    lines += render_causes(report, width=width)
    lines += [fold(f"Note: {note}", width=width, indent=2) for note in report.notes]
    lines += _stopped(report, width=width)
    if report.results:
        lines.append(f"  Results: {report.results}")
    return "\n".join(lines)


def render_headline(report: FileReport) -> str:
    """Half a sentence: how many rows are in order, and what there is to know before."""
    if report.verb == "refresh":
        return _say_figures(report)
    if not report.outcomes:
        return "no rows were read." if report.problems else "it was not worked on."
    later = len(report.later)
    if not later:
        return _say_rows(report, len(report.outcomes))
    left = f"{later} {_choose(later, 'row is', 'rows are')} left for the command submit."
    total = len(report.outcomes) - later
    return f"{_say_rows(report, total)[:-1]}; {left}" if total else left


def _say_figures(report: FileReport) -> str:
    """Of how many rows the figures are there."""
    total, there = len(report.outcomes), report.counts.get(Status.UNCHANGED, 0)
    if not total:
        return "nothing was read." if report.problems else "no row of it waits for figures."
    if there == total:
        return f"the figures of {f'all {total} rows' if total > 1 else 'its one row'} are there."
    return f"the figures of {there} of {total} {_choose(total, 'row', 'rows')} are there."


def _say_rows(report: FileReport, total: int) -> str:
    """The same without the rows that are left for another command."""
    fine = sum(report.counts.get(each, 0) for each in _fine(report.verb))
    skipped = report.counts.get(Status.SKIPPED, 0) - len(report.later)
    left = skipped if report.verb == "import" else 0
    if left:
        why = "the run was cut short" if report.stopped else "nothing was sent"
        return f"{why}; {_share(fine, total)}."
    if fine < total:
        return _lack(fine, total)
    has_error = any(each.severity is Severity.ERROR for each in report.problems)
    return f"{_share(fine, total)}{', but the workbook is not' if has_error else ''}."


def _share(fine: int, total: int) -> str:
    if fine == total:
        return f"all {total} rows are in order" if total > 1 else "its one row is in order"
    if total == 1:
        return "its one row is not in order"
    return f"{fine} of {total} rows {_choose(fine, 'is', 'are')} in order"


def _lack(fine: int, total: int) -> str:
    if total == 1:
        return "its one row needs a fix."
    open_ones = total - fine
    return f"{_share(fine, total)}; {open_ones} {_choose(open_ones, 'needs', 'need')} a fix."


def _choose(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _fine(verb: str) -> tuple[Status, ...]:
    """The statuses that need nothing; a check sends nothing, so what it skips is fine."""
    fine = tuple(status for status in Status if status.is_in_order)
    return (*fine, Status.SKIPPED) if verb == "check" else fine


def _counts(counts: Mapping[Status, int], verb: str) -> str:
    """Rows by status; those that are in order come first."""
    fine = _fine(verb)
    ordered = sorted(counts.items(), key=lambda each: each[0] not in fine)
    return " · ".join(f"{_word(status, verb)} {number}" for status, number in ordered)


def _word(status: Status, verb: str) -> str:
    """A status in the tense of the verb."""
    if verb == "check" and status is Status.SKIPPED:
        return "fine"
    if verb == "plan" and status in (Status.CREATED, Status.UPDATED):
        return {Status.CREATED: "to create", Status.UPDATED: "to update"}[status]
    if verb == "refresh":
        return _REFRESHED.get(status, status.value)
    return status.value


_REFRESHED = {Status.UNCHANGED: "there", Status.SKIPPED: "still calculated"}


def _changes(report: FileReport, *, width: int) -> Iterator[str]:
    """What a plan would change, record by record; what stays as it is needs no line.

    All rows of a record carry its differences; the first one stands for them.
    """
    said: set[tuple[str, str]] = set()
    for each in report.outcomes:
        is_new = (each.id, each.message) not in said
        if each.status is Status.UPDATED and each.message and is_new:
            said.add((each.id, each.message))
            text = f"~ {each.sheet} row {each.row} {each.key}: {each.message}"
            yield fold(text, width=width, indent=2, hang=4)


def _closings(report: FileReport, *, width: int) -> Iterator[str]:
    """What is left for the command submit, or what that command did, row by row."""
    told = [
        each for each in report.outcomes if each.message and each.status is not Status.UNCHANGED
    ]
    for each in told if report.verb == "submit" else report.later:
        text = f"- {each.sheet} row {each.row} {each.key}: {each.message}"
        yield fold(text, width=width, indent=2, hang=4)


def _stopped(report: FileReport, *, width: int) -> Iterator[str]:
    """Reasons and remedies take turns."""
    for number, text in enumerate(report.stopped):
        is_reason = number % 2 == 0
        words = f"Stopped: {text}" if is_reason else text
        yield fold(words, width=width, indent=2 if is_reason else 4, hang=2 if is_reason else 0)


def render_total(reports: Sequence[FileReport], *, width: int = WIDTH) -> str:
    """One line over several files."""
    counts = count(outcome for report in reports for outcome in report.outcomes)
    rows = _counts(counts, reports[0].verb) or "no rows"
    fine = sum(report.is_in_order for report in reports)
    text = f"{len(reports)} files, {fine} of them in order: {rows}."
    return fold(text, width=width)
