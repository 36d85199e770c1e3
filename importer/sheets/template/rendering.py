"""Renders the empty workbook that people fill in, from the declarations."""

from collections.abc import Mapping
from datetime import datetime

from openpyxl.packaging.core import DocumentProperties
from openpyxl.workbook.workbook import Workbook

from importer.declare.catalog import Book, Catalog
from importer.declare.definition import Saved
from importer.declare.resource import Resource
from importer.declare.sheet import Sheet
from importer.sheets.meta import write_meta
from importer.sheets.own import DEFINITIONS, LISTS, META, START_HERE, TEMPLATE_AUTHOR
from importer.sheets.styles import palette_of
from importer.sheets.template.archive import render_archive
from importer.sheets.template.data_page import write_data_page
from importer.sheets.template.definitions_page import write_definitions
from importer.sheets.template.lists import collect_lists, write_lists
from importer.sheets.template.prefilled import NOTHING, Prefilled, write_listing, write_rows
from importer.sheets.template.start_page import write_start_page

NOT_SAVED = Saved()
_NO_FACTS: Mapping[str, str] = {}
_BIRTHDAY = datetime(2025, 1, 1)  # fixed: the same declarations give the same bytes


def render_template(
    catalog: Catalog,
    book: Book,
    *,
    version: str,
    facts: Mapping[str, str] = _NO_FACTS,
    saved: Saved = NOT_SAVED,
    prefilled: Prefilled = NOTHING,
) -> bytes:
    """The book as an .xlsx file, the same bytes for the same declarations and version.

    facts: whose account it was made for, for the hidden sheet.
    saved: the definitions of that account.
    prefilled: the rows that it comes with.
    """
    pages = _pages(catalog, book)
    lists = collect_lists(column for _, sheet in pages for column in sheet.columns)
    services = tuple(dict.fromkeys(resource.service for resource in catalog.resources))
    workbook = _empty_workbook(book)
    write_start_page(workbook.create_sheet(START_HERE), catalog, book, pages)
    for resource, sheet in pages:
        write_data_page(
            workbook.create_sheet(sheet.name),
            sheet,
            catalog,
            palette_of(resource.service, services),
            lists,
            available=resource.available,
            rows=prefilled.longest,
        )
        write_rows(workbook[sheet.name], sheet, prefilled.rows.get(sheet.name, ()))
    for listing in prefilled.listings:
        write_listing(workbook.create_sheet(listing.title), listing)
    write_lists(workbook.create_sheet(LISTS), lists)
    write_meta(workbook.create_sheet(META), catalog, book, version=version, facts=facts)
    if saved.items:
        write_definitions(workbook.create_sheet(DEFINITIONS), saved)
    for title in {LISTS, META, DEFINITIONS} & set(workbook.sheetnames):
        workbook[title].sheet_state = "hidden"
    return render_archive(workbook)


def _pages(catalog: Catalog, book: Book) -> tuple[tuple[Resource, Sheet], ...]:
    """The book's sheets, each with the resource that it belongs to."""
    owners = {
        sheet.name: each for each in catalog.resources for sheet in (*each.sheets, *each.pages)
    }
    return tuple((owners[sheet.name], sheet) for sheet in catalog.sheets_of(book))


def _empty_workbook(book: Book) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties = DocumentProperties(
        title=book.title,
        creator=TEMPLATE_AUTHOR,
        lastModifiedBy=TEMPLATE_AUTHOR,
        created=_BIRTHDAY,
        modified=_BIRTHDAY,
    )
    return workbook
