"""Whatever a row may say, the bodies that its declaration builds are as described."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from contracts.descriptions import JSON_TYPE, Finding
from contracts.differences import ONLY_IN_VENDORS, find_unlisted
from contracts.months import Imported, Stored
from contracts.recording import Recorded
from contracts.variations import resolve, vary
from importer.declare.evidence import UploadBy
from importer.model.plan import Update
from importer.model.ports import Call
from importer.planning.calls import build_create, build_update
from importer.planning.changes import Leave, decide
from importer.planning.states import desired_state
from importer.resources.catalog import CATALOG

BY_DEFAULT, MANY = 20, 1_000
BASES = {"cula": "/tracking/v1", "isometric": "/mrv/v0"}
Build = Callable[[Stored, Imported, st.DataObject], tuple[Call, ...]]

SENT_AS_JSON = [
    each.name
    for each in CATALOG.resources
    if (each.evidence is None or each.evidence.by is UploadBy.SIGNED_ADDRESS)
    and each.submission is None
]
"""The others are forms with nothing but a file and its site in them, and what is only submitted:
the import of the month shows that."""


def create(stored: Stored, imported: Imported, data: st.DataObject) -> tuple[Call, ...]:
    record = data.draw(vary(stored, keep=False))
    desired = desired_state(stored.resource, record, stored.items, resolve)
    of_target = imported.settings[stored.resource.service]
    return (build_create(stored.resource, desired, stored.items, of_target),)


def update(stored: Stored, imported: Imported, data: st.DataObject) -> tuple[Call, ...]:
    del imported
    record = data.draw(vary(stored, keep=True))
    desired = desired_state(stored.resource, record, stored.items, resolve)
    leave = Leave(overwrite=True)
    change = decide(stored.resource, record, stored.remote, desired, (), leave=leave)
    assume(isinstance(change, Update))
    return build_update(stored.resource, change, desired, stored.items)


def find_faults(stored: Stored, call: Call) -> list[Finding]:
    sent = Recorded(
        method=call.method,
        path=BASES[stored.resource.service] + call.path,
        content_type=JSON_TYPE,
        content=json.dumps(dict(call.body), allow_nan=False).encode(),
    )
    is_described = any(sent.find_operations())
    assert (
        is_described or f"{call.method} {stored.resource.endpoint.path}/{{id}}" in ONLY_IN_VENDORS
    )
    return list(sent.find_request_faults())


def check(resource: str, build: Build, imported: Imported, examples: int) -> None:
    mine = [each for each in imported.stored if each.resource.name == resource]

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.sampled_from(mine), st.data())
    def example(stored: Stored, data: st.DataObject) -> None:
        for call in build(stored, imported, data):
            assert find_unlisted(find_faults(stored, call)) == []

    example()


UNDESCRIBED = [each.name for each in CATALOG.resources if each.offered_by]
"""What no description says how to create."""

CASES = [
    pytest.param(name, build, id=f"{name}-{build.__name__}")
    for name in SENT_AS_JSON
    for build in (create, update)
    if not (build is create and name in UNDESCRIBED)
]


@pytest.mark.parametrize(("resource", "build"), CASES)
def test_bodies(resource: str, build: Build, imported: Imported) -> None:
    check(resource, build, imported, BY_DEFAULT)


@pytest.mark.many
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("resource", "build"), CASES)
def test_bodies_many(resource: str, build: Build, imported: Imported) -> None:
    check(resource, build, imported, MANY)
