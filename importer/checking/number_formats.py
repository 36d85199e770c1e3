"""How a spreadsheet program shows a number that is no amount but a name, such as an id.

Only formats of digits, zeros and fixed signs are followed: `00000` shows 123 as 00123, and that is
what people see and type elsewhere. Any other format shows something else than what was typed.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from importer.checking.numbers import to_float, write_number
from importer.model.problem import quoted

_PLAIN = frozenset({"", "general", "@"})
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<sign>.)', re.DOTALL
)
_SPACES = frozenset({" ", "\u00a0", "\u202f"})
_FIXED = _SPACES | frozenset("-+()'~{}:")
"""Signs that a format shows as they are."""

_COLOURS = frozenset({"black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"})
_CURRENCIES = frozenset("$€£¥₹")


def show_number(number: int | float, code: str) -> str | None:
    """The number as its format shows it, without the commas between thousands.

    None for a format that shows another thing than the number: rounded, scaled, as a date, a
    fraction, a currency or a power of ten.
    """
    if code.strip().casefold() in _PLAIN:
        return write_number(number)
    read = _read_format(_choose_section(number, code))
    if read is None:
        return None
    parts, decimals = read
    zeros, fixed = parts.count("0"), set(parts) - {"0", "#"}
    if zeros <= 1 and fixed <= _SPACES:
        is_whole = round(to_float(number), decimals) == number and (number or zeros)
        return write_number(number) if is_whole else None
    if decimals or not to_float(number).is_integer():
        return None
    return _fill(abs(int(number)), parts, "-" if number < 0 and ";" not in code else "")


def _choose_section(number: int | float, code: str) -> str:
    """The part of a format for this number: those for negative ones and zero may stand behind."""
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", code)
    if number < 0 and len(sections) > 1:
        return sections[1]
    has_zero = 2
    return sections[has_zero] if number == 0 and len(sections) > has_zero else sections[0]


def _read_format(section: str) -> tuple[list[str], int] | None:
    """Places for digits (`0`, `#`) and fixed texts in their order, and how many decimals follow."""
    parts: list[str] = []
    decimals = -1
    for found in _TOKEN.finditer(section):
        fixed = found["quoted"] if found["quoted"] is not None else found["escaped"]
        sign = found["sign"]
        if found["bracket"] is not None:
            if not _says_nothing(found["bracket"]):
                return None
        elif fixed is not None or (sign is not None and sign in _FIXED):
            text = fixed if fixed is not None else sign
            if set(text) & (_CURRENCIES | {"0", "#"}) or decimals >= 0:
                return None
            parts.append(text)
        elif sign in ("0", "#", "?"):
            if decimals >= 0:
                decimals += 1
            else:
                parts.append("0" if sign == "0" else "#")
        elif sign == "." and decimals < 0:
            decimals = 0
        elif sign == "," and decimals < 0:
            parts.append(",")
        elif sign is not None:
            return None
    if not _thousands_only(parts):
        return None
    places = [each for each in parts if each != ","]
    return (places, max(decimals, 0)) if {"0", "#"} & set(places) else None


def _says_nothing(bracket: str) -> bool:
    """Whether a part in brackets leaves the digits alone: a colour, or a language."""
    return bracket.casefold() in _COLOURS or bracket.startswith("$-")


def _thousands_only(parts: list[str]) -> bool:
    """Whether commas stand between digits; behind the last one they divide by a thousand."""
    text = "".join("d" if each in ("0", "#") else "," if each == "," else "x" for each in parts)
    return not re.search(r",(?!d)|(?<!d),", text)


def _fill(number: int, parts: list[str], minus: str) -> str | None:
    """The digits in their places, from the right; those that are too many go into the first."""
    digits = str(number) if number else ""
    first = min(parts.index(each) for each in ("0", "#") if each in parts)
    shown: list[str] = []
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] not in ("0", "#"):
            shown.append(parts[index])
            continue
        taken = digits if index == first else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        shown.append(taken or ("0" if parts[index] == "0" else ""))
    return (minus + "".join(reversed(shown)).strip()) or None


def describe_shown(number: int | float, code: str) -> str:
    """How a format shows a number that it changes, in words; at worst by the format itself."""
    scientific = re.fullmatch(r"[0#]+(?:\.(0+))?E\+(0+)", code.strip(), re.IGNORECASE)
    if scientific and abs(number) >= 1:
        power = f"{to_float(number):.{len(scientific[1] or '')}E}"
        mantissa, _, exponent = power.partition("E+")
        return f"shown as {mantissa}E+{int(exponent):0{len(scientific[2])}}"
    rounded = re.fullmatch(r"(?:#,#*)?0(?:\.(0+))?", code.strip())
    if rounded:
        step = Decimal(1).scaleb(-len(rounded[1] or ""))
        return f"shown as {Decimal(str(number)).quantize(step, ROUND_HALF_UP)}"
    return f"which its number format {quoted(code)} shows as something else"
