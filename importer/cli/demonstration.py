"""What the command `demo` does."""

from pathlib import Path

import click

from importer.cli.progress import watch
from importer.cli.run import COULD_NOT_RUN, IN_ORDER
from importer.flows.demo import run_demo
from importer.reporting.table import render_demo


def show_demo(folder: Path | None) -> int:
    """Run the demo and show each act; mistakes in its last act are meant to be there."""
    with watch() as listener:
        acts = run_demo(folder, listener=listener)
    click.echo(render_demo(acts))
    cut_short = any(act.report.stopped for act in acts)
    return COULD_NOT_RUN if cut_short else IN_ORDER
