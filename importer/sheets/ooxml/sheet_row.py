"""A row of a worksheet part."""

from dataclasses import dataclass, field

from importer.model.table import Cell


@dataclass(slots=True, kw_only=True)
class SheetRow:
    """A row's filled cells by column, and whether the row is hidden."""

    number: int
    is_hidden: bool = False
    cells: dict[int, Cell] = field(default_factory=dict)
