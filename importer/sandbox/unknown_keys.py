"""Members of a request body that its model does not name."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

Place = tuple[int | str, ...]


class Body(BaseModel):
    """A request body; what it does not name is kept, so that `find_unknown_keys` sees it."""

    model_config = ConfigDict(extra="allow")

    def named(self) -> dict[str, Any]:
        """The members that the model names, as JSON, without what it does not name."""
        return {name: _write(getattr(self, name)) for name in type(self).model_fields}


def _write(value: Any) -> Any:
    return value.named() if isinstance(value, Body) else value


def find_unknown_keys(value: Any, place: Place = ()) -> Iterator[Place]:
    """Places of members that no model names, in the body and in what it holds."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from find_unknown_keys(item, (*place, index))
    elif isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield (*place, name)
        for name in type(value).model_fields:
            yield from find_unknown_keys(getattr(value, name), (*place, name))
