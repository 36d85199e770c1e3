"""What an upgrade of a workbook has to tell: one line for each change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One change: what it is, and where, in words that a person finds in the workbook.

    old, new: the place in the old and in the new workbook; empty where there is none.
    value: what stood there, where it did not go over as it was.
    """

    what: str
    old: str = ""
    new: str = ""
    value: str = ""
