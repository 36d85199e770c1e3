"""From a chosen target to a session: services, organisations, ledger."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from importer.apis.cula import CulaSettings, connect_cula
from importer.apis.isometric import IsometricSettings, connect_isometric
from importer.declare.catalog import Catalog
from importer.flows.session import Options, Session
from importer.flows.twin import sandbox_target
from importer.ledger.store import open_ledger
from importer.model.event import Listener
from importer.model.ports import Organisation, Scope, Service
from importer.settings.facts import build_facts
from importer.settings.state import State
from importer.settings.target import CulaTarget, IsometricTarget, SandboxChosen, Target


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


@contextmanager
def open_session(
    chosen: Target | SandboxChosen,
    *,
    catalog: Catalog,
    state: State,
    options: Options,
    listener: Listener,
) -> Iterator[Session]:
    """Everything that a run works with, for as long as the context is open.

    Each service is asked for its organisation: it is part of every key of the ledger, and the
    cheapest check of the credentials.
    """
    with ExitStack() as stack:
        if isinstance(chosen, SandboxChosen):
            target = stack.enter_context(sandbox_target(state.sandbox_database))
        else:
            target = chosen
        services = _connect(stack, target)
        owners = {name: service.fetch_organisation() for name, service in services.items()}
        ledger = stack.enter_context(open_ledger(state.database_url, clock=now))
        yield Session(
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


def _connect(stack: ExitStack, target: Target) -> Mapping[str, Service]:
    services: dict[str, Service] = {}
    if target.cula is not None:
        services["cula"] = stack.enter_context(
            connect_cula(
                _cula(target.cula), requests_per_minute=target.cula.requests_per_minute or None
            )
        )
    if target.isometric is not None:
        services["isometric"] = stack.enter_context(
            connect_isometric(
                _isometric(target.isometric),
                requests_per_minute=target.isometric.requests_per_minute or None,
            )
        )
    return services


def _cula(target: CulaTarget) -> CulaSettings:
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
    )
