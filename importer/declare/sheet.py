"""A sheet: columns, and the rules that hold between the cells of a row."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from importer.declare.column import Column
from importer.model.problem import ProblemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """A rule between cells of one row; it is asked only where all of them are filled in.

    The problem stands at the last of `headers`.
    """

    headers: tuple[str, ...]
    holds: Callable[..., bool]
    kind: ProblemKind
    expected: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook. `about` says in a sentence what a row of it is.

    made_for: name and id of the definition that a template's sheet was made for; empty for most.
    stands_for: the declared sheet in whose place a template has this one, where it has several.
    unique: headers whose values together occur once on the sheet, regardless of case.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rules: tuple[RowRule, ...] = ()
    unique: tuple[str, ...] = ()
    made_for: tuple[str, str] = ("", "")
    stands_for: str = ""

    def column(self, header: str) -> Column:
        """The column of that header; KeyError where the sheet does not declare it."""
        for column in self.columns:
            if column.header == header:
                return column
        raise KeyError(f"{self.name} has no column {header}")

    def without_limits(self) -> "Sheet":
        """The sheet without what pandera checks: proof that nobody else checks it."""
        freed = tuple(
            replace(
                column,
                required=False,
                choices=(),
                at_least=None,
                at_most=None,
                longest=None,
                pattern="",
                not_in_future=False,
            )
            for column in self.columns
        )
        return replace(self, columns=freed, rules=(), unique=())
