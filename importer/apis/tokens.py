"""Tokens: Cula's short-lived access tokens, made once for all threads.

Source: docs.cula.tech/upcoming/technical-reference/authentication: OAuth2 client credentials,
the client's id and secret as HTTP Basic, tokens that last 300 seconds, no refresh token.
"""

import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from importer.apis.credentials import FixedCredentials, is_header_text
from importer.apis.deadlines import Clock
from importer.model.failure import ImporterError
from importer.model.record import Json
from importer.model.secret import Secret

_MARGIN_SECONDS = 60.0
"""A token with no more than this left is renewed, so that none ends on its way."""
_USUAL_SECONDS = 300.0
_LONGEST_SECONDS = 86_400.0
_LONGEST_TOKEN = 16_000
_BEARER = "Bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token, and how many seconds it lasts from when it was given."""

    text: str = field(repr=False)
    seconds: float


def read_token(document: Mapping[str, Json]) -> Token | None:
    """The token in an answer of the token address; None where there is no usable one."""
    text, seconds = document.get("access_token"), document.get("expires_in")
    if not isinstance(text, str) or not is_header_text(text) or len(text) > _LONGEST_TOKEN:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        seconds = _USUAL_SECONDS
    return Token(text=text, seconds=max(0.0, min(seconds, _LONGEST_SECONDS)))


def basic_credentials(client_id: str, client_secret: Secret) -> FixedCredentials:
    """The id and secret with which a token is asked for."""
    secret = client_secret.reveal()
    pair = b64encode(f"{client_id}:{secret}".encode()).decode()
    return FixedCredentials({"Authorization": f"Basic {pair}"}, secrets=(secret, pair))


class TokenCredentials:
    """The headers of Cula's API calls: a token that is kept fresh, and what stays the same.

    `fetch` gets a new token; it is called by one thread at a time, while the others wait.
    """

    def __init__(
        self, fetch: Callable[[], Token], *, fixed: Mapping[str, str], clock: Clock
    ) -> None:
        self._fetch = fetch
        self._fixed = dict(fixed)
        self._clock = clock
        self._lock = threading.Lock()
        self._text = ""
        self._renew_at = 0.0
        self._failure: ImporterError | None = None
        self._failed_at = 0.0

    @property
    def are_renewable(self) -> bool:
        """A new token can always be asked for."""
        return True

    def present(self) -> Mapping[str, str]:
        """The headers with a token that has more than a minute left, fetched when there is none.

        Raises:
            CredentialsRefused: The token address does not accept id and secret.
            ServiceUnavailable: It gives no token.
        """
        came_at = self._clock()
        with self._lock:
            if not self._text or self._clock() >= self._renew_at:
                self._renew(came_at)
            return {**self._fixed, "Authorization": _BEARER + self._text}

    def secrets(self, presented: Mapping[str, str]) -> tuple[str, ...]:
        """The token in these headers."""
        return (presented.get("Authorization", "").removeprefix(_BEARER),)

    def discard(self, presented: Mapping[str, str]) -> None:
        """Forget the token in these headers, unless another thread has renewed it by now."""
        with self._lock:
            if presented.get("Authorization") == _BEARER + self._text:
                self._text = ""

    def _renew(self, came_at: float) -> None:
        """Fetch a token; whoever waited for an attempt that failed shares its failure."""
        if self._failure is not None and came_at < self._failed_at:
            raise type(self._failure)(str(self._failure), remedy=self._failure.remedy)
        asked_at = self._clock()
        self._failure = None
        try:
            token = self._fetch()
        except ImporterError as failure:
            self._failure, self._failed_at = failure, self._clock()
            raise
        self._text = token.text
        self._renew_at = asked_at + token.seconds - _MARGIN_SECONDS
