"""What is asked of the system: whether a process is gone, and how much time has passed."""

import os
import platform
import time


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


def read_clock() -> float:
    """Seconds of a clock that does not jump and goes on while the machine sleeps.

    Python's own monotonic clock stands still then on Linux and macOS; Windows has no other.
    """
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    if clock is None and platform.system() == "Darwin":
        clock = time.CLOCK_MONOTONIC
    return time.monotonic() if clock is None else time.clock_gettime(clock)
