"""Whole processes, timed by the operating system's own accounting of each."""

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one process cost: processor seconds (user and system), and peak memory in MB."""

    seconds: float
    megabytes: float


def run_once(command: Sequence[str]) -> Cost:
    """Run a Python command and wait for it. Raises where it fails."""
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return Cost(seconds=usage.ru_utime + usage.ru_stime, megabytes=usage.ru_maxrss / unit)


def compare(ours: Sequence[str], plain: Sequence[str], runs: int) -> tuple[Cost, Cost]:
    """The medians of both, run in turn so that the machine's moods hit both alike."""
    pairs = [(run_once(ours), run_once(plain)) for _ in range(runs + 1)][1:]
    return _median([first for first, _ in pairs]), _median([second for _, second in pairs])


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        seconds=statistics.median(cost.seconds for cost in costs),
        megabytes=statistics.median(cost.megabytes for cost in costs),
    )
