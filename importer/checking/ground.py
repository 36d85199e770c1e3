"""What a cell is read on, and what reading it gives."""

from dataclasses import dataclass

from importer.declare.column import Column
from importer.model.manner import PLAIN, Manner
from importer.model.place import Place
from importer.model.problem import Problem, ProblemKind
from importer.model.record import Value

Parsed = tuple[Value | None, tuple[Problem, ...]]
"""The value, None where there is none to take, and the problems found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a cell is read on.

    zone: that (IANA) of moments which name none. manner: how dates and numbers are written here.
    """

    column: Column
    place: Place
    zone: str = "UTC"
    manner: Manner = PLAIN

    def refuse(
        self, kind: ProblemKind, *, found: str, expected: str = "", remedy: str = ""
    ) -> Parsed:
        """No value, and the problem why."""
        return None, (kind.at(self.place, found=found, expected=expected, remedy=remedy),)
