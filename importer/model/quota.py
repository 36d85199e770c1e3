"""A quota of requests a minute, which several programs may share."""

from typing import Protocol


class Quota(Protocol):
    """So many requests in any minute, over all who share the quota."""

    def take(self, share: float) -> float:
        """Take a place in the minute; else the seconds until there may be one.

        share: how much of the quota may be used just now, up to 1.
        """
