"""One piece of work in a process of its own: `python work.py check many.xlsx`.

All is imported first. Then the work is done, and what it cost is printed as JSON.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook
from peak import tell_cost
from plain_check import check_plainly

from importer.flows.check import check_file, report_check
from importer.model.outcome import Outcome, Status
from importer.model.report import FileReport
from importer.reporting.text import render_report
from importer.resources.catalog import CATALOG
from importer.sheets.results.writing import write_results


def check(path: Path) -> None:
    """What `importer check` does with a file, to the last word of its report."""
    file = check_file(path, CATALOG, zone="UTC", now=datetime.now(UTC))
    report = report_check(file, CATALOG)
    if not report.is_in_order:
        raise RuntimeError(render_report(report))
    render_report(report)


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
    "annotate": annotate,
    "annotate_plainly": annotate_plainly,
}


if __name__ == "__main__":
    tell_cost(lambda: WORK[sys.argv[1]](Path(sys.argv[2])))
