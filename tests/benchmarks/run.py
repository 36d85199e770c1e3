"""Benchmarks, as ratios within one run: `python tests/benchmarks/run.py`.

Absolute times say little about another machine, so what is compared runs in turn. Prints one table.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from openpyxl import Workbook
from processes import compare

from importer.model.outcome import Status
from importer.sandbox.server import running
from support.desk import open_desk

ROWS = 10_000
SENT = 500


def main() -> None:
    """Measure, and print the table."""
    print("| what | ours | the plain way | ratio |\n|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for row in (*measure_start(), *measure_check(Path(folder)), *count_requests(Path(folder))):
            print("| " + " | ".join(row) + " |")


def measure_start() -> Iterator[tuple[str, str, str, str]]:
    """`importer --help` against importing click alone."""
    ours, plain = compare(["-m", "importer", "--help"], ["-c", "import click"], runs=9)
    yield (
        "start-up: `importer --help` / `import click`, processor seconds",
        f"{ours.seconds:.3f}",
        f"{plain.seconds:.3f}",
        f"{ours.seconds / plain.seconds:.2f}",
    )


def measure_check(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """The check of many rows against `pandas.read_excel` and the same pandera schema."""
    path = folder / "many.xlsx"
    write_datapoints(path, ROWS, "D")
    ours, plain = compare(
        ["-m", "importer", "check", str(path)], [str(HERE / "plain_check.py"), str(path)], runs=3
    )
    yield (
        f"check of {ROWS:,} rows, processor seconds",
        f"{ours.seconds:.2f}",
        f"{plain.seconds:.2f}",
        f"{ours.seconds / plain.seconds:.2f}",
    )
    yield (
        f"check of {ROWS:,} rows, peak memory in MB",
        f"{ours.megabytes:.0f}",
        f"{plain.megabytes:.0f}",
        f"{ours.megabytes / plain.megabytes:.2f}",
    )


def count_requests(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Requests per row, against a look-up and a POST for each."""
    with running(folder / "sandbox.sqlite") as twin, open_desk(folder, twin) as desk:
        others, mine = folder / "others.xlsx", folder / "mine.xlsx"
        write_datapoints(others, SENT, "OTHER")
        write_datapoints(mine, SENT, "MINE")
        desk.import_(others)
        for title, status, plain in (
            (f"first import of {SENT} datapoints beside {SENT} others", Status.CREATED, 2.0),
            (f"second import of the same {SENT}", Status.UNCHANGED, 1.0),
        ):
            before = len(desk.requests())
            report = desk.import_(mine)
            if report.counts != {status: SENT}:
                raise RuntimeError(f"{title}: {report.counts}")
            per_row = (len(desk.requests()) - before) / SENT
            yield (
                f"{title}, requests per row",
                f"{per_row:.3f}",
                f"{plain:.3f}",
                (f"{per_row / plain:.3f}"),
            )


def write_datapoints(path: Path, count: int, prefix: str) -> None:
    """A workbook with that many datapoints."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Datapoints")
    sheet.append(
        [
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
        ]
    )
    for number in range(count):
        sheet.append(
            [
                f"{prefix}-{number}",
                f"{prefix} number {number}",
                "REPORTED",
                number * 1.5,
                "kg",
                0.1,
                datetime(2025, 1, 1, 8),
                None,
                "Weighed",
                None,
            ]
        )
    workbook.save(path)


if __name__ == "__main__":
    main()
