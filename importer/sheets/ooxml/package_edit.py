"""A package whose parts are replaced, added and removed while all others stay as they are."""

import posixpath
from itertools import chain, count
from typing import BinaryIO
from zipfile import ZipInfo

from importer.sheets.ooxml.dialect import TRANSITIONAL
from importer.sheets.ooxml.document import Document
from importer.sheets.ooxml.encoding import Source, Write, encode
from importer.sheets.ooxml.parts import Parts, name_relations
from importer.sheets.ooxml.tags import Element, attributes
from importer.sheets.ooxml.zip_copy import Render, Target, ZipCopy

_TYPES = "[Content_Types].xml"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time of parts that are new: a zip knows no earlier one."""


class PackageEdit:
    """Collects what is to be changed in a package, and writes it. Raises PartDamaged."""

    def __init__(self, file: BinaryIO) -> None:
        self.parts = Parts(file)
        self.dialect = TRANSITIONAL
        self._file = file
        self._documents: dict[str, Document] = {}
        self._renders: dict[str, Render] = {}
        self._removed: set[str] = set()
        self._types = self.document(_TYPES)

    def document(self, part: str) -> Document:
        """A part to be edited in memory; where it is changed, it is written so."""
        name = self.parts.true_name(part)
        if name not in self._documents:
            with self.parts.open(name) as stream:
                source = Source(stream)
                self._documents[name] = Document(source.read_all(), source.encoding)
        return self._documents[name]

    def render(self, part: str, render: Render) -> None:
        """Have a part written by that."""
        self._renders[self.parts.true_name(part)] = render

    def is_rendered(self, part: str) -> bool:
        """Whether a part is written by something already."""
        return self.parts.true_name(part) in self._renders

    def replace(self, part: str, content: bytes) -> None:
        """Put something else into a part, or add it."""
        self.render(part, lambda write: _write_all(write, content))

    def add(self, pattern: str, content_type: str, *, first: str = "1") -> str:
        """Find a name for a new part, `{}` standing for a number, and say what it holds.

        What is in it is still to be told: as a `document`, by `replace` or by `render`.
        """
        names = (pattern.format(number) for number in chain((first,), count(2)))
        name = next(n for n in names if not self.parts.has(n) and n not in self._documents)
        self._documents[name] = Document(b"")
        self.retype(name, content_type)
        return name

    def remove(self, part: str) -> None:
        """Take a part away, with what is said about its content and its relations."""
        self._removed |= {part.casefold(), name_relations(part).casefold()}
        self._types.replace(
            (each.start, each.end, b"") for each in self._types.tops if self._is_of(each, part)
        )

    def drop_relations(self, part: str) -> None:
        """Take all relations of a part away: it is going to hold something else."""
        self._removed.add(name_relations(part).casefold())

    def retype(self, part: str, content_type: str) -> None:
        """Say what a part holds, unless that is said already."""
        if self.type_of(part) == content_type:
            return
        self._types.replace(
            (each.start, each.end, b"") for each in self._types.tops if self._is_of(each, part)
        )
        if part.endswith(".vml") and not self.type_of(part):
            says = {"Extension": "vml", "ContentType": content_type}
            self._types.append("Default", says)
        else:
            says = {"PartName": f"/{part}", "ContentType": content_type}
            self._types.append("Override", says)

    def type_of(self, part: str) -> str:
        """What is said about the content of a part; empty where nothing is."""
        ending = part.rpartition(".")[2].casefold()
        default = ""
        for each in self._types.tops:
            given = attributes(self._types.tag(each))
            if self._is_of(each, part):
                return given.get("ContentType", "")
            if given.get("Extension", "").casefold() == ending:
                default = given.get("ContentType", "")
        return default

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate a part to another one, and answer with the id of that."""
        document = self._relations(source)
        ids = {attributes(document.tag(each)).get("Id", "") for each in document.tops}
        number = 1
        while f"rId{number}" in ids:
            number += 1
        kind = f"{self.dialect.relations}/{kind}"
        says = {"Id": f"rId{number}", "Type": kind, "Target": f"/{target}"}
        document.append("Relationship", says)
        return f"rId{number}"

    def unrelate(self, source: str, relation: str) -> None:
        """Take a relation away."""
        document = self._relations(source)
        document.replace(
            (each.start, each.end, b"")
            for each in document.tops
            if attributes(document.tag(each)).get("Id") == relation
        )

    def write(self, file: Target) -> None:
        """Write the package: parts in their order, new ones behind them."""
        copy, waiting = ZipCopy(file), dict(self._renders)
        for name, document in self._documents.items():
            if document.is_changed:
                waiting.setdefault(name, _render_document(document))
        for info in self.parts.entries:
            render = waiting.pop(info.filename, None)
            if info.filename.casefold() in self._removed:
                continue
            if render is None:
                copy.copy(self._file, info)
            else:
                copy.write(info, render)
        for name, render in waiting.items():
            info = ZipInfo(name, _BEGINNING)
            copy.write(info, render)
        copy.finish()

    def _relations(self, source: str) -> Document:
        name = name_relations(source)
        if name not in self._documents and not self.parts.has(name):
            self._documents[name] = Document(_NO_RELATIONS)
        return self.document(name)

    def _is_of(self, element: Element, part: str) -> bool:
        named = attributes(self._types.tag(element)).get("PartName", "")
        return bool(named) and posixpath.normpath(named).lstrip("/").casefold() == part.casefold()


def _render_document(document: Document) -> Render:
    return lambda write: _write_all(write, encode(document.data, document.encoding))


def _write_all(write: Write, content: bytes) -> None:
    write(content)
