"""Opens the reception of the upload page: one target, one ledger, one worker, one folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from importer.declare.catalog import Catalog
from importer.flows.addressees import Mail
from importer.flows.connection import connect_all, now
from importer.flows.reception import Reception
from importer.flows.upload_view import store_findings, view_upload
from importer.flows.upload_work import UploadWork
from importer.flows.worker import Worker
from importer.model.failure import ImporterError
from importer.model.report import FileReport
from importer.model.uploads import UploadChange, Uploads, UploadState
from importer.settings.state import State
from importer.settings.target import SandboxChosen, Target
from importer.sheets.gate.limits import LIMITS, Limits

_PATIENCE_SECONDS = 5.0
_MISTAKE = (
    "The importer made a mistake that is not yours.",
    "Go on: what was sent is in the ledger, and nothing is sent twice.",
)

Complain = Callable[[BaseException], None]


@contextmanager
def open_reception(
    chosen: Target | SandboxChosen,
    *,
    catalog: Catalog,
    state: State,
    version: str,
    complain: Complain,
    mail: Mail | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Reception]:
    """A reception for as long as the context is open; in the end what is in flight is finished.

    mail: who is told of every upload that is sent.
    complain: is told mistakes of ours, which end a job but not the server.
    """
    with connect_all(chosen, state) as connected:
        uploads = connected.ledger.uploads

        def fail(upload: str, raised: BaseException) -> None:
            complain(raised)
            _keep_failure(uploads, upload, raised)

        worker = Worker(fail=fail, stop=connected.stop)
        work = UploadWork(
            root=state.folder / "uploads",
            catalog=catalog,
            connected=connected,
            worker=worker,
            mail=mail,
            clock=now,
            limits=limits,
        )
        reception = Reception(work=work, version=version)
        try:
            reception.plan_left_over()
            yield reception
        finally:
            worker.close(_PATIENCE_SECONDS)


def _keep_failure(uploads: Uploads, upload: str, raised: BaseException) -> None:
    """An upload whose job broke can go on; the page says why it stands."""
    entry = uploads.find(upload)
    if entry is None:
        return
    words = (str(raised), raised.remedy) if isinstance(raised, ImporterError) else _MISTAKE
    view = view_upload(entry)
    findings = view.findings
    is_sent = entry.state is UploadState.SENDING
    base = view.report or FileReport(file=entry.name, verb="plan")
    told = replace(base, stopped=words)
    findings = replace(findings, end=told) if is_sent else replace(findings, plan=told)
    uploads.move(
        upload,
        out_of=(UploadState.RECEIVED, UploadState.SENDING),
        to=UploadState.STOPPED,
        change=UploadChange(report=store_findings(findings)),
    )
