"""The target `sandbox`: the twin that `importer sandbox` serves, else one of the command's own.

Several commands at once serve the same file, each for itself: none depends on another.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from importer.apis.twin import find_twin
from importer.model.failure import LedgerUnavailable
from importer.model.secret import Secret
from importer.sandbox.faults import Fault
from importer.sandbox.rehearsals import rehearse
from importer.sandbox.server import Running, running
from importer.settings.target import CulaTarget, IsometricTarget, Target

UNPACED = 0
"""Requests a minute of a target that nothing paces."""


@contextmanager
def sandbox_target(database: Path) -> Iterator[Target]:
    """The sandbox on this database as a target."""
    address = database.with_suffix(".address")
    found = _find_running(address)
    if found is not None:
        yield as_target(found, "the sandbox that is running")
        return
    with _serve(database) as started:
        yield as_target(started, "built in")


@contextmanager
def serve_twin(
    database: Path, *, port: int = 0, faults: Sequence[str] = (), seed: int = 1
) -> Iterator[Running]:
    """Start a sandbox on this database, where other commands find it.

    faults: names of what goes wrong now and then (`importer.sandbox.rehearsals`).
    """
    address = database.with_suffix(".address")
    with _serve(database, port=port, rehearsal=rehearse(faults, seed)) as started:
        address.write_text(started.url, encoding="ascii")
        try:
            yield started
        finally:
            address.unlink(missing_ok=True)


@contextmanager
def _serve(database: Path, *, port: int = 0, rehearsal: Sequence[Fault] = ()) -> Iterator[Running]:
    with ExitStack() as stack:
        try:
            database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            started = stack.enter_context(running(database, port=port, rehearsal=rehearsal))
        except (OSError, sqlite3.Error) as failure:
            reason = getattr(failure, "strerror", None) or failure
            raise LedgerUnavailable(
                f"The sandbox cannot be served from {database}: {reason}.",
                remedy="Set IMPORTER_STATE_DIR to a folder that may be written; for a port that "
                "is taken, name another.",
            ) from failure
        yield started


def _find_running(address: Path) -> Running | None:
    try:
        url = address.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    facts = find_twin(url) if url.startswith("http://127.0.0.1:") else None
    if facts is None:
        return None
    try:
        return Running.read(url, facts)
    except LookupError:
        return None


def as_target(twin: Running, origin: str) -> Target:
    """A sandbox as a target. Nothing paces it: it is there to try things out."""
    return Target(
        name="sandbox",
        origin=origin,
        cula=CulaTarget(
            base_url=twin.cula_base_url,
            token_url=twin.cula_token_url,
            client_id=twin.cula_client_id,
            client_secret=Secret(twin.cula_client_secret),
            organisation_id=twin.cula_organisation_id,
            requests_per_minute=UNPACED,
        ),
        isometric=IsometricTarget(
            base_url=twin.isometric_base_url,
            client_secret=Secret(twin.isometric_client_secret),
            access_token=Secret(twin.isometric_access_token),
            project_id=twin.project_id,
            requests_per_minute=UNPACED,
            creates_feedstock_types="yes",
        ),
    )
