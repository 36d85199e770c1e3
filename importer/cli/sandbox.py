"""What the command `sandbox` does: serves the local twin until it is stopped."""

import os
import signal
import threading

import click

from importer.cli.ending import IN_ORDER
from importer.cli.speech import say
from importer.flows.twin import serve_twin
from importer.sandbox.rehearsals import NAMES
from importer.settings.state import find_state


def serve_sandbox(*, port: int, reset: bool, faults: str, seed: int) -> int:
    """Serve the sandbox, and print the variables that point the other commands at it."""
    names = [each.strip() for each in faults.split(",") if each.strip()]
    unknown = [each for each in names if each not in NAMES]
    if unknown:
        known = ", ".join(NAMES)
        raise click.BadParameter(f"{unknown[0]} is none of {known}.", param_hint="--faults")
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    database = find_state(os.environ).sandbox_database
    with serve_twin(database, port=port, faults=names, seed=seed) as started:
        twin = started.reset() if reset else started
        say(f"The sandbox answers at {twin.url}. Its records are in {database}.")
        if names:
            say(f"Rehearsing: {', '.join(names)} (seed {seed}).")
        for name, value in twin.variables().items():
            say(f"export {name}={value}")
        say("Stop it with Ctrl-C. Other commands find it with: --target sandbox")
        try:
            stopped.wait()
        except KeyboardInterrupt:
            say("Stopped.")
    return IN_ORDER
