"""Isometric behind the port: what is asked, and what becomes of the answers."""

from dataclasses import replace

import pytest

from importer.apis.isometric import IsometricService, IsometricSettings, connect_isometric
from importer.apis.pace import Window
from importer.model.failure import (
    CredentialsRefused,
    ServiceUnavailable,
    SettingsInvalid,
    SettingsMissing,
)
from importer.model.ports import Call, Organisation, Refusal, Service, Verdict
from importer.model.secret import Secret
from tests.apis.conftest import Stage
from tests.apis.fakes import patient
from tests.apis.scripted import Reply

MASS = {"id": "dtp_1", "supplier_reference_id": "MASS"}
CREATE = Call(method="POST", path="/datapoints", body={"supplier_reference_id": "MASS"})
Isometric = Stage[IsometricService]


def listed(*nodes, end=None, more=False, total=None):
    info = {"has_next_page": more, "end_cursor": end}
    return Reply(body={"nodes": list(nodes), "page_info": info, "total_count": total})


def test_it_is_a_service(isometric: Isometric):
    service: Service = isometric.service
    assert service.name == "isometric"
    assert service.settings == {"project_id": "prj_1", "creates_feedstock_types": "no"}


def test_every_call_carries_both_credentials(isometric: Isometric):
    isometric.server.script(Reply(body=MASS))
    assert isometric.service.fetch("/datapoints/dtp_1") == MASS
    [call] = isometric.server.requests
    assert (call.method, call.target) == ("GET", "/mrv/v0/datapoints/dtp_1")
    assert call.headers["authorization"] == "Bearer isometric-access-token"
    assert call.headers["x-client-secret"] == "isometric-client-secret"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=404),
        Reply(status=400, body={"detail": "Could not find 'Datapoint' with IDs 'dtp_1'"}),
        Reply(status=422, body={"detail": [{"loc": ["path", "id"], "msg": "too short"}]}),
    ],
)
def test_what_is_not_there_is_none(isometric: Isometric, reply):
    isometric.server.script(reply)
    assert isometric.service.fetch("/datapoints/dtp_1") is None


@pytest.mark.parametrize("body", [{"id": 5}, {"id": None}, [MASS]])
def test_a_record_that_cannot_be_one_is_not_understood(isometric: Isometric, body):
    isometric.server.script(always=Reply(body=body))
    with pytest.raises(ServiceUnavailable, match="answered /datapoints/dtp_1 with"):
        isometric.service.fetch("/datapoints/dtp_1")


def test_pages(isometric: Isometric):
    isometric.server.script(
        listed(MASS, end="b+/=", more=True, total=51), listed(end="c", more=False, total=51)
    )
    path = "/datapoints?project_id={project_id}"
    first = isometric.service.fetch_page(path)
    second = isometric.service.fetch_page(path, first.after)
    assert (first.nodes, first.after, first.total) == ((MASS,), "b+/=", 51)
    assert (second.nodes, second.after, second.total) == ((), None, 51)
    assert [each.query for each in isometric.server.requests] == [
        {"project_id": "prj_1", "first": "50"},
        {"project_id": "prj_1", "first": "50", "after": "b+/="},
    ]


@pytest.mark.parametrize("more", [True, False])
def test_no_cursor_is_the_end(isometric: Isometric, more):
    isometric.server.script(listed(MASS, end=None, more=more))
    assert isometric.service.fetch_page("/datapoints").after is None


@pytest.mark.parametrize("total", [None, -1, "51", True, 1.5])
def test_a_total_that_is_none_is_not_believed(isometric: Isometric, total):
    isometric.server.script(listed(total=total))
    assert isometric.service.fetch_page("/datapoints").total is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body={}),
        Reply(body={"nodes": []}),
        Reply(body={"nodes": None, "page_info": {}}),
        Reply(body={"nodes": [], "page_info": []}),
        listed({"id": 5}),
        listed("dtp_1"),
        listed(end="here", more=True),
        listed(end=5, more=True),
        listed(end="", more=True),
        Reply(status=404),
        Reply(status=422, body={"detail": [{"loc": ["query", "after"], "msg": "no cursor"}]}),
    ],
)
def test_a_page_that_cannot_be_one_is_never_taken_for_the_end(isometric: Isometric, reply):
    isometric.server.script(always=reply)
    with pytest.raises(ServiceUnavailable):
        isometric.service.fetch_page("/datapoints", "here")


def test_a_project_that_is_not_there_is_named(isometric: Isometric):
    isometric.server.script(Reply(status=400, body={"detail": "Could not find 'Project'"}))
    with pytest.raises(ServiceUnavailable, match="there is no /datapoints") as failure:
        isometric.service.fetch_page("/datapoints?project_id={project_id}")
    assert "project_id" in failure.value.remedy


def test_records_are_found_over_all_pages_and_only_exact_ones(isometric: Isometric):
    other = {"id": "dtp_2", "supplier_reference_id": "MASS-2"}
    twin = {"id": "dtp_3", "supplier_reference_id": "MASS"}
    spelled = {"id": "dtp_4", "supplier_reference_id": "mass"}
    isometric.server.script(
        listed(MASS, other, end="a", more=True), listed(twin, spelled, {"id": "dtp_5"})
    )
    assert isometric.service.find("/datapoints?project_id={project_id}", "MASS") == (MASS, twin)
    assert [each.query for each in isometric.server.requests] == [
        {"project_id": "prj_1", "supplier_reference_id": "MASS", "first": "50"},
        {"project_id": "prj_1", "supplier_reference_id": "MASS", "first": "50", "after": "a"},
    ]


def test_a_key_is_encoded(isometric: Isometric):
    isometric.server.script(listed())
    assert isometric.service.find("/datapoints", "a&b=c {project_id}") == ()
    assert isometric.server.requests[0].query["supplier_reference_id"] == "a&b=c {project_id}"


def test_a_found_record_needs_an_id(isometric: Isometric):
    isometric.server.script(listed({"supplier_reference_id": "MASS"}))
    with pytest.raises(ServiceUnavailable, match="a record without an id"):
        isometric.service.find("/datapoints", "MASS")


def test_a_list_that_goes_round_in_circles_ends(isometric: Isometric):
    round_and_round = [listed(end=each, more=True) for each in "abcabc"]
    isometric.server.script(*round_and_round)
    with pytest.raises(ServiceUnavailable, match="does not end"):
        isometric.service.find("/datapoints", "MASS")
    assert len(isometric.server.requests) == 4


def test_the_organisation(isometric: Isometric):
    isometric.server.script(Reply(body={"id": "org_1", "name": "Nordbark"}))
    assert isometric.service.fetch_organisation() == Organisation(id="org_1", name="Nordbark")
    assert isometric.server.requests[0].target == "/mrv/v0/organisation"


@pytest.mark.parametrize(
    "reply", [Reply(status=404), Reply(body={"name": "Nordbark"}), Reply(body={"id": 5})]
)
def test_an_organisation_that_cannot_be_one(isometric: Isometric, reply):
    isometric.server.script(reply)
    with pytest.raises(ServiceUnavailable):
        isometric.service.fetch_organisation()


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_that_are_refused_stop_at_once(isometric: Isometric, status):
    isometric.server.script(Reply(status=status, body={"detail": "Invalid token"}))
    with pytest.raises(CredentialsRefused, match=f"HTTP {status}, Invalid token") as failure:
        isometric.service.fetch_organisation()
    assert len(isometric.server.requests) == 1
    assert "access_token" in failure.value.remedy


def test_a_write_is_accepted(isometric: Isometric):
    isometric.server.script(Reply(body=MASS))
    answer = isometric.service.send(CREATE)
    assert (answer.verdict, answer.body, answer.request_id) == (Verdict.ACCEPTED, MASS, "")


def test_a_change_is_accepted_with_whatever_record_comes_back(isometric: Isometric):
    isometric.server.script(Reply(body={"co2e_net_removed_kg": 5}))
    call = Call(method="PATCH", path="/ghg_entries/rmv_1", body={"started_on": "2026-10-01"})
    assert isometric.service.send(call).verdict is Verdict.ACCEPTED
    assert isometric.server.requests[0].method == "PATCH"


def test_a_write_is_refused_in_the_services_words(isometric: Isometric):
    detail = [{"loc": ["body", "quantity", "magnitude"], "msg": "not a number", "type": "float"}]
    isometric.server.script(Reply(status=422, body={"detail": detail}))
    answer = isometric.service.send(CREATE)
    assert answer.verdict is Verdict.REFUSED
    assert answer.refusals == (Refusal(member="quantity.magnitude", words="not a number"),)


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"base_url": "http://api.isometric.com/mrv/v0"}, SettingsInvalid),
        ({"access_token": Secret("hidden word")}, SettingsInvalid),
        ({"client_secret": Secret("")}, SettingsMissing),
    ],
)
def test_settings_that_cannot_be_used(isometric_settings: IsometricSettings, change, failure):
    with pytest.raises(failure, match="Isometric's") as refused:
        replace(isometric_settings, **change)
    assert "hidden" not in str(refused.value)


def test_a_path_that_needs_the_project_says_that_there_is_none(
    isometric: Isometric, isometric_settings: IsometricSettings
):
    settings = replace(isometric_settings, project_id="")
    with (
        connect_isometric(settings, quota=None) as service,
        pytest.raises(SettingsMissing, match="project_id is not set"),
    ):
        service.fetch_page("/projects/{project_id}/ghg_entry_templates")


def test_connecting_builds_it_all(isometric: Isometric, isometric_settings, time):
    isometric.server.script(always=Reply(body=MASS))
    connected = connect_isometric(
        isometric_settings,
        quota=Window(2, clock=time.clock),
        patience=patient(time),
        clock=time.clock,
    )
    with connected as service:
        for _ in range(5):
            service.fetch("/datapoints/dtp_1")
    assert time.pauses == [60.0, 60.0]
