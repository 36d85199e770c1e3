"""Parts in UTF-16 as UTF-8 and back: those that edit markup know it as bytes of ASCII."""

import codecs
from collections.abc import Callable
from typing import BinaryIO

from importer.sheets.ooxml.markup import CHUNK

_STARTS = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_PLAIN = ""
_ERRORS = "surrogatepass"

Write = Callable[[bytes], object]


class Source:
    """A part while it is read, in UTF-8 or in the encoding of its own that is like ASCII.

    encoding: what has to be written back by `encoded`; empty where it is the bytes themselves.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._start = stream.read(2)
        self.encoding = _STARTS.get(self._start, _PLAIN)
        self._decode = codecs.getincrementaldecoder(self.encoding or "utf-8")(_ERRORS).decode

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes; none at the end."""
        chunk, self._start = self._start + self._stream.read(size), b""
        if not self.encoding:
            return chunk
        return self._decode(chunk, not chunk).encode("utf-8", _ERRORS)

    def read_all(self) -> bytes:
        """All that is left."""
        pieces = []
        while chunk := self.read(CHUNK):
            pieces.append(chunk)
        return b"".join(pieces)


def encoded(write: Write, encoding: str) -> Write:
    """A way to write bytes of UTF-8 in the encoding of their part. Whole characters only."""
    if not encoding:
        return write
    return lambda data: write(encode(data, encoding))


def encode(data: bytes, encoding: str) -> bytes:
    """Bytes of UTF-8 in another encoding."""
    return data.decode("utf-8", _ERRORS).encode(encoding, _ERRORS) if encoding else data
