"""The page in a real Chromium: by mouse, by keyboard alone, without JavaScript, for all eyes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

pytest.importorskip("playwright", reason="needs .[browser]")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from importer.flows.reception import Reception
from importer.flows.twin import as_target
from importer.sandbox.server import Running
from support.tables import write_book
from tests.cli.books import TWO, WRONG_CELL
from tests.cli.shell import writes
from tests.web.browsing import browsing, upload
from tests.web.halting import halted
from tests.web.serving import BAD, GOOD, served

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

WIDTHS = (320, 768, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests, which a busy machine may delay."""
    expect.set_options(timeout=20_000)
    with browsing() as started:
        yield started


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A new page, closed before the server. What the browser complains about fails the test."""
    page = browser.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def send(page: Page) -> None:
    """Press the button that sends rows, and wait for the result."""
    page.get_by_role("button", name="Send").first.click()
    page.wait_for_selector("text=Result")


def test_a_month_from_upload_to_correction(
    page: Page, server: str, tmp_path: Path, evidence: Path, twin: Running
) -> None:
    upload(page, server, BAD, evidence)
    expect(page.get_by_role("heading", level=1)).to_have_text(BAD.name)
    assert writes(twin) == []
    page.get_by_role("link", name="Datapoints!D4").click()
    marked = page.locator("#s5-D4")
    expect(marked).to_be_in_viewport()
    expect(marked).to_contain_text("82,1 %")
    expect(marked).to_contain_text("✗")
    send(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the marked workbook").click()
    assert started.value.suggested_filename == "biochar-plant-october-with-mistakes.results.xlsx"
    started.value.save_as(tmp_path / "marked.xlsx")
    assert "Import summary" in load_workbook(tmp_path / "marked.xlsx").sheetnames
    page.get_by_label("Workbook", exact=True).set_input_files(GOOD)
    page.get_by_role("button", name="Check and plan").click()
    page.wait_for_selector("text=Since the last upload")
    expect(page.locator(".tally")).to_contain_text("19 fixed")
    expect(page.locator(".tally")).to_contain_text("0 still open")
    send(page)
    expect(page.locator(".headline")).to_have_text("All 92 rows are in order.")


def test_a_filter_changes_the_rows_and_not_the_page(
    page: Page, server: str, evidence: Path
) -> None:
    upload(page, server, BAD, evidence)
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="19 blocked").click()
    expect(page.locator("#filter-blocked")).to_have_attribute("aria-current", "true")
    expect(page.locator("#filter-all")).not_to_have_attribute("aria-current", "true")
    assert set(page.locator("#rows td.status").all_text_contents()) == {"… blocked"}
    page.get_by_role("link", name="Entry inputs").click()
    expect(page.locator("#rows .scroll")).to_have_attribute("aria-label", "Sheet Entry inputs")
    assert page.evaluate("window.sameDocument") is True
    page.go_back()
    expect(page.locator("#filter-blocked")).to_have_attribute("aria-current", "true")


def test_progress_moves_and_ends_by_itself(
    page: Page, browser: Browser, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(page, server, write_book(tmp_path / "month.xlsx", TWO))
    with halted(monkeypatch) as going_on:
        page.get_by_role("button", name="Send 2 rows to sandbox").click()
        expect(page.get_by_role("status")).to_have_text("Sending: 1 of 2")
        expect(page.get_by_role("progressbar")).to_have_attribute("max", "2")
        with browser.new_page() as other:
            other.goto(page.url)
            expect(other.get_by_role("status")).to_have_text("Sending: 1 of 2")
        going_on.set()
        page.wait_for_selector("text=Result")
    expect(page.locator(".headline")).to_have_text("All 2 rows are in order.")


def test_keyboard_alone(page: Page, server: str, tmp_path: Path, twin: Running) -> None:
    book = write_book(tmp_path / "month.xlsx", TWO)
    # Before anything else: a dialog that opens before it is listened for is lost.
    page.on("filechooser", lambda chooser: chooser.set_files(book))
    page.goto(server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Workbook", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Workbook", exact=True)).to_have_value("C:\\fakepath\\month.xlsx")
    walk_to(page, "Check and plan")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Plan")
    walk_to(page, "Send 2 rows to sandbox")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Result")
    walk_to(page, "Download the workbook with ids")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert started.value.suggested_filename == "month.results.xlsx"
    assert len(writes(twin)) == 2


def walk_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus, and the focus can be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and name in (focused.text_content() or ""):
            assert focused.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
            return
    raise AssertionError(f"{name} cannot be reached")


def test_without_javascript(browser: Browser, server: str, tmp_path: Path, twin: Running) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    upload(page, server, write_book(tmp_path / "month.xlsx", WRONG_CELL))
    page.get_by_role("link", name="1 invalid").click()
    assert page.locator("#rows td.status").all_text_contents() == ["✗ invalid"]
    send(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the marked workbook").click()
    assert started.value.suggested_filename == "month.results.xlsx"
    page.get_by_label("Workbook", exact=True).set_input_files(write_book(tmp_path / "b.xlsx", TWO))
    page.get_by_role("button", name="Check and plan").click()
    page.wait_for_selector("text=Since the last upload")
    send(page)
    assert len(writes(twin)) == 2
    context.close()


def test_a_dropped_workbook(page: Page, server: str, tmp_path: Path) -> None:
    book = write_book(tmp_path / "month.xlsx", TWO)
    page.goto(server)
    box = page.get_by_label("Workbook", exact=True).bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(book)], "dragOperationsMask": 1}
    protocol = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        place = {"x": box["x"] + box["width"] - 20, "y": box["y"] + 20}
        protocol.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})
    page.get_by_role("button", name="Check and plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("month.xlsx")
    page.wait_for_selector("text=Send 2 rows")


def test_a_file_that_is_too_large_is_said_before_it_is_sent(
    page: Page, server: str, tmp_path: Path
) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(60_000_000)
    page.goto(server)
    field = page.get_by_label("Workbook", exact=True)
    field.set_input_files(large)
    said = field.evaluate("each => each.validationMessage")
    assert said == "“large.xlsx” is larger than the 50 MB that are taken."
    page.get_by_role("button", name="Check and plan").click()
    assert page.url == f"{server}/"


def test_a_file_that_is_too_large_is_said_without_javascript(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    with browser.new_context(java_script_enabled=False) as context, context.new_page() as page:
        page.goto(server)
        page.get_by_label("Workbook", exact=True).set_input_files(large)
        page.get_by_role("button", name="Check and plan").click()
        expect(page.get_by_role("alert")).to_contain_text("“large.xlsx” is larger than the 50 MB")
        page.get_by_role("link", name="To the first page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Upload a workbook")


def test_a_live_target_looks_different(
    page: Page, state: Path, tmp_path: Path, twin: Running
) -> None:
    live = replace(as_target(twin, "a test"), name="plant-north")
    with served(state, live) as (address, _):
        upload(page, address, write_book(tmp_path / "month.xlsx", TWO))
        expect(page.locator(".target")).to_contain_text("Live records go to plant-north")
        button = page.get_by_role("button", name="Send 2 rows to plant-north")
        there = button.evaluate("each => getComputedStyle(each).backgroundColor")
    with served(state) as (address, _):
        upload(page, address, write_book(tmp_path / "month.xlsx", TWO))
        button = page.get_by_role("button", name="Send 2 rows to sandbox")
        here = button.evaluate("each => getComputedStyle(each).backgroundColor")
    assert here != there


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_is_for_all_eyes(
    browser: Browser,
    opened: tuple[str, Reception],
    tmp_path: Path,
    *,
    evidence: Path,
    dark: bool,
) -> None:
    """No finding of axe-core, and nothing wider than the screen, on any page at any width."""
    server, reception = opened
    context = browser.new_context(bypass_csp=True, color_scheme="dark" if dark else "light")
    page = context.new_page()
    look(page, server)
    upload(page, server, write_text(tmp_path / "text.xlsx"))
    look(page)
    look(page, f"{server}/nowhere")
    upload(page, server, GOOD, evidence)
    look(page)
    send(page)
    upload(page, server, BAD, evidence)
    look(page)
    look(page, f"{page.url}?sheet=Datapoints&status=invalid")
    send(page)
    look(page)
    page.get_by_label("Workbook", exact=True).set_input_files(GOOD)
    page.get_by_role("button", name="Check and plan").click()
    page.wait_for_selector("text=Since the last upload")
    page.locator("summary").first.click()
    look(page)
    upload_id = page.url.rpartition("/")[2]
    reception.work.worker.reserve(upload_id)
    look(page, page.url)
    expect(page.get_by_role("progressbar")).to_be_visible()
    reception.work.worker.release(upload_id)
    page.wait_for_selector("text=Since the last upload")
    look(page, f"{server}/runs")
    context.close()


def look(page: Page, url: str = "") -> None:
    """Measure the page when it has come whole: a page half loaded has no settled layout."""
    if url:
        page.goto(url)
    page.wait_for_load_state("load")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url} at {width}\n{found.generate_report()}"


def write_text(path: Path) -> Path:
    path.write_text("not a workbook")
    return path
