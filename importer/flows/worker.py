"""The threads behind the page: one plans, one sends, and both say how far they are."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from importer.flows.stopping import Stop
from importer.model.event import Event

Job = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The last step of an upload that is under way. `count` goes up with each step."""

    event: Event = field(default_factory=lambda: Event(stage="wait"))
    count: int = 0


class Worker:
    """Works on uploads, one after the other for each kind of work; each upload once at a time.

    fail: is told the upload and what was raised when a job did not end by itself.
    stop: is said when the program is to end; the jobs heed it.
    """

    def __init__(self, *, fail: Callable[[str, BaseException], None], stop: Stop) -> None:
        self._fail = fail
        self._stop = stop
        self._lock = threading.Lock()
        self._under_way: dict[str, Progress] = {}
        self._planner = ThreadPoolExecutor(1, thread_name_prefix="importer plans")
        self._sender = ThreadPoolExecutor(1, thread_name_prefix="importer sends")

    def reserve(self, upload: str) -> bool:
        """Mark an upload as under way; False where it is already."""
        with self._lock:
            if upload in self._under_way:
                return False
            self._under_way[upload] = Progress()
            return True

    def release(self, upload: str) -> None:
        """The upload is not under way any more."""
        with self._lock:
            self._under_way.pop(upload, None)

    def find(self, upload: str) -> Progress | None:
        """How far an upload is; None where it is not under way here."""
        with self._lock:
            return self._under_way.get(upload)

    def show(self, upload: str, event: Event) -> None:
        """Note a step."""
        with self._lock:
            before = self._under_way.get(upload, Progress())
            self._under_way[upload] = Progress(event=event, count=before.count + 1)

    def plan(self, upload: str, job: Job) -> None:
        """Have a reserved upload planned."""
        self._take(self._planner, upload, job)

    def send(self, upload: str, job: Job) -> None:
        """Have a reserved upload sent."""
        self._take(self._sender, upload, job)

    def close(self, patience: float) -> None:
        """Take nothing more, and wait for what is under way.

        After `patience` seconds, or Ctrl-C, it ends with what it is just sending.
        """
        alarm = threading.Timer(patience, self._stop.say)
        alarm.start()
        try:
            self._join()
        except KeyboardInterrupt:
            self._stop.say()
            self._join()
        finally:
            alarm.cancel()

    def _join(self) -> None:
        for pool in (self._planner, self._sender):
            pool.shutdown(wait=True, cancel_futures=True)

    def _take(self, pool: ThreadPoolExecutor, upload: str, job: Job) -> None:
        def end(future: Future[None]) -> None:
            raised = None if future.cancelled() else future.exception()
            if raised is not None:
                self._fail(upload, raised)
            self.release(upload)

        pool.submit(job, upload).add_done_callback(end)
