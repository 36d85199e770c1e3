"""*Files*: evidence linked to emission logs.

Cula has no external ids for files and finds no doubles: a file is known by site and content.
Source: docs.cula.tech/upcoming-api-reference/files/upload-a-file
"""

from collections.abc import Mapping

from importer.declare.column import Column, Kind
from importer.declare.evidence import Evidence, UploadBy
from importer.declare.resource import Endpoint, Items, Misfit, Resource, UpdateBy
from importer.declare.sheet import Sheet
from importer.model import problem_kinds
from importer.model.record import Json, State
from importer.resources.cula.account import is_older

_PAGE = "docs.cula.tech/upcoming-api-reference/files/upload-a-file"
_LARGEST = 30 * 1024 * 1024


def _told_of_document(state: State) -> State:
    """What the service will tell of the document: its name and size, but no checksum."""
    document = state.get("document")
    if not isinstance(document, dict):
        return {}
    return {"file_name": document["name"], "file_size_bytes": document["size"]}


def _content_key(state: State) -> str:
    """Site, content and name: the same file of the same site is one file."""
    document = state.get("document")
    found = document if isinstance(document, dict) else {}
    return f"{state.get('site.id')}/{found.get('sha256')}/{found.get('name')}"


def _observe_file(body: Mapping[str, Json], items: Items) -> State:
    del items
    return {name: body[name] for name in ("file_name", "file_size_bytes") if name in body}


def _by_key(items: Items) -> tuple[Misfit, ...]:
    """With an API key logs link no files from here, and a file that is there cannot be deleted."""
    if not is_older(items["Site"]):
        return ()
    return (
        Misfit(
            header="File",
            kind=problem_kinds.CELL_NOT_YET,
            found="and this version sends no files with an API key",
            expected="no row for it",
            remedy="Delete the row, and add the file on Cula's own page.",
        ),
    )


FILE = Resource(
    name="file",
    title="file",
    service="cula",
    id_prefix="fil_",
    sheet=Sheet(
        name="Files",
        unique=("External ID",),
        about="An invoice or report that belongs to emission logs.",
        columns=(
            Column(
                header="External ID",
                kind=Kind.KEY,
                required=True,
                create_only=True,
                about="Your own id for this file, by which emission logs name it. It stays in the "
                "workbook: the service knows a file by its content.",
                example="NB-INVOICE-2025-10",
                source=_PAGE,
            ),
            Column(
                header="File",
                kind=Kind.TEXT,
                field="document",
                required=True,
                create_only=True,
                untold=True,
                about="Path of the file, relative to the workbook; it may lie in a zip beside the "
                "workbook that has the workbook's name.",
                example="evidence/invoice-2025-10.pdf",
                source=_PAGE,
            ),
            Column(
                header="Site",
                kind=Kind.REFERENCE,
                to="site",
                field="site.id",
                required=True,
                create_only=True,
                about="External id or name of the site that the file belongs to, "
                "or its id (ste_…).",
                example="NB-PLANT",
                source=_PAGE,
            ),
        ),
    ),
    endpoint=Endpoint(path="/files", update=UpdateBy.REPLACING),
    evidence=Evidence(
        by=UploadBy.FORM,
        largest=_LARGEST,
        fields=(("site", "site.id"),),
        # Documented for the older generation only; where it is missing, name and size decide.
        # Source: docs.cula.tech/api-reference/files/download-a-file
        downloads="/files/{id}/download",
    ),
    misfits=_by_key,
    observe=_observe_file,
    restate=_told_of_document,
    content_key=_content_key,
)
