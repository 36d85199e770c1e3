"""Where openpyxl or calamine see something else in a sound workbook than we do, and why.

Everywhere: neither shows a formula without a saved result, and calamine shows no error cells.
"""

OPENPYXL = "openpyxl"
CALAMINE = "calamine"

TOO_FAR = frozenset({"the last row and column", "a million rows are said, three are filled"})
"""Not given to calamine: it makes room for every cell of the used range, and aborts the process."""

_SPELLED = "leaves `_x000D_` and the like as they are spelled"
_ENCODED = "knows UTF-8 only"
_UNKNOWN_ERROR = "refuses a file with an error that it does not know"
_PIECES = "takes one piece of a number that a comment, a section or an entity parts"

DIFFERENCES: dict[str, dict[str, str]] = {
    "a declared size that is none": {CALAMINE: "reads the declared size first"},
    "the last row and column": {CALAMINE: "makes room for 17 billion cells"},
    "a million rows are said, three are filled": {CALAMINE: "makes room for 17 billion cells"},
    "merged ranges": {
        OPENPYXL: "refuses a range whose end stands before its start",
        CALAMINE: "refuses a range with `$` in it",
    },
    "a shared text with reading aids between its pieces": {
        OPENPYXL: "refuses reading aids that do not say what they belong to",
    },
    "an inline text with reading aids between its pieces": {
        OPENPYXL: "refuses reading aids that do not say what they belong to",
    },
    "an inline text with a further value": {
        CALAMINE: "takes the further value, where the type says that the text stands inline",
    },
    "a shared text with spaces that nobody said to keep": {
        CALAMINE: "trims it; in the importer that is done with a warning, later on",
    },
    "a shared text with a carriage return spelled out": {OPENPYXL: _SPELLED},
    "a shared text with a control character": {OPENPYXL: _SPELLED},
    "an inline text with a character spelled out": {OPENPYXL: _SPELLED},
    "a text in its cell with a character spelled out": {OPENPYXL: _SPELLED},
    "a number of a shared text with spaces and zeros": {
        CALAMINE: "takes a number with spaces around for 0",
    },
    "elements of others named alike in shared texts": {
        OPENPYXL: "does not look at namespaces",
        CALAMINE: "does not look at namespaces",
    },
    "prefixes that change, and a cell of another language": {
        CALAMINE: "does not look at namespaces",
    },
    "every error there is": {CALAMINE: _UNKNOWN_ERROR},
    "yes and no": {OPENPYXL: "refuses `true`, which the standard allows"},
    "comments, instructions and sections around values": {CALAMINE: _PIECES},
    "a number written in entities": {CALAMINE: _PIECES},
    "a number whose parts come in pieces": {CALAMINE: _PIECES},
    "extensions inside of a cell": {
        OPENPYXL: "takes them for ones of the sheet",
        CALAMINE: "refuses them",
    },
    "spaces and lines around": {CALAMINE: "takes a number with spaces around for a text"},
    "formats of East Asian dates": {OPENPYXL: "knows no number of them"},
    "formats of one's own for numbers": {OPENPYXL: "takes `[Yellow]0` for a date, for its Y"},
    "a style that is not listed, and none at all": {OPENPYXL: "refuses a style that is no number"},
    "days that no calendar has": {
        OPENPYXL: "counts on before 1900, and makes an error of what is beyond 9999",
        CALAMINE: "counts negative ones as times of day",
    },
    "parts of a day": {CALAMINE: "a day that is over to the tenth digit starts again at 0:00"},
    "dates of a strict workbook": {OPENPYXL: "refuses spaces around one"},
    "a formula after its result": {CALAMINE: "loses the result"},
    "values in cells whose type is said by default": {
        OPENPYXL: "takes a number of an empty type for a text",
        CALAMINE: "refuses an empty type",
    },
    "a strict workbook": {OPENPYXL: "knows no strict workbooks: it has no sheets"},
    "a target with dots": {CALAMINE: "does not resolve targets"},
    "a target with backslashes": {
        OPENPYXL: "does not find the part, and leaves the sheet out",
        CALAMINE: "does not resolve targets",
    },
    "a target in other letters": {OPENPYXL: "does not find the part, and leaves the sheet out"},
    "a target beside the workbook's folder": {CALAMINE: "does not resolve targets"},
    "a target with a space": {
        OPENPYXL: "does not find the part, and leaves the sheet out",
        CALAMINE: "does not resolve targets",
    },
    "part names in capitals": {OPENPYXL: "finds parts by their usual names only"},
    "a workbook with a number in its name": {CALAMINE: "finds the workbook by its usual name only"},
    "no style table": {OPENPYXL: "cannot do without one"},
    "no relations of the package": {CALAMINE: "cannot do without them"},
    "UTF-16 with a mark": {CALAMINE: _ENCODED},
    "UTF-16, the other end first": {CALAMINE: _ENCODED},
    "Latin letters in one byte each": {CALAMINE: _ENCODED},
    "Windows letters in one byte each": {CALAMINE: _ENCODED},
    "sheets of charts, dialogs and macros": {
        OPENPYXL: "looks for the drawing of a sheet of charts",
        CALAMINE: "refuses sheets of old macros",
    },
}
