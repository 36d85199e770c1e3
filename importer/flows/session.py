"""What a run works with: the catalogue, the services, the ledger, and how it was asked to go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.flows.account import Account
from importer.flows.stopping import Stop
from importer.model.event import Listener, ignore
from importer.model.manner import Conventions
from importer.model.outbox import Outbox
from importer.model.ports import Ledger, Scope, Service
from importer.model.report import TargetFacts
from importer.model.writers import Writers


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run was asked to go (design: decisions 5, 6, 7, 9 and 10).

    conventions: what is stated of the dates and numbers of its workbooks.
    """

    overwrite: bool = False
    allow_overlap: bool = False
    all_or_nothing: bool = False
    accept_updates: bool = False
    create_only: bool = False
    trust_ledger: bool = False
    conventions: Conventions = field(default_factory=Conventions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One target under one organisation per service, with its part of the ledger.

    account: the definitions, where all files of this session may share what was read of them.
    writers: the lock on the organisations; None where nobody else can be writing.
    wait: seconds that figures are waited for which a service is still calculating.
    threads: how many records of a service are sent at once; one where nothing is said.
    """

    catalog: Catalog
    facts: TargetFacts
    services: Mapping[str, Service]
    scopes: Mapping[str, Scope]
    ledger: Ledger
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    account: Account | None = None
    writers: Writers | None = None
    stop: Stop = field(default_factory=Stop)
    threads: Mapping[str, int] = field(default_factory=dict)
    wait: float = 0.0
    zone: str = "UTC"
    options: Options = field(default_factory=Options)
    listener: Listener = ignore
    outbox: Outbox | None = None

    def service_of(self, resource: Resource) -> Service:
        """The service that keeps records of this resource."""
        return self.services[resource.service]

    def scope_of(self, resource: Resource) -> Scope:
        """The part of the ledger that its operations belong to."""
        return self.scopes[resource.service]
