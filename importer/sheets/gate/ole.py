"""The container of old Office files ([MS-CFB]): whether all of it is there.

Readers pass over what a broken download lacks, and rows would be missing without a word.
"""

import struct

from importer.sheets.gate.kinship import Bytes

_HEADER = 512
_FIRST_LISTED = 76
_LISTED = 109
_LAST_REAL = 0xFFFFFFFA
_FREE = 0xFFFFFFFF
_SHIFTS = (9, 12)
_NUMBER = 4


def is_whole(content: Bytes) -> bool:
    """Whether every sector that the container's table says is used lies within the file."""
    if len(content) < _HEADER:
        return False
    shift: int
    (shift,) = struct.unpack_from("<H", content, 30)
    if shift not in _SHIFTS:
        return False
    size = 1 << shift
    present = (len(content) + size - 1) // size - 1
    last: int = -1
    for at, table in enumerate(_find_tables(content, size)):
        start = (table + 1) * size
        entries = struct.iter_unpack("<L", content[start : start + size])
        used = [number for number, (entry,) in enumerate(entries) if entry != _FREE]
        if len(content) < start + size:
            return False
        last = max(last, at * (size // _NUMBER) + used[-1] if used else -1)
    return 0 <= last < present


def _find_tables(content: Bytes, size: int) -> list[int]:
    """The sectors that hold the table of sectors: some listed at the start, the rest in a chain."""
    (count,), (further,) = (struct.unpack_from("<L", content, at) for at in (44, 68))
    listed = list(struct.unpack_from(f"<{_LISTED}L", content, _FIRST_LISTED))
    # A chain that bites its tail would have no end; no table has more sectors than the file.
    for _ in range(len(content) // size):
        start = (further + 1) * size
        if further >= _LAST_REAL or start + size > len(content):
            break
        *numbers, further = struct.unpack_from(f"<{size // _NUMBER}L", content, start)
        listed += numbers
    return [each for each in listed if each < _LAST_REAL][:count]
