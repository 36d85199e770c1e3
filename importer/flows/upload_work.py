"""What the worker does with an upload: plan it, send it. The same flows as the command line."""

import shlex
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from importer.declare.catalog import Catalog
from importer.flows.addressees import Mail
from importer.flows.check import CheckedFile, check_read, report_check
from importer.flows.connection import THREADS, Connected, begin_session
from importer.flows.importing import import_file, plan_file, refuse_unset_services
from importer.flows.mailing import Office, post_report
from importer.flows.outgoing import send_due
from importer.flows.session import Session
from importer.flows.upload_view import (
    Findings,
    UploadView,
    store_findings,
    store_options,
    view_upload,
)
from importer.flows.worker import Worker
from importer.model.event import Event
from importer.model.failure import ImporterError, UploadNotFound
from importer.model.report import FileReport, TargetFacts
from importer.model.uploads import UploadChange, UploadState
from importer.model.view import SheetView, view_table
from importer.sheets.gate.limits import LIMITS, Limits
from importer.sheets.reading.reader import read_workbook
from importer.sheets.results.writing import results_path

_SECONDS_BETWEEN_NOTES = 1.0
_BESIDE = "the upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadWork:
    """The two jobs, and all that they need: one target, its services, the ledger, a folder."""

    root: Path
    catalog: Catalog
    connected: Connected
    worker: Worker
    mail: Mail | None
    clock: Callable[[], datetime]
    limits: Limits = LIMITS

    def plan(self, upload: str) -> None:
        """Check and plan a received upload."""
        view = self._read(upload)
        file, sheets = self._check(view)
        if not file.checked.rows and not file.is_workbook:
            plan = self._named(report_check(file, self.catalog), view)
            self._keep_plan(view, Findings(sheets=sheets, plan=plan), UploadState.UNREADABLE)
            return
        findings = self._plan(view, file, sheets)
        if self.connected.stop.is_said:
            # It stays received: the next server of this ledger plans it.
            return
        is_stopped = findings.plan is not None and findings.plan.stopped
        state = UploadState.STOPPED if is_stopped else UploadState.PLANNED
        self._keep_plan(view, findings, state, digest=file.digest)

    def send(self, upload: str) -> None:
        """Send an upload, as far as it is not there yet, and keep what became of it."""
        view = self._read(upload)
        file, sheets = self._check(view)
        findings = replace(view.findings, sheets=sheets or view.findings.sheets)
        try:
            with_notes = _Notes(work=self, view=view)
            session = self._begin(view, with_notes.show)
            findings = replace(findings, facts=session.facts)
            refuse_unset_services(session, [file])
            report = import_file(session, file, results=None, verb="upload", name=view.entry.name)
        except ImporterError as failure:
            report = _stopped(report_check(file, self.catalog), "import", failure)
        self._keep_end(view, findings, report)

    def _plan(self, view: UploadView, file: CheckedFile, sheets: tuple[SheetView, ...]) -> Findings:
        facts = None
        try:
            session = self._begin(view, lambda event: self.worker.show(view.entry.id, event))
            facts = session.facts
            refuse_unset_services(session, [file])
            report = plan_file(session, file)
        except ImporterError as failure:
            report = _stopped(report_check(file, self.catalog), "plan", failure)
        return Findings(sheets=sheets, plan=self._named(report, view), facts=facts)

    def _read(self, upload: str) -> UploadView:
        entry = self.connected.ledger.uploads.find(upload)
        if entry is None:
            raise UploadNotFound(f"There is no upload {upload}.", remedy="Upload it again.")
        return view_upload(entry)

    def _check(self, view: UploadView) -> tuple[CheckedFile, tuple[SheetView, ...]]:
        self.worker.show(view.entry.id, Event(stage="check"))
        path = self.root / view.entry.stored
        read = read_workbook(path, self.catalog.sheets, self.limits)
        file = check_read(
            path,
            read,
            self.catalog,
            zone=self.connected.target.time_zone,
            now=self.clock(),
            stated=view.options.conventions,
        )
        file = replace(file, limits=self.limits)
        sheets = tuple(view_table(table) for table in read.tables if table.columns)
        return _say_no_folder(file, path.parent), sheets

    def _begin(self, view: UploadView, listener: Callable[[Event], None]) -> Session:
        listener(Event(stage="start"))
        ledger, stop = self.connected.ledger, self.connected.stop
        session = begin_session(
            self.connected.target,
            self.connected.services,
            ledger,
            catalog=self.catalog,
            options=view.options,
            listener=listener,
        )
        return replace(
            session,
            writers=ledger.writers,
            stop=stop,
            sleep=stop.sleep,
            threads=THREADS,
        )

    def _keep_plan(
        self, view: UploadView, findings: Findings, state: UploadState, *, digest: str = ""
    ) -> None:
        change = UploadChange(
            digest=digest, target=self.connected.target.name, report=store_findings(findings)
        )
        self.connected.ledger.uploads.move(
            view.entry.id, out_of=(UploadState.RECEIVED,), to=state, change=change
        )

    def _keep_end(self, view: UploadView, findings: Findings, report: FileReport) -> None:
        results = f"{view.entry.id}/{Path(report.results).name}" if report.results else None
        end = replace(findings, end=self._named(report, view))
        change = UploadChange(report=store_findings(end), run=report.run or None, results=results)
        state = UploadState.STOPPED if report.stopped else UploadState.DONE
        self.connected.ledger.uploads.move(
            view.entry.id, out_of=(UploadState.SENDING,), to=state, change=change
        )
        self._tell(end, report)

    def _tell(self, findings: Findings, report: FileReport) -> None:
        """Tell the target's recipients. The mail being down is nothing that the upload waits for:
        the message lies in the outbox then, and goes with the next."""
        if self.mail is None or findings.end is None:
            return
        outbox = self.connected.ledger.outbox
        facts = findings.facts or TargetFacts(name=self.connected.target.name)
        office = Office(outbox=outbox, facts=facts, clock=self.clock, spell=shlex.join)
        results = Path(report.results) if report.results else None
        post_report(office, self.mail, findings.end, None, results=results)
        if not self.connected.stop.is_said:
            send_due(outbox, self.mail.settings.server, clock=self.clock)

    def _named(self, report: FileReport, view: UploadView) -> FileReport:
        """The report with the user's name of the file, whatever it is stored as."""
        name = view.entry.name
        folder = str((self.root / view.entry.stored).parent)
        return replace(
            report,
            file=name,
            results=results_path(Path(name), None).name if report.results else "",
            stopped=tuple(each.replace(folder, _BESIDE) for each in report.stopped),
        )


@dataclass(slots=True)
class _Notes:
    """Tells the page every step of an upload that is sent, and the ledger one in a second."""

    work: UploadWork
    view: UploadView
    noted_at: float = 0.0

    def show(self, event: Event) -> None:
        self.work.worker.show(self.view.entry.id, event)
        now = time.monotonic()
        if now - self.noted_at >= _SECONDS_BETWEEN_NOTES:
            self.noted_at = now
            self.work.connected.ledger.uploads.move(
                self.view.entry.id,
                out_of=(UploadState.SENDING,),
                to=UploadState.SENDING,
                change=UploadChange(options=store_options(self.view.options, event)),
            )


def _say_no_folder(file: CheckedFile, folder: Path) -> CheckedFile:
    """Where the upload is kept is nothing that its owner can look into."""
    problems = tuple(
        replace(each, found=each.found.replace(str(folder.resolve()), _BESIDE))
        for each in file.checked.problems
    )
    return replace(file, checked=replace(file.checked, problems=problems))


def _stopped(report: FileReport, verb: str, failure: ImporterError) -> FileReport:
    return replace(report, verb=verb, stopped=(str(failure), failure.remedy))
