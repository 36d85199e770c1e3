"""How much of a file is opened and read."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what a file may unpack to, and on what is read of it.

    entries: parts of the file. part_bytes, total_bytes: unpacked.
    ratio: unpacked to packed bytes of a part, asked only of parts above `ratio_from` bytes, as
        small parts of plain repetition pack well without harm.
    cells: filled ones, on all sheets together. characters: of all texts together.
    reader_bytes, reader_seconds: memory and time of the process that reads .xls, .xlsb and .ods.
    """

    entries: int = 2_000
    part_bytes: int = 400 * MEGABYTE
    total_bytes: int = 800 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 10 * MEGABYTE
    cells: int = 5_000_000
    characters: int = 200_000_000
    reader_bytes: int = 500 * MEGABYTE
    reader_seconds: int = 30


LIMITS = Limits()
