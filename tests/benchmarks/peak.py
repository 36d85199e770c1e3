"""What a piece of work costs, measured by the process that does it."""

import json
import re
import resource
import time
from collections.abc import Callable
from pathlib import Path


def tell_cost(work: Callable[[], object]) -> None:
    """Do it, and print processor seconds and the peak memory of the process in MB, as JSON."""
    started = time.process_time()
    work()
    seconds = time.process_time() - started
    print(json.dumps({"seconds": seconds, "megabytes": _find_peak() / 1_000_000}))


def _find_peak() -> int:
    """The most memory that this process had, in bytes.

    Linux counts that of the parent into what `getrusage` says, so its own file is asked.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(kilobytes) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
