"""The older generation of the API, which is what an API key opens.

Sources: docs.cula.tech/technical-reference/authentication for the key, docs.cula.tech/concepts/
data-points for `value`, percentages from 0 to 100 and durations in seconds (whose sample bounds
say otherwise), docs.cula.tech/api-reference/periodic-emission-log-configs/get-a-specific-config-
version for `has_dependencies`. Files are linked by calls of their own there, which are not part of
the twin; that `file_ids` is refused then, and still answered, is ours.
"""

import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse

from importer.sandbox.context import Context
from importer.sandbox.cula.errors import Detail, Refusal
from importer.sandbox.cula.kinds import CONFIG_VERSION
from importer.sandbox.store import Store

_SCALES: Mapping[str, float] = {"percentage": 100, "duration": 0.001}
"""How large a value of today is in the older generation, by the type of its data point."""

_TYPES = {"material": "material_id", "container_type": "container_type_id"}
"""Types by their older names."""

_DIGITS = 9

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


def mark_older(request: Request) -> None:
    """Note that a request came with an API key."""
    request.state.is_older = True


def is_older(request: Request) -> bool:
    """Whether a request came with an API key."""
    return getattr(request.state, "is_older", False)


class OlderRoute(APIRoute):
    """A route whose answers are in the older form, where a request came with an API key."""

    def get_route_handler(self) -> Answer:
        """The handler of today, and its answer written as it was."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            response = await handle(request)
            if not is_older(request) or not response.body:
                return response
            store: Store = request.app.state.context.store
            document = _write(json.loads(bytes(response.body)), _find_types(store))
            return JSONResponse(document, status_code=response.status_code)

        return answer


def read_older(raw: bytes, here: Context) -> bytes:
    """A body of the older form as one of today; what is no body at all is left as it is.

    Raises:
        Refusal: 422, it has `file_ids`, and the switch says to refuse unknown members.
    """
    try:
        body = json.loads(raw)
    except ValueError:
        return raw
    if not isinstance(body, dict):
        return raw
    if "file_ids" in body and here.switches.unknown_keys == "refuse":
        message = "There is no such member"
        raise Refusal.invalid([Detail(code="unknown_member", param="file_ids", message=message)])
    body.pop("file_ids", None)
    types, points = _find_types(here.store), body.get("data_points")
    for point in points if isinstance(points, list) else ():
        if isinstance(point, dict) and "input_value" in point:
            scale = _SCALES.get(types.get(str(point.get("config_id")), ""), 1)
            point["input_value"] = _scale(point["input_value"], 1 / scale)
    return json.dumps(body).encode()


def _find_types(store: Store) -> Mapping[str, str]:
    """The type of every data point by its id."""
    versions = store.select(CONFIG_VERSION)
    return {
        each["id"]: each["type"]
        for version in versions
        for each in version.body["data_point_configs"]
    }


def _write(answer: Any, types: Mapping[str, str]) -> Any:
    """An answer of today in its older form."""
    if isinstance(answer, list):
        return [_write(each, types) for each in answer]
    if not isinstance(answer, dict):
        return answer
    if "accepts_input" in answer:
        return _write_config(answer)
    if "result_value" in answer:
        return _write_point(answer, _SCALES.get(types.get(answer["config_id"], ""), 1))
    return {name: _write(value, types) for name, value in answer.items()}


def _write_config(config: Mapping[str, Any]) -> dict[str, Any]:
    scale = _SCALES.get(config["type"], 1)
    older = {
        **config,
        "type": _TYPES.get(config["type"], config["type"]),
        "has_dependencies": not config["accepts_input"],
    }
    del older["accepts_input"]
    if "default_input_value" in config:
        older["default_input_value"] = _scale(config["default_input_value"], scale)
    if "validation" in config:
        bounds = config["validation"]
        older["validation"] = {name: _scale(bounds[name], scale) for name in bounds}
    return older


def _write_point(point: Mapping[str, Any], scale: float) -> dict[str, Any]:
    older = {name: value for name, value in point.items() if name != "result_value"}
    return {
        **older,
        "input_value": _scale(point["input_value"], scale),
        "value": _scale(point["result_value"], scale),
    }


def _scale(value: Any, scale: float) -> Any:
    """A number in another scale; everything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or scale == 1:
        return value
    return round(value * scale, _DIGITS)
