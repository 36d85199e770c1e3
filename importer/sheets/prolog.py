"""The start of an XML part: what stands before its first element."""

from xml.parsers.expat import ExpatError, ParserCreate

from importer.model.problem import quoted

_XML_ENDINGS = (".xml", ".rels", ".vml")


class _Doctype(Exception):
    """A document type definition starts."""


class _FirstElement(Exception):
    """The first element is reached; no DOCTYPE can follow."""


class Prolog:
    """Reads a part up to its first element, in whatever encoding, and no further.

    A DOCTYPE may define text that swells without end; a workbook never has one.
    """

    def __init__(self, part: str) -> None:
        self._part = part
        self._parser = ParserCreate()
        self._parser.StartDoctypeDeclHandler = _meet_doctype
        self._parser.StartElementHandler = _meet_element
        self._is_open = part.lower().endswith(_XML_ENDINGS)

    def read(self, chunk: bytes) -> str:
        """Take the next bytes of the part; answers with what is wrong, mostly nothing."""
        if not self._is_open:
            return ""
        try:
            self._parser.Parse(chunk, False)
        except _FirstElement:
            self._is_open = False
        except _Doctype:
            return f"a part {quoted(self._part)} with a DOCTYPE, which no workbook has"
        except (ExpatError, LookupError, ValueError) as error:
            return f"a part {quoted(self._part)} that is no XML ({error})"
        return ""


def _meet_doctype(*_: object) -> None:
    raise _Doctype


def _meet_element(*_: object) -> None:
    raise _FirstElement
