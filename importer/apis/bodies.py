"""Bodies of answers: bytes of a stranger become JSON, or text that is safe to show."""

import json
import math
import re

from importer.model.record import Json

LONGEST_TEXT = 500
"""Characters of a service's words that are kept."""

_DEEPEST = 100
"""Levels of nesting: whoever walks a document later may do so by recursion."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(body: bytes) -> Json:
    """The document that a body holds; None (as for `null`) where it holds none.

    Stricter than Python's own reader: UTF-8 only, no NaN or infinity, no number beyond a
    float, no half characters that could not be written down again, no extreme nesting.
    """
    try:
        text = body.decode("utf-8-sig")
        document: Json = json.loads(text, parse_float=_read_float, parse_constant=_refuse)
        if _SURROGATE.search(text):
            json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return None if _is_too_deep(document) else document


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """A stranger's text on one line: no control or invisible characters, and cut to length."""
    # Cut first, generously, so that a huge text is not walked in full.
    shown = "".join(each if each.isprintable() else " " for each in text[: 8 * longest])
    line = " ".join(shown.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _read_float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number beyond a float")
    return number


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def _is_too_deep(document: Json) -> bool:
    level: list[Json] = [document]
    for _ in range(_DEEPEST):
        level = [child for each in level for child in _children(each)]
        if not level:
            return False
    return True


def _children(value: Json) -> list[Json]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []
