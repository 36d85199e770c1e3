"""Reports as a run would hand them in, and results workbooks written from them."""

from collections.abc import Iterable
from pathlib import Path

from importer.model.outcome import Outcome, Status
from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.problem_kinds import CELL_NOT_A_NUMBER, CELL_TRIMMED
from importer.model.record import Json
from importer.model.report import FileReport
from importer.sheets.results.writing import results_path, write_results
from support.ooxml import check_workbook
from tests.sheets.builder import YARD

HEAD = (("File", "month.xlsx"), ("Target", "sandbox"), ("Run", "7"))


def outcome(
    row: int,
    status: Status = Status.CREATED,
    *problems: Problem,
    sheet: str = "Loads",
    message: str = "",
    carbon: Json = None,
) -> Outcome:
    return Outcome(
        sheet=sheet,
        row=row,
        key=f"L-{row}",
        status=status,
        id=f"lod_{row}" if status is Status.CREATED else "",
        message=message,
        problems=problems,
        results=(("Carbon (kg)", carbon),) if carbon is not None else (),
    )


def not_a_number(row: int, found: str = "“heavy”", column: int = 2) -> Problem:
    place = Place(sheet="Loads", row=row, column=column, header="Weight")
    return CELL_NOT_A_NUMBER.at(place, found=found)


def trimmed(row: int) -> Problem:
    return CELL_TRIMMED.at(Place(sheet="Loads", row=row, column=1, header="Load"), found="a space")


def report(
    outcomes: Iterable[Outcome] = (),
    problems: Iterable[Problem] = (),
    *,
    verb: str = "import",
    notes: tuple[str, ...] = (),
) -> FileReport:
    return FileReport(
        file="month.xlsx",
        verb=verb,
        outcomes=tuple(outcomes),
        problems=tuple(problems),
        notes=notes,
    )


def annotate(source: Path, run: FileReport) -> Path:
    path = results_path(source, None)
    written = write_results(source, path, catalog=YARD, report=run, head=HEAD)
    check_workbook(written)
    return written
