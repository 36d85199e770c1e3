"""Every message of the room, read aloud: plain words for a plant operator, nothing of Python's."""

import re

from syrupy.assertion import SnapshotAssertion

from importer.model.problem import Problem
from tests.checking.bench import check
from tests.checking.diesel_log import read

WORKBOOK = """
Emission logs
External ID | Config | Site | Period start | Period end | Display key | Files
ext-1 | | A; B | 31.10.2026 | 03/04/2026 | "x " | I-1; i-1
2026-10-01 | Diesel | YARD | 46300 | 2026-10-31 14:30 | TRUE |
L-1 | Diesel | YARD | 2026-10-31 | 2026-10-01 | (clear) | ;
l-1 | Diesel | YARD | 2026-10-01 | 2026-10-31 | 50 % |
1001.5 | 12.0 | 50 % | soon | 20261031 | 12345678901234567 |

Emission log values
Emission log | Data point | Value | Unit
L-11 | Electricity | 1 | kWh
L-1 | Electricity | 1 | kWh
L-1 | electricity | | kWh

Datapoints
External ID | Name | Type | Value | Unit | Standard deviation | Measured at | Description
D 1 | Mass | MEASURED | "1.234" | kg | -0.01 | 2062-10-15 07:00 | weighed
D-2 | | reported | "82,1 %" | (clear) | 7 % | 2026-03-29 02:30 | (clear)
D-3 | x | REPORTED | "12 kg" | kg | much | 2026-10-25 02:30 | weighed
D-3 | x | REPORTED | TRUE | kg | 2026-10-10 | 15/10/2026 07:00 | weighed
D-4 | x | REPORTED | 1 | kg | 1 | 46300.25 | weighed

Entries
External ID | Template | Started on | Completed on | Feedstock type
D-4 | Batch | 2026-10-01 | 2026-12-01 |
"""
DIESEL_LOG = """
DIESEL-10 | Volume         | 9000               | gallons
DIESEL-10 | Bio share      | 62                 | %
DIESEL-10 | Read at        | 2026-10-25 02:30   |
DIESEL-10 | Estimated      | perhaps            |
DIESEL-10 | dpc_5          | yes                |
DIESEL-10 | Grid factor    | 7                  |
DIESEL-10 | Fuel           | petrol             |
DIESEL-10 | Tank           | 8                  |
DIESEL-10 | Weather        | fine               |
DIESEL-10 | Photo          | photo.jpg          |
DIESEL-10 | dpc_8          | 12:30              |
"""
HALF_RIGHT = """
Emission logs
External ID | Config | Site | Period start | Period end
L-1         | Diesel | YARD | 2026-10-01   | 2026-10-31
L-2         | Diesel | YARD | 2026-10-31   | 2026-10-01

Emission log values
Emission log | Data point | Value | Unit
L-1          | Volume     | 1     | l
L-1          | Bio share  |       |
L-2          | Volume     | 1     | l
"""
OURS = re.compile(r"\b(None|nan|inf|NaT|True|False)\b|datetime|\w\(|[{}<>\[\]]|\d\.0\b|[eE][+-]\d")


def problems() -> list[Problem]:
    """Those of a workbook without an account, then those of the account's definitions."""
    _, defined = read(DIESEL_LOG.strip("\n"))
    return [*check(WORKBOOK, zone="Europe/Stockholm").problems, *defined]


def test_every_message_read_aloud(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(str(problem) for problem in problems()) == snapshot


def test_every_reason_read_aloud(snapshot: SnapshotAssertion) -> None:
    held = check(HALF_RIGHT).held
    assert "\n".join(f"{title} row {row}: {why}" for (title, row), why in held.items()) == snapshot


def test_every_message_is_complete_and_plain() -> None:
    assert [str(problem) for problem in problems() if not _is_plain(problem)] == []


def _is_plain(problem: Problem) -> bool:
    words = (problem.found, problem.expected, problem.remedy)
    return (
        bool(problem.place.cell and problem.place.header)
        and all(each == each.strip() != "" and not OURS.search(each) for each in words)
        and problem.expected[-1] not in ".?"
        and problem.remedy[0].isupper()
        and problem.remedy[-1] in ".?"
    )
