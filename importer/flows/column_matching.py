"""Which column of an old sheet is which of a new one."""

import re
from collections import Counter
from collections.abc import Mapping

from importer.checking.units import find_unit_name, fits
from importer.declare.sheet import Sheet
from importer.sheets.names import fold
from importer.sheets.reading.header_row import name_columns
from importer.sheets.upgrade.old_sheet import OldSheet

PART = "#"
"""Stands between a field and what belongs to it, such as its unit, in what `Meta` says."""

_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<unit>[^()]+)\)")

Keys = Mapping[int, str]


def match_columns(old: OldSheet, plain: Sheet, new: Sheet) -> Mapping[int, int]:
    """Old columns and the index of the new one that each is; none twice, and none on a guess.

    Declared headers count first; then what the template wrote down of its columns; then the names
    of columns that a template has made.

    plain: the sheet as it is declared. new: the same with the columns that a template makes.
    """
    declared = {fold(each.header) for each in plain.columns}
    every = {index: each.header for index, each in enumerate(new.columns)}
    made = {index: each for index, each in every.items() if fold(each) not in declared}
    own = {index: fold(each) for index, each in every.items() if index not in made}
    fields = {index: each.field for index, each in enumerate(new.columns)}
    folded = {column: fold(text) for column, text in old.headers.items()}
    bare = {column: fold(split_unit(text)[0]) for column, text in old.headers.items()}
    found: dict[int, int] = {}
    for before, now in (
        (folded, own),
        (_spell_out(folded, plain), own),
        (old.fields, fields),
        (folded, {index: fold(each) for index, each in made.items()}),
        (bare, {index: fold(split_unit(each)[0]) for index, each in made.items()}),
    ):
        _match(found, before, now, set(old.ours))
    return found


def _spell_out(folded: Keys, plain: Sheet) -> Keys:
    """Headers with each alias as the declared header that it stands for."""
    names = {alias: fold(header) for alias, header in name_columns(plain).items()}
    return {column: names.get(text, "") for column, text in folded.items()}


def _match(found: dict[int, int], before: Keys, now: Keys, ours: set[int]) -> None:
    """Put in what is alike and still free; what two columns have in common tells none of them."""
    indexes = {key: index for index, key in _telling(now).items() if index not in found.values()}
    for column, key in _telling(before).items():
        if column not in found and column not in ours and key in indexes:
            found[column] = indexes.pop(key)


def _telling(keys: Keys) -> Keys:
    counts = Counter(keys.values())
    return {number: key for number, key in keys.items() if key and counts[key] == 1}


def split_unit(heading: str) -> tuple[str, str]:
    """A heading without its star: its name, and the unit in brackets; empty where it has none."""
    text = heading.strip().rstrip("*").strip()
    brackets = _BRACKETS.fullmatch(text)
    if brackets is None or not _is_unit(brackets["unit"].strip()):
        return text, ""
    return brackets["name"], brackets["unit"].strip()


def _is_unit(text: str) -> bool:
    return find_unit_name(text) is not None or fits(text, "kg") is not None
