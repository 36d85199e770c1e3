"""The notes of a sheet: ours are added where a cell has none, and taken off again."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from importer.model.place import column_letters
from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.ooxml.row_cells import read_string
from importer.sheets.ooxml.sheet_survey import read_block
from importer.sheets.ooxml.tags import (
    Element,
    attributes,
    children,
    escape_cell,
    find_child,
    open_tag,
    prefix_of,
    splice,
    text_of,
)

Spot = tuple[int, int]
"""Column, then row."""

_NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """A note's text, and the size of its box in pixels."""

    text: str
    width: int
    height: int


def build_comments(namespace: str) -> bytes:
    """A part without any note."""
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<comments xmlns="' + namespace.encode() + b'"><authors/><commentList/></comments>'
    )


class NotesEdit:
    """A comments part that notes are taken off and added to. Raises PartDamaged.

    gone: the cells whose notes go. taken: those that keep one.
    """

    def __init__(self, data: bytes, is_ours: Callable[[str], bool]) -> None:
        self._data = data
        root = next(children(data), None)
        if root is None or root.local != "comments":
            raise PartDamaged("a part without notes in the place of the notes")
        self._prefix = prefix_of(root.name)
        self._authors = find_child(data, root, "authors")
        self._list = find_child(data, root, "commentList")
        if self._authors is None or self._list is None:
            raise PartDamaged("a part of notes without authors or notes")
        self._ours: list[Element] = []
        gone, taken = set[Spot](), set[Spot]()
        for each in children(data, self._list.inner, self._list.close):
            spot = _spot(data, each)
            if is_ours(_text(data, each)):
                self._ours.append(each)
                gone.add(spot)
            else:
                taken.add(spot)
        self.gone: Collection[Spot] = gone - taken - {_NOWHERE}
        self.taken: Collection[Spot] = taken

    def render(self, notes: Mapping[Spot, NewNote], author: str) -> bytes:
        """The part with these notes in the place of ours."""
        return splice(self._data, self._changes(notes, author))

    def _changes(
        self, notes: Mapping[Spot, NewNote], author: str
    ) -> Iterator[tuple[int, int, bytes]]:
        if self._authors is None or self._list is None:
            return
        for each in self._ours:
            yield each.start, each.end, b""
        if not notes:
            return
        found = list(children(self._data, self._authors.inner, self._authors.close))
        names = [text_of(self._data, each) for each in found]
        number = names.index(author) if author in names else len(names)
        if author not in names:
            name = b"<%bauthor>%b</%bauthor>" % (self._prefix, escape_cell(author), self._prefix)
            yield from _append(self._data, self._authors, name)
        built = (self._build(spot, note, number) for spot, note in notes.items())
        yield from _append(self._data, self._list, b"".join(built))

    def _build(self, spot: Spot, note: NewNote, author: int) -> bytes:
        name = f"{column_letters(spot[0])}{spot[1]}".encode()
        return (
            b'<%bcomment ref="%b" authorId="%d"><%btext><%bt xml:space="preserve">%b</%bt>'
            b"</%btext></%bcomment>"
        ) % (
            *(self._prefix, name, author, self._prefix, self._prefix, escape_cell(note.text)),
            *(self._prefix, self._prefix, self._prefix),
        )


def _append(data: bytes, parent: Element, new: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Put something at the end of an element, which may have been without content."""
    if parent.end > parent.close:
        yield parent.close, parent.close, new
    else:
        tag = open_tag(data[parent.start : parent.inner])
        yield parent.start, parent.end, tag + new + b"</" + parent.name + b">"


def _spot(data: bytes, comment: Element) -> Spot:
    block = read_block(attributes(data[comment.start : comment.inner]).get("ref", ""))
    return block[:2] if block else _NOWHERE


def _text(data: bytes, comment: Element) -> str:
    text = find_child(data, comment, "text")
    return read_string(data, text) if text else ""
