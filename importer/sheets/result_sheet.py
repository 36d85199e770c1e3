"""The sheets of a results workbook: our columns, marks and notes in the place of older ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from importer.model.outcome import Outcome
from importer.model.report import FileReport
from importer.sheets.headers import HEADER_ROW
from importer.sheets.looks import Looks
from importer.sheets.marks import (
    MARKER_WORD,
    Marked,
    build_notes,
    build_rules,
    group_by_cell,
    is_own_note,
    is_own_rule,
)
from importer.sheets.ooxml.book import Book, SheetPart
from importer.sheets.ooxml.encoding import Write
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.ooxml.sheet_edit import SheetEdit, edit_sheet
from importer.sheets.ooxml.sheet_notes import NotesOf, edit_notes, has_own_notes
from importer.sheets.ooxml.sheet_survey import Asked, Survey, is_selected, mentions, survey
from importer.sheets.own import AUTHOR, MESSAGE
from importer.sheets.result_columns import (
    ResultColumns,
    find_own_columns,
    message_height,
    place_columns,
)


class ResultSheets:
    """Annotates the sheets of one workbook with what a report says about them."""

    def __init__(self, package: PackageEdit, book: Book, looks: Looks, report: FileReport) -> None:
        self.package, self.book = package, book
        self._looks = looks
        self._marked = group_by_cell(report.all_problems)
        self._outcomes: dict[str, dict[int, Outcome]] = {}
        for outcome in sorted(report.outcomes, key=lambda each: each.row):
            self._outcomes.setdefault(outcome.sheet, {})[outcome.row] = outcome

    def annotate(self, sheet: SheetPart, figures: Sequence[str] | None) -> None:
        """Replace what an earlier run wrote on a sheet by what this one has to say.

        figures: the headers of its result columns; None for a sheet that has no rows for us.
        """
        marked = self._marked.get(sheet.title, {})
        if figures is None and not marked and not self._has_traces(sheet):
            return
        header_row = 0 if figures is None else HEADER_ROW
        found = self._survey(sheet, header_row, figures or ())
        written = self._place(sheet, header_row, figures or (), found)
        edit = SheetEdit(
            rows=written.rows if written else (),
            removed=frozenset(found.own),
            removed_from=header_row,
            fitted=found.fitted,
            widths=written.widths if written else {},
            rules=build_rules(marked, written, self._looks),
            is_ours=is_own_rule,
            drawing=self._edit_notes(sheet, found, marked),
        )
        edit = replace(edit, cells=written.cells) if written else edit
        render_sheet(self.package, sheet.part, edit)

    def _has_traces(self, sheet: SheetPart) -> bool:
        of = NotesOf(sheet=sheet.part, drawing="", author=AUTHOR, is_ours=is_own_note)
        return mentions(self.package.parts, sheet.part, (MARKER_WORD,)) or has_own_notes(
            self.package, of
        )

    def _survey(self, sheet: SheetPart, header_row: int, figures: Sequence[str]) -> Survey:
        def find_own(texts: Mapping[int, str]) -> Mapping[int, str]:
            return find_own_columns(texts, figures)

        asked = Asked(
            header_row=header_row, find_own=find_own, fitted=message_height, explains=MESSAGE
        )
        return survey(self.package.parts, sheet.part, self.book.shared_strings, asked)

    def _place(
        self, sheet: SheetPart, header_row: int, figures: Sequence[str], found: Survey
    ) -> ResultColumns | None:
        """Our columns, where the sheet has rows of this run, at the right of all that is used."""
        outcomes = self._outcomes.get(sheet.title) if header_row else None
        columns = place_columns(found.last + 1, figures)
        if not outcomes or columns is None:
            return None
        return ResultColumns(
            title=sheet.title,
            header_row=header_row,
            columns=columns,
            outcomes=outcomes,
            looks=self._looks,
        )

    def _edit_notes(self, sheet: SheetPart, found: Survey, marked: Marked) -> str | None:
        of = NotesOf(sheet=sheet.part, drawing=found.drawing, author=AUTHOR, is_ours=is_own_note)
        notes = build_notes(marked)
        shown = {spot: note for spot, note in notes.items() if not found.is_covered(*spot)}
        return edit_notes(self.package, of, shown)


def render_sheet(package: PackageEdit, part: str, edit: SheetEdit) -> None:
    """Have a sheet written with these changes."""

    def render(write: Write) -> None:
        with package.parts.open(part) as stream:
            edit_sheet(stream, write, edit)

    package.render(part, render)


def unselect(package: PackageEdit, part: str) -> None:
    """See to it that a sheet is not selected: with two selected, what is typed goes into both."""
    if not package.is_rendered(part) and is_selected(package.parts, part):
        render_sheet(package, part, SheetEdit())
