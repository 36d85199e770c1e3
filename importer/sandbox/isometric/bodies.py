"""The parts of which request bodies of the Isometric API are made.

Source: the published document (docs.isometric.com). Numbers, dates and moments are taken in
their documented form only: the real service may be more generous.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from importer.sandbox.moments import read_moment, write_moment
from importer.sandbox.unknown_keys import Body

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _check_day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise PydanticCustomError("date_parsing", "Input should be a date: YYYY-MM-DD")
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("date_parsing", "Input should be a day that exists") from None
    return text


def _normalise_moment(text: str) -> str:
    try:
        return write_moment(read_moment(text))
    except ValueError:
        raise PydanticCustomError(
            "datetime_parsing", "Input should be a date and time with an offset"
        ) from None


Id = Annotated[str, Field(min_length=20, max_length=37)]
SupplierReference = Annotated[str, Field(min_length=1, max_length=100)]
DisplayName = Annotated[str, Field(min_length=1, max_length=100)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Day = Annotated[str, AfterValidator(_check_day)]
"""A date as text, such as `2026-10-31`."""
Moment = Annotated[str, AfterValidator(_normalise_moment)]
"""A date and time as text, in UTC with milliseconds."""


class ScalarInput(Body):
    """One datapoint for an input."""

    model_config = ConfigDict(populate_by_name=True)

    typename: Literal["CreateComponentScalarInput"] = Field(
        default="CreateComponentScalarInput", alias="__typename"
    )
    input_key: Annotated[str, Field(max_length=100)]
    datapoint_id: Id


class ListInput(Body):
    """Several datapoints for an input."""

    model_config = ConfigDict(populate_by_name=True)

    typename: Literal["CreateComponentListInput"] = Field(
        default="CreateComponentListInput", alias="__typename"
    )
    input_key: Annotated[str, Field(max_length=100)]
    datapoint_ids: list[Id]


InputBinding = ScalarInput | ListInput


class Patch(Body):
    """A body of changes: what is left out, or is `Undefined`, stays as it is.

    A member that does not allow null says so with `NotNull`.
    """

    @model_validator(mode="before")
    @classmethod
    def _drop_undefined(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        undefined = {"__typename": "Undefined"}
        return {name: member for name, member in value.items() if member != undefined}

    def changes(self) -> dict[str, Any]:
        """The members that were given, as JSON."""
        given = self.model_fields_set
        return {name: value for name, value in self.named().items() if name in given}


def _refuse_null(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("null_not_allowed", "Input should not be null")
    return value


NotNull = BeforeValidator(_refuse_null)
"""For an optional member of a patch: it may be left out, but not be null."""


def is_future(moment: str, now: datetime) -> bool:
    """Whether a moment lies after now."""
    return read_moment(moment) > now
