"""Cula: making, reading, listing, replacing and deleting emission logs."""

import pytest

from importer.sandbox.switches import Switches

LOGS = "/periodic-emission-logs"
DETAILS = {
    "id",
    "external_id",
    "config_id",
    "display_key",
    "site",
    "period_start",
    "period_end",
    "status",
    "emissions_in_kg_co2e",
    "data_points",
    "file_ids",
    "created_at",
    "updated_at",
}


def test_a_new_log_is_201_and_still_calculating(cula, electricity_log):
    answer = cula.post(LOGS, electricity_log)
    log = answer.json()
    assert answer.status_code == 201
    assert log.keys() == DETAILS
    assert log["status"] == "calculating"
    assert log["emissions_in_kg_co2e"] is None
    assert log["display_key"] == log["external_id"] == "ELEC-2026-10"
    assert log["site"] == {"id": "ste_01nrbark000000000000000001", "external_id": "NB-PLANT"}


def test_the_total_comes_when_the_calculation_is_done(cula, clock, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    clock.advance(0.19)
    assert cula.get(f"{LOGS}/{made['id']}").json()["status"] == "calculating"
    clock.advance(0.01)
    done = cula.get(f"{LOGS}/{made['id']}").json()
    assert (done["status"], done["emissions_in_kg_co2e"]) == ("completed", 41.0)
    assert done["updated_at"] > made["updated_at"]
    assert done["created_at"] == made["created_at"]


@pytest.mark.parametrize("switches", [Switches(calculation_seconds=60)], indirect=True)
def test_a_calculation_takes_as_long_as_the_switch_says(cula, clock, electricity_log):
    cula.post(LOGS, electricity_log)
    clock.advance(59)
    assert cula.get(f"{LOGS}/ext-ELEC-2026-10").json()["status"] == "calculating"


def test_a_calculation_can_fail(cula, clock, control, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    control.post(f"/fail/{made['id']}", None)
    clock.advance(1)
    failed = cula.get(f"{LOGS}/{made['id']}").json()
    assert (failed["status"], failed["emissions_in_kg_co2e"]) == ("failed", None)


@pytest.mark.parametrize("switches", [Switches(calculation_fails=True)], indirect=True)
def test_every_calculation_fails_where_the_switch_says_so(cula, clock, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    assert made["status"] == "calculating"
    clock.advance(1)
    assert cula.get(f"{LOGS}/{made['id']}").json()["status"] == "failed"


@pytest.mark.parametrize(
    ("switches", "kept"),
    [
        (Switches(), ["Loader", "Chipper"]),
        (Switches(multi_text_order="sorted"), ["Chipper", "Loader"]),
    ],
    indirect=["switches"],
)
def test_texts_come_back_in_the_order_that_the_switch_says(cula, kept):
    points = {
        301: {"value": 500, "unit": "l"},
        302: 12,
        306: ["Loader", "Chipper"],
    }
    made = cula.post(
        LOGS,
        {
            "config_id": "elc_01nrbark000000000000000003",
            "site": {"external_id": "NB-YARD"},
            "period_start": "2026-10-01",
            "period_end": "2026-10-31",
            "data_points": [
                {"config_id": f"dpc_01nrbark{number:018d}", "input_value": value}
                for number, value in points.items()
            ],
        },
    ).json()
    sent = {each["name"]: each["input_value"] for each in made["data_points"]}
    assert sent["Machines"] == kept


def test_a_data_point_comes_with_the_value_sent_and_the_value_counted(cula):
    made = cula.post(
        LOGS,
        {
            "config_id": "elc_01nrbark000000000000000003",
            "site": {"external_id": "NB-YARD"},
            "period_start": "2026-10-01",
            "period_end": "2026-10-31",
            "data_points": [
                {
                    "config_id": "dpc_01nrbark000000000000000301",
                    "input_value": {"value": 500, "unit": "l"},
                },
                {"config_id": "dpc_01nrbark000000000000000302", "input_value": 12},
            ],
        },
    ).json()
    assert made["data_points"][0] == {
        "config_id": "dpc_01nrbark000000000000000301",
        "config_version_id": "dpv_01nrbark000000000000000301",
        "name": "Diesel volume",
        "input_value": {"value": 500, "unit": "l"},
        "result_value": {"value": 0.5, "unit": "m3"},
    }
    biodiesel = made["data_points"][2]
    assert (biodiesel["name"], biodiesel["input_value"]) == ("Biodiesel share", 0.07)
    assert made["external_id"] is None


def test_a_free_share_lowers_the_total(cula, clock, electricity_log):
    share = {"config_id": "dpc_01nrbark000000000000000102", "input_value": 0.5}
    electricity_log["data_points"].append(share)
    cula.post(LOGS, electricity_log)
    clock.advance(1)
    assert cula.get(f"{LOGS}/ext-ELEC-2026-10").json()["emissions_in_kg_co2e"] == 20.5


def test_a_period_may_be_a_date_and_comes_back_as_midnight_in_utc(cula, electricity_log):
    period = {"period_start": "2026-10-01", "period_end": "2026-10-31T00:00:00Z"}
    made = cula.post(LOGS, {**electricity_log, **period}).json()
    assert made["period_start"] == "2026-10-01T00:00:00.000Z"
    assert made["period_end"] == "2026-10-31T00:00:00.000Z"


def test_a_log_is_read_by_its_id_or_its_external_id(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    assert cula.get(f"{LOGS}/{made['id']}").json() == made
    assert cula.get(f"{LOGS}/ext-ELEC-2026-10").json() == made


def test_the_same_external_id_is_409_even_with_the_same_body(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    answer = cula.post(LOGS, electricity_log)
    error = answer.json()["error"]
    assert answer.status_code == 409
    assert (error["type"], error["code"]) == ("conflict", "external_id_in_use")
    assert error["existing"] == {"id": made["id"], "external_id": "ELEC-2026-10"}


def test_external_ids_are_told_apart_by_case(cula, electricity_log):
    cula.post(LOGS, electricity_log)
    other = {**electricity_log, "external_id": "elec-2026-10"}
    assert cula.post(LOGS, other).status_code == 201


@pytest.mark.parametrize("switches", [Switches(existing_place="top")], indirect=True)
def test_existing_may_stand_beside_the_error(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    body = cula.post(LOGS, electricity_log).json()
    assert body["existing"]["id"] == made["id"]
    assert "existing" not in body["error"]


@pytest.mark.parametrize("switches", [Switches(existing_place="missing")], indirect=True)
def test_existing_may_be_missing(cula, electricity_log):
    cula.post(LOGS, electricity_log)
    body = cula.post(LOGS, electricity_log).json()
    assert "existing" not in body
    assert "existing" not in body["error"]


def test_logs_without_external_id_never_collide(cula, electricity_log):
    del electricity_log["external_id"]
    ids = {cula.post(LOGS, electricity_log).json()["id"] for _ in range(2)}
    assert len(ids) == 2


def make_many(cula, body, count):
    for number in range(count):
        cula.post(LOGS, {**body, "external_id": f"E-{number:02}"})


def test_a_list_has_ten_logs_a_page_unless_asked_otherwise(cula, electricity_log):
    make_many(cula, electricity_log, 12)
    assert len(cula.get(LOGS).json()["data"]) == 10


def test_a_list_is_walked_by_its_cursor(cula, electricity_log):
    make_many(cula, electricity_log, 5)
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"starting_after": cursor} if cursor else {})
        page = cula.get(LOGS, **query).json()
        seen += [log["external_id"] for log in page["data"]]
        cursor = page["pagination"]["next_cursor"]
        if not page["pagination"]["has_more"]:
            break
    assert seen == ["E-00", "E-01", "E-02", "E-03", "E-04"]
    assert cursor is None


@pytest.mark.parametrize("limit", ["0", "51", "many"])
def test_a_limit_outside_of_1_to_50_is_refused(cula, limit):
    answer = cula.get(LOGS, limit=limit)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "limit"


def test_a_cursor_that_is_no_known_id_is_refused(cula):
    assert cula.get(LOGS, starting_after="eml_nothing").status_code == 400


def test_put_replaces_the_log_and_calculates_again(cula, clock, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    clock.advance(1)
    electricity_log["data_points"][0]["input_value"]["value"] = 2000
    answer = cula.put(f"{LOGS}/ext-ELEC-2026-10", electricity_log)
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["id"]) == ("calculating", made["id"])
    assert answer.json()["emissions_in_kg_co2e"] is None
    clock.advance(1)
    assert cula.get(f"{LOGS}/{made['id']}").json()["emissions_in_kg_co2e"] == 82.0


def test_put_heals_a_failed_calculation(cula, clock, control, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    control.post(f"/fail/{made['id']}", None)
    cula.put(f"{LOGS}/{made['id']}", electricity_log)
    clock.advance(1)
    assert cula.get(f"{LOGS}/{made['id']}").json()["status"] == "completed"


def test_put_takes_away_what_it_leaves_out(cula, electricity_log):
    more = {"config_id": "dpc_01nrbark000000000000000102", "input_value": 0.5}
    full = {**electricity_log, "data_points": [*electricity_log["data_points"], more]}
    cula.post(LOGS, full)
    replaced = cula.put(f"{LOGS}/ext-ELEC-2026-10", electricity_log).json()
    shares = [p for p in replaced["data_points"] if p["name"] == "Renewable share"]
    assert [share["input_value"] for share in shares] == [0]


def test_put_without_external_id_keeps_it(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    del electricity_log["external_id"]
    replaced = cula.put(f"{LOGS}/{made['id']}", electricity_log).json()
    assert replaced["external_id"] == "ELEC-2026-10"


def test_put_with_the_external_id_of_another_log_is_409(cula, electricity_log):
    cula.post(LOGS, electricity_log)
    other = cula.post(LOGS, {**electricity_log, "external_id": "E-2"}).json()
    answer = cula.put(f"{LOGS}/{other['id']}", electricity_log)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "external_id_in_use"


def test_put_on_an_external_id_that_is_not_there_is_404(cula, electricity_log):
    assert cula.put(f"{LOGS}/ext-ELEC-2026-10", electricity_log).status_code == 404


def test_put_with_another_config_is_422(cula, electricity_log):
    cula.post(LOGS, electricity_log)
    electricity_log["config_id"] = "elc_01nrbark000000000000000002"
    answer = cula.put(f"{LOGS}/ext-ELEC-2026-10", electricity_log)
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == "config_id"


def test_put_on_a_finalised_log_is_409_without_existing(cula, control, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    control.post(f"/finalise/{made['id']}", None)
    answer = cula.put(f"{LOGS}/{made['id']}", electricity_log)
    assert answer.status_code == 409
    assert answer.json()["error"]["type"] == "conflict"
    assert "existing" not in answer.text


def test_only_a_log_that_is_there_can_be_finalised(control):
    assert control.post("/finalise/eml_nothing", None).status_code == 404


def test_a_deleted_log_is_not_seen_any_more_but_holds_its_external_id(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    assert cula.delete(f"{LOGS}/{made['id']}").status_code == 204
    assert cula.get(f"{LOGS}/{made['id']}").status_code == 404
    assert cula.get(f"{LOGS}/ext-ELEC-2026-10").status_code == 404
    assert cula.get(LOGS).json()["data"] == []
    assert cula.post(LOGS, electricity_log).json()["error"]["existing"]["id"] == made["id"]


@pytest.mark.parametrize("switches", [Switches(deleted_keeps_external_id=False)], indirect=True)
def test_a_deleted_log_may_let_go_of_its_external_id(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    cula.delete(f"{LOGS}/{made['id']}")
    assert cula.post(LOGS, electricity_log).status_code == 201


@pytest.fixture
def file_id(send_file):
    return send_file().json()["id"]


def test_put_without_files_unlinks_them(cula, electricity_log, file_id):
    made = cula.post(LOGS, {**electricity_log, "file_ids": [file_id]}).json()
    assert made["file_ids"] == [file_id]
    assert cula.put(f"{LOGS}/{made['id']}", electricity_log).json()["file_ids"] == []


@pytest.mark.parametrize("switches", [Switches(put_without_file_ids="keep")], indirect=True)
def test_put_without_files_may_keep_them(cula, electricity_log, file_id):
    made = cula.post(LOGS, {**electricity_log, "file_ids": [file_id]}).json()
    kept = cula.put(f"{LOGS}/{made['id']}", electricity_log).json()
    assert kept["file_ids"] == [file_id]
