"""Isometric: what a verdict on a statement fixes, and what a submitted one holds back."""

import pytest

REPORT = {"ghg_statement_report_url": "https://drive.example/october.pdf"}
FIXED_BY_TEMPLATE = "dtp_1NRBARK01SBX0003"
LOCKED = "locked_used_in_verified_removal"
VERIFIED = ["VERIFIED", "CREDITS_ISSUED"]
OPEN = ["DRAFT", "AWAITING_VERIFICATION", "FAILED_VERIFICATION"]


@pytest.fixture
def attribute(isometric, component):
    """Lets a share of the loader's diesel count towards an entry."""

    def patch(entry, factor=1.0):
        share = {
            "component_id": component,
            "component_group_key": "pyrolysis",
            "attribution_factor": factor,
        }
        path = f"/ghg_entries/{entry}/component_attributions"
        return isometric.patch(path, {"components_to_add": [share]})

    return patch


@pytest.fixture
def entry(enter, attribute):
    """The entry of October, with half of the loader's diesel in it."""
    made = enter()
    attribute(made, 0.5)
    return made


@pytest.fixture
def close(isometric, sandbox):
    """Opens a statement with this end, and submits it."""

    def post(end="2026-10-31"):
        body = {"project_id": sandbox.project_id, "end_on": end}
        statement = isometric.post("/ghg_statements", body).json()["id"]
        isometric.post(f"/ghg_statements/{statement}/submit", REPORT)
        return statement

    return post


@pytest.fixture
def statement(entry, close):
    """The statement of October, with its entry in it."""
    return close()


@pytest.fixture
def judge(control):
    return lambda statement, status: control.post(f"/judge/{statement}?status={status}", None)


def find_pending(isometric, statement):
    answer = isometric.get(f"/ghg_statements/{statement}").json()
    return answer["pending_total_co2e_removed_kg"]


def find_lock(isometric, datapoint):
    return isometric.get(f"/datapoints/{datapoint}").json()["locked_status"]


def test_a_statement_is_judged(isometric, statement, judge, entry):
    before = isometric.get(f"/ghg_statements/{statement}").json()
    assert judge(statement, "VERIFIED").json()["status"] == "VERIFIED"
    after = isometric.get(f"/ghg_statements/{statement}").json()
    assert after == {**before, "status": "VERIFIED"}
    assert after["ghg_entry_ids"] == [entry]


def test_credits_are_issued_at_a_moment(isometric, statement, judge):
    judge(statement, "CREDITS_ISSUED")
    issued = isometric.get(f"/ghg_statements/{statement}").json()
    assert issued["credits_issued_at"] == "2026-11-24T09:00:00.000Z"


def test_a_draft_may_be_judged_without_a_submission(isometric, sandbox, entry, judge):
    body = {"project_id": sandbox.project_id, "end_on": "2026-10-31"}
    draft = isometric.post("/ghg_statements", body).json()["id"]
    judge(draft, "VERIFIED")
    judged = isometric.get(f"/ghg_statements/{draft}").json()
    assert (judged["submitted_at"], judged["ghg_entry_ids"]) == (
        "2026-11-24T09:00:00.000Z",
        [entry],
    )


def test_only_a_statement_is_judged_and_only_with_a_known_status(statement, judge):
    assert judge("ggs_1NRBARK01SBX9999", "VERIFIED").status_code == 404
    assert judge(statement, "PRAISED").status_code == 422


@pytest.mark.parametrize("status", VERIFIED)
def test_a_verified_entry_cannot_be_changed(isometric, statement, judge, entry, status):
    judge(statement, status)
    before = isometric.get(f"/ghg_entries/{entry}").json()
    answer = isometric.patch(f"/ghg_entries/{entry}", {"completed_on": "2026-10-30"})
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": f"GHG entry '{entry}' is verified and cannot be changed"},
    )
    assert isometric.get(f"/ghg_entries/{entry}").json() == before


@pytest.mark.parametrize("status", VERIFIED)
def test_nothing_is_added_to_it_or_taken_off(statement, judge, attribute, entry, status):
    judge(statement, status)
    answer = attribute(entry, 0.25)
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": f"GHG entry '{entry}' is verified and cannot be changed"},
    )


@pytest.mark.parametrize("status", OPEN)
def test_an_entry_that_is_not_verified_can(statement, judge, attribute, entry, status):
    judge(statement, "VERIFIED")
    judge(statement, status)
    assert attribute(entry, 0.25).status_code == 200


@pytest.mark.parametrize("status", OPEN)
def test_what_is_not_verified_any_more_is_free(isometric, statement, judge, component, status):
    judge(statement, "VERIFIED")
    judge(statement, status)
    assert isometric.patch(f"/components/{component}", {}).status_code == 200
    assert find_lock(isometric, FIXED_BY_TEMPLATE) == "not_locked"


def test_its_components_refuse_changes_and_stay(isometric, statement, judge, component, entry):
    judge(statement, "VERIFIED")
    [made, *_] = isometric.get("/components", ghg_entry_id=entry).json()["nodes"]
    for used in (component, made["id"]):
        path = f"/components/{used}"
        refused = {"detail": f"Component '{used}' is used by a verified GHG entry"}
        for answer in (isometric.patch(path, {"display_name": "New"}), isometric.delete(path)):
            assert (answer.status_code, answer.json()) == (400, refused)
        assert isometric.get(path).status_code == 200


def test_a_component_of_other_entries_can_be_changed(isometric, statement, judge, loader):
    body = {**loader, "supplier_reference_id": "CMP-OTHER"}
    other = isometric.post("/components", body).json()["id"]
    judge(statement, "VERIFIED")
    path = f"/components/{other}"
    assert isometric.patch(path, {"display_name": "New"}).status_code == 200
    assert isometric.delete(path).status_code == 204


def test_the_rest_of_a_component_may_count_elsewhere(statement, judge, enter, attribute):
    judge(statement, "VERIFIED")
    assert attribute(enter("BATCH-11"), 0.5).status_code == 200


def test_its_datapoints_are_locked(isometric, statement, judge, loader, measure):
    judge(statement, "VERIFIED")
    used = loader["inputs"][0]["datapoint_id"]
    assert find_lock(isometric, used) == LOCKED
    assert find_lock(isometric, FIXED_BY_TEMPLATE) == LOCKED
    assert find_lock(isometric, measure(1, "L")) == "not_locked"
    answer = isometric.patch(f"/datapoints/{used}", {"display_name": "New"})
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": f"Datapoint '{used}' is locked: {LOCKED}"},
    )


def test_a_datapoint_that_another_verified_entry_uses_stays_locked(
    isometric, statement, judge, sandbox, measure
):
    body = {
        "project_id": sandbox.project_id,
        "ghg_entry_template_id": "rvt_1NRBARK01SBX0001",
        "supplier_reference_id": "BATCH-11",
        "started_on": "2026-11-01",
        "completed_on": "2026-11-10",
    }
    isometric.post("/ghg_entries", body)
    november = isometric.post(
        "/ghg_statements", {"project_id": sandbox.project_id, "end_on": "2026-11-20"}
    ).json()["id"]
    for each in (statement, november):
        judge(each, "VERIFIED")
    judge(november, "FAILED_VERIFICATION")
    assert find_lock(isometric, FIXED_BY_TEMPLATE) == LOCKED


def test_a_lock_of_another_kind_stays(isometric, control, statement, judge):
    control.post(f"/lock/{FIXED_BY_TEMPLATE}?status=locked_library_datapoint", None)
    judge(statement, "VERIFIED")
    judge(statement, "DRAFT")
    assert find_lock(isometric, FIXED_BY_TEMPLATE) == "locked_library_datapoint"


def test_a_draft_again_covers_what_was_entered_meanwhile(isometric, statement, judge, enter):
    judge(statement, "VERIFIED")
    late = enter("BATCH-11")
    path = f"/ghg_statements/{statement}"
    assert late not in isometric.get(path).json()["ghg_entry_ids"]
    judge(statement, "DRAFT")
    draft = isometric.get(path).json()
    assert late in draft["ghg_entry_ids"]
    assert (draft["submitted_at"], draft["ghg_statement_report_url"]) == (None, None)


def test_a_changed_share_is_held_back_until_it_is_submitted_again(
    isometric, statement, attribute, entry
):
    assert find_pending(isometric, statement) is None
    attribute(entry, 0.25)
    assert find_pending(isometric, statement) == -67
    again = {**REPORT, "summary_of_changes": "Less of the loader"}
    isometric.post(f"/ghg_statements/{statement}/submit", again)
    assert find_pending(isometric, statement) is None


def test_so_are_other_inputs_and_other_values(isometric, statement, component, loader, measure):
    used = loader["inputs"][0]["datapoint_id"]
    isometric.patch(f"/datapoints/{used}", {"quantity": {"magnitude": 50, "unit": "L"}})
    assert find_pending(isometric, statement) == -67
    inputs = [{**loader["inputs"][0], "datapoint_id": measure(10, "L")}, loader["inputs"][1]]
    isometric.patch(f"/components/{component}", {"inputs": inputs})
    assert find_pending(isometric, statement) == -13.4


def test_other_words_are_not_held_back(isometric, statement, component, loader):
    used = loader["inputs"][0]["datapoint_id"]
    isometric.patch(f"/datapoints/{used}", {"display_name": "New"})
    isometric.patch(f"/components/{component}", {"description": "New"})
    assert find_pending(isometric, statement) is None


def test_what_was_held_back_is_part_of_what_is_verified(
    isometric, statement, judge, attribute, entry
):
    attribute(entry, 0.25)
    judge(statement, "VERIFIED")
    assert find_pending(isometric, statement) is None
