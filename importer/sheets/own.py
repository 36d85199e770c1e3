"""Names of what the importer itself puts into workbooks; read back, it is not the user's."""

from importer.sheets.names import fold

STATUS = "Import status"
ID = "Import ID"
MESSAGE = "Import message"
HEADERS = (STATUS, ID, MESSAGE)
"""Headers of the columns that every sheet with rows gets; a resource's figures follow them."""

START_HERE = "Start here"
LISTS = "Lists"
META = "Meta"
DEFINITIONS = "Definitions"
SUMMARY = "Import summary"
CHANGES = "Changes"
WITHOUT_KEY = "Without External ID"
NOT_FILLED = "Not filled in"
"""Pages of a template with existing records: what is there and stands in no row."""

AUTHOR = "importer"
"""Author of the notes on problems."""

SIGNATURE = "— importer"
"""Last line of the notes on problems; by it they are known again, as not every program keeps an
author."""

TEMPLATE_AUTHOR = "importer template"
"""Author of the notes on a template's headers, which stay."""

SHEETS = (START_HERE, LISTS, META, DEFINITIONS, SUMMARY, CHANGES, WITHOUT_KEY, NOT_FILLED)
_SHEETS = frozenset(map(fold, SHEETS))
_HEADERS = frozenset(fold(header) for header in HEADERS)


def is_own_sheet(title: str) -> bool:
    """Whether a sheet of that title is ours."""
    return fold(title) in _SHEETS


def is_own_header(header: str) -> bool:
    """Whether a column under that header is ours."""
    return fold(header) in _HEADERS
