"""The workbooks that the tests of the faces start from, and files that are none."""

from pathlib import Path

from support.tables import write_book

ONE = """
Datapoints
External ID | Name             | Type     | Value | Unit | Description
D-1         | Biochar produced | REPORTED | 840   | kg   | Weighbridge
"""

TWO = """
Datapoints
External ID | Name             | Type     | Value | Unit | Description
D-1         | Biochar produced | REPORTED | 840   | kg   | Weighbridge
D-2         | Diesel on site   | REPORTED | 104   | L    | Fuel log
"""

WRONG_CELL = """
Datapoints
External ID | Name             | Type     | Value | Unit | Description
D-1         | Biochar produced | REPORTED | 840   | kg   | Weighbridge
D-2         | Diesel on site   | REPORTED | much  | L    | Fuel log
"""

UNKNOWN_HEADER = """
Datapoints
External ID | Name             | Type     | Value | Unit | Descripton
D-1         | Biochar produced | REPORTED | 840   | kg   | Weighbridge
"""

MISSING_HEADER = """
Datapoints
External ID | Name             | Value | Description
D-1         | Biochar produced | 840   | Weighbridge
"""

OTHER_SHEETS = """
Costs
Item   | Price
Diesel | 12
"""

NO_ROWS = """
Datapoints
External ID | Name | Type | Value | Description
"""

LOST_REFERENCE = """
Entry inputs
Entry | Component      | Input       | Datapoints
E-9   | Diesel on site | diesel_used | D-9
"""


def build_datapoints(count: int, *, value: int = 10) -> str:
    """A workbook of so many datapoints, whose values start behind `value`."""
    rows = "\n".join(
        f"D-{number:03} | Reading {number} | REPORTED | {value + number} | kg | Weighed"
        for number in range(1, count + 1)
    )
    return f"Datapoints\nExternal ID | Name | Type | Value | Unit | Description\n{rows}"


def write(path: Path, text: str) -> Path:
    """A workbook as its table shows it."""
    return write_book(path, text)


def write_ole(path: Path, stream: str) -> Path:
    """The container of old Office files with a stream of that name in its directory."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little")
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + entry.ljust(512, b"\0"))
    return path


def write_cut(path: Path) -> Path:
    """A workbook of which the second half is lost."""
    content = write_book(path, TWO).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path
