"""Law 3 on the level of pure functions: what is sent to the sandbox reads back the same.

The sandbox has its own models and rules, so it would notice where the declarations are wrong.
"""

from collections.abc import Mapping

import pytest

from importer.declare.resource import Items, Resource
from importer.model.plan import Unchanged, Update
from importer.model.ports import Confirmation, Verdict
from importer.model.record import Json, Record, Reference, State, Value
from importer.planning.calls import build_create, build_update
from importer.planning.changes import Leave, decide
from importer.planning.comparison import Relation, compare
from importer.planning.states import desired_state, read_remote
from importer.planning.wire import Resolve
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from importer.sandbox.cula import seed as cula
from importer.sandbox.isometric import seed as isometric
from planning.makers import amount, confirmation, datapoints, nowhere, read_record
from support.desk import Desk

Body = Mapping[str, Json]


def create(
    desk: Desk, resource: Resource, record: Record, items: Items, resolve: Resolve = nowhere
) -> tuple[State, Body]:
    """The state that was sent, and what the service answers."""
    service = desk.session.service_of(resource)
    desired = desired_state(resource, record, items, resolve)
    answer = service.send(build_create(resource, desired, items, service.settings))
    assert answer.verdict is Verdict.ACCEPTED, answer.refusals
    return desired, answer.body


def reads_back(
    resource: Resource, record: Record, body: Body, desired: State, items: Items
) -> bool:
    """Without any confirmation, as after an answer that was lost."""
    remote = read_remote(resource, body, items)
    change = decide(resource, record, remote, desired, [], leave=Leave())
    return isinstance(change, Unchanged)


SITE = {key: value for key, value in cula.SITES[0].items() if key in ("id", "timezone")}
VERSION = next(each for each in cula.CONFIG_VERSIONS if each["name"] == "Grid electricity")
POINTS = {point["name"]: point["id"] for point in VERSION["data_point_configs"]}
LOG_ITEMS: Items = {
    "Config": {
        **{key: cula.CONFIGS[0][key] for key in ("id", "site")},
        "active_version": {"data_point_configs": [*map(dict, VERSION["data_point_configs"])]},
    },
    "Site": SITE,
}
LOG_ROW = """
External ID | Config           | Site     | Period start | Period end
E-10        | Grid electricity | NB-PLANT | 2025-10-01   | 2025-10-31
"""
LOG_VALUES: dict[str, Value] = {
    POINTS["Electricity"]: amount(84230.25, "kWh"),
    POINTS["Renewable share"]: 0.62,
    POINTS["Meter number"]: "0735999100012",
    POINTS["Estimated reading"]: False,
}


def test_an_emission_log(desk: Desk) -> None:
    record = read_record(EMISSION_LOG, LOG_ROW, defined=LOG_VALUES)
    desired, body = create(desk, EMISSION_LOG, record, LOG_ITEMS)
    assert reads_back(EMISSION_LOG, record, body, desired, LOG_ITEMS)


def test_a_replaced_log_keeps_what_the_workbook_does_not_state(desk: Desk) -> None:
    record = read_record(EMISSION_LOG, LOG_ROW, defined=LOG_VALUES)
    _, body = create(desk, EMISSION_LOG, record, LOG_ITEMS)
    less = {
        POINTS["Electricity"]: amount(90000, "kWh"),
        POINTS["Meter number"]: "0735999100012",
    }
    changed = read_record(EMISSION_LOG, LOG_ROW, defined=less)
    desired = desired_state(EMISSION_LOG, changed, LOG_ITEMS, nowhere)
    remote = read_remote(EMISSION_LOG, body, LOG_ITEMS)
    change = decide(
        EMISSION_LOG, changed, remote, desired, [], leave=Leave(overwrite=True)
    )
    assert isinstance(change, Update)
    (call,) = build_update(EMISSION_LOG, change, desired, LOG_ITEMS)
    answer = desk.session.services["cula"].send(call)
    assert answer.verdict is Verdict.ACCEPTED, answer.refusals
    after = read_remote(EMISSION_LOG, answer.body, LOG_ITEMS).state
    share, guess = POINTS["Renewable share"], POINTS["Estimated reading"]
    assert after[f"data_points[{share}]"] == 0.62
    assert after[f"data_points[{guess}]"] is False
    assert after == {**remote.state, **desired}


DATAPOINT_HEAD = (
    "External ID | Name | Type | Value | Unit | Standard deviation | Measured at | Description"
)
DATAPOINT_ROWS = [
    "D-1 | Mass      | REPORTED   | 18240   | kg         | 20   | 2025-10-14 09:30 | weighed",
    "D-2 | Carbon    | DERIVED    | 82.1    | %          | 0.4  |                  | laboratory",
    "D-3 | Ratio     | CONSTANT   | 0.33    |            |      |                  | literature",
    "D-4 | Haulage   | ASSUMPTION | 1.5e3   | tonne * km |      |                  | route",
    "D-5 | Flue gas  | REPORTED   | 512000  | m^3        |      | 2025-10-14 12:00 | meter",
    "D-6 | Methane   | REPORTED   | 1.8     | mg / m^3   | 0.3  |                  | analyser",
    "D-7 | Density   | REPORTED   | 0.1     | kg / m^3   | 0    |                  | sieve",
    "D-8 | Tiny      | REPORTED   | 1e-12   | t          |      |                  | scale",
    "D-9 | Cold      | REPORTED   | -7      | degC       |      |                  | probe",
]


@pytest.mark.parametrize("row", DATAPOINT_ROWS)
def test_a_datapoint_in_the_spelling_of_the_service(desk: Desk, row: str) -> None:
    record = read_record(DATAPOINT, f"{DATAPOINT_HEAD}\n{row}")
    desired, body = create(desk, DATAPOINT, record, {})
    assert reads_back(DATAPOINT, record, body, desired, {})


def test_a_patched_datapoint_reads_back_too(desk: Desk) -> None:
    record = read_record(DATAPOINT, f"{DATAPOINT_HEAD}\n{DATAPOINT_ROWS[0]}")
    sent, body = create(desk, DATAPOINT, record, {})
    remote = read_remote(DATAPOINT, body, {})
    cells = DATAPOINT_ROWS[0].replace("18240", "18260").replace("20 ", "(clear)")
    changed = read_record(DATAPOINT, f"{DATAPOINT_HEAD}\n{cells}")
    desired = desired_state(DATAPOINT, changed, {}, nowhere)
    history: list[Confirmation] = [confirmation(sent, remote.state)]
    change = decide(DATAPOINT, changed, remote, desired, history, leave=Leave())
    assert isinstance(change, Update)
    (call,) = build_update(DATAPOINT, change, desired, {})
    answer = desk.session.services["isometric"].send(call)
    assert answer.verdict is Verdict.ACCEPTED, answer.refusals
    assert reads_back(DATAPOINT, changed, answer.body, desired, {})


def entry_items() -> Items:
    blueprints: dict[str, Json] = {
        f"blueprint {each['key']}": {"inputs": [*map(dict, each["inputs"])]}
        for each in isometric.BLUEPRINTS
    }
    groups: Json = [
        {
            "key": group["key"],
            "components": [
                {**each, "inputs": [*map(dict, each["inputs"])]} for each in group["components"]
            ],
        }
        for group in isometric.TEMPLATE["groups"]
    ]
    template: dict[str, Json] = {"id": isometric.TEMPLATE_ID, "groups": groups, **blueprints}
    return {"Template": template}


NUMBERS = {
    "mass": ("18240", "kg"),
    "carbon-1": ("82.1", "%"),
    "carbon-2": ("81.7", "%"),
    "km": ("46", "km"),
    "other": ("17000", "kg"),
}


def make_numbers(desk: Desk) -> Mapping[str, str]:
    made = {}
    for key, (value, unit) in NUMBERS.items():
        row = f"{key} | {key} | REPORTED | {value} | {unit} | | | weighed"
        record = read_record(DATAPOINT, f"{DATAPOINT_HEAD}\n{row}")
        _, body = create(desk, DATAPOINT, record, {})
        made[key] = str(body["id"])
    return made


def with_components(desk: Desk, body: Body) -> Body:
    page = desk.session.services["isometric"].fetch_page(f"/components?ghg_entry_id={body['id']}")
    return {**body, "components": [dict(each) for each in page.nodes]}


def test_an_entry_through_its_components_and_after_a_rebound_input(desk: Desk) -> None:
    items, numbers = entry_items(), make_numbers(desk)
    storage, transport = (
        str(group["components"][0]["id"]) for group in isometric.TEMPLATE["groups"][:2]
    )

    def resolve(reference: Reference) -> str | None:
        return numbers.get(reference.key)

    def batch(mass: str) -> Record:
        return read_record(
            ENTRY,
            """
            External ID | Template | Started on | Completed on
            B-1         | Batch    | 2025-10-01 | 2025-10-15
            """,
            defined={
                f"{storage}/biochar_mass": datapoints(mass)[0],
                f"{storage}/carbon_content": datapoints("carbon-2", "carbon-1"),
                f"{transport}/distance": datapoints("km")[0],
            },
        )

    record = batch("mass")
    desired, body = create(desk, ENTRY, record, {**items, "Template": items["Template"]}, resolve)
    assert "components" not in body
    stored = with_components(desk, body)
    first = desired_state(ENTRY, record, items, resolve)
    assert first["ghg_entry_template_id"] != isometric.TEMPLATE_ID or reads_back(
        ENTRY, record, stored, first, items
    )

    changed = batch("other")
    wanted = desired_state(ENTRY, changed, items, resolve)
    remote = read_remote(ENTRY, stored, items)
    history = [confirmation(desired, read_remote(ENTRY, body, items).state)]
    change = decide(ENTRY, changed, remote, wanted, history, leave=Leave())
    assert isinstance(change, Update)
    (call,) = build_update(ENTRY, change, wanted, items)
    answer = desk.session.services["isometric"].send(call)
    assert answer.verdict is Verdict.ACCEPTED, answer.refusals
    after = read_remote(ENTRY, with_components(desk, body), items).state
    found = compare(wanted, after, [], headers={}, same=lambda field, one, other: one == other)
    assert found.relation is Relation.EQUAL
    fixed = {
        each["input_key"]
        for component in with_components(desk, body)["components"]
        if component["ghg_entry_template_component_id"] == storage
        for each in component["inputs"]
    }
    assert "permanence_factor" in fixed
