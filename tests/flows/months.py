"""The sample month, or a part of it, with one cell changed as a person would."""

from copy import deepcopy
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from support.desk import Desk
from support.plant import CellValue, Month, Percent, Table, build_month

_KEYS = {"Emission log values": 2, "Entry inputs": 3}
"""How many of its first cells name a row of a detail sheet; elsewhere it is one."""


def build_batch() -> Month:
    """A smaller month: the electricity log, and the first batch with its datapoints."""
    month = build_month()
    return {
        sheet: [row for row in table if _is_of_batch(str(next(iter(row.values()))))]
        for sheet, table in month.items()
    }


def _is_of_batch(key: str) -> bool:
    return key.startswith(("NB-ELEC", "NB-2026-10-B1"))


def find_row(month: Month, sheet: str, key: str) -> dict[str, CellValue | Percent]:
    """The row of that key; the key of a detail row is its first cells, parted by a slash."""
    count = _KEYS.get(sheet, 1)
    for row in month[sheet]:
        if "/".join(str(value) for value in list(row.values())[:count]) == key:
            return row
    raise KeyError(f"{sheet} has no row {key}")


def change(
    month: Month, sheet: str, key: str, header: str, value: CellValue | Percent
) -> Month:
    """The month with one cell changed."""
    changed = deepcopy(month)
    find_row(changed, sheet, key)[header] = value
    return changed


def count_rows(month: Month) -> int:
    """Rows on all sheets."""
    return sum(len(table) for table in month.values())


def save(desk: Desk, month: Month, name: str = "month.xlsx") -> Path:
    """The month as a bare workbook on the desk: headers and rows, nothing of the template."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, table in month.items():
        page = workbook.create_sheet(title)
        headers = list(dict.fromkeys(header for row in table for header in row))
        page.append(headers)
        for number, row in enumerate(table, start=2):
            for column, header in enumerate(headers, start=1):
                _fill(page, number, column, row.get(header))
    workbook.save(desk.folder / name)
    return desk.folder / name


def _fill(page: Worksheet, row: int, column: int, value: CellValue | Percent) -> None:
    cell = page.cell(row, column)
    if isinstance(value, Percent):
        cell.value, cell.number_format = value.share, "0%"
    else:
        cell.value = value


def keys(table: Table) -> set[str]:
    """The external ids of a sheet's rows."""
    return {str(row["External ID"]) for row in table}
