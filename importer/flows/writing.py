"""One writer at a time for each organisation of a target: waits for the other, and keeps the lock
while the context is open."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from importer.flows.session import Session
from importer.model.event import Event
from importer.model.failure import ImporterError, WriterBusy
from importer.model.writers import Holder, Writers

LEASE = timedelta(seconds=60)
"""A writer that shows no sign of life for so long is taken for dead."""
_SIGNS_PER_LEASE = 4
_LOOK_EVERY = 0.5
_LONGEST_WAIT = 600.0
"""Seconds. An import of a year takes longer than this: then the second one says whom it met."""


@contextmanager
def one_writer(session: Session) -> Iterator[None]:
    """Nobody else writes to these organisations meanwhile.

    Raises WriterBusy where another import does not come to its end in ten minutes.
    """
    writers = session.writers
    if writers is None:
        yield
        return
    scopes = tuple(session.scopes.values())
    _wait_for_turn(session, writers)
    over = threading.Event()
    beat = threading.Thread(target=_show_signs_of_life, args=(session, writers, over), daemon=True)
    beat.start()
    try:
        yield
    finally:
        over.set()
        beat.join()
        # Not let go, it is free when the lease is over.
        with suppress(ImporterError):
            writers.release(scopes)


def _wait_for_turn(session: Session, writers: Writers) -> None:
    waited = 0.0
    while (holder := writers.claim(session.scopes.values(), LEASE)) is not None:
        if waited >= _LONGEST_WAIT:
            raise _busy(holder)
        session.listener(Event(stage="wait", note=f"{holder} is importing"))
        session.sleep(_LOOK_EVERY)
        waited += _LOOK_EVERY


def _show_signs_of_life(session: Session, writers: Writers, over: threading.Event) -> None:
    """A sign that fails is not the end: the next may pass, and an intent notices a lost lock."""
    while not over.wait(LEASE.total_seconds() / _SIGNS_PER_LEASE):
        with suppress(ImporterError):
            writers.renew(session.scopes.values(), LEASE)


def _busy(holder: Holder) -> WriterBusy:
    return WriterBusy(
        f"Another import is writing to {holder.scope.service} of the target "
        f"{holder.scope.target} since {holder.since:%H:%M} UTC: {holder}.",
        remedy="Wait until it has ended, then type the same command again.",
    )
