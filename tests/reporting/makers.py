"""Reports as short as the test that is about them."""

from dataclasses import replace
from typing import Any

from importer.model import problem_kinds as kinds
from importer.model.outcome import Outcome, Status
from importer.model.place import Place
from importer.model.problem import Problem, ProblemKind
from importer.model.report import FileReport

SHEET = "Datapoints"


def problem(
    kind: ProblemKind = kinds.CELL_REQUIRED,
    *,
    row: int = 2,
    column: int = 4,
    header: str = "Value*",
    sheet: str = SHEET,
    found: str = "nothing",
) -> Problem:
    """A problem of a cell; row 0 is the whole sheet."""
    return kind.at(Place(sheet=sheet, row=row, column=column, header=header), found=found)


def of_file(kind: ProblemKind, found: str) -> Problem:
    """A problem of the whole workbook."""
    return kind.at(Place(), found=found)


def row(
    status: Status,
    number: int = 2,
    *problems: Problem,
    message: str = "",
    id: str = "",
    sheet: str = SHEET,
) -> Outcome:
    """What became of a row."""
    return Outcome(
        sheet=sheet,
        row=number,
        key=f"D-{number}",
        status=status,
        id=id,
        message=message,
        problems=problems,
    )


def report(verb: str, *outcomes: Outcome, **members: Any) -> FileReport:
    """The report of `month.xlsx`."""
    return replace(FileReport(file="month.xlsx", verb=verb, outcomes=outcomes), **members)


def text(block: str) -> str:
    """A block of a test without its indent, as the program says it."""
    lines = block.strip("\n").splitlines()
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[indent:] for line in lines).rstrip()
