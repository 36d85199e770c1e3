"""Law 3 on the level of pure functions: what is sent to the sandbox reads back the same.

The sandbox has its own models and rules, so it would notice where the declarations are wrong.
"""

import pytest

from importer.declare.resource import Items
from importer.model.plan import Update
from importer.model.ports import Verdict
from importer.model.record import Value
from importer.planning.calls import build_update
from importer.planning.changes import Leave, decide
from importer.planning.states import desired_state, read_remote
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.isometric.datapoint import DATAPOINT
from importer.sandbox.cula import seed as cula
from planning.makers import amount, confirmation, nowhere, read_record
from planning.sending import create, reads_back
from support.desk import Desk

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
    less: dict[str, Value] = {
        POINTS["Electricity"]: amount(90000, "kWh"),
        POINTS["Meter number"]: "0735999100012",
    }
    changed = read_record(EMISSION_LOG, LOG_ROW, defined=less)
    desired = desired_state(EMISSION_LOG, changed, LOG_ITEMS, nowhere)
    remote = read_remote(EMISSION_LOG, body, LOG_ITEMS)
    change = decide(EMISSION_LOG, changed, remote, desired, [], leave=Leave(overwrite=True))
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
    history = [confirmation(sent, remote.state)]
    change = decide(DATAPOINT, changed, remote, desired, history, leave=Leave())
    assert isinstance(change, Update)
    (call,) = build_update(DATAPOINT, change, desired, {})
    answer = desk.session.services["isometric"].send(call)
    assert answer.verdict is Verdict.ACCEPTED, answer.refusals
    assert reads_back(DATAPOINT, changed, answer.body, desired, {})
