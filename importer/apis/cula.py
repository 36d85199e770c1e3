"""The Cula tracking API, as `docs.cula.tech/upcoming` describes it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from importer.apis.addresses import add_query, add_step, check_address
from importer.apis.attempts import Guard, no_guard
from importer.apis.client import Client, open_client
from importer.apis.conversation import Conversation
from importer.apis.credentials import Credentials, FixedCredentials, check_header_text
from importer.apis.deadlines import Clock
from importer.apis.pace import Pace
from importer.apis.pages import PAGE_SIZE, has_usable_id, read_cursor, read_nodes
from importer.apis.patience import Patience
from importer.apis.peer import Peer
from importer.apis.storage import Storage
from importer.apis.tokens import Token, TokenCredentials, basic_credentials, read_token
from importer.model.failure import SettingsInvalid
from importer.model.ports import API_KEY, AUTH, Answer, Call, Organisation, Page, Upload
from importer.model.quota import Quota
from importer.model.record import Json
from importer.model.secret import Secret

_GRANT = "grant_type=client_credentials"
_REMEDY = (
    "Check client_id, client_secret and organisation_id of the target; Cula's staff issue and "
    "renew them."
)
_KEY_REMEDY = (
    "Check api_key of the target: it may have been replaced in Cula's platform, or it may not be "
    "for the sites of this workbook."
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CulaKeySettings:
    """Where the older Cula API is, and the key that opens it.

    organisation_id: whose records they are taken to be. It is not sent: the key is bound to one
        organisation. Source: docs.cula.tech/technical-reference/authentication

    Raises:
        SettingsMissing: One of them is empty.
        SettingsInvalid: One of them cannot be used, such as an address without encryption.
    """

    base_url: str
    api_key: Secret
    organisation_id: str

    def __post_init__(self) -> None:
        check_address("Cula's base_url", self.base_url)
        check_header_text("Cula's api_key", self.api_key.reveal())
        check_header_text("Cula's organisation_id", self.organisation_id)


class CulaService:
    """Cula behind the port `Service`; safe to use from several threads."""

    def __init__(
        self,
        settings: CulaSettings | CulaKeySettings,
        *,
        client: Client,
        pace: Pace,
        patience: Patience,
        clock: Clock = time.monotonic,
        guard: Guard = no_guard,
    ) -> None:
        self._organisation_id = settings.organisation_id
        self._mark = {AUTH: API_KEY} if isinstance(settings, CulaKeySettings) else {}
        self._conversation = Conversation(
            peer=_build_peer(settings),
            client=client,
            credentials=_build_credentials(settings, client=client, patience=patience, clock=clock),
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
        """What paths may name in braces: `organisation_id`, where it is sent at all."""
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
        return None if thing is None else self._marked(thing)

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
        marked = tuple(map(self._marked, nodes))
        return Page(nodes=marked, after=self._read_next(document, path, after), total=None)

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
        return (self._marked(thing),)

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

    def _marked(self, thing: Mapping[str, Json]) -> Mapping[str, Json]:
        """A record that says how it was read: with an API key it is one of the older API."""
        return {**thing, **self._mark}


@contextmanager
def connect_cula(
    settings: CulaSettings | CulaKeySettings,
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


def _build_peer(settings: CulaSettings | CulaKeySettings) -> Peer:
    is_key = isinstance(settings, CulaKeySettings)
    return Peer(
        title="Cula",
        base_url=check_address("Cula's base_url", settings.base_url),
        remedy=_KEY_REMEDY if is_key else _REMEDY,
        settings={} if is_key else {"organisation_id": settings.organisation_id},
        request_id="cula-request-id",
    )


def _build_credentials(
    settings: CulaSettings | CulaKeySettings, *, client: Client, patience: Patience, clock: Clock
) -> Credentials:
    """The older API takes the key as it is, knows no organisation header, and renews nothing.

    Source: docs.cula.tech/technical-reference/authentication
    """
    if isinstance(settings, CulaKeySettings):
        key = settings.api_key.reveal()
        return FixedCredentials({"Authorization": f"Bearer {key}"}, secrets=(key,))
    return TokenCredentials(
        partial(
            _fetch_token,
            _build_sign_in(settings, client=client, patience=patience, clock=clock),
        ),
        # Needed on every call; there is no default organisation. Source:
        # docs.cula.tech/upcoming/technical-reference/authentication
        fixed={"Cula-Organisation-Id": settings.organisation_id},
        clock=clock,
    )


def _fetch_token(sign_in: Conversation) -> Token:
    token = read_token(sign_in.fetch_by_form(_GRANT))
    if token is None:
        raise sign_in.not_understood("a request for a token", "none that can be used")
    return token


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
