"""Workbooks whose other parts are as few programs write them: results are written all the same."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from importer.model.outcome import Status
from importer.sheets.ooxml.dialect import STRICT, TRANSITIONAL
from importer.sheets.reading.figure_rows import read_figure_rows
from importer.sheets.results import marks
from importer.sheets.results.fill_in import Filled, fill_in
from support.ooxml import check_workbook
from tests.sheets.builder import (
    YARD,
    change,
    change_part,
    read_parts,
    write_package,
    write_workbook,
)
from tests.sheets.runs import annotate, not_a_number, outcome, report

MONTH = """
Loads
Load* | Weight* | Mine
L-1   | 12.5    | note
L-2   | heavy   |

Mine
Plans | 2026
"""
RUN = report([outcome(2), outcome(3, Status.INVALID, not_a_number(3))])
BOOK, STYLES, LINKS = "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "month.xlsx", MONTH)


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")


def strict(path: Path) -> Path:
    pairs = ((TRANSITIONAL.main, STRICT.main), (TRANSITIONAL.relations, STRICT.relations))
    return swap(path, pairs)


def swap(path: Path, pairs: tuple[tuple[str, str], ...]) -> Path:
    parts = read_parts(path)
    for old, new in pairs:
        parts = {name: part.replace(old.encode(), new.encode()) for name, part in parts.items()}
    return write_package(path, parts)


def expect_results(path: Path) -> None:
    page = load_workbook(path)["Loads"]
    assert [page.cell(3, column).value for column in (1, 4, 5)] == ["L-2", "invalid", None]
    assert page["D1"].font.b
    assert page["B3"].comment is not None


@pytest.mark.parametrize("part", [BOOK, STYLES, LINKS, "[Content_Types].xml", "_rels/.rels"])
def test_parts_with_prefixes(month: Path, part: str) -> None:
    change_part(month, part, prefixed)
    for _ in range(2):
        month = annotate(month, RUN)
        expect_results(month)


@pytest.mark.parametrize("part", [BOOK, STYLES, LINKS, "[Content_Types].xml"])
def test_parts_in_utf_16(month: Path, part: str) -> None:
    parts = read_parts(month)
    write_package(month, parts | {part: parts[part].decode().encode("utf-16")})
    written = annotate(month, RUN)
    assert read_parts(written)[part].startswith(b"\xff\xfe")
    expect_results(written)


def test_a_strict_workbook_stays_strict(month: Path) -> None:
    written = annotate(annotate(strict(month), RUN), RUN)
    parts = read_parts(written)
    for each in (TRANSITIONAL.main, TRANSITIONAL.relations):
        assert not [name for name, part in parts.items() if each.encode() in part]
    pairs = ((STRICT.main, TRANSITIONAL.main), (STRICT.relations, TRANSITIONAL.relations))
    expect_results(swap(written, pairs))


def test_a_workbook_without_styles(month: Path) -> None:
    parts = read_parts(month)
    del parts[STYLES]
    types, links = parts["[Content_Types].xml"], parts[LINKS]
    parts["[Content_Types].xml"] = re.sub(rb"<Override[^>]*styles[^>]*>", b"", types)
    parts[LINKS] = re.sub(rb"<Relationship [^>]*styles[^>]*>", b"", links)
    written = annotate(write_package(month, parts), RUN)
    expect_results(written)
    assert not load_workbook(written)["Loads"]["A2"].font.b


@pytest.mark.parametrize(
    "edit",
    [
        lambda xml: re.sub("<dxfs.*?/>|<dxfs>.*</dxfs>", "", xml),
        lambda xml: xml.replace("<tableStyles ", '<dxfs count="0"/><tableStyles '),
        lambda xml: re.sub(' count="[0-9]+"', "", xml),
        lambda xml: re.sub("<cellStyleXfs.*</cellStyleXfs>|<cellStyles.*</cellStyles>", "", xml),
        lambda xml: re.sub("<(fonts|fills|borders|cellXfs) .*?</\\1>", "", xml),
        lambda xml: re.sub("(<styleSheet[^>]*>).*(</styleSheet>)", "\\1\\2", xml),
        lambda xml: re.sub("(<styleSheet[^>]*)>.*</styleSheet>", "\\1/>", xml),
    ],
)
def test_styles_with_lists_that_are_missing(month: Path, edit: Callable[[str], str]) -> None:
    change(month, lambda book: setattr(book["Loads"]["A1"], "value", "Load"))
    change_part(month, STYLES, edit)
    expect_results(annotate(month, RUN))


def test_a_workbook_that_does_not_say_what_is_shown(month: Path) -> None:
    change_part(month, BOOK, lambda xml: re.sub("<bookViews>.*</bookViews>", "", xml))
    workbook = load_workbook(annotate(month, RUN))
    assert workbook.active is not None
    assert workbook.active.title == "Import summary"


def test_a_chart_that_is_called_like_our_summary_makes_room_for_it(month: Path) -> None:
    change(month, lambda book: book.create_chartsheet("Import summary").add_chart(BarChart()))
    workbook = load_workbook(annotate(month, RUN))
    assert workbook.sheetnames == ["Loads", "Mine", "Import summary"]
    assert not workbook.chartsheets


def test_two_old_summaries_become_one(month: Path) -> None:
    path = annotate(month, RUN)
    change(path, lambda book: book.copy_worksheet(book["Import summary"]))

    def rename(workbook: Workbook) -> None:
        workbook["Import summary Copy"].title = "import SUMMARY."

    change(path, rename)
    assert load_workbook(annotate(path, RUN)).sheetnames == ["Loads", "Mine", "Import summary"]


def test_very_many_notes_are_not_written_and_that_is_said(
    month: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MOST_NOTES", 2)
    monkeypatch.setattr("importer.sheets.results.result_sheet.MOST_NOTES", 2)
    run = report(outcome(row, Status.INVALID, not_a_number(row)) for row in (2, 3, 4))
    workbook = load_workbook(annotate(month, run))
    noted = [cell.coordinate for row in workbook["Loads"].rows for cell in row if cell.comment]
    assert noted == ["B2", "B3"]
    texts = [str(cell.value) for row in workbook["Import summary"].rows for cell in row]
    assert any("the first 2 cells with problems have a note" in text for text in texts)


def test_figures_that_came_late_change_their_cells_alone(month: Path) -> None:
    path = annotate(month, report([outcome(2, message="Wait."), outcome(3)]))
    rows, problems = read_figure_rows(path, YARD)
    assert problems == ()
    before = read_parts(path)
    written = fill_in(path, [Filled(row=rows[0], figures={"Carbon (kg)": 7.5}, message="")])
    check_workbook(written)
    after = read_parts(written)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    page = load_workbook(written)["Loads"]
    assert [page.cell(2, column).value for column in range(4, 8)] == ["created", "lod_2", None, 7.5]
    assert page["F2"].value is None
    assert page["D3"].value == "created"
