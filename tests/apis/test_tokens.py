"""Tokens: one for all threads, fresh in time, and never shown."""

import threading
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest

from importer.apis.tokens import Token, TokenCredentials, basic_credentials, read_token
from importer.model.failure import CredentialsRefused, ServiceUnavailable
from importer.model.secret import Secret


class Office:
    """Gives tokens, and counts them."""

    def __init__(self, *, seconds: float = 300.0) -> None:
        self.seconds = seconds
        self.given = 0

    def fetch(self) -> Token:
        self.given += 1
        return Token(text=f"token-{self.given}", seconds=self.seconds)


def credentials(office, time):
    return TokenCredentials(office.fetch, fixed={"Cula-Organisation-Id": "org_1"}, clock=time.clock)


def test_a_token_is_presented_with_what_stays_the_same(time):
    presented = credentials(Office(), time).present()
    assert presented == {"Cula-Organisation-Id": "org_1", "Authorization": "Bearer token-1"}


@pytest.mark.parametrize(("passed", "given"), [(0, 1), (239, 1), (240, 2), (300, 2)])
def test_a_token_is_renewed_when_a_minute_or_less_remains(time, passed, given):
    office = Office()
    held = credentials(office, time)
    held.present()
    time.sleep(passed)
    held.present()
    assert office.given == given


@pytest.mark.parametrize("seconds", [0, 30, 60])
def test_a_token_shorter_than_the_margin_is_used_once(time, seconds):
    office = Office(seconds=seconds)
    held = credentials(office, time)
    assert held.present()["Authorization"] == "Bearer token-1"
    assert held.present()["Authorization"] == "Bearer token-2"


def test_a_token_that_was_refused_is_forgotten_once(time):
    office = Office()
    held = credentials(office, time)
    refused = held.present()
    held.discard(refused)
    held.present()
    held.discard(refused)
    assert held.present()["Authorization"] == "Bearer token-2"


def test_eight_threads_fetch_one_token(time):
    office, gate = Office(), threading.Barrier(8)
    held = credentials(office, time)

    def present(_: int) -> str:
        gate.wait()
        return held.present()["Authorization"]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(present, range(8))) == {"Bearer token-1"}
    assert office.given == 1


def test_those_who_waited_share_the_failure(time):
    is_asking, may_answer = threading.Event(), threading.Event()
    asked = []

    def fetch() -> Token:
        asked.append(1)
        is_asking.set()
        may_answer.wait(5)
        time.sleep(1)
        raise ServiceUnavailable("no answer", remedy="later")

    held = TokenCredentials(fetch, fixed={}, clock=time.clock)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(held.present)
        is_asking.wait(5)
        others = [pool.submit(held.present) for _ in range(3)]
        may_answer.set()
        failures = [each.exception() for each in (first, *others)]
    assert {(type(each), str(each), each.remedy) for each in failures} == {
        (ServiceUnavailable, "no answer", "later")
    }
    later = time.clock()
    with pytest.raises(ServiceUnavailable):
        held.present()
    assert time.clock() > later


@pytest.mark.parametrize(
    ("document", "seconds"),
    [
        ({"access_token": "t", "expires_in": 300, "token_type": "bearer"}, 300),
        ({"access_token": "t", "expires_in": 1.5}, 1.5),
        ({"access_token": "t"}, 300),
        ({"access_token": "t", "expires_in": "300"}, 300),
        ({"access_token": "t", "expires_in": True}, 300),
        ({"access_token": "t", "expires_in": -5}, 0),
        ({"access_token": "t", "expires_in": 10**300}, 86_400),
    ],
)
def test_tokens_are_read(document, seconds):
    assert read_token(document) == Token(text="t", seconds=seconds)


@pytest.mark.parametrize(
    "text", [None, "", 5, ["t"], "two words", "line\r\nbreak: x", "t\u00f6ken", "x" * 20_000]
)
def test_tokens_that_cannot_travel_in_a_header_are_none(text):
    assert read_token({"access_token": text, "expires_in": 300}) is None


def test_the_id_and_secret_are_sent_as_basic():
    held = basic_credentials("client", Secret("pass:word"))
    pair = b64encode(b"client:pass:word").decode()
    assert held.present() == {"Authorization": f"Basic {pair}"}
    assert held.secrets(held.present()) == ("pass:word", pair)
    assert not held.are_renewable


def test_nothing_of_it_prints(time):
    held = credentials(Office(), time)
    held.present()
    assert "token-1" not in repr(held) + str(held) + repr(Office().fetch())


def test_refused_credentials_are_told_as_such(time):
    def fetch() -> Token:
        raise CredentialsRefused("no", remedy="check")

    with pytest.raises(CredentialsRefused):
        TokenCredentials(fetch, fixed={}, clock=time.clock).present()
