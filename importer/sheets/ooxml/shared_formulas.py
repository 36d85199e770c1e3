"""Formulas that many cells share: written at one of them, and meant for each in its place."""

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from importer.model.place import Place
from importer.sheets.ooxml.sheet import Spot


def move_formula(formula: str, origin: Spot, spot: Spot) -> str:
    """The formula as it reads in another cell; as it stands where it cannot be taken apart."""
    try:
        moved: str = Translator(formula, _name(origin)).translate_formula(_name(spot))
    except (TokenizerError, TranslatorError, ValueError, IndexError):
        return formula
    return moved


def _name(spot: Spot) -> str:
    return Place(row=spot[0], column=spot[1]).cell
