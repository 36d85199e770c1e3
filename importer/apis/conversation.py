"""A conversation with one service: paths become requests, and what comes back their meaning."""

import json
from collections.abc import Mapping

from importer.apis.addresses import fill
from importer.apis.answers import build_answer
from importer.apis.attempts import Attempts, Guard, no_guard
from importer.apis.bodies import clean
from importer.apis.client import Client, Exchange, Loss, Lost, Request
from importer.apis.credentials import Credentials
from importer.apis.forms import encode_form
from importer.apis.pace import Pace
from importer.apis.patience import Patience
from importer.apis.peer import End, Peer, describe
from importer.apis.rows import Decision
from importer.apis.situations import Use
from importer.model.failure import AddressRefused, ServiceUnavailable
from importer.model.ports import Answer, Call, Upload
from importer.model.record import Json

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


class Conversation:
    """Reads and writes at the address of one service; safe to use from several threads."""

    def __init__(
        self,
        *,
        peer: Peer,
        client: Client,
        credentials: Credentials,
        pace: Pace,
        patience: Patience,
        guard: Guard = no_guard,
    ) -> None:
        self.peer = peer
        self._attempts = Attempts(
            client=client, credentials=credentials, pace=pace, patience=patience, guard=guard
        )

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
            headers={"Content-Type": _JSON},
            content=_write_json(call.body),
            # Beside a record there may be an address that lets in whoever has it.
            has_secret_answer=bool(call.record),
        )
        end = self._exchange(use, request, body=call.body, record=call.record)
        return self._answer(end, record=call.record)

    def send_document(self, path: str, upload: Upload, fields: Mapping[str, str]) -> Answer:
        """Send a document and text fields as a form, and again only as `send` does.

        Raises:
            CredentialsRefused: The service does not let us in; nothing was changed.
            ServiceUnavailable: It was not reached, or refused by rate; nothing was changed.
        """
        form = encode_form(upload, fields)
        request = Request(
            method="POST",
            url=self._locate(path),
            headers={"Content-Type": form.content_type},
            content=form.content,
        )
        return self._answer(self._exchange(Use.CREATE, request))

    def fetch_address(self, path: str, body: Mapping[str, Json]) -> str | None:
        """An address for a document; None where the service has the document already.

        Source: docs.isometric.com/api-reference/certify/uploading-sources: a bare JSON string,
        and 409 when the document has arrived.

        Raises:
            CredentialsRefused: The service does not let us in.
            ServiceUnavailable: It gives none.
        """
        request = Request(
            method="POST",
            url=self._locate(path),
            headers={"Content-Type": _JSON},
            content=_write_json(body),
            has_secret_answer=True,
        )
        end = self._exchange(Use.ADDRESS, request)
        if end.row.decision is Decision.ABSENT:
            return None
        return self._read_address(end, path)

    def fetch_digest(self, path: str, largest: int) -> str | None:
        """SHA-256 of the document at a path; None where the service does not hand it out.

        One above `largest` bytes is none of those that are looked for.

        Raises:
            CredentialsRefused: The service does not let us in.
            ServiceUnavailable: It does not answer.
        """
        request = Request(method="GET", url=self._locate(path), largest_document=largest)
        end = self._attempts.exchange(Use.DOWNLOAD, request)
        match end.outcome:
            case Exchange(digest=digest) if end.row.decision is Decision.ACCEPT:
                return digest
            case Lost(loss=Loss.TOO_LARGE):
                return ""
        if end.row.decision in (Decision.ABSENT, Decision.REJECT):
            return None
        raise describe(self.peer, end)

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
        self,
        use: Use,
        request: Request,
        *,
        body: Mapping[str, Json] | None = None,
        record: str = "",
    ) -> End:
        """Try to the end. Raises where that leaves nothing to go on with."""
        end = self._attempts.exchange(use, request, body=body, record=record)
        if end.row.decision in (Decision.WAIT, Decision.REPEAT, Decision.STOP):
            raise describe(self.peer, end)
        return end

    def _read_object(self, end: End, path: str) -> Mapping[str, Json]:
        if end.row.decision is Decision.REJECT:
            raise describe(self.peer, end)
        document = end.outcome.json if isinstance(end.outcome, Exchange) else None
        if not isinstance(document, dict):
            raise self.not_understood(path, "something else than a record")
        return document

    def _read_address(self, end: End, path: str) -> str:
        if end.row.decision is Decision.REJECT:
            failure = describe(self.peer, end)
            raise AddressRefused(str(failure), remedy=failure.remedy)
        address = end.outcome.json if isinstance(end.outcome, Exchange) else None
        if not isinstance(address, str) or not address:
            raise self.not_understood(path, "something else than an address for a document")
        return address

    def _answer(self, end: End, *, record: str = "") -> Answer:
        number = self.peer.read_request_id(end.outcome)
        return build_answer(end, record=record, request_id=number)


def _write_json(document: Mapping[str, Json]) -> bytes:
    return json.dumps(dict(document), allow_nan=False).encode()
