"""Meets every cell of a workbook once and keeps none: `python streaming.py ours many.xlsx`.

Only what reads is imported, so that the memory is that of reading.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from peak import tell_cost


def _load_ours() -> Callable[[Path], int]:
    from importer.sheets.ooxml.contents import open_sheets

    def read(path: Path) -> int:
        with path.open("rb") as file:
            return sum(len(row.cells) for sheet in open_sheets(file) for row in sheet.rows)

    return read


def _load_plain() -> Callable[[Path], int]:
    from openpyxl import load_workbook

    def read(path: Path) -> int:
        workbook = load_workbook(path, read_only=True, data_only=True)
        rows = (row for sheet in workbook.worksheets for row in sheet.iter_rows())
        return sum(cell.value is not None for row in rows for cell in row)

    return read


if __name__ == "__main__":
    work = {"ours": _load_ours, "plain": _load_plain}[sys.argv[1]]()
    tell_cost(lambda: work(Path(sys.argv[2])))
