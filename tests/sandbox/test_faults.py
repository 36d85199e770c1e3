"""Faults on order: each kind does what it says, as often as it says, and nothing else."""

import time

import httpx
import pytest

from importer.sandbox.faults import Fault

LOGS = "/tracking/v1/periodic-emission-logs"
DATAPOINTS = "/mrv/v0/datapoints"


@pytest.fixture
def order(sandbox):
    def add(kind, **options):
        fault = {"method": "POST", "path": LOGS, **options}
        sandbox.store.faults.add(Fault(kind=kind, **fault))

    return add


@pytest.fixture
def is_there(cula):
    return lambda: cula.get("/periodic-emission-logs/ext-ELEC-2026-10").status_code == 200


def test_a_status_is_answered_and_nothing_is_done(order, cula, electricity_log, is_there):
    order("status", status=429, headers={"Retry-After": "3"})
    answer = cula.post("/periodic-emission-logs", electricity_log)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "3"
    assert answer.json()["error"]["type"] == "rate_limit"
    assert answer.json()["error"]["request_id"] == answer.headers["cula-request-id"]
    assert not is_there()


def test_a_status_may_come_after_the_write_was_done(order, cula, electricity_log, is_there):
    order("status", status=502, commit=True, body="<html>Bad gateway</html>")
    answer = cula.post("/periodic-emission-logs", electricity_log)
    assert (answer.status_code, answer.text) == (502, "<html>Bad gateway</html>")
    assert is_there()


def test_an_answer_is_lost_after_the_write_was_done(order, cula, electricity_log, is_there):
    order("answer-lost")
    with pytest.raises(httpx.TransportError):
        cula.post("/periodic-emission-logs", electricity_log)
    assert is_there()


def test_a_reset_comes_before_anything_is_done(order, cula, electricity_log, is_there):
    order("reset")
    with pytest.raises(httpx.TransportError):
        cula.post("/periodic-emission-logs", electricity_log)
    assert not is_there()


def test_a_late_request_is_carried_out_when_others_have_come(
    order, cula, electricity_log, is_there
):
    order("late", requests=2)
    with pytest.raises(httpx.TransportError):
        cula.post("/periodic-emission-logs", electricity_log)
    assert not is_there()
    assert not is_there()
    assert is_there()


def test_half_an_answer_comes_after_the_write_was_done(order, cula, electricity_log, is_there):
    order("half")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        cula.post("/periodic-emission-logs", electricity_log)
    assert is_there()


def test_a_malformed_answer_has_the_status_of_a_success(order, cula, electricity_log, is_there):
    order("malformed")
    answer = cula.post("/periodic-emission-logs", electricity_log)
    assert answer.status_code == 201
    with pytest.raises(ValueError, match="Unterminated"):
        answer.json()
    assert is_there()


def test_a_slow_answer_comes_in_the_end(order, cula, electricity_log):
    order("slow", seconds=0.2)
    started = time.perf_counter()
    assert cula.post("/periodic-emission-logs", electricity_log).status_code == 201
    assert time.perf_counter() - started >= 0.2


def test_who_hangs_up_on_a_slow_answer_has_written_all_the_same(
    order, cula, electricity_log, is_there
):
    order("slow", seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        cula.request("POST", "/periodic-emission-logs", json=electricity_log, timeout=0.1)
    assert is_there()


def test_who_hangs_up_before_a_late_write_has_not_written(order, cula, electricity_log, is_there):
    order("slow", seconds=0.3, commit=False)
    with pytest.raises(httpx.ReadTimeout):
        cula.request("POST", "/periodic-emission-logs", json=electricity_log, timeout=0.1)
    time.sleep(0.3)
    assert not is_there()


def test_a_late_write_is_done_for_who_waits(order, cula, electricity_log, is_there):
    order("slow", seconds=0.05, commit=False)
    assert cula.post("/periodic-emission-logs", electricity_log).status_code == 201
    assert is_there()


def test_a_fault_lets_requests_pass_first_and_ends(order, isometric):
    order("status", method="GET", path=DATAPOINTS, after=1, times=2)
    statuses = [isometric.get("/datapoints").status_code for _ in range(5)]
    assert statuses == [200, 503, 503, 200, 200]


def test_a_fault_is_for_its_verb_and_path_only(order, isometric):
    order("status", method="POST", path=DATAPOINTS)
    assert isometric.get("/datapoints").status_code == 200
    assert isometric.get("/projects").status_code == 200


def test_several_faults_come_one_after_the_other(order, isometric):
    order("status", method="*", path=DATAPOINTS, status=500)
    order("status", method="*", path=DATAPOINTS, status=502)
    assert [isometric.get("/datapoints").status_code for _ in range(3)] == [500, 502, 200]


def test_faults_can_be_ordered_and_cancelled_from_another_process(control, isometric):
    fault = {"method": "GET", "path": DATAPOINTS, "kind": "status", "status": 500, "times": 9}
    assert control.post("/faults", fault).status_code == 200
    answer = isometric.get("/datapoints")
    assert (answer.status_code, answer.json()) == (500, {"detail": "Internal Server Error"})
    control.delete("/faults")
    assert isometric.get("/datapoints").status_code == 200


def test_an_unknown_kind_of_fault_is_refused(control):
    fault = {"method": "GET", "path": DATAPOINTS, "kind": "meteorite"}
    assert control.post("/faults", fault).status_code == 422


def test_reset_cancels_the_faults(order, control, isometric):
    order("status", method="GET", path=DATAPOINTS)
    control.post("/reset", None)
    assert isometric.get("/datapoints").status_code == 200


def test_requests_that_failed_are_in_the_log(order, cula, electricity_log, sandbox):
    order("reset")
    order("answer-lost")
    order("status", status=503)
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            cula.post("/periodic-emission-logs", electricity_log)
    cula.post("/periodic-emission-logs", electricity_log)
    assert [request.status for request in sandbox.store.requests()] == [200, None, None, 503]


def test_dropped_connections_are_silent(order, cula, electricity_log, capfd):
    for kind in ("reset", "answer-lost", "half"):
        order(kind)
        with pytest.raises(httpx.TransportError):
            cula.post("/periodic-emission-logs", electricity_log)
    assert capfd.readouterr() == ("", "")
