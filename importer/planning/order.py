"""The order in which records may be written: what is referred to comes first."""

from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter

from importer.model.record import Record, Reference, Value


def waves(records: Sequence[Record]) -> tuple[tuple[Record, ...], ...]:
    """Records in waves; a record only refers to records of earlier waves.

    Within a wave the order is that of the workbook. Records that refer to each other in a circle
    cannot be declared, so `graphlib.CycleError` here is a mistake of ours.
    """
    by_name = {record.name: record for record in records}
    sorter: TopologicalSorter[tuple[str, str]] = TopologicalSorter()
    for record in records:
        sorter.add(record.name, *(name for name in names_of(record) if name in by_name))
    sorter.prepare()
    found = []
    position = {record.name: number for number, record in enumerate(records)}
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=position.__getitem__)
        found.append(tuple(by_name[name] for name in ready))
        sorter.done(*ready)
    return tuple(found)


def names_of(record: Record) -> frozenset[tuple[str, str]]:
    """The names of all that a record refers to."""
    return frozenset(
        (each.to, each.key.casefold())
        for each in references_of(record)
        if (each.to, each.key.casefold()) != record.name
    )


def references_of(record: Record) -> Iterable[Reference]:
    """All references of a record: of its row, its detail rows, and its defined values."""
    for line in record.lines:
        for value in line.values.values():
            if isinstance(value, Reference | tuple):
                yield from references_in(value)
    for value in record.defined.values():
        yield from references_in(value)


def references_in(value: Value) -> tuple[Reference, ...]:
    """The references that a value holds: none, one, or several."""
    if isinstance(value, Reference):
        return (value,)
    if not isinstance(value, tuple):
        return ()
    return tuple(each for each in value if isinstance(each, Reference))
