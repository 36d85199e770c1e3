"""What a message is called, and which messages belong together."""

import hashlib
import re
from datetime import datetime
from pathlib import PurePath

_LETTERS = 20

_COPY = re.compile(r"(\.results|\s*\(\d+\)|\s+-\s+copy|^copy of\s+)", re.IGNORECASE)
"""What a results workbook, a second download and a copy have more in their names."""


def name_message(*, run: int, target: str, file: str, moment: datetime, sender: str) -> str:
    """The Message-ID of the message about one run. `moment` tells runs of two ledgers apart."""
    digest = _digest(target, str(run), file, moment.isoformat())
    return f"<run-{run}.{digest}@{_domain(sender)}>"


def name_thread(*, target: str, file: str, sender: str) -> str:
    """What all messages about one file are answers to, without looking anything up.

    file: its whole path. The results workbook beside it, and copies, are the same file.
    """
    path = PurePath(file)
    stem = path.stem
    while (shorter := _COPY.sub("", stem)) != stem:
        stem = shorter
    return f"<file.{_digest(target, str(path.parent), stem.casefold())}@{_domain(sender)}>"


def _digest(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.sha256(text).hexdigest()[:_LETTERS]


def _domain(sender: str) -> str:
    return sender.rpartition("@")[2]
