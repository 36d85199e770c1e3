"""The workbooks that are measured: many datapoints, with five columns of the user's own."""

from datetime import datetime, timedelta
from pathlib import Path

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
    """A workbook with that many datapoints, 15 columns wide."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Datapoints")
    sheet.append(_HEADERS)
    for number in range(count):
        sheet.append(
            [
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
            ]
        )
    path = folder / f"{prefix}-{count}.xlsx"
    workbook.save(path)
    return path
