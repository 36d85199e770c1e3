"""Attempts: the only place where a request is ever sent again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import assert_never

from importer.apis.breaker import Breaker
from importer.apis.client import Client, Exchange, Lost, Request
from importer.apis.credentials import Credentials
from importer.apis.decisions import decide
from importer.apis.pace import Pace
from importer.apis.patience import Patience
from importer.apis.peer import End
from importer.apis.rows import Decision
from importer.apis.situations import WRITES, Situation, Use
from importer.model.record import Json

_TOO_MANY, _FAILED = 429, 500

Guard = Callable[[], None]
"""Asked right before a write is sent; raises where it must not be sent any more."""


def no_guard() -> None:
    """Every write may be sent."""


class Attempts:
    """Sends requests with credentials, at a pace and with patience, as the answer table says.

    Safe to use from several threads.
    """

    def __init__(
        self,
        *,
        client: Client,
        credentials: Credentials,
        pace: Pace,
        patience: Patience,
        guard: Guard = no_guard,
    ) -> None:
        self._client = client
        self._credentials = credentials
        self._pace = pace
        self._patience = patience
        self._guard = guard
        self._breaker = Breaker(clock=pace.now, endurance=patience.endurance)

    def exchange(
        self,
        use: Use,
        request: Request,
        *,
        body: Mapping[str, Json] | None = None,
        record: str = "",
    ) -> End:
        """Try until the table says that this is the end, or patience does.

        Where patience did, the decision is still to wait or to repeat. `body` and `record` are
        what was sent, and the member of the answer that holds the record.
        """
        attempt = 1
        now = Situation(
            use=use,
            outcome=Exchange(status=0),
            renewable=self._credentials.are_renewable,
            body=body or {},
            record=record,
        )
        while True:
            self._pace.wait()
            presented = self._credentials.present()
            if use in WRITES:
                # Behind all that may have taken its time; what is left is the first byte.
                self._guard()
            now = replace(now, outcome=self._client.exchange(self._sign(request, presented)))
            self._note(now.outcome)
            end = End(request=request, outcome=now.outcome, row=decide(now), attempts=attempt)
            match end.row.decision:
                case Decision.RENEW:
                    self._credentials.discard(presented)
                    now = replace(now, renewable=False)
                case Decision.WAIT if attempt < self._patience.attempts_asked:
                    self._rest(end)
                    attempt += 1
                case Decision.REPEAT if self._may_repeat(attempt):
                    self._rest(end)
                    attempt += 1
                case Decision.WAIT | Decision.REPEAT | Decision.STOP:
                    return end
                case Decision.ACCEPT | Decision.REJECT | Decision.ABSENT | Decision.LOOK_UP:
                    return end
                case _:
                    assert_never(end.row.decision)

    def _sign(self, request: Request, presented: Mapping[str, str]) -> Request:
        return replace(
            request,
            headers={**request.headers, **presented},
            secrets=(*request.secrets, *self._credentials.secrets(presented)),
        )

    def _note(self, outcome: Exchange | Lost) -> None:
        if isinstance(outcome, Lost) or outcome.status >= _FAILED:
            self._breaker.note_failure()
        else:
            self._breaker.note_answer()

    def _may_repeat(self, attempt: int) -> bool:
        is_patient = attempt < self._patience.attempts or self._breaker.is_endured()
        return is_patient and self._breaker.take_repeat()

    def _rest(self, end: End) -> None:
        headers = end.outcome.headers if isinstance(end.outcome, Exchange) else {}
        asks = self._patience.read_retry_after(headers) is not None
        if end.row.decision is Decision.WAIT or asks:
            if isinstance(end.outcome, Exchange) and end.outcome.status == _TOO_MANY:
                self._pace.slow_down()
            # The others would be refused, too: no request starts until it is over.
            self._pace.hold(self._patience.pause_asked_for(end.attempts, headers))
        elif pause := self._breaker.pause():
            self._pace.hold(max(pause, self._patience.pause(end.attempts)))
        else:
            self._patience.sleep(self._patience.pause(end.attempts))
