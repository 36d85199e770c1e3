"""What someone who mistyped a name probably meant."""

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import fuzz, process

from importer.checking.texts import squeeze
from importer.model.problem import quoted

_NEAR = 75
_MOST_COMPARISONS = 20_000_000
"""What is done in about a second; where it is more, names are not mistyped but missing."""


def suggest(text: str, names: Iterable[str]) -> str:
    """`Did you mean “…”?`, or nothing where no name is near."""
    return suggest_each([text], names)[text]


def suggest_each(texts: Collection[str], names: Iterable[str]) -> Mapping[str, str]:
    """A suggestion for each of several texts. The order of the names changes nothing."""
    known: dict[str, str] = {}
    for name in sorted(set(names)):
        known.setdefault(squeeze(name), name)
    if len(texts) * len(known) > _MOST_COMPARISONS:
        return dict.fromkeys(texts, "")
    compared = list(known)
    found = {}
    for text in texts:
        near = process.extractOne(squeeze(text), compared, scorer=fuzz.ratio, score_cutoff=_NEAR)
        found[text] = f"Did you mean {quoted(known[near[0]])}?" if near else ""
    return found


def find_meant(title: str, names: Iterable[str]) -> str:
    """The one of the names that is most like a title, its words in any order."""
    likeness = {name: fuzz.token_sort_ratio(squeeze(title), squeeze(name)) for name in names}
    return max(likeness, key=likeness.__getitem__)


def enumerate_names(names: Iterable[str]) -> str:
    """Names for a message, at most ten of them."""
    shown = 10
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - shown} more" if len(each) > shown else ""
    return ", ".join(quoted(name) for name in each[:shown]) + more
