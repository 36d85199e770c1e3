"""What a cell is read on, and what reading it gives."""

from dataclasses import dataclass
from datetime import date, datetime

from importer.checking.numbers import shortest
from importer.declare.column import Column
from importer.model.place import Place
from importer.model.problem import Problem, ProblemKind, quoted
from importer.model.record import Value
from importer.model.table import Cell

Parsed = tuple[Value | None, tuple[Problem, ...]]

"""The value, None where there is none to take, and the problems found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a cell is read on: its column, its place, and the zone of moments that name none."""

    column: Column
    place: Place
    zone: str = "UTC"

    def refuse(
        self, kind: ProblemKind, *, found: str, expected: str = "", remedy: str = ""
    ) -> Parsed:
        """No value, and the problem why."""
        return None, (kind.at(self.place, found=found, expected=expected, remedy=remedy),)


def shown(cell: Cell) -> str:
    """What a cell holds, as it is put into a message."""
    match cell.value:
        case bool():
            return "TRUE" if cell.value else "FALSE"
        case datetime():
            return f"the date {cell.value:%Y-%m-%d %H:%M}"
        case date():
            return f"the date {cell.value.isoformat()}"
        case int() | float():
            return f"the number {shortest(float(cell.value))}"
        case _:
            return quoted(cell.value)
