"""Evidence: the document that goes with a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class UploadBy(Enum):
    """How the bytes get to the service."""

    SIGNED_ADDRESS = "signed address"
    """The record is created first; the bytes go to an address that its answer names."""
    FORM = "form"
    """The record is made of the bytes: one multipart request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the service takes as a document.

    header: the cell that names the file, by a path relative to the workbook.
    largest: in bytes.
    types: media types by ending; empty where the service takes any.
    fields: for a form, its further fields, and the fields of the state that fill them.
    addresses: for a signed address, where one is had, with `/{id}` in it.
    downloads: where the service may hand out the bytes again, with `/{id}` in it; empty if nowhere.
    """

    by: UploadBy
    largest: int
    header: str = "File"
    types: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[tuple[str, str], ...] = ()
    addresses: str = ""
    downloads: str = ""
