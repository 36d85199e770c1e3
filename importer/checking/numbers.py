"""Numbers that were typed as text: one reading, or none is taken."""

import re
from dataclasses import dataclass

_GROUPS = re.compile(r"[ \u00a0\u202f'’](?=\d{3}(?:\D|$))")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_ONE_SIGN_THREE_DIGITS = re.compile(r"[+-]?([1-9]\d{0,2})[.,](\d{3})")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The ways in which a text can be read as a number; none, one, or two."""

    numbers: tuple[int | float, ...]


def shortest(number: float) -> int | float:
    """The number without a needless `.0`, as long as a double holds every digit of it."""
    whole_up_to = 2**53
    return int(number) if number.is_integer() and abs(number) < whole_up_to else number


def read_number(text: str) -> Reading:
    """`12.5`, `12,5`, `1 234,5` and `1,234.5` have one reading; `1.234` and `1,234` have two."""
    compact = _GROUPS.sub("", text)
    ambiguous = _ONE_SIGN_THREE_DIGITS.fullmatch(compact)
    if ambiguous:
        sign = "-" if compact.startswith("-") else ""
        whole = sign + ambiguous[1] + ambiguous[2]
        part = f"{sign}{ambiguous[1]}.{ambiguous[2]}"
        return Reading(numbers=(shortest(float(part)), shortest(float(whole))))
    if _PLAIN.fullmatch(compact):
        return _one(compact.replace(",", "."))
    if _GROUPED.fullmatch(compact):
        decimal = max(compact.rfind("."), compact.rfind(","))
        last = compact[decimal]
        if compact.count(last) > 1:
            return _one(compact.replace(last, ""))
        other = "," if last == "." else "."
        return _one(compact.replace(other, "").replace(last, "."))
    return Reading(numbers=())


def _one(text: str) -> Reading:
    number = float(text)
    finite = number - number == 0
    return Reading(numbers=(shortest(number),) if finite else ())
