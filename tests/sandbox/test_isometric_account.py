"""Isometric: projects, templates, blueprints and feedstock types, which can only be read."""

import pytest

from importer.sandbox.isometric import seed
from importer.sandbox.isometric.kinds import QUANTITY_KINDS
from importer.sandbox.isometric.units import convert, find_unit

TEMPLATE = "rvt_1NRBARK01SBX0001"


@pytest.fixture
def template(isometric, sandbox):
    return isometric.get(f"/projects/{sandbox.project_id}/ghg_entry_templates/{TEMPLATE}").json()


def test_there_is_one_project(isometric, sandbox):
    page = isometric.get("/projects").json()
    assert page["total_count"] == 1
    project = page["nodes"][0]
    assert project["id"] == sandbox.project_id
    assert project["name"] == "Norrbark Biochar Carbon Removal"
    assert project["country_code"] == "SWE"


def test_a_project_lists_its_templates_with_the_whole_tree(isometric, sandbox, template):
    page = isometric.get(f"/projects/{sandbox.project_id}/ghg_entry_templates").json()
    assert page["nodes"] == [template]
    assert template["display_name"] == "Biochar production batch"
    assert template["credit_type"] == "REMOVAL"


def test_a_template_has_groups_of_components(template):
    tree = [
        (group["key"], [component["display_name"] for component in group["components"]])
        for group in template["groups"]
    ]
    assert tree == [
        ("biochar-storage", ["Biochar carbon stored"]),
        ("feedstock-supply", ["Feedstock transport"]),
        (
            "pyrolysis",
            ["Grid electricity", "Natural gas for start-up", "Diesel on site", "Stack methane"],
        ),
        ("biochar-delivery", ["Biochar transport"]),
    ]


def test_fixed_inputs_are_bound_and_monitored_ones_are_not(isometric, template):
    inputs = [
        item
        for group in template["groups"]
        for component in group["components"]
        for item in component["inputs"]
    ]
    assert {item["type"] for item in inputs} == {"fixed", "monitored"}
    for item in inputs:
        if item["type"] == "monitored":
            assert item["datapoint_id"] is None
        else:
            assert isometric.get(f"/datapoints/{item['datapoint_id']}").status_code == 200


def test_a_blueprint_tells_shape_and_unit_of_every_input(isometric, template):
    for group in template["groups"]:
        for component in group["components"]:
            blueprint = isometric.get(f"/component_blueprints/{component['blueprint_key']}").json()
            shapes = {item["input_key"]: item for item in blueprint["inputs"]}
            assert shapes.keys() == {item["input_key"] for item in component["inputs"]}
            for item in component["inputs"]:
                assert shapes[item["input_key"]]["quantity_kind"] == item["quantity_kind"]
                assert shapes[item["input_key"]]["data_shape"] in ("SCALAR", "LIST")


def test_blueprints_have_a_key_and_no_id(isometric):
    page = isometric.get("/component_blueprints").json()
    assert [blueprint["key"] for blueprint in page["nodes"]] == [
        "biochar-sequestration",
        "road-freight",
        "electricity-use",
        "natural-gas-use",
        "diesel-use",
        "stack-emission",
    ]
    assert "id" not in page["nodes"][0]
    assert isometric.get("/component_blueprints/nothing").status_code == 404


def test_templates_of_an_unknown_project_are_404(isometric):
    assert isometric.get("/projects/prj_1NRBARK01SBX9999/ghg_entry_templates").status_code == 404


def test_feedstock_types_are_found_by_reference_or_read_in_full(isometric):
    names = [node["name"] for node in isometric.get("/feedstock_types").json()["nodes"]]
    assert names == ["Spruce forest residues", "Pine sawdust", "Birch bark"]
    page = isometric.get("/feedstock_types", supplier_reference_id="NB-FS-SPRUCE").json()
    assert (page["total_count"], page["nodes"][0]["name"]) == (1, "Spruce forest residues")
    feedstock_id = page["nodes"][0]["id"]
    assert isometric.get(f"/feedstock_types/{feedstock_id}").json() == page["nodes"][0]


def test_kinds_of_quantities_are_the_published_ones(template):
    assert len(QUANTITY_KINDS) == 66
    used = {item["quantity_kind"] for blueprint in seed.BLUEPRINTS for item in blueprint["inputs"]}
    assert used <= QUANTITY_KINDS


def test_the_unit_of_a_blueprint_input_is_of_its_kind():
    for blueprint in seed.BLUEPRINTS:
        for item in blueprint["inputs"]:
            assert find_unit(item["compatible_unit"]).kind == item["quantity_kind"]


@pytest.mark.parametrize(
    ("magnitude", "unit", "to", "expected"),
    [
        (2.5, "tonne", "kg", 2500),
        (500, "L", "m^3", 0.5),
        (3.6, "GJ", "kWh", 1000),
        (1, "mile", "km", 1.609344),
        (2.68, "kgCO2e / L", "kgCO2e / m^3", 2680),
        (12, None, "dimensionless", 12),
        (1, "g/m^3", "mg / m^3", 1000),
    ],
)
def test_units_convert_within_their_kind(magnitude, unit, to, expected):
    assert convert(magnitude, unit, to) == pytest.approx(expected)
