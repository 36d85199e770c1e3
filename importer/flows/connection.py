"""From a chosen target to a session: services, organisations, ledger."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from importer.apis.attempts import Guard, no_guard
from importer.apis.cula import CulaKeySettings, CulaSettings, connect_cula
from importer.apis.deadlines import Clock
from importer.apis.isometric import IsometricSettings, connect_isometric
from importer.apis.pace import Window
from importer.apis.patience import Patience
from importer.declare.catalog import Catalog
from importer.flows.account import Account
from importer.flows.author import name_author
from importer.flows.session import Options, Session
from importer.flows.stopping import Stop
from importer.flows.twin import sandbox_target
from importer.ledger.store import SqlLedger, open_ledger
from importer.model.event import Listener, ignore
from importer.model.ports import Ledger, Organisation, Scope, Service
from importer.model.quota import Quota
from importer.settings.facts import build_facts
from importer.settings.state import State
from importer.settings.target import (
    CulaKeyTarget,
    CulaTarget,
    IsometricTarget,
    SandboxChosen,
    Target,
)

THREADS = {"cula": 8, "isometric": 4}
"""Records that are sent at once (design: decision 17)."""
_NAME_LENGTH = 16


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A target with its services, the ledger, and the wish to stop that all of them heed."""

    target: Target
    services: Mapping[str, Service]
    ledger: SqlLedger
    stop: Stop


@contextmanager
def connect_all(chosen: Target | SandboxChosen, state: State) -> Iterator[Connected]:
    """Everything that sessions with a target have in common, for as long as the context is open."""
    with ExitStack() as stack:
        if isinstance(chosen, SandboxChosen):
            target = stack.enter_context(sandbox_target(state.sandbox_database))
        else:
            target = chosen
        stop = Stop()
        opened = open_ledger(state.database_url, clock=now, author=name_author())
        ledger = stack.enter_context(opened)
        patience = Patience(sleep=stop.sleep)
        connected = connect(
            target, patience=patience, share=ledger.quota, guard=ledger.writers.require
        )
        services = stack.enter_context(connected)
        yield Connected(target=target, services=services, ledger=ledger, stop=stop)


@contextmanager
def open_session(
    chosen: Target | SandboxChosen,
    *,
    catalog: Catalog,
    state: State,
    options: Options,
    listener: Listener,
) -> Iterator[Session]:
    """Everything that a run works with, for as long as the context is open."""
    with connect_all(chosen, state) as connected:
        ledger, stop = connected.ledger, connected.stop
        session = begin_session(
            connected.target,
            connected.services,
            ledger,
            catalog=catalog,
            options=options,
            listener=listener,
        )
        yield replace(
            session,
            outbox=ledger.outbox,
            account=Account(catalog, connected.services),
            writers=ledger.writers,
            stop=stop,
            sleep=stop.sleep,
            threads=THREADS,
        )


def begin_session(
    target: Target,
    services: Mapping[str, Service],
    ledger: Ledger,
    *,
    catalog: Catalog,
    options: Options,
    listener: Listener = ignore,
) -> Session:
    """The session over open services and an open ledger.

    Each service is asked for its organisation: it is part of every key of the ledger, and the
    cheapest check of the credentials.
    """
    owners = {name: service.fetch_organisation() for name, service in services.items()}
    return Session(
        catalog=catalog,
        facts=build_facts(target, owners),
        services=services,
        scopes=_scopes(target, owners),
        ledger=ledger,
        clock=now,
        sleep=time.sleep,
        zone=target.time_zone,
        options=options,
        listener=listener,
    )


def _scopes(target: Target, owners: Mapping[str, Organisation]) -> Mapping[str, Scope]:
    return {
        name: Scope(target=target.name, service=name, organisation=owner.id)
        for name, owner in owners.items()
    }


Share = Callable[[str, int], Quota]
"""Makes the quota of a name, of so many requests a minute."""


@contextmanager
def connect(
    target: Target,
    *,
    patience: Patience | None = None,
    clock: Clock = time.monotonic,
    share: Share | None = None,
    guard: Guard = no_guard,
) -> Iterator[Mapping[str, Service]]:
    """The services that the target has settings for, by name.

    The patience's `sleep` has to move `clock` on.
    share: makes quotas that other programs are on, too; without it, this program is alone.
    guard: asked right before each write.
    """

    def quota(name: str, requests_per_minute: int) -> Quota | None:
        if not requests_per_minute:
            return None
        if share is None:
            return Window(requests_per_minute, clock=clock)
        return share(name, requests_per_minute)

    with ExitStack() as stack:
        services: dict[str, Service] = {}
        if target.cula is not None:
            services["cula"] = stack.enter_context(
                connect_cula(
                    _cula(target.cula),
                    quota=quota(
                        _name_quota(target.cula.base_url, target.cula.account),
                        target.cula.requests_per_minute,
                    ),
                    patience=patience,
                    clock=clock,
                    guard=guard,
                )
            )
        if target.isometric is not None:
            services["isometric"] = stack.enter_context(
                connect_isometric(
                    _isometric(target.isometric),
                    quota=quota(
                        _name_quota(
                            target.isometric.base_url, target.isometric.access_token.reveal()
                        ),
                        target.isometric.requests_per_minute,
                    ),
                    patience=patience,
                    clock=clock,
                    guard=guard,
                )
            )
        yield services


def _name_quota(address: str, credential: str) -> str:
    """A name for the quota of a credential at an address, which tells neither."""
    return hashlib.sha256(f"{address} {credential}".encode()).hexdigest()[:_NAME_LENGTH]


def _cula(target: CulaTarget | CulaKeyTarget) -> CulaSettings | CulaKeySettings:
    if isinstance(target, CulaKeyTarget):
        return CulaKeySettings(
            base_url=target.base_url,
            api_key=target.api_key,
            organisation_id=target.organisation_id,
        )
    return CulaSettings(
        base_url=target.base_url,
        token_url=target.token_url,
        client_id=target.client_id,
        client_secret=target.client_secret,
        organisation_id=target.organisation_id,
    )


def _isometric(target: IsometricTarget) -> IsometricSettings:
    return IsometricSettings(
        base_url=target.base_url,
        client_secret=target.client_secret,
        access_token=target.access_token,
        project_id=target.project_id,
        creates_feedstock_types=target.creates_feedstock_types,
    )
