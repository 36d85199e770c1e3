"""A real browser to look at the page with."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium as the system has it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def upload(page: Page, address: str, workbook: Path, evidence: Path | None = None) -> None:
    """Upload on the first page, and wait for the plan."""
    page.goto(address)
    page.get_by_label("Workbook", exact=True).set_input_files(workbook)
    if evidence is not None:
        page.get_by_label("Evidence").set_input_files(evidence)
    page.get_by_role("button", name="Check and plan").click()
    page.wait_for_selector(".kind, .message.error")
    page.wait_for_load_state("load")
