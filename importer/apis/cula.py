"""The Cula tracking API, as `docs.cula.tech/upcoming` describes it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from importer.apis.addresses import add_query, add_step, check_address
from importer.apis.attempts import Guard, no_guard
from importer.apis.client import Client, open_client
from importer.apis.conversation import Conversation
from importer.apis.credentials import check_header_text
from importer.apis.deadlines import Clock
from importer.apis.pace import Pace
from importer.apis.pages import PAGE_SIZE, has_usable_id, read_cursor, read_nodes
from importer.apis.patience import Patience
from importer.apis.peer import Peer
from importer.apis.storage import Storage
from importer.apis.tokens import Token, TokenCredentials, basic_credentials, read_token
from importer.model.failure import SettingsInvalid
from importer.model.ports import Answer, Call, Organisation, Page, Upload
from importer.model.quota import Quota
from importer.model.record import Json
from importer.model.secret import Secret

_GRANT = "grant_type=client_credentials"
_REMEDY = (
    "Check client_id, client_secret and organisation_id of the target; Cula's staff issue and "
    "renew them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CulaSettings:
    """Where Cula is and what opens it.

    Raises:
        SettingsMissing: One of them is empty.
        SettingsInvalid: One of them cannot be used, such as an address without encryption.
    """

    base_url: str
    token_url: str
    client_id: str
    client_secret: Secret
    organisation_id: str

    def __post_init__(self) -> None:
        check_address("Cula's base_url", self.base_url)
        check_address("Cula's token_url", self.token_url)
        check_header_text("Cula's client_id", self.client_id)
        check_header_text("Cula's client_secret", self.client_secret.reveal())
        check_header_text("Cula's organisation_id", self.organisation_id)
        if ":" in self.client_id:
            # HTTP Basic parts id and secret at the first colon.
            raise SettingsInvalid(
                "Cula's client_id holds a colon.", remedy="Copy Cula's client_id again."
            )


class CulaService:
    """Cula behind the port `Service`; safe to use from several threads."""

    def __init__(
        self,
        settings: CulaSettings,
        *,
        client: Client,
        pace: Pace,
        patience: Patience,
        clock: Clock = time.monotonic,
        guard: Guard = no_guard,
    ) -> None:
        self._organisation_id = settings.organisation_id
        self._sign_in = _build_sign_in(settings, client=client, patience=patience, clock=clock)
        self._conversation = Conversation(
            peer=Peer(
                title="Cula",
                base_url=check_address("Cula's base_url", settings.base_url),
                remedy=_REMEDY,
                settings={"organisation_id": settings.organisation_id},
                request_id="cula-request-id",
            ),
            client=client,
            credentials=TokenCredentials(
                self._fetch_token,
                # Needed on every call; there is no default organisation. Source:
                # docs.cula.tech/upcoming/technical-reference/authentication
                fixed={"Cula-Organisation-Id": settings.organisation_id},
                clock=clock,
            ),
            pace=pace,
            patience=patience,
            guard=guard,
        )
        self._storage = Storage(client=client, pace=pace.without_limit(), patience=patience)

    @property
    def name(self) -> str:
        """The service's name in declarations."""
        return "cula"

    @property
    def settings(self) -> Mapping[str, str]:
        """What paths may name in braces: `organisation_id`."""
        return self._conversation.peer.settings

    def fetch_organisation(self) -> Organisation:
        """The organisation of the settings, once a small read with it was let in.

        It has no name here: the API tells none at a known address.
        """
        path = "/sites?limit=1"
        sites = self._conversation.fetch(path)
        if sites is None:
            raise self._conversation.not_there(path)
        if read_nodes(sites.get("data")) is None:
            raise self._conversation.not_understood(path, "something else than a list of records")
        return Organisation(id=self._organisation_id, name="")

    def fetch(self, path: str) -> Mapping[str, Json] | None:
        """One thing; None where the service says that it is not there."""
        thing = self._conversation.fetch(path)
        if thing is not None and not has_usable_id(thing):
            raise self._conversation.not_understood(path, "a record whose id is no text")
        return thing

    def fetch_page(self, path: str, after: str | None = None) -> Page:
        """One page of a list, which has up to 50 records.

        Source: docs.cula.tech/upcoming/technical-reference/pagination-and-filtering. The list
        of configs was seen without `pagination`; it is one page then.
        """
        parameters = {"limit": PAGE_SIZE} | ({} if after is None else {"starting_after": after})
        document = self._conversation.fetch(add_query(path, parameters))
        if document is None:
            raise self._conversation.not_there(path)
        nodes = read_nodes(document.get("data"))
        if nodes is None:
            raise self._conversation.not_understood(path, "something else than a list of records")
        return Page(nodes=nodes, after=self._read_next(document, path, after), total=None)

    def find(self, path: str, key: str) -> Sequence[Mapping[str, Json]]:
        """The record with this external id, if there is one.

        Source: docs.cula.tech/upcoming/concepts/resource-identity (`ext-` in a path).
        """
        place = add_step(path, f"ext-{key}")
        thing = self._conversation.fetch(place)
        if thing is None or thing.get("external_id") != key:
            return ()
        if "id" not in thing or not has_usable_id(thing):
            raise self._conversation.not_understood(place, "a record without an id")
        return (thing,)

    def send(self, call: Call) -> Answer:
        """Send one write once."""
        return self._conversation.send(call)

    def send_document(self, path: str, upload: Upload, fields: Mapping[str, str]) -> Answer:
        """Create a record from a document and form fields, once."""
        return self._conversation.send_document(path, upload, fields)

    def fetch_address(self, path: str, body: Mapping[str, Json]) -> str | None:
        """A fresh address for a document; None where the service has the document already."""
        return self._conversation.fetch_address(path, body)

    def fetch_digest(self, path: str, largest: int) -> str | None:
        """SHA-256 of the document at a path; None where the service does not hand it out."""
        return self._conversation.fetch_digest(path, largest)

    def put_document(self, address: str, upload: Upload) -> Answer:
        """Bring a document to an address that the service gave out."""
        return self._storage.put(address, upload)

    def _read_next(self, document: Mapping[str, Json], path: str, after: str | None) -> str | None:
        """The cursor of the next page; None at the end."""
        pages = document.get("pagination")
        if not isinstance(pages, dict) or pages.get("has_more") is False:
            return None
        cursor = read_cursor(pages.get("next_cursor"))
        is_cut = cursor is None and (pages.get("has_more") or pages.get("next_cursor") is not None)
        if is_cut or (cursor is not None and cursor == after):
            # Taking this for the end would hide records, and hidden ones are sent twice.
            raise self._conversation.not_understood(path, "a page that leads to no next one")
        return cursor

    def _fetch_token(self) -> Token:
        token = read_token(self._sign_in.fetch_by_form(_GRANT))
        if token is None:
            raise self._sign_in.not_understood("a request for a token", "none that can be used")
        return token


@contextmanager
def connect_cula(
    settings: CulaSettings,
    *,
    quota: Quota | None,
    patience: Patience | None = None,
    clock: Clock = time.monotonic,
    proxy: Secret | None = None,
    guard: Guard = no_guard,
) -> Iterator[CulaService]:
    """Cula, and the connections to it for as long as the context is open. None is unpaced.

    The patience's `sleep` has to move `clock` on. Deadlines go by the real clock.
    guard: asked right before each write.
    """
    patience = patience or Patience()
    with open_client(proxy=proxy) as client:
        yield CulaService(
            settings,
            client=client,
            pace=Pace(quota, clock=clock, sleep=patience.sleep),
            patience=patience,
            clock=clock,
            guard=guard,
        )


def _build_sign_in(
    settings: CulaSettings, *, client: Client, patience: Patience, clock: Clock
) -> Conversation:
    """The conversation with the token address, which is another host with no known limit."""
    return Conversation(
        peer=Peer(
            title="Cula's sign-in",
            base_url=check_address("Cula's token_url", settings.token_url),
            remedy=_REMEDY,
        ),
        client=client,
        credentials=basic_credentials(settings.client_id, settings.client_secret),
        pace=Pace(None, clock=clock, sleep=patience.sleep),
        patience=patience,
    )
