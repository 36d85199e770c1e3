"""Refusals of the Cula API and their envelope.

Source: docs.cula.tech/upcoming/technical-reference/error-handling. The codes seen there are
`external_id_in_use`, `field_invalid`, `invalid_param` and `missing_header`; the others are ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from pydantic_core import ErrorDetails

_PLACES = ("body", "query", "path", "header")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One error of a field: `param` is a path such as `data_points[0].input_value`."""

    code: str
    param: str
    message: str


class Refusal(Exception):
    """An answer that is not a success.

    Attributes:
        status: HTTP status.
        type: `validation_error`, `conflict`, `not_found`, `auth_error` and the like.
        code: For machines.
        param: Where, if it is about one place.
        details: Several errors of fields.
        existing: With `external_id_in_use`, `id` and `external_id` of the resource that has it.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        code: str,
        message: str,
        *,
        param: str | None = None,
        details: Sequence[Detail] = (),
        existing: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.type = kind
        self.code = code
        self.message = message
        self.param = param
        self.details = tuple(details)
        self.existing = existing

    @classmethod
    def invalid(cls, details: Sequence[Detail], *, status: int = 422) -> Self:
        """A refusal of fields; the first one is also named outside of `details`."""
        first = details[0]
        return cls(
            status,
            "validation_error",
            "invalid_param",
            first.message,
            param=first.param,
            details=details,
        )

    @classmethod
    def not_found(cls, what: str, key: str) -> Self:
        """A refusal because something is not there."""
        return cls(404, "not_found", "not_found", f"There is no {what} {key!r}")

    @classmethod
    def misfit(cls, errors: Iterable[ErrorDetails]) -> Self:
        """A refusal of a request that does not fit its schema.

        A missing field is 400, a field of the wrong kind 422, as the status table has it. What is
        wrong with a query is 400: no page of a list shows a 422.
        """
        errors = list(errors)
        details = [
            Detail(code=error["type"], param=write_param(error["loc"]), message=error["msg"])
            for error in errors
        ]
        is_bad = any(error["type"] == "missing" or error["loc"][0] == "query" for error in errors)
        return cls.invalid(details, status=400 if is_bad else 422)

    def render(self, request_id: str | None, *, existing_place: str) -> dict[str, Any]:
        """The envelope."""
        error: dict[str, Any] = {
            "type": self.type,
            "code": self.code,
            "message": self.message,
            "request_id": request_id,
            "doc_url": "https://docs.cula.tech/upcoming/technical-reference/error-handling",
        }
        if self.param is not None:
            error["param"] = self.param
        if self.details:
            error["details"] = [asdict(detail) for detail in self.details]
        envelope = {"error": error}
        if self.existing is not None and existing_place != "missing":
            place = error if existing_place == "error" else envelope
            place["existing"] = dict(self.existing)
        return envelope


def write_param(place: Sequence[int | str]) -> str:
    """A place as the service writes it, such as `data_points[0].input_value`."""
    text = ""
    for step in place[1:] if place and place[0] in _PLACES else place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
