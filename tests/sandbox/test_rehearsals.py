"""Rehearsals: the named faults strike now and then, and go on for as long as the server runs."""

from contextlib import suppress

import httpx
import pytest

from importer.sandbox.faults import Fault, Faults
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.rehearsals import NAMES, rehearse

MANY = 2000


def strike(faults, count=MANY, path="/mrv/v0/datapoints"):
    """Which of many requests are hit."""
    rehearsed = Faults()
    rehearsed.rehearse(faults)
    return [rehearsed.take("POST", path) for _ in range(count)]


def test_these_can_be_rehearsed():
    assert NAMES == ("slow", "429", "5xx", "lost")


@pytest.mark.parametrize("name", NAMES)
def test_each_strikes_about_one_request_in_ten(name):
    hits = [fault for fault in strike(rehearse([name], seed=1)) if fault]
    assert 0.08 * MANY < len(hits) < 0.12 * MANY


def test_several_strike_more_often():
    hits = [fault for fault in strike(rehearse(NAMES, seed=1)) if fault]
    assert 0.31 * MANY < len(hits) < 0.38 * MANY
    assert {fault.kind for fault in hits} == {"slow", "status", "answer-lost"}
    assert {fault.status for fault in hits if fault.kind == "status"} == {429, 500, 502, 503}


def test_the_same_seed_strikes_the_same_requests():
    assert strike(rehearse(NAMES, seed=7)) == strike(rehearse(NAMES, seed=7))
    assert strike(rehearse(NAMES, seed=7)) != strike(rehearse(NAMES, seed=8))


def test_two_names_do_not_strike_the_same_requests():
    slow = [fault is not None for fault in strike(rehearse(["slow"], seed=1))]
    lost = [fault is not None for fault in strike(rehearse(["lost"], seed=1))]
    assert slow != lost


def test_a_name_that_is_given_twice_counts_once():
    assert rehearse(["lost", "lost"], seed=1) == rehearse(["lost"], seed=1)


def test_nothing_is_rehearsed_without_a_name():
    assert rehearse([], seed=1) == ()


def test_another_name_is_refused_with_those_that_there_are():
    with pytest.raises(LookupError, match="'meteorite'; there are slow, 429, 5xx, lost"):
        rehearse(["lost", "meteorite"], seed=1)


def test_a_server_fails_before_and_after_it_has_done_its_work():
    assert {fault.is_committed for fault in rehearse(["5xx"], seed=1)} == {True, False}


def test_a_running_sandbox_is_struck_at_all_its_services(opens, http, isometric_headers):
    with opens(rehearsal=rehearse(["429"], seed=1)) as sandbox:
        headers = isometric_headers(sandbox)
        for url, sent in (
            (f"{sandbox.isometric_base_url}/projects", headers),
            (f"{sandbox.url}/_storage/public/src_1", {}),
            (sandbox.cula_token_url, {}),
        ):
            answers = [http.get(url, headers=sent) for _ in range(40)]
            struck = [answer for answer in answers if answer.status_code == 429]
            assert 0 < len(struck) < 20
            assert struck[0].headers["retry-after"] == "1"


def test_the_controls_are_never_struck(opens, http):
    with opens(rehearsal=rehearse(["429", "5xx", "lost"], seed=1)) as sandbox:
        statuses = {http.get(f"{sandbox.url}/_sandbox").status_code for _ in range(20)}
        assert statuses == {200}


def always(kind, **options):
    return Fault(method="*", path="/", kind=kind, times=None, **options)


def test_a_rehearsal_goes_on_after_a_reset_and_a_cancelling(opens, http, isometric_headers):
    with opens(rehearsal=[always("status", status=503)]) as sandbox:
        http.delete(f"{sandbox.url}/_sandbox/faults")
        again = sandbox.reset()
        url = f"{again.isometric_base_url}/projects"
        answers = [http.get(url, headers=isometric_headers(again)) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [503] * 3


def test_an_ordered_fault_comes_before_a_rehearsed_one(opens, http):
    with opens(rehearsal=[always("status", status=503)]) as sandbox:
        sandbox.store.faults.add(Fault(method="*", path="/mrv", kind="status", status=418))
        url = f"{sandbox.isometric_base_url}/projects"
        assert [http.get(url).status_code for _ in range(2)] == [418, 503]


def test_an_answer_is_lost_after_the_write_was_done(opens, http, isometric_headers, biochar_mass):
    with opens(rehearsal=rehearse(["lost"], seed=1)) as sandbox:
        url = f"{sandbox.isometric_base_url}/datapoints"
        headers = isometric_headers(sandbox)
        for number in range(40):
            biochar_mass["supplier_reference_id"] = f"DP-{number}"
            with suppress(httpx.TransportError):
                http.post(url, json=biochar_mass, headers=headers)
        statuses = [request.status for request in sandbox.store.requests()]
        assert set(statuses) == {200, None}
        made = [sandbox.store.find_by_reference(DATAPOINT, f"DP-{each}") for each in range(40)]
        assert None not in made
