"""Upgrades in tests, and what they must have kept: told by openpyxl alone, not by our reader."""

from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.flows.template import name_account
from importer.flows.upgrading import Whose, build_upgraded
from importer.resources.catalog import CATALOG
from importer.sheets.own import HEADERS, SHEETS
from importer.sheets.upgrade.old_workbook import read_old_workbook
from support.desk import Desk

Line = tuple[str, str, str, str]
"""What changed, the old place, the new one, and the value."""


def upgrade(path: Path, desk: Desk | None = None) -> Path:
    """Upgrade a workbook; with a desk, for its account."""
    old = read_old_workbook(path, CATALOG)
    assert old.problems == ()
    made = build_upgraded(CATALOG, old, Whose() if desk is None else whose(desk), name=path.name)
    new = path.with_name(f"{path.stem}-new.xlsx")
    new.write_bytes(made.content)
    return new


def whose(desk: Desk) -> Whose:
    """The account of a desk."""
    from importer.flows.account import Account  # noqa: PLC0415 - only where there is a desk

    services = desk.session.services
    owners = {name: service.fetch_organisation() for name, service in services.items()}
    at = desk.session.clock()
    account = Account(CATALOG, services)
    return Whose(account=account, facts=name_account("sandbox", owners, at), at=at)


def changes(path: Path) -> list[Line]:
    """The lines on the list of changes."""
    rows = list(load_workbook(path)["Changes"].iter_rows(min_col=2, max_col=5, values_only=True))
    starts = [number for number, row in enumerate(rows) if row[0] == "What changed"]
    found = (
        [tuple(str(each or "") for each in row) for row in rows[starts[0] + 1 :]] if starts else []
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


def lost(old: Path, new: Path) -> list[str]:
    """Filled cells of the old workbook that neither stand where they stood nor have a line."""
    before, after = load_workbook(old), load_workbook(new)
    places = [line[1] for line in changes(new)]
    return [
        place
        for page in before.worksheets
        if page.title not in SHEETS
        for place, header, row, value in _cells(page)
        if not _stands(after, page.title, header, row, value)
        and not any(each == place or each.startswith(f"{place} (") for each in places)
    ]


def _cells(page: Worksheet) -> Iterator[tuple[str, str, int, object]]:
    """Place, header, row, and content of each filled cell that is the user's."""
    headers = {cell.column: str(cell.value or "").rstrip("*") for cell in page[1]}
    for cells in page.iter_rows(min_row=2):
        for cell in cells:
            if cell.value is not None and headers[cell.column] not in HEADERS:
                content = (cell.value, cell.data_type)
                place = f"{page.title}!{cell.coordinate}"
                yield place, headers[cell.column], cell.row, content


def _stands(after: object, title: str, header: str, row: int, content: object) -> bool:
    if title not in after.sheetnames:  # type: ignore[attr-defined]  # an open workbook
        return False
    page = after[title]  # type: ignore[index]  # an open workbook
    return any(
        (page.cell(row, cell.column).value, page.cell(row, cell.column).data_type) == content
        for cell in page[1]
        if str(cell.value or "").rstrip("*") == header
    )
