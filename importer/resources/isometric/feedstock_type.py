"""*Feedstock types*: what entries are made of, where the account has no name for it yet.

Source: docs.isometric.com/api-reference/certify (GET and PATCH /feedstock_types). Whether there is
a POST is told in two ways: a walkthrough page names one, the documents say that feedstock types
are made in the web page only. So the target's settings say whether it is used.
"""

from importer.declare.column import Column, Kind
from importer.declare.resource import Endpoint, Resource, UpdateBy
from importer.declare.sheet import Sheet
from importer.resources.isometric.reference import ID_LENGTHS, reference_column

_PAGE = "docs.isometric.com/api-reference/certify"

FEEDSTOCK_TYPE_ROW = Resource(
    name="feedstock-type",
    title="feedstock type",
    service="isometric",
    key_space="isometric",
    id_prefix="ftt_",
    id_lengths=ID_LENGTHS,
    on_request=True,
    claim="Name",
    offered_by="creates_feedstock_types",
    unoffered="Make a feedstock type of this name in Certify, in the web page, and import again: "
    "the importer then finds it by its name. Where the service offers to make them, set "
    "creates_feedstock_types of the target to yes.",
    sheet=Sheet(
        name="Feedstock types",
        unique=("External ID",),
        about="One feedstock type of the organisation; one of that name that has no reference "
        "yet gets it.",
        columns=(
            reference_column(
                "feedstock type",
                example="NB-FS-BIRCH",
                also="Entries name it; it is how the feedstock type is found again.",
            ),
            Column(
                header="Name",
                kind=Kind.TEXT,
                field="name",
                required=True,
                about="Name as it stands in Certify, or is to stand there.",
                example="Birch bark",
                source=_PAGE,
            ),
        ),
    ),
    endpoint=Endpoint(path="/feedstock_types", update=UpdateBy.PATCHING),
)
