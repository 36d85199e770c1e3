"""The sample month with the mistakes that people make, each in a row of its own."""

from datetime import datetime

from support.plant import CellValue, Month, Percent, build_month


def build_month_with_mistakes() -> Month:
    """The month with seventeen different mistakes, and one honest correction."""
    month = build_month()
    for sheet, key, header, value in MISTAKES:
        _find(month, sheet, key)[header] = value
    first = month["Datapoints"][0]
    month["Datapoints"].append({**first, "Description": "The same weighing once more"})
    return month


CORRECTED = ("Datapoints", "NB-2026-10-B2-MOISTURE-1", "Value", 4.5)
"""The one change that is right: it becomes an update."""

MISTAKES: tuple[tuple[str, str, str, CellValue | Percent], ...] = (
    CORRECTED,
    ("Emission logs", "NB-DIESEL-2026-10", "Period end", datetime(2026, 9, 30)),
    ("Emission logs", "NB-GAS-2026-10", "Site", "NB-YARD"),
    ("Emission log values", "NB-ELEC-2026-10/Electricity", "Unit", "MWh"),
    ("Files", "NB-FILE-GAS-2026-10", "File", "evidence/invoice-gas-2026-11.pdf"),
    ("Sources", "NB-2026-10-B1-TICKETS", "File", "../weighbridge-b1.csv"),
    ("Emission log values", "NB-ELEC-2026-10/Renewable share", "Value", 62),
    ("Emission log values", "NB-ELEC-2026-10/Meter number", "Data point", "Meter numer"),
    ("Emission log values", "NB-ELEC-2026-10/Estimated reading", "Value", "perhaps"),
    ("Datapoints", "NB-2026-10-B1-CARBON-1", "Type", "MEASURED"),
    ("Datapoints", "NB-2026-10-B1-CARBON-2", "Value", "82,1 %"),
    ("Datapoints", "NB-2026-10-B1-CARBON-3", "Value", "1.234"),
    ("Datapoints", "NB-2026-10-B1-MOISTURE-1", "Measured at", "03/10/2026"),
    ("Datapoints", "NB-2026-10-B1-MOISTURE-2", "Description", None),
    ("Datapoints", "NB-2026-10-B1-HC", "Standard deviation", -0.01),
    ("Datapoints", "NB-2026-10-B1-FEED-KM", "Measured at", datetime(2062, 10, 15, 7, 0)),
    ("Entries", "NB-2026-10-B2", "Feedstock type", "Pine saw dust"),
    (
        "Entry inputs",
        "NB-2026-10-B2/Stack methane/flue_gas_volume",
        "Datapoints",
        "NB-2026-10-B2-FLU",
    ),
)


def _find(month: Month, sheet: str, key: str) -> dict[str, CellValue | Percent]:
    """The row of that key; the key of a detail row is its first cells, parted by a slash."""
    for row in month[sheet]:
        values = [str(value) for value in row.values()]
        if key in ("/".join(values[:count]) for count in (1, 2, 3)):
            return row
    raise KeyError(f"{sheet} has no row {key}")
