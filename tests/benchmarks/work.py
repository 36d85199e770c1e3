"""One piece of work in a process of its own: `python work.py check many.xlsx`.

All is imported first. Then the work is done, and what it cost is printed as JSON.
"""

import json
import re
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook
from plain_check import check_plainly

from importer.flows.check import check_file, report_check
from importer.model.outcome import Outcome, Status
from importer.model.report import FileReport
from importer.reporting.text import render_report
from importer.resources.catalog import CATALOG
from importer.sheets.reader import read_workbook
from importer.sheets.results import write_results


def check(path: Path) -> None:
    """What `importer check` does with a file, to the last word of its report."""
    file = check_file(path, CATALOG, zone="UTC", now=datetime.now(UTC))
    report = report_check(file, CATALOG)
    if not report.is_in_order:
        raise RuntimeError(render_report(report))
    render_report(report)


def read(path: Path) -> None:
    """Read the sheets that are declared."""
    read_workbook(path, CATALOG.sheets)


def read_plainly(path: Path) -> list[tuple[object, ...]]:
    """Every cell of the sheet, in memory."""
    sheet = load_workbook(path, read_only=True, data_only=True)["Datapoints"]
    return list(sheet.iter_rows(values_only=True))


def annotate(path: Path) -> None:
    """Write status, id and message beside each row."""
    rows = range(2, _count(path) + 2)
    outcomes = tuple(
        Outcome(sheet="Datapoints", row=row, key=f"D-{row}", status=Status.CREATED, id=f"dtp_{row}")
        for row in rows
    )
    report = FileReport(file=str(path), verb="import", outcomes=outcomes)
    write_results(path, path.with_name("ours.xlsx"), catalog=CATALOG, report=report, head=())


def annotate_plainly(path: Path) -> None:
    """Load the workbook, write three cells a row, and save it."""
    workbook = load_workbook(path)
    sheet = workbook["Datapoints"]
    column = sheet.max_column
    for row in range(2, _count(path) + 2):
        for number, text in enumerate(("created", f"dtp_{row}", ""), start=column + 1):
            sheet.cell(row, number, text)
    workbook.save(path.with_name("plain.xlsx"))


def _count(path: Path) -> int:
    """How many rows the file has, by its name: to look would be work."""
    return int(path.stem.rpartition("-")[2])


WORK = {
    "check": check,
    "check_plainly": check_plainly,
    "read": read,
    "read_plainly": read_plainly,
    "annotate": annotate,
    "annotate_plainly": annotate_plainly,
}


def main(name: str, path: Path) -> None:
    """Do it, and print processor seconds and the peak memory of the process in MB."""
    started = time.process_time()
    WORK[name](path)
    seconds = time.process_time() - started
    print(json.dumps({"seconds": seconds, "megabytes": _find_peak() / 1_000_000}))


def _find_peak() -> int:
    """The most memory that this process had, in bytes.

    Linux counts that of the parent into what `getrusage` says, so its own file is asked.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(kilobytes) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
