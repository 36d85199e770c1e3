"""What the descriptions of both services say of a member is what is declared of its column."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from contracts.descriptions import Description, Operation, read_all
from importer.declare.column import Blank, Column, Kind
from importer.declare.evidence import UploadBy
from importer.declare.resource import Resource
from importer.resources.catalog import CATALOG

KINDS = {
    "date": Kind.DATE,
    "date-time": Kind.MOMENT,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
}

NEWER = {("isometric-vendor", "source", "Description")}
"""What came with the renaming of June 2026, which the vendor's document is older than."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a request body, with all that its description says at any place."""

    facts: Mapping[str, Any]
    is_required: bool
    takes_null: bool


def find_operations(method: str) -> Iterator[tuple[Operation, Resource]]:
    """The creates (POST) or changes (PATCH) of each description, with what is made or changed."""
    for description in read_all():
        for resource in CATALOG.resources:
            suffix = "/{id}" if method == "PATCH" else ""
            paths = [resource.endpoint.path + suffix]
            if resource.submission and method == "POST":
                paths.append(resource.submission.path)
            if resource.evidence and resource.evidence.by is UploadBy.FORM:
                paths = []  # a file and its site, and nothing to limit
            for operation in description.list_operations():
                if (operation.method, operation.path) in {(method, path) for path in paths}:
                    yield operation, resource


def cases(method: str) -> pytest.MarkDecorator:
    found = list(find_operations(method))
    names = [f"{operation.description.name} {operation.label}" for operation, _ in found]
    return pytest.mark.parametrize(("operation", "resource"), found, ids=names)


def read_body(operation: Operation) -> Mapping[str, Any]:
    content = operation.definition["requestBody"]["content"]
    schema: Mapping[str, Any] = next(iter(content.values()))["schema"]
    return schema


def options(description: Description, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a schema may be, but for `Undefined`, which says that nothing changes."""
    if schema.get("$ref", "").endswith("/Undefined"):
        return
    found = description.resolve(schema)
    for each in (*found.get("anyOf", ()), *found.get("oneOf", ())):
        yield from options(description, each)
    yield found


def find_member(description: Description, schema: Mapping[str, Any], field: str) -> Member | None:
    """The member at a dotted place; None where the body has none."""
    first, _, rest = field.partition(".")
    for each in options(description, schema):
        if first not in each.get("properties", ()):
            continue
        inner = each["properties"][first]
        if rest:
            return find_member(description, inner, rest)
        facts = list(options(description, inner))
        types = [name for fact in facts for name in _listed(fact.get("type"))]
        merged = {name: value for fact in facts for name, value in fact.items()}
        if "items" in merged:
            merged = dict(description.resolve(merged["items"]))
        return Member(
            facts=merged, is_required=first in each.get("required", ()), takes_null="null" in types
        )
    return None


def _listed(types: Any) -> list[str]:
    return types if isinstance(types, list) else [types]


def members(operation: Operation, resource: Resource) -> Iterator[tuple[Column, Member]]:
    for column in resource.sheet.columns:
        member = find_member(operation.description, read_body(operation), column.field)
        if member is not None:
            yield column, member


@cases("POST")
def test_a_create_is_limited_as_described(operation: Operation, resource: Resource) -> None:
    found = list(members(operation, resource))
    assert found
    for column, member in found:
        check_limits(column, member.facts)
        if member.is_required and resource.submission is None:
            assert column.required or column.blank is not Blank.LEFT_OUT, column.header


@cases("PATCH")
def test_a_change_is_limited_as_described(operation: Operation, resource: Resource) -> None:
    """What a change does not have is fixed, and only what may be null can be taken back."""
    changed = dict(members(operation, resource))
    for column in resource.sheet.columns:
        if (operation.description.name, resource.name, column.header) in NEWER:
            continue
        if column not in changed:
            assert column.create_only, column.header
            continue
        check_limits(column, changed[column].facts)
        assert changed[column].takes_null or not column.clearable, column.header


def check_limits(column: Column, facts: Mapping[str, Any]) -> None:
    """Length, range, choices and form."""
    longest = facts.get("maxLength")
    if longest is not None and column.kind is Kind.KEY:
        assert re.fullmatch(column.pattern, "a" * longest)
        assert not re.fullmatch(column.pattern, "a" * (longest + 1))
    elif longest is not None and column.kind in (Kind.REFERENCE, Kind.REFERENCES):
        check_id_lengths(column, (facts["minLength"], longest))
    elif longest is not None:
        assert column.longest == longest, column.header
    if facts.get("minLength") == 1:
        assert column.required, column.header
    if "enum" in facts:
        assert list(column.choices) == facts["enum"], column.header
    for form in (facts.get("format"), facts.get("type")):
        assert column.kind is KINDS.get(str(form), column.kind), column.header
    assert column.at_most == facts.get("maximum", column.at_most), column.header
    assert column.at_least == facts.get("minimum", column.at_least), column.header


def check_id_lengths(column: Column, lengths: tuple[int, int]) -> None:
    """Definitions are named as the account lists them, so only ids of records may be too long."""
    for resource in CATALOG.resources:
        if resource.name == column.to:
            assert resource.id_lengths == lengths, column.header


def test_a_document_is_limited_as_described() -> None:
    source = CATALOG.resource("source")
    for operation, resource in find_operations("POST"):
        if resource is source:
            length = find_member(operation.description, read_body(operation), "content_length")
            assert length and source.evidence
            assert source.evidence.largest == length.facts["maximum"]
