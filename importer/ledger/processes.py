"""Whether a process of this machine is gone; the only question to the system about others."""

import os
import platform


def name_host() -> str:
    """The name of this machine; empty where it has none."""
    return platform.node()


def is_gone(host: str, process: int) -> bool:
    """Whether that process has surely ended. Windows and other machines tell nothing: False."""
    if os.name != "posix" or not host or host != name_host():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
