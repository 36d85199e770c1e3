"""Law 3 for entries: the answer has neither template nor inputs, so they are read elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from importer.declare.resource import Items
from importer.model.plan import Update
from importer.model.ports import Call, Verdict
from importer.model.record import Json, Record, Reference, State
from importer.planning.calls import build_update
from importer.planning.changes import Leave, decide
from importer.planning.states import desired_state, read_remote
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from importer.sandbox.isometric import seed
from planning.makers import confirmation, datapoints, read_record
from planning.sending import Body, create, reads_back
from support.desk import Desk

NUMBERS = """
mass     | 18240 | kg
carbon-1 | 82.1  | %
carbon-2 | 81.7  | %
km       | 46    | km
other    | 17000 | kg
"""
STORAGE, TRANSPORT = (group["components"][0]["id"] for group in seed.TEMPLATE["groups"][:2])


def as_json(value: object) -> Json:
    """The seed's tuples and mappings as the service sends them."""
    match value:
        case Mapping():
            return {str(name): as_json(each) for name, each in value.items()}
        case tuple() | list():
            return [as_json(each) for each in value]
        case str() | int() | float() | None:
            return value
    raise TypeError(f"no JSON: {value!r}")


ITEMS: Items = {
    "Template": {
        "id": seed.TEMPLATE_ID,
        "groups": as_json(seed.TEMPLATE["groups"]),
        **{f"blueprint {each['key']}": as_json(each) for each in seed.BLUEPRINTS},
    }
}


@dataclass(frozen=True, slots=True)
class Plant:
    """A sandbox with some datapoints; `ids` resolves references to them."""

    desk: Desk
    resolve: Callable[[Reference], str | None]

    def state(self, record: Record) -> State:
        return desired_state(ENTRY, record, ITEMS, self.resolve)

    def create(self, record: Record) -> Body:
        _, body = create(self.desk, ENTRY, record, ITEMS, self.resolve)
        return body

    def complete(self, body: Body) -> Body:
        service = self.desk.session.services["isometric"]
        page = service.fetch_page(f"/components?ghg_entry_id={body['id']}")
        return {**body, "components": [dict(each) for each in page.nodes]}

    def send(self, call: Call) -> None:
        answer = self.desk.session.services["isometric"].send(call)
        assert answer.verdict is Verdict.ACCEPTED, answer.refusals


@pytest.fixture
def plant(desk: Desk) -> Plant:
    made = {}
    for line in NUMBERS.strip().splitlines():
        key, value, unit = (part.strip() for part in line.split("|"))
        text = (
            "External ID | Name | Type | Value | Unit | Description\n"
            f"{key} | {key} | REPORTED | {value} | {unit} | weighed"
        )
        _, body = create(desk, DATAPOINT, read_record(DATAPOINT, text), {})
        made[key] = str(body["id"])
    return Plant(desk, lambda reference: made.get(reference.key))


def batch(mass: str = "mass") -> Record:
    return read_record(
        ENTRY,
        """
        External ID | Template | Started on | Completed on
        B-1         | Batch    | 2025-10-01 | 2025-10-15
        """,
        defined={
            f"{STORAGE}/biochar_mass": datapoints(mass)[0],
            f"{STORAGE}/carbon_content": datapoints("carbon-2", "carbon-1"),
            f"{TRANSPORT}/distance": datapoints("km")[0],
        },
    )


def keys_of(body: Body, made_from: str) -> set[str]:
    """The inputs that a stored component has something bound to."""
    components = body["components"]
    assert isinstance(components, list)
    for each in components:
        assert isinstance(each, dict)
        if each["ghg_entry_template_component_id"] == made_from:
            inputs = each["inputs"]
            assert isinstance(inputs, list)
            return {str(one["input_key"]) for one in inputs if isinstance(one, dict)}
    return set()


def test_an_entry_reads_back_through_its_components(plant: Plant) -> None:
    record = batch()
    body = plant.create(record)
    assert "components" not in body
    assert reads_back(ENTRY, record, plant.complete(body), plant.state(record), ITEMS)


def test_a_rebound_input_reads_back_and_the_fixed_one_stays_bound(plant: Plant) -> None:
    body = plant.create(batch())
    before = keys_of(plant.complete(body), STORAGE)
    history = [confirmation(plant.state(batch()), read_remote(ENTRY, body, ITEMS).state)]
    changed = batch(mass="other")
    remote = read_remote(ENTRY, plant.complete(body), ITEMS)
    change = decide(ENTRY, changed, remote, plant.state(changed), history, leave=Leave())
    assert isinstance(change, Update)
    (call,) = build_update(ENTRY, change, plant.state(changed), ITEMS)
    plant.send(call)
    after = plant.complete(body)
    assert reads_back(ENTRY, changed, after, plant.state(changed), ITEMS)
    assert keys_of(after, STORAGE) == before
    assert "permanence_factor" in before
