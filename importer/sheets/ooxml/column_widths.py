"""Widths of columns: entries that may hold for many columns at once, in ascending order."""

from collections.abc import Collection, Iterator, Mapping

from importer.sheets.ooxml.tags import Element, attributes, children, set_attribute

Entry = tuple[int, int, bytes]
"""First and last column, and the element."""


def edit_widths(
    data: bytes,
    parent: Element | None,
    prefix: bytes,
    widths: Mapping[int, float],
    gone: Collection[int],
) -> bytes:
    """The element `cols` with these columns of these widths, and without those that are gone.

    An entry that holds for others, too, is parted: two for one column ruin a file. What is left
    is as it was; nothing at all where no entry is left.
    """
    touched = {*widths, *gone}
    entries = list(_entries(data, parent)) if parent else []
    is_met = any(first <= each <= last for first, last, _ in entries for each in touched)
    if parent and not widths and not is_met:
        return data[parent.start : parent.end]
    pieces = [piece for entry in entries for piece in _part(entry, touched)]
    pieces += [(number, number, _build(number, width, prefix)) for number, width in widths.items()]
    inner = b"".join(element for _, _, element in sorted(pieces, key=lambda piece: piece[0]))
    return b"<" + prefix + b"cols>" + inner + b"</" + prefix + b"cols>" if inner else b""


def _entries(data: bytes, parent: Element) -> Iterator[Entry]:
    for each in children(data, parent.inner, parent.close):
        given = attributes(data[each.start : each.inner])
        first, last = given.get("min", ""), given.get("max", "")
        if first.isdecimal() and last.isdecimal():
            yield int(first), int(last), data[each.start : each.end]


def _part(entry: Entry, touched: Collection[int]) -> Iterator[Entry]:
    """The entry without these columns, in as many pieces as it takes."""
    first, last, element = entry
    start = first
    for number in sorted(each for each in touched if first <= each <= last):
        if start < number:
            yield _cut(element, start, number - 1)
        start = number + 1
    if start == first:
        yield entry
    elif start <= last:
        yield _cut(element, start, last)


def _cut(element: bytes, first: int, last: int) -> Entry:
    return first, last, set_attribute(set_attribute(element, b"min", str(first)), b"max", str(last))


def _build(number: int, width: float, prefix: bytes) -> bytes:
    says = f'col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
    return b"<" + prefix + says.encode()
