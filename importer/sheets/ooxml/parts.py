"""The parts of a package and how they are found: by relations, never by their usual names."""

import posixpath
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from importer.model.problem import quoted
from importer.sheets.ooxml.markup import Attributes, PartDamaged, read_elements

_ROOT = ""
_BROKEN = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What a zip that does not hold together raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a part has to do with another: `kind` is the last word of the relation's type."""

    id: str
    kind: str
    target: str
    is_external: bool = False


class Parts:
    """The parts of a package by name, as they are compared: without case, `/` and `\\` alike.

    A context manager. Raises PartDamaged for what is missing or cannot be unpacked.
    """

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = ZipFile(file)
        except _BROKEN as error:
            raise PartDamaged(f"a broken package ({error})") from error
        self._entries = {_fold(each.filename): each for each in self._zip.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def entries(self) -> tuple[ZipInfo, ...]:
        """The entries in the order of the file."""
        return tuple(self._zip.infolist())

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return _fold(part) in self._entries

    def true_name(self, part: str) -> str:
        """The name of a part as the file spells it; as it is for one that is not there."""
        entry = self._entries.get(_fold(part))
        return part if entry is None else entry.filename

    @contextmanager
    def open(self, part: str) -> Iterator[BinaryIO]:
        """The bytes of a part, unpacked while they are read."""
        entry = self._entries.get(_fold(part))
        if entry is None:
            raise PartDamaged(f"no part {quoted(part)}, which another one names")
        try:
            with self._zip.open(entry) as stream:
                yield stream  # type: ignore[misc]  # ZipExtFile is a binary stream in all but name
        except _BROKEN as error:
            raise PartDamaged(f"a part {quoted(part)} that cannot be unpacked ({error})") from error

    def relations(self, part: str = _ROOT) -> Mapping[str, Relation]:
        """The relations of a part by id; of the package where no part is named."""
        folder, source = posixpath.dirname(part), name_relations(part)
        if not self.has(source):
            return {}
        found: dict[str, Relation] = {}

        def meet(element: str, values: Attributes) -> None:
            if element == "Relationship":
                is_external = values.get("TargetMode") == "External"
                target = values.get("Target", "")
                found[values.get("Id", "")] = Relation(
                    id=values.get("Id", ""),
                    kind=values.get("Type", "").rpartition("/")[2],
                    target=target if is_external else self._find(_resolve(folder, target)),
                    is_external=is_external,
                )

        with self.open(source) as stream:
            read_elements(stream, source, meet)
        return found

    def _find(self, name: str) -> str:
        """The part that a target names: as it is written, or with what `%20` and the like say."""
        plain = unquote(name)
        return plain if not self.has(name) and self.has(plain) else name


def name_relations(part: str) -> str:
    """The name of the part in which the relations of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def find_by_kind(relations: Mapping[str, Relation], kind: str) -> str:
    """The first part that is related in that way; empty where none is."""
    fitting = (each for each in relations.values() if each.kind == kind and not each.is_external)
    return next((each.target for each in fitting), "")


def _resolve(folder: str, target: str) -> str:
    """The name of the part that a relation leads to: from its folder, or from the root."""
    plain = target.replace("\\", "/").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", folder, plain)).lstrip("/")


def _fold(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()
