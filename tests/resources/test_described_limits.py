"""What the descriptions of both services say of a member is what is declared of its column."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from contracts.descriptions import Description, read_all
from importer.declare.column import Blank, Column, Kind
from importer.declare.resource import Resource
from importer.resources.catalog import CATALOG

KINDS = {
    "date": {Kind.DATE},
    "date-time": {Kind.MOMENT},
    "number": {Kind.NUMBER},
    "boolean": {Kind.BOOLEAN},
}


class Member(NamedTuple):
    """A member of a request, and the column that fills it."""

    method: str
    resource: Resource
    column: Column
    description: Description
    schema: dict[str, Any]
    is_required: bool
    takes_null: bool

    def __str__(self) -> str:
        return f"{self.description.name} {self.method} {self.resource.name} {self.column.field}"


def find_members() -> Iterator[Member]:
    """The members of each request that a column fills."""
    for description in read_all():
        for resource in CATALOG.resources:
            for method, path in (("POST", resource.endpoint.path), ("PATCH", "/{id}")):
                whole = path if method == "POST" else resource.endpoint.path + path
                operation = description.find_operation(method, whole)
                if operation is None or operation.label.split("/")[1] not in whole:
                    continue
                yield from _members(description, resource, method, operation.definition)
