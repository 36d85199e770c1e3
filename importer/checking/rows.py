"""Rows by their numbers, as a message names them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from importer.model.record import Line

_NAMED = 5


def name_rows(rows: Sequence[int], *, but: int = 0) -> str:
    """`row 3`, `rows 3, 4`; of many rows the first five. `but` is the row that speaks."""
    some = [row for row in rows[: _NAMED + 1] if row != but][:_NAMED]
    more = len(rows) - (1 if but else 0) - len(some)
    numbers = ", ".join(str(row) for row in some) + (f" and {more} more" if more else "")
    return f"row {numbers}" if len(some) == 1 else f"rows {numbers}"


def name_lines(lines: Iterable[Line]) -> str:
    """`Datapoints rows 3, 4 and Entries row 2`."""
    rows: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        rows[line.title].append(line.row)
    return " and ".join(f"{title} {name_rows(numbers)}" for title, numbers in rows.items())
