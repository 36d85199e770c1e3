"""Rehearsals: what goes wrong now and then for as long as a sandbox runs, by its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from importer.sandbox.faults import Fault

SHARE = 0.1
"""How many of the requests to the services, token and storage among them, a name strikes."""

_EVERYWHERE = Fault(method="*", path="/", kind="status", times=None)

_FAULTS: Mapping[str, Sequence[Fault]] = {
    "slow": (replace(_EVERYWHERE, kind="slow", seconds=2.0),),
    "429": (replace(_EVERYWHERE, status=429, headers={"Retry-After": "1"}),),
    "5xx": (
        replace(_EVERYWHERE, status=500, commit=True),
        replace(
            _EVERYWHERE,
            status=502,
            headers={"Content-Type": "text/html"},
            body="<html><body><h1>502 Bad Gateway</h1></body></html>",
        ),
        replace(_EVERYWHERE, status=503),
    ),
    "lost": (replace(_EVERYWHERE, kind="answer-lost"),),
}

NAMES = tuple(_FAULTS)
"""What can be rehearsed: slow answers, too many requests, a server that is down, lost answers."""


def rehearse(names: Sequence[str], seed: int) -> tuple[Fault, ...]:
    """Faults without an end, which strike about one request in ten for each name.

    The same names and seed strike the same requests of a sequence.

    Raises:
        LookupError: A name is none of `NAMES`.
    """
    return tuple(fault for name in dict.fromkeys(names) for fault in _build(name, seed))


def _build(name: str, seed: int) -> Iterator[Fault]:
    if name not in _FAULTS:
        raise LookupError(f"there is no rehearsal {name!r}; there are {', '.join(NAMES)}")
    faults = _FAULTS[name]
    for number, fault in enumerate(faults):
        yield replace(fault, share=SHARE / len(faults), seed=f"{seed}/{name}/{number}")
