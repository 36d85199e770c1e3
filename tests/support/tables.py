"""Workbooks as small tables in a test: one block per sheet, cells parted by bars.

    Datapoints
    External ID | Name | Type     | Value | Description
    D-1         | Mass | REPORTED | 12.5  | weighed

A cell is a number, a day (2025-10-31), a moment (2025-10-31 14:30), TRUE or FALSE, or text; text in
quotes stays text whatever it looks like, and an empty cell is blank. `7 %` is a cell formatted as
percent.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | float | bool | date | datetime | None


def write_book(path: Path, text: str) -> Path:
    """Write the workbook that the text shows."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        title, *rows = [line.strip() for line in block.strip("\n").splitlines()]
        _write_sheet(workbook.create_sheet(title), rows)
    workbook.save(path)
    return path


def _write_sheet(sheet: Worksheet, rows: Iterable[str]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, written in enumerate(row.split("|"), start=1):
            text = written.strip()
            if not text:
                continue
            cell = sheet.cell(number, column)
            share = re.fullmatch(r"(-?[\d.]+) %", text)
            if share and number > 1:
                cell.value, cell.number_format = float(share[1]) / 100, "0.0%"
            else:
                cell.value = read_value(text) if number > 1 else text


def read_value(text: str) -> CellValue:
    """What a cell of the table holds."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+(e[+-]?\d+)?", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", text):
        return datetime.fromisoformat(text)
    return text
