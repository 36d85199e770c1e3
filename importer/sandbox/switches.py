"""What the services' documents leave open, and what this twin does about it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """One field for each behaviour of the real services that is not documented.

    The defaults are the careful ones: the twin refuses where a real service might look away,
    so that a client that works here does not depend on luck there.
    """

    unknown_keys: Literal["refuse", "ignore"] = "refuse"
    """Both: members of a request body that the documents do not name. Unknown."""

    calculation_seconds: float = 0.2
    """Cula: how long a log stays `calculating`. Unknown; samples of the documents show 72 s."""

    existing_place: Literal["error", "top", "missing"] = "error"
    """Cula: where a 409 `external_id_in_use` carries `existing`. Inside `error` is inferred."""

    mandatory_at_create: bool = True
    """Cula: a missing mandatory data point is refused with 422. Unknown; else it is let pass."""

    deleted_keeps_external_id: bool = True
    """Cula: a softly deleted log still holds its external id. Unknown."""

    put_without_file_ids: Literal["unlink", "keep"] = "unlink"
    """Cula: what PUT does to the linked files when `file_ids` is left out. Unknown."""

    reused_reference_status: Literal[400, 409, 422] = 409
    """Isometric: status for a `supplier_reference_id` in use. That it is an error is documented."""

    reference_scope: Literal["type", "organisation"] = "organisation"
    """Isometric: how far a `supplier_reference_id` is unique. The documents say both."""

    respell_units: bool = True
    """Isometric: units come back in canonical spelling (`kg` as `kilogram`). Observed."""

    missing_status: Literal[400, 404] = 404
    """Isometric: status for an id in the path that does not exist. Unknown."""

    fixed_inputs: Literal["refuse", "accept"] = "refuse"
    """Isometric: giving a fixed input another datapoint than the template does. Unknown."""

    reversed_dates: Literal["refuse", "accept"] = "refuse"
    """Isometric: an entry that is completed before it is started. Unknown."""


DEFAULTS = Switches()
"""The careful ones."""
