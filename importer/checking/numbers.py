"""Numbers that were typed as text: one reading, or none is taken."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

_SPACE = r"[ \u00a0\u2007\u2009\u202f'’]"
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+|(?:\.\d+)?[eE][+-]?\d+)?")
_ONE_SIGN_THREE_DIGITS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GROUPED = tuple(
    re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:({group})\d{{3}})(?:\1\d{{3}})*(?:{decimal}\d+)?")
    for group, decimal in ((_SPACE, "[.,]"), (",", r"\."), (r"\.", ","))
)
"""Thousands in groups of three, all parted by the same sign, and that is not the decimal one."""

_MOST_ZEROS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The ways in which a text can be read as a number; none, one, or two."""

    numbers: tuple[int | float, ...]


def to_float(number: int | float) -> float:
    """The number as a double; one that is beyond all doubles becomes infinite."""
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, number > 0 or -1)


def shortest(number: float) -> int | float:
    """The number without a needless `.0`, as long as a double holds every digit of it."""
    whole_up_to = 2**53
    return int(number) if number.is_integer() and abs(number) < whole_up_to else number


def shift(number: int | float, places: int) -> int | float:
    """The number with its decimal sign moved, digit by digit: 56.7 by -2 is 0.567."""
    return shortest(to_float(number) and float(Decimal(str(number)).scaleb(places)))


def write_number(number: int | float) -> str:
    """The number in the 15 digits that a spreadsheet program keeps: 0.1 + 0.2 is 0.3."""
    text = f"{to_float(number) + 0:.15G}"
    _, _, exponent = text.partition("E")
    readable = exponent and abs(int(exponent)) <= _MOST_ZEROS
    return format(Decimal(text), "f") if readable else text


def read_number(text: str) -> Reading:
    """`12.5`, `12,5`, `1 234,5` and `1,234.5` have one reading; `1.234` and `1,234` have two."""
    text = text.replace("\u2212", "-")  # the minus sign of typesetters
    if _ONE_SIGN_THREE_DIGITS.fullmatch(text):
        numbers = (*_one(text.replace(",", ".")), *_one(re.sub("[.,]", "", text)))
        return Reading(numbers=numbers)
    if _PLAIN.fullmatch(text):
        return Reading(numbers=_one(text.replace(",", ".")))
    for form in _GROUPED:
        grouped = form.fullmatch(text)
        if grouped:
            return Reading(numbers=_one(text.replace(grouped[1], "").replace(",", ".")))
    return Reading(numbers=())


def _one(text: str) -> tuple[int | float, ...]:
    """The number of plain digits; none where a double holds nothing of it."""
    number = float(text)
    lost = number == 0 and re.search("[1-9]", re.split("[eE]", text)[0])
    return () if lost or not math.isfinite(number) else (shortest(number),)
