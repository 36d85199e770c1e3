"""Request bodies of the Cula API.

Source: docs.cula.tech/upcoming-api-reference/periodic-emission-logs/
create-a-periodic-emission-log. Which members are required is inferred from their order there.
"""

import json
from typing import Annotated, Any, Self, TypeVar

from fastapi import Depends, Request
from pydantic import Field, ValidationError, model_validator

from importer.sandbox.context import Here
from importer.sandbox.cula.errors import Detail, Refusal, write_param
from importer.sandbox.cula.older import is_older, read_older
from importer.sandbox.switches import Switches
from importer.sandbox.unknown_keys import Body, find_unknown_keys

MAX_BYTES = 1_000_000
"""Largest JSON body. Source: docs.cula.tech/technical-reference/limits, which says 1 MB."""

AnyBody = TypeVar("AnyBody", bound=Body)


class Reference(Body):
    """Points at a resource by exactly one of its two ids."""

    id: str | None = None
    external_id: str | None = None

    @model_validator(mode="after")
    def _name_one(self) -> Self:
        if (self.id is None) == (self.external_id is None):
            raise ValueError("give exactly one of id and external_id")
        return self


class DataPointInput(Body):
    """A value for a data point; what forms it may take is up to the config."""

    config_id: str
    input_value: Any


class LogInput(Body):
    """What POST and PUT of an emission log take."""

    config_id: str
    site: Reference
    period_start: str
    period_end: str
    external_id: Annotated[str, Field(min_length=1)] | None = None
    display_key: str | None = None
    data_points: list[DataPointInput] = Field(default_factory=list)
    file_ids: list[str] | None = None


async def read_bytes(request: Request, here: Here) -> bytes:
    """The body of a request, in today's form.

    Raises:
        Refusal: 413, it is above 1 MB; 422, it has what the older generation does not know.
    """
    body = await request.body()
    if len(body) > MAX_BYTES:
        raise Refusal(413, "validation_error", "payload_too_large", "The body is above 1 MB")
    return read_older(body, here) if is_older(request) else body


RawBody = Annotated[bytes, Depends(read_bytes)]
"""Parameter of an endpoint that takes JSON."""


def parse_body(model: type[AnyBody], raw: bytes, switches: Switches) -> AnyBody:
    """The body as a model.

    Raises:
        Refusal: 400 for malformed JSON or a missing field, 422 for a field that does not fit.
    """
    try:
        body = model.model_validate(_read_json(raw))
    except ValidationError as error:
        raise Refusal.misfit(error.errors()) from None
    except ValueError as error:
        message = f"The body is not JSON: {error}"
        raise Refusal(400, "validation_error", "invalid_json", message) from None
    unknown = [
        Detail(code="unknown_member", param=write_param(place), message="There is no such member")
        for place in find_unknown_keys(body)
    ]
    if unknown and switches.unknown_keys == "refuse":
        raise Refusal.invalid(unknown)
    return body


def _read_json(raw: bytes) -> Any:
    document = json.loads(raw, parse_constant=_refuse_constant)
    # Half a character can be written in JSON, but has no UTF-8 and could not be answered.
    json.dumps(document, ensure_ascii=False).encode()
    return document


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")
