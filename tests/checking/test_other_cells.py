"""The cells of a user's own columns, as a definition or a comparison asks for them."""

from importer.checking.lines import read_lines
from importer.model.place import Place
from importer.model.record import OtherCell
from importer.model.table import Row, Table
from importer.resources.isometric.datapoint import DATAPOINT
from tests.checking.bench import make_cell


def test_the_filled_ones_stand_where_they_stand() -> None:
    own = {12: make_cell("ours"), 13: make_cell(None), 14: make_cell(" "), 15: make_cell(5)}
    table = Table(
        sheet="Datapoints",
        title="DATAPOINTS",
        columns={"External ID": 1},
        rows=(Row(number=4, cells={"External ID": make_cell("D-1")}, others=own),),
        others={12: "Note", 13: "Empty", 14: "Spaces", 15: "Number"},
        meant={15: "dpc_1"},
    )
    (line,) = read_lines(table, DATAPOINT.sheet, zone="UTC").lines
    note, number = line.others
    place = Place(sheet="DATAPOINTS", row=4, column=12, header="Note")
    assert note == OtherCell(header="Note", cell=own[12], place=place)
    assert (number.header, number.cell.value, number.meant) == ("Number", 5, "dpc_1")
    assert len(line.others) == 2
    assert note in line.others
    assert OtherCell(header="Note", cell=own[15], place=place) not in line.others
