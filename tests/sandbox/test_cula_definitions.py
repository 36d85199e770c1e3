"""Cula: sites, configs and their versions, which can only be read."""

PLANT = "ste_01nrbark000000000000000001"
CONFIG = "elc_01nrbark000000000000000001"
CONFIGS = "/periodic-emission-log-configs"


def test_the_plant_has_three_sites(cula):
    sites = cula.get("/sites").json()["data"]
    assert [(site["external_id"], site["name"]) for site in sites] == [
        ("NB-PLANT", "Norrbark pyrolysis plant"),
        ("NB-YARD", "Norrbark wood yard"),
        ("NB-LAB", "Norrbark laboratory"),
    ]
    assert {site["timezone"] for site in sites} == {"Europe/Stockholm"}


def test_a_site_is_read_by_its_id_or_its_external_id(cula):
    by_id = cula.get(f"/sites/{PLANT}").json()
    assert by_id == cula.get("/sites/ext-NB-PLANT").json()
    assert by_id["organisation"].keys() == {"id", "external_id"}


def test_sites_come_by_pages(cula):
    first = cula.get("/sites", limit=2).json()
    assert first["pagination"] == {
        "starting_after": None,
        "limit": 2,
        "has_more": True,
        "next_cursor": first["data"][1]["id"],
    }
    cursor = first["pagination"]["next_cursor"]
    second = cula.get("/sites", limit=2, starting_after=cursor).json()
    assert [site["external_id"] for site in second["data"]] == ["NB-LAB"]
    assert second["pagination"] == {
        "starting_after": cursor,
        "limit": 2,
        "has_more": False,
        "next_cursor": None,
    }


def test_configs_come_as_data_alone(cula):
    answer = cula.get(CONFIGS).json()
    assert answer.keys() == {"data"}
    assert [config["site"]["external_id"] for config in answer["data"]] == [
        "NB-PLANT",
        "NB-PLANT",
        "NB-YARD",
    ]
    assert answer["data"][0].keys() == {"id", "active_version_id", "site", "created_at"}


def test_a_config_is_read_by_its_id_only(cula):
    assert cula.get(f"{CONFIGS}/{CONFIG}").json()["id"] == CONFIG
    assert cula.get(f"{CONFIGS}/ext-{CONFIG}").status_code == 404


def test_the_name_of_a_config_stands_in_its_active_version(cula):
    names = []
    for config in cula.get(CONFIGS).json()["data"]:
        version_id = config["active_version_id"]
        version = cula.get(f"{CONFIGS}/{config['id']}/versions/{version_id}").json()
        assert version["config_id"] == config["id"]
        assert version["next_version_id"] is None
        names.append(version["name"])
    assert names == ["Grid electricity", "Natural gas", "Diesel"]


def test_an_older_version_points_at_the_next_one(cula):
    versions = cula.get(f"{CONFIGS}/{CONFIG}/versions").json()
    assert versions.keys() == {"data"}
    old, active = versions["data"]
    assert old["next_version_id"] == active["id"]
    assert len(old["data_point_configs"]) < len(active["data_point_configs"])


def test_a_version_is_read_below_its_own_config_only(cula):
    version_id = cula.get(f"{CONFIGS}/{CONFIG}").json()["active_version_id"]
    other = "elc_01nrbark000000000000000002"
    assert cula.get(f"{CONFIGS}/{other}/versions/{version_id}").status_code == 404


def test_data_point_configs_say_what_they_take(cula):
    version = cula.get(f"{CONFIGS}/{CONFIG}/versions").json()["data"][-1]
    points = {point["name"]: point for point in version["data_point_configs"]}
    assert points["Electricity"]["amount_base"] == "watt_hours"
    assert points["Electricity"]["is_mandatory"] is True
    assert points["Electricity"]["validation"] == {"min": {"value": 0, "unit": "kWh"}}
    assert points["Renewable share"]["default_input_value"] == 0
    assert points["Grid factor"]["accepts_input"] is False
    assert not any(name.startswith("_") for name in version)
