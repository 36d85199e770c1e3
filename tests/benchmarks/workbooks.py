"""The workbooks that are measured: many datapoints, with five columns of the user's own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook

_HEADERS = (
    "External ID",
    "Name",
    "Type",
    "Value",
    "Unit",
    "Standard deviation",
    "Measured at",
    "Sources",
    "Description",
    "Uncertainty justification",
    *(f"Own {number}" for number in range(1, 6)),
)


def write_datapoints(folder: Path, count: int, prefix: str = "D") -> Path:
    """A workbook with that many datapoints, 15 columns wide, as openpyxl writes it."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Datapoints")
    sheet.append(_HEADERS)
    for number in range(count):
        sheet.append(_row(prefix, number))
    path = folder / f"{prefix}-{count}.xlsx"
    workbook.save(path)
    return path


def write_as_excel(folder: Path, count: int) -> Path:
    """The same with its texts in one list, as Excel and XlsxWriter write it."""
    path = folder / f"shared-{count}.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
        sheet = workbook.add_worksheet("Datapoints")
        sheet.write_row(0, 0, _HEADERS)
        for number in range(count):
            sheet.write_row(number + 1, 0, _row("D", number))
    return path


def _row(prefix: str, number: int) -> Sequence[object]:
    return (
        f"{prefix}-{number}",
        f"{prefix} number {number}",
        "REPORTED",
        number * 1.5,
        "kg",
        0.1,
        datetime(2020, 1, 1, 8) + timedelta(minutes=number),
        None,
        f"Weighed on scale {number % 50}",
        "Scale class III",
        f"Remark {number}",
        number,
        "day shift",
        None,
        number / 7,
    )
