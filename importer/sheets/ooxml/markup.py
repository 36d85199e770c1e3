"""XML of a part, read by expat piece by piece, whatever prefixes and encoding it uses."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate, XMLParserType

from importer.model.problem import quoted
from importer.sheets.gate.limits import Limits

CHUNK = 1 << 16
"""Bytes that are unpacked and parsed at a time."""

Attributes = Mapping[str, str]


class PartDamaged(Exception):
    """A part that does not say what it has to. Raised with words for the user.

    cell: where in the sheet of that title, as far as it is known, such as `C5`.
    """

    def __init__(self, words: str, *, sheet: str = "", row: int = 0, column: int = 0) -> None:
        super().__init__(words)
        self.sheet, self.row, self.column = sheet, row, column


class TooMuch(Exception):
    """A part holds more than is read. `found` and `expected` are words for the user."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found)
        self.found, self.expected = found, expected

    @classmethod
    def of_texts(cls, limits: Limits) -> "TooMuch":
        """More text than is read."""
        return cls(
            f"more than {limits.cells:,} texts or {limits.characters:,} characters",
            f"a workbook with at most {limits.cells:,} filled cells and "
            f"{limits.characters:,} characters of text",
        )

    @classmethod
    def of_cells(cls, limits: Limits) -> "TooMuch":
        """More filled cells than are read."""
        return cls(
            f"more than {limits.cells:,} filled cells",
            f"a workbook with at most {limits.cells:,} filled cells",
        )


def open_parser() -> XMLParserType:
    """A parser that names elements `namespace local` and refuses what a workbook never has."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    if hasattr(parser, "SetReparseDeferralEnabled"):
        # Newer ones put off what comes in small pieces; ours are large, or have to be read at once.
        parser.SetReparseDeferralEnabled(False)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def local(name: str) -> str:
    """An element's or attribute's name without its namespace: transitional and strict are one."""
    return name.rpartition(" ")[2]


def feed(parser: XMLParserType, stream: BinaryIO, part: str) -> Iterator[None]:
    """Parse a part to its end; yields after each piece. Raises PartDamaged."""
    while chunk := stream.read(CHUNK):
        parse(parser, chunk, part)
        yield
    parse(parser, b"", part, is_last=True)
    yield


def parse(parser: XMLParserType, data: bytes, part: str, *, is_last: bool = False) -> None:
    """Parse the next bytes of a part. Raises PartDamaged."""
    try:
        parser.Parse(data, is_last)
    except ExpatError as error:
        raise PartDamaged(
            f"a part {quoted(part)} that is no XML ({ErrorString(error.code)})"
        ) from error
    except (LookupError, ValueError) as error:
        raise PartDamaged(f"a part {quoted(part)} that is no XML ({error})") from error


def read_elements(stream: BinaryIO, part: str, meet: Callable[[str, Attributes], None]) -> None:
    """Call `meet` with the local name and the attributes of each element, in order.

    The namespace of the root, transitional or strict, is that of all that counts.
    """
    parser = open_parser()
    space = ""

    def start_root(name: str, attributes: Attributes) -> None:
        nonlocal space
        space = name.removesuffix(local(name))
        parser.StartElementHandler = start
        start(name, attributes)

    def start(name: str, attributes: Attributes) -> None:
        if name == space + local(name):
            meet(local(name), {local(key): value for key, value in attributes.items()})

    parser.StartElementHandler = start_root
    for _ in feed(parser, stream, part):
        pass


def _refuse_doctype(*_: object) -> None:
    raise PartDamaged("a part with a DOCTYPE, which no workbook has")
