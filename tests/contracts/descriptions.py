"""The descriptions of both APIs: what may be sent to an operation, and what may come back.

Two are ours and lie beside this file. The third is Isometric's own document: it is not ours to
copy, and is used where the variable `ISOMETRIC_OPENAPI` names its path. It has the names from
before June 2026, and only says more about what was not renamed.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from importer.model.record import Json

HERE = Path(__file__).parent
METHODS = ("get", "post", "put", "patch", "delete")
JSON_TYPE = "application/json"
_VARIABLE = "ISOMETRIC_OPENAPI"
_SUCCESS = range(200, 300)

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a description does not have.

    place: where, such as `POST /sources 200 source.url_info type`, without numbers of list items.
    """

    description: str
    place: str
    words: str = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a description."""

    description: "Description"
    method: str
    path: str
    definition: Schema

    @property
    def label(self) -> str:
        """The operation as people write it."""
        return f"{self.method} {self.path}"

    def find_request_faults(self, content_type: str, body: Json) -> Iterator[Finding]:
        """What is wrong with a body that is sent."""
        sent = self.definition.get("requestBody", {}).get("content", {}).get(content_type)
        if sent is None:
            yield self._finding("request", f"{content_type} is not taken")
        else:
            yield from self._compare("request", sent["schema"], body)

    def find_query_faults(self, names: set[str]) -> Iterator[Finding]:
        """Parameters of a query that the operation does not have."""
        known = {each["name"] for each in self._parameters() if each["in"] == "query"}
        for name in sorted(names - known):
            yield self._finding(f"query {name}", "there is no such parameter")

    def find_answer_faults(self, status: int, body: Json) -> Iterator[Finding]:
        """What is wrong with an answer."""
        answer = self._find_answer(status)
        if answer is None:
            yield self._finding(str(status), "there is no such status")
            return
        content = answer.get("content", {}).get(JSON_TYPE)
        if content is not None:
            yield from self._compare(str(status), content["schema"], body)
        elif body is not None and status in _SUCCESS:
            yield self._finding(str(status), "there is a body, and should be none")

    def _find_answer(self, status: int) -> Schema | None:
        answers = self.definition["responses"]
        for name in (str(status), f"{status // 100}XX", "default"):
            if name in answers:
                return self.description.resolve(answers[name])
        return None

    def _parameters(self) -> list[Schema]:
        shared = self.description.document["paths"][self.path].get("parameters", [])
        own = self.definition.get("parameters", [])
        return [self.description.resolve(each) for each in (*shared, *own)]

    def _compare(self, part: str, schema: Schema, body: Json) -> Iterator[Finding]:
        for error in self.description.validate(schema, body):
            for step in _steps(error):
                yield self._finding(f"{part}{step}", error.message[:300])

    def _finding(self, place: str, words: str) -> Finding:
        return Finding(
            description=self.description.name, place=f"{self.label} {place}", words=words
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """An OpenAPI 3.1 document. `base` is where the sandbox serves what it describes.

    It is read more strictly than it stands: a member that it does not name is a fault. OpenAPI
    3.1 is the draft 2020-12 of JSON Schema with a few words more, none of which forbids anything.
    """

    name: str
    base: str
    document: Schema
    _registry: Registry[Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        strict = DRAFT202012.create_resource(close(self.document))
        registry = Registry().with_resource(self._address, strict)
        object.__setattr__(self, "_registry", registry)

    @property
    def _address(self) -> str:
        return f"urn:{self.name}"

    def resolve(self, part: Schema) -> Schema:
        """A part of the document, or what it refers to."""
        found: Any = part
        while "$ref" in found:
            found = self._follow(found["$ref"])
        return found

    def _follow(self, reference: str) -> Any:
        found: Any = self.document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        return found

    def validate(self, schema: Schema, body: Json) -> Iterator[ValidationError]:
        """The errors of a body."""
        located = _absolute(close(schema), self._address)
        yield from Draft202012Validator(
            located,
            registry=self._registry,
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        ).iter_errors(body)

    def list_operations(self) -> Iterator[Operation]:
        """All operations, in the order of the document."""
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(
                        description=self,
                        method=method.upper(),
                        path=path,
                        definition=item[method],
                    )

    def find_operation(self, method: str, path: str) -> Operation | None:
        """The operation that a path below the base belongs to: the one with fewest parameters."""
        fitting = [
            each
            for each in self.list_operations()
            if each.method == method and as_pattern(each.path).fullmatch(path)
        ]
        return min(fitting, key=lambda each: each.path.count("{"), default=None)


def as_pattern(path: str) -> re.Pattern[str]:
    """A path with parameters in braces, as the pattern of what it stands for."""
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))


def close(part: Any) -> Any:
    """A part of a document in which objects have no other members than those that it names."""
    if isinstance(part, list):
        return [close(each) for each in part]
    if not isinstance(part, dict):
        return part
    closed = {name: close(each) for name, each in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def _absolute(part: Any, address: str) -> Any:
    """A part of a document with its references leading to the document, not to itself."""
    if isinstance(part, list):
        return [_absolute(each, address) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: f"{address}{each}" if name == "$ref" else _absolute(each, address)
        for name, each in part.items()
    }


def _steps(error: ValidationError) -> Iterator[str]:
    """Where an error is: the member, and the word of the schema; once for each odd member."""
    place = " " + ".".join(str(each) for each in error.absolute_path if isinstance(each, str))
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        for name in sorted(set(error.instance) - set(error.schema["properties"])):
            yield f"{place}.{name} is not named".replace(" .", " ")
    else:
        yield f"{place} {error.validator}".replace("  ", " ")


@cache
def read_cula() -> Description:
    """Our description of Cula."""
    return _read("cula", "/tracking/v1", HERE / "cula-openapi.yaml")


@cache
def read_isometric() -> Description:
    """Our description of what Isometric renamed."""
    return _read("isometric", "/mrv/v0", HERE / "isometric-ghg-entry-additions.yaml")


@cache
def read_vendor() -> Description | None:
    """Isometric's own document; None where nobody said where it is."""
    path = os.environ.get(_VARIABLE)
    return _read("isometric-vendor", "/mrv/v0", Path(path)) if path else None


def read_all() -> tuple[Description, ...]:
    """All descriptions that are there."""
    vendor = read_vendor()
    return (read_cula(), read_isometric(), *((vendor,) if vendor else ()))


def _read(name: str, base: str, path: Path) -> Description:
    text = path.read_text(encoding="utf-8")
    document = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    return Description(name=name, base=base, document=document)
