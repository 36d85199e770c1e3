"""Who runs this program, for the history."""

import getpass
import platform


def name_author() -> str:
    """The user's name and the machine's, such as `anna@laptop`.

    A container may run as a user without a name; that is no reason not to run.
    """
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "unknown"
    return f"{user}@{platform.node() or 'unknown'}"
