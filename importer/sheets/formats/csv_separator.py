"""What separates the values of a text file: by evidence, never by guess."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass

from importer.sheets.names import fold
from importer.sheets.reading.header_row import SEARCHED_ROWS

SEPARATORS = (",", ";", "\t")
_DECLARED = "sep="
Record = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """How a text file is parted.

    is_declared: its first line names the separator, and is no row.
    header_row, width: where the known header stands, and how many columns it has; 0: not known.
    """

    separator: str
    is_declared: bool = False
    header_row: int = 0
    width: int = 0


def split_records(lines: Iterable[str], separator: str) -> Iterator[Record]:
    """The records of a text, each a row however many lines it has. Raises csv.Error."""
    return csv.reader(lines, delimiter=separator, strict=True)


def find_separation(lines: Sequence[str], headers: Set[str]) -> Separation | None:
    """What separates these lines, the first of a file; None where that cannot be told.

    headers: the folded headers of all sheets that may be meant.
    """
    declared = _read_declared(lines[0]) if lines else ""
    if declared:
        return _measure(_sample(lines[1:], declared), declared, headers, is_declared=True)
    samples = {each: _sample(lines, each) for each in SEPARATORS}
    found = _choose(samples, headers)
    return None if found is None else _measure(samples[found], found, headers)


def _read_declared(line: str) -> str:
    """The separator of a line such as `sep=;`, which Excel reads and does not show."""
    plain = line.strip("\r\n").strip('"')
    sign = plain.removeprefix(_DECLARED)
    return sign if sign != plain and len(sign) == 1 and not sign.isalnum() else ""


def _choose(samples: Mapping[str, Sequence[Record]], headers: Set[str]) -> str | None:
    parting = [each for each in samples if any(len(record) > 1 for record in samples[each])]
    if not parting:
        return SEPARATORS[0]
    known = {each: _count_known(samples[each], headers)[0] for each in parting}
    fitting = [each for each in parting if known[each] == max(known.values())]
    if len(fitting) > 1:
        fitting = [each for each in fitting if _is_even(samples[each])]
    return fitting[0] if len(fitting) == 1 else None


def _sample(lines: Sequence[str], separator: str) -> Sequence[Record]:
    """The records, up to one that this separator makes no sense of."""
    records: list[Record] = []
    with suppress(csv.Error):
        records.extend(split_records(lines, separator))
    return records


def _count_known(records: Sequence[Record], headers: Set[str]) -> tuple[int, int]:
    """The most known headers in one of the first rows, and the number of that row."""
    counts = [
        (len({fold(text) for text in record} & headers), -number)
        for number, record in enumerate(records[:SEARCHED_ROWS], 1)
    ]
    most, number = max(counts, default=(0, 0))
    return most, -number


def _is_even(records: Sequence[Record]) -> bool:
    """Whether all records have as many values, and more than one."""
    widths = {len(record) for record in records if record}
    return len(widths) == 1 and widths != {1}


def _measure(
    records: Sequence[Record], separator: str, headers: Set[str], *, is_declared: bool = False
) -> Separation:
    known, row = _count_known(records, headers)
    if not known:
        return Separation(separator=separator, is_declared=is_declared)
    width = max(number for number, text in enumerate(records[row - 1], 1) if text.strip())
    return Separation(separator=separator, is_declared=is_declared, header_row=row, width=width)
