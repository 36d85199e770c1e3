"""Values of data points: what each type takes and what comes out of it.

Source of the types: docs.cula.tech/upcoming-api-reference/material-sourcing/
update-a-single-data-point. Bounds: docs.cula.tech/upcoming-api-reference/
material-sourcing-configs/get-a-specific-config-version.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from importer.sandbox.cula.amounts import Amount, normalise
from importer.sandbox.moments import read_moment, write_moment

DataPointConfig = Mapping[str, Any]
"""A data point config as a config version lists it."""


class UnfitValue(Exception):
    """A value that its data point does not take.

    Attributes:
        code: For machines: `invalid_type`, `out_of_range`, `invalid_unit`, `invalid_option`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_value(value: Any, config: DataPointConfig) -> Any:
    """The result value of an input value: amounts in one unit, moments in UTC.

    Raises:
        UnfitValue: The data point does not take it.
    """
    result = _READERS[config["type"]](value, config)
    _check_bounds(result, config)
    _check_options(value, config)
    return result


def _read_text(value: Any, _config: DataPointConfig) -> str:
    if not isinstance(value, str):
        raise UnfitValue("invalid_type", "a text is needed")
    return value


def _read_texts(value: Any, _config: DataPointConfig) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UnfitValue("invalid_type", "a list of texts is needed")
    return value


def _read_number(value: Any, _config: DataPointConfig) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UnfitValue("invalid_type", "a number is needed")
    return value


def _read_percentage(value: Any, config: DataPointConfig) -> float:
    number = _read_number(value, config)
    if not 0 <= number <= 1:
        raise UnfitValue("out_of_range", "a percentage is a number from 0 to 1")
    return number


def _read_duration(value: Any, config: DataPointConfig) -> float:
    """Milliseconds. That there are no negative ones is ours."""
    number = _read_number(value, config)
    if number < 0:
        raise UnfitValue("out_of_range", "a duration is a number of milliseconds from 0 on")
    return number


def _read_boolean(value: Any, _config: DataPointConfig) -> bool:
    if not isinstance(value, bool):
        raise UnfitValue("invalid_type", "true or false is needed")
    return value


def _read_amount(value: Any, config: DataPointConfig) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != {"value", "unit"}:
        raise UnfitValue("invalid_type", "an object with value and unit is needed")
    number, unit = _read_number(value["value"], config), _read_text(value["unit"], config)
    try:
        return asdict(normalise(Amount(value=number, unit=unit), config["amount_base"]))
    except LookupError as error:
        raise UnfitValue("invalid_unit", str(error.args[0])) from None


def _read_timestamp(value: Any, config: DataPointConfig) -> str:
    try:
        return write_moment(read_moment(_read_text(value, config)))
    except ValueError:
        raise UnfitValue("invalid_type", "an ISO 8601 moment with offset is needed") from None


def _read_reference(value: Any, _config: DataPointConfig) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) != 1 or not set(value) <= {"id", "external_id"}:
        raise UnfitValue("invalid_type", "an object with id or external_id is needed")
    return value


_READERS: Mapping[str, Callable[[Any, DataPointConfig], Any]] = {
    "short_text": _read_text,
    "long_text": _read_text,
    "multi_text": _read_texts,
    "number": _read_number,
    "percentage": _read_percentage,
    "duration": _read_duration,
    "boolean": _read_boolean,
    "amount": _read_amount,
    "timestamp": _read_timestamp,
    "material": _read_reference,
    "container_type": _read_reference,
}


def _check_bounds(result: Any, config: DataPointConfig) -> None:
    bounds = config.get("validation", {})
    base = config.get("amount_base")
    if "min" in bounds and _measure(result, None) < _measure(bounds["min"], base):
        raise UnfitValue("out_of_range", f"the lowest value is {_word(bounds['min'])}")
    if "max" in bounds and _measure(result, None) > _measure(bounds["max"], base):
        raise UnfitValue("out_of_range", f"the highest value is {_word(bounds['max'])}")


def _measure(value: Any, base: str | None) -> float:
    if isinstance(value, dict):
        amount = Amount(value=value["value"], unit=value["unit"])
        return (normalise(amount, base) if base else amount).value
    return float(value)


def _word(bound: Any) -> str:
    return f"{bound['value']} {bound['unit']}" if isinstance(bound, dict) else str(bound)


def _check_options(value: Any, config: DataPointConfig) -> None:
    options = [option["value"] for option in config.get("select_config", {}).get("options", ())]
    chosen = value if isinstance(value, list) else [value]
    if options and any(item not in options for item in chosen):
        raise UnfitValue("invalid_option", f"the options are {', '.join(options)}")
