"""The second half of a record with a document: its bytes, at the address that the service signs.

Both halves are recorded: a record is confirmed only when its document has arrived, so that a
half-done one is completed by the next run.
"""

from pathlib import Path
from urllib.parse import quote

from importer.declare.evidence import Evidence, UploadBy
from importer.declare.resource import Resource
from importer.flows.evidence import read_upload
from importer.flows.session import Session
from importer.model.failure import AddressRefused, DocumentChanged
from importer.model.ports import Upload, Verdict
from importer.model.record import Json, Record, Remote, State

_ATTEMPTS = 2
"""An address that is refused may have run out: a fresh one is asked for once."""


def is_signed(resource: Resource) -> bool:
    """Whether the bytes of a record follow after its creation."""
    return resource.evidence is not None and resource.evidence.by is UploadBy.SIGNED_ADDRESS


def has_arrived(session: Session, resource: Resource, remote: Remote, state: State) -> bool:
    """Whether the service has the document of a record, as far as it takes one afterwards."""
    if resource.evidence is None or not is_signed(resource):
        return True
    document = state.get("document")
    found = document if isinstance(document, dict) else {}
    try:
        return _ask(session, resource, resource.evidence, remote.id, found) is None
    except AddressRefused:
        return False


def deliver(
    session: Session, resource: Resource, record: Record, remote_id: str, *, workbook: Path
) -> tuple[bool, str]:
    """Send the document of a record; whether it has arrived, and the service's words if not.

    The address is asked for right before it is used: how long it lasts is not published.
    """
    evidence = resource.evidence
    if evidence is None:
        return True, ""
    try:
        upload = read_upload(workbook, evidence, record.line)
        return _deliver(session, resource, evidence, remote_id, upload)
    except (AddressRefused, DocumentChanged) as failure:
        return False, str(failure)


def _deliver(
    session: Session, resource: Resource, evidence: Evidence, remote_id: str, upload: Upload
) -> tuple[bool, str]:
    words = ""
    for _ in range(_ATTEMPTS):
        address = _ask(session, resource, evidence, remote_id, _announced(upload))
        if address is None:
            return True, ""
        answer = session.service_of(resource).put_document(address, upload)
        if answer.verdict is Verdict.ACCEPTED:
            return True, ""
        words = "; ".join(each.words for each in answer.refusals) or "no clear answer"
    arrived = _ask(session, resource, evidence, remote_id, _announced(upload)) is None
    return arrived, words


def _announced(upload: Upload) -> dict[str, Json]:
    return {"type": upload.content_type, "size": len(upload.content)}


def _ask(
    session: Session,
    resource: Resource,
    evidence: Evidence,
    remote_id: str,
    document: dict[str, Json],
) -> str | None:
    """A fresh address; None where the service has the document.

    Source: docs.isometric.com/api-reference/certify (POST /sources/{id}/signed_upload_url)
    """
    path = evidence.addresses.format_map({"id": quote(remote_id, safe="")})
    body = {"content_type": document.get("type"), "content_length": document.get("size")}
    return session.service_of(resource).fetch_address(path, body)
