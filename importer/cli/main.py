"""The `importer` command: its commands, and what a failure looks like."""

import sys
import tempfile
import traceback
from pathlib import Path

import click

from importer import __version__
from importer.cli.commands.demo import demo
from importer.cli.commands.files import check, import_, plan
from importer.cli.commands.template import template
from importer.model.failure import ImporterError, Interrupted

COULD_NOT_RUN = 3
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="importer")
def cli() -> None:
    """Import Excel workbooks of emission logs, datapoints and GHG entries into Cula and Isometric.

    \b
    Try it:    importer demo
    Begin:     importer template -o month.xlsx
    Look:      importer check month.xlsx
    Preview:   importer plan month.xlsx --target sandbox
    Send:      importer import month.xlsx --target sandbox

    Exit codes: 0 every row is in order; 1 something needs a fix; 2 wrong usage;
    3 could not run or was cut short; 130 Ctrl-C.
    """


for each in (demo, template, check, plan, import_):
    cli.add_command(each)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run())


def run() -> int:
    """Run the command line; every failure becomes words and an exit code here."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
    except Interrupted as failure:
        _say(failure)
        return INTERRUPTED
    except ImporterError as failure:
        _say(failure)
        return COULD_NOT_RUN
    except Exception:
        return _say_unforeseen()
    return code if isinstance(code, int) else 0


def _say(failure: ImporterError) -> None:
    click.echo(f"{failure}\n{failure.remedy}", err=True)


def _say_unforeseen() -> int:
    """A mistake of ours: its details go to a file, because nobody can act on a traceback."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="importer-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        file.write(traceback.format_exc())
    click.echo(
        "The importer made a mistake that is not yours. What was sent is in the ledger, so the "
        f"same command can be repeated safely.\nPlease report it with {Path(file.name)}.",
        err=True,
    )
    return COULD_NOT_RUN
