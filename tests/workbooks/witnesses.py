"""What other readers see in a workbook, in our words."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook, SheetTypeEnum

from importer.model.place import column_letters
from importer.model.table import CellKind
from importer.sheets.reading.grid import Contents

Seen = dict[str, str]
"""The values by `sheet!cell`, written out; a cell in which nothing is seen is left out."""


def ours(contents: Contents) -> Seen:
    """What we read, as far as others see it: neither of them shows a formula without a result."""
    return {
        f"{grid.title}!{column_letters(column)}{row}": _spell(cell.value)
        for grid in contents.grids
        for row, cells in grid.rows.items()
        for column, cell in cells.items()
        if cell.kind is not CellKind.FORMULA_WITHOUT_VALUE
    }


def without_errors(contents: Contents) -> Seen:
    """The same without error cells, which calamine hands out as blank ones."""
    seen = ours(contents)
    for grid in contents.grids:
        for row, cells in grid.rows.items():
            for column, cell in cells.items():
                if cell.kind is CellKind.ERROR:
                    del seen[f"{grid.title}!{column_letters(column)}{row}"]
    return seen


def by_openpyxl(path: Path) -> Seen:
    # From memory: where it refuses a file it leaves it open.
    workbook = load_workbook(BytesIO(path.read_bytes()), data_only=True)
    return {
        f"{page.title}!{cell.coordinate}": _spell(cell.value)
        for page in workbook.worksheets
        for cell in page._cells.values()
        if cell.value not in (None, "")
    }


def by_calamine(path: Path) -> Seen:
    seen: Seen = {}
    with CalamineWorkbook.from_path(path) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ is SheetTypeEnum.WorkSheet:
                rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                seen |= {
                    f"{about.name}!{column_letters(column)}{row}": _spell(value)
                    for row, values in enumerate(rows, 1)
                    for column, value in enumerate(values, 1)
                    if value != ""
                }
    return seen


def _spell(value: object) -> str:
    """Whole numbers are the same as parts without a part, and a day as its first moment."""
    match value:
        case bool():
            return repr(value)
        case int() | float():
            return repr(float(value) + 0.0)
        case datetime():
            return repr(value)
        case date():
            return repr(datetime.combine(value, time()))
    return repr(value)
