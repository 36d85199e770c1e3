"""What the services' documents leave open, and what this twin does about it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple


class SourceType(NamedTuple):
    """A kind of document that Isometric takes as a source."""

    content_type: str
    endings: tuple[str, ...]
    """How names of such files may end, in small letters."""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SOURCE_TYPES = (
    SourceType("text/plain", (".txt",)),
    SourceType("application/pdf", (".pdf",)),
    SourceType(_WORD, (".docx",)),
    SourceType("application/msword", (".doc",)),
    SourceType("image/jpeg", (".jpeg", ".jpg")),
    SourceType("image/png", (".png",)),
    SourceType("image/heic", (".heic",)),
    SourceType("text/csv", (".csv",)),
    SourceType("application/vnd.apache.parquet", (".parquet",)),
)
"""What could be read of the list in docs.isometric.com/api-reference/certify/uploading-sources.

The list goes on there. What only an older page names (`application/geo+json`,
`application/x-ipynb+json`) is left out, and so is `.xlsx`, which no page was seen to name.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """One field for each behaviour of the real services that is not documented.

    The defaults are the careful ones: the twin refuses where a real service might look away,
    so that a client that works here does not depend on luck there.
    """

    unknown_keys: Literal["refuse", "ignore"] = "refuse"
    """Both: members of a request body that the documents do not name. Unknown."""

    empty_documents: Literal["refuse", "accept"] = "refuse"
    """Both: a file or a document of no bytes. Unknown."""

    calculation_seconds: float = 0.2
    """Cula: how long a log stays `calculating`. Unknown; samples of the documents show 72 s."""

    calculation_fails: bool = False
    """Cula: whether calculations end as `failed`. That some do is documented, why is not."""

    multi_text_order: Literal["kept", "sorted"] = "kept"
    """Cula: whether the texts of a `multi_text` come back in the order of the request. Unknown."""

    existing_place: Literal["error", "top", "missing"] = "error"
    """Cula: where a 409 `external_id_in_use` carries `existing`. Inside `error` is inferred."""

    mandatory_at_create: bool = True
    """Cula: a missing mandatory data point is refused with 422. Unknown; else it is let pass."""

    deleted_keeps_external_id: bool = True
    """Cula: a softly deleted log still holds its external id. Unknown."""

    put_without_file_ids: Literal["unlink", "keep"] = "unlink"
    """Cula: what PUT does to the linked files when `file_ids` is left out. Unknown."""

    max_file_bytes: int = 30 * 1024 * 1024
    """Cula: the largest file, 30 MiB. Documented; less of it keeps tests short."""

    file_download: Literal["there", "missing"] = "there"
    """Cula: whether a file can be downloaded. Documented for an older generation only."""

    reused_reference_status: Literal[400, 409, 422] = 409
    """Isometric: status for a `supplier_reference_id` in use. That it is an error is documented."""

    reference_scope: Literal["type", "organisation"] = "organisation"
    """Isometric: how far a `supplier_reference_id` is unique. The documents say both."""

    respell_units: bool = True
    """Isometric: units come back in canonical spelling (`kg` as `kilogram`). Observed."""

    missing_status: Literal[400, 404] = 404
    """Isometric: status for an id in the path that does not exist. Unknown."""

    fixed_inputs: Literal["refuse", "accept"] = "refuse"
    """Isometric: giving a fixed input another datapoint than the template does. Unknown."""

    reversed_dates: Literal["refuse", "accept"] = "refuse"
    """Isometric: an entry, or the activity of a component, that is completed before it is started.
    Unknown."""

    uncertainty_discount: Literal["none", "deviation"] = "none"
    """Isometric: how much less than the net counts. That there is a discount, and that it has to
    do with the standard deviation, is documented; how much it is, is not."""

    unattributed_removal: Literal["refuse", "ignore"] = "refuse"
    """Isometric: taking a component off an entry that it does not count towards. Unknown."""

    deleted_keeps_reference: bool = True
    """Isometric: what was deleted still holds its `supplier_reference_id`. Unknown."""

    source_types: tuple[SourceType, ...] = SOURCE_TYPES
    """Isometric: documents that may be sources. Documented in part."""

    source_file_name: Literal["has-to-fit", "any"] = "has-to-fit"
    """Isometric: whether the end of `file_name` has to fit the content type. That the name is
    checked is documented; how and when is unknown."""

    original_filename: Literal["at-create", "at-upload"] = "at-create"
    """Isometric: when a source begins to show `original_filename`. Unknown."""

    url_info_before_upload: Literal["null", "inaccessible"] = "null"
    """Isometric: what `url_info` is until the document is there. Unknown; both fit the schema."""

    renewed_announcement: Literal["has-to-match", "any"] = "has-to-match"
    """Isometric: whether a renewed address may be for another type or length than the source
    was made with. Unknown; that both have to be given again speaks for `any`."""

    signed_address_seconds: int = 300
    """Isometric: how long a signed address lives. Observed for time series files only."""

    upload_status: Literal[200, 201, 204] = 200
    """Isometric: status for a document that has arrived. Unknown."""

    repeated_upload: Literal["same-bytes", "refuse"] = "same-bytes"
    """Isometric: whether an address takes the document a second time. Unknown; other bytes are
    always refused."""

    awaited_documents: Literal["refuse", "accept"] = "refuse"
    """Isometric: naming a source in a datapoint before its document is there. Unknown."""

    feedstock_type_creation: Literal["offered", "missing"] = "offered"
    """Isometric: whether feedstock types can be made over the API. The walkthrough page names a
    POST, the documents have none."""

    verifier: Literal["assigned", "none"] = "assigned"
    """Isometric: whether the project has a verifier. Without one a submission is refused with 400
    (observed); a real sandbox project normally has none."""

    draft_period: Literal["given", "null"] = "given"
    """Isometric: the period of a draft is published as never null; null was observed."""

    repeated_statement: Literal["another", "refuse"] = "another"
    """Isometric: a second statement for the same day. Unknown; several drafts for one day were
    observed."""

    statement_end: Literal["refuse", "accept"] = "refuse"
    """Isometric: an end before the end of the last statement, or in the future. Unknown."""


DEFAULTS = Switches()
"""The careful ones."""
