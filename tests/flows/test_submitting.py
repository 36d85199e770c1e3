"""Closing a period: shown by an import, made and handed over by a submission, each step agreed."""

import pytest
from openpyxl import load_workbook

from importer.sandbox.isometric.kinds import STATEMENT
from importer.sandbox.switches import Switches
from support.desk import Desk, by_row, problems, statuses
from tests.flows.closing_books import (
    OCTOBER,
    Person,
    book,
    ends,
    import_and_submit,
    sent,
    submit,
)
from tests.flows.conftest import DeskAt
from tests.flows.months import build_batch, change, save

pytestmark = pytest.mark.slow

HALF_MONTH = "2026-10-15 | https://drive.example/october-1.pdf"


def stored(desk: Desk) -> list[str]:
    """The statuses of the statements at the service."""
    return [each.body["status"] for each in desk.twin.store.select(STATEMENT)]


def test_a_plan_and_an_import_show_it_and_leave_it(desk: Desk) -> None:
    path = book(desk, OCTOBER)
    for report in (desk.plan(path), desk.import_(path)):
        outcome = by_row(report)["Statements", 2]
        assert (outcome.status.value, outcome.later) == ("skipped", True)
        assert outcome.message == (
            "GHG statement, new, 2026-10-01 to 2026-10-31. In it: NB-2026-10-B1. An import leaves "
            "it alone; then type: importer submit month.xlsx"
        )
        assert report.is_in_order
    assert sent(desk) == []
    assert stored(desk) == []


def test_it_is_left_with_all_or_nothing_too(desk: Desk) -> None:
    report = desk.import_(book(desk, OCTOBER), all_or_nothing=True)
    assert statuses(report)["Entries"] == ["created"]
    assert ends(report) == ["skipped"]


def test_it_is_made_and_submitted(desk: Desk) -> None:
    path, person = book(desk, OCTOBER), Person()
    desk.import_(path)
    report = submit(desk, path, person)
    assert (ends(report), report.verb, report.is_in_order) == (["created"], "submit", True)
    assert (sent(desk), stored(desk)) == (["draft", "submit"], ["AWAITING_VERIFICATION"])
    outcome = by_row(report)["Statements", 2]
    assert person.asked == [
        "GHG statement, new, 2026-10-01 to 2026-10-31. In it: NB-2026-10-B1.\nMake its draft?",
        f"{outcome.id}, 2026-10-01 to 2026-10-31, holds 1 record.\n"
        "Hand it to the verifier? That cannot be taken back.",
    ]
    (document,) = desk.twin.store.select(STATEMENT)
    assert document.body["ghg_statement_report_url"] == "https://drive.example/october.pdf"
    assert not desk.session.ledger.unsettled(desk.session.scopes["isometric"])


def test_its_results_come_back(desk: Desk) -> None:
    report = import_and_submit(desk, OCTOBER)
    sheet = load_workbook(report.results)["Statements"]
    headers = [cell.value for cell in sheet[1]]
    assert headers[-1] == "Statement status"
    values = dict(zip(headers, [cell.value for cell in sheet[2]], strict=True))
    assert values["Import status"] == "created"
    assert values["Import message"] == "Made and submitted."
    assert values["Statement status"] == "AWAITING_VERIFICATION"
    assert load_workbook(report.results)["Entries"]["F2"].value == "unchanged"


def test_a_second_submission_says_that_it_is_submitted(desk: Desk) -> None:
    import_and_submit(desk, OCTOBER)
    person = Person()
    report = submit(desk, book(desk, OCTOBER), person)
    assert ends(report) == ["unchanged"]
    assert by_row(report)["Statements", 2].message == (
        "Submitted already, and awaits verification."
    )
    assert (person.asked, sent(desk)) == ([], ["draft", "submit"])


def test_it_stops_after_the_draft_and_goes_on_from_there(desk: Desk) -> None:
    path = book(desk, "2026-10-31")
    desk.import_(path)
    assert ends(submit(desk, path, draft_only=True)) == ["created"]
    assert ends(submit(desk, path, draft_only=True)) == ["unchanged"]
    assert (sent(desk), stored(desk)) == (["draft"], ["DRAFT"])
    report = submit(desk, book(desk, OCTOBER))
    assert ends(report) == ["updated"]
    assert sent(desk) == ["draft", "submit"]


@pytest.mark.parametrize(
    ("yes", "written"), [(0, []), (1, ["draft"])], ids=["no draft", "no submission"]
)
def test_nothing_happens_without_a_yes(desk: Desk, yes: int, written: list[str]) -> None:
    path = book(desk, OCTOBER)
    desk.import_(path)
    report = submit(desk, path, Person(yes=yes))
    assert (ends(report), report.is_in_order) == (["skipped"], False)
    assert "you did not agree" in by_row(report)["Statements", 2].message
    assert sent(desk) == written


def test_a_report_has_to_be_named_before_anything_is_made(desk: Desk) -> None:
    report = import_and_submit(desk, "2026-10-31")
    assert ends(report) == ["invalid"]
    assert problems(report) == {("ROW_NOT_SUBMITTABLE", "Statements!B2")}
    assert sent(desk) == []


def test_it_waits_for_an_import_of_the_other_rows(desk: Desk) -> None:
    path = book(desk, OCTOBER)
    report = submit(desk, path)
    assert ends(report) == ["blocked"]
    assert "Datapoints row 2 and" in by_row(report)["Statements", 2].message
    assert set(statuses(report)["Datapoints"]) == {"skipped"}
    assert desk.writes() == []


def test_one_changed_cell_is_enough_to_wait(desk: Desk) -> None:
    path = book(desk, OCTOBER)
    desk.import_(path)
    workbook = load_workbook(path)
    workbook["Datapoints"]["D2"] = 1
    workbook.save(path)
    before = desk.writes()
    report = submit(desk, path)
    assert by_row(report)["Statements", 2].message == (
        "Waits until the service holds what the workbook says: Datapoints row 2 is still open. "
        "Import first: importer import month.xlsx"
    )
    assert desk.writes() == before


def test_what_changed_since_is_submitted_again_with_a_summary(desk: Desk) -> None:
    import_and_submit(desk, OCTOBER)
    datapoint = str(build_batch()["Datapoints"][0]["External ID"])
    changed = change(build_batch(), "Datapoints", datapoint, "Value", 18_000)
    desk.import_(save(desk, changed, "changed.xlsx"))
    path = desk.folder / "changed.xlsx"
    workbook = load_workbook(path)
    sheet = workbook.create_sheet("Statements")
    sheet.append(["End on", "Report URL", "Summary of changes"])
    sheet.append(["2026-10-31", "https://drive.example/october-2.pdf"])
    workbook.save(path)
    report = submit(desk, path)
    assert problems(report) == {("ROW_NOT_SUBMITTABLE", "Statements!C2")}
    sheet["C2"] = "Mass of batch 1 corrected"
    workbook.save(path)
    report = submit(desk, path)
    assert ends(report) == ["updated"]
    assert sent(desk) == ["draft", "submit", "submit"]
    assert ends(submit(desk, path)) == ["unchanged"]


def test_periods_are_closed_one_after_the_other(desk: Desk) -> None:
    report = import_and_submit(desk, OCTOBER, HALF_MONTH)
    assert ends(report) == ["created", "created"]
    spans = [(each.body["_start"], each.body["_end"]) for each in desk.twin.store.select(STATEMENT)]
    assert spans == [("2026-10-01", "2026-10-15"), ("2026-10-16", "2026-10-31")]


def test_a_later_period_waits_for_the_one_before(desk: Desk) -> None:
    path = book(desk, OCTOBER, HALF_MONTH)
    desk.import_(path)
    report = submit(desk, path, Person(yes=0))
    assert ends(report) == ["blocked", "skipped"]
    assert by_row(report)["Statements", 2].message == "Waits for the period to 2026-10-15."


def test_an_overlap_is_a_conflict_in_an_import_too(desk: Desk) -> None:
    import_and_submit(desk, OCTOBER)
    path = book(desk, HALF_MONTH)
    for report in (desk.plan(path), desk.import_(path), submit(desk, path)):
        assert ends(report) == ["conflict"]
        assert problems(report) == {("ROW_PERIOD", "Statements!A2")}
        assert not report.is_in_order
    assert sent(desk) == ["draft", "submit"]


def test_a_period_that_is_not_over_is_a_problem_of_its_cell(desk: Desk) -> None:
    report = desk.import_(book(desk, "2126-10-31 | https://drive.example/r.pdf"))
    assert problems(report) == {("ROW_FUTURE", "Statements!A2")}
    assert ends(report) == ["invalid"]


def test_entries_of_other_workbooks_are_told_before_it_is_submitted(desk: Desk) -> None:
    other = {
        sheet: [
            {
                header: value.replace("-B1", "-B9") if isinstance(value, str) else value
                for header, value in row.items()
            }
            for row in table
        ]
        for sheet, table in build_batch().items()
        if sheet not in ("Emission logs", "Emission log values")
    }
    desk.import_(save(desk, other, "other.xlsx"))
    path, person = book(desk, OCTOBER), Person()
    desk.import_(path)
    report = submit(desk, path, person)
    assert ends(report) == ["created"]
    assert problems(report) >= {("ROW_PERIOD_HAS_MORE", "Statements!A2")}
    assert "holds 2 records.\nNote: 1 more in ggs_" in person.asked[1]


def test_a_draft_that_lacks_an_entry_is_not_submitted(desk: Desk) -> None:
    path, person = book(desk, OCTOBER), Person()
    desk.import_(path)
    submit(desk, path, draft_only=True)
    (draft,) = desk.twin.store.select(STATEMENT)
    desk.twin.store.change(STATEMENT, draft.id, {"_members": []})
    report = submit(desk, path, person)
    assert ends(report) == ["conflict"]
    assert problems(report) == {("ROW_PERIOD_LACKS", "Statements!A2")}
    (problem,) = by_row(report)["Statements", 2].problems
    assert problem.found == f"a period of {draft.id} without NB-2026-10-B1"
    assert (person.asked, sent(desk)) == ([], ["draft"])


def test_a_draft_without_a_period_is_for_a_person(desk_at: DeskAt) -> None:
    desk = desk_at(Switches(draft_period="null"))
    report = import_and_submit(desk, OCTOBER)
    assert ends(report) == ["conflict"]
    assert problems(report) == {("ROW_PERIOD", "Statements!A2")}
    assert ends(submit(desk, book(desk, OCTOBER))) == ["conflict"]
    assert sent(desk) == ["draft"]


def test_without_a_verifier_the_draft_stays(desk_at: DeskAt) -> None:
    desk = desk_at(Switches(verifier="none"))
    report = import_and_submit(desk, OCTOBER)
    assert ends(report) == ["failed"]
    (problem,) = by_row(report)["Statements", 2].problems
    assert "No verifier is assigned to this project" in problem.found
    assert (sent(desk), stored(desk)) == (["draft", "submit"], ["DRAFT"])


def test_a_day_that_the_service_refuses_is_told_in_its_words(desk_at: DeskAt) -> None:
    desk = desk_at(Switches(repeated_statement="refuse"))
    desk.goes_wrong(
        "status", "POST /ghg_statements", "isometric", status=400, body={"detail": "Not today"}
    )
    report = import_and_submit(desk, OCTOBER)
    assert ends(report) == ["failed"]
    (problem,) = by_row(report)["Statements", 2].problems
    assert "Not today" in problem.found
    assert sent(desk) == ["draft"]
