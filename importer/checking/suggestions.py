"""What someone who mistyped a name probably meant."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from importer.checking.texts import squeeze
from importer.model.problem import quoted

_NEAR = 75


def suggest(text: str, names: Iterable[str]) -> str:
    """`Did you mean “…”?`, or nothing where no name is near."""
    found = process.extractOne(
        squeeze(text),
        list(dict.fromkeys(names)),
        processor=squeeze,
        scorer=fuzz.ratio,
        score_cutoff=_NEAR,
    )
    return f"Did you mean {quoted(found[0])}?" if found else ""


def enumerate_names(names: Iterable[str]) -> str:
    """Names for a message, at most ten of them."""
    shown = 10
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - shown} more" if len(each) > shown else ""
    return ", ".join(quoted(name) for name in each[:shown]) + more
