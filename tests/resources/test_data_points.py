"""Data points, as the active version of a config defines them."""

import pytest
from hypothesis import given, settings

from importer.declare.column import Column, Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Items
from importer.model.record import Json
from importer.resources.cula.data_point import (
    UNITS,
    define_data_points,
    read_values,
    write_values,
)
from importer.resources.cula.emission_log import EMISSION_LOG
from planning.account import SITE, config, point, stored_point
from resources.nonsense import SHAPES, json_documents


def items(*points: Json, site: dict[str, Json] | None = None) -> Items:
    return {"Config": config(*points), "Site": site or SITE}


def define(**more: Json) -> DefinedField:
    """The field of one data point."""
    (field,) = define_data_points(items({**point("dpc_1", "Power", "number"), **more})).fields
    return field


def column(**more: Json) -> Column:
    return define(**more).column


TYPES = {
    "short_text": Kind.TEXT,
    "long_text": Kind.TEXT,
    "multi_text": Kind.TEXTS,
    "number": Kind.NUMBER,
    "percentage": Kind.PERCENTAGE,
    "duration": Kind.DURATION,
    "boolean": Kind.BOOLEAN,
    "amount": Kind.AMOUNT,
    "timestamp": Kind.MOMENT,
    "material": Kind.TEXT,
    "container_type": Kind.TEXT,
}


@pytest.mark.parametrize(("kind", "read_as"), TYPES.items(), ids=TYPES.keys())
def test_a_type_is_read_as_one_kind_of_cell(kind: str, read_as: Kind) -> None:
    assert column(type=kind).kind is read_as
    assert column(type=kind).available


@pytest.mark.parametrize(
    ("kind", "default", "words"),
    [
        ("percentage", 0.07, "7 %"),
        ("percentage", 0, "0 %"),
        ("number", 15.7, "15.7"),
        ("number", 10**400, ""),
        ("duration", 131_400_000, "36:30"),
        ("duration", 5_415_000, "1:30:15"),
        ("duration", -1, ""),
        ("duration", 1e300, ""),
        ("boolean", False, "no"),
        ("boolean", True, "yes"),
        ("amount", {"value": 5, "unit": "kg"}, "5 kg"),
        ("short_text", "B7", "“Diesel B7”"),
        ("multi_text", ["HVO100", "B7"], "“HVO100; Diesel B7”"),
        ("long_text", "x" * 100, f"“{'x' * 79}…”"),
        ("material", {"id": "mat_01"}, "mat_01"),
        ("number", None, ""),
        ("number", {"value": "5"}, ""),
    ],
)
def test_a_default_is_told_as_a_cell_would_say_it(kind: str, default: Json, words: str) -> None:
    options: list[Json] = [{"label": "Diesel B7", "value": "B7"}, {"label": "", "value": "HVO100"}]
    found = column(type=kind, default_input_value=default, select_config={"options": options})
    assert found.default == words


@pytest.mark.parametrize("kind", ["material_id", "new_type", "", None, [], 5])
def test_a_type_that_is_not_sent_yet_is_marked_so(kind: Json) -> None:
    assert not column(type=kind).available


@pytest.mark.parametrize(
    ("kind", "because"),
    [
        ("new_type", ""),
        ("number", ""),
    ],
)
def test_a_type_that_is_not_sent_says_why_where_that_is_known(kind: str, because: str) -> None:
    assert column(type=kind).because == because


BASES = {
    "weight": ("kg", "t", "lbs", "shortton"),
    "volume": ("l", "m3", "foot^3", "yard^3"),
    "temperature": ("celsius",),
    "watt_hours": ("kWh",),
}


@pytest.mark.parametrize(("base", "units"), BASES.items(), ids=BASES.keys())
def test_an_amount_takes_the_units_of_its_base(base: str, units: tuple[str, ...]) -> None:
    assert column(type="amount", amount_base=base).units == units


@pytest.mark.parametrize("base", ["currency", "", None, {}])
def test_an_amount_of_an_unknown_base_takes_no_unit(base: Json) -> None:
    assert column(type="amount", amount_base=base).units == ()


def test_no_base_is_left_out() -> None:
    assert UNITS == BASES


BOUNDS: dict[str, tuple[str, Json, tuple[float | None, float | None, str]]] = {
    "none": ("number", None, (None, None, "")),
    "both": ("number", {"min": 0, "max": 744}, (0, 744, "")),
    "from zero": ("number", {"min": 0}, (0, None, "")),
    "up to": ("number", {"max": -5.5}, (None, -5.5, "")),
    "of null": ("number", {"min": None, "max": None}, (None, None, "")),
    "an amount": ("amount", {"min": {"value": 0, "unit": "kWh"}}, (0, None, "kWh")),
    "two amounts": (
        "amount",
        {"min": {"value": 1, "unit": "t"}, "max": {"value": 9, "unit": "t"}},
        (1, 9, "t"),
    ),
    "amounts in two units": (
        "amount",
        {"min": {"value": 1, "unit": "kg"}, "max": {"value": 9, "unit": "t"}},
        (1, 9, "kg"),
    ),
    "a duration": ("duration", {"min": 0, "max": 86400000}, (0, 86400000, "")),
    "a percentage": ("percentage", None, (0, 1, "")),
    "a percentage, up to": ("percentage", {"max": 0.5}, (0, 0.5, "")),
    "a percentage, from": ("percentage", {"min": 0.2}, (0.2, 1, "")),
    "nonsense": ("number", {"min": "0", "max": [1]}, (None, None, "")),
    "yes and no": ("number", {"min": False, "max": True}, (None, None, "")),
    "beyond a double": ("number", {"min": 10**400}, (None, None, "")),
    "a list": ("number", [0, 1], (None, None, "")),
}


@pytest.mark.parametrize(("kind", "rules", "bounds"), BOUNDS.values(), ids=BOUNDS.keys())
def test_bounds_are_those_of_the_validation(
    kind: str, rules: Json, bounds: tuple[float | None, float | None, str]
) -> None:
    found = column(type=kind, validation=rules)
    assert (found.at_least, found.at_most, found.bound_unit) == bounds


@pytest.mark.parametrize(
    ("rules", "units"),
    [
        ({"min": {"value": 1, "unit": "kg"}, "max": {"value": 9, "unit": "t"}}, ("kg", "t")),
        ({"min": {"value": 1, "unit": "t"}, "max": {"value": 9, "unit": "t"}}, ("t", "")),
        ({"min": {"value": 1, "unit": "t"}}, ("t", "")),
        ({"max": {"value": 1, "unit": "t"}}, ("t", "")),
        ({"max": 1}, ("", "")),
    ],
)
def test_each_bound_of_an_amount_keeps_its_unit(rules: Json, units: tuple[str, str]) -> None:
    found = column(type="amount", validation=rules)
    assert (found.bound_unit, found.most_unit) == units


NEEDS: dict[str, tuple[dict[str, Json], bool]] = {
    "mandatory": ({"is_mandatory": True}, True),
    "optional": ({"is_mandatory": False}, False),
    "unsaid": ({"is_mandatory": None}, False),
    "mandatory with a default": ({"is_mandatory": True, "default_input_value": 0.07}, False),
    "mandatory, zero by default": ({"is_mandatory": True, "default_input_value": 0}, False),
    "mandatory, no by default": ({"is_mandatory": True, "default_input_value": False}, False),
    "mandatory, no default": ({"is_mandatory": True, "default_input_value": None}, True),
}


@pytest.mark.parametrize(("more", "is_needed"), NEEDS.values(), ids=NEEDS.keys())
def test_only_a_mandatory_data_point_without_a_default_has_to_be_given(
    more: dict[str, Json], is_needed: bool
) -> None:
    assert column(**more).required is is_needed


def test_a_data_point_that_accepts_no_input_is_computed() -> None:
    assert define(accepts_input=False).computed
    assert not define(accepts_input=True).computed
    assert not define(accepts_input=None).computed


def test_options_are_offered_by_their_value() -> None:
    options: Json = [{"label": "Wind", "value": "wind"}, {"label": "Sun", "value": "solar"}]
    found = column(type="short_text", select_config={"options": options})
    assert found.choices == ("wind", "solar")
    assert found.labels == ("Wind", "Sun")


@pytest.mark.parametrize("kind", ["number", "percentage", "amount", "boolean", "duration"])
def test_what_is_no_text_has_no_options(kind: str) -> None:
    """Which types carry options is not published; a number would never be one of texts."""
    options: Json = [{"label": "One", "value": "1"}]
    assert column(type=kind, select_config={"options": options}).choices == ()


def test_an_option_without_a_label_has_its_value_only() -> None:
    options: Json = [{"value": "wind"}, {"label": "Sun", "value": "solar"}]
    found = column(type="multi_text", select_config={"options": options})
    assert (found.choices, found.labels) == (("wind", "solar"), ("", "Sun"))


@pytest.mark.parametrize(
    "select", [None, [], {"options": None}, {"options": [None, {}, {"value": 1}]}]
)
def test_options_that_cannot_be_read_are_none(select: Json) -> None:
    assert column(type="short_text", select_config=select).choices == ()


def test_a_data_point_is_called_by_its_id_or_its_name() -> None:
    assert define().spellings == (("dpc_1", "Power"),)
    assert define(name=None).spellings == (("dpc_1", "dpc_1"),)
    assert define(name=None).column.header == "dpc_1"


ZONES: dict[str, tuple[Json, str, int]] = {
    "a known zone": ("Europe/Stockholm", "Europe/Stockholm", 0),
    "none told": (None, "", 0),
    "blank": ("", "", 0),
    "no text": (5, "", 0),
    "an unknown zone": ("Mars/Olympus", "", 1),
    "a path": ("../../etc/passwd", "", 1),
    "a folder of zones": ("Europe", "", 1),
    "a null in it": ("Europe/\0", "", 1),
}


@pytest.mark.parametrize(("zone", "used", "flaws"), ZONES.values(), ids=ZONES.keys())
def test_moments_are_read_in_the_zone_of_the_site(zone: Json, used: str, flaws: int) -> None:
    """A wrong guess of the zone would be silent, so one that is not known is a flaw."""
    found = define_data_points(
        items(point("dpc_1", "Read at", "timestamp"), site={**SITE, "timezone": zone})
    )
    assert found.fields[0].column.zone == used
    assert len(found.flaws) == flaws


def test_a_zone_that_is_not_known_matters_to_moments_only() -> None:
    found = define_data_points(
        items(point("dpc_1", "Power", "number"), site={**SITE, "timezone": "Mars/Olympus"})
    )
    assert found.flaws == ()


@pytest.mark.parametrize("version", [None, "ecv_1", [], {}, {"data_point_configs": None}])
def test_a_config_without_a_readable_version_is_flawed(version: Json) -> None:
    found = define_data_points({"Config": {**config(), "active_version": version}, "Site": SITE})
    assert found == Defined(fields=(), flaws=("no active version that can be read",))


def test_a_version_without_data_points_is_fine() -> None:
    assert define_data_points(items()) == Defined(fields=(), flaws=())


def test_what_was_written_is_read() -> None:
    account = items(
        point("dpc_1", "Power", "number"),
        point("dpc_2", "Label", "short_text"),
        point("dpc_3", "Sum", "number", accepts_input=False),
    )
    values: dict[str, Json] = {"dpc_2": "x", "dpc_1": 0}
    written = write_values(values, account)
    assert isinstance(written, list)
    assert read_values({"data_points": [*written, stored_point("dpc_3", 5)]}, account) == values


@pytest.mark.parametrize(
    "stored", ["2026-11-01T08:15:00+01:00", "2026-11-01T07:15:00.000Z", "2026-11-01T07:15:00Z"]
)
def test_a_moment_that_was_typed_by_hand_is_read_in_the_one_spelling(stored: str) -> None:
    account = items(point("dpc_1", "Read at", "timestamp"), point("dpc_2", "Note", "short_text"))
    body: dict[str, Json] = {
        "data_points": [stored_point("dpc_1", stored), stored_point("dpc_2", stored)]
    }
    assert read_values(body, account) == {"dpc_1": "2026-11-01T07:15:00Z", "dpc_2": stored}


def test_of_a_stored_reference_one_id_is_sent_again() -> None:
    """An answer may show both ids of a material; a request takes exactly one."""
    account = items(point("dpc_1", "Lubricant", "material"))
    body: dict[str, Json] = {
        "data_points": [stored_point("dpc_1", {"id": "mat_1", "external_id": None})]
    }
    assert write_values(read_values(body, account), account) == [
        {"config_id": "dpc_1", "input_value": {"id": "mat_1"}}
    ]


@pytest.mark.parametrize("nonsense", SHAPES, ids=str)
@pytest.mark.parametrize(
    "member",
    [
        "id",
        "name",
        "type",
        "is_mandatory",
        "accepts_input",
        "default_input_value",
        "amount_base",
        "validation",
        "select_config",
    ],
)
def test_a_data_point_config_of_any_shape_is_read_without_a_crash(
    member: str, nonsense: Json
) -> None:
    account = items({**point("dpc_1", "Power", "amount"), member: nonsense}, nonsense)
    define_data_points(account)
    write_values({"dpc_1": 5}, account)


@settings(max_examples=50)
@given(json_documents, json_documents)
def test_any_config_and_any_answer_are_read_without_a_crash(one: Json, other: Json) -> None:
    account: Items = {
        "Config": {"id": "elc_1", "active_version": {"data_point_configs": one}},
        "Site": {"id": "ste_1", "timezone": other},
    }
    define_data_points(account)
    read_values({"data_points": other}, account)
    define_data_points({"Config": {"id": "elc_1", "active_version": other}, "Site": SITE})


@pytest.mark.parametrize(
    ("owner", "is_misfit"),
    [
        ({"id": "ste_plant"}, False),
        ("ste_plant", False),
        ({"id": "ste_yard"}, True),
        ("ste_yard", True),
        (None, False),
        ({}, False),
        ({"id": None}, False),
    ],
)
def test_a_config_goes_with_its_own_site_only(owner: Json, is_misfit: bool) -> None:
    assert EMISSION_LOG.misfits is not None
    found = EMISSION_LOG.misfits({"Config": config(site=owner), "Site": SITE})
    assert [each.header for each in found] == (["Site"] if is_misfit else [])


@pytest.mark.parametrize(
    ("status", "warned"), [("failed", 1), ("completed", 0), ("calculating", 0), (None, 0), ({}, 0)]
)
def test_a_failed_calculation_is_a_warning(status: Json, warned: int) -> None:
    assert EMISSION_LOG.warnings is not None
    assert len(EMISSION_LOG.warnings({"status": status})) == warned
