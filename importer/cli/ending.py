"""The end of a run over files: its words or its document, and its exit code."""

import json
from collections.abc import Mapping, Sequence

from importer import __version__
from importer.cli.asked import Asked
from importer.cli.speech import find_width, say, spell, takes_unicode
from importer.model.record import Json
from importer.model.report import FileReport, TargetFacts
from importer.reporting.document import build_document
from importer.reporting.folding import fold
from importer.reporting.next_step import render_next_step
from importer.reporting.text import render_report, render_total

IN_ORDER, NOT_IN_ORDER, COULD_NOT_RUN, INTERRUPTED = 0, 1, 3, 130


def say_notes(notes: Sequence[str]) -> None:
    """What there is to know before the files, and a blank line."""
    for note in notes:
        say(fold(note, width=find_width()))
    if notes:
        say("")


def say_report(report: FileReport, name: str) -> None:
    """What became of a file, and a blank line."""
    say(f"{render_report(report, name=name, width=find_width())}\n")


def end(
    asked: Asked,
    reports: Sequence[FileReport],
    *,
    facts: TargetFacts | None = None,
    notes: Sequence[str] = (),
) -> int:
    """Say how the run ended and what to type next, and answer with the exit code."""
    code = exit_code(reports)
    if asked.as_json:
        document = build_document(
            asked.verb, __version__, facts, reports, exit_code=code, notes=notes
        )
        # One that stays writes a document for each round, each on its own line.
        say_document(document, indent=None if asked.watch else 2)
        return code
    if len(reports) > 1:
        say(f"{render_total(reports, width=find_width())}\n")
    say(render_next_step(reports, asked.typed, width=find_width(), spell=spell))
    return code


def exit_code(reports: Sequence[FileReport]) -> int:
    """The highest of all files: 1 something needs a fix, 3 cut short, 130 stopped by the user."""
    if any(report.interrupted for report in reports):
        return INTERRUPTED
    if any(report.stopped for report in reports):
        return COULD_NOT_RUN
    all_fine = bool(reports) and all(report.is_in_order for report in reports)
    return IN_ORDER if all_fine else NOT_IN_ORDER


def say_document(document: Mapping[str, Json], *, indent: int | None = 2) -> None:
    """One JSON document on stdout; plain ASCII where the stream cannot take more."""
    say(json.dumps(document, ensure_ascii=not takes_unicode(), indent=indent))
