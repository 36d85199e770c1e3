"""A page server to look at, and a real browser to look with."""

import shutil
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Browser, Page, sync_playwright

from importer.flows.reception import Reception
from importer.flows.uploads import open_reception
from importer.resources.catalog import CATALOG
from importer.settings.state import find_state
from importer.settings.target import SandboxChosen, Target
from importer.web.server import serving

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
GOOD = SAMPLES / "biochar-plant-october.xlsx"
BAD = SAMPLES / "biochar-plant-october-with-mistakes.xlsx"


@contextmanager
def served(
    state: Path,
    chosen: Target | SandboxChosen | None = None,
    complain: Callable[[BaseException], None] = traceback.print_exception,
) -> Iterator[tuple[str, Reception]]:
    """The page over a state folder: its address, and the reception behind it."""
    with (
        open_reception(
            chosen or SandboxChosen(),
            catalog=CATALOG,
            state=find_state({"IMPORTER_STATE_DIR": str(state)}),
            version="0",
            complain=complain,
        ) as reception,
        serving(reception, port=0) as address,
    ):
        yield address, reception


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def pack_evidence(path: Path) -> Path:
    """The evidence of the samples as one zip."""
    with ZipFile(path, "w") as archive:
        for each in sorted((SAMPLES / "evidence").iterdir()):
            archive.write(each, f"evidence/{each.name}")
    return path


def upload(page: Page, address: str, workbook: Path, evidence: Path | None = None) -> None:
    """Upload on the first page, and wait for the plan."""
    page.goto(address)
    page.get_by_label("Workbook", exact=True).set_input_files(workbook)
    if evidence is not None:
        page.get_by_label("Evidence").set_input_files(evidence)
    page.get_by_role("button", name="Check and plan").click()
    page.wait_for_selector(".kind, .message.error")
