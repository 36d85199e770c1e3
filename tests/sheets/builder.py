"""Workbooks written as tables: what a test is about stands in it as the sheet would show it.

    Loads
    Load* | Weight* | Weighed on
    L-1   | 12.5    | 2025-10-31

One block per sheet, its name first. A cell of digits is a number, `2025-10-31` a date, `=…` a
formula, `'…` the text behind the mark, TRUE a boolean; everything else is text, and nothing a
blank cell. A line `~` is a blank row.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from importer.declare.catalog import Book, Catalog
from importer.declare.column import Column, Kind
from importer.declare.resource import Detail, Endpoint, Resource, ResultColumn, UpdateBy
from importer.declare.sheet import Sheet

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

LOADS = Sheet(
    name="Loads",
    about="One truck load.",
    columns=(
        Column(header="Load", kind=Kind.KEY, required=True, about="Your own id.", example="L-1"),
        Column(header="Weight", kind=Kind.NUMBER, required=True, at_least=0, at_most=40),
        Column(header="Weighed on", kind=Kind.DATE),
        Column(header="Material", kind=Kind.CHOICE, choices=("wood", "straw"), clearable=True),
        Column(header="Dry", kind=Kind.BOOLEAN),
        Column(header="Remark", kind=Kind.TEXT, longest=500),
        Column(header="Photos", kind=Kind.TEXT, available=False),
    ),
)

LOAD_PARTS = Sheet(
    name="Load parts",
    about="One part of a load.",
    columns=(
        Column(header="Load", kind=Kind.REFERENCE, to="load", required=True),
        Column(header="Part", kind=Kind.TEXT, required=True),
        Column(header="Seen at", kind=Kind.MOMENT),
    ),
)

SHEETS = (LOADS, LOAD_PARTS)

YARD = Catalog(
    resources=(
        Resource(
            name="load",
            title="load",
            service="yard",
            id_prefix="lod_",
            key="Load",
            sheet=LOADS,
            details=(Detail(sheet=LOAD_PARTS, parent="Load", field="parts", keys=("Part",)),),
            endpoint=Endpoint(path="/loads", update=UpdateBy.PATCHING),
            results=(ResultColumn(header="Carbon (kg)", field="carbon"),),
        ),
    ),
    definitions=(),
    books=(Book(name="yard", title="Truck loads", services=("yard",)),),
)


def write_workbook(path: Path, text: str) -> Path:
    """Write the tables of a text as a workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for block in re.split(r"\n\s*\n", text.strip()):
        name, *lines = block.strip().splitlines()
        page = workbook.create_sheet(name.strip())
        for row, line in enumerate(lines, 1):
            _write_row(page, row, line)
    workbook.save(path)
    return path


def _write_row(page: Worksheet, row: int, line: str) -> None:
    cells = [] if line.strip() == "~" else line.split("|")
    for column, shown in enumerate(cells, 1):
        write_cell(page, row, column, shown.strip())


def write_cell(page: Worksheet, row: int, column: int, shown: str) -> None:
    cell = page.cell(row, column)
    if shown.startswith("'"):
        cell.value = shown[1:]
        cell.data_type = "s"
    elif _DATE.fullmatch(shown):
        cell.value = datetime.fromisoformat(shown)
        cell.number_format = "yyyy-mm-dd"
    elif _NUMBER.fullmatch(shown):
        cell.value = float(shown) if "." in shown else int(shown)
    elif shown:
        cell.value = shown == "TRUE" if shown in ("TRUE", "FALSE") else shown


def change(path: Path, edit: Callable[[Workbook], object]) -> Path:
    """Edit a workbook in place, as a person would."""
    workbook = load_workbook(path, keep_vba=path.suffix == ".xlsm")
    edit(workbook)
    workbook.save(path)
    if workbook.vba_archive is not None:
        workbook.vba_archive.close()
    return path


def change_part(path: Path, part: str, edit: Callable[[str], str]) -> Path:
    """Edit the XML of one part, for what openpyxl does not write."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = edit(parts[part].decode()).encode()
    return write_package(path, parts)


def write_package(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def read_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
