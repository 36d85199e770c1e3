"""Workbooks made for the account of a desk, and filled in as a person would."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook

from importer import __version__
from importer.declare.definition import Saved
from importer.flows.account import Account
from importer.flows.tailoring import Tailor
from importer.resources.catalog import CATALOG
from importer.sheets.meta import name_organisations
from importer.sheets.template.rendering import render_template
from support.desk import Desk

CONFIG, TEMPLATE = "emission-log-config", "ghg-entry-template"

Cells = Mapping[str, object]


def make(desk: Desk, asked: Mapping[str, Sequence[str]], name: str = "made.xlsx") -> Path:
    """The template of the desk's account with columns for these configs or entry templates."""
    account, at = Account(CATALOG, desk.session.services), desk.session.clock()
    tailored = Tailor(catalog=CATALOG, account=account, asked=asked, at=at).tailor()
    organisations = {name: each.organisation for name, each in desk.session.scopes.items()}
    content = render_template(
        tailored,
        CATALOG.books[0],
        version=__version__,
        facts=name_organisations(organisations),
        saved=Saved(at=f"{at:%Y-%m-%d %H:%M} UTC", items=account.save()),
    )
    path = desk.folder / name
    path.write_bytes(content)
    return path


def fill(path: Path, rows: Mapping[str, list[Cells]]) -> Path:
    """Fill in rows by the headings of the made template, as a person would; the star of required
    ones does not count."""
    workbook = load_workbook(path)
    for title, cells in rows.items():
        page = workbook[title]
        columns = {str(cell.value).rstrip("*"): cell.column for cell in page[1]}
        for number, row in enumerate(cells, start=2):
            for heading, value in row.items():
                page.cell(number, columns[heading.rstrip("*")]).value = value
    workbook.save(path)
    return path
