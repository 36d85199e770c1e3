"""Details whose columns say everything, such as the stops of the made-up shipment."""

from dataclasses import replace

from importer.declare.resource import Resource
from importer.model.plan import Change, Conflict, Unchanged, Update
from importer.model.ports import Confirmation
from importer.model.record import Json, State
from importer.planning.calls import build_create, build_update
from importer.planning.changes import Leave, decide
from importer.planning.states import desired_state, read_remote
from importer.planning.wire import Resolve
from planning.makers import confirmation, ids, nowhere, read_record
from planning.shipments import SHIPMENT
from planning.shipments import STOPS as SHIPMENT_STOPS

ROW = """
External ID | Carrier | Weight | Remark
S-1         | TRUCK   | D-1    |
"""
STOPS = """
Shipment | Stop | Place      | Arrived on
S-1      | 1    | Norrbark   | 2025-10-01
S-1      | 2    | Luleå      |
"""
KNOWN: Resolve = ids(D_1="dtp_1", T_7="src_7")


def stored(*stops: Json, **members: Json) -> dict[str, Json]:
    return {
        "id": "shp_1",
        "supplier_reference_id": "S-1",
        "carrier": "TRUCK",
        "weight_datapoint_id": "dtp_1",
        "remark": None,
        "ordered_on": None,
        "stops": list(stops),
    } | members


NORRBARK: Json = {"number": 1, "place": "Norrbark", "at": {"day": "2025-10-01T00:00:00Z"}}
LULEA: Json = {"number": 2.0, "place": "Luleå", "at": {"day": None}}


def desired(stops: str = STOPS) -> State:
    record = read_record(SHIPMENT, ROW, details={"Shipment stops": stops})
    return desired_state(SHIPMENT, record, {}, KNOWN)


def decided(*remote_stops: Json, stops: str = STOPS) -> Unchanged | Update:
    record = read_record(SHIPMENT, ROW, details={"Shipment stops": stops})
    remote = read_remote(SHIPMENT, stored(*remote_stops), {})
    change = decide(SHIPMENT, record, remote, desired(stops), [], leave=Leave(overwrite=True))
    assert isinstance(change, Unchanged | Update)
    return change


def sent(change: Unchanged | Update, stops: str = STOPS) -> Json:
    assert isinstance(change, Update)
    (call,) = build_update(SHIPMENT, change, desired(stops), {})
    assert call.method == "PATCH"
    return call.body["stops"]


def test_a_create_lists_the_rows_as_objects_in_the_form_of_the_wire() -> None:
    body = build_create(SHIPMENT, desired(), {}, {"project_id": "prj_1"}).body
    assert body == {
        "project_id": "prj_1",
        "supplier_reference_id": "S-1",
        "carrier": "TRUCK",
        "weight_datapoint_id": "dtp_1",
        "remark": None,
        "stops": [
            {"number": 1, "place": "Norrbark", "at": {"day": "2025-10-01T00:00:00Z"}},
            {"number": 2, "place": "Luleå"},
        ],
    }


def test_what_was_created_reads_back_without_a_difference() -> None:
    """Also where the service shows `null` for what was blank, and `2.0` for the key 2."""
    assert isinstance(decided(NORRBARK, LULEA), Unchanged)
    assert isinstance(decided(LULEA, NORRBARK), Unchanged)


def test_a_blank_cell_of_a_row_keeps_what_the_service_has() -> None:
    arrived: Json = {"number": 2, "place": "Luleå", "at": {"day": "2025-10-04T00:00:00Z"}}
    assert isinstance(decided(NORRBARK, arrived), Unchanged)
    moved = STOPS.replace("Luleå", "Boden")
    assert sent(decided(NORRBARK, arrived, stops=moved), moved) == [
        NORRBARK,
        {"number": 2, "place": "Boden", "at": {"day": "2025-10-04T00:00:00Z"}},
    ]


def test_a_row_that_is_not_in_the_workbook_stays() -> None:
    third: Json = {"number": 3, "place": "Kiruna"}
    assert isinstance(decided(NORRBARK, LULEA, third), Unchanged)
    changed = STOPS.replace("2025-10-01", "2025-10-02")
    stops = sent(decided(NORRBARK, LULEA, third, stops=changed), changed)
    assert isinstance(stops, list)
    assert third in stops
    assert len(stops) == 3


def test_a_row_that_the_service_does_not_have_is_added() -> None:
    assert sent(decided(NORRBARK)) == [NORRBARK, {"number": 2, "place": "Luleå"}]


def carefully(
    *remote_stops: Json, history: tuple[Confirmation, ...] = (), resource: Resource = SHIPMENT
) -> Change:
    """The change where the service is not to be overwritten."""
    record = read_record(resource, ROW, details={"Shipment stops": STOPS})
    wanted = desired_state(resource, record, {}, KNOWN)
    remote = read_remote(resource, stored(*remote_stops), {})
    return decide(resource, record, remote, wanted, history, leave=Leave())


def test_a_difference_stands_at_the_key_of_its_row() -> None:
    elsewhere: Json = {"number": 2, "place": "Boden"}
    change = carefully(NORRBARK, elsewhere)
    assert isinstance(change, Conflict)
    (problem,) = change.problems
    assert (problem.place.sheet, problem.place.row) == ("Shipment stops", 3)
    assert problem.place.header == "Stop"


def test_a_row_that_is_gone_from_the_service_is_told_at_its_key() -> None:
    both = read_remote(SHIPMENT, stored(NORRBARK, LULEA), {}).state
    change = carefully(NORRBARK, history=(confirmation(desired(), both),))
    assert isinstance(change, Conflict)
    (problem,) = change.problems
    assert (problem.place.cell, problem.place.row) == ("B3", 3)
    assert "changed in the service since 3 Nov 2025: 2 Luleå (nothing)" in problem.found


BY_PLACE = replace(SHIPMENT, details=(replace(SHIPMENT_STOPS, keys=("Stop", "Place")),))
"""Shipments whose stops are told apart by number and place."""


def test_rows_may_be_told_apart_by_two_cells() -> None:
    assert isinstance(carefully(LULEA, NORRBARK, resource=BY_PLACE), Unchanged)
    change = carefully(NORRBARK, {"number": 2, "place": "Boden"}, resource=BY_PLACE)
    assert isinstance(change, Conflict)
    (problem,) = change.problems
    assert (problem.place.cell, problem.place.header) == ("C3", "Place")


def test_a_row_names_other_records_by_the_ids_of_the_service() -> None:
    ticket = """
    Shipment | Stop | Place    | Ticket
    S-1      | 1    | Norrbark | T-7
    """
    assert desired(ticket)["stops[1]"] == {"number": 1, "place": "Norrbark", "ticket_id": "src_7"}


def test_a_cell_may_lie_deep_within_the_record() -> None:
    record = read_record(SHIPMENT, "External ID | Driver\nS-1 | Eva")
    state = desired_state(SHIPMENT, record, {}, nowhere)
    body = build_create(SHIPMENT, state, {}, {"project_id": "prj_1"}).body
    assert body["crew"] == {"driver": {"name": "Eva"}}
    assert read_remote(SHIPMENT, body, {}).state["crew.driver.name"] == "Eva"


def test_a_reference_to_what_is_still_to_come_is_readable() -> None:
    record = read_record(SHIPMENT, ROW)
    state = desired_state(SHIPMENT, record, {}, nowhere)
    assert state["weight_datapoint_id"] == "new datapoint D-1"
