"""Raw cells become typed values, or problems. What is allowed is not asked here but by pandera."""

from collections import Counter
from collections.abc import Callable, Mapping

from importer.checking.date_cells import read_date_cell, read_moment_cell
from importer.checking.duration_cells import read_duration_cell
from importer.checking.ground import Ground, Parsed
from importer.checking.number_cells import (
    read_amount_cell,
    read_number_cell,
    read_percentage_cell,
)
from importer.checking.text_cells import read_key_cell, read_text_cell, read_texts_cell
from importer.checking.texts import is_unseen, squeeze, trim
from importer.checking.wording import show_cell
from importer.declare.column import Kind
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Clear, Reference
from importer.model.table import Cell, CellKind

_CLEAR = Clear.CLEAR.value
_YES = {"yes", "true", "y", "1", "ja", "wahr", "oui", "vrai"}
_NO = {"no", "false", "n", "0", "nein", "falsch", "non", "faux"}


def is_blank(cell: Cell) -> bool:
    """Whether the cell states nothing: empty, or only spaces and signs that nobody sees."""
    if cell.kind is CellKind.TEXT:
        return is_unseen(str(cell.value))
    return cell.kind is CellKind.BLANK


def parse_cell(cell: Cell, ground: Ground, unit: str = "") -> Parsed:
    """The typed value of a cell that is not blank. `unit` goes with an amount."""
    if not ground.column.available:
        return ground.refuse(kinds.CELL_NOT_YET, found=show_cell(cell))
    if cell.kind is CellKind.ERROR:
        return ground.refuse(kinds.CELL_ERROR_VALUE, found=f"the error {cell.value}")
    if cell.kind is CellKind.FORMULA_WITHOUT_VALUE:
        return ground.refuse(
            kinds.CELL_FORMULA_WITHOUT_VALUE, found="a formula without a saved result"
        )
    if cell.kind is not CellKind.TEXT:
        return READERS[ground.column.kind](cell, ground, unit)
    text, changed = trim(str(cell.value))
    if _is_clear(text):
        return _clear(ground)
    read = READERS[ground.column.kind]
    if not changed:
        return read(cell, ground, unit)
    value, problems = read(Cell(kind=CellKind.TEXT, value=text), ground, unit)
    return value, (*problems, _trimmed(ground, text))


def is_plain(text: str) -> bool:
    """Whether a text is not blank, means itself, and has nothing around it."""
    return text.isprintable() and text.strip() == text != "" and not _is_clear(text)


def _is_clear(text: str) -> bool:
    # Squeezing leaves at least one sign of each, so nothing longer becomes the word, and nothing
    # that begins with a letter or digit.
    return len(text) <= len(_CLEAR) and not text[:1].isalnum() and squeeze(text) == _CLEAR


def _trimmed(ground: Ground, text: str) -> Problem:
    found = f"spaces around or invisible signs in {quoted(text)}"
    return kinds.CELL_TRIMMED.at(ground.place, found=found)


def _clear(ground: Ground) -> Parsed:
    if ground.column.clearable:
        return Clear.CLEAR, ()
    if ground.column.required:
        return ground.refuse(
            kinds.CELL_NOT_CLEARABLE,
            found=quoted(Clear.CLEAR),
            expected="a value, as this cell has to be filled in",
            remedy="Write a value.",
        )
    return ground.refuse(kinds.CELL_NOT_CLEARABLE, found=quoted(Clear.CLEAR))


def read_boolean_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """Yes or no, as a boolean cell, in words, or as 1 and 0."""
    del unit
    if isinstance(cell.value, bool):
        return cell.value, ()
    if cell.kind is CellKind.NUMBER and cell.value in (0, 1) and not cell.percent:
        return cell.value == 1, ()
    word = squeeze(cell.value) if isinstance(cell.value, str) else ""
    if word in _YES | _NO:
        return word in _YES, ()
    return ground.refuse(kinds.CELL_NOT_YES_OR_NO, found=show_cell(cell))


def read_reference_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """One id."""
    references, problems = read_references_cell(cell, ground, unit)
    if not isinstance(references, tuple):
        return None, problems
    if len(references) > 1:
        return ground.refuse(kinds.REF_ONE_ONLY, found=show_cell(cell))
    return Reference(to=ground.column.to, key=str(references[0])), problems


def read_references_cell(cell: Cell, ground: Ground, unit: str) -> Parsed:
    """Several ids, parted by semicolons."""
    text, problems = read_key_cell(cell, ground, unit)
    if not isinstance(text, str):
        return None, problems
    keys = [part for part in (trim(each)[0] for each in text.split(";")) if part]
    counts = Counter(key.casefold() for key in keys) if len(keys) > 1 else Counter[str]()
    twice = next((key for key in keys if counts[key.casefold()] > 1), None)
    if not keys:
        return ground.refuse(
            kinds.REF_NOT_FOUND,
            found=f"{show_cell(cell)}, which names nothing",
            remedy="Write an id, or leave the cell blank.",
        )
    if twice is not None:
        return ground.refuse(kinds.REF_TWICE, found=f"{quoted(twice)} more than once")
    return tuple(Reference(to=ground.column.to, key=key) for key in keys), problems


def _refuse_defined(cell: Cell, ground: Ground, unit: str) -> Parsed:
    del unit
    return ground.refuse(kinds.CELL_NOT_YET, found=show_cell(cell))


READERS: Mapping[Kind, Callable[[Cell, Ground, str], Parsed]] = {
    Kind.KEY: read_key_cell,
    Kind.TEXT: read_text_cell,
    Kind.TEXTS: read_texts_cell,
    Kind.NUMBER: read_number_cell,
    Kind.PERCENTAGE: read_percentage_cell,
    Kind.DURATION: read_duration_cell,
    Kind.AMOUNT: read_amount_cell,
    Kind.BOOLEAN: read_boolean_cell,
    Kind.DATE: read_date_cell,
    Kind.MOMENT: read_moment_cell,
    Kind.CHOICE: read_text_cell,
    Kind.REFERENCE: read_reference_cell,
    Kind.REFERENCES: read_references_cell,
    Kind.DEFINED: _refuse_defined,
}
"""Who reads a cell that holds something, by the kind of its column; texts come trimmed."""
