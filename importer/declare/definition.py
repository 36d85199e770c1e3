"""A definition: something of the account that rows name and the importer only reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from importer.declare.column import Column
from importer.model.record import Json

Item = Mapping[str, Json]
"""One definition as the service tells it; its further parts lie in it under their names."""


def no_parts(item: Item) -> Mapping[str, str]:
    """A definition that is complete in its list."""
    del item
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A kind of definition: where it is listed and how cells may name one.

    identity: the member that is an item's id; it is put into the item as `id`.
    spellings: all names of an item, its id first.
    parts: further reads that complete an item, by the name under which the answer is put into
        it; a part that is not there becomes None.
    """

    name: str
    title: str
    service: str
    path: str
    spellings: Callable[[Item], tuple[str, ...]]
    parts: Callable[[Item], Mapping[str, str]] = no_parts
    identity: str = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Definitions as they were when a template was made from them, by the name of their kind.

    at: when they were read, in words.
    """

    at: str = ""
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedField:
    """One data point or input that a definition asks for.

    inner: its key within the record's detail.
    spellings: for each key column of the detail sheet, the names that a cell may use.
    column: how its value is read and checked; required here means that a record without it is
        incomplete.
    computed: True where the service gives the value and takes none.
    part: the inner name of the part that it belongs to; empty where it belongs to none.
    taken_off: True where a row of the record takes that part off, so that no value is wanted.
    """

    inner: str
    spellings: tuple[tuple[str, ...], ...]
    column: Column
    computed: bool = False
    part: str = ""
    taken_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something of a definition that cells may name: its own name, and what they may call it."""

    inner: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What the cells of a detail's column may name.

    or_record: whether a cell may name a record instead; the column says of which resource.
    """

    sheet: str
    header: str
    things: tuple[Named, ...]
    or_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """What a definition asks of a record, and what makes the definition itself unusable.

    naming: what cells of its details may name.
    """

    fields: tuple[DefinedField, ...]
    flaws: tuple[str, ...] = ()
    naming: tuple[Naming, ...] = ()
