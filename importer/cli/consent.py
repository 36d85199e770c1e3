"""Who agrees to a step that cannot be undone: somebody at the terminal, or `--yes`."""

import sys
from collections.abc import Callable
from functools import partial

import click

from importer.cli.asked import Asked
from importer.cli.progress import Watcher
from importer.cli.speech import complain, find_width
from importer.reporting.folding import fold


def find_consent(asked: Asked, watcher: Watcher) -> Callable[[str], bool]:
    """How a step is agreed to.

    The questions stand on stderr, where progress is: stdout has the report, or its document.
    Raises a usage error where nobody can answer and nobody has.
    """
    if asked.agreed:
        return partial(_agree, watcher)
    if not sys.stdin.isatty():
        raise click.UsageError(
            "Nobody is at a terminal to agree to each step. Type it at one, or pass --yes."
        )

    return partial(_ask, watcher)


def _agree(watcher: Watcher, question: str) -> bool:
    """Say what is being done, without the question."""
    watcher.clear()
    complain("\n".join(_fold(question)[:-1]))
    return True


def _ask(watcher: Watcher, question: str) -> bool:
    watcher.clear()
    *words, last = _fold(question)
    complain("\n".join(words))
    try:
        return click.confirm(last, default=False, err=True)
    except click.Abort:
        raise KeyboardInterrupt from None


def _fold(question: str) -> list[str]:
    """Each line as wide as the terminal; the last one is the question itself."""
    return [fold(line, width=find_width()) for line in question.splitlines()]
