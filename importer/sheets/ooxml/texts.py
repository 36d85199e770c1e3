"""Texts of a workbook: those that many cells share, and how characters are spelled in them."""

import re
import unicodedata
from typing import BinaryIO

from importer.model.problem import quoted
from importer.sheets.gate.limits import Limits
from importer.sheets.ooxml.markup import PartDamaged, TooMuch, feed, local, open_parser

_SPELLED = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML or the format cannot hold; an underscore that would begin one is, too."""


def spell_out(text: str) -> str:
    """The text as a spreadsheet program shows it: `_x000D_` is a carriage return."""
    if "_x" not in text:
        return text
    return _SPELLED.sub(lambda found: _character(found[0], int(found[1], 16)), text)


def _character(spelled: str, code: int) -> str:
    """Half of a pair is no character; it stays as it is spelled."""
    return spelled if unicodedata.category(chr(code)) == "Cs" else chr(code)


def read_shared_strings(stream: BinaryIO, part: str, limits: Limits) -> list[str]:
    """The texts that cells name by their number. Raises PartDamaged and TooMuch.

    Rich text counts without its looks, and without the reading aids of East Asian scripts.
    """
    reader = _Reader(limits)
    for _ in feed(reader.parser, stream, part):
        reader.check()
    return reader.finish()


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._texts: list[str] = []
        self._pieces: list[str] | None = None
        self._size = 0
        self._is_aid = False
        self._space = ""
        self.parser = open_parser()
        self.parser.StartElementHandler = self._start_root

    def check(self) -> None:
        """Raises TooMuch where the texts are more than a workbook may hold."""
        if len(self._texts) > self._limits.cells or self._size > self._limits.characters:
            raise TooMuch.of_texts(self._limits)

    def finish(self) -> list[str]:
        self._end_text()
        self.check()
        return self._texts

    def _start_root(self, name: str, _: object) -> None:
        """The namespace of the root, transitional or strict, is that of all that counts."""
        self._space = name.removesuffix(local(name))
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, _: object) -> None:
        if not name.startswith(self._space):
            return
        match name[len(self._space) :]:
            case "t":
                if not self._is_aid:
                    self.parser.CharacterDataHandler = self._take
                    self.parser.EndElementHandler = self._end
            case "si":
                self._end_text()
                self._pieces, self._is_aid = [], False
            case "rPh":
                self._is_aid = True
                self.parser.EndElementHandler = self._end_aid

    def _take(self, piece: str) -> None:
        if self._pieces is not None:
            self._pieces.append(piece)
            self._size += piece.__sizeof__()
            if self._size > self._limits.characters:
                raise TooMuch.of_texts(self._limits)

    def _end(self, _: str) -> None:
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None

    def _end_aid(self, name: str) -> None:
        """An aid may have runs of its own, as the text does."""
        if name == f"{self._space}rPh":
            self._is_aid = False
            self.parser.EndElementHandler = None

    def _end_text(self) -> None:
        if self._pieces is not None:
            self._texts.append(spell_out("".join(self._pieces)))


def find_shared(texts: list[str], index: str) -> str:
    """The text of that number. Raises PartDamaged where there is none."""
    try:
        number = int(index)
        if number < 0:
            raise IndexError
        return texts[number]
    except (ValueError, IndexError) as error:
        raise PartDamaged(
            f"a cell that names the text {quoted(index)} of a list of {len(texts):,}"
        ) from error
