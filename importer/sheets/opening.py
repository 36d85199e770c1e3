"""Opens a file: through the gate, then all of its cells, or the problem that it has."""

from pathlib import Path

from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.problem_kinds import FILE_DAMAGED, FILE_NOT_A_WORKBOOK, FILE_TOO_LARGE
from importer.sheets.calamine import read_with_calamine
from importer.sheets.gate import inspect
from importer.sheets.grid import Contents
from importer.sheets.kinds import FileKind
from importer.sheets.limits import LIMITS, Limits
from importer.sheets.ooxml.contents import read_contents
from importer.sheets.ooxml.markup import PartDamaged, TooMuch


def open_contents(path: Path, limits: Limits = LIMITS) -> Contents | Problem:
    """All cells of a file, or what keeps them from being read. Never raises for what is in it."""
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
                return FILE_NOT_A_WORKBOOK.at(Place(), found=kind.value)
    except PartDamaged as damage:
        place = Place(sheet=damage.sheet, row=damage.row, column=damage.column)
        return FILE_DAMAGED.at(place, found=str(damage))
    except TooMuch as excess:
        return FILE_TOO_LARGE.at(
            Place(),
            found=excess.found,
            expected=excess.expected,
            remedy="Split the workbook by month or sheet, and import its parts.",
        )
