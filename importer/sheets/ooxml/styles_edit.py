"""The style table: looks are added at its ends, so that no number in the file changes."""

import re
from collections.abc import Callable, Iterator
from typing import Self

from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.ooxml.tags import (
    add_prefix,
    attributes,
    children,
    open_tag,
    prefix_of,
    set_attribute,
    splice,
)

_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
_PARTS_OF_LOOK = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
_FIRST_OWN_FORMAT = 164
"""Below it lie number formats that every program knows."""


class _Section:
    """A list of the table: its elements as they are, and those that are added."""

    def __init__(self, data: bytes, start: int, inner: int, close: int, end: int) -> None:
        self.start, self.inner, self.close, self.end = start, inner, close, end
        found = children(data, inner, close) if close > inner else ()
        self.items = [data[each.start : each.end] for each in found]
        self.added: list[bytes] = []
        self.numbers = {item: number for number, item in reversed(list(enumerate(self.items)))}

    def intern(self, item: bytes) -> int:
        """The number of an item: of one like it, or of a new one."""
        if item not in self.numbers:
            self.numbers[item] = len(self.items) + len(self.added)
            self.added.append(item)
        return self.numbers[item]


class StyleTable:
    """A styles part that looks are added to. Raises PartDamaged where it is none."""

    def __init__(self, data: bytes) -> None:
        root = next(children(data), None)
        if root is None or root.local != "styleSheet":
            raise PartDamaged("a part without styles in the place of the styles")
        if root.end == root.close:
            tag = open_tag(data[root.start : root.inner]) + b"</" + root.name + b">"
            data = data[: root.start] + tag + data[root.end :]
            root = next(children(data))
        self._data, self._root = data, root
        self._prefix = prefix_of(root.name)
        self._sections = {
            each.local: _Section(data, each.start, each.inner, each.close, each.end)
            for each in children(data, root.inner, root.close)
        }

    def adopt_look(self, other: Self, number: int) -> int:
        """Add a cell's look from another table, and answer with its number in this one."""
        look = other.items("cellXfs")[number]
        tag = look[: look.find(b">") + 1]
        given = attributes(tag)
        if int(given.get("numFmtId", "0")) >= _FIRST_OWN_FORMAT:
            raise ValueError("our own looks have number formats that every program knows")
        adopted = set_attribute(tag, b"xfId", "0")
        for name, section in _PARTS_OF_LOOK:
            item = other.items(section)[int(given.get(name, "0"))]
            adopted = set_attribute(adopted, name.encode(), str(self._add(other, section, item)))
        for section in ("cellStyleXfs", "cellStyles"):
            if not self.items(section):
                self._add(other, section, other.items(section)[0])
        return self._add(other, "cellXfs", adopted + look[len(tag) :])

    def adopt_mark(self, other: Self, number: int) -> int:
        """The same for a look that a conditional format gives."""
        return self._add(other, "dxfs", other.items("dxfs")[number])

    def items(self, section: str) -> list[bytes]:
        """The elements of a list as they are."""
        found = self._sections.get(section)
        return found.items if found else []

    def render(self) -> bytes:
        """The part with what was added to it."""
        return splice(self._data, self._changes())

    def _add(self, other: Self, section: str, item: bytes) -> int:
        if section not in self._sections:
            self._sections[section] = _Section(b"", -1, 0, 0, 0)
        place = self._sections[section]
        if not place.items and not place.added and section != "dxfs":
            # The first ones are what cells without a look have.
            for first in other.items(section)[: 2 if section == "fills" else 1]:
                place.intern(add_prefix(first, self._prefix))
        return place.intern(add_prefix(item, self._prefix))

    def _changes(self) -> Iterator[tuple[int, int, bytes]]:
        for name in _ORDER:
            section = self._sections.get(name)
            if section is None or not section.added:
                continue
            new, count = b"".join(section.added), str(len(section.items) + len(section.added))
            qualified = self._prefix + name.encode()
            if section.start < 0:
                tag = set_attribute(b"<" + qualified + b">", b"count", count)
                at = self._place(name)
                yield at, at, tag + new + b"</" + qualified + b">"
                continue
            tag = set_attribute(self._data[section.start : section.inner], b"count", count)
            yield section.start, section.inner, open_tag(tag)
            closing = b"" if section.end > section.close else b"</" + qualified + b">"
            yield section.close, section.close, new + closing

    def _place(self, name: str) -> int:
        """Where a list has to stand: before the first one that comes behind it."""
        later = _ORDER[_ORDER.index(name) + 1 :]
        starts = [each.start for key, each in self._sections.items() if key in later]
        return min((each for each in starts if each >= 0), default=self._root.close)


def renumber(data: bytes, number_of: Callable[[int], int]) -> bytes:
    """A sheet's markup with other numbers of looks, of cells, rows and columns."""

    def change(match: re.Match[bytes]) -> bytes:
        tag = match[0]
        name = b"style" if match[1] == b"col" else b"s"
        number = attributes(tag).get(name.decode())
        return tag if number is None else set_attribute(tag, name, str(number_of(int(number))))

    return re.sub(rb"<(c|row|col)(?=[\s/>])[^>]*>", change, data)
