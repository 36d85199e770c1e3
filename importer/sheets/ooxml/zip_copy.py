"""Writes a zip anew: what is untouched is copied as it is packed, the rest is packed."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from zipfile import BadZipFile, ZipInfo

from importer.sheets.ooxml.encoding import Write
from importer.sheets.ooxml.markup import CHUNK

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LEVEL = 1
"""The quickest: a results workbook is written once and read a few times."""

_DEFLATED = 8
_IS_UTF8 = 0x800
_HAS_DESCRIPTOR = 0x8
_VERSION = 20

Render = Callable[[Write], None]


class Target(Protocol):
    """A file that a zip is written to."""

    def write(self, data: bytes, /) -> object:
        """Take all of these bytes."""

    def seek(self, offset: int, /) -> object:
        """Go on at that place."""

    def tell(self) -> int:
        """The place where it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What stands about a part in front of it and in the list at the end."""

    name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    offset: int
    attributes: int
    system: int


class ZipCopy:
    """A zip that is written part by part; at last comes `finish`. The file has to be seekable."""

    def __init__(self, file: Target) -> None:
        self._file = file
        self._entries: list[_Entry] = []

    def copy(self, source: BinaryIO, info: ZipInfo) -> None:
        """Take over a part without unpacking it. Raises BadZipFile."""
        flags = info.flag_bits & ~_HAS_DESCRIPTOR
        entry = self._entry(
            info, flags, info.compress_type, (info.CRC, info.compress_size, info.file_size)
        )
        self._start(entry)
        source.seek(_find_data(source, info))
        left = info.compress_size
        while left:
            chunk = source.read(min(left, CHUNK))
            if not chunk:
                raise BadZipFile(f"the part {info.filename} is cut off")
            self._file.write(chunk)
            left -= len(chunk)
        self._entries.append(entry)

    def write(self, info: ZipInfo, render: Render) -> None:
        """Pack what `render` writes; name and time are those of `info`."""
        flags = info.flag_bits & _IS_UTF8
        before = self._entry(info, flags, _DEFLATED, (0, 0, 0))
        self._start(before)
        packer = _Packer(self._file)
        render(packer.write)
        packer.finish()
        entry = self._entry(
            info, flags, _DEFLATED, (packer.crc, packer.packed, packer.size), before.offset
        )
        end = self._file.tell()
        self._file.seek(entry.offset)
        self._start(entry)
        self._file.seek(end)
        self._entries.append(entry)

    def finish(self) -> None:
        """Write the list of parts."""
        start = self._file.tell()
        for entry in self._entries:
            self._file.write(_central(entry))
        count, end = len(self._entries), self._file.tell()
        self._file.write(_END.pack(b"PK\5\6", 0, 0, count, count, end - start, start, 0))

    def _entry(
        self, info: ZipInfo, flags: int, method: int, sizes: tuple[int, int, int], offset: int = -1
    ) -> _Entry:
        year, month, day, hour, minute, second = info.date_time
        return _Entry(
            name=info.orig_filename.encode("utf-8" if flags & _IS_UTF8 else "cp437"),
            flags=flags,
            method=method,
            time=hour << 11 | minute << 5 | second // 2,
            date=max(year - 1980, 0) << 9 | month << 5 | day,
            crc=sizes[0],
            packed=sizes[1],
            size=sizes[2],
            offset=self._file.tell() if offset < 0 else offset,
            attributes=info.external_attr,
            system=info.create_system,
        )

    def _start(self, each: _Entry) -> None:
        head = (b"PK\3\4", _VERSION, each.flags, each.method, each.time, each.date)
        sizes = (each.crc, each.packed, each.size, len(each.name), 0)
        self._file.write(_LOCAL.pack(*head, *sizes) + each.name)


class _Packer:
    """Packs a part and counts."""

    def __init__(self, file: Target) -> None:
        self.crc = self.packed = self.size = 0
        self._file = file
        self._pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)

    def write(self, data: bytes) -> None:
        self.crc = zlib.crc32(data, self.crc)
        self.size += len(data)
        self._put(self._pack.compress(data))

    def finish(self) -> None:
        self._put(self._pack.flush())

    def _put(self, packed: bytes) -> None:
        self.packed += len(packed)
        self._file.write(packed)


def _find_data(source: BinaryIO, info: ZipInfo) -> int:
    """Where the packed bytes of a part start: its own header may say more than the list does."""
    source.seek(info.header_offset)
    head = source.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\3\4"):
        raise BadZipFile(f"the part {info.filename} is not where the list says")
    name, extra = _LOCAL.unpack(head)[-2:]
    return int(info.header_offset + _LOCAL.size + name + extra)


def _central(each: _Entry) -> bytes:
    made_by = each.system << 8 | _VERSION
    head = (b"PK\1\2", made_by, _VERSION, each.flags, each.method, each.time, each.date)
    sizes = (each.crc, each.packed, each.size, len(each.name), 0, 0, 0, 0)
    return _CENTRAL.pack(*head, *sizes, each.attributes, each.offset) + each.name
