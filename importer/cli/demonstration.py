"""What the command `demo` does."""

from pathlib import Path

from importer.cli.ending import exit_code
from importer.cli.progress import watch
from importer.cli.run import COULD_NOT_RUN, IN_ORDER
from importer.cli.speech import find_width, say, spell
from importer.flows.demo import run_demo
from importer.reporting.table import render_demo


def show_demo(folder: Path | None) -> int:
    """Run the demo and show each act; mistakes in its last act are meant to be there."""
    with watch() as watcher:
        acts = run_demo(folder, listener=watcher.show)
    say(render_demo(acts, width=find_width(), spell=spell))
    code = exit_code([act.report for act in acts])
    return code if code >= COULD_NOT_RUN else IN_ORDER
