"""Isometric: statements, which close a period, and their submission."""

import pytest

from importer.sandbox.isometric.statements import VERIFIER
from importer.sandbox.switches import Switches

TEMPLATE = "rvt_1NRBARK01SBX0001"
DIESEL = "rtc_1NRBARK01SBX0005"
UNKNOWN = "ggs_1NRBARK01SBX9999"
REPORT = {"ghg_statement_report_url": "https://drive.example/october.pdf"}


@pytest.fixture
def litres(isometric, biochar_mass):
    body = {**biochar_mass, "quantity": {"magnitude": 50, "unit": "L"}}
    return isometric.post("/datapoints", body).json()["id"]


@pytest.fixture
def enter(isometric, sandbox, litres):
    """Makes an entry with these days, in which nothing but diesel was burned."""

    def post(reference, started_on, completed_on):
        scalar = {
            "__typename": "CreateComponentScalarInput",
            "input_key": "diesel_volume",
            "datapoint_id": litres,
        }
        component = {"ghg_entry_template_component_id": DIESEL, "inputs": [scalar]}
        body = {
            "project_id": sandbox.project_id,
            "ghg_entry_template_id": TEMPLATE,
            "supplier_reference_id": reference,
            "started_on": started_on,
            "completed_on": completed_on,
            "ghg_entry_template_components": [component],
        }
        return isometric.post("/ghg_entries", body).json()["id"]

    return post


@pytest.fixture
def close(isometric, sandbox):
    """Opens a statement with this end."""
    return lambda end: isometric.post(
        "/ghg_statements", {"project_id": sandbox.project_id, "end_on": end}
    )


def days(statement):
    return statement["reporting_period_start_at"], statement["reporting_period_end_at"]


def test_the_first_period_begins_with_the_earliest_entry(enter, close):
    entry = enter("E-1", "2026-10-01", "2026-10-15")
    enter("E-2", "2026-10-20", "2026-11-02")
    answer = close("2026-10-31")
    assert answer.status_code == 200
    statement = answer.json()
    assert days(statement) == ("2026-10-01", "2026-10-31")
    assert (statement["status"], statement["ghg_entry_ids"]) == ("DRAFT", [entry])
    assert (statement["submitted_at"], statement["verifier"]) == (None, VERIFIER)


def test_periods_touch(enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    close("2026-10-31")
    assert days(close("2026-11-20").json()) == ("2026-11-01", "2026-11-20")


def test_a_project_without_entries_has_no_period(close):
    assert close("2026-10-31").json() == {"detail": "The project has no GHG entries"}


def test_an_entry_joins_a_draft_that_covers_it_and_says_so(isometric, enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    statement = close("2026-10-31").json()["id"]
    late = enter("E-2", "2026-10-16", "2026-10-31")
    assert late in isometric.get(f"/ghg_statements/{statement}").json()["ghg_entry_ids"]
    assert isometric.get(f"/ghg_entries/{late}").json()["ghg_statement_id"] == statement
    after = enter("E-3", "2026-11-01", "2026-11-02")
    assert isometric.get(f"/ghg_entries/{after}").json()["ghg_statement_id"] is None


def test_a_list_holds_all_statements(isometric, enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    made = [close(end).json() for end in ("2026-10-31", "2026-11-20")]
    assert isometric.get("/ghg_statements").json()["nodes"] == made


@pytest.mark.parametrize("end", ["2026-10-30", "2026-11-25"], ids=["before the last", "future"])
def test_an_end_that_cannot_be(enter, close, end):
    enter("E-1", "2026-10-01", "2026-10-15")
    close("2026-10-31")
    assert close(end).status_code == 400


@pytest.mark.parametrize("switches", [Switches(statement_end="accept")], indirect=True)
def test_where_any_end_is_taken(enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    assert close("2026-12-31").status_code == 200


def test_a_second_one_for_the_day_is_another_one(enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    first, second = close("2026-10-31").json(), close("2026-10-31").json()
    assert first["id"] != second["id"]
    assert days(first) == days(second)


@pytest.mark.parametrize("switches", [Switches(repeated_statement="refuse")], indirect=True)
def test_where_a_second_one_is_refused(enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    close("2026-10-31")
    assert close("2026-10-31").status_code == 400


@pytest.mark.parametrize("switches", [Switches(draft_period="null")], indirect=True)
def test_where_drafts_show_no_period(isometric, enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    statement = close("2026-10-31").json()
    assert days(statement) == (None, None)
    submitted = isometric.post(f"/ghg_statements/{statement['id']}/submit", REPORT).json()
    assert days(submitted) == ("2026-10-01", "2026-10-31")


def test_it_is_submitted(isometric, enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    statement = close("2026-10-31").json()["id"]
    submitted = isometric.post(f"/ghg_statements/{statement}/submit", REPORT).json()
    assert submitted["status"] == "AWAITING_VERIFICATION"
    assert submitted["ghg_statement_report_url"] == "https://drive.example/october.pdf"
    assert submitted["submitted_at"].startswith("2026-11-24T09:00")
    assert submitted["pending_total_co2e_removed_kg"] is None


def test_a_change_is_pending_until_it_is_submitted_again(isometric, enter, close, litres):
    enter("E-1", "2026-10-01", "2026-10-15")
    path = f"/ghg_statements/{close('2026-10-31').json()['id']}"
    isometric.post(f"{path}/submit", REPORT)
    assert isometric.post(f"{path}/submit", REPORT).status_code == 400
    isometric.patch(f"/datapoints/{litres}", {"quantity": {"magnitude": 100, "unit": "L"}})
    assert isometric.get(path).json()["pending_total_co2e_removed_kg"] == -268
    assert isometric.post(f"{path}/submit", REPORT).json() == {
        "detail": "A summary of changes is needed"
    }
    again = isometric.post(f"{path}/submit", {**REPORT, "summary_of_changes": "More diesel"})
    assert again.json()["pending_total_co2e_removed_kg"] is None


@pytest.mark.parametrize("switches", [Switches(verifier="none")], indirect=True)
def test_without_a_verifier_nothing_is_submitted(isometric, enter, close):
    enter("E-1", "2026-10-01", "2026-10-15")
    statement = close("2026-10-31").json()
    answer = isometric.post(f"/ghg_statements/{statement['id']}/submit", REPORT)
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "No verifier is assigned to this project"},
    )
    assert statement["verifier"] is None


def test_what_is_not_there_is_not_found(isometric):
    assert isometric.get(f"/ghg_statements/{UNKNOWN}").status_code == 404
    assert isometric.post(f"/ghg_statements/{UNKNOWN}/submit", REPORT).status_code == 404
