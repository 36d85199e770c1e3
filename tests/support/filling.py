"""Fills tables into a template, the way a person would."""

from copy import copy
from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer import __version__
from importer.declare.catalog import Catalog, name_extra
from importer.resources.catalog import CATALOG
from importer.sheets.template.archive import render_archive
from importer.sheets.template.rendering import render_template
from support.plant import Month, Percent, Table


def fill(month: Month, catalog: Catalog = CATALOG) -> bytes:
    """A workbook of the default book with these rows, and with the sheets that they ask for.

    The same bytes for the same rows.
    """
    asked = [name_extra(each) for each in catalog.resources if each.sheet.name in month]
    book = replace(catalog.books[0], extras=tuple(asked))
    template = render_template(catalog, book, version=__version__)
    workbook = load_workbook(BytesIO(template))
    for title, table in month.items():
        _fill_sheet(workbook[title], table)
    return render_archive(workbook)


def _fill_sheet(sheet: Worksheet, table: Table) -> None:
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1] if cell.value}
    for number, row in enumerate(table, start=2):
        for header, value in row.items():
            cell = sheet.cell(number, columns[header])
            # A person's cell has the format of its column; openpyxl would give it none.
            cell._style = copy(sheet.column_dimensions[cell.column_letter]._style)
            if isinstance(value, Percent):
                cell.value, cell.number_format = value.share, "0%"
            else:
                cell.value = value
