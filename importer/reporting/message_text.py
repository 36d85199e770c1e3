"""The text part of a message."""

from collections.abc import Iterator, Sequence

from importer.reporting.folding import fold
from importer.reporting.message import CauseLine, CountLine, Message

_WIDTH = 76
"""Columns that mail programs show without breaking lines of their own."""


def render_text(message: Message) -> str:
    """All facts as paragraphs; commands are not folded, so that they can be copied."""
    parts = [
        [message.state],
        list(_align(message.facts)),
        list(_stopped(message)),
        list(_sum_up(message)),
        list(_causes(message)),
        list(_reasons(message)),
        [_fold(f"Note: {each}") for each in message.notes],
        [_fold(message.workbook)] if message.workbook else [],
        ["What to do next", _fold(message.step), *(f"    {each}" for each in message.commands)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _fold(text: str, indent: int = 2) -> str:
    return fold(text, width=_WIDTH, indent=indent, hang=0)


def _align(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max(len(label) for label, _ in pairs)
    for label, value in pairs:
        yield f"  {label.ljust(width)}  {value}"


def _stopped(message: Message) -> Iterator[str]:
    if message.stopped:
        yield "What stopped the run"
        yield from map(_fold, message.stopped)


def _sum_up(message: Message) -> Iterator[str]:
    """What went in and what did not; the numbers add up to the rows read."""
    if not message.rows:
        return
    yield "What went in"
    yield from _counts(message.went_in)
    yield "What did not go in"
    yield from _counts(message.stayed_out)
    yield f"Rows read: {message.rows}"


def _counts(lines: Sequence[CountLine]) -> Iterator[str]:
    if not lines:
        yield "  nothing"
    for each in lines:
        yield f"  {each.number:>6}  {each.word.ljust(9)}  {each.meaning}"


def _causes(message: Message) -> Iterator[str]:
    if message.causes:
        yield "What was found"
    for number, each in enumerate(message.causes, start=1):
        yield from _cause(number, each)
    if message.others:
        yield _fold(message.others)


def _reasons(message: Message) -> Iterator[str]:
    if message.reasons:
        yield "Rows that stay out because of others"
    for reason in message.reasons:
        yield fold(f"– {reason}", width=_WIDTH, indent=2, hang=2)


def _cause(number: int, cause: CauseLine) -> Iterator[str]:
    warning = "" if cause.is_error else " (a note; the row goes in)"
    yield fold(f"{number:>2}. {cause.where}{warning}", width=_WIDTH, indent=1, hang=4)
    yield _fold(cause.what, 5)
    yield _fold(f"{cause.remedy} [{cause.code}]", 5)
