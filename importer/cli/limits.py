"""How much of a file is opened and read, for the commands."""

import os

from importer.flows.limits import build_limits
from importer.settings.limits import find_limits
from importer.sheets.gate.limits import Limits


def read_limits() -> Limits:
    """The usual limits, but for what the environment states."""
    return build_limits(find_limits(os.environ))
