"""*Files*: evidence linked to emission logs. Declared; not sent by this version yet.

Source: docs.cula.tech/upcoming-api-reference/files/upload-a-file
"""

from importer.declare.column import Column, Kind
from importer.declare.resource import Endpoint, Resource, UpdateBy
from importer.declare.sheet import Sheet

_PAGE = "docs.cula.tech/upcoming-api-reference/files/upload-a-file"

FILE = Resource(
    name="file",
    title="file",
    service="cula",
    id_prefix="fil_",
    sheet=Sheet(
        name="Files",
        unique=("External ID",),
        about="An invoice or report linked to emission logs. Leave it blank: this version does "
        "not send it.",
        columns=(
            Column(
                header="External ID",
                kind=Kind.KEY,
                required=True,
                create_only=True,
                about="Your own id for this file; the service has none for files.",
                example="NB-INVOICE-2025-10",
                source=_PAGE,
            ),
            Column(
                header="File",
                kind=Kind.TEXT,
                required=True,
                about="Path of the file, relative to the workbook.",
                example="evidence/invoice-2025-10.pdf",
                source=_PAGE,
            ),
            Column(
                header="Site",
                kind=Kind.REFERENCE,
                to="site",
                required=True,
                about="External id or name of the site that the file belongs to, "
                "or its id (ste_…).",
                example="NB-PLANT",
                source=_PAGE,
            ),
        ),
    ),
    endpoint=Endpoint(path="/files", update=UpdateBy.REPLACING),
    available=False,
)
