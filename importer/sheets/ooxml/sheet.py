"""A worksheet part, read in one pass: rows as they come, at the coordinates that they name.

Neither a declared dimension nor a count is looked at. A row or cell that does not say where it
stands stands behind the one before it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from importer.model.problem import quoted
from importer.model.table import BLANK_CELL
from importer.sheets.ooxml.cell_values import CAPTURED, CellValues, with_formula, without_value
from importer.sheets.ooxml.coordinates import LAST_COLUMN, read_block, read_column, read_row
from importer.sheets.ooxml.markup import (
    CHUNK,
    Attributes,
    PartDamaged,
    TooMuch,
    local,
    open_parser,
    parse,
)
from importer.sheets.ooxml.sheet_row import SheetRow
from importer.sheets.ooxml.usual_rows import UsualRows
from importer.sheets.reading.grid import Block

Spot = tuple[int, int]
"""Row and column of a cell."""
MoveFormula = Callable[[str, Spot, Spot], str]
"""A formula, where it is written, and the cell in which it is asked for."""

_TRUE = ("1", "true", "on")
_DIGITS = "0123456789"
_PLACING = {"r", "spans"}
"""Attributes of a row that say nothing about its look."""
_BEHIND = ("autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "pageMargins")
"""What mostly comes next after the cells."""
_LONGEST = 20_000_000
"""Characters of one text. Spreadsheet programs write 32,767 at most; some other ones write more."""
_FEW = 1_000
"""Pieces of a text that are kept apart until it is known whether it ends."""


class SheetReader:
    """Reads one worksheet part.

    merged: the merged ranges, complete when `read` has come to its end.
    move: how a formula that cells share reads in each of them; without it it is told as it is
        written at one, which takes less time.
    """

    def __init__(self, values: CellValues, *, move: MoveFormula | None = None) -> None:
        self.merged: list[Block] = []
        self._values = values
        self._rows: list[SheetRow] = []
        self._place: Callable[[], tuple[int, int]] = lambda: (0, 0)
        self._is_aid = False
        self._check: Callable[[], None] = lambda: None
        self._finish: Callable[[], None] = lambda: None
        self._go_on_behind: Callable[[int], None] = lambda _: None
        self._hides_unsaid = False
        self._formulas: dict[str, str] = {}
        self._move = move
        self._origins: dict[str, Spot] = {}
        self._shared = ""
        self._parser = open_parser()
        self._parser.StartElementHandler = self._start_root

    def read(self, stream: BinaryIO, part: str) -> Iterator[SheetRow]:
        """The rows that have a filled cell, in the order of the file.

        Raises PartDamaged, and TooMuch for a text that no cell would show.
        """
        usual = UsualRows(self._values, self._is_hidden)
        last = 0
        try:
            for piece in _part(stream, usual):
                if isinstance(piece, SheetRow):
                    yield from self._take_rows(to_the_end=True)
                    last = piece.number
                    if piece.cells:
                        yield piece
                    continue
                self._go_on_behind(last)
                # What is parsed from here on may still belong to the row that is parsed now.
                last = 0
                parse(self._parser, piece, part)
                self._check()
                yield from self._take_rows(to_the_end=False)
            parse(self._parser, b"", part, is_last=True)
            yield from self._take_rows(to_the_end=True)
        except PartDamaged as damage:
            if not damage.row:
                damage.row, damage.column = self._place()
            raise

    def _take_rows(self, *, to_the_end: bool) -> Iterator[SheetRow]:
        """The rows that were parsed; the last one may go on with the next piece."""
        if not self._rows:
            return
        if to_the_end:
            self._finish()
        end = len(self._rows) - (not to_the_end)
        yield from (row for row in self._rows[:end] if row.cells)
        del self._rows[:end]

    def _start_root(self, name: str, _: Attributes) -> None:
        """The namespace of the root, transitional or strict, is that of all that counts."""
        if local(name) != "worksheet":
            raise PartDamaged(f"a part {quoted(local(name))} in the place of a worksheet")
        self._handle_cells(name.removesuffix("worksheet"))

    def _handle_cells(self, space: str) -> None:  # noqa: PLR0915  # parts of it would be slower
        """Set up what is done at each element from here on.

        It is done millions of times: what changes is kept in variables of this function, and the
        end of an element is met only where its text counts to the last space.
        """
        parser, read_value, others = self._parser, self._values.read, self._name_others(space)
        cell_name, value_name, text_name = f"{space}c", f"{space}v", f"{space}t"
        row_name, formula_name = f"{space}row", f"{space}f"
        row, row_digits, column, columns = SheetRow(number=0), "", 0, dict[str, int]()
        kind, style, is_open = "", "", False
        formula: str | None = None
        pieces: list[str] = []
        captured: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            nonlocal kind, style, is_open, formula
            if name == cell_name:
                if is_open:
                    end_cell()
                place_cell(attributes.get("r"))
                kind, style = attributes.get("t", ""), attributes.get("s", "")
                formula, is_open = None, True
                pieces.clear()
                captured.clear()
            elif name == value_name:
                pieces.clear()
                # The value of an inline text is the text inline; a further one is passed over.
                if kind == "str":
                    parser.EndElementHandler = end_text
            elif name == text_name:
                pieces.clear()
                if not self._is_aid:
                    parser.EndElementHandler = end_text
            elif name == row_name:
                digits = attributes.get("r") or str(row.number + 1)
                start_row(digits, is_hidden=self._is_hidden(attributes))
            elif name == formula_name:
                formula = self._find_formula(attributes)
                pieces[:] = ["".join(pieces)]
                parser.EndElementHandler = end_formula
            else:
                if is_open and kind not in CAPTURED:
                    # Nothing of the cell follows, and what does may hold text.
                    end_cell()
                if not is_open:
                    pieces.clear()
                if (take := others.get(name)) is not None:
                    take(attributes)

        def place_cell(reference: str | None) -> None:
            nonlocal column
            if reference is None:
                if column == LAST_COLUMN:
                    raise PartDamaged(f"a cell behind the last column of row {row.number}")
                column += 1
                return
            letters = reference.rstrip(_DIGITS)
            found = columns.get(letters)
            if found is None:
                found = columns[letters] = read_column(letters)
            digits = reference[len(letters) :]
            if digits != row_digits:
                start_row(digits, is_hidden=row.is_hidden)
            column = found

        def start_row(digits: str, *, is_hidden: bool) -> None:
            nonlocal row, row_digits, column
            if is_open:
                end_cell()
            row = SheetRow(number=read_row(digits), is_hidden=is_hidden)
            row_digits, column = digits, 0
            pieces.clear()
            self._rows.append(row)

        def end_cell() -> None:
            nonlocal is_open
            is_open = False
            said = captured if kind in CAPTURED else pieces
            cell = read_value(kind, style, said[0] if len(said) == 1 else "".join(said))
            if formula is not None:
                # The empty text is a saved result, too: the type says so.
                is_saved = kind == "str" or cell is not BLANK_CELL
                cell = with_formula(cell, formula) if is_saved else without_value(formula)
            if cell is not BLANK_CELL:
                row.cells[column] = cell

        def end_text(_: str) -> None:
            parser.EndElementHandler = None
            captured.append("".join(pieces))
            pieces.clear()

        def end_formula(_: str) -> None:
            nonlocal formula
            parser.EndElementHandler = None
            formula = self._keep_formula(formula or "", "".join(pieces[1:]))
            del pieces[1:]

        def check() -> None:
            for each in (pieces, captured):
                if len(each) > _FEW:
                    each[1:] = ["".join(each[1:])]
            if sum(map(len, pieces)) + sum(map(len, captured)) > _LONGEST:
                raise TooMuch(
                    f"a text of more than {_LONGEST:,} characters", "texts that fit into a cell"
                )

        def finish() -> None:
            if is_open:
                end_cell()

        def go_on_behind(number: int) -> None:
            nonlocal row, row_digits, column
            if number:
                row, row_digits, column = SheetRow(number=number), "", 0

        self._check, self._finish, self._go_on_behind = check, finish, go_on_behind
        self._place = lambda: (row.number, column)
        parser.StartElementHandler = start
        parser.CharacterDataHandler = pieces.append

    def _name_others(self, space: str) -> Mapping[str, Callable[[Attributes], None]]:
        """What else counts, by name."""
        return {
            f"{space}rPh": self._start_aid,
            f"{space}mergeCell": self._take_merged,
            f"{space}sheetFormatPr": self._take_defaults,
            **{f"{space}{name}": self._leave_cells for name in _BEHIND},
        }

    def _leave_cells(self, _: Attributes) -> None:
        """What is wrong from here on is wrong at no cell."""
        self._place = lambda: (0, 0)

    def _start_aid(self, _: Attributes) -> None:
        """What follows tells how East Asian signs are read aloud, and is no part of the text."""
        self._is_aid = True
        self._parser.EndElementHandler = self._end_aid

    def _end_aid(self, name: str) -> None:
        """An aid may have runs of its own, as the text does."""
        if local(name) == "rPh":
            self._is_aid = False
            self._parser.EndElementHandler = None

    def _take_merged(self, attributes: Attributes) -> None:
        self.merged.append(read_block(attributes.get("ref", "")))

    def _take_defaults(self, attributes: Attributes) -> None:
        self._hides_unsaid = attributes.get("zeroHeight") in _TRUE

    def _is_hidden(self, attributes: Attributes) -> bool:
        """Whether a row is hidden: by itself, or because the sheet hides all that do not say."""
        if self._hides_unsaid and not attributes.keys() - _PLACING:
            return True
        return attributes.get("hidden") in _TRUE

    def _find_formula(self, attributes: Attributes) -> str:
        """What is known of a formula at its start: its text follows, or stands in another cell."""
        match attributes.get("t"):
            case "dataTable":
                return "=TABLE()"
            case "shared":
                self._shared = attributes.get("si", "")
                return self._formulas.get(self._shared, "=")
        self._shared = ""
        return "="

    def _keep_formula(self, found: str, text: str) -> str:
        formula = f"={text}" if text and found != "=TABLE()" else found
        if self._shared:
            if text:
                self._formulas[self._shared] = formula
            if self._move is not None:
                origin = self._origins.setdefault(self._shared, self._place())
                formula = formula if text else self._move(formula, origin, self._place())
        return formula


def _part(stream: BinaryIO, usual: UsualRows) -> Iterator[bytes | SheetRow]:
    while data := stream.read(CHUNK):
        yield from usual.part(data)
    yield from usual.finish()
