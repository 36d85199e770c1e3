"""A warm process: all of the importer is imported, nothing is open, no second thread runs.

It reads one JSON command a line, forks, and has the child do the real import; the child is killed,
stopped, or ends. The answer is one JSON line: how it ended, and what the import reported.
A child that has stopped waits for `{"then": "wake"}` or `{"then": "kill"}`.
"""

import gc
import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from importer.flows import creating, recovery, settling, writing
from importer.flows.check import check_file
from importer.flows.connection import THREADS, now, open_session
from importer.flows.importing import import_file, refuse_unset_services
from importer.flows.session import Options
from importer.flows.twin import as_target
from importer.model.event import ignore
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.sandbox.facts import Running
from importer.settings.state import State
from reliability.arming import Watch, arm, put
from reliability.books import build_many
from reliability.points import Strike
from reliability.sabotage import SABOTAGES

Command = Mapping[str, Any]

PAUSES = (0.02, 0.04, 0.08)
"""Seconds before each look after doubt, in the place of the product's 1, 2 and 4."""


def main() -> None:
    """Serve commands until the input ends."""
    _warm_up()
    # What is imported stays as it is, so the children share its memory.
    gc.collect()
    gc.freeze()
    for command in _commands():
        with tempfile.TemporaryFile("w+") as told:
            child = _fork(command, told)
            while _answer(child, told):
                # Nothing but its end or its waking can be meant now.
                word = json.loads(sys.stdin.readline())["then"]
                os.kill(child, signal.SIGKILL if word == "kill" else signal.SIGCONT)


def _warm_up() -> None:
    """Load what the first check of a workbook loads, so that no child has to; then say so."""
    with tempfile.TemporaryDirectory() as folder:
        path = build_many(1).write(Path(folder) / "first.xlsx")
        check_file(path, CATALOG, zone="UTC", now=now())
    _say({"is_ready": True})


def _commands() -> Iterator[Command]:
    while line := sys.stdin.readline():
        yield json.loads(line)


def _fork(command: Command, told: IO[str]) -> int:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        # The standard output is the parent's conversation.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        json.dump(_try(command), told)
        told.flush()
        os._exit(0)
    return child


def _try(command: Command) -> dict[str, Any]:
    try:
        return _import(command)
    except BaseException:  # noqa: BLE001 (whatever it was, the campaign has to hear of it)
        return {"broken": traceback.format_exc()}


def _import(command: Command) -> dict[str, Any]:
    """What the command line does with one file."""
    watch = Watch(strike=Strike.read(command["strike"]))
    for name in command["sabotages"]:
        SABOTAGES[name]()
    arm(watch)
    put(writing, "LEASE", timedelta(seconds=command["lease"]))
    # The sandbox shows a write at once; waiting seconds for each kill would show nothing more.
    for owner in (creating, settling, recovery):
        put(owner, "PAUSES", PAUSES)
    path, folder = Path(command["workbook"]), Path(command["state"])
    target = as_target(Running.read(command["url"], command["facts"]), "a campaign")
    state = State(folder=folder, database_url=f"sqlite:///{folder / 'ledger.sqlite'}")
    file = check_file(path, CATALOG, zone=target.time_zone, now=now())
    with open_session(
        target, catalog=CATALOG, state=state, options=Options(), listener=ignore
    ) as opened:
        threads = dict.fromkeys(THREADS, command["threads"]) if command["threads"] else THREADS
        session = replace(opened, threads=threads)
        refuse_unset_services(session, [file])
        report = import_file(session, file, results=None)
    return {"report": _tell(report), "passed": dict(watch.passed), "steps": watch.steps}


def _tell(report: FileReport) -> dict[str, Any]:
    return {
        "outcomes": [
            [each.sheet, each.row, each.key, each.status.value, each.id] for each in report.outcomes
        ],
        "problems": [
            f"{each.code} {each.place.sheet}!{each.place.row}" for each in report.all_problems
        ],
        "stopped": list(report.stopped),
        "results": report.results,
    }


def _answer(child: int, told: IO[str]) -> bool:
    """Tell how the child ended; whether it has only stopped."""
    _, status = os.waitpid(child, os.WUNTRACED)
    is_stopped = os.WIFSTOPPED(status)
    told.seek(0)
    ended = {
        "is_stopped": is_stopped,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        **(json.loads(told.read() or "{}")),
    }
    _say(ended)
    return is_stopped


def _say(words: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
