"""A few of the texts that cells share, without keeping the others."""

from collections.abc import Collection, Mapping

from importer.sheets.ooxml.markup import Attributes, feed, local, open_parser
from importer.sheets.ooxml.parts import Parts


def find_texts(parts: Parts, part: str, wanted: Collection[int]) -> Mapping[int, str]:
    """The shared texts of these numbers; the part is read as far as they stand in it.

    Raises PartDamaged.
    """
    last = max(wanted, default=-1)
    if last < 0 or not part:
        return {}
    reader = _Reader(frozenset(wanted))
    with parts.open(part) as stream:
        for _ in feed(reader.parser, stream, part):
            if reader.number > last:
                break
    return {number: "".join(pieces) for number, pieces in reader.found.items()}


class _Reader:
    def __init__(self, wanted: Collection[int]) -> None:
        self.number, self.found = -1, dict[int, list[str]]()
        self._wanted = wanted
        self._takes = False
        self.parser = open_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._take
        self._is_aid = False

    def _start(self, name: str, _: Attributes) -> None:
        match local(name):
            case "si":
                self.number += 1
                if self.number in self._wanted:
                    self.found[self.number] = []
            case "rPh":
                self._is_aid = True
            case "t":
                self._takes = self.number in self._wanted and not self._is_aid

    def _end(self, name: str) -> None:
        if local(name) == "rPh":
            self._is_aid = False
        self._takes = False

    def _take(self, piece: str) -> None:
        if self._takes:
            self.found[self.number].append(piece)
