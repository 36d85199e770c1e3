"""Requests made up from a description, and sent to a sandbox by schemathesis."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from contracts.descriptions import Description, Operation, close
from contracts.months import Imported
from importer.sandbox.server import Running

CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    response_schema_conformance,
]
SIGN_IN = "/oauth2/token"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """Ids that the sandbox knows, by their prefix such as `dtp_`."""

    known: Mapping[str, tuple[str, ...]]

    def of(self, *prefixes: str) -> tuple[str, ...]:
        """The ids with these prefixes."""
        return tuple(each for prefix in prefixes for each in self.known.get(prefix, ()))


def find_ids(document: object) -> Iterator[str]:
    """All ids in what was answered."""
    if isinstance(document, dict):
        for name, value in document.items():
            if (name == "id" or name.endswith("_id")) and isinstance(value, str):
                yield value
            yield from find_ids(value)
    elif isinstance(document, list):
        for each in document:
            yield from find_ids(each)


def collect_ids(imported: Imported) -> Ids:
    """A few ids of each kind: requests are to meet records, not only to miss them."""
    known: dict[str, list[str]] = {}
    for exchange in imported.exchanges:
        for each in find_ids(exchange.answer):
            prefix = each.partition("_")[0] + "_"
            if each not in known.setdefault(prefix, []) and len(known[prefix]) < _ENOUGH:
                known[prefix].append(each)
    return Ids(known={prefix: tuple(found) for prefix, found in known.items()})


_ENOUGH = 3
