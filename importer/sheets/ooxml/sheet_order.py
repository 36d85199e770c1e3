"""The order in which the elements of a worksheet have to stand (ECMA-376, CT_Worksheet)."""

_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols"),
    *("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios"),
    *("autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
    *("pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
    *("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects"),
    *("controls", "webPublishItems", "tableParts", "extLst"),
)
_RANKS = {name: rank for rank, name in enumerate(_ORDER)}


def rank(local: str) -> int:
    """The place of an element in that order.

    What is not in it (alternatives that a newer program wrote) holds objects and controls.
    """
    return _RANKS.get(local, _RANKS["oleObjects"])
