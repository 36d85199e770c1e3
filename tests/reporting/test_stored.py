"""What is stored of a report comes back as the same report."""

import json

from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.report import TargetFacts
from importer.model.view import RowView, SheetView
from importer.reporting.stored import (
    read_facts,
    read_report,
    read_sheets,
    store_facts,
    store_report,
    store_sheets,
)
from tests.reporting.makers import of_file, problem, report, row


def test_a_report_comes_back() -> None:
    made = report(
        "import",
        row(Status.CREATED, 2, id="dtp_1", message="Made"),
        row(Status.INVALID, 3, problem(row=3), problem(kinds.ROW_LOOKALIKE, row=3)),
        problems=(of_file(kinds.FILE_NO_ROWS, "no row"),),
        notes=("a note",),
        results="month.results.xlsx",
        run=7,
        stopped=("The service is away.", "Try later."),
        interrupted=True,
    )
    assert read_report(json.loads(json.dumps(store_report(made)))) == made


def test_sheets_and_facts_come_back() -> None:
    sheet = SheetView(
        sheet="Datapoints",
        title="datapoints ",
        columns=((1, "External ID"), (4, "Value")),
        rows=(RowView(number=2, texts=("D-1", "12.5")), RowView(number=9, texts=("D-2", ""))),
    )
    assert read_sheets(json.loads(json.dumps(store_sheets([sheet])))) == (sheet,)
    facts = TargetFacts(
        name="plant", hosts=(("cula", "a.example"),), organisations=(("cula", "Plant"),), origin="x"
    )
    assert read_facts(json.loads(json.dumps(store_facts(facts)))) == facts
