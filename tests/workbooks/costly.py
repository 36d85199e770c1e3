"""Workbooks that are made to cost: small to say, large to read.

They are not packed, so that the gate's ratio does not refuse them first.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.workbooks.builder import MAIN, OFFICE, Content, Package, package, row, worksheet

MILLION = 1_000_000
ONE = row(1, "1")
CELL = "<c><v>1</v></c>"
SHARED = '<row><c t="s"><v>0</v></c></row>'
STYLED = '<row><c s="1"><v>1</v></c></row>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Costly:
    """`expected`: the number of cells that are read, or the code of the problem."""

    name: str
    make: Callable[[], Package]
    expected: int | str

    def __str__(self) -> str:
        return self.name


def sheet(name: str, data: Callable[[], Content], expected: int | str) -> Costly:
    return Costly(name=name, make=lambda: package(data()), expected=expected)


def inline(name: str, inside: Callable[[], str], expected: int | str = 1) -> Costly:
    cell = '<row><c t="inlineStr"><is>{}</is></c></row>'
    return sheet(name, lambda: cell.format(inside()), expected)


def shared(name: str, inside: Callable[[], str]) -> Costly:
    return Costly(name=name, make=lambda: package(SHARED, strings=(inside(),)), expected=1)


def behind(name: str, after: Callable[[], str], expected: int | str = 1) -> Costly:
    return sheet(name, lambda: worksheet(ONE, after=after()), expected)


def code(name: str, text: str) -> Costly:
    return Costly(name=name, make=lambda: package(STYLED, formats=(text,)), expected=1)


def attributes(count: int) -> str:
    return "".join(f' a{number}=""' for number in range(count))


def formulas(count: int) -> str:
    """Each the first of its own."""
    cell = '<row><c><f t="shared" si="{0}">A{0}</f><v>1</v></c></row>'
    return "".join(cell.format(number) for number in range(count))


def one_formula(count: int) -> str:
    first = '<row><c><f t="shared" si="0" ref="A1:A9">B1</f><v>1</v></c></row>'
    return first + '<row><c><f t="shared" si="0"/><v>1</v></c></row>' * (count - 1)


def merged(count: int) -> str:
    ranges = (f'<mergeCell ref="A{number}:B{number}"/>' for number in range(1, count + 1))
    return f"<mergeCells>{''.join(ranges)}</mergeCells>"


def namespaces(count: int) -> str:
    return ONE + "".join(f'<row xmlns:n{number}="urn:{number}"/>' for number in range(count))


def uneven(count: int) -> str:
    """Rows no two of which fill the same columns, nearly."""
    return "".join(
        f"<row>{CELL * (number % 300)}{'<c/>' * (number % 7)}{CELL}</row>"
        for number in range(count)
    )


def in_pieces(count: int) -> str:
    """Two wide rows that are gone on with in turns."""
    wide = f'<row r="1">{CELL * 16_384}</row><row r="2">{CELL * 16_384}</row>'
    return wide + f'<row r="1">{CELL}</row><row r="2">{CELL}</row>' * count


def of_one_part(count: int) -> Package:
    """Sheets that are all the same part."""
    pages = "".join(
        f'<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>'
        for number in range(1, count + 1)
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{pages}</sheets></workbook>'
    return package(ONE, parts={"xl/workbook.xml": book})


COSTLY = (
    inline("a text of 10 million letters", lambda: f"<t>{'x' * 10 * MILLION}</t>"),
    inline("19 million letters, one of them wide", lambda: f"<t>{'x' * 19 * MILLION}🌱</t>"),
    inline("30 million letters", lambda: f"<t>{'x' * 30 * MILLION}</t>", "FILE_TOO_LARGE"),
    inline("a text in 200,000 pieces", lambda: "<r><t>ab</t></r>" * 200_000),
    inline("a text in a million entities", lambda: f"<t>{'&amp;' * MILLION}</t>"),
    inline("a text in 200,000 sections", lambda: f"<t>{'<![CDATA[a]]>b' * 200_000}</t>"),
    shared("a shared text of 10 million letters", lambda: "x" * 10 * MILLION),
    shared("a shared text in 200,000 pieces", lambda: "<r><t>ab</t></r>" * 200_000),
    sheet(
        "20 texts of 15 million letters",
        lambda: "".join(
            f'<row><c t="str"><v>{number}{"x" * 15 * MILLION}</v></c></row>' for number in range(20)
        ),
        "FILE_TOO_LARGE",
    ),
    sheet(
        "a number in 200,000 pieces",
        lambda: f"<row><c><v>{'1<!---->' * 200_000}</v></c></row>",
        "FILE_DAMAGED",
    ),
    sheet("200,000 values of a cell", lambda: f"<row><c>{'<v>1</v>' * 200_000}</c></row>", 1),
    sheet(
        "200,000 formulas of a cell", lambda: f"<row><c>{'<f>A</f>' * 200_000}<v>1</v></c></row>", 1
    ),
    sheet(
        "a number of a million digits",
        lambda: f"<row><c><v>{'9' * MILLION}</v></c></row>",
        "FILE_DAMAGED",
    ),
    sheet("a million decimals", lambda: f"<row><c><v>0.{'9' * MILLION}</v></c></row>", 1),
    sheet(
        "a coordinate of letters", lambda: f'<row><c r="{"A" * MILLION}1"/></row>', "FILE_DAMAGED"
    ),
    sheet(
        "a coordinate of digits", lambda: f'<row><c r="A{"1" * MILLION}"/></row>', "FILE_DAMAGED"
    ),
    sheet("an attribute of 5 million letters", lambda: f'<row x="{"x" * 5 * MILLION}"/>', 0),
    sheet("a name of 5 million letters", lambda: f"<{'x' * 5 * MILLION}/>", 0),
    sheet("a comment of 5 million letters", lambda: f"<!--{'x' * 5 * MILLION}-->{ONE}", 1),
    sheet("an element of 100,000 attributes", lambda: f"<row{attributes(100_000)}/>{CELL}", 1),
    sheet("100,000 namespaces", lambda: namespaces(100_000), 1),
    behind("elements 100,000 deep", lambda: "<x>" * 100_000 + "</x>" * 100_000),
    behind("elements that never end", lambda: "<x>" * 100_000, "FILE_DAMAGED"),
    behind("100,000 merged ranges", lambda: merged(100_000)),
    sheet("100,000 shared formulas", lambda: formulas(100_000), 100_000),
    sheet("100,000 cells that share a formula", lambda: one_formula(100_000), 100_000),
    Costly(
        name="60,000 styles",
        make=lambda: package(STYLED, formats=("0.00",) * 60_000),
        expected=1,
    ),
    code("a format of a million brackets", "[" * MILLION),
    code("a format of a million quotes", '"a' * MILLION),
    code("a format of a million hours", "[h" * MILLION),
    sheet("a million blank rows", lambda: "<row/>" * (MILLION - 1) + row(MILLION, "1"), 1),
    sheet("a million blank cells", lambda: ("<row>" + '<c s="1"/>' * 1_000 + "</row>") * 1_000, 0),
    sheet(
        "more cells than are read", lambda: f"<row>{CELL * 1_000}</row>" * 5_001, "FILE_TOO_LARGE"
    ),
    sheet("rows of ever other columns", lambda: uneven(2_000), 291_000),
    sheet("two wide rows in 200,000 pieces", lambda: in_pieces(100_000), 2 * 16_384),
    Costly(name="1,900 sheets", make=lambda: package(*[ONE] * 1_900), expected=1_900),
    Costly(
        name="20,000 sheets of one part", make=lambda: of_one_part(20_000), expected="FILE_DAMAGED"
    ),
)
