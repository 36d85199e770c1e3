"""*Sources*: documents that datapoints point at. Declared; not sent by this version yet.

Source: docs.isometric.com/api-reference/certify/uploading-sources
"""

from importer.declare.column import Column, Kind
from importer.declare.resource import Endpoint, Resource, UpdateBy
from importer.declare.sheet import Sheet
from importer.resources.isometric.datapoint import REFERENCE_PATTERN, REFERENCE_PATTERN_SAYS

_PAGE = "docs.isometric.com/api-reference/certify/uploading-sources"

SOURCE = Resource(
    name="source",
    title="source",
    service="isometric",
    key_space="isometric",
    id_prefix="src_",
    sheet=Sheet(
        name="Sources",
        unique=("External ID",),
        about="A document that proves datapoints. Leave it blank: this version does not send it.",
        columns=(
            Column(
                header="External ID",
                kind=Kind.KEY,
                field="supplier_reference_id",
                required=True,
                create_only=True,
                pattern=REFERENCE_PATTERN,
                pattern_says=REFERENCE_PATTERN_SAYS,
                about="Your own id for this document, unique over all Isometric sheets.",
                example="NB-2025-10-WEIGHBRIDGE",
                source="docs.isometric.com/user-guides/certify/supplier-reference-id",
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
                required=True,
                about="Path of the file, relative to the workbook.",
                example="evidence/weighbridge-2025-10.pdf",
                source=_PAGE,
            ),
            Column(
                header="Published on",
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
        fixed=(("project_id", "{project_id}"),),
    ),
    available=False,
)
