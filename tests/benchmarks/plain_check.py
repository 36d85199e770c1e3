"""The plain way to check a workbook: pandas reads it, the same pandera schema checks it."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from importer.checking.schema import build_schema
from importer.resources.isometric.datapoint import DATAPOINT


def check_plainly(path: Path) -> None:
    """Read and check the sheet Datapoints."""
    frame = pd.read_excel(path, sheet_name="Datapoints", engine="openpyxl", dtype=object)
    frame.columns = [str(header).rstrip("*") for header in frame.columns]
    for column in DATAPOINT.sheet.columns:
        if column.header not in frame:
            frame[column.header] = None
    moments = [moment.replace(tzinfo=UTC) for moment in frame["Measured at"]]
    frame["Measured at"] = pd.Series(moments, dtype=object)
    schema = build_schema(DATAPOINT.sheet, now=datetime.now(UTC))
    schema.validate(frame.where(frame.notna(), None), lazy=True)
