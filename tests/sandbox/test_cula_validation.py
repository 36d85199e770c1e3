"""Cula: what is refused in the body of an emission log, and where the refusal points."""

import pytest

from importer.sandbox.cula.kinds import CONFIG_VERSION
from importer.sandbox.switches import Switches

LOGS = "/periodic-emission-logs"
VERSION = "ecv_01nrbark000000000000000012"
PROBED = "dpc_probed"


def point(number):
    return f"dpc_01nrbark{number:018d}"


def refuse(cula, body):
    """Details of the 422 that the body gets."""
    answer = cula.post(LOGS, body)
    error = answer.json()["error"]
    assert answer.status_code == 422
    assert (error["type"], error["code"]) == ("validation_error", "invalid_param")
    assert error["param"] == error["details"][0]["param"]
    return [(detail["code"], detail["param"]) for detail in error["details"]]


def with_point(body, config_id, value):
    others = [item for item in body["data_points"] if item["config_id"] != config_id]
    return {**body, "data_points": [{"config_id": config_id, "input_value": value}, *others]}


@pytest.fixture
def probe(sandbox, cula, electricity_log):
    """Sends a value for a data point of a given type; gives the answer."""

    def send(value, **config):
        version = sandbox.store.read(CONFIG_VERSION, VERSION)
        probed = {"id": PROBED, "name": "Probed", "is_mandatory": False, "accepts_input": True}
        points = [*version.body["data_point_configs"], {**probed, **config}]
        sandbox.store.change(CONFIG_VERSION, VERSION, {"data_point_configs": points})
        return cula.post(LOGS, with_point(electricity_log, PROBED, value))

    return send


TAKEN = [
    ("short_text", "George", "George"),
    ("long_text", "two\nlines", "two\nlines"),
    ("multi_text", ["wind", "solar"], ["wind", "solar"]),
    ("number", 15.7, 15.7),
    ("number", -3, -3),
    ("percentage", 0.157, 0.157),
    ("percentage", 1, 1),
    ("duration", 86400000, 86400000),
    ("duration", 0, 0),
    ("boolean", False, False),
    ("timestamp", "2026-03-15T10:00:00+01:00", "2026-03-15T09:00:00.000Z"),
    ("material", {"id": "mat_1"}, {"id": "mat_1"}),
]


@pytest.mark.parametrize(("kind", "value", "result"), TAKEN)
def test_a_value_of_its_type_is_taken(probe, kind, value, result):
    answer = probe(value, type=kind)
    assert answer.status_code == 201
    probed = answer.json()["data_points"][-1]
    assert probed["config_id"] == PROBED
    assert (probed["input_value"], probed["result_value"]) == (value, result)


REFUSED = [
    ("short_text", 1001, "invalid_type"),
    ("short_text", None, "invalid_type"),
    ("multi_text", "wind; solar", "invalid_type"),
    ("multi_text", ["wind", 1], "invalid_type"),
    ("number", "15.7", "invalid_type"),
    ("number", True, "invalid_type"),
    ("percentage", 15.7, "out_of_range"),
    ("percentage", -0.1, "out_of_range"),
    ("duration", "1 day", "invalid_type"),
    ("duration", -1, "out_of_range"),
    ("boolean", "yes", "invalid_type"),
    ("boolean", 1, "invalid_type"),
    ("timestamp", "2026-03-15T09:00:00", "invalid_type"),
    ("timestamp", "15.03.2026", "invalid_type"),
    ("material", {"id": "mat_1", "external_id": "M"}, "invalid_type"),
]


@pytest.mark.parametrize(("kind", "value", "code"), REFUSED)
def test_a_value_of_another_type_is_refused(probe, kind, value, code):
    answer = probe(value, type=kind)
    assert answer.status_code == 422
    detail = answer.json()["error"]["details"][0]
    assert (detail["code"], detail["param"]) == (code, "data_points[0].input_value")


@pytest.mark.parametrize(
    ("base", "unit", "result"),
    [
        ("weight", "t", {"value": 2000, "unit": "kg"}),
        ("volume", "l", {"value": 0.002, "unit": "m3"}),
        ("temperature", "celsius", {"value": 2, "unit": "celsius"}),
        ("watt_hours", "kWh", {"value": 2, "unit": "kWh"}),
    ],
)
def test_an_amount_has_a_unit_of_its_base(probe, base, unit, result):
    answer = probe({"value": 2, "unit": unit}, type="amount", amount_base=base)
    assert answer.json()["data_points"][-1]["result_value"] == result


def test_pounds_come_back_in_kilograms(probe):
    pounds = {"value": 47079.76, "unit": "lbs"}
    answer = probe(pounds, type="amount", amount_base="weight").json()
    assert answer["data_points"][-1]["input_value"] == pounds
    result = answer["data_points"][-1]["result_value"]
    assert result["value"] == pytest.approx(21355.02, abs=0.01)
    assert result["unit"] == "kg"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"value": 2, "unit": "MWh"}, "invalid_unit"),
        ({"value": 2, "unit": "kg"}, "invalid_unit"),
        ({"value": "2", "unit": "kWh"}, "invalid_type"),
        ({"value": 2}, "invalid_type"),
        (2, "invalid_type"),
        ({"value": -1, "unit": "kWh"}, "out_of_range"),
    ],
)
def test_an_amount_that_does_not_fit_is_refused(cula, electricity_log, value, code):
    body = with_point(electricity_log, point(101), value)
    assert refuse(cula, body) == [(code, "data_points[0].input_value")]


def test_a_number_outside_of_its_bounds_is_refused(probe):
    bounds = {"min": 0, "max": 744}
    assert probe(744, type="number", validation=bounds).status_code == 201
    assert probe(745, type="number", validation=bounds).status_code == 422


def test_an_amount_is_compared_with_its_bounds_across_units(probe):
    bounds = {"max": {"value": 1, "unit": "t"}}
    weight = {"type": "amount", "amount_base": "weight", "validation": bounds}
    assert probe({"value": 1000, "unit": "kg"}, **weight).status_code == 201
    assert probe({"value": 1001, "unit": "kg"}, **weight).status_code == 422


def test_a_text_with_options_takes_the_value_of_an_option(probe):
    options = {"options": [{"label": "Wind power", "value": "wind"}]}
    assert probe("wind", type="short_text", select_config=options).status_code == 201
    assert probe("Wind power", type="short_text", select_config=options).status_code == 422
    assert probe(["wind"], type="multi_text", select_config=options).status_code == 409


def test_a_data_point_that_accepts_no_input_is_refused(cula, electricity_log):
    body = with_point(electricity_log, point(106), 0.1)
    assert refuse(cula, body) == [("read_only", "data_points[0].input_value")]


def test_a_data_point_that_accepts_no_input_is_computed(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    computed = next(p for p in made["data_points"] if p["name"] == "Grid factor")
    assert (computed["input_value"], computed["result_value"]) == (None, 0.041)


def test_a_data_point_of_another_config_is_refused(cula, electricity_log):
    body = with_point(electricity_log, point(201), 1)
    assert refuse(cula, body) == [("unknown_data_point", "data_points[0].config_id")]


def test_a_data_point_given_twice_is_refused(cula, electricity_log):
    electricity_log["data_points"].append(electricity_log["data_points"][0])
    assert refuse(cula, electricity_log) == [("repeated_data_point", "data_points[2].config_id")]


def test_a_default_stands_in_for_what_is_left_out(cula, electricity_log):
    made = cula.post(LOGS, electricity_log).json()
    values = {item["name"]: item["input_value"] for item in made["data_points"]}
    assert (values["Renewable share"], values["Estimated reading"]) == (0, False)
    assert "Meter read at" not in values


def test_a_missing_mandatory_data_point_is_refused(cula, electricity_log):
    electricity_log["data_points"].pop()
    assert refuse(cula, electricity_log) == [("missing", "data_points")]


@pytest.mark.parametrize("switches", [Switches(mandatory_at_create=False)], indirect=True)
def test_a_missing_mandatory_data_point_may_be_let_pass(cula, electricity_log):
    electricity_log["data_points"].pop()
    assert cula.post(LOGS, electricity_log).status_code == 201


def test_a_config_takes_logs_of_its_own_site_only(cula, electricity_log):
    electricity_log["site"] = {"external_id": "NB-YARD"}
    assert refuse(cula, electricity_log) == [("wrong_site", "site")]


def test_a_site_that_is_not_there_is_refused(cula, electricity_log):
    electricity_log["site"] = {"id": "ste_nothing"}
    assert refuse(cula, electricity_log) == [("not_found", "site")]


@pytest.mark.parametrize("site", [{}, {"id": "ste_1", "external_id": "NB-PLANT"}])
def test_a_site_is_named_in_exactly_one_way(cula, electricity_log, site):
    electricity_log["site"] = site
    assert refuse(cula, electricity_log) == [("value_error", "site")]


def test_a_config_that_is_not_there_is_refused(cula, electricity_log):
    electricity_log["config_id"] = "elc_nothing"
    assert refuse(cula, electricity_log) == [("not_found", "config_id")]


def test_a_file_that_is_not_there_is_refused(cula, electricity_log):
    electricity_log["file_ids"] = ["fil_nothing"]
    assert refuse(cula, electricity_log) == [("not_found", "file_ids[0]")]


@pytest.mark.parametrize("start", ["October", "01.10.2026", "2026-13-01", "2026-10-01T00:00:00"])
def test_a_period_that_is_no_date_is_refused(cula, electricity_log, start):
    electricity_log["period_start"] = start
    assert refuse(cula, electricity_log) == [("invalid_type", "period_start")]


def test_a_period_that_ends_before_it_starts_is_refused(cula, electricity_log):
    electricity_log["period_end"] = "2026-09-30"
    assert refuse(cula, electricity_log) == [("out_of_range", "period_end")]


def test_everything_that_is_wrong_is_told_at_once(cula, electricity_log):
    body = {
        **electricity_log,
        "site": {"external_id": "NB-LAB"},
        "data_points": [
            {"config_id": point(101), "input_value": 5},
            {"config_id": point(103), "input_value": 5},
        ],
        "file_ids": ["fil_nothing"],
    }
    assert [param for _, param in refuse(cula, body)] == [
        "site",
        "data_points[0].input_value",
        "data_points[1].input_value",
        "file_ids[0]",
    ]


def test_nothing_is_made_by_a_refused_body(cula, electricity_log):
    cula.post(LOGS, {**electricity_log, "file_ids": ["fil_nothing"]})
    assert cula.get(LOGS).json()["data"] == []


def test_a_missing_field_is_400(cula, electricity_log):
    del electricity_log["data_points"][1]["input_value"]
    answer = cula.post(LOGS, electricity_log)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "data_points[1].input_value"


@pytest.mark.parametrize("text", ["{", '{"a": NaN}', "\xff", '{"a": "\\ud83d"}'])
def test_malformed_json_is_400(cula, text):
    answer = cula.request("POST", LOGS, content=text.encode("latin-1"))
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "validation_error"


def test_a_body_above_1_mb_is_413(cula, electricity_log):
    electricity_log["display_key"] = "x" * 1_000_000
    assert cula.post(LOGS, electricity_log).status_code == 413


def test_a_member_that_is_not_documented_is_refused(cula, electricity_log):
    electricity_log["data_points"][0]["value"] = 1
    assert refuse(cula, electricity_log) == [("unknown_member", "data_points[0].value")]


@pytest.mark.parametrize("switches", [Switches(unknown_keys="ignore")], indirect=True)
def test_a_member_that_is_not_documented_may_be_ignored(cula, electricity_log):
    made = cula.post(LOGS, {**electricity_log, "colour": "green"})
    assert made.status_code == 201
    assert "colour" not in made.json()


def test_headers_are_checked_before_the_body(http, cula):
    assert http.post(cula.base + LOGS, content="{").status_code == 401
