"""Whatever problem the importer makes in any test: it tells its place, what was found, what is
expected, and what to do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from importer.model.place import Place
from importer.model.problem import Problem, ProblemKind
from importer.model.report import FileReport

OF_THE_FILE = ("FILE_", "SHEET_NONE_KNOWN")
"""Codes that are about the file as a whole; the report names it."""


@contextmanager
def every_problem_tells_all() -> Iterator[None]:
    """Within it, a problem of the importer that lacks words or a place fails the test."""
    make, report = ProblemKind.at, FileReport.__init__

    def at(
        kind: ProblemKind, place: Place, *, found: str, expected: str = "", remedy: str = ""
    ) -> Problem:
        made = make(kind, place, found=found, expected=expected, remedy=remedy)
        if _is_ours():
            lacking = [each for each in ("found", "expected", "remedy") if not _words(made, each)]
            assert not lacking, f"{made.code} lacks {lacking}"
        return made

    def build(self: FileReport, **parts: Any) -> None:
        report(self, **parts)
        for each in self.all_problems if _is_ours() else ():
            has_place = each.place.sheet or each.code.startswith(OF_THE_FILE)
            assert has_place, f"{each.code} has no place"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProblemKind, "at", at)
        patch.setattr(FileReport, "__init__", build)
        yield


def _words(problem: Problem, part: str) -> str:
    return str(getattr(problem, part)).strip(" .;,")


def _is_ours() -> bool:
    """Whether the call came from the importer rather than from a test."""
    return str(sys._getframe(2).f_globals["__name__"]).startswith("importer.")
