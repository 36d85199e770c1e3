"""Small workbooks that the stories start from."""

DATAPOINTS = """
Datapoints
External ID | Name                  | Type       | Value | Unit | Standard deviation | Description
D-1         | Biochar produced      | REPORTED   | 840   | kg   | 4                  | Weighbridge
D-2         | Diesel on site        | REPORTED   | 104   | L    |                    | Fuel log
D-3         | Distance to the field | ASSUMPTION | 83    | km   |                    | Route
"""

LOG = """
Emission logs
External ID | Config           | Site     | Period start | Period end | Display key
L-OCT       | Grid electricity | NB-PLANT | 2025-10-01   | 2025-10-31 | Electricity October

Emission log values
Emission log | Data point      | Value            | Unit
L-OCT        | Electricity     | 84230            | kWh
L-OCT        | Meter number    | M-1              |
L-OCT        | Meter read at   | 2025-11-01 08:15 |
"""

BOTH = DATAPOINTS + LOG


def build_datapoints(count: int, *, first: int = 1, value: int = 10) -> str:
    """A workbook of so many datapoints."""
    rows = "\n".join(
        f"D-{number:04} | Reading {number} | REPORTED | {value + number} | kg | Weighed"
        for number in range(first, first + count)
    )
    return f"Datapoints\nExternal ID | Name | Type | Value | Unit | Description\n{rows}"
