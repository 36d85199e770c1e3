"""The sandbox answers made-up requests as the descriptions say, right ones and wrong ones."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
import schemathesis
from schemathesis import BaseSchema, GenerationMode

from contracts.acquaintance import acquaint, collect_ids
from contracts.descriptions import Operation, read_cula, read_isometric
from contracts.differences import NOT_IN_SANDBOX
from contracts.generating import SIGN_IN, send_made_up
from contracts.months import Imported
from importer.sandbox.app import create_app
from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches

BY_DEFAULT, MANY = 4, 100
Schemas = Mapping[str, BaseSchema]

NEVER_RIGHT = {
    **dict.fromkeys(
        ("POST /periodic-emission-logs", "PUT /periodic-emission-logs/{id}"),
        "a log needs the mandatory data points of its config, which no description lists",
    ),
    "DELETE /ghg_entries/{id}": "the entries that are there were submitted already",
    "POST /components": "the inputs have to be those of the blueprint, all of them",
    "POST /ghg_statements": "the end of a period has to be behind the last one, and not to come",
    "POST /ghg_statements/{id}/submit": "the one that is there was submitted already",
    "POST /sources": "media type and ending of a document have to go together",
    "POST /sources/{id}/signed_upload_url": "type and size have to be those of the announcement",
}
"""Operations at which made-up requests do not succeed, and why. Imports show what they answer,
and `test_components` does."""

DESCRIBED = [
    operation
    for description in (read_cula(), read_isometric())
    for operation in description.list_operations()
]
SERVED = [each for each in DESCRIBED if each.label not in NOT_IN_SANDBOX]


@pytest.fixture(scope="session")
def schemas(imported: Imported) -> Schemas:
    """The descriptions for schemathesis; it learns ids that the sandbox knows."""
    ids = collect_ids(imported)
    return {
        each.name: schemathesis.openapi.from_dict(acquaint(each, ids))
        for each in (read_cula(), read_isometric())
    }


@pytest.fixture
def twin(filled_sandbox: tuple[Path, Imported], tmp_path: Path) -> Iterator[Running]:
    """A sandbox of one's own that holds the month."""
    database = Path(shutil.copy(filled_sandbox[0], tmp_path / "sandbox.sqlite"))
    with running(database, switches=Switches(calculation_seconds=0)) as started:
        yield started


def test_what_is_not_in_the_sandbox_is_listed(tmp_path: Path) -> None:
    app = create_app(tmp_path / "sandbox.sqlite")
    with closing(app.state.store):
        served = {
            f"{method.upper()} {_anonymous(path)}"
            for path, item in app.openapi()["paths"].items()
            for method in item
        }
    missing = {each.label for each in DESCRIBED if _served_as(each) not in served}
    assert missing == set(NOT_IN_SANDBOX)


def _served_as(operation: Operation) -> str:
    base = "" if operation.path == SIGN_IN else operation.description.base
    return f"{operation.method} {base}{_anonymous(operation.path)}"


def _anonymous(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", SERVED, ids=lambda operation: operation.label)
def test_operation(
    operation: Operation, mode: GenerationMode, schemas: Schemas, twin: Running
) -> None:
    schema = schemas[operation.description.name]
    assert send_made_up(operation, schema, twin, mode=mode, examples=BY_DEFAULT)


@pytest.mark.many
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", SERVED, ids=lambda operation: operation.label)
def test_operation_many(
    operation: Operation, mode: GenerationMode, schemas: Schemas, twin: Running
) -> None:
    schema = schemas[operation.description.name]
    statuses = send_made_up(operation, schema, twin, mode=mode, examples=MANY)
    if mode is GenerationMode.POSITIVE and operation.label not in NEVER_RIGHT:
        # Else the ids are strangers to the sandbox, and nothing but refusals was checked.
        assert min(statuses) < 300, statuses
