"""What `import --watch` does: each workbook once, as soon as it is there as a whole."""

import os
import time
from collections.abc import Sequence
from dataclasses import replace

import click

from importer.cli.asked import Asked
from importer.cli.choice import choose
from importer.cli.mailing import find_mail
from importer.cli.run import IN_ORDER, run_import
from importer.cli.speech import complain, find_width
from importer.flows.watching import Watched, find_done
from importer.model.failure import ImporterError, LedgerUnavailable, ServiceUnavailable
from importer.model.report import FileReport
from importer.reporting.folding import fold, join_names
from importer.settings.state import find_state

LOOK_EVERY = 2.0
"""Seconds between two looks; a file that did not change between them is complete."""
_LONGEST_PAUSE = 300.0


def run_watch(asked: Asked) -> int:
    """Import whatever comes, until Ctrl-C; the exit code is the highest of all files."""
    for path in asked.files:
        if not path.exists():
            raise click.UsageError(f"There is no {path} to watch. Make the folder first.")
    target = choose(asked.target, asked.config)
    find_mail(asked, target)  # settings that lack something are better known before the wait
    watched = Watched(asked.files, is_done=find_done(find_state(os.environ), target.name))
    complain(f"Watching {join_names([str(each) for each in asked.files])}. Ctrl-C ends it.")
    code, pause = IN_ORDER, LOOK_EVERY
    try:
        while True:
            ready = watched.find_ready()
            if ready:
                ended, reports = _import(replace(asked, files=ready))
                watched.mark_done(reports)
                code, pause = max(code, ended), _next_pause(pause, reports)
                if any(each.interrupted for each in reports):
                    return code
            time.sleep(pause)
    except KeyboardInterrupt:
        complain("Stopped watching. The same command goes on with what comes.")
        return code


def _import(asked: Asked) -> tuple[int, Sequence[FileReport]]:
    """One round. What is only away for a while does not end the watch: the files are kept."""
    try:
        ended = run_import(asked)
    except (ServiceUnavailable, LedgerUnavailable) as failure:
        _tell(failure)
        return IN_ORDER, ()
    return ended.code, ended.reports


def _tell(failure: ImporterError) -> None:
    words = f"{failure} {failure.remedy} The files wait, and are tried again."
    complain(fold(words, width=find_width()))


def _next_pause(pause: float, reports: Sequence[FileReport]) -> float:
    """A service that is away is asked more and more seldom, every 5 minutes at least."""
    is_away = not reports or any(each.stopped for each in reports)
    return min(pause * 2, _LONGEST_PAUSE) if is_away else LOOK_EVERY
