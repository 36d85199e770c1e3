"""Processes of their own, measured from outside or by themselves."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a piece of work cost: processor seconds (user and system), and peak memory in MB."""

    seconds: float
    megabytes: float


def time_process(command: Sequence[str]) -> float:
    """Processor seconds of a whole Python process. Raises where it fails."""
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def time_both(ours: Sequence[str], plain: Sequence[str], runs: int) -> tuple[float, float]:
    """The medians of both, run in turn so that the machine's moods hit both alike."""
    pairs = [(time_process(ours), time_process(plain)) for _ in range(runs)]
    first, second = zip(*pairs, strict=True)
    return statistics.median(first), statistics.median(second)


def measure(work: Sequence[str]) -> Cost:
    """Run work that prints its own cost, imports left out. Raises where it fails."""
    done = subprocess.run([sys.executable, *work], check=True, stdout=subprocess.PIPE)
    return Cost(**json.loads(done.stdout))


def compare(ours: Sequence[str], plain: Sequence[str], runs: int) -> tuple[Cost, Cost]:
    """The medians of both pieces of work, run in turn."""
    pairs = [(measure(ours), measure(plain)) for _ in range(runs)]
    return median(first for first, _ in pairs), median(second for _, second in pairs)


def median(costs: Iterable[Cost]) -> Cost:
    """Of seconds and of memory, each by itself."""
    each = tuple(costs)
    return Cost(
        seconds=statistics.median(cost.seconds for cost in each),
        megabytes=statistics.median(cost.megabytes for cost in each),
    )
