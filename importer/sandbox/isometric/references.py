"""Keeping resources under the client's own key.

Source: docs.isometric.com/user-guides/certify/supplier-reference-id: a key in use is an error.
Its status, its body and how far a key is unique are not published; see the switches.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException
from fastapi.exceptions import RequestValidationError

from importer.sandbox.context import Context
from importer.sandbox.documents import Document, Kind
from importer.sandbox.isometric.errors import refuse_field
from importer.sandbox.store import ReferenceInUse


def insert_referenced(
    here: Context, kind: Kind, body: Mapping[str, Any], *, parent: str | None = None
) -> Document:
    """Keep a new document under its `supplier_reference_id`.

    Raises:
        HTTPException: The key is in use; 400 or 409 as the switch says.
        RequestValidationError: The same as 422.
    """
    reference = body["supplier_reference_id"]
    try:
        return here.store.insert(kind, body, reference=reference, parent=parent)
    except ReferenceInUse as error:
        raise _refuse_taken(error, here.switches.reused_reference_status) from None


def replace_referenced(here: Context, kind: Kind, body: Mapping[str, Any]) -> Document:
    """Put a new body in the place of a document, under the `supplier_reference_id` in it.

    Raises:
        HTTPException: Another resource has the key; 400 or 409 as the switch says.
        RequestValidationError: The same as 422.
    """
    try:
        return here.store.replace(kind, body, reference=body["supplier_reference_id"])
    except ReferenceInUse as error:
        raise _refuse_taken(error, here.switches.reused_reference_status) from None


def _refuse_taken(error: ReferenceInUse, status: int) -> HTTPException | RequestValidationError:
    text = f"The supplier reference ID '{error.reference}' is already in use"
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return refuse_field(("body", "supplier_reference_id"), "value_error", text)
    return HTTPException(status, text)
