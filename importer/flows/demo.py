"""The demo: the main job on a sandbox of its own, in a folder of its own."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import importer
from importer.flows.check import check_file
from importer.flows.connection import now, open_session
from importer.flows.importing import import_file
from importer.flows.session import Options
from importer.model.event import Listener
from importer.model.failure import SettingsMissing
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.settings.state import find_state
from importer.settings.target import SandboxChosen

GOOD, BAD = "biochar-plant-october.xlsx", "biochar-plant-october-with-mistakes.xlsx"

_WAIT = 5.0
"""Seconds for what the sandbox calculates; it takes a fifth of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One import of the demo."""

    title: str
    report: FileReport


def run_demo(folder: Path | None, *, listener: Listener) -> tuple[Act, ...]:
    """Import the good month, import it again, then the same month with mistakes."""
    place = folder or Path(tempfile.mkdtemp(prefix="importer-demo-"))
    place.mkdir(parents=True, exist_ok=True)
    samples = find_samples()
    for name in (GOOD, BAD):
        shutil.copyfile(samples / name, place / name)
    shutil.copytree(samples / "evidence", place / "evidence", dirs_exist_ok=True)
    state = find_state({"IMPORTER_STATE_DIR": str(place / "state")})
    script = (
        ("A month of a biochar plant", GOOD),
        ("The same file again", GOOD),
        ("The same month with mistakes", BAD),
    )
    with open_session(
        SandboxChosen(), catalog=CATALOG, state=state, options=Options(), listener=listener
    ) as session:
        return tuple(
            Act(
                title=title,
                report=import_file(
                    replace(session, wait=_WAIT),
                    check_file(place / name, CATALOG, zone=session.zone, now=now()),
                    results=None,
                ),
            )
            for title, name in script
        )


def find_samples() -> Path:
    """The folder of filled workbooks: within the installed package, or beside it in a checkout."""
    package = Path(importer.__file__).parent
    for folder in (package / "samples", package.parent / "samples"):
        if (folder / GOOD).is_file():
            return folder
    raise SettingsMissing(
        "The demo's sample workbooks are not there.", remedy="Install the importer again."
    )
