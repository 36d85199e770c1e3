"""What rows name of the account: found by id, reference or name, or a problem at their cell."""

from collections.abc import Iterable, Sequence

from importer.checking.suggestions import enumerate_names, suggest
from importer.checking.texts import squeeze
from importer.declare.definition import Defined, Definition, Item
from importer.declare.resource import Misfit, Resource
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem, quoted
from importer.model.record import Record, Reference


def find_items(
    definition: Definition, items: Sequence[Item], reference: Reference
) -> tuple[Item, ...]:
    """The definitions that a cell may mean: by id, else by reference, else by name.

    The first way of naming that fits decides, so that a name which is another thing's id is not
    ambiguous.
    """
    wanted = squeeze(reference.key)
    names = [definition.spellings(item) for item in items]
    for way in range(max((len(each) for each in names), default=0)):
        found = [
            item
            for item, spelled in zip(items, names, strict=True)
            if way < len(spelled) and squeeze(spelled[way]) == wanted
        ]
        if found:
            return tuple(found)
    return ()


def name_problem(
    definition: Definition, items: Sequence[Item], found: Sequence[Item], place: Place, key: str
) -> Problem:
    """Why a cell names no definition, or more than one."""
    if found:
        ids = ", ".join(str(item["id"]) for item in found)
        return kinds.REF_SEVERAL.at(
            place,
            found=f"{quoted(key)}, which is the name of {len(found)} {definition.title}s",
            expected=f"one of the ids {ids}",
        )
    names = [spelled for item in items for spelled in definition.spellings(item)[1:]]
    return kinds.REF_UNKNOWN_NAME.at(
        place,
        found=f"{quoted(key)}, which is no {definition.title} of this account",
        expected=f"one of {enumerate_names(names)}" if names else f"a {definition.title}",
        remedy=suggest(key, names),
    )


def misfit_problems(record: Record, misfits: Iterable[Misfit]) -> tuple[Problem, ...]:
    """Misfits of a record as problems at their cells."""
    return tuple(
        each.kind.at(
            record.line.place(each.header),
            found=f"{quoted(record.line.text(each.header))}, {each.found}",
            expected=each.expected,
            remedy=each.remedy,
        )
        for each in misfits
    )


def flaw_problems(resource: Resource, record: Record, defined: Defined) -> tuple[Problem, ...]:
    """What makes the record's definition itself unusable."""
    return tuple(
        kinds.API_INCOMPLETE_ANSWER.at(
            record.line.place(resource.defined_by),
            found=f"{quoted(record.line.text(resource.defined_by))}, which has {flaw}",
        )
        for flaw in defined.flaws
    )
