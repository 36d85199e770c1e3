"""Bodies that are larger than a service takes."""

from dataclasses import replace

from importer.model.plan import Create, Difference, Unchanged, Update
from importer.planning.calls import build_create
from importer.planning.sizes import find_oversize
from importer.planning.states import desired_state, read_remote
from importer.resources.isometric.datapoint import DATAPOINT
from planning.makers import datapoint, nowhere, read_record

SETTINGS = {"project_id": "prj_1"}
RECORD = read_record(
    DATAPOINT,
    "External ID | Name | Type | Value | Description\nD-1 | Mass | REPORTED | 5 | " + "w" * 200,
)
DESIRED = desired_state(DATAPOINT, RECORD, {}, nowhere)
SIZE = len(str(build_create(DATAPOINT, DESIRED, {}, SETTINGS).body).replace("None", "null"))


def limited(largest: int | None):
    return replace(DATAPOINT, endpoint=replace(DATAPOINT.endpoint, largest=largest))


def find(change: Create | Update | Unchanged, largest: int | None):
    return find_oversize(limited(largest), change, DESIRED, {}, SETTINGS)


def test_what_is_as_large_as_may_be_is_fine() -> None:
    assert find(Create(record=RECORD), SIZE) == ()


def test_one_byte_more_is_told_at_the_longest_text() -> None:
    (problem,) = find(Create(record=RECORD), SIZE - 1)
    assert (problem.code, problem.place.cell) == ("CELL_LENGTH", "I2")
    assert problem.found == f"the longest of the texts of “D-1”, which are {SIZE} bytes in all"
    assert problem.expected == f"at most {SIZE - 1} bytes for one record"


def test_an_update_counts_by_what_it_sends() -> None:
    remote = read_remote(DATAPOINT, datapoint(), {})
    long = Difference(field="description", header="Description", before="", after="w" * 200)
    short = Difference(field="display_name", header="Name", before="", after="Mass")
    for difference, problems in ((long, 1), (short, 0)):
        change = Update(record=RECORD, remote=remote, differences=(difference,))
        assert len(find(change, 200)) == problems


def test_what_is_not_sent_or_not_limited_has_no_size() -> None:
    remote = read_remote(DATAPOINT, datapoint(), {})
    unchanged = Unchanged(record=RECORD, remote=remote, confirmed=True)
    assert find(unchanged, 1) == find(Create(record=RECORD), None) == ()
