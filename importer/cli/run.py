"""What the commands over files have in common: check all, work through them, say how it ended."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from importer import __version__
from importer.cli.progress import watch
from importer.flows.batch import collect_files, hold_contradictions
from importer.flows.check import CheckedFile, check_file, report_check
from importer.flows.connection import now, open_session
from importer.flows.importing import import_file, plan_file, refuse_unset_services
from importer.flows.session import Options, Session
from importer.model.report import FileReport, TargetFacts
from importer.reporting.document import build_document
from importer.reporting.text import (
    render_next_step,
    render_report,
    render_target,
    render_total,
)
from importer.resources.catalog import CATALOG
from importer.settings.choice import choose_target, find_target
from importer.settings.state import find_state
from importer.settings.target import Target

IN_ORDER, NOT_IN_ORDER, COULD_NOT_RUN, INTERRUPTED = 0, 1, 3, 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed: the command, its files, and where to."""

    verb: str
    files: tuple[Path, ...]
    target: str | None
    config: Path | None
    as_json: bool


def run_check(asked: Asked) -> int:
    """Check files. The target is only asked for its time zone."""
    chosen = find_target(asked.target, config=asked.config, environ=os.environ, folder=Path.cwd())
    files, notes = _check_files(
        asked.files, chosen.time_zone if isinstance(chosen, Target) else "UTC"
    )
    reports = [report_check(each, CATALOG) for each in files]
    return _end(asked, None, reports, notes)


def run_plan(asked: Asked, options: Options) -> int:
    """Say what an import would do."""
    return _run(asked, options, plan_file)


def run_import(asked: Asked, options: Options, results: Path | None) -> int:
    """Import files; their results workbooks go to that folder, or beside them."""

    def work(session: Session, file: CheckedFile) -> FileReport:
        return import_file(session, file, results=results)

    return _run(asked, options, work)


def _check_files(
    paths: Sequence[Path], zone: str
) -> tuple[tuple[CheckedFile, ...], tuple[str, ...]]:
    """Check all files before anything is sent, so that what contradicts itself is known."""
    collected = collect_files(paths)
    checked = [check_file(path, CATALOG, zone=zone, now=now()) for path in collected.files]
    return hold_contradictions(checked, CATALOG), collected.notes


def _run(
    asked: Asked,
    options: Options,
    work: Callable[[Session, CheckedFile], FileReport],
) -> int:
    """Open the target and work through the files; one that fails does not stop the others."""
    chosen = choose_target(asked.target, config=asked.config, environ=os.environ, folder=Path.cwd())
    zone = chosen.time_zone if isinstance(chosen, Target) else "UTC"
    files, notes = _check_files(asked.files, zone)
    with (
        watch() as listener,
        open_session(
            chosen,
            catalog=CATALOG,
            state=find_state(os.environ),
            options=options,
            listener=listener,
        ) as session,
    ):
        refuse_unset_services(session, files)
        if not asked.as_json:
            click.echo(render_target(session.facts))
        reports = list(_work_through(session, files, work))
    return _end(asked, session.facts, reports, notes)


def _work_through(
    session: Session,
    files: Sequence[CheckedFile],
    work: Callable[[Session, CheckedFile], FileReport],
) -> Iterator[FileReport]:
    """One file after the other, until the user stops it."""
    for file in files:
        report = work(session, file)
        yield report
        if report.interrupted:
            return


def _end(
    asked: Asked, facts: TargetFacts | None, reports: Sequence[FileReport], notes: Sequence[str]
) -> int:
    """Say what became of every file, and answer with the exit code: the highest of all files."""
    code = exit_code(reports)
    if not asked.as_json:
        _print_text(asked.verb, reports, notes)
        return code
    document = build_document(asked.verb, __version__, facts, reports, exit_code=code, notes=notes)
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    return code


def exit_code(reports: Sequence[FileReport]) -> int:
    """0 every row in order, 1 something needs a fix, 3 a run was cut short; the highest counts."""
    if any(report.interrupted for report in reports):
        return INTERRUPTED
    if any(report.stopped for report in reports):
        return COULD_NOT_RUN
    all_fine = bool(reports) and all(report.is_in_order for report in reports)
    return IN_ORDER if all_fine else NOT_IN_ORDER


def _print_text(verb: str, reports: Sequence[FileReport], notes: Sequence[str]) -> None:

    for note in notes:
        click.echo(note)
    for report in reports:
        click.echo(render_report(report))
    if len(reports) > 1:
        click.echo(render_total(reports))
    if reports:
        click.echo(render_next_step(reports, verb))
