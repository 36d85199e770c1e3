"""One writer for each organisation of a target: the port to the lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from importer.model.ports import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who is writing now."""

    scope: Scope
    author: str
    host: str
    process: int
    since: datetime

    def __str__(self) -> str:
        return f"{self.author or 'someone'}, process {self.process} on {self.host}"


class Writers(Protocol):
    """The lock. Who holds it shows signs of life; who does not for `lease` loses it.

    Each claim has a number of its own, the fence. An intent of a writer whose number is not the
    last one any more is refused by the ledger, however late that writer wakes up.
    """

    def claim(self, scopes: Iterable[Scope], lease: timedelta) -> Holder | None:
        """Take all of them, or none: answers with who holds one of them."""

    def renew(self, scopes: Iterable[Scope], lease: timedelta) -> None:
        """Show a sign of life. Raises WriterReplaced where another one has taken over."""

    def release(self, scopes: Iterable[Scope]) -> None:
        """Let others have it, as far as it is still ours."""

    def require(self) -> None:
        """Raise WriterReplaced where the last sign of life is older than the lease.

        Where nothing is claimed, nothing is required.
        """
