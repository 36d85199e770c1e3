"""What Cula puts into a new log where a data point is left out, in words.

Source: docs.cula.tech/upcoming/concepts/data-points (`default_input_value`)
"""

from collections.abc import Mapping
from datetime import timedelta

from importer.model.problem import quoted
from importer.model.record import Json


def describe_default(config: Mapping[str, Json]) -> str:
    """The default of a data point as a cell would say it; empty where it has none, or one of a form
    that is not published."""
    match config.get("type"), config.get("default_input_value"):
        case _, bool() as is_so:
            return "yes" if is_so else "no"
        case "percentage", int() | float() as share:
            return _write(share * 100, " %")
        case "duration", int() | float() as milliseconds:
            return _describe_duration(milliseconds)
        case _, int() | float() as number:
            return _write(number)
        case _, str() as text if text:
            return quoted(_label(text, config))
        case _, list() as texts if texts:
            return quoted("; ".join(_label(str(each), config) for each in texts))
        case _, {"value": int() | float() as number, "unit": str() as unit}:
            return _write(number, f" {unit}")
        case _, {"id": str() as own_id}:
            return own_id
        case _:
            return ""


def _write(number: float, unit: str = "") -> str:
    try:
        return f"{number:.15g}{unit}"
    except OverflowError:  # a whole number that no float holds
        return ""


def _describe_duration(milliseconds: float) -> str:
    """Hours and minutes, and seconds where there are any."""
    try:
        length = timedelta(milliseconds=milliseconds)
    except (OverflowError, ValueError):  # longer than any duration, or no number
        return ""
    seconds = length // timedelta(seconds=1)
    minutes, rest = divmod(seconds, 60)
    clock = f"{minutes // 60}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")
    return clock if length >= timedelta(0) and length.microseconds == 0 else ""


def _label(value: str, config: Mapping[str, Json]) -> str:
    """What people see of an option; the text itself where it is none."""
    select = config.get("select_config")
    options = select.get("options") if isinstance(select, dict) else None
    for option in options if isinstance(options, list) else []:
        if isinstance(option, dict) and option.get("value") == value:
            label = option.get("label")
            return label if isinstance(label, str) and label else value
    return value
