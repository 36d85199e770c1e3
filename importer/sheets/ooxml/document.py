"""A small part that is edited in memory."""

from collections.abc import Iterable, Mapping

from importer.sheets.ooxml.markup import PartDamaged
from importer.sheets.ooxml.tags import (
    Element,
    children,
    open_tag,
    prefix_of,
    set_attribute,
    splice,
)


class Document:
    """The bytes of a part, in UTF-8 until they are written in `encoding`."""

    def __init__(self, data: bytes, encoding: str = "") -> None:
        self.data = data
        self.encoding = encoding
        self._before = data

    @property
    def is_changed(self) -> bool:
        """Whether anything in it is not as it was."""
        return self.data != self._before

    @property
    def root(self) -> Element:
        """Its one element. Raises PartDamaged."""
        root = next(children(self.data), None)
        if root is None:
            raise PartDamaged("a part without any element")
        return root

    @property
    def tops(self) -> list[Element]:
        """The elements of the first level."""
        root = self.root
        return list(children(self.data, root.inner, root.close))

    def tag(self, element: Element) -> bytes:
        """The tag that opens an element."""
        return self.data[element.start : element.inner]

    def replace(self, changes: Iterable[tuple[int, int, bytes]]) -> None:
        """Put other bytes in the place of some."""
        self.data = splice(self.data, iter(changes))

    def append(self, local: str, values: Mapping[str, str]) -> None:
        """Add an element at the end of the root."""
        root = self.root
        tag = b"<" + prefix_of(root.name) + local.encode() + b"/>"
        for name, value in values.items():
            tag = set_attribute(tag, name.encode(), value)
        if root.end > root.close:
            self.replace([(root.close, root.close, tag)])
        else:
            whole = open_tag(self.tag(root)) + tag + b"</" + root.name + b">"
            self.replace([(root.start, root.end, whole)])
