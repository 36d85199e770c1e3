"""Documents that are announced before their bytes come: type, length and file name.

Source: the published document (CreateDocumentSourceRequest, SignedUploadUrlRequest) and
docs.isometric.com/api-reference/certify/uploading-sources. The statuses and texts for a type, a
name or a length that is not welcome are not published.
"""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from importer.sandbox.context import Context
from importer.sandbox.documents import Document
from importer.sandbox.isometric.bodies import Day, DisplayName, Id, SupplierReference
from importer.sandbox.isometric.errors import refuse_rule
from importer.sandbox.isometric.kinds import SOURCE
from importer.sandbox.switches import Switches
from importer.sandbox.unknown_keys import Body

Length = Annotated[int, Field(strict=True, ge=0, le=50_000_000)]
"""A number of bytes. That it is not negative is ours."""
Flag = Annotated[bool, Field(strict=True)]


class Announcement(Body):
    """What the address for a document is made for; the whole body of a renewal."""

    content_type: str
    content_length: Length


class NewSource(Announcement):
    """What POST takes."""

    model_config = ConfigDict(populate_by_name=True)

    typename: Literal["CreateDocumentSourceRequest"] = Field(alias="__typename")
    project_id: Id
    supplier_reference_id: SupplierReference
    display_name: DisplayName
    description: str | None = None
    file_name: str
    is_public: Flag = False
    published_at: Day


def check_announcement(announced: Announcement, switches: Switches) -> None:
    """Check type and length.

    Raises:
        HTTPException: 400, the service does not take such documents.
    """
    if announced.content_type not in {each.content_type for each in switches.source_types}:
        raise refuse_rule(f"Content type '{announced.content_type}' is not supported")
    if announced.content_length == 0 and switches.empty_documents == "refuse":
        raise refuse_rule("Content length cannot be zero")


def check_file_name(body: NewSource, switches: Switches) -> None:
    """Check that the end of the name is one of the content type.

    Raises:
        HTTPException: 400, it is not, and the switch says that it has to be.
    """
    if switches.source_file_name == "any":
        return
    for each in switches.source_types:
        if each.content_type == body.content_type and body.file_name.lower().endswith(each.endings):
            return
    raise refuse_rule(f"File name '{body.file_name}' does not fit '{body.content_type}'")


def check_renewal(announced: Announcement, source: Document, switches: Switches) -> None:
    """Check that what is announced again is what was announced before.

    Raises:
        HTTPException: 400, it is not, and the switch says that it has to be.
    """
    if switches.renewed_announcement == "any":
        return
    now = (announced.content_type, announced.content_length)
    if now != (source.body["_content_type"], source.body["_content_length"]):
        raise refuse_rule(f"Source '{source.id}' was made for another document")


def refuse_awaited(here: Context, source_ids: Iterable[str]) -> None:
    """Refuse sources whose documents have not arrived.

    Raises:
        HTTPException: 400, there is one, and the switch says to refuse it.
    """
    if here.switches.awaited_documents == "accept":
        return
    for source_id in source_ids:
        if here.store.read(SOURCE, source_id).body["_awaited"]:
            raise refuse_rule(f"The document of source '{source_id}' is not uploaded yet")
