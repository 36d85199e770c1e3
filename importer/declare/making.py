"""A number in a cell that makes a record of another resource, which the cell then names."""

from dataclasses import dataclass

Stated = tuple[tuple[str, str], ...]
"""Values by header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What becomes of a plain number in a cell that otherwise names a record.

    resource: of what a record is made. value: header of its column that the number belongs to.
    suffix: what its external id has behind that of the record in whose row the cell stands.
    stated: what it says beside the number, each time.
    at_first: what it says when it is created; later on whatever it is called by then is kept.
    beside: headers of its columns that may have a column of their own beside the cell's.
    """

    resource: str
    value: str
    suffix: str
    stated: Stated = ()
    at_first: Stated = ()
    beside: tuple[str, ...] = ()


def part_of(header: str) -> str:
    """What a column beside the number's is written down as: `Measured at` is `measured-at`."""
    return header.lower().replace(" ", "-")
