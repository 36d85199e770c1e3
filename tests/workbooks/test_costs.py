"""Workbooks that are made to cost: each is read or refused within 10 seconds and 500 MB."""

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_STORED

import pytest

from tests.workbooks.builder import MAIN, Package, package, row, shared_strings, worksheet, write
from tests.workbooks.test_hostile_workbooks import SECONDS, open_confined

MILLION = 1_000_000
STRINGS = "xl/sharedStrings.xml"


def inline(inside: str) -> str:
    return f'<row><c t="inlineStr"><is>{inside}</is></c></row>'


def attributes(count: int) -> str:
    return "".join(f' a{number}=""' for number in range(count))


def shared(texts: int) -> str:
    return shared_strings([f"text {number}" for number in range(texts)])


CHEAP: Mapping[str, tuple[Callable[[], Package], int | str]] = {
    "a text of 30 million letters": (lambda: package(inline(f"<t>{'x' * 30 * MILLION}</t>")), "FILE_TOO_LARGE"),
    "20 texts of 15 million letters": (
        lambda: package("".join(inline(f"<t>{n}{'x' * 15 * MILLION}</t>") for n in range(20))), "FILE_TOO_LARGE",
    ),
    "a text of 19 million letters, the last of which takes four bytes": (
        lambda: package(inline(f"<t>{'x' * 19 * MILLION}🌱</t>")), 1,
    ),
    "more cells than are read": (
        lambda: package(("<row>" + "<c><v>1</v></c>" * 1_000 + "</row>") * 5_001), "FILE_TOO_LARGE",
    ),
    "a text of 10 million letters": (lambda: package(inline(f"<t>{'x' * 10 * MILLION}</t>")), 1),
    "a shared text of 10 million letters": (
        lambda: package('<row><c t="s"><v>0</v></c></row>', strings=("x" * 10 * MILLION,)), 1,
    ),
    "a text in 200,000 pieces": (lambda: package(inline("<r><t>ab</t></r>" * 200_000)), 1),
    "a text in a million entities": (lambda: package(inline(f"<t>{'&amp;' * MILLION}</t>")), 1),
    "a shared text in 200,000 pieces": (
        lambda: package(
            '<row><c t="s"><v>0</v></c></row>', strings=("<r><t>ab</t></r>" * 200_000,)
        ),
        1,
    ),
    "a text in 200,000 sections": (
        lambda: package(inline(f"<t>{'<![CDATA[a]]>b' * 200_000}</t>")), 1,
    ),
    "a number in 200,000 pieces": (lambda: package(f"<row><c><v>{'1<!---->' * 200_000}</v></c></row>"), "FILE_DAMAGED"),
    "200,000 values in one cell": (lambda: package(f"<row><c>{'<v>1</v>' * 200_000}</c></row>"), 1),
    "200,000 formulas in one cell": (lambda: package(f"<row><c>{'<f>A1</f>' * 200_000}<v>1</v></c></row>"), 1),
    "elements 100,000 deep": (
        lambda: package(worksheet(row(1, "1"), after="<x>" * 100_000 + "</x>" * 100_000)), 1,
    ),
    "elements 100,000 deep that do not end": (
        lambda: package(worksheet(row(1, "1") + "<x>" * 100_000)), "FILE_DAMAGED",
    ),
    "an element of 100,000 attributes": (lambda: package(f"<row{attributes(100_000)}/>" + row(1, "1")), 1),
    "100,000 namespaces": (
        lambda: package(
            row(1, "1")
            + "".join(f'<row xmlns:n{number}="urn:{number}"/>' for number in range(100_000))
        ),
        1,
    ),
    "an attribute of 5 million letters": (lambda: package(f'<row r="1" x="{"x" * 5 * MILLION}"/>'), 0),
    "a coordinate of 5 million letters": (lambda: package(f'<row><c r="{"A" * 5 * MILLION}1"/></row>'), "FILE_DAMAGED"),
    "a coordinate of 5 million digits": (lambda: package(f'<row><c r="A{"1" * 5 * MILLION}"/></row>'), "FILE_DAMAGED"),
    "a number of a million digits": (lambda: package(f"<row><c><v>{'9' * MILLION}</v></c></row>"), "FILE_DAMAGED"),
    "a number of a million digits behind its point": (lambda: package(f"<row><c><v>0.{'9' * MILLION}</v></c></row>"), 1),
    "a name of 5 million letters": (lambda: package(f"<{'x' * 5 * MILLION}/>"), 0),
    "a comment of 5 million letters": (lambda: package(f"<!--{'x' * 5 * MILLION}-->" + row(1, "1")), 1),
    "100,000 shared formulas": (
        lambda: package(
            "".join(
                f'<row><c><f t="shared" si="{number}">A{number}</f><v>1</v></c></row>'
                for number in range(100_000)
            )
        ),
        100_000,
    ),
    "100,000 cells that share a formula": (
        lambda: package(
            '<row><c><f t="shared" si="0" ref="A1:A100000">B1</f><v>1</v></c></row>'
            + '<row><c><f t="shared" si="0"/><v>1</v></c></row>' * 99_999
        ),
        100_000,
    ),
    "100,000 merged ranges": (
        lambda: package(worksheet(row(1, "1"), after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_001)) + "</mergeCells>")), 1,
    ),
    "60,000 styles": (lambda: package('<row><c s="60000"><v>1</v></c></row>', formats=("0.00",) * 60_000), 1),
    "a format of a million letters": (lambda: package('<row><c s="1"><v>1</v></c></row>', formats=("[" * MILLION,)), 1),
    "a format of a million quotes": (lambda: package('<row><c s="1"><v>1</v></c></row>', formats=('"a' * 500_000,)), 1),
    "a format of a million strokes": (lambda: package('<row><c s="1"><v>1</v></c></row>', formats=("[h" * 500_000,)), 1),
    "a million blank rows": (lambda: package("<row/>" * (MILLION - 1) + row(MILLION, "1")), 1),
    "a million blank cells": (lambda: package(("<row>" + '<c s="1"/>' * 1_000 + "</row>") * 1_000), 0),
    "rows of ever other columns": (
        lambda: package(
            "".join(
                f"<row>{'<c><v>1</v></c>' * (number % 300)}{'<c/>' * (number % 7)}<c><v>1</v></c></row>"
                for number in range(2_000)
            )
        ),
        2_000 + sum(number % 300 for number in range(2_000)),
    ),
    "a row in 50,000 pieces": (
        lambda: package("".join(f'<row r="{n % 2 + 1}"><c r="{"AB"[n % 2]}{n % 2 + 1}"><v>{n}</v></c></row>' for n in range(50_000))),
        2,
    ),
    "a wide row in 16,384 pieces": (
        lambda: package("".join('<row r="1"/><row r="2"/>' + f'<row r="1">{"<c/>" * n}<c><v>1</v></c></row>' for n in range(0, 16_384, 64))),
        256,
    ),
    "two wide rows in 200,000 pieces": (
        lambda: package(
            f"<row r='1'>{'<c><v>1</v></c>' * 16_384}</row><row r='2'>{'<c><v>1</v></c>' * 16_384}</row>"
            + "<row r='1'><c><v>1</v></c></row><row r='2'><c><v>1</v></c></row>" * 100_000
        ),
        2 * 16_384,
    ),
    "2,000 parts and 1,900 sheets": (lambda: package(*[row(1, "1")] * 1_900), 1_900),
    "100,000 shared texts that nobody names": (
        lambda: package(row(1, "1"), parts={STRINGS: shared(100_000)}), 1,
    ),
    "20,000 sheets of one part": (
        lambda: package(
            row(1, "1"),
            parts={
                "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
                + "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 20_001))
                + "</sheets></workbook>"
            },
        ),
        "FILE_DAMAGED",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", CHEAP)
def test_it_costs_little(name: str, tmp_path: Path) -> None:
    make, expected = CHEAP[name]
    [answer] = open_confined([write(tmp_path / "odd.xlsx", make(), method=ZIP_STORED)])
    assert answer.get("cells", answer.get("code")) == expected, str(answer)[:500]
    assert answer["seconds"] < SECONDS
