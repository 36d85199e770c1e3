"""Sheets of a file against the declared ones, by their names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from importer.declare.sheet import Sheet
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.problem_kinds import SHEET_NAME_NEAR, SHEET_NONE_KNOWN, SHEET_TWICE
from importer.sheets.names import find_near, fold
from importer.sheets.own import is_own_sheet
from importer.sheets.text import clean, shorten

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")
_RESERVED = "History"
"""Excel keeps it for itself."""

_NONE_MADE: Mapping[str, str] = {}
_NEAR = 85.0
"""Below it lie other words, above it slips of the keyboard (“Emission log” scores 96)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """Which sheets of the file are which declared ones: title in the file → declared name.

    unknown: the others, which are the user's own.
    """

    matched: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def match_titles(
    titles: Iterable[str], sheets: Sequence[Sheet], made: Mapping[str, str] = _NONE_MADE
) -> Titles:
    """Find the declared sheets among the titles of a file.

    made: what a template wrote down of the sheets that it has in place of a declared one: their
        titles, each with the name of that.
    """
    known = {sheet.name for sheet in sheets}
    calls = {title: name for title, name in made.items() if name in known}
    spelled = {**{fold(each): each for each in calls}, **{fold(each): each for each in known}}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    unknown: list[str] = []
    for title in titles:
        call = spelled.get(fold(title))
        if call is None:
            unknown.extend([] if is_own_sheet(title) else [title])
        elif call in found:
            problems.append(_twice(title, found[call]))
        else:
            found[call] = title
    missing = [call for call in spelled.values() if call not in found]
    near = list(_near(unknown, missing))
    problems.extend(near)
    if not found and not problems:
        problems.append(_none_known(unknown, sheets))
    matched = {title: calls.get(call, call) for call, title in found.items()}
    meant = {problem.place.sheet for problem in near}
    others = tuple(title for title in unknown if title not in meant)
    return Titles(matched=matched, unknown=others, problems=tuple(problems))


class SheetNamer:
    """Gives the sheets of a template names that Excel takes, none of them twice.

    taken: names that are not to be had, beside those of the importer's own sheets.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {fold(each) for each in (*taken, _RESERVED)}

    def name(self, wanted: str) -> str:
        """A name as like the wanted one as can be: cut to 31 characters, numbered if need be."""
        plain = _FORBIDDEN.sub("-", clean(wanted)).strip("' ")
        plain = plain if fold(plain) else "Sheet"
        for ending in chain(("",), (f" {number}" for number in count(2))):
            name = shorten(plain, _LONGEST - len(ending)).rstrip("' ") + ending
            if fold(name) not in self._taken and not is_own_sheet(name):
                self._taken.add(fold(name))
                return name
        raise AssertionError("numbers do not end")


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
