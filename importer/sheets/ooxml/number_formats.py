"""Number formats: what a cell's style says about its number (ECMA-376, 18.8.30 and 18.8.31)."""

import re
from dataclasses import dataclass
from enum import Enum

from importer.sheets.ooxml.markup import Attributes, PartDamaged, read_elements
from importer.sheets.ooxml.parts import Parts

GENERAL = "General"

_BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
_LOCAL_DATES = frozenset({*range(27, 37), *range(50, 59)})
"""Numbers that are dates where the language of the program is East Asian; no code is written."""

_LONGEST = 1_000
"""Characters of a code that are looked at; spreadsheet programs take 255."""
_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""Parts of a code that are shown as they are, and so say nothing about the number."""
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
"""Colours, conditions and languages."""
_CLOCK = re.compile("[dmyhs]", re.IGNORECASE)


class Meaning(Enum):
    """What a number stands for under a format."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    DURATION = "duration"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """A format's code, and what a number under it stands for."""

    code: str = GENERAL
    meaning: Meaning = Meaning.NUMBER


PLAIN = NumberFormat()


def read_number_formats(parts: Parts, styles: str) -> tuple[NumberFormat, ...]:
    """The format of each cell style, in the order in which cells name them. Raises PartDamaged."""
    if not styles:
        return ()
    codes: dict[int, str] = {}
    used: list[int] = []
    # Named styles and conditional formats are lists of the same elements.
    inside = ""

    def meet(element: str, values: Attributes) -> None:
        nonlocal inside
        match element, inside:
            case (("numFmts" | "cellStyleXfs" | "cellXfs" | "cellStyles" | "dxfs"), _):
                inside = element
            case "numFmt", "numFmts":
                codes.setdefault(_number(values, "numFmtId"), values.get("formatCode", GENERAL))
            case "xf", "cellXfs":
                used.append(_number(values, "numFmtId"))

    with parts.open(styles) as stream:
        read_elements(stream, styles, meet)
    known = {number: _format(number, codes) for number in set(used)}
    return tuple(known[number] for number in used)


def read_meaning(code: str) -> Meaning:
    """What a number stands for under a format's code; its first section decides."""
    first = _SHOWN.sub("", code[:_LONGEST]).partition(";")[0]
    if _ELAPSED.search(first):
        return Meaning.DURATION
    plain = _BRACKETS.sub("", first)
    if plain.strip().casefold() == GENERAL.casefold():
        return Meaning.NUMBER
    if _CLOCK.search(plain):
        return Meaning.DATE
    return Meaning.PERCENT if "%" in plain else Meaning.NUMBER


def _format(number: int, codes: dict[int, str]) -> NumberFormat:
    code = codes.get(number)
    if code is None and number in _LOCAL_DATES:
        return NumberFormat(code=_BUILT_IN[14], meaning=Meaning.DATE)
    code = code or _BUILT_IN.get(number, GENERAL)
    return NumberFormat(code=code, meaning=read_meaning(code))


def _number(values: Attributes, name: str) -> int:
    text = values.get(name, "0")
    try:
        return int(text)
    except ValueError as error:
        raise PartDamaged(f"a style whose {name} is no number") from error
