"""Changes a sheet part while it is copied: what is not ours stays as it is, byte for byte."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from importer.model.place import column_letters
from importer.sheets.ooxml.column_widths import edit_widths
from importer.sheets.ooxml.dialect import STRICT, TRANSITIONAL, is_strict
from importer.sheets.ooxml.encoding import Write, encoded
from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.ooxml.row_cells import build_row, name_of_column, name_row, put_cells
from importer.sheets.ooxml.rules_edit import IsOurs, NewRule, RulesEdit
from importer.sheets.ooxml.sheet_order import rank
from importer.sheets.ooxml.sheet_stream import Row, SheetStream
from importer.sheets.ooxml.sheet_survey import TRUE, read_block, tail_start
from importer.sheets.ooxml.tags import (
    TAG,
    Element,
    add_prefix,
    attributes,
    children,
    drop_attribute,
    open_tag,
    set_attribute,
    splice,
)

_BATCH = 1 << 18


class NewCell(NamedTuple):
    """A cell to be written. content: markup without prefixes, such as `<v>1</v>`.

    A tuple, as there are very many of them.
    """

    style: int
    kind: str
    content: bytes


Change = tuple[tuple[tuple[int, NewCell | None], ...], float | None]
"""Cells of a row by column, None for one that goes, and the height that the row needs."""


def _change_nothing(_: int) -> Change:
    return (), None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEdit:
    """What is to be changed on a sheet.

    rows: those with cells to be written, ascending; `cells` tells which those are.
    removed: columns whose cells go, from row `removed_from` on. fitted: rows whose height goes.
    widths: columns that get a width. rules: our marks, in the place of those that `is_ours` knows.
    drawing: the relation of the boxes of notes; None to leave what there is, empty to take it off.
    unselect: whether the sheet is one of those that are no longer selected.
    """

    rows: Sequence[int] = ()
    cells: Callable[[int], Change] = _change_nothing
    removed: frozenset[int] = frozenset()
    removed_from: int = 1
    fitted: Collection[int] = frozenset()
    widths: Mapping[int, float] = field(default_factory=dict)
    rules: Sequence[NewRule] = ()
    is_ours: IsOurs = lambda _: False
    drawing: str | None = None
    unselect: bool = True


def edit_sheet(stream: BinaryIO, write: Write, edit: SheetEdit) -> None:
    """Copy a sheet part with these changes. Raises PartDamaged."""
    sheet = SheetStream(stream)
    put = encoded(write, sheet.encoding)
    if edit.rows and not sheet.opening:
        raise PartDamaged("a sheet without rows in the place of one with rows")
    put(edit_head(sheet, edit))
    if not sheet.opening:
        return
    opening = sheet.opening
    put(open_tag(opening) if edit.rows else opening)
    batch: list[bytes] = []
    size = 0
    for piece in _edit_rows(sheet, edit):
        batch.append(piece)
        size += len(piece)
        if size > _BATCH:
            put(b"".join(batch))
            batch, size = [], 0
    put(b"".join(batch))
    if edit.rows and opening.endswith(b"/>"):
        put(b"</" + sheet.prefix + b"sheetData>")
    put(_edit_tail(sheet.tail(), sheet, edit))


def _edit_rows(sheet: SheetStream, edit: SheetEdit) -> Iterator[bytes]:
    waiting = list(reversed(edit.rows))
    is_moved = False
    for row in sheet.rows():
        if not row.number:
            yield row.data
            continue
        while waiting and waiting[-1] < row.number:
            yield _new_row(waiting.pop(), sheet.prefix, edit)
            is_moved = True
        is_met = bool(waiting) and waiting[-1] == row.number
        if is_met:
            waiting.pop()
        yield _edit_row(name_row(row) if is_moved else row, sheet.prefix, edit, is_met=is_met)
    while waiting:
        yield _new_row(waiting.pop(), sheet.prefix, edit)


def _new_row(number: int, prefix: bytes, edit: SheetEdit) -> bytes:
    cells, height = edit.cells(number)
    return build_row(number, prefix, _render(cells, number, prefix), _points(height))


def _edit_row(row: Row, prefix: bytes, edit: SheetEdit, *, is_met: bool) -> bytes:
    cells, height = edit.cells(row.number) if is_met else ((), None)
    removed = edit.removed if row.number >= edit.removed_from else frozenset()
    gone = removed.union(column for column, cell in cells if cell is None)
    if cells or gone:
        data = put_cells(row, prefix, _render(cells, row.number, prefix), gone)
    else:
        data = row.data
    if height is not None or row.number in edit.fitted:
        return _fit(data, height, is_ours=row.number in edit.fitted)
    return data


def _render(
    cells: tuple[tuple[int, NewCell | None], ...], row: int, prefix: bytes
) -> Mapping[int, bytes]:
    found: dict[int, bytes] = {}
    for column, cell in cells:
        if cell is not None:
            name = f"{name_of_column(column)}{row}".encode()
            content = add_prefix(cell.content, prefix)
            found[column] = b'<%bc r="%b" s="%d" t="%b">%b</%bc>' % (
                prefix,
                name,
                cell.style,
                cell.kind.encode(),
                content,
                prefix,
            )
    return found


def _points(height: float | None) -> str:
    return "" if height is None else f"{height:g}"


def _fit(data: bytes, height: float | None, *, is_ours: bool) -> bytes:
    """Give a row the height that it needs, unless somebody chose one; ours goes again."""
    match = TAG.match(data)
    if match is None:
        return data
    tag = match[0]
    if is_ours:
        tag = drop_attribute(drop_attribute(tag, b"ht"), b"customHeight")
    given = attributes(tag)
    if height is not None and not _is_enough(given, height):
        tag = set_attribute(tag, b"ht", _points(height))
        tag = set_attribute(tag, b"customHeight", "1")
    return tag + data[match.end() :]


def _is_enough(given: Mapping[str, str], height: float) -> bool:
    """Whether a row has a height that somebody chose, or one of its own that does."""
    try:
        return "ht" in given and (given.get("customHeight") in TRUE or float(given["ht"]) >= height)
    except ValueError:
        return True


def edit_head(sheet: SheetStream, edit: SheetEdit) -> bytes:
    """What stands before the rows, with its changes."""
    if sheet.root is None:
        return sheet.head
    return splice(sheet.head, _head_changes(sheet.head, sheet.root.end(), sheet.prefix, edit))


def _head_changes(
    head: bytes, start: int, prefix: bytes, edit: SheetEdit
) -> Iterator[tuple[int, int, bytes]]:
    widths: Element | None = None
    for each in children(head, start):
        if each.local == "sheetViews" and edit.unselect:
            yield from _unselect(head, each)
        elif each.local == "dimension" and edit.widths:
            tag = head[each.start : each.inner]
            yield each.start, each.inner, _widen(tag, max(edit.widths), edit.rows)
        elif each.local == "cols":
            widths = each
    if edit.widths or (edit.removed and widths):
        at = (widths.start, widths.end) if widths else (len(head), len(head))
        yield *at, edit_widths(head, widths, prefix, edit.widths, edit.removed)


def _unselect(head: bytes, views: Element) -> Iterator[tuple[int, int, bytes]]:
    for view in children(head, views.inner, views.close):
        tag = head[view.start : view.inner]
        if view.local == "sheetView" and attributes(tag).get("tabSelected", "0") in TRUE:
            yield view.start, view.inner, set_attribute(tag, b"tabSelected", "0")


def _widen(tag: bytes, column: int, rows: Sequence[int]) -> bytes:
    """The size that a sheet declares, so that our columns are within it."""
    block = read_block(attributes(tag).get("ref", ""))
    if block is None or not rows:
        return tag
    left, top, right, bottom = block
    if right >= column and bottom >= rows[-1] and top <= rows[0]:
        return tag
    first = f"{column_letters(left)}{min(top, rows[0])}"
    last = f"{column_letters(max(right, column))}{max(bottom, rows[-1])}"
    return set_attribute(tag, b"ref", f"{first}:{last}")


def _edit_tail(tail: bytes, sheet: SheetStream, edit: SheetEdit) -> bytes:
    return splice(tail, _tail_changes(tail, sheet, edit))


def _tail_changes(
    tail: bytes, sheet: SheetStream, edit: SheetEdit
) -> Iterator[tuple[int, int, bytes]]:
    start = tail_start(tail)
    tops = list(children(tail, start))
    end = tops[-1].end if tops else start
    rules = RulesEdit(tail, tops, edit.rules, edit.is_ours)
    yield from rules.changes(tops)
    ours = rules.render(sheet.prefix)
    if ours:
        at = _place(tops, "conditionalFormatting", end)
        yield at, at, ours
    if edit.drawing is not None:
        yield from _change_drawing(tops, sheet, edit.drawing, end)


def _place(tops: Sequence[Element], local: str, end: int) -> int:
    """Where an element has to stand: before the first that is of its kind or comes behind it."""
    return next((each.start for each in tops if rank(each.local) >= rank(local)), end)


def _change_drawing(
    tops: Sequence[Element], sheet: SheetStream, relation: str, end: int
) -> Iterator[tuple[int, int, bytes]]:
    old = next((each for each in tops if each.local == "legacyDrawing"), None)
    if old:
        yield old.start, old.end, b""
    if relation:
        at = _place(tops, "legacyDrawing", end)
        names = STRICT if sheet.root and is_strict(sheet.root[0]) else TRANSITIONAL
        says = f'legacyDrawing xmlns:r="{names.relations}" r:id="{relation}"/>'
        yield at, at, b"<" + sheet.prefix + says.encode()
