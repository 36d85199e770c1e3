"""Numbers, and what their formats make of them."""

from datetime import datetime, time, timedelta

from tests.workbooks.odd import Expected, Odd, computed, error, formatted, odd, percent, unsaved

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
RED = "0.00;[Red]-0.00"


def numbers(name: str, *pairs: tuple[str, Expected]) -> Odd:
    """Numbers as they are written, and as they are read."""
    cells = "".join(f"<c><v>{written}</v></c>" for written, _ in pairs)
    read = {f"{LETTERS[at]}1": value for at, (_, value) in enumerate(pairs)}
    return odd(name, f"<row>{cells}</row>", read)


def shown(
    name: str, number: str, *pairs: tuple[str | int, Expected], book: str = "<workbookPr/>"
) -> Odd:
    """One number under several formats."""
    cells = "".join(f'<c s="{at}"><v>{number}</v></c>' for at in range(1, len(pairs) + 1))
    read = {f"{LETTERS[at]}1": value for at, (_, value) in enumerate(pairs)}
    codes = tuple(code for code, _ in pairs)
    return odd(name, f"<row>{cells}</row>", read, formats=codes, book=book)


def days(name: str, *pairs: tuple[str, Expected], book: str = "<workbookPr/>") -> Odd:
    """Several numbers under a format of dates."""
    cells = "".join(f'<c s="1"><v>{written}</v></c>' for written, _ in pairs)
    read = {f"{LETTERS[at]}1": value for at, (_, value) in enumerate(pairs)}
    codes = ("yyyy-mm-dd hh:mm:ss",)
    return odd(name, f"<row>{cells}</row>", read, formats=codes, book=book)


DAY = datetime(2025, 10, 31)
MOMENT = datetime(2025, 10, 31, 18, 0)
MACINTOSH = '<workbookPr date1904="1"/>'

NUMBERS = (
    numbers("whole numbers", ("0", 0), ("-7", -7), ("42", 42)),
    numbers("parts", ("0.1", 0.1), ("-2.5", -2.5), (".5", 0.5), ("5.", 5.0)),
    numbers("exponents", ("1E+05", 100_000.0), ("1e-7", 1e-7), ("1.5E3", 1500.0), ("-1E2", -100.0)),
    numbers("a zero with a sign", ("-0", 0), ("-0.0", -0.0), ("+7", 7.0)),
    numbers("all digits of 17", ("0.30000000000000004", 0.30000000000000004)),
    numbers("20 digits", ("12345678901234567890", 12345678901234567890)),
    numbers(
        "tiny and huge", ("4.9E-324", 5e-324), ("1.7976931348623157E+308", 1.7976931348623157e308)
    ),
    numbers("spaces and lines around", (" 1 ", 1), ("\n  2.5\n", 2.5), ("\t3", 3)),
    odd(
        "a sheet in which everything stands on its own line",
        '\n  <row r="1">\n    <c r="A1">\n      <v>1</v>\n    </c>\n    <c r="B1">\n    </c>\n'
        '    <c r="C1">\n      <f>A1</f>\n      <v>2</v>\n    </c>\n  </row>\n',
        {"A1": 1, "C1": computed(2, "=A1")},
    ),
    shown("built-in formats of dates", "45961", *((number, DAY) for number in range(14, 18))),
    shown("the built-in format of a moment", "45961.75", (22, MOMENT)),
    shown("built-in formats of times", "0.75", *((number, time(18)) for number in range(18, 22))),
    shown(
        "formats of East Asian dates", "45961", *((n, DAY) for n in (*range(27, 32), 36, 50, 58))
    ),
    shown(
        "built-in formats of spans",
        "1.5",
        (46, timedelta(hours=36)),
        (45, datetime(1900, 1, 1, 12)),
    ),
    shown(
        "formats of one's own for dates",
        "45961",
        ("yyyy-mm-dd", DAY),
        ("[$-409]d/m/yyyy", DAY),
        ('yyyy"年"m"月"', DAY),
        ("dd\\.mm\\.yy", DAY),
        ("DD/MM/YYYY;@", DAY),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", DAY),
        ("[Red]yyyy", DAY),
        ("mmm", DAY),
    ),
    shown(
        "formats of one's own for spans",
        "1.25",
        ("[h]:mm", timedelta(hours=30)),
        ("[mm]:ss", timedelta(hours=30)),
        ("[ss]", timedelta(hours=30)),
        ("[HH]:MM:SS", timedelta(hours=30)),
    ),
    shown(
        "formats of one's own for numbers",
        "12",
        ('"d" 0.00', formatted(12, '"d" 0.00')),
        ("\\d0", formatted(12, "\\d0")),
        ("_d0", formatted(12, "_d0")),
        ("0*d", formatted(12, "0*d")),
        ("[Red]0", formatted(12, "[Red]0")),
        ("[Yellow]0", formatted(12, "[Yellow]0")),
        (RED, formatted(12, RED)),
        ("00000", formatted(12, "00000")),
        ("#,##0.00\\ [$kg-407]", formatted(12, "#,##0.00\\ [$kg-407]")),
        ('0;"day"', formatted(12, '0;"day"')),
        ("[&gt;100]0.0;0", formatted(12, "[&gt;100]0.0;0")),
    ),
    shown("General in whatever case", "12", ("General", 12), ("GENERAL", 12), ("general;@", 12)),
    shown(
        "percent",
        "0.5",
        (9, percent(0.5)),
        (10, percent(0.5)),
        ("0.0 %", percent(0.5)),
        ('0.0"%"', 0.5),
        ("0\\%", 0.5),
    ),
    shown("a fraction and an exponent", "0.5", (12, 0.5), (13, 0.5), (11, 0.5), (48, 0.5)),
    shown("a number in a format of texts", "12", (49, formatted(12, "@"))),
    shown("a format number that nothing stands behind", "12", (163, 12), (999, 12)),
    odd(
        "a style that is not listed, and none at all",
        '<row><c s="99"><v>1</v></c><c s=""><v>2</v></c><c s="x"><v>3</v></c></row>',
        {"A1": 1, "B1": 2, "C1": 3},
    ),
    days(
        "days of 1900",
        ("0", time(0)),
        ("0.5", time(12)),
        ("1", datetime(1900, 1, 1)),
        ("59", datetime(1900, 2, 28)),
        ("61", datetime(1900, 3, 1)),
        ("2958465", datetime(9999, 12, 31)),
    ),
    days("the day that never was counts as the one before it", ("60", datetime(1900, 2, 28))),
    days(
        "days that no calendar has",
        ("-1", -1),
        ("-0.5", -0.5),
        ("2958466", 2958466),
        ("1e300", 1e300),
    ),
    days(
        "days of 1904",
        ("0.5", time(12)),
        ("1", datetime(1904, 1, 2)),
        ("59", datetime(1904, 2, 29)),
        ("60", datetime(1904, 3, 1)),
        ("44499", DAY),
        book=MACINTOSH,
    ),
    days("days of 1904, said in a word", ("44499", DAY), book='<workbookPr date1904="true"/>'),
    days("days of 1900, said in a word", ("45961", DAY), book='<workbookPr date1904="false"/>'),
    days(
        "parts of a day",
        ("45961.5", datetime(2025, 10, 31, 12)),
        ("45961.999988425923", datetime(2025, 10, 31, 23, 59, 59)),
        ("45961.333333333336", datetime(2025, 10, 31, 8)),
        ("45961.0000000001", DAY),
        ("45960.99999999999", DAY),
        ("0.9999999999", datetime(1900, 1, 1)),
    ),
    odd(
        "dates of a strict workbook",
        '<row><c t="d" s="1"><v>2025-10-31</v></c><c t="d"><v>2025-10-31T18:00:00</v></c>'
        '<c t="d"><v>18:00:00</v></c><c t="d"><v> 2025-10-31T18:00:00.500 </v></c></row>',
        {"A1": DAY, "B1": MOMENT, "C1": time(18), "D1": datetime(2025, 10, 31, 18, 0, 0, 500_000)},
        formats=(14,),
    ),
    odd(
        "formulas and their saved results",
        '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A2</f><v>a</v></c><c t="b"><f>TRUE</f><v>1</v>'
        '</c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c s="1"><f>TODAY()</f><v>45961</v></c></row>',
        {
            "A1": computed(2, "=1+1"),
            "B1": computed("a", "=A2"),
            "C1": computed(True, "=TRUE"),
            "D1": computed(error("#DIV/0!"), "=1/0"),
            "E1": computed(DAY, "=TODAY()"),
        },
        formats=(14,),
    ),
    odd(
        "formulas without a saved result",
        "<row><c><f>1+1</f></c><c><f>A1</f><v/></c><c><f> A1 &amp; B1\n</f><v></v></c></row>",
        {"A1": unsaved("=1+1"), "B1": unsaved("=A1"), "C1": unsaved("= A1 & B1\n")},
    ),
    odd(
        "a formula whose result is the empty text",
        '<row><c t="str"><f>""</f><v></v></c><c t="str"><f>""</f></c><c><v>1</v></c></row>',
        {"C1": 1},
    ),
    odd(
        "a formula after its result",
        "<row><c><v>2</v><f>1+1</f></c></row>",
        {"A1": computed(2, "=1+1")},
    ),
    odd(
        "a shared formula",
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>',
        {"A1": computed(2, "=B1*2"), "A2": computed(4, "=B1*2"), "A3": unsaved("=B1*2")},
    ),
    odd(
        "a shared formula that nobody wrote",
        '<row><c><f t="shared" si="7"/><v>4</v></c><c><v>5</v></c></row>',
        {"A1": computed(4, "="), "B1": 5},
    ),
    odd(
        "a formula over a range",
        '<row><c><f t="array" ref="A1:B1">{1,2}*2</f><v>2</v></c><c><v>4</v></c></row>',
        {"A1": computed(2, "={1,2}*2"), "B1": 4},
    ),
    odd(
        "a table of what-if",
        '<row><c><f t="dataTable" ref="A1:A1" dt2D="1" r1="B1" r2="B2"/><v>3</v></c></row>',
        {"A1": computed(3, "=TABLE()")},
    ),
    odd("a formula of nothing", "<row><c><f/><v>3</v></c></row>", {"A1": computed(3, "=")}),
    odd(
        "values in cells whose type is said by default",
        '<row><c t="n"><v>1</v></c><c t=""><v>2</v></c></row>',
        {"A1": 1, "B1": 2},
    ),
    odd(
        "a number whose parts come in pieces",
        "<row><c><v>1<!-- -->2<?x?>.<![CDATA[5]]></v></c></row>",
        {"A1": 12.5},
    ),
)
