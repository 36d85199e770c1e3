"""The value of a cell from its type, style and text (ECMA-376, 18.3.1.4 and 18.18.11)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isfinite

from importer.model.problem import quoted
from importer.model.table import BLANK_CELL, Cell, CellKind, RawValue
from importer.sheets.gate.limits import Limits
from importer.sheets.ooxml.markup import PartDamaged, TooMuch
from importer.sheets.ooxml.number_formats import PLAIN, Meaning, NumberFormat
from importer.sheets.ooxml.serials import read_duration, read_iso, read_serial
from importer.sheets.ooxml.texts import find_shared, spell_out

_REMEMBERED = 1 << 12
"""Cells that are kept to be handed out again: most columns hold few different ones."""

_MOST_DIGITS = 300
"""Longer whole numbers may be beyond what a floating point number holds."""

CAPTURED = ("str", "inlineStr")
"""Types of cells whose text counts to the last space."""

_NONE_OF_KIND: Mapping[str, Mapping[str, Cell]] = {}
_NONE_OF_STYLE: Mapping[str, Cell] = {}
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


class CellValues:
    """Makes cells; those that say the same are one.

    shared: the workbook's shared texts, called for when the first is named.
    """

    def __init__(
        self,
        shared: Callable[[], list[str]],
        formats: Sequence[NumberFormat],
        limits: Limits,
        *,
        is_1904: bool,
    ) -> None:
        self._shared, self._is_1904 = shared, is_1904
        self._by_style = {str(number): each for number, each in enumerate(formats)}
        # Without a style a cell has the first; one that is not listed looks like none.
        self._by_style[""] = formats[0] if formats else PLAIN
        self._known: dict[str, dict[str, dict[str, Cell]]] = {}
        self._kept = 0
        self._limits, self._room = limits, limits.characters

    def read(self, kind: str, style: str, text: str) -> Cell:
        """The cell of a type (attribute `t`), style (`s`) and text.

        Raises PartDamaged, and TooMuch where the texts of the sheets take more room than is given.
        """
        cell = self._known.get(kind, _NONE_OF_KIND).get(style, _NONE_OF_STYLE).get(text)
        return self._learn(kind, style, text) if cell is None else cell

    def _learn(self, kind: str, style: str, text: str) -> Cell:
        cell = self._make(kind, text, self._by_style.get(style, PLAIN))
        if self._kept >= _REMEMBERED:
            self._known.clear()
            self._kept = 0
        self._kept += 1
        self._known.setdefault(kind, {}).setdefault(style, {})[text] = cell
        return cell

    def _make(self, kind: str, text: str, shown: NumberFormat) -> Cell:
        if kind in CAPTURED:
            self._room -= text.__sizeof__()
            if self._room < 0:
                raise TooMuch.of_texts(self._limits)
            return _text(spell_out(text), shown)
        text = text.strip()
        if not text:
            return BLANK_CELL
        match kind:
            case "" | "n":
                number = _read_number(text)
                is_plain = shown.meaning is Meaning.NUMBER
                return _number(number, shown) if is_plain else self._make_number(number, shown)
            case "s":
                return _text(find_shared(self._shared(), text), shown)
            case "b":
                return Cell(kind=CellKind.BOOLEAN, value=_read_boolean(text), format=shown.code)
            case "e":
                return Cell(kind=CellKind.ERROR, value=text, format=shown.code)
            case "d":
                return _make_date(text, shown)
        raise PartDamaged(f"a cell of a type {quoted(kind)}, which no workbook has")

    def _make_number(self, number: int | float, shown: NumberFormat) -> Cell:
        moment: RawValue = None
        match shown.meaning:
            case Meaning.PERCENT:
                return Cell(kind=CellKind.NUMBER, value=number, percent=True, format=shown.code)
            case Meaning.DATE:
                moment = read_serial(number, is_1904=self._is_1904)
            case Meaning.DURATION:
                moment = read_duration(number)
        return _number(number, shown) if moment is None else _moment(moment, shown)


def with_formula(cell: Cell, formula: str) -> Cell:
    """The cell as the saved result of a formula."""
    return cell if cell is BLANK_CELL else replace(cell, formula=formula)


def without_value(formula: str) -> Cell:
    """The cell of a formula whose result was not saved."""
    return Cell(kind=CellKind.FORMULA_WITHOUT_VALUE, value=formula, formula=formula)


def _number(number: int | float, shown: NumberFormat) -> Cell:
    return Cell(kind=CellKind.NUMBER, value=number, format=shown.code)


def _text(text: str, shown: NumberFormat) -> Cell:
    return Cell(kind=CellKind.TEXT, value=text, format=shown.code) if text else BLANK_CELL


def _moment(moment: RawValue, shown: NumberFormat) -> Cell:
    kind = CellKind.DATE if hasattr(moment, "year") else CellKind.TIME
    return Cell(kind=kind, value=moment, format=shown.code)


def _make_date(text: str, shown: NumberFormat) -> Cell:
    moment = read_iso(text)
    if moment is None:
        raise PartDamaged(f"a date {quoted(text)}, which is none")
    return _moment(moment, shown)


def _read_number(text: str) -> int | float:
    """The number as it is written: whole ones keep all their digits."""
    # Python takes `1_000`, `nan` and digits of other scripts, which no workbook has.
    if text.isascii() and "_" not in text:
        try:
            if len(text) <= _MOST_DIGITS and text.removeprefix("-").isdecimal():
                return int(text)
            number = float(text)
            if isfinite(number):
                return number
        except ValueError:
            pass
    raise PartDamaged(f"a number {quoted(text)}, which is none")


def _read_boolean(text: str) -> bool:
    value = _BOOLEANS.get(text.lower())
    if value is None:
        raise PartDamaged(f"a yes or no {quoted(text)}, which is none")
    return value
