"""The limits of reading, from settings to what the reader takes."""

from dataclasses import fields, replace

from importer.settings.limits import StatedLimits
from importer.sheets.gate.limits import LIMITS, MEGABYTE, Limits

_MEGABYTES = "_megabytes"


def build_limits(stated: StatedLimits) -> Limits:
    """The usual limits, but for those that are stated."""
    found: dict[str, int] = {}
    for field in fields(stated):
        value: int | None = getattr(stated, field.name)
        if value is not None and field.name.endswith(_MEGABYTES):
            found[field.name.replace(_MEGABYTES, "_bytes")] = value * MEGABYTE
        elif value is not None:
            found[field.name] = value
    return replace(LIMITS, **found)
