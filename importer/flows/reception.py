"""The verbs of the upload page: take a workbook in, plan it, send it, and show where it is."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.declare.catalog import Book
from importer.flows.intake import Arrived, Intake
from importer.flows.session import Options
from importer.flows.upload_view import UploadView, store_options, view_upload
from importer.flows.upload_work import UploadWork
from importer.flows.worker import Job, Progress
from importer.model.failure import UploadNotFound, UploadRefused, UploadTaken
from importer.model.history import RunEntry
from importer.model.problem_kinds import FILE_MANY_UPDATES
from importer.model.uploads import UploadChange, UploadEntry, Uploads, UploadState
from importer.sheets.reading.evidence import EvidenceFolder
from importer.sheets.template.rendering import render_template

_LATEST = 50
_PLANNABLE = (
    UploadState.RECEIVED,
    UploadState.PLANNED,
    UploadState.STOPPED,
    UploadState.DONE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Takes uploads in for one target, and has one worker plan and send them.

    Methods raise UploadNotFound for an id that is not there, UploadTaken where another tab was
    first, and LedgerUnavailable.
    """

    work: UploadWork
    version: str

    @property
    def target(self) -> str:
        """The name of the target that everything goes to."""
        return self.work.connected.target.name

    @property
    def books(self) -> Sequence[Book]:
        """The templates that there are."""
        return self.work.catalog.books

    def open_intake(self) -> Intake:
        """A folder for the files of a new upload."""
        return Intake(root=self.work.root)

    def accept(self, arrived: Arrived, *, previous: str) -> None:
        """Remember an upload that has arrived, and have it planned.

        previous: the upload that it corrects, whose evidence it takes over where it has none.
        """
        earlier = self._uploads.find(previous) if previous else None
        evidence = arrived.evidence or self._take_over(earlier, arrived)
        self._uploads.add(
            arrived.id,
            previous=earlier.id if earlier else "",
            name=arrived.name,
            stored=arrived.stored,
            evidence=evidence,
            target=self.target,
        )
        self.work.worker.reserve(arrived.id)
        self.work.worker.plan(arrived.id, self.work.plan)

    def find(self, upload: str) -> UploadView:
        """An upload with all that is known of it."""
        return view_upload(self._find(upload))

    def look(self, upload: str) -> tuple[UploadView, Progress | None]:
        """An upload, and how far it is if it is under way here. The two belong together."""
        before = self.work.worker.find(upload)
        view = self.find(upload)
        after = self.work.worker.find(upload)
        has_just_ended = before is not None and after is None
        return (self.find(upload) if has_just_ended else view), after

    def find_previous(self, view: UploadView) -> UploadView | None:
        """The upload that this one corrects, if it does."""
        entry = self._uploads.find(view.entry.previous) if view.entry.previous else None
        return view_upload(entry) if entry else None

    def find_progress(self, upload: str) -> Progress | None:
        """How far an upload is that is under way here; None where it is not."""
        return self.work.worker.find(upload)

    def latest(self) -> Sequence[UploadEntry]:
        """The last uploads, newest first."""
        return self._uploads.latest(_LATEST)

    def runs(self) -> Sequence[RunEntry]:
        """The last runs of the ledger, however they were started, newest first."""
        return self.work.connected.ledger.past.runs(_LATEST)

    def plan_again(self, upload: str, options: Options) -> None:
        """Plan an upload anew: with other options, or because the world may have changed."""
        self._begin(
            upload,
            out_of=_PLANNABLE,
            to=UploadState.RECEIVED,
            options=options,
            start=self.work.worker.plan,
            job=self.work.plan,
        )

    def send(self, upload: str, options: Options) -> None:
        """Send a planned upload. `options` are those of the plan and what was agreed to.

        Raises UploadRefused where many updates were not agreed to.
        """
        _expect_agreement(self.find(upload), options)
        self._begin(
            upload,
            out_of=(UploadState.PLANNED,),
            to=UploadState.SENDING,
            options=options,
            start=self.work.worker.send,
            job=self.work.send,
        )

    def go_on(self, upload: str) -> None:
        """Go on with an upload whose sending came to an early end."""
        entry = self._find(upload)
        if not entry.run and entry.state is UploadState.STOPPED:
            raise _taken()
        self._begin(
            upload,
            out_of=(UploadState.STOPPED, UploadState.SENDING),
            to=UploadState.SENDING,
            options=view_upload(entry).options,
            start=self.work.worker.send,
            job=self.work.send,
            seen=entry,
        )

    def find_results(self, upload: str) -> tuple[Path, str]:
        """The results workbook, and the name under which its owner gets it."""
        view = self.find(upload)
        path = self.work.root / view.entry.results
        report = view.findings.end
        if not view.entry.results or report is None or not path.is_file():
            raise UploadNotFound(
                "There is no results workbook of this upload.",
                remedy="It is made when the upload is sent.",
            )
        return path, report.results

    def render_template(self, book: str) -> bytes:
        """The empty workbook of that book. Raises UploadNotFound where there is none."""
        if book not in {each.name for each in self.work.catalog.books}:
            raise UploadNotFound(
                f"There is no template “{book}”.", remedy="Choose one on the first page."
            )
        return render_template(
            self.work.catalog, self.work.catalog.book(book), version=self.version
        )

    def plan_left_over(self) -> None:
        """Plan what an earlier server of this ledger took in and had no time to plan."""
        for entry in self.latest():
            is_ours = entry.target == self.target
            if (
                entry.state is UploadState.RECEIVED
                and is_ours
                and self.work.worker.reserve(entry.id)
            ):
                self.work.worker.plan(entry.id, self.work.plan)

    @property
    def _uploads(self) -> Uploads:
        return self.work.connected.ledger.uploads

    def _find(self, upload: str) -> UploadEntry:
        entry = self._uploads.find(upload)
        if entry is None:
            raise UploadNotFound(
                "There is no upload at this address.",
                remedy="The link may be old. The list of runs shows what is there.",
            )
        return entry

    def _begin(
        self,
        upload: str,
        *,
        out_of: Sequence[UploadState],
        to: UploadState,
        options: Options,
        start: Callable[[str, Job], None],
        job: Job,
        seen: UploadEntry | None = None,
    ) -> None:
        """Start a job if nobody else did: here by reservation, elsewhere by the ledger."""
        entry = seen or self._find(upload)
        self._expect_target(entry)
        if not self.work.worker.reserve(upload):
            raise _taken()
        moved = False
        try:
            moved = self._uploads.move(
                upload,
                out_of=out_of,
                to=to,
                change=UploadChange(options=store_options(options)),
                unchanged_since=entry.changed_at,
            )
            if not moved:
                raise _taken()
            start(upload, job)
        finally:
            if not moved:
                self.work.worker.release(upload)

    def _expect_target(self, entry: UploadEntry) -> None:
        """A plan for one target is never sent to another."""
        if entry.target != self.target:
            raise UploadTaken(
                f"This upload was made for the target {entry.target}; this page sends to "
                f"{self.target}.",
                remedy="Upload the workbook again here, or start the page for that target.",
            )

    def _take_over(self, earlier: UploadEntry | None, arrived: Arrived) -> str:
        """The evidence of the upload that is corrected, under the name that is looked for."""
        if earlier is None or not earlier.evidence:
            return ""
        source = self.work.root / earlier.evidence
        if not source.is_file():
            return ""
        archive = EvidenceFolder(self.work.root / arrived.stored).archive
        shutil.copyfile(source, archive)
        return f"{arrived.id}/{archive.name}"


def _expect_agreement(view: UploadView, options: Options) -> None:
    plan = view.findings.plan
    codes = {each.code for each in plan.problems} if plan else set()
    is_safe = options.accept_updates or options.all_or_nothing
    if FILE_MANY_UPDATES.code in codes and not is_safe:
        raise UploadRefused(
            "Nothing was sent: so many existing records would change that you have to agree first.",
            remedy="Go back, look at the rows to update, and tick the box beside the button.",
        )


def _taken() -> UploadTaken:
    return UploadTaken(
        "This upload was already taken up, in another tab or window.",
        remedy="Nothing was sent twice. Look at the upload to see where it is.",
    )
