"""How much of a file is opened and read, where the variables `IMPORTER_LIMITS__…` say other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from importer.settings import environment, values


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLimits:
    """What the variables state; None where they say nothing. Sizes are in megabytes."""

    entries: int | None = None
    part_megabytes: int | None = None
    total_megabytes: int | None = None
    ratio: int | None = None
    cells: int | None = None
    reader_megabytes: int | None = None
    reader_seconds: int | None = None


def find_limits(environ: Mapping[str, str]) -> StatedLimits:
    """Read the variables. Raises SettingsInvalid for one that is no setting or no number."""
    stated = environment.read_limits(environ, Path())
    return StatedLimits(
        **{path.rpartition(".")[2]: values.read_count(stated, path) for path in stated}
    )
