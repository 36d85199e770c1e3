"""*Sources*: documents that datapoints point at.

Source: docs.isometric.com/api-reference/certify/uploading-sources
"""

from collections.abc import Mapping

from importer.declare.column import Column, Kind
from importer.declare.evidence import Evidence, UploadBy
from importer.declare.resource import Endpoint, Resource, UpdateBy
from importer.declare.sheet import Sheet
from importer.model.record import Json
from importer.resources.isometric.reference import ID_LENGTHS, reference_column

_PAGE = "docs.isometric.com/api-reference/certify/uploading-sources"

CONTENT_TYPES: Mapping[str, str] = {
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".heic": "image/heic",
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
}
"""Documented content types. The readable copy of the page is cut off, so there may be more; whether
.xlsx is one of them is not known, so it is not offered."""

_LARGEST = 50_000_000


def same_document(one: Json, other: Json) -> bool:
    """Whether two documents have the same bytes; their local names do not count."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.get("sha256") == other.get("sha256")
    return one == other


def _announce_document(body: Mapping[str, Json]) -> dict[str, Json]:
    """A create announces the document that follows: name, type and exact length."""
    shaped = {name: value for name, value in body.items() if name != "document"}
    document = body.get("document")
    if isinstance(document, dict):
        shaped["file_name"] = document["name"]
        shaped["content_type"] = document["type"]
        shaped["content_length"] = document["size"]
    return shaped


SOURCE = Resource(
    name="source",
    title="source",
    service="isometric",
    key_space="isometric",
    id_prefix="src_",
    id_lengths=ID_LENGTHS,
    called_by="Name",
    sheet=Sheet(
        name="Sources",
        unique=("External ID",),
        about="A document that proves datapoints, such as weighbridge tickets.",
        columns=(
            reference_column(
                "document",
                example="NB-2025-10-WEIGHBRIDGE",
                also="A corrected document needs a new one.",
            ),
            Column(
                header="Name",
                kind=Kind.TEXT,
                field="display_name",
                required=True,
                longest=100,
                about="Title of the document. It becomes public when credits are issued.",
                example="Weighbridge tickets October 2025",
                source=_PAGE,
            ),
            Column(
                header="File",
                kind=Kind.TEXT,
                field="document",
                required=True,
                create_only=True,
                untold=True,
                same=same_document,
                about="Path of the file, relative to the workbook; it may lie in a zip beside the "
                "workbook that has the workbook's name.",
                example="evidence/weighbridge-2025-10.pdf",
                source=_PAGE,
            ),
            Column(
                header="Published on",
                aliases=("Publication date", "Date of publication"),
                kind=Kind.DATE,
                field="published_at",
                required=True,
                about="Day on which the document was issued.",
                example="2025-11-03",
                source=_PAGE,
            ),
            Column(
                header="Public",
                kind=Kind.BOOLEAN,
                field="is_public",
                about="Whether the document itself may be published. Blank: no.",
                example="no",
                source=_PAGE,
            ),
            Column(
                header="Description",
                kind=Kind.TEXT,
                field="description",
                clearable=True,
                about="What the document shows.",
                example="All tickets of the month",
                source=_PAGE,
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/sources",
        query="project_id={project_id}",
        update=UpdateBy.PATCHING,
        fixed=(
            ("__typename", "CreateDocumentSourceRequest"),
            ("project_id", "{project_id}"),
        ),
        record="source",
    ),
    evidence=Evidence(
        by=UploadBy.SIGNED_ADDRESS,
        largest=_LARGEST,
        types=CONTENT_TYPES,
        addresses="/sources/{id}/signed_upload_url",
    ),
    shape_create=_announce_document,
)
