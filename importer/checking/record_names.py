"""Records that cells may call by what people call them, such as a source by its name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importer.checking.suggestions import enumerate_names, suggest
from importer.checking.texts import is_unseen, squeeze, trim
from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Clear

_ID_BEHIND = re.compile(r".*\(([^()\s]+)\)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A record of the account: its id at the service, its external id, and its name.

    The last two may be empty.
    """

    id: str
    key: str = ""
    name: str = ""


def find_own_id(resource: Resource, text: str) -> str | None:
    """The service's id in a text that is one, or that ends with one in brackets, as lists offer a
    record whose name is not its own; None where there is none."""
    if resource.is_service_id(text):
        return text
    behind = _ID_BEHIND.fullmatch(text) if resource.called_by else None
    return behind[1] if behind and resource.is_service_id(behind[1]) else None


def may_be_key(resource: Resource, text: str) -> bool:
    """Whether a text could be an external id, by its signs."""
    return bool(re.fullmatch(resource.key_column.pattern or ".*", text))


def find_called(resource: Resource, records: Sequence[Called], text: str) -> tuple[Called, ...]:
    """What a text that is no row of the workbook means: by id, else by external id, else by name.

    The case of an external id counts, as it does at the service.
    """
    own_id = find_own_id(resource, text)
    if own_id is not None:
        return tuple(each for each in records if each.id == own_id)
    by_key = tuple(each for each in records if each.key and each.key == text)
    return by_key or tuple(
        each for each in records if each.name and squeeze(each.name) == squeeze(text)
    )


def offer_records(resource: Resource, records: Sequence[Called]) -> tuple[str, ...]:
    """What a list offers for records: the name, where a cell with it names that record and no
    other; else the name with the id behind it; else the id."""
    keys = {each.key.casefold() for each in records if each.key}
    names = Counter(squeeze(each.name) for each in records)
    return tuple(_offer(resource, each, keys, names) for each in records)


def _offer(resource: Resource, record: Called, keys: set[str], names: Counter[str]) -> str:
    name = " ".join(trim(record.name)[0].split())
    is_taken = name.casefold() in keys - {record.key.casefold()} or names[squeeze(name)] > 1
    if _is_plain(name):
        if not is_taken and find_own_id(resource, name) in (None, record.id):
            return name
        return f"{name} ({record.id})"
    return record.id


def _is_plain(name: str) -> bool:
    """Whether a cell can hold the name, as a text and as one of several."""
    is_special = name.startswith("=") or squeeze(name) == Clear.CLEAR.value
    return not (is_unseen(name) or is_special or ";" in name)


def called_problem(
    resource: Resource,
    records: Sequence[Called],
    found: Sequence[Called],
    place: Place,
    text: str,
) -> Problem:
    """Why a cell names no record, or more than one. `records` are all that the account has."""
    offers = dict(zip(records, offer_records(resource, records), strict=True))
    if found:
        return kinds.REF_SEVERAL.at(
            place,
            found=f"{quoted(text)}, which is the name of {len(found)} {resource.title}s",
            expected=f"one of {enumerate_names(offers[each] for each in found)}",
        )
    sheet, names = resource.sheet.name, [*_keys_of(records), *offers.values()]
    known = f", or one of {enumerate_names(offers.values())}" if offers else ""
    return kinds.REF_NOT_FOUND.at(
        place,
        found=f"{quoted(text)}, which is neither on the sheet {sheet} nor at the service",
        expected=f"the {resource.key} of a {resource.title}{known}",
        remedy=suggest(text, names) or f"Correct it, or add its row to the sheet {sheet}.",
    )


def _keys_of(records: Iterable[Called]) -> Iterable[str]:
    return (each.key for each in records if each.key)
