"""Ranges: many cells said in few words."""

from collections.abc import Iterable, Iterator, Sequence

from importer.model.place import column_letters

Spot = tuple[int, int]
"""Column, then row: cells of one column stand together when sorted."""


def compact(spots: Iterable[Spot]) -> list[str]:
    """The cells as ranges down their columns: `C5:C90`, `D7`."""
    return [_name(column, first, last) for column, first, last in _runs(sorted(set(spots)))]


def _runs(spots: Sequence[Spot]) -> Iterator[tuple[int, int, int]]:
    start = 0
    for index, (column, row) in enumerate(spots):
        if index + 1 == len(spots) or spots[index + 1] != (column, row + 1):
            yield column, spots[start][1], row
            start = index + 1


def _name(column: int, first: int, last: int) -> str:
    letters = column_letters(column)
    return f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}"
