"""Dropdowns: validations of cells, and the hidden sheet that holds what they offer."""

from collections.abc import Iterable, Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.resource import Resource
from importer.model.place import column_letters
from importer.sheets.own import LISTS
from importer.sheets.template.expectation import NOT_YET, describe_kind, find_target
from importer.sheets.text import write_text

LAST_ROW = 1_001
"""The last row that a template prepares: a thousand below the header."""

ROOM = 200
"""Rows at least that stay empty below those that it comes with."""

YES_NO = ("yes", "no")

_PROMPT, _TITLE, _ERROR = 255, 32, 225
"""Longest texts that Excel takes; a longer one makes it repair the file."""

Choices = tuple[str, ...]


def collect_lists(columns: Iterable[Column]) -> tuple[Choices, ...]:
    """Every list that one of the columns offers, each once."""
    return tuple(dict.fromkeys(choices for column in columns if (choices := _choices(column))))


def write_lists(page: Worksheet, lists: Sequence[Choices]) -> None:
    """Write each list down a column of its own."""
    for number, choices in enumerate(lists, 1):
        for row, choice in enumerate(choices, 1):
            write_text(page.cell(row, number), choice)


def build_validation(
    column: Column,
    catalog: Catalog,
    lists: Sequence[Choices],
    *,
    available: bool,
    last: int = LAST_ROW,
) -> DataValidation | None:
    """The dropdown of a column's cells, or the word that it is not sent; None for neither.

    last: the last row that may hold what a dropdown offers of another sheet.
    """
    if not available:
        return _prompt_only(column)
    if _choices(column):
        return _choice(column, catalog, lists)
    target = find_target(column, catalog)
    # The keys of several sheets are no one range.
    return None if target is None or target.variants else _reference(column, target, last)


def _choices(column: Column) -> Choices:
    return YES_NO if column.kind is Kind.BOOLEAN else column.choices


def _prompt_only(column: Column) -> DataValidation:
    return DataValidation(
        showInputMessage=True, promptTitle=column.header[:_TITLE], prompt=NOT_YET[:_PROMPT]
    )


def _choice(column: Column, catalog: Catalog, lists: Sequence[Choices]) -> DataValidation:
    choices = _choices(column)
    letters = column_letters(lists.index(choices) + 1)
    expected = describe_kind(column, catalog)
    return DataValidation(
        type="list",
        formula1=f"{LISTS}!${letters}$1:${letters}${len(choices)}",
        allow_blank=True,
        showInputMessage=True,
        promptTitle=column.header[:_TITLE],
        prompt=f"Pick {expected}."[:_PROMPT],
        # Several of a list are never in it, and asking each time would be a nuisance.
        showErrorMessage=column.kind is not Kind.REFERENCES,
        # Where `(clear)` or an id may stand, too, the list must not forbid it.
        errorStyle="warning" if column.clearable or column.to else "stop",
        errorTitle="Not in the list",
        error=f"Expected: {expected}."[:_ERROR],
    )


def _reference(column: Column, target: Resource, last: int) -> DataValidation:
    """A choice of the filled keys of another sheet; ids of the service are welcome as well."""
    place = f"{target.title} on the sheet {target.sheet.name}"
    takes_several = column.kind is not Kind.REFERENCE
    takes_other = takes_several or column.making is not None
    how = "Type a number, or pick" if column.making else "Pick"
    several = " Several are parted by semicolons." if takes_several else ""
    return DataValidation(
        type="list",
        formula1=_filled_keys(target, last),
        allow_blank=True,
        showInputMessage=True,
        promptTitle=column.header[:_TITLE],
        prompt=f"{how} the {target.key} of a {place}, or type the service's id.{several}"[:_PROMPT],
        # Several ids or a number are never in the list, and asking each time would be a nuisance.
        showErrorMessage=not takes_other,
        errorStyle="warning",
        errorTitle="Not on the other sheet",
        error=f"No {place} has this {target.key}. "
        "Keep it only if the service already holds that record."[:_ERROR],
    )


def _filled_keys(target: Resource, last: int) -> str:
    """The key cells down to the last filled one: a list with blanks opens at its blank end."""
    sheet = "'" + target.sheet.name.replace("'", "''") + "'"
    letters = column_letters(target.sheet.columns.index(target.key_column) + 1)
    keys = f"{sheet}!${letters}$2:${letters}${last}"
    return f"OFFSET({sheet}!${letters}$2,0,0,MAX(1,COUNTA({keys})),1)"
