"""The `importer` command: its commands, and what a failure looks like."""

import signal
import sys
from collections.abc import Sequence

import click

from importer import __version__
from importer.cli.commands.demo import demo
from importer.cli.commands.files import check, import_, plan, refresh
from importer.cli.commands.places import runs, sandbox, targets
from importer.cli.commands.serve import serve
from importer.cli.commands.submit import submit
from importer.cli.commands.template import template
from importer.cli.failing import tell_failure, tell_mistake
from importer.cli.speech import prepare_streams, spell
from importer.model.failure import ImporterError, Interrupted

COULD_NOT_RUN = 3
INTERRUPTED = 130

_STOPPED = (
    "Stopped.",
    "What was sent is in the ledger; the same command goes on, and nothing is sent twice.",
)


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
    Complete:  importer refresh month.results.xlsx --target sandbox
    Close:     importer submit month.xlsx --target sandbox
    Page:      importer serve --target sandbox

    Exit codes: 0 every row is in order; 1 something needs a fix; 2 wrong usage;
    3 could not run or was cut short; 130 Ctrl-C.
    """


for each in (demo, template, check, plan, import_, refresh, submit, runs, targets, sandbox, serve):
    cli.add_command(each)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    prepare_streams()
    # A system that shuts down asks as the user does; what is in flight comes to its end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run what was typed behind `importer`; every failure becomes words and an exit code here."""
    try:
        code = cli.main(args=list(words), prog_name="importer", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        again = spell(["importer", *words])
        return tell_failure(*_STOPPED, words=words, code=INTERRUPTED, onwards=again)
    except click.ClickException as failure:
        failure.show()
        return failure.exit_code
    except ImporterError as failure:
        return _tell(failure, words)
    except Exception:
        return tell_mistake(words=words, code=COULD_NOT_RUN)
    return code if isinstance(code, int) else 0


def _tell(failure: ImporterError, words: Sequence[str]) -> int:
    """The next command is a note of the failure, where whoever raised it knew one."""
    code = INTERRUPTED if isinstance(failure, Interrupted) else COULD_NOT_RUN
    onwards = "".join(getattr(failure, "__notes__", ()))
    return tell_failure(str(failure), failure.remedy, words=words, code=code, onwards=onwards)
