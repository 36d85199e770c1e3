"""The log of requests, with which tests and rehearsals count reads and writes."""

from dataclasses import asdict, dataclass

CULA_BASE = "/tracking/v1"
CULA_TOKEN = "/oauth2/token"  # noqa: S105 (an address, not a token)
ISOMETRIC_BASE = "/mrv/v0"

_SERVICES = ((CULA_BASE, "cula"), (CULA_TOKEN, "token"), (ISOMETRIC_BASE, "isometric"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRequest:
    """One request to a service, written down right before its answer went out."""

    number: int
    service: str
    """`cula`, `isometric`, or `token` for Cula's token address."""
    method: str
    path: str
    status: int | None
    """Status of the answer; None when the connection was dropped without one."""

    def render(self) -> dict[str, str | int | None]:
        """The request as JSON."""
        return asdict(self)


def find_service(path: str) -> str | None:
    """The service to which a path belongs; None for the sandbox's own paths."""
    for base, service in _SERVICES:
        if path == base or path.startswith(f"{base}/"):
            return service
    return None
