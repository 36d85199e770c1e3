"""The verb *targets*: a target's settings, where each came from, and one harmless read each."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from importer.flows.connection import connect
from importer.flows.twin import sandbox_target
from importer.model.failure import ImporterError
from importer.settings.state import State
from importer.settings.target import SandboxChosen, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What one service answered to one harmless read."""

    service: str
    organisation: str = ""
    failure: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A target and what its services say. Secrets print as dots."""

    target: Target
    settings: Mapping[str, str]
    probes: tuple[Probe, ...]


def inspect_target(chosen: Target | SandboxChosen, state: State) -> Inspected:
    """Read the settings, and ask each service whose data its credentials open."""
    with as_target(chosen, state) as target, connect(target) as services:
        probes = []
        for name, service in services.items():
            try:
                owner = service.fetch_organisation()
            except ImporterError as failure:
                probe = Probe(service=name, failure=str(failure), remedy=failure.remedy)
            else:
                probe = Probe(service=name, organisation=owner.name or owner.id)
            probes.append(probe)
        return Inspected(target=target, settings=_settings(target), probes=tuple(probes))


@contextmanager
def as_target(chosen: Target | SandboxChosen, state: State) -> Iterator[Target]:
    """The target itself; for the sandbox, one that is served as long as the context is open."""
    if isinstance(chosen, Target):
        yield chosen
        return
    with sandbox_target(state.sandbox_database) as target:
        yield target


def _settings(target: Target) -> Mapping[str, str]:
    """Every setting by its name; what is secret shows as dots."""
    shown = {"time_zone": target.time_zone}
    if target.email:
        shown |= {"email": ", ".join(target.email), "email_when": target.email_when.value}
    for service, settings in (("cula", target.cula), ("isometric", target.isometric)):
        if settings is not None:
            shown |= {
                f"{service}.{name}": str(getattr(settings, name)) for name in settings.__slots__
            }
    return shown
