"""Sending that waits in the middle, so that a test can look on."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from importer.flows import upload_work
from importer.flows.check import CheckedFile
from importer.flows.session import Session
from importer.model.event import Event
from importer.model.report import FileReport

_PATIENCE_SECONDS = 60


@contextmanager
def halted(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Sending says `1 of 2` and waits until the event is set, or the context is left."""
    going_on = threading.Event()
    original = upload_work.import_file

    def wait_first(session: Session, file: CheckedFile, **facts: Any) -> FileReport:
        session.listener(Event(stage="send", done=1, total=2))
        going_on.wait(_PATIENCE_SECONDS)
        return original(session, file, **facts)

    monkeypatch.setattr(upload_work, "import_file", wait_first)
    try:
        yield going_on
    finally:
        going_on.set()
