"""Imports in processes of their own, forked from a warm one, so that each costs no start-up."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importer.sandbox.server import Running
from reliability.points import UNBROKEN, Strike

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LEASE = 60.0
"""Seconds, as in the product."""

# More than one thread in the parent would make a fork a matter of luck.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outcome of a report."""

    sheet: str
    row: int
    key: str
    status: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a process ended. `outcomes` are those of its report, None where it came to none.

    passed, steps: what it passed, if it came to its end.
    broken: the traceback of what should not have been raised.
    """

    is_stopped: bool
    signal: int
    outcomes: tuple[Row, ...] | None = None
    problems: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    results: str = ""
    passed: Mapping[str, int] = field(default_factory=dict)
    steps: int = 0
    broken: str = ""

    @property
    def is_killed(self) -> bool:
        """Whether it was a signal that ended it."""
        return self.signal != 0

    @property
    def statuses(self) -> set[str]:
        """The statuses of the report."""
        return {each.status for each in self.outcomes or ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One import: of which workbook, with which state folder, and what happens to the process.

    threads: records of a service that are sent at once; 0 is what the product takes.
    """

    workbook: Path
    state: Path
    strike: Strike = UNBROKEN
    lease: float = LEASE
    threads: int = 0
    sabotages: Sequence[str] = ()


class Warm:
    """A warm process. One import at a time; take a second one for two at once."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, order: Order, twin: Running) -> None:
        """Have an import begin; `wait` tells how it ended."""
        self._say(
            {
                "workbook": str(order.workbook),
                "state": str(order.state),
                "strike": order.strike.render(),
                "lease": order.lease,
                "threads": order.threads,
                "sabotages": list(order.sabotages),
                "url": twin.url,
                "facts": twin.describe(),
            }
        )

    def wake(self) -> None:
        """Have the import that was stopped go on."""
        self._say({"then": "wake"})

    def kill(self) -> None:
        """Have the import that was stopped end, as by kill -9."""
        self._say({"then": "kill"})

    def wait(self) -> Ended:
        """Wait until the import has ended or stopped. Raises where the warm process is gone."""
        return _read(self.listen())

    def run(self, order: Order, twin: Running) -> Ended:
        """Start, and wait."""
        self.start(order, twin)
        return self.wait()

    def listen(self) -> Mapping[str, Any]:
        """What it says next. Raises where it is gone."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("The warm process has ended.")
        return dict(json.loads(line))

    def _say(self, words: Mapping[str, Any]) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(words) + "\n")
            self._process.stdin.flush()


@contextmanager
def warm() -> Iterator[Warm]:
    """A warm process that is ready, for as long as the context is open."""
    environment = {**os.environ, **dict.fromkeys(_ONE_THREAD, "1")}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(HERE.parent)])
    with subprocess.Popen(
        [sys.executable, "-W", "error::DeprecationWarning:__main__", str(HERE / "zygote.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        # Ctrl-C is for the campaign; what an import makes of it is another test's business.
        start_new_session=True,
    ) as process:
        try:
            started = Warm(process)
            started.listen()
            yield started
        finally:
            # With the child: one that is stopped would never end, and one whose service is gone
            # would wait for it.
            os.killpg(process.pid, signal.SIGKILL)


def _read(facts: Mapping[str, Any]) -> Ended:
    report = facts.get("report")
    rows = report and tuple(
        Row(sheet=sheet, row=row, key=key, status=status, id=own_id)
        for sheet, row, key, status, own_id in report["outcomes"]
    )
    return Ended(
        is_stopped=facts["is_stopped"],
        signal=facts["signal"],
        outcomes=rows if report else None,
        problems=tuple(report["problems"]) if report else (),
        stopped=tuple(report["stopped"]) if report else (),
        results=report["results"] if report else "",
        passed=facts.get("passed", {}),
        steps=facts.get("steps", 0),
        broken=facts.get("broken", ""),
    )
