"""The Isometric Certify API, as `docs.isometric.com/api-reference/certify` describes it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from importer.apis.addresses import add_query, check_address
from importer.apis.attempts import Guard, no_guard
from importer.apis.client import Client, open_client
from importer.apis.conversation import Conversation
from importer.apis.credentials import FixedCredentials, check_header_text
from importer.apis.deadlines import Clock
from importer.apis.pace import Pace
from importer.apis.pages import (
    PAGE_SIZE,
    has_usable_id,
    read_cursor,
    read_nodes,
    read_total,
    walk,
)
from importer.apis.patience import Patience
from importer.apis.peer import Peer
from importer.apis.storage import Storage
from importer.model.ports import Answer, Call, Organisation, Page, Upload
from importer.model.quota import Quota
from importer.model.record import Json
from importer.model.secret import Secret

_KEY = "supplier_reference_id"
_REMEDY = (
    "Check client_secret and access_token of the target: they are made in Certify's team "
    "settings, belong to one environment, and an access token ends after a year."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IsometricSettings:
    """Where Isometric is and what opens it. `project_id` may be empty; some paths need it.

    Raises:
        SettingsMissing: One of the others is empty.
        SettingsInvalid: One of them cannot be used, such as an address without encryption.
    """

    base_url: str
    client_secret: Secret
    access_token: Secret
    project_id: str = ""
    creates_feedstock_types: str = "no"

    def __post_init__(self) -> None:
        check_address("Isometric's base_url", self.base_url)
        check_header_text("Isometric's client_secret", self.client_secret.reveal())
        check_header_text("Isometric's access_token", self.access_token.reveal())


class IsometricService:
    """Isometric Certify behind the port `Service`; safe to use from several threads."""

    def __init__(
        self,
        settings: IsometricSettings,
        *,
        client: Client,
        pace: Pace,
        patience: Patience,
        guard: Guard = no_guard,
    ) -> None:
        secret, token = settings.client_secret.reveal(), settings.access_token.reveal()
        self._conversation = Conversation(
            peer=Peer(
                title="Isometric",
                base_url=check_address("Isometric's base_url", settings.base_url),
                remedy=_REMEDY,
                settings={
                    "project_id": settings.project_id,
                    "creates_feedstock_types": settings.creates_feedstock_types,
                },
            ),
            client=client,
            # The secret is the importing system's, the token the organisation's. Source:
            # docs.isometric.com/api-reference/authentication
            credentials=FixedCredentials(
                {"X-Client-Secret": secret, "Authorization": f"Bearer {token}"},
                secrets=(secret, token),
            ),
            pace=pace,
            patience=patience,
            guard=guard,
        )
        self._storage = Storage(client=client, pace=pace.without_limit(), patience=patience)

    @property
    def name(self) -> str:
        """The service's name in declarations."""
        return "isometric"

    @property
    def settings(self) -> Mapping[str, str]:
        """What paths may name in braces, `project_id`, and what the service is taken to offer."""
        return self._conversation.peer.settings

    def fetch_organisation(self) -> Organisation:
        """The organisation that the access token belongs to."""
        path = "/organisation"
        thing = self._conversation.fetch(path)
        if thing is None:
            raise self._conversation.not_there(path)
        own_id, name = thing.get("id"), thing.get("name")
        if not isinstance(own_id, str) or not own_id:
            raise self._conversation.not_understood(path, "an organisation without an id")
        return Organisation(id=own_id, name=name if isinstance(name, str) else "")

    def fetch(self, path: str) -> Mapping[str, Json] | None:
        """One thing; None where the service says that it is not there."""
        thing = self._conversation.fetch(path)
        if thing is not None and not has_usable_id(thing):
            raise self._conversation.not_understood(path, "a record whose id is no text")
        return thing

    def fetch_page(self, path: str, after: str | None = None) -> Page:
        """One page of a list, which has up to 50 records.

        The list ends where `has_next_page` is false or `end_cursor` is null.
        """
        parameters = {"first": PAGE_SIZE} | ({} if after is None else {"after": after})
        document = self._conversation.fetch(add_query(path, parameters))
        if document is None:
            raise self._conversation.not_there(path)
        nodes = read_nodes(document.get("nodes"))
        info = document.get("page_info")
        if nodes is None or not isinstance(info, dict):
            raise self._conversation.not_understood(path, "something else than a list of records")
        return Page(
            nodes=nodes,
            after=self._read_next(info, path, after),
            total=read_total(document.get("total_count")),
        )

    def find(self, path: str, key: str) -> Sequence[Mapping[str, Json]]:
        """All records of the list with exactly this `supplier_reference_id`.

        The list is asked with it as a filter. Whether that is exact is not documented, so what
        comes is compared here. Source:
        docs.isometric.com/user-guides/certify/supplier-reference-id
        """
        found = tuple(
            node
            for node in walk(self.fetch_page, add_query(path, {_KEY: key}))
            if node.get(_KEY) == key
        )
        if not all("id" in node for node in found):
            raise self._conversation.not_understood(path, "a record without an id")
        return found

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

    def _read_next(self, info: Mapping[str, Json], path: str, after: str | None) -> str | None:
        """The cursor of the next page; None at the end."""
        end = info.get("end_cursor")
        if info.get("has_next_page") is False or end is None:
            return None
        cursor = read_cursor(end)
        if cursor is None or cursor == after:
            # Taking this for the end would hide records, and hidden ones are sent twice.
            raise self._conversation.not_understood(path, "a page that leads to no next one")
        return cursor


@contextmanager
def connect_isometric(
    settings: IsometricSettings,
    *,
    quota: Quota | None,
    patience: Patience | None = None,
    clock: Clock = time.monotonic,
    proxy: Secret | None = None,
    guard: Guard = no_guard,
) -> Iterator[IsometricService]:
    """Isometric, and the connections to it for as long as the context is open. None is unpaced.

    The patience's `sleep` has to move `clock` on. Deadlines go by the real clock.
    guard: asked right before each write.
    """
    patience = patience or Patience()
    with open_client(proxy=proxy) as client:
        yield IsometricService(
            settings,
            client=client,
            pace=Pace(quota, clock=clock, sleep=patience.sleep),
            patience=patience,
            guard=guard,
        )
