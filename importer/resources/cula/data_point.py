"""The data points of an emission log, as the active version of its config defines them.

Source: docs.cula.tech/upcoming/concepts/data-points
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from importer.declare.column import Column, Kind
from importer.declare.definition import Defined, DefinedField
from importer.declare.resource import Items
from importer.model.moment import respell_moment
from importer.model.record import Json
from importer.resources.cula.account import active_version, is_older
from importer.resources.cula.default import describe_default

KINDS: Mapping[str, Kind] = {
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
"""Data point types that this version sends, and what their cells are read as.

Source: docs.cula.tech/upcoming-api-reference/material-sourcing/update-a-single-data-point
"""

REFERENCES: Mapping[str, str] = {
    "material": "the material's id as Cula shows it, such as mat_…",
    "container_type": "the container type's id as Cula shows it, three letters and an underscore "
    "in front",
}
"""Types whose value is a reference, such as `{"id": "mat_…"}`, and what their cells hold.

No way to look one up by name is published, so a cell holds the id; the service knows whether it
is one. Source: docs.cula.tech/upcoming-api-reference/material-sourcing/update-a-single-data-point
"""

_REFERENCE = "[a-z]{3}_[0-9A-Za-z]+"
"""Ids have a prefix of three letters; not all of them are published.

Source: docs.cula.tech/upcoming/concepts/resource-identity
"""

UNSURE: Mapping[str, str] = {
    "percentage": "a percentage, which the older API of Cula's API keys may count from 0 to 100",
    "duration": "a duration, which the older API of Cula's API keys may count in seconds",
    "material_id": "a material, whose form in the older API of Cula's API keys is not published",
    "container_type_id": "a container type, whose form in the older API of Cula's API keys is not "
    "published",
}
"""Types that are not sent with an API key, and why.

docs.cula.tech/concepts/data-points says 0 to 100, and has a bound of 0.5 in its sample; it says
seconds where docs.cula.tech/upcoming/concepts/data-points says milliseconds.
"""

UNITS: Mapping[str, tuple[str, ...]] = {
    "weight": ("kg", "t", "lbs", "shortton"),
    "volume": ("l", "m3", "foot^3", "yard^3"),
    "temperature": ("celsius",),
    "watt_hours": ("kWh",),
}
"""Units by the base of an amount. Source: docs.cula.tech/concepts/amounts-and-units"""

_TWO_NAMES = "lbs"
"""Samples of the older API call it `lb`, so pounds are sent in another unit there."""


def define_data_points(items: Items) -> Defined:
    """One field for each data point of the config's active version."""
    configs = tuple(_data_point_configs(items))
    zone = items["Site"].get("timezone")
    known = zone if isinstance(zone, str) and _is_zone(zone) else ""
    define = _field_by_key if is_older(items["Config"]) else _field
    return Defined(
        fields=tuple(define(config, known) for config in configs),
        flaws=tuple(_flaws(items, configs)),
    )


def write_values(values: Mapping[str, Json], items: Items) -> Json:
    """The complete `data_points`, in the config's order; what the version does not take is left."""
    taken = [config for config in _data_point_configs(items) if _accepts_input(config)]
    return [
        {"config_id": _id(config), "input_value": _on_wire(values[_id(config)], config)}
        for config in taken
        if _id(config) in values
    ]


def read_values(body: Mapping[str, Json], items: Items) -> Mapping[str, Json]:
    """The values as they were put in (`input_value`), by data point; the normalised ones differ."""
    taken = {_id(each): each for each in _data_point_configs(items) if _accepts_input(each)}
    stored = body.get("data_points")
    values: dict[str, Json] = {}
    for point in stored if isinstance(stored, list) else []:
        if not isinstance(point, dict):
            continue
        key, value = point.get("config_id"), point.get("input_value")
        if isinstance(key, str) and key in taken and value is not None:
            values[key] = _compared(value, taken[key])
    return values


def _compared(value: Json, config: Mapping[str, Json]) -> Json:
    """A stored value in the form that is compared and, where nothing is stated, sent again.

    Moments that people typed have an offset. A reference is compared by its id.
    """
    kind = str(config.get("type"))
    if kind == "timestamp" and isinstance(value, str):
        return respell_moment(value)
    if kind in REFERENCES and isinstance(value, dict) and value.get("id"):
        return value["id"]
    return value


def _on_wire(value: Json, config: Mapping[str, Json]) -> Json:
    """A value as it is sent. Of a reference's two ids a request takes one.

    Source: docs.cula.tech/upcoming/concepts/resource-identity
    """
    is_reference = str(config.get("type")) in REFERENCES and isinstance(value, str)
    return {"id": value} if is_reference else value


def _data_point_configs(items: Items) -> Iterator[Mapping[str, Json]]:
    configs = active_version(items["Config"]).get("data_point_configs")
    for config in configs if isinstance(configs, list) else []:
        if isinstance(config, dict) and isinstance(config.get("id"), str):
            yield config


def _flaws(items: Items, configs: Iterable[Mapping[str, Json]]) -> Iterator[str]:
    """Why a config cannot be filled in from a workbook."""
    if not isinstance(active_version(items["Config"]).get("data_point_configs"), list):
        yield "no active version that can be read"
    zone = items["Site"].get("timezone")
    has_moments = any(config.get("type") == "timestamp" for config in configs)
    if has_moments and isinstance(zone, str) and zone and not _is_zone(zone):
        yield f"moments at a site whose time zone is not known ({zone})"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, or a folder of zones
        return False
    return True


def _is_needed(config: Mapping[str, Json]) -> bool:
    """Whether a record without a value for it is incomplete: mandatory and without a default."""
    return config.get("is_mandatory") is True and config.get("default_input_value") is None


def _name(config: Mapping[str, Json]) -> str:
    return str(config.get("name") or _id(config))


def _id(config: Mapping[str, Json]) -> str:
    return str(config["id"])


def _accepts_input(config: Mapping[str, Json]) -> bool:
    """Whether a value may be given; the older API calls a computed one by `has_dependencies`.

    Source: docs.cula.tech/upcoming-api-reference/periodic-emission-log-configs and
    docs.cula.tech/api-reference/periodic-emission-log-configs (get-a-specific-config-version)
    """
    stated = config.get("accepts_input")
    return config.get("has_dependencies") is not True if stated is None else stated is not False


def _field_by_key(config: Mapping[str, Json], zone: str) -> DefinedField:
    """With an API key, what may have another scale or name there is not sent."""
    field = _field(config, zone)
    doubt = UNSURE.get(str(config.get("type")), "")
    column = replace(
        field.column,
        units=tuple(each for each in field.column.units if each != _TWO_NAMES),
        available=field.column.available and not doubt,
        because=doubt or field.column.because,
        default="" if doubt else field.column.default,
    )
    return replace(field, column=column)


def _field(config: Mapping[str, Json], zone: str) -> DefinedField:
    name = _name(config)
    kind = KINDS.get(str(config.get("type")), Kind.DEFINED)
    reference = REFERENCES.get(str(config.get("type")), "")
    at_least, at_most, units = _bounds(config)
    # Which types carry options is not published; only texts can be one of texts.
    options = tuple(_options(config)) if kind in (Kind.TEXT, Kind.TEXTS) else ()
    return DefinedField(
        inner=_id(config),
        spellings=((_id(config), name),),
        column=Column(
            header=name,
            kind=kind,
            about=str(config.get("type")),
            required=_is_needed(config),
            default=describe_default(config),
            units=UNITS.get(str(config.get("amount_base")), ()),
            choices=tuple(value for value, _ in options),
            labels=tuple(label for _, label in options),
            at_least=at_least,
            at_most=at_most,
            bound_unit=units[0],
            most_unit=units[1] if units[1] != units[0] else "",
            zone=zone,
            pattern=_REFERENCE if reference else "",
            pattern_says=reference,
            available=kind is not Kind.DEFINED,
        ),
        computed=not _accepts_input(config),
    )


def _bounds(
    config: Mapping[str, Json],
) -> tuple[float | None, float | None, tuple[str, str]]:
    """The least and the largest value, and their units; a percentage stays within 0 and 1."""
    rules = config.get("validation")
    found = rules if isinstance(rules, dict) else {}
    at_least, at_most = _bound(found.get("min")), _bound(found.get("max"))
    if config.get("type") == "percentage":
        at_least = at_least if at_least is not None else 0
        at_most = at_most if at_most is not None else 1
    least_unit, most_unit = _unit(found.get("min")), _unit(found.get("max"))
    return at_least, at_most, (least_unit or most_unit, most_unit or least_unit)


def _bound(value: Json) -> float | None:
    """A bound is a plain number, or for an amount a value with its unit.

    Source: docs.cula.tech/concepts/amounts-and-units
    """
    number = value.get("value") if isinstance(value, dict) else value
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    try:
        return float(number)
    except OverflowError:  # a whole number that no float holds bounds nothing
        return None


def _unit(value: Json) -> str:
    unit = value.get("unit") if isinstance(value, dict) else ""
    return unit if isinstance(unit, str) else ""


def _options(config: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Options as they are sent, and what people see of them.

    Source: docs.cula.tech/upcoming-api-reference/material-sourcing-configs (versions). That the
    value is what is sent, and not the label, is inferred.
    """
    select = config.get("select_config")
    options = select.get("options") if isinstance(select, dict) else None
    for option in options if isinstance(options, list) else []:
        value = option.get("value") if isinstance(option, dict) else None
        if isinstance(option, dict) and isinstance(value, str):
            label = option.get("label")
            yield value, label if isinstance(label, str) else ""
