"""How a failure is told: words on stderr and, with `--json`, a document on stdout.

This module is loaded by `importer --help`, too, so it needs little.
"""

import json
import tempfile
import traceback
from collections.abc import Sequence

from importer import __version__
from importer.cli.speech import complain, find_width, say, spell
from importer.reporting.failed import build_failed
from importer.reporting.folding import fold

_JSON = "--json"


def tell_failure(
    message: str, remedy: str, *, words: Sequence[str], code: int, onwards: str = ""
) -> int:
    """Say why the command could not run and what to type next; answers with the exit code.

    words: what was typed behind `importer`.
    onwards: the next command, where it is another one.
    """
    again = f"Next:\n  {onwards}" if onwards else "Next: do that, then type the command again."
    complain("\n".join([*(fold(each, width=find_width()) for each in (message, remedy)), again]))
    if _JSON in words:
        document = build_failed(
            words[0], __version__, exit_code=code, message=message, remedy=remedy
        )
        say(json.dumps(document, indent=2))
    return code


def tell_mistake(*, words: Sequence[str], code: int) -> int:
    """A mistake of ours: its details go to a file, because nobody can act on a traceback."""
    return tell_failure(
        "The importer made a mistake that is not yours. What was sent is in the ledger, so the "
        "same command can be repeated safely.",
        f"Please report it with {_keep_details()}.",
        words=words,
        code=code,
        onwards=spell(["importer", *words]),
    )


def _keep_details() -> str:
    """Where the details are; the last of them where no file can be written."""
    details = traceback.format_exc()
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="importer-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write(details)
    except OSError:
        return " ".join(details.splitlines()[-3:])
    return file.name
