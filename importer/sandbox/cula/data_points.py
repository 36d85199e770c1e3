"""The data points of a log, checked against the active version of its config.

Source: docs.cula.tech/upcoming/concepts/data-points. The codes of the details are ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from importer.sandbox.cula.bodies import DataPointInput
from importer.sandbox.cula.errors import Detail
from importer.sandbox.cula.values import DataPointConfig, UnfitValue, read_value
from importer.sandbox.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDataPoints:
    """The data points that a log will hold, or what is wrong with those that were sent."""

    data_points: tuple[dict[str, Any], ...]
    details: tuple[Detail, ...]


def check_data_points(
    sent: Sequence[DataPointInput], version: Document, *, mandatory: bool
) -> CheckedDataPoints:
    """Check what was sent, and add what the server itself adds: defaults and computed values."""
    configs: dict[str, DataPointConfig] = {
        config["id"]: config for config in version.body["data_point_configs"]
    }
    details: list[Detail] = []
    values: dict[str, tuple[Any, Any]] = {}
    for index, item in enumerate(sent):
        config = configs.get(item.config_id)
        detail = _refuse(item, config, index, is_repeated=item.config_id in values)
        if detail is None and config is not None:
            values[item.config_id], detail = _read(item, config, index)
        if detail is not None:
            details.append(detail)
    sent_ids = {item.config_id for item in sent}
    for config_id, config in configs.items():
        default = config.get("default_input_value")
        if config_id in version.body["_computed"]:
            values[config_id] = (None, version.body["_computed"][config_id])
        elif config_id not in sent_ids and default is not None:
            values[config_id] = (default, read_value(default, config))
    if mandatory:
        details += _missing(configs, sent_ids | set(values))
    data_points = tuple(
        _render(config, *values[config_id])
        for config_id, config in configs.items()
        if config_id in values
    )
    return CheckedDataPoints(data_points=data_points, details=tuple(details))


def _refuse(
    item: DataPointInput, config: DataPointConfig | None, index: int, *, is_repeated: bool
) -> Detail | None:
    param = f"data_points[{index}].config_id"
    if config is None:
        message = f"The config has no data point {item.config_id!r}"
        return Detail(code="unknown_data_point", param=param, message=message)
    if is_repeated:
        message = f"{config['name']} is given twice"
        return Detail(code="repeated_data_point", param=param, message=message)
    if not config["accepts_input"]:
        message = f"{config['name']} is computed and accepts no input"
        return Detail(code="read_only", param=f"data_points[{index}].input_value", message=message)
    return None


def _read(
    item: DataPointInput, config: DataPointConfig, index: int
) -> tuple[tuple[Any, Any], Detail | None]:
    try:
        return (item.input_value, read_value(item.input_value, config)), None
    except UnfitValue as error:
        param = f"data_points[{index}].input_value"
        message = f"{config['name']}: {error}"
        return (item.input_value, None), Detail(code=error.code, param=param, message=message)


def _missing(configs: dict[str, DataPointConfig], given: set[str]) -> Iterator[Detail]:
    for config_id, config in configs.items():
        if config["is_mandatory"] and config_id not in given:
            message = f"{config['name']} ({config_id}) is mandatory"
            yield Detail(code="missing", param="data_points", message=message)


def _render(config: DataPointConfig, input_value: Any, result_value: Any) -> dict[str, Any]:
    return {
        "config_id": config["id"],
        "config_version_id": config["id"].replace("dpc_", "dpv_"),
        "name": config["name"],
        "input_value": input_value,
        "result_value": result_value,
    }
