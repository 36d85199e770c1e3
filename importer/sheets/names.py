"""Names of sheets and headers: when two are the same, and when one is nearly another."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_NOT_WORD = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """The part of a name that counts: no case, space, punctuation or trailing star."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", name).casefold())


def find_near(name: str, candidates: Iterable[str], *, at_least: float) -> str | None:
    """The candidate that is most like the name; None where none reaches that score of 100."""
    scores = {candidate: _likeness(name, candidate) for candidate in candidates}
    best = max(scores, key=lambda candidate: scores[candidate], default=None)
    return best if best is not None and scores[best] >= at_least else None


def _likeness(one: str, other: str) -> float:
    """How alike two names are; swapped words or two swapped letters are as good as the same."""
    first, second = fold(one), fold(other)
    swapped_letters = sorted(first) == sorted(second) and OSA.distance(first, second) == 1
    if swapped_letters or sorted(_words(one)) == sorted(_words(other)):
        return 100.0
    return fuzz.ratio(first, second)


def _words(name: str) -> list[str]:
    return [word for word in map(fold, _NOT_WORD.split(name)) if word]
