"""The sheets of a results workbook: our columns, marks and notes in the place of older ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from importer.model.outcome import Outcome
from importer.model.problem import quoted
from importer.model.report import FileReport
from importer.sheets.ooxml.book import Book, SheetPart
from importer.sheets.ooxml.encoding import Write
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.ooxml.sheet_edit import SheetEdit, edit_sheet
from importer.sheets.ooxml.sheet_notes import NotesOf, edit_notes, has_own_notes
from importer.sheets.ooxml.sheet_survey import Asked, Survey, is_selected, mentions, survey
from importer.sheets.own import AUTHOR, MESSAGE
from importer.sheets.results.looks import Looks
from importer.sheets.results.marks import (
    MARKER_WORD,
    MOST_NOTES,
    Marked,
    build_notes,
    build_rules,
    group_by_cell,
    is_own_note,
    is_own_rule,
)
from importer.sheets.results.result_columns import (
    ResultColumns,
    find_own_columns,
    message_height,
    place_columns,
)

_FULL = (
    "The sheet {} has no room for the columns of the importer: it is used up to its last column. "
    "Move what stands far to the right. What became of its rows is told by the report alone."
)
_MANY = (
    "On the sheet {} the first {:,} cells with problems have a note. The others are marked, too, "
    "and the messages of their rows say what is wrong."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A sheet as it was found, and where our columns go; None where it gets none."""

    sheet: SheetPart
    header_row: int
    survey: Survey
    columns: Mapping[str, int] | None


class ResultSheets:
    """Annotates the sheets of one workbook with what a report says about them.

    All of them are looked at before the first is changed: `notes` says what the user has to know.
    """

    def __init__(self, package: PackageEdit, book: Book, report: FileReport) -> None:
        self._package, self._book = package, book
        self._marked = group_by_cell(report.all_problems)
        self._outcomes: dict[str, dict[int, Outcome]] = {}
        for outcome in sorted(report.outcomes, key=lambda each: each.row):
            self._outcomes.setdefault(outcome.sheet, {})[outcome.row] = outcome
        self._found: list[_Found] = []
        self.notes: list[str] = []

    def look_at(self, sheet: SheetPart, header_row: int = 0, figures: Sequence[str] = ()) -> None:
        """See where a sheet ends and what an earlier run wrote on it.

        header_row: 0 for a sheet that has no rows for us. figures: headers of its result columns.
        """
        marked = self._marked.get(sheet.title, {})
        if not header_row and not marked and not self._has_traces(sheet):
            return
        survey = self._survey(sheet, header_row, figures)
        has_rows = bool(header_row and self._outcomes.get(sheet.title))
        columns = place_columns(survey.last + 1, figures) if has_rows else None
        if has_rows and columns is None:
            self.notes.append(_FULL.format(quoted(sheet.title)))
        if len(marked) > MOST_NOTES:
            self.notes.append(_MANY.format(quoted(sheet.title), MOST_NOTES))
        found = _Found(sheet=sheet, header_row=header_row, survey=survey, columns=columns)
        self._found.append(found)

    def annotate(self, looks: Looks) -> None:
        """Replace what an earlier run wrote on the sheets by what this one has to say."""
        for found in self._found:
            self._annotate(found, looks)

    def _annotate(self, found: _Found, looks: Looks) -> None:
        marked = self._marked.get(found.sheet.title, {})
        written = self._build_columns(found, looks)
        edit = SheetEdit(
            removed=frozenset(found.survey.own),
            removed_from=found.header_row,
            fitted=found.survey.fitted,
            rules=build_rules(marked, written, looks),
            is_ours=is_own_rule,
            drawing=self._edit_notes(found, marked),
        )
        if written:
            edit = replace(edit, rows=written.rows, widths=written.widths, cells=written.cells)
        render_sheet(self._package, found.sheet.part, edit)

    def _has_traces(self, sheet: SheetPart) -> bool:
        of = NotesOf(sheet=sheet.part, drawing="", author=AUTHOR, is_ours=is_own_note)
        return mentions(self._package.parts, sheet.part, (MARKER_WORD,)) or has_own_notes(
            self._package, of
        )

    def _survey(self, sheet: SheetPart, header_row: int, figures: Sequence[str]) -> Survey:
        def find_own(texts: Mapping[int, str]) -> Mapping[int, str]:
            return find_own_columns(texts, figures)

        asked = Asked(
            header_row=header_row, find_own=find_own, fitted=message_height, explains=MESSAGE
        )
        return survey(self._package.parts, sheet.part, self._book.shared_strings, asked)

    def _build_columns(self, found: _Found, looks: Looks) -> ResultColumns | None:
        if found.columns is None:
            return None
        return ResultColumns(
            title=found.sheet.title,
            header_row=found.header_row,
            columns=found.columns,
            outcomes=self._outcomes[found.sheet.title],
            looks=looks,
        )

    def _edit_notes(self, found: _Found, marked: Marked) -> str | None:
        of = NotesOf(
            sheet=found.sheet.part,
            drawing=found.survey.drawing,
            author=AUTHOR,
            is_ours=is_own_note,
        )
        notes = build_notes(marked).items()
        shown = {spot: note for spot, note in notes if not found.survey.is_covered(*spot)}
        return edit_notes(self._package, of, shown)


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
