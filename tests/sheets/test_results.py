"""The user's own workbook with the answers in it, and the same workbook when it comes back."""

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from re import findall
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.dimensions import ColumnDimension

from importer.model.failure import ResultsNotWritten
from importer.model.outcome import Status
from importer.resources.catalog import CATALOG
from importer.sheets.reading.reader import read_workbook
from importer.sheets.results.writing import results_path, write_results
from importer.sheets.template.rendering import render_template
from tests.sheets.builder import (
    SHEETS,
    YARD,
    change,
    change_part,
    read_parts,
    write_package,
    write_workbook,
)
from tests.sheets.runs import HEAD, annotate, not_a_number, outcome, report, trimmed

MONTH = """
Loads
Load* | Weight* | Mine | Weighed on
L-1   | 12.5    | note | 2025-10-31
L-2   | heavy   |      | 2025-10-31
L-3   | 7       |      |

Load parts
Load* | Part*
L-1   | top

Mine
Plans | 2026
"""

RUN = report(
    [
        outcome(2, carbon=1234.5),
        outcome(3, Status.INVALID, not_a_number(3)),
        outcome(4, Status.UNCHANGED, message="Nothing to do."),
        outcome(2, sheet="Load parts"),
    ]
)


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "month.xlsx", MONTH)


def values(page: Any, row: int) -> list[Any]:
    return [cell.value for cell in page[row]]


def test_the_columns_stand_at_the_right(month: Path) -> None:
    page = load_workbook(annotate(month, RUN))["Loads"]
    ours = ["Import status", "Import ID", "Import message", "Carbon (kg)"]
    assert values(page, 1) == ["Load*", "Weight*", "Mine", "Weighed on", *ours]
    assert values(page, 2)[4:] == ["created", "lod_2", None, 1234.5]
    assert values(page, 4)[4:] == ["unchanged", None, "Nothing to do.", None]


def test_the_message_says_what_is_wrong_in_which_cell(month: Path) -> None:
    page = load_workbook(annotate(month, RUN))["Loads"]
    assert page["G3"].value == (
        "B3 Weight: Found “heavy”; expected a number such as 12.5. "
        "Type the plain number, without unit or other text."
    )


def test_the_message_names_other_places_in_full(month: Path) -> None:
    run = report([outcome(2, Status.BLOCKED, not_a_number(3), message="Waits for L-2.")])
    lines = load_workbook(annotate(month, run))["Loads"]["G2"].value.splitlines()
    assert lines[0] == "Waits for L-2."
    assert lines[1].startswith("Loads!B3 (Weight): Found")


def test_a_warning_is_told_as_one(month: Path) -> None:
    run = report([outcome(2, Status.CREATED, trimmed(2))])
    assert "Please note: Found a space" in load_workbook(annotate(month, run))["Loads"]["G2"].value


def test_details_get_no_figures(month: Path) -> None:
    page = load_workbook(annotate(month, RUN))["Load parts"]
    assert values(page, 1)[2:] == ["Import status", "Import ID", "Import message"]
    assert values(page, 2)[2:] == ["created", "lod_2", None]


def test_sheets_without_rows_and_sheets_of_the_users_own_stay_as_they_are(month: Path) -> None:
    run = report([outcome(2)])
    workbook = load_workbook(annotate(month, run))
    assert values(workbook["Load parts"], 1) == ["Load*", "Part*"]
    assert values(workbook["Mine"], 1) == ["Plans", 2026]


def test_values_keep_their_kind(month: Path) -> None:
    figures: tuple[Any, ...] = (12, 0.5, True, "about 3", float("nan"), ["a"])
    for figure, shown in zip(figures, (12, 0.5, "yes", "about 3", "nan", "['a']"), strict=True):
        page = load_workbook(annotate(month, report([outcome(2, carbon=figure)])))["Loads"]
        assert page["H2"].value == shown


@pytest.mark.parametrize(
    "hostile",
    ['=HYPERLINK("http://evil","click")', "=1+1", "+1", "-1", "@SUM(A1)", "#REF!", "{=1}"],
)
def test_hostile_text_stays_text(month: Path, hostile: str) -> None:
    run = report(
        [
            outcome(
                2, Status.FAILED, not_a_number(2, found=hostile), message=hostile, carbon=hostile
            )
        ],
        notes=(hostile,),
    )
    written = write_results(
        month, results_path(month, None), catalog=YARD, report=run, head=[(hostile, hostile)]
    )
    workbook = load_workbook(written)
    texts = [workbook["Loads"]["G2"], workbook["Loads"]["H2"]]
    texts += [each for row in workbook["Import summary"].rows for each in row if each.value]
    assert workbook["Loads"]["H2"].value == hostile
    assert {cell.data_type for cell in texts} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in texts if cell.data_type == "s")


def test_the_users_own_hostile_text_stays_text(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", "Loads\nLoad | Weight\n'=1+1 | 1")
    page = load_workbook(annotate(path, report([outcome(2)])))["Loads"]
    assert (page["A2"].value, page["A2"].data_type) == ("=1+1", "s")


def test_texts_that_no_workbook_can_hold_are_made_harmless(month: Path) -> None:
    odd = "bell\x07 half \ud83d end \uffff line\r\nnext"
    page = load_workbook(annotate(month, report([outcome(2, message=odd)])))["Loads"]
    assert page["G2"].value == "bell� half ? end � line\nnext"


def test_a_message_is_cut_to_what_a_cell_takes(month: Path) -> None:
    page = load_workbook(annotate(month, report([outcome(2, message="𝄞" * 40_000)])))["Loads"]
    text = page["G2"].value
    assert text.endswith("…")
    assert 32_760 < len(text.encode("utf-16-le")) / 2 <= 32_767


def test_the_summary_is_last_and_the_only_one_selected(month: Path) -> None:
    change(month, lambda book: setattr(book["Loads"].sheet_view, "tabSelected", True))
    workbook = load_workbook(annotate(month, RUN))
    assert workbook.sheetnames[-1] == "Import summary"
    assert workbook.active is not None
    assert workbook.active.title == "Import summary"
    selected = [page.title for page in workbook.worksheets if page.sheet_view.tabSelected]
    assert selected == ["Import summary"]


def test_a_result_of_a_result_has_everything_once(month: Path) -> None:
    first = annotate(month, RUN)
    for _ in range(3):
        assert annotate(first, RUN) == first
    once, again = annotate(month, RUN), annotate(first, RUN)
    assert once == again == first
    page = load_workbook(first)["Loads"]
    assert values(page, 1).count("Import status") == 1
    assert values(page, 1)[4:] == ["Import status", "Import ID", "Import message", "Carbon (kg)"]
    assert load_workbook(first).sheetnames.count("Import summary") == 1


def test_a_mended_row_loses_what_was_said_about_it(month: Path) -> None:
    first = annotate(month, RUN)
    change(first, lambda book: book["Loads"].cell(3, 2, 8))
    page = load_workbook(annotate(first, report([outcome(3)])))["Loads"]
    assert values(page, 3)[4:] == ["created", "lod_3", None, None]
    assert values(page, 4)[4:] == [None] * 4
    assert page["B3"].comment is None


def test_a_column_added_behind_ours_is_kept(month: Path) -> None:
    first = annotate(month, RUN)

    def add(workbook: Workbook) -> None:
        workbook["Loads"]["I1"], workbook["Loads"]["I2"] = "New", "mine"

    change(first, add)
    for _ in range(2):
        page = load_workbook(annotate(first, RUN))["Loads"]
        assert values(page, 1)[4:8] == [None] * 4
        assert values(page, 1)[8:11] == ["New", "Import status", "Import ID"]
        assert page["I2"].value == "mine"


def test_a_column_of_the_users_own_with_the_name_of_a_figure_is_kept(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "m.xlsx", "Loads\nLoad | Weight | Carbon (kg)\nL-1 | 1 | 99")
    for _ in range(2):
        path = annotate(path, report([outcome(2, carbon=5)]))
        page = load_workbook(path)["Loads"]
        assert (page["C1"].value, page["C2"].value) == ("Carbon (kg)", 99)
        assert (page["G1"].value, page["G2"].value) == ("Carbon (kg)", 5)


def test_an_import_status_on_a_sheet_of_the_users_own_is_kept(month: Path) -> None:
    change(month, lambda book: book["Mine"].cell(1, 3, "Import status"))
    assert values(load_workbook(annotate(month, RUN))["Mine"], 1)[2] == "Import status"


def test_looks_widths_notes_and_views_of_the_user_are_kept(month: Path) -> None:
    def decorate(workbook: Workbook) -> None:
        page = workbook["Loads"]
        page["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
        page["B3"].comment = Comment("ask Peter", "Maria")
        page["A2"].font = Font(name="Courier New", b=True)
        page["A2"].value = CellRichText("L-", TextBlock(InlineFont(b=True), "1"))
        page.column_dimensions["A"].width = 33
        page.row_dimensions[2].height = 40
        page.freeze_panes = "C3"

    change(month, decorate)
    page = load_workbook(annotate(month, RUN), rich_text=True)["Loads"]
    assert page["B3"].fill.fgColor.rgb == "FF00FF00"
    assert page["B3"].comment is not None
    assert page["B3"].comment.text == "ask Peter"
    assert page["A2"].font.name == "Courier New"
    assert isinstance(page["A2"].value, CellRichText)
    assert page.column_dimensions["A"].width == 33
    assert page.row_dimensions[2].height == 40
    assert page.freeze_panes == "C3"


def test_columns_that_share_one_width_are_parted_not_doubled(month: Path) -> None:
    def widen(workbook: Workbook) -> None:
        page = workbook["Loads"]
        page.column_dimensions["D"] = ColumnDimension(page, index="D", width=9, min=4, max=16_384)

    change(month, widen)
    for path in (annotate(month, RUN), annotate(results_path(month, None), RUN)):
        spans = []
        for each in load_workbook(path)["Loads"].column_dimensions.values():
            each.reindex()
            spans.append((each.min or 0, each.max or 0, each.width))
        spans.sort()
        assert all(one[1] < other[0] for one, other in pairwise(spans))
        assert (4, 4, 9) in spans
        assert (9, 16_384, 9) in spans


def test_a_row_grows_with_its_message_and_shrinks_again(month: Path) -> None:
    long = report([outcome(2, message="word " * 60), outcome(3), outcome(4)])
    written = annotate(month, long)
    height = load_workbook(written)["Loads"].row_dimensions[2].height
    assert height is not None
    assert height > 30
    page = load_workbook(annotate(written, report([outcome(2)])))["Loads"]
    assert page.row_dimensions[2].height is None


def test_a_blank_cell_with_a_note_keeps_the_look_of_its_column(tmp_path: Path) -> None:
    """An id that is typed into it later must keep its zeros: no cell is made for the note."""
    path = tmp_path / "month.xlsx"
    path.write_bytes(render_template(YARD, YARD.books[0], version="1"))
    change(path, lambda book: book["Loads"].cell(2, 2, 1))
    run = report([outcome(2, Status.INVALID, not_a_number(2, column=1))])
    written = annotate(path, run)
    assert b'r="A2"' not in read_parts(written)["xl/worksheets/sheet2.xml"]
    page = load_workbook(written)["Loads"]
    assert page["A2"].comment is not None
    assert page.column_dimensions["A"].number_format == "@"


def test_notes_of_a_template_stay_and_are_not_ours_to_remove(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    path.write_bytes(render_template(YARD, YARD.books[0], version="1"))
    change(path, lambda book: book["Loads"].cell(2, 1, "L-1"))
    for _ in range(2):
        path = annotate(path, report([outcome(2)]))
        note = load_workbook(path)["Loads"]["A1"].comment
        assert note is not None
        assert note.text.startswith("Your own id.")


VBA = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'


def with_macros(path: Path) -> Path:
    plain = "openxmlformats-officedocument.spreadsheetml.sheet.main"
    types = "[Content_Types].xml"
    change_part(path, types, lambda xml: xml.replace(plain, "ms-excel.sheet.macroEnabled.main"))
    change_part(path, types, lambda xml: xml.replace("</Types>", f"{VBA}</Types>"))
    write_package(path, read_parts(path) | {"xl/vbaProject.bin": b"macros"})
    return path.rename(path.with_suffix(".xlsm"))


def test_macros_survive(month: Path) -> None:
    path = with_macros(month)
    first = annotate(path, RUN)
    assert first.name == "month.results.xlsm"
    for results in (first, annotate(first, report([outcome(2)]))):
        parts = read_parts(results)
        assert parts["xl/vbaProject.bin"] == b"macros"
        assert b"sheet.macroEnabled.main" in parts["[Content_Types].xml"]
        assert read_workbook(results, SHEETS).tables == read_workbook(path, SHEETS).tables


def test_no_part_of_a_file_with_macros_is_missing_or_there_twice(month: Path) -> None:
    first = annotate(with_macros(month), RUN)
    results = annotate(first, report([outcome(2, Status.INVALID, not_a_number(3))]))
    bare = annotate(results, report([outcome(2)]))
    for path in (first, results, bare):
        with ZipFile(path) as package:
            names = package.namelist()
            links = [package.read(name).decode() for name in names if name.endswith(".rels")]
        assert len(names) == len(set(names))
        targets = {target for link in links for target in findall('Target="/([^"]+)"', link)}
        assert targets <= set(names)


def test_formulas_are_kept_with_their_results(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "month.xlsx", "Loads\nLoad | Weight\nL-1 | =6+6.5")
    change_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<v />", "<v>12.5</v>"))
    for _ in range(2):
        path = annotate(path, report([outcome(2)]))
        assert load_workbook(path)["Loads"]["B2"].value == "=6+6.5"
        assert read_workbook(path, SHEETS).tables[0].rows[0].cell("Weight").value == 12.5
        summary = load_workbook(path)["Import summary"]
        assert not any("formulas" in str(cell.value) for row in summary.rows for cell in row)


def test_the_real_catalogue_names_its_figures(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    path.write_bytes(render_template(CATALOG, CATALOG.books[0], version="1"))
    change(path, lambda book: book["Entries"].cell(2, 1, "NB-1"))
    run = report([outcome(2, sheet="Entries")])
    written = write_results(path, results_path(path, None), catalog=CATALOG, report=run, head=HEAD)
    assert values(load_workbook(written)["Entries"], 1)[-4:] == [
        "Net removed (kg CO2e)",
        "Before discount (kg CO2e)",
        "Net standard deviation (kg CO2e)",
        "Buffer pool (kg CO2e)",
    ]


def test_a_source_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(ResultsNotWritten) as failure:
        annotate(tmp_path / "month.xlsx", RUN)
    assert "month.xlsx" in str(failure.value)
    assert failure.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_the_source_is_not_touched(month: Path) -> None:
    before = month.read_bytes()
    annotate(month, RUN)
    assert month.read_bytes() == before


def test_numbers_come_through_to_their_last_digit(month: Path) -> None:
    """A neighbouring number would be sent as a change."""
    shown = "0.30000000000000004"
    change_part(month, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("12.5", shown))
    assert read_workbook(annotate(month, RUN), SHEETS).tables[0].rows[0].cell("Weight").value == (
        0.1 + 0.2
    )


def test_dates_come_through_unchanged(month: Path) -> None:
    page = load_workbook(annotate(month, RUN))["Loads"]
    assert page["D2"].value == datetime(2025, 10, 31)
