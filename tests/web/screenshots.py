"""Pictures of the page: `python tests/web/screenshots.py` renews the two below `samples/`.

With a folder, every page is drawn there, narrow and wide, light and dark, to be looked at.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from playwright.sync_api import Browser, Page

from tests.web.browsing import browsing, upload
from tests.web.serving import BAD, GOOD, SAMPLES, pack_evidence, served

WIDTHS = (320, 768, 1280)


def main() -> None:
    """Draw all pages."""
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        place = Path(folder)
        evidence = pack_evidence(place / "evidence.zip")
        with served(place / "state") as (address, _):
            page = browser.new_page()
            upload(page, address, GOOD, evidence)
            page.get_by_role("button", name="Send").first.click()
            page.wait_for_selector("text=Result")
            upload(page, address, BAD, evidence)
            plan = page.url
            _draw_plan(browser, address, plan, into)
            page.get_by_role("button", name="valid row").click()
            page.wait_for_selector("text=Result")
            _draw_result(browser, address, plan, into)


def _draw_plan(browser: Browser, address: str, plan: str, into: Path | None) -> None:
    if into is None:
        _draw(browser, plan, SAMPLES / "page-plan.png", 1200, "light")
        return
    for width in WIDTHS:
        for theme in ("light", "dark"):
            _draw(browser, address, into / f"start-{width}-{theme}.png", width, theme)
            _draw(browser, plan, into / f"plan-{width}-{theme}.png", width, theme)


def _draw_result(browser: Browser, address: str, result: str, into: Path | None) -> None:
    if into is None:
        _draw(browser, result, SAMPLES / "page-result.png", 1200, "light")
        return
    for width in WIDTHS:
        for theme in ("light", "dark"):
            _draw(browser, f"{address}/runs", into / f"runs-{width}-{theme}.png", width, theme)
            _draw(browser, result, into / f"result-{width}-{theme}.png", width, theme)


def _draw(browser: Browser, url: str, path: Path, width: int, theme: str) -> None:
    page: Page = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
    )
    page.goto(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=path.parent != SAMPLES)
    page.close()


if __name__ == "__main__":
    main()
