"""Rows of the answer table: when, for which uses, what is done, and where that is from."""

from dataclasses import dataclass
from enum import Enum

from importer.apis.situations import Fits, Use
from importer.model.failure import CredentialsRefused, ServiceUnavailable


class Decision(Enum):
    """What to do next."""

    ACCEPT = "the answer counts"
    REJECT = "the service refuses the content"
    ABSENT = "the thing is not there"
    WAIT = "the service asks for patience: wait, then repeat"
    REPEAT = "nothing happened: repeat after a pause"
    LOOK_UP = "something may have happened: never repeat, look it up"
    RENEW = "get a new token, then repeat"
    STOP = "going on makes no sense"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: for which uses, when, what is done, and where that is from.

    failure: with STOP, whether the credentials are at fault or the service.
    """

    uses: frozenset[Use]
    when: str
    fits: Fits
    decision: Decision
    source: str
    failure: type[CredentialsRefused] | type[ServiceUnavailable] = ServiceUnavailable
