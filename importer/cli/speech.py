"""What the program says, on streams that may not take it: no terminal, no Unicode, no reader."""

import codecs
import os
import shlex
import shutil
import sys
from collections.abc import Sequence

from importer.reporting.folding import WIDTH

_NARROWEST, _WIDEST = 60, 120

_PLAIN = {
    "“": '"',
    "”": '"',
    "’": "'",
    "✗": "x",
    "✓": "ok",
    "–": "-",
    "─": "-",
    "·": "|",
    "→": "->",
    "×": "x",
    "…": "...",
}
"""What the messages have beyond ASCII, for streams that cannot show it."""


def prepare_streams() -> None:
    """Have streams write plain signs, or a question mark, for what their encoding lacks."""
    codecs.register_error("plain", _write_plainly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plain")


def _write_plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_PLAIN.get(each, "?") for each in lacking), error.end


def say(text: str) -> None:
    """A text on stdout."""
    _write(text, to_stderr=False)


def complain(text: str) -> None:
    """A text on stderr."""
    _write(text, to_stderr=True)


def _write(text: str, *, to_stderr: bool) -> None:
    """What cannot be said does not stop the work: results workbooks and exit code tell the same."""
    stream = sys.stderr if to_stderr else sys.stdout
    if stream is None:
        return
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except OSError:
        _turn_off(to_stderr=to_stderr)


def _turn_off(*, to_stderr: bool) -> None:
    """Nobody reads the stream any more, as after `| head`: from now on it leads nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, (sys.stderr if to_stderr else sys.stdout).fileno())
    os.close(nowhere)


def takes_unicode() -> bool:
    """Whether stdout can show every character."""
    encoding = getattr(sys.stdout, "encoding", None) or ""
    return encoding.lower().replace("-", "") == "utf8"


def find_width() -> int:
    """The columns of the terminal, within what is good to read."""
    columns = shutil.get_terminal_size((WIDTH, 24)).columns
    return max(_NARROWEST, min(_WIDEST, columns))


def spell(words: Sequence[str]) -> str:
    """A command as it can be pasted into the shell of this system."""
    if os.name != "nt":
        return shlex.join(words)
    return " ".join(f'"{word}"' if set(word) & set(" &()^;,") else word for word in words)
