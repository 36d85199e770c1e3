"""Opens a file: through the gate, then all of its cells, or the problem that it has."""

from collections.abc import Set
from pathlib import Path

from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.problem_kinds import FILE_DAMAGED, FILE_TOO_LARGE
from importer.sheets.formats.calamine import read_with_calamine
from importer.sheets.formats.csv_reader import read_csv
from importer.sheets.gate.inspection import inspect
from importer.sheets.gate.kinds import FileKind
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.ooxml.contents import read_contents
from importer.sheets.ooxml.markup import PartDamaged, TooMuch
from importer.sheets.reading.grid import Contents


def open_contents(
    path: Path, limits: Limits = LIMITS, *, headers: Set[str] = frozenset()
) -> Contents | Problem:
    """All cells of a file, or what keeps them from being read. Never raises for what is in it.

    headers: folded ones of the sheets that may be meant, by which a text file is taken apart.
    """
    kind = inspect(path, limits)
    if isinstance(kind, Problem):
        return kind
    try:
        match kind:
            case FileKind.XLSX:
                with path.open("rb") as file:
                    return read_contents(file, limits)
            case FileKind.XLS | FileKind.XLSB | FileKind.ODS:
                return read_with_calamine(path, kind, limits)
            case FileKind.CSV | FileKind.CSV_ZIP | FileKind.CSV_FOLDER:
                return read_csv(path, kind, limits, headers)
    except (PartDamaged, TooMuch) as failure:
        return explain(failure)


def explain(failure: PartDamaged | TooMuch) -> Problem:
    """What a reader met, as a problem of the file."""
    if isinstance(failure, PartDamaged):
        place = Place(sheet=failure.sheet, row=failure.row, column=failure.column)
        return FILE_DAMAGED.at(place, found=str(failure))
    return FILE_TOO_LARGE.at(
        Place(),
        found=failure.found,
        expected=failure.expected,
        remedy="Split the workbook by month or sheet, and import its parts.",
    )
