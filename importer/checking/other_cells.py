"""The cells of a row that no declaration has, made when they are asked for: most never are."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from importer.checking.cells import is_blank
from importer.model.place import Place
from importer.model.record import OtherCell
from importer.model.table import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherColumns:
    """What all rows of a sheet have in common: its title, and by column what that is headed by.

    meant: what the template wrote down about some of those.
    """

    title: str
    headers: Mapping[int, str]
    meant: Mapping[int, str]

    def cell(self, row: int, column: int, cell: Cell) -> OtherCell:
        """A cell of these columns."""
        header = self.headers[column]
        place = Place(sheet=self.title, row=row, column=column, header=header)
        return OtherCell(header=header, cell=cell, place=place, meant=self.meant.get(column, ""))


@dataclass(frozen=True, slots=True)
class OtherCells(Collection[OtherCell]):
    """Those of one row that are filled."""

    columns: OtherColumns
    row: int
    cells: Mapping[int, Cell]

    def __iter__(self) -> Iterator[OtherCell]:
        for column, cell in self.cells.items():
            if not is_blank(cell):
                yield self.columns.cell(self.row, column, cell)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, other: object) -> bool:
        return any(each == other for each in self)
