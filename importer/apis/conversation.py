"""A conversation with one service: the only place where a request is ever sent again."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from importer.apis.addresses import fill
from importer.apis.bodies import clean
from importer.apis.client import Client, Exchange, Request
from importer.apis.credentials import Credentials
from importer.apis.decisions import Decision, decide
from importer.apis.pace import Pace
from importer.apis.patience import Patience
from importer.apis.peer import End, Peer, describe, word
from importer.apis.refusals import read_refusals
from importer.apis.situations import Situation, Use
from importer.model.failure import ServiceUnavailable
from importer.model.ports import Answer, Call, Refusal, Verdict
from importer.model.record import Json

_FORM = "application/x-www-form-urlencoded"


class Conversation:
    """Sends requests with credentials, at a pace and with patience, as the answer table says.

    Safe to use from several threads.
    """

    def __init__(
        self,
        *,
        peer: Peer,
        client: Client,
        credentials: Credentials,
        pace: Pace,
        patience: Patience,
    ) -> None:
        self.peer = peer
        self._client = client
        self._credentials = credentials
        self._pace = pace
        self._patience = patience

    def fetch(self, path: str) -> Mapping[str, Json] | None:
        """The JSON object at a path; None where the service says that nothing is there.

        Raises:
            CredentialsRefused: The service does not let us in.
            ServiceUnavailable: It does not answer, or not in a way that can be understood.
        """
        end = self._exchange(Use.READ, Request(method="GET", url=self._locate(path)))
        if end.row.decision is Decision.ABSENT:
            return None
        return self._read_object(end, path)

    def fetch_by_form(self, form: str) -> Mapping[str, Json]:
        """The JSON object that the peer's own address gives for a form, as Cula's token call.

        Raises:
            CredentialsRefused: The service does not let us in.
            ServiceUnavailable: It does not answer, or not in a way that can be understood.
        """
        request = Request(
            method="POST",
            url=self.peer.base_url,
            headers={"Content-Type": _FORM},
            content=form.encode(),
        )
        return self._read_object(self._exchange(Use.TOKEN, request), "a request for a token")

    def send(self, call: Call) -> Answer:
        """Send a write, and again only while the one before surely had no effect.

        Raises:
            CredentialsRefused: The service does not let us in; nothing was changed.
            ServiceUnavailable: It was not reached, or refused by rate; nothing was changed.
        """
        use = Use.CREATE if call.method == "POST" else Use.CHANGE
        request = Request(
            method=call.method,
            url=self._locate(call.path),
            headers={"Content-Type": "application/json"},
            content=json.dumps(dict(call.body), allow_nan=False).encode(),
        )
        return self._answer(self._exchange(use, request, body=call.body))

    def not_understood(self, path: str, what: str) -> ServiceUnavailable:
        """The failure to raise for an answer that is not what the documents say."""
        return ServiceUnavailable(
            f"{self.peer.place} answered {clean(path)} with {what}.",
            remedy="Check the service's address in the settings. If it is right, the service has "
            "changed, and this program needs a newer version.",
        )

    def not_there(self, path: str) -> ServiceUnavailable:
        """The failure to raise for a list that should always be there."""
        named = ", ".join(self.peer.settings)
        return ServiceUnavailable(
            f"{self.peer.place} says that there is no {clean(path)}.",
            remedy=f"Check the target's settings: the address{f' and {named}' if named else ''}.",
        )

    def _locate(self, path: str) -> str:
        return self.peer.base_url + fill(path, self.peer.settings)

    def _exchange(
        self, use: Use, request: Request, *, body: Mapping[str, Json] | None = None
    ) -> End:
        """Try until the table says that this is the end, or patience does."""
        attempt = 1
        renewable = self._credentials.are_renewable
        while True:
            self._pace.wait()
            presented = self._credentials.present()
            outcome = self._client.exchange(self._sign(request, presented))
            row = decide(Situation(use=use, outcome=outcome, renewable=renewable, body=body or {}))
            end = End(request=request, outcome=outcome, row=row, attempts=attempt)
            match row.decision:
                case Decision.RENEW:
                    self._credentials.discard(presented)
                    renewable = False
                case Decision.WAIT if attempt < self._patience.attempts_asked:
                    self._rest(end)
                    attempt += 1
                case Decision.REPEAT if attempt < self._patience.attempts:
                    self._rest(end)
                    attempt += 1
                case Decision.WAIT | Decision.REPEAT | Decision.STOP:
                    raise describe(self.peer, end)
                case Decision.ACCEPT | Decision.REJECT | Decision.ABSENT | Decision.LOOK_UP:
                    return end
                case _:
                    assert_never(row.decision)

    def _sign(self, request: Request, presented: Mapping[str, str]) -> Request:
        return replace(
            request,
            headers={**request.headers, **presented},
            secrets=self._credentials.secrets(presented),
        )

    def _rest(self, end: End) -> None:
        headers = end.outcome.headers if isinstance(end.outcome, Exchange) else {}
        asks = self._patience.read_retry_after(headers) is not None
        if end.row.decision is Decision.WAIT or asks:
            # The others would be refused, too: no request starts until it is over.
            self._pace.hold(self._patience.pause_asked_for(end.attempts, headers))
        else:
            self._patience.sleep(self._patience.pause(end.attempts))

    def _read_object(self, end: End, path: str) -> Mapping[str, Json]:
        if end.row.decision is Decision.REJECT:
            raise describe(self.peer, end)
        document = end.outcome.json if isinstance(end.outcome, Exchange) else None
        if not isinstance(document, dict):
            raise self.not_understood(path, "something else than a record")
        return document

    def _answer(self, end: End) -> Answer:
        answer = end.outcome if isinstance(end.outcome, Exchange) else Exchange(status=0)
        document = answer.json if isinstance(answer.json, dict) else {}
        refusals: tuple[Refusal, ...] = ()
        match end.row.decision:
            case Decision.ACCEPT:
                verdict = Verdict.ACCEPTED
            case Decision.REJECT:
                verdict, refusals = Verdict.REFUSED, read_refusals(answer)
            case _:
                # Without the document: what is in doubt must not be taken for the record.
                verdict, document = Verdict.UNKNOWN, {}
                words = f"{end.row.when}: {word(end.outcome)}"
                refusals = (Refusal(member="", words=words),)
        return Answer(
            verdict=verdict,
            status=answer.status,
            body=document,
            refusals=refusals,
            request_id=self.peer.read_request_id(end.outcome),
        )
