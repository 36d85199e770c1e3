"""What the command `check` does. It needs no service, and loads nothing that speaks to one."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from importer.cli.asked import Asked
from importer.cli.ending import end, say_notes, say_report
from importer.cli.limits import read_limits
from importer.cli.progress import Watcher, watch
from importer.flows.batch import collect_files, hold_contradictions
from importer.flows.check import CheckedFile, check_file, report_check
from importer.model.event import Event
from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.reporting.text import name_files
from importer.resources.catalog import CATALOG
from importer.settings.choice import SANDBOX, find_target
from importer.settings.target import SandboxChosen, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFiles:
    """The files of a run, checked; `notes` say what was passed over and why."""

    files: tuple[CheckedFile, ...]
    notes: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        """What to call each file."""
        return name_files([str(each.path) for each in self.files])


def run_check(asked: Asked) -> int:
    """Check files. The target is only asked for its time zone."""
    chosen, why_not = _find_target(asked)
    with watch() as watcher:
        checked = check_files(asked, find_zone(chosen), watcher)
    notes = (*checked.notes, *why_not)
    reports = [report_check(each, CATALOG) for each in checked.files]
    if not asked.as_json:
        say_notes(notes)
        for report in reports:
            say_report(report, checked.names[report.file])
    is_ready = bool(reports) and all(each.is_in_order for each in reports)
    is_free = chosen is None and not why_not
    # Where nothing says where to, the next command is one to try on the sandbox.
    onwards = replace(asked, target=SANDBOX) if is_ready and is_free else asked
    return end(onwards, reports, notes=notes)


def _find_target(asked: Asked) -> tuple[Target | SandboxChosen | None, tuple[str, ...]]:
    """The target, or why there is none: variables that make up none do not hinder a check."""
    try:
        found = find_target(
            asked.target, config=asked.config, environ=os.environ, folder=Path.cwd()
        )
    except (SettingsMissing, SettingsInvalid) as failure:
        if asked.target is not None or asked.config is not None:
            raise
        return None, (f"{failure} So moments without a zone were read as UTC.",)
    return found, ()


def find_zone(chosen: Target | SandboxChosen | None) -> str:
    """The time zone of moments that name none."""
    return chosen.time_zone if isinstance(chosen, Target) else "UTC"


def check_files(asked: Asked, zone: str, watcher: Watcher) -> CheckedFiles:
    """Check all files before anything is sent, so that what contradicts itself is known."""
    limits = read_limits()
    collected = collect_files(asked.files, CATALOG.sheets)
    checked = []
    for number, path in enumerate(collected.files):
        watcher.turn_to(path.name)
        watcher.show(Event(stage="check", done=number, total=len(collected.files)))
        found = check_file(
            path,
            CATALOG,
            zone=zone,
            now=datetime.now(UTC),
            stated=asked.options.conventions,
            limits=limits,
        )
        checked.append(found)
    watcher.turn_to("")
    return CheckedFiles(files=hold_contradictions(checked, CATALOG), notes=collected.notes)
