"""How the Isometric API words errors.

Source: 422 with a list in `detail` is the published form; 400 with a text in `detail` for
broken rules is observed. Statuses 401, 403, 404 and 409 are not published.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import HTTPException
from fastapi.exceptions import RequestValidationError

from importer.sandbox.documents import Document, Kind
from importer.sandbox.isometric.standing import find_standing
from importer.sandbox.store import Store
from importer.sandbox.switches import Switches
from importer.sandbox.unknown_keys import Body, find_unknown_keys

_NAMES = {
    "project": "Project",
    "feedstock_type": "FeedstockType",
    "component_blueprint": "ComponentBlueprint",
    "ghg_entry_template": "GhgEntryTemplate",
    "datapoint": "Datapoint",
    "ghg_entry": "GhgEntry",
    "component": "Component",
    "source": "Source",
    "ghg_statement": "GhgStatement",
}


def refuse_rule(text: str) -> HTTPException:
    """A broken rule: 400 with a text."""
    return HTTPException(400, text)


def refuse_field(place: Sequence[int | str], kind: str, message: str) -> RequestValidationError:
    """A field that does not fit: 422 with a list."""
    return RequestValidationError([{"loc": tuple(place), "msg": message, "type": kind}])


def refuse_unknown_keys(body: Body, switches: Switches) -> None:
    """Refuse members of a body that its schema does not name. Whether they do is unknown.

    Raises:
        RequestValidationError: There are some, and the switch says to refuse.
    """
    if switches.unknown_keys == "ignore":
        return
    errors = [
        {"loc": ("body", *place), "msg": "Extra inputs are forbidden", "type": "extra_forbidden"}
        for place in find_unknown_keys(body)
    ]
    if errors:
        raise RequestValidationError(errors)


def require_known(store: Store, kind: Kind, ids: Iterable[str]) -> None:
    """Check ids that a body names.

    Raises:
        HTTPException: 400, some do not exist, or not any more. The text is observed.
    """
    missing = [
        document_id for document_id in ids if find_standing(store, kind, document_id) is None
    ]
    if missing:
        raise refuse_rule(_word_missing(kind, missing))


def read_by_path(store: Store, kind: Kind, document_id: str, switches: Switches) -> Document:
    """The document that a path names.

    Raises:
        HTTPException: It does not exist.
    """
    document = find_standing(store, kind, document_id)
    if document is None:
        raise refuse_missing(kind, document_id, switches)
    return document


def refuse_missing(kind: Kind, document_id: str, switches: Switches) -> HTTPException:
    """An id in a path that does not exist: 404 or 400, as the switch says."""
    return HTTPException(switches.missing_status, _word_missing(kind, [document_id]))


def render_invalid(error: RequestValidationError) -> dict[str, Any]:
    """The body of a 422."""
    return {"detail": [_render_item(item) for item in error.errors()]}


def _word_missing(kind: Kind, ids: Iterable[str]) -> str:
    named = ", ".join(f"'{document_id}'" for document_id in ids)
    return f"Could not find '{_NAMES.get(kind.type, kind.type)}' with IDs {named}"


def _render_item(item: dict[str, Any]) -> dict[str, Any]:
    answer = {"loc": list(item["loc"]), "msg": item["msg"], "type": item["type"]}
    if isinstance(item.get("input"), str | int | bool | None):
        answer["input"] = item.get("input")
    return answer
