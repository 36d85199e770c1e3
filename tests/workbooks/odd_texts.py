"""Texts: shared, inline and computed, with all that may stand in them."""

from tests.workbooks.builder import MAIN, package, shared_strings, worksheet
from tests.workbooks.odd import Odd, computed, error, formatted, odd

X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
PIECES = '<r><t>Wood</t></r><r><rPr><b/></rPr><t xml:space="preserve"> chips</t></r>'
READ_ALOUD = '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>'
READ_ALOUD_FIRST = "<rPh><t>ト</t></rPh><r><t>東</t></r><rPh><t>キ</t></rPh><r><t>京</t></r>"


def shared(name: str, text: str, read: str) -> Odd:
    """One shared text between two others, named by its number."""
    cells = "".join(f'<c t="s"><v>{index}</v></c>' for index in range(3))
    wanted = {"A1": "before", "B1": read, "C1": "after"}
    return odd(
        f"a shared text {name}",
        f"<row>{cells}</row>",
        {cell: value for cell, value in wanted.items() if value},
        strings=("before", text, "after"),
    )


def inline(name: str, inside: str, read: str) -> Odd:
    cell = f'<row r="1"><c r="A1" t="inlineStr">{inside}</c><c r="B1"><v>7</v></c></row>'
    return odd(f"an inline text {name}", cell, {"A1": read, "B1": 7} if read else {"B1": 7})


def said(name: str, inside: str, read: str, formula: str = "") -> Odd:
    """A text that stands in the cell itself, as that of a formula does."""
    cell = f'<row r="1"><c r="A1" t="str">{inside}</c><c r="B1"><v>7</v></c></row>'
    value = computed(read, formula) if formula else read
    return odd(f"a text in its cell {name}", cell, {"A1": value, "B1": 7} if read else {"B1": 7})


TEXTS = (
    shared("in pieces", PIECES, "Wood chips"),
    shared("with its reading aid", READ_ALOUD, "東京"),
    shared("with reading aids between its pieces", READ_ALOUD_FIRST, "東京"),
    shared(
        "with reading aids that have runs",
        "<r><t>東京</t></r><rPh sb='0' eb='1'><r><t>とう</t></r></rPh>",
        "東京",
    ),
    shared("that is empty", "<t/>", ""),
    shared("without anything", "<!-- nothing -->", ""),
    shared("with spaces to keep", '<t xml:space="preserve">  a  b </t>', "  a  b "),
    shared("with spaces that nobody said to keep", "<t>  a </t>", "  a "),
    shared("with lines and tabs", "<t>a\nb\tc&#10;d&#9;e&#13;f</t>", "a\nb\tc\nd\te\rf"),
    shared("with a carriage return spelled out", "<t>a_x000D_\nb</t>", "a\r\nb"),
    shared("with a spelling spelled out", "<t>a_x005F_x000D_b</t>", "a_x000D_b"),
    shared("with an underscore that begins nothing", "<t>max_x12_y</t>", "max_x12_y"),
    shared("with a control character", "<t>a_x0007_b</t>", "a\x07b"),
    shared("with half of a pair spelled out", "<t>a_xD83D_b</t>", "a_xD83D_b"),
    shared("beyond the basic plane", "<t>🌱𝒳</t>", "🌱𝒳"),
    shared("with entities", "<t>&lt;a&gt; &amp; &quot;b&apos; &#x2713;</t>", "<a> & \"b' ✓"),
    shared("with a CDATA section", "<t><![CDATA[<b>&amp;]]>!</t>", "<b>&amp;!"),
    shared("with a comment inside", "<t>a<!-- not this -->b</t>", "ab"),
    shared("with a processing instruction inside", "<t>a<?not this?>b</t>", "ab"),
    shared("that looks like a formula", "<t>=1+1</t>", "=1+1"),
    shared("that looks like a number", "<t>0012</t>", "0012"),
    shared("of 32,767 characters", f"<t>{'x' * 32_767}</t>", "x" * 32_767),
    shared("of 40,000 characters", f"<t>{'y' * 40_000}</t>", "y" * 40_000),
    odd(
        "shared texts whose counts lie",
        package(
            '<row><c t="s"><v>1</v></c></row>',
            parts={
                "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="-4" uniqueCount="1000000000">'
                "<si><t>a</t></si><si><t>b</t></si></sst>"
            },
        ),
        {"A1": "b"},
    ),
    odd(
        "a number of a shared text with spaces and zeros",
        '<row><c t="s"><v> 1\n</v></c><c t="s"><v>001</v></c></row>',
        {"A1": "b", "B1": "b"},
        strings=("a", "b"),
    ),
    odd(
        "elements of others named alike in shared texts",
        package(
            '<row><c t="s"><v>0</v></c></row>',
            parts={
                "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" xmlns:o="urn:other"><si><t>a</t>'
                "<o:t>not this</o:t></si><extLst><ext><o:si><o:t>nor this</o:t></o:si></ext>"
                "</extLst></sst>"
            },
        ),
        {"A1": "a"},
    ),
    odd(
        "a shared text has a format",
        '<row><c t="s" s="1"><v>0</v></c></row>',
        {"A1": formatted("007", "@")},
        strings=("007",),
        formats=(49,),
    ),
    inline("that is plain", "<is><t>a</t></is>", "a"),
    inline("in pieces", f"<is>{PIECES}</is>", "Wood chips"),
    inline("with its reading aid", f"<is>{READ_ALOUD}</is>", "東京"),
    inline("with reading aids between its pieces", f"<is>{READ_ALOUD_FIRST}</is>", "東京"),
    inline(
        "with reading aids that have runs",
        "<is><r><t>東京</t></r><rPh sb='0' eb='1'><r><t>とう</t></r></rPh></is>",
        "東京",
    ),
    inline("with a further value", "<is><t>1.</t></is><v>01.</v>", "1."),
    inline("that is empty", "<is/>", ""),
    inline("with an empty piece", "<is><t/></is>", ""),
    inline("with spaces", '<is><t xml:space="preserve"> a </t></is>', " a "),
    inline("on lines of its own", "\n  <is>\n    <t>a</t>\n  </is>\n", "a"),
    inline("with a character spelled out", "<is><t>a_x000D_b</t></is>", "a\rb"),
    odd(
        "an inline text after a reading aid",
        f'<row><c t="inlineStr"><is>{READ_ALOUD}</is></c><c t="inlineStr"><is><t>a</t></is></c>'
        "</row>",
        {"A1": "東京", "B1": "a"},
    ),
    said("of a formula", "<f>A2</f><v>a</v>", "a", "=A2"),
    said("with spaces", "<v> a </v>", " a "),
    said("without a formula", "<v>a</v>", "a"),
    said("with nothing", "<v></v>", ""),
    said("with lines around", "\n<v>a</v>\n", "a"),
    said("that looks like a number", "<v>12</v>", "12"),
    said("with a character spelled out", "<v>a_x000D_b</v>", "a\rb"),
    odd(
        "every error there is",
        "<row>"
        + "".join(
            f'<c t="e"><v>{code}</v></c>'
            for code in (
                "#NULL!",
                "#DIV/0!",
                "#VALUE!",
                "#REF!",
                "#NAME?",
                "#NUM!",
                "#N/A",
                "#GETTING_DATA",
                "#SPILL!",
                "#CALC!",
            )
        )
        + "</row>",
        {
            "A1": error("#NULL!"),
            "B1": error("#DIV/0!"),
            "C1": error("#VALUE!"),
            "D1": error("#REF!"),
            "E1": error("#NAME?"),
            "F1": error("#NUM!"),
            "G1": error("#N/A"),
            "H1": error("#GETTING_DATA"),
            "I1": error("#SPILL!"),
            "J1": error("#CALC!"),
        },
    ),
    odd(
        "a text that only looks like an error",
        '<row><c t="s"><v>0</v></c></row>',
        {"A1": "#REF!"},
        strings=("#REF!",),
    ),
    odd(
        "yes and no",
        "<row>"
        + "".join(f'<c t="b"><v>{each}</v></c>' for each in ("1", "0", "true", "false", " 1 "))
        + "</row>",
        {"A1": True, "B1": False, "C1": True, "D1": False, "E1": True},
    ),
    odd(
        "comments, instructions and sections around values",
        "<!-- a --><row><?b c?><c><!-- <v>9</v> --><v><![CDATA[4]]>2</v></c></row><!-- d -->",
        {"A1": 42},
    ),
    odd(
        "a number written in entities",
        "<row><c><v>&#52;&#x32;</v></c></row>",
        {"A1": 42},
    ),
    odd(
        "what stands behind the cells is none of theirs",
        package(
            worksheet(
                '<row r="1"><c r="A1"><v>1</v></c></row>',
                after='<dataValidations><dataValidation sqref="A1"><formula1>2</formula1>'
                "</dataValidation></dataValidations><headerFooter><oddHeader>3</oddHeader>"
                f"</headerFooter><extLst><ext uri='u' {X14}><x14:v>4</x14:v>"
                "<x14:c r='B1'><x14:v>5</x14:v>"
                "</x14:c></ext></extLst>",
            )
        ),
        {"A1": 1},
    ),
    odd(
        "what stands behind a formula is none of its",
        package(
            worksheet(
                '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>',
                after='<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
                "<formula>2</formula></cfRule></conditionalFormatting>",
            )
        ),
        {"A1": computed(1, "=B1")},
    ),
    odd(
        "extensions inside of a cell",
        f'<row><c r="A1"><v>1</v><extLst><ext uri="u" {X14}><x14:v>4</x14:v></ext></extLst></c>'
        '<c r="B1" t="inlineStr"><is><t>a</t></is><extLst><ext><x>b</x></ext></extLst></c></row>',
        {"A1": 1, "B1": "a"},
    ),
    odd(
        "shared texts on lines of their own",
        package(
            '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
            parts={
                "xl/sharedStrings.xml": shared_strings(("<t>a</t>",))
                .replace("<si>", "\n  <si>\n    ")
                .replace("</si>", "\n  </si>\n  <si><t>b</t></si>")
            },
        ),
        {"A1": "a", "B1": "b"},
    ),
)
