"""A month on the page: template, upload, plan, send, download, correct, upload again."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from importer.sandbox.server import Running
from support.tables import write_book
from tests.cli.books import ONE, TWO, WRONG_CELL, build_datapoints
from tests.cli.shell import writes
from tests.web.serving import BAD, GOOD
from tests.web.tab import Tab, cell, read


def test_the_first_page_offers_templates(tab: Tab) -> None:
    assert "Upload a workbook" in tab.see("/")
    assert "Sandbox a local twin, for trying out" in tab.see("/")
    answer = tab.client.get("/templates/cula.xlsx")
    assert answer.headers["content-disposition"].startswith('attachment; filename="cula.xlsx"')
    assert "Emission logs" in load_workbook(BytesIO(answer.content)).sheetnames


def test_a_month_that_is_right(tab: Tab, evidence: Path, twin: Running) -> None:
    url = tab.upload(GOOD, evidence=evidence)
    plan = tab.see(url)
    assert "All 92 rows are in order." in plan
    assert "Send 92 rows to sandbox" in plan
    assert writes(twin) == []
    result = tab.see(tab.send(url))
    assert "Download the workbook with ids" in result
    assert "92 created" in result
    assert len(writes(twin)) > 0
    again = tab.see(tab.upload(GOOD, evidence=evidence))
    assert "Nothing is left to send" in again


def test_the_sheet_is_as_its_owner_knows_it(tab: Tab, evidence: Path) -> None:
    url = tab.upload(BAD, evidence=evidence)
    page = tab.html(f"{url}?sheet=Datapoints")
    assert cell(page, "s5-A1") == "External ID"
    assert cell(page, "s5-D4") == "82,1 % ✗ Problem: expected a number such as 12.5"
    assert cell(page, "s5-G9").startswith("2062-10-15")
    assert '<th scope="row" class="row">42</th>' in page
    assert ">D</td>" in page
    assert "?sheet=Datapoints&amp;page=1#s5-D4" in page


def test_counts_are_filters(tab: Tab, evidence: Path) -> None:
    url = tab.upload(BAD, evidence=evidence)
    assert "42 invalid" in tab.see(url)
    blocked = tab.html(f"{url}?status=blocked&sheet=Entry+inputs")
    rows = blocked.count('<th scope="row" class="row">')
    assert rows == blocked.count('<td class="status blocked">') > 0


def test_what_dates_and_numbers_look_like_may_be_stated(tab: Tab, tmp_path: Path) -> None:
    text = ONE.replace("| 840 ", '| "1.234" ')
    url = tab.upload(write_book(tmp_path / "month.xlsx", text))
    page = tab.see(url)
    assert "which may be 1.234 or 1234" in page
    assert "on Start here, or above “Plan again”" in page
    assert "--decimal" not in page
    assert tab.submit(f"{url}/plan", decimal="comma", dates="no such").status_code == 303
    tab.wait(url)
    assert "“1.234” is 1234" in tab.see(url)
    assert '<option value="comma" selected>' in tab.html(url)
    assert "1 created" in tab.see(tab.send(url))


def test_a_title_above_the_header_stands_above_the_sheet(tab: Tab, tmp_path: Path) -> None:
    titled = ONE.strip().replace("Datapoints\n", "Datapoints\nOctober\n").replace("| kg ", "| kgs ")
    url = tab.upload(write_book(tmp_path / "month.xlsx", titled))
    page = tab.html(url)
    assert cell(page, "s1-A2") == "External ID"
    assert cell(page, "s1-A3") == "D-1"


def test_only_the_folder_of_the_user_is_named(tab: Tab, evidence: Path, state: Path) -> None:
    url = tab.upload(BAD, evidence=evidence)
    assert "neither in the upload nor in biochar-plant-october-with-mistakes.zip" in tab.see(url)
    result = tab.send(url)
    assert str(state) not in tab.html(result)
    assert str(state) not in tab.html("/runs")
    content = tab.client.get(f"{result}/results").content
    texts = [
        str(each.value)
        for sheet in load_workbook(BytesIO(content))
        for row in sheet
        for each in row
    ]
    assert "biochar-plant-october-with-mistakes.xlsx" in texts
    assert not any(str(state) in each for each in texts)


def test_the_marked_workbook_has_its_owners_name(tab: Tab, tmp_path: Path, twin: Running) -> None:
    book = write_book(tmp_path / "a.xlsx", WRONG_CELL)
    url = tab.upload(book, name="Måned 10/2026 “Øst”.xlsx")
    assert "Send 1 valid row to sandbox" in tab.see(url)
    tab.send(url)
    answer = tab.client.get(f"{url}/results")
    named = answer.headers["content-disposition"]
    assert named.endswith("filename*=UTF-8''2026%20%E2%80%9C%C3%98st%E2%80%9D.results.xlsx")
    assert named.startswith('attachment; filename="2026 __st_.results.xlsx"')
    sheet = load_workbook(BytesIO(answer.content))["Datapoints"]
    assert [row[6].value for row in sheet.iter_rows(min_row=2)] == ["created", "invalid"]
    assert len(writes(twin)) == 1


def test_nothing_is_sent_until_all_are_right(tab: Tab, tmp_path: Path, twin: Running) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", WRONG_CELL))
    result = tab.see(tab.send(url, how="all"))
    assert "Nothing was sent; 0 of 2 rows are in order." in result
    assert "Not sent: not every row is fine." in result
    assert "Download the marked workbook" in result
    assert writes(twin) == []


def test_the_corrected_file_is_held_against_the_last_run(
    tab: Tab, tmp_path: Path, evidence: Path, twin: Running
) -> None:
    first = tab.upload(write_book(tmp_path / "month.xlsx", WRONG_CELL), evidence=evidence)
    tab.send(first)
    mended = write_book(tmp_path / "month.results.xlsx", TWO)
    second = tab.upload(mended, previous=first.rpartition("/")[2])
    page = tab.see(second)
    assert "Since the last upload ✓ 1 fixed ✗ 0 still open + 0 new" in page
    assert "Send 1 row to sandbox" in page
    assert "2 created" not in tab.see(tab.send(second))
    assert len(writes(twin)) == 2
    unmended = write_book(tmp_path / "month.xlsx", WRONG_CELL)
    third = tab.upload(unmended, previous=second.rpartition("/")[2])
    assert "✓ 0 fixed ✗ 0 still open + 1 new" in tab.see(third)


def test_the_evidence_of_the_last_upload_is_used_again(
    tab: Tab, evidence: Path, state: Path
) -> None:
    first = tab.upload(GOOD, evidence=evidence)
    second = tab.upload(GOOD, previous=first.rpartition("/")[2])
    assert "All 92 rows are in order." in tab.see(second)
    assert "All 92 rows are in order." not in tab.see(tab.upload(GOOD))


def test_many_updates_need_a_word(tab: Tab, tmp_path: Path, twin: Running) -> None:
    tab.send(tab.upload(write_book(tmp_path / "month.xlsx", build_datapoints(12))))
    made = len(writes(twin))
    url = tab.upload(write_book(tmp_path / "month.xlsx", build_datapoints(12, value=50)))
    assert "I have looked at them: changes to 12 of 12 existing records" in tab.see(url)
    refused = tab.submit(f"{url}/send", how="valid")
    assert refused.status_code == 400
    assert "you have to agree first" in read(refused)
    assert len(writes(twin)) == made
    assert "12 updated" in tab.see(tab.send(url, accept_updates="yes"))


def test_a_plan_is_made_again_with_other_options(tab: Tab, tmp_path: Path) -> None:
    tab.send(tab.upload(write_book(tmp_path / "month.xlsx", ONE)))
    other = write_book(tmp_path / "month.xlsx", ONE.replace("840", "841"))
    url = tab.upload(other)
    assert "1 to update" in tab.see(url)
    assert tab.submit(f"{url}/plan", create_only="yes").status_code == 303
    page = tab.see(tab.wait(url))
    assert "1 to update" not in page
    assert "Plan again without “Never update existing records”." in page
    assert 'name="create_only" value="yes" checked' in tab.html(url)


def test_the_list_of_runs(tab: Tab, tmp_path: Path) -> None:
    assert "Nothing was sent yet." in tab.see("/runs")
    url = tab.upload(write_book(tmp_path / "month.xlsx", TWO))
    assert "planned, not sent" in tab.see("/runs")
    tab.send(url)
    page = tab.see("/runs")
    assert "month.xlsx sandbox created 2 finished" in page
    assert f'<th scope="row"><a href="{url}">month.xlsx</a></th>' in tab.html("/runs")


def test_a_long_sheet_has_pages(tab: Tab, tmp_path: Path) -> None:
    url = tab.upload(write_book(tmp_path / "month.xlsx", build_datapoints(450)))
    assert "Page 1 of 3, 450 rows" in tab.see(url)
    last = tab.html(f"{url}?page=3")
    assert cell(last, "s1-A451") == "D-450"
    assert cell(tab.html(f"{url}?page=99999999999"), "s1-A2") == "D-001"
