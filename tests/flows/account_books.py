"""A workbook made for all configs and the entry template of the sandbox's account, and its rows."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from importer import __version__
from importer.declare.definition import Saved
from importer.flows.account import Account
from importer.flows.tailoring import Tailor
from importer.resources.catalog import CATALOG
from importer.sheets.template.rendering import render_template
from support.desk import Desk
from support.made import CONFIG, TEMPLATE, Cells, fill
from tests.flows.months import build_batch
from tests.flows.test_account_template import DIESEL, ELECTRICITY, GAS

FILLED: dict[str, list[Cells]] = {
    "Grid electricity": [ELECTRICITY],
    "Natural gas": [{**GAS, "External ID*": "L-2"}],
    "Diesel": [{**DIESEL, "External ID*": "L-3"}],
}


def make_unowned(desk: Desk) -> Path:
    """The template, with no word about the organisation: each sandbox is another one."""
    account, at = Account(CATALOG, desk.session.services), desk.session.clock()
    asked = {
        CONFIG: ("Grid electricity", "Natural gas", "Diesel"),
        TEMPLATE: ("Biochar production batch",),
    }
    tailored = Tailor(catalog=CATALOG, account=account, asked=asked, at=at).tailor()
    saved = Saved(at=f"{at:%Y-%m-%d %H:%M} UTC", items=account.save())
    path = desk.folder / "made.xlsx"
    path.write_bytes(render_template(tailored, CATALOG.books[0], version=__version__, saved=saved))
    return path


def fill_in(path: Path) -> Path:
    """A log of each config, and an entry with its datapoints."""
    month = build_batch()
    headings = {
        title: [str(cell.value) for cell in load_workbook(path)[title][1]]
        for title in ("Entries", "Datapoints")
    }
    (entry,) = month["Entries"]
    cells = _under(headings["Entries"], entry)
    for each in month["Entry inputs"]:
        start = f"{each['Component']}, {str(each['Input']).replace('_', ' ').capitalize()}"
        cells[next(e for e in headings["Entries"] if e.startswith(start))] = each["Datapoints"]
    datapoints = [_under(headings["Datapoints"], each) for each in month["Datapoints"]]
    return fill(path, {**FILLED, "Entries": [cells], "Datapoints": datapoints})


def _under(headings: list[str], row: Mapping[str, object]) -> dict[str, object]:
    return {
        next(each for each in headings if each.rstrip("*") == name): value
        for name, value in row.items()
    }
