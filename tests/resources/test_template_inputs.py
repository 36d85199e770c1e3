"""The inputs of a GHG entry, as its template and the blueprints define them."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from importer.declare.column import Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Items
from importer.model.plan import Difference, Update
from importer.model.record import Json, Remote
from importer.planning.states import read_remote
from importer.resources.isometric.account import ENTRY_TEMPLATE
from importer.resources.isometric.entry import ENTRY
from importer.resources.isometric.template_input import (
    define_inputs,
    observe_template,
    read_inputs,
    stuck_inputs,
    update_entry,
    write_inputs,
)
from planning.account import (
    BATCH,
    BATCH_ROW,
    CHAR,
    STORED_CHAR,
    STORED_TRUCK,
    TRUCK,
    batch_entry,
    blueprint,
    component,
    scalar,
    several,
    template,
    template_component,
    template_input,
)
from planning.makers import read_record
from resources.nonsense import SHAPES, json_documents


def define(*components: dict[str, Json], **blueprints: Json) -> Defined:
    return define_inputs({"Template": template({"g": list(components)}, blueprints)})


def fields(found: Defined) -> Mapping[str, DefinedField]:
    return {each.inner: each for each in found.fields}


def test_monitored_and_fixed_scalar_and_list() -> None:
    found = define_inputs(BATCH)
    assert not found.flaws
    assert {
        inner: (each.column.kind, each.computed, each.column.required)
        for inner, each in fields(found).items()
    } == {
        "rtc_char/mass": (Kind.REFERENCE, False, True),
        "rtc_char/carbon": (Kind.REFERENCES, False, True),
        "rtc_char/durability": (Kind.REFERENCE, True, True),
        "rtc_truck/mass": (Kind.REFERENCES, False, True),
        "rtc_truck/distance": (Kind.REFERENCE, False, True),
    }
    assert all(each.column.to == "datapoint" for each in found.fields)


def test_an_input_says_what_it_takes() -> None:
    about = fields(define_inputs(BATCH))["rtc_char/mass"].column
    assert (about.header, about.about) == ("Biochar, Mass", "mass in a unit like kg")


def test_a_component_is_called_by_id_name_or_group_and_name_and_an_input_by_key_or_name() -> None:
    assert fields(define_inputs(BATCH))["rtc_char/mass"].spellings == (
        ("rtc_char", "Biochar", "storage: Biochar"),
        ("mass", "Mass"),
    )


def test_one_blueprint_in_two_components_makes_two_sets_of_inputs() -> None:
    there = template_component("rtc_in", "Transport", "freight", template_input("distance"))
    back = template_component("rtc_out", "Transport", "freight", template_input("distance"))
    groups = {"supply": [there], "delivery": [back]}
    found = define_inputs({"Template": template(groups, {"freight": blueprint(distance="SCALAR")})})
    assert not found.flaws
    assert [each.spellings[0] for each in found.fields] == [
        ("rtc_in", "Transport", "supply: Transport"),
        ("rtc_out", "Transport", "delivery: Transport"),
    ]


FLAWS: dict[str, tuple[dict[str, Json], Json, str]] = {
    "an unbound fixed input": (
        {**CHAR, "inputs": [{**template_input("gwp"), "type": "fixed"}]},
        blueprint(gwp="SCALAR"),
        "a fixed input without a datapoint (Biochar, gwp)",
    ),
    "a blueprint that was withdrawn": (
        CHAR,
        None,
        "an input whose blueprint cannot be read (Biochar, mass)",
    ),
    "a blueprint without that input": (
        CHAR,
        blueprint(carbon="LIST"),
        "an input whose blueprint cannot be read (Biochar, mass)",
    ),
    "a shape that is neither one nor a list": (
        CHAR,
        blueprint(mass="MATRIX", carbon="LIST"),
        "an input whose blueprint cannot be read (Biochar, mass)",
    ),
    "a component without an id": (
        {**CHAR, "id": None},
        blueprint(mass="SCALAR", carbon="LIST"),
        "a component without an id",
    ),
    "an input without a key": (
        {**CHAR, "inputs": [{**template_input("mass"), "input_key": None}]},
        blueprint(mass="SCALAR"),
        "an input without a key (Biochar)",
    ),
}


@pytest.mark.parametrize(("broken", "shapes", "flaw"), FLAWS.values(), ids=FLAWS.keys())
def test_an_entry_that_could_not_be_complete_is_a_flaw_of_its_template(
    broken: dict[str, Json], shapes: Json, flaw: str
) -> None:
    assert flaw in define(broken, storage=shapes).flaws


@pytest.mark.parametrize("groups", [None, {}, "x", 0])
def test_a_template_without_readable_groups_is_flawed(groups: Json) -> None:
    found = define_inputs({"Template": {"id": "rvt_1", "groups": groups}})
    assert found.flaws == ("no groups that can be read",)


def test_a_fixed_input_needs_no_blueprint() -> None:
    only_fixed: dict[str, Json] = {**CHAR, "inputs": [template_input("durability", fixed="dtp_1")]}
    assert not define(only_fixed).flaws


def test_each_blueprint_is_read_once_and_its_key_is_no_path() -> None:
    again = {**TRUCK, "id": "rtc_other"}
    odd = template_component("rtc_odd", "Odd", "a/b?c")
    parts = ENTRY_TEMPLATE.parts(template({"g": [CHAR, TRUCK, again, odd]}, {}))
    assert dict(parts) == {
        "blueprint a/b?c": "/component_blueprints/a%2Fb%3Fc",
        "blueprint freight": "/component_blueprints/freight",
        "blueprint storage": "/component_blueprints/storage",
    }


def test_a_template_is_called_by_id_reference_or_name() -> None:
    named: dict[str, Json] = {"id": "rvt_1", "supplier_reference_id": None, "display_name": "Batch"}
    assert ENTRY_TEMPLATE.spellings(named) == ("rvt_1", "Batch")


@pytest.mark.parametrize("nonsense", SHAPES, ids=str)
@pytest.mark.parametrize("member", ["id", "display_name", "blueprint_key", "inputs"])
def test_a_component_of_any_shape_is_read_without_a_crash(member: str, nonsense: Json) -> None:
    broken = template({"g": [{**CHAR, member: nonsense}]}, {"storage": nonsense})
    ENTRY_TEMPLATE.parts(broken)
    define_inputs({"Template": broken})
    write_inputs({"rtc_char/mass": "dtp_1"}, {"Template": broken})
    observe_template(batch_entry(), {"Template": broken})


@pytest.mark.parametrize("nonsense", SHAPES, ids=str)
@pytest.mark.parametrize(
    "member", ["input_key", "display_name", "type", "quantity_kind", "datapoint_id"]
)
def test_a_template_input_of_any_shape_is_read_without_a_crash(member: str, nonsense: Json) -> None:
    broken = {**CHAR, "inputs": [{**template_input("mass"), member: nonsense}, nonsense]}
    define(broken, storage=blueprint(mass="SCALAR"))


@pytest.mark.parametrize("nonsense", SHAPES, ids=str)
@pytest.mark.parametrize("member", ["input_key", "data_shape", "compatible_unit"])
def test_a_blueprint_input_of_any_shape_is_read_without_a_crash(
    member: str, nonsense: Json
) -> None:
    shape: dict[str, Json] = {"input_key": "mass", "data_shape": "LIST", member: nonsense}
    define(CHAR, storage={"inputs": [shape, nonsense]})


@settings(max_examples=50)
@given(json_documents, json_documents)
def test_any_template_and_any_answer_are_read_without_a_crash(one: Json, other: Json) -> None:
    account: Items = {"Template": {"id": "rvt_1", "groups": one, "blueprint x": other}}
    ENTRY_TEMPLATE.parts(account["Template"])
    define_inputs(account)
    for items in (account, BATCH):
        remote = read_remote(ENTRY, batch_entry() | {"components": other}, items)
        update_entry(_rebinding(remote), dict(remote.state), items)


def _rebinding(remote: Remote) -> Update:
    difference = Difference(
        field="ghg_entry_template_components[rtc_1/mass]", header="Mass", before=None, after="x"
    )
    return Update(record=read_record(ENTRY, BATCH_ROW), remote=remote, differences=(difference,))


TEMPLATES: dict[str, tuple[list[Json], str]] = {
    "all of its components": ([STORED_CHAR, STORED_TRUCK], "rvt_1"),
    "and one of its own": (
        [STORED_CHAR, STORED_TRUCK, component("cmp_free", None, scalar("x", "dtp_1"))],
        "rvt_1",
    ),
    "one component taken off": ([STORED_CHAR], "rvt_1"),
    "none of them": ([component("cmp_free", None)], "another template"),
    "those of another": ([component("cmp_1", "rtc_other")], "another template"),
    "more than the template has": (
        [STORED_CHAR, STORED_TRUCK, component("cmp_1", "rtc_other")],
        "another template",
    ),
    "one that has no id of its own": (
        [STORED_CHAR, {**STORED_TRUCK, "id": None}],
        "rvt_1",
    ),
}


@pytest.mark.parametrize(("components", "made_from"), TEMPLATES.values(), ids=TEMPLATES.keys())
def test_an_entry_tells_its_template_by_its_components(
    components: list[Json], made_from: str
) -> None:
    assert observe_template(batch_entry(*components), BATCH) == {"ghg_entry_template_id": made_from}


def test_what_could_not_be_given_an_input_any_more_is_not_to_be_updated() -> None:
    remote = Remote(id="rmv_1", key="B-1", body=batch_entry(STORED_CHAR), state={})
    differences = tuple(
        Difference(
            field=f"ghg_entry_template_components[{inner}]", header=inner, before=None, after="dtp"
        )
        for inner in ("rtc_char/mass", "rtc_truck/distance")
    )
    dates = Difference(field="started_on", header="Started on", before="a", after="b")
    record = read_record(ENTRY, BATCH_ROW)
    change = Update(record=record, remote=remote, differences=(*differences, dates))
    assert set(stuck_inputs(change)) == {"ghg_entry_template_components[rtc_truck/distance]"}


def test_a_component_with_fixed_inputs_only_may_be_taken_off() -> None:
    only_fixed = template_component(
        "rtc_gwp", "Factors", "storage", template_input("gwp", fixed="dtp_1")
    )
    items: Items = {"Template": template({"g": [CHAR, only_fixed]}, {})}
    found = observe_template(batch_entry(STORED_CHAR), items)
    assert found == {"ghg_entry_template_id": "rvt_1"}


def test_a_template_without_components_is_read_back_as_itself() -> None:
    items: Items = {"Template": {"id": "rvt_1", "groups": []}}
    assert observe_template({"components": []}, items) == {"ghg_entry_template_id": "rvt_1"}


def test_only_what_is_bound_to_a_monitored_input_counts_as_stored() -> None:
    """Otherwise an entry whose input is empty would pass for complete."""
    hollow = component("cmp_char", "rtc_char", scalar("mass", None), several("carbon"))
    body = batch_entry(hollow, STORED_TRUCK)
    assert read_inputs(body, BATCH) == {
        "rtc_truck/mass": ["dtp_load"],
        "rtc_truck/distance": "dtp_km",
    }


@pytest.mark.parametrize(
    ("net", "credit", "warned"),
    [
        (-5.0, "REMOVAL", 1),
        (0, "REMOVAL", 0),
        (5, "REMOVAL", 0),
        (-5.0, "REDUCTION", 0),
        (-(10**400), "REMOVAL", 1),
        (None, "REMOVAL", 0),
        (True, "REMOVAL", 0),
        ("-5", "REMOVAL", 0),
        ({}, "REMOVAL", 0),
    ],
    ids=str,
)
def test_a_negative_removal_is_a_warning(net: Json, credit: str, warned: int) -> None:
    assert ENTRY.warnings is not None
    answer: dict[str, Json] = {"co2e_net_removed_kg": net, "credit_type": credit}
    assert len(ENTRY.warnings(answer)) == warned
