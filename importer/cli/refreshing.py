"""What the command `refresh` does."""

import os
from dataclasses import replace

from importer.cli.asked import Asked
from importer.cli.ending import end, say_report
from importer.cli.limits import read_limits
from importer.cli.progress import watch
from importer.cli.run import pick_target
from importer.cli.speech import find_width, say
from importer.flows.connection import open_session
from importer.flows.refresh import refresh_file
from importer.model.event import Event
from importer.model.report import FileReport
from importer.reporting.text import name_files, render_target
from importer.resources.catalog import CATALOG
from importer.settings.state import find_state


def run_refresh(asked: Asked) -> int:
    """Ask again for what results workbooks lack, one after the other."""
    chosen, reports = pick_target(asked), list[FileReport]()
    names = name_files([str(each) for each in asked.files])
    with watch() as watcher:
        watcher.show(Event(stage="start"))
        opened = open_session(
            chosen,
            catalog=CATALOG,
            state=find_state(os.environ),
            options=asked.options,
            listener=watcher.show,
        )
        with opened as session:
            watcher.clear()
            if not asked.as_json:
                say(f"{render_target(session.facts, width=find_width())}\n")
            waiting, limits = replace(session, wait=asked.wait), read_limits()
            for path in asked.files:
                watcher.turn_to(names[str(path)])
                report = refresh_file(waiting, path, limits)
                watcher.clear()
                if not asked.as_json:
                    say_report(report, names[report.file])
                reports.append(report)
                if report.interrupted:
                    break
            facts = session.facts
    return end(asked, reports, facts=facts)
