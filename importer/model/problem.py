"""A problem: something in the user's workbook that the user can mend."""

from dataclasses import dataclass
from enum import StrEnum

from importer.model.place import Place


class Severity(StrEnum):
    """An error keeps its row, or its sheet, out; a warning lets it in and is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, where, what was found, what is expected, and what to do about it."""

    code: str
    severity: Severity
    place: Place
    found: str
    expected: str
    remedy: str

    @property
    def text(self) -> str:
        """The problem in one line without its place, as it stands in the results workbook."""
        return f"Found {self.found}; expected {self.expected}. {self.remedy}"

    def __str__(self) -> str:
        return f"{self.place}: {self.text} [{self.code}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemKind:
    """One entry of the catalogue of problems.

    `meaning` is for the documents; `expected` and `remedy` are what a problem of this kind
    says unless the place knows better.
    """

    code: str
    meaning: str
    expected: str
    remedy: str
    severity: Severity = Severity.ERROR

    def at(self, place: Place, *, found: str, expected: str = "", remedy: str = "") -> Problem:
        """Make the problem of this kind at that place."""
        return Problem(
            code=self.code,
            severity=self.severity,
            place=place,
            found=found,
            expected=expected or self.expected,
            remedy=remedy or self.remedy,
        )


def quoted(value: object) -> str:
    """A value as it is shown in a message: in quotes, on one line, cut to a readable length."""
    longest = 80
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= longest else text[: longest - 1] + '…'}”"
