"""Sheets of a file against the declared ones, by their names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import SHEET_NAME_NEAR, SHEET_NONE_KNOWN, SHEET_TWICE
from importer.sheets.names import find_near, fold
from importer.sheets.own import is_own_sheet

_NEAR = 85.0
"""Below it lie other words, above it slips of the keyboard (“Emission log” scores 96)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """Which sheet of the file is which declared one: declared name → title in the file."""

    matched: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def match_titles(titles: Iterable[str], sheets: Sequence[Sheet]) -> Titles:
    """Find the declared sheets among the titles of a file."""
    declared = {fold(sheet.name): sheet.name for sheet in sheets}
    matched: dict[str, str] = {}
    problems: list[Problem] = []
    unknown: list[str] = []
    for title in titles:
        name = declared.get(fold(title))
        if name is None:
            unknown.extend([] if is_own_sheet(title) else [title])
        elif name in matched:
            problems.append(_twice(title, matched[name]))
        else:
            matched[name] = title
    missing = [sheet.name for sheet in sheets if sheet.name not in matched]
    problems.extend(_near(unknown, missing))
    if not matched and not problems:
        problems.append(_none_known(unknown, sheets))
    return Titles(matched=matched, problems=tuple(problems))


def _twice(title: str, first: str) -> Problem:
    return SHEET_TWICE.at(
        Place(sheet=title),
        found=f"the sheets {quoted(first)} and {quoted(title)}, which mean the same",
        remedy=f"Put all rows on {quoted(first)}, and rename or delete {quoted(title)}.",
    )


def _near(unknown: Iterable[str], missing: Sequence[str]) -> Iterable[Problem]:
    for title in unknown:
        name = find_near(title, missing, at_least=_NEAR)
        if name is not None:
            yield SHEET_NAME_NEAR.at(
                Place(sheet=title),
                found=f"a sheet {quoted(title)}",
                expected=f"the name {quoted(name)}, which no sheet has",
                remedy=f"Rename the sheet to {quoted(name)}; if it is one of your own, "
                "give it a name that is less alike.",
            )


def _none_known(unknown: Sequence[str], sheets: Sequence[Sheet]) -> Problem:
    found = ", ".join(map(quoted, unknown))
    expected = ", ".join(quoted(sheet.name) for sheet in sheets)
    return SHEET_NONE_KNOWN.at(
        Place(),
        found=f"the sheets {found}" if found else "no sheet for rows",
        expected=f"at least one of {expected}",
    )
