"""The boxes in which notes are shown: an older markup for drawings (VML), beside the notes."""

import re
from collections.abc import Collection, Iterator, Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from importer.sheets.ooxml.notes_edit import NewNote, Spot
from importer.sheets.ooxml.tags import (
    Element,
    attributes,
    children,
    find_child,
    find_opening,
    namespaces,
    splice,
    text_of,
)

_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_TYPE = "_x0000_t202"
_SHAPE_TYPE = (
    ' coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_FIRST_NUMBER = 1025


_DECLARED = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())


def build_boxes() -> bytes:
    """A part without any box."""
    return (
        f"<xml{_DECLARED}>"
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
    ).encode()


class BoxesEdit:
    """A part of boxes that some are taken from and added to."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._root = next(children(data), None)
        tops = children(data, self._root.inner, self._root.close) if self._root else ()
        self._tops = list(tops)

    @property
    def is_sound(self) -> bool:
        """Whether it is XML, so that it can be changed without harm; not every one is."""
        return self._root is not None and self._root.end > self._root.close and _parses(self._data)

    def has_others(self, gone: Collection[Spot]) -> bool:
        """Whether there is any shape but the boxes of these cells."""
        shapes = [each for each in self._tops if each.local not in ("shapelayout", "shapetype")]
        return any(self._spot(each) not in gone for each in shapes)

    def render(self, gone: Collection[Spot], notes: Mapping[Spot, NewNote]) -> bytes:
        """The part without the boxes of the cells that lose a note, and with those of new ones."""
        return splice(self._data, self._changes(gone, notes))

    def _changes(
        self, gone: Collection[Spot], notes: Mapping[Spot, NewNote]
    ) -> Iterator[tuple[int, int, bytes]]:
        numbers = [_FIRST_NUMBER - 1]
        for each in self._tops:
            if self._spot(each) in gone:
                yield each.start, each.end, b""
            else:
                numbers += map(int, _NUMBER.findall(self._data, each.start, each.end))
        if not notes or self._root is None:
            return
        has_type = f'"{_TYPE}"'.encode() in self._data and b"shapetype" in self._data
        spaces = "" if self._declares_all() else _DECLARED
        first = max(numbers) + 1
        built = (
            _build(spot, note, first + index, spaces)
            for index, (spot, note) in enumerate(notes.items())
        )
        kind = f'<v:shapetype{spaces} id="{_TYPE}"{_SHAPE_TYPE}'.encode()
        new = b"".join((b"" if has_type else kind, *built))
        yield self._root.close, self._root.close, new

    def _declares_all(self) -> bool:
        root, _ = find_opening(self._data, "")
        declared = namespaces(root[0]) if root else {}
        return all(declared.get(prefix) == space for prefix, space in _SPACES.items())

    def _spot(self, shape: Element) -> Spot:
        """The cell of a note's box; (0, 0) for what is none."""
        client = find_child(self._data, shape, "ClientData")
        if client is None or shape.local != "shape":
            return 0, 0
        if attributes(self._data[client.start : client.inner]).get("ObjectType") != "Note":
            return 0, 0
        said = {
            each.local: text_of(self._data, each).strip()
            for each in children(self._data, client.inner, client.close)
            if each.local in ("Row", "Column")
        }
        column, row = said.get("Column", ""), said.get("Row", "")
        return (int(column) + 1, int(row) + 1) if column.isdecimal() and row.isdecimal() else (0, 0)


def _build(spot: Spot, note: NewNote, number: int, spaces: str) -> bytes:
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#{_TYPE}" style="position:absolute; '
        f"margin-left:59.25pt;margin-top:1.5pt;width:{note.width}px;height:{note.height}px;"
        'z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note">'
        "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{spot[1] - 1}</x:Row><x:Column>{spot[0] - 1}</x:Column>"
        "</x:ClientData></v:shape>"
    ).encode()


def _parses(data: bytes) -> bool:
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (ExpatError, ValueError):
        return False
    return True


def _refuse(*_: object) -> None:
    raise ValueError("no workbook has a DOCTYPE")
