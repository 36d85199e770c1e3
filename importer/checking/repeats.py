"""What is there twice on different sheets that mean the same kind of row.

Within one sheet it is pandera that finds repeats; its frame knows rows by their numbers alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from importer.checking.rows import name_lines
from importer.checking.schema import fold
from importer.declare.sheet import Sheet
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Line

_SEVERAL = 2


def find_repeats_across(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Problem]:
    """Rows that are alike in what has to be unique, and stand on several sheets of the file."""
    if len({line.title for line in lines}) < _SEVERAL:
        return
    alike: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in lines:
        values = [line.text(header) for header in sheet.unique]
        if values and all(values):
            alike[fold(values)].append(line)
    for repeated in alike.values():
        if len({line.title for line in repeated}) > 1:
            yield from (_repeat(sheet, line, repeated) for line in repeated)


def _repeat(sheet: Sheet, line: Line, repeated: Iterable[Line]) -> Problem:
    values = [line.text(header) for header in sheet.unique]
    kind = kinds.KEY_TWICE if len(values) == 1 else kinds.KEY_DETAIL_TWICE
    others = [each for each in repeated if each.title != line.title]
    return kind.at(
        line.place(sheet.unique[-1]),
        found=f"{quoted(', '.join(values))}, also on {name_lines(others)}",
    )
