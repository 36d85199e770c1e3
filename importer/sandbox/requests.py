"""The log of requests, with which tests and rehearsals count reads and writes."""

from dataclasses import asdict, dataclass

CULA_BASE = "/tracking/v1"
CULA_TOKEN = "/oauth2/token"  # noqa: S105 (an address, not a token)
ISOMETRIC_BASE = "/mrv/v0"
STORAGE_BASE = "/_storage"

_SERVICES = (
    (CULA_BASE, "cula"),
    (CULA_TOKEN, "token"),
    (ISOMETRIC_BASE, "isometric"),
    (STORAGE_BASE, "storage"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRequest:
    """One request to a service, written down right before its answer went out."""

    number: int
    service: str
    """`cula`, `isometric`, `token` for Cula's token address, `storage` for signed addresses."""
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
