"""What the commands `targets` and `runs` do."""

import os
from pathlib import Path

from importer.cli.choice import choose
from importer.cli.ending import IN_ORDER, NOT_IN_ORDER
from importer.cli.speech import say, spell
from importer.flows.history import read_run, read_runs
from importer.flows.targets import Inspected, inspect_target
from importer.reporting.history import render_run, render_runs
from importer.settings.choice import SANDBOX
from importer.settings.profiles import find_profiles
from importer.settings.state import find_state


def list_targets(config: Path | None) -> int:
    """The targets that there are."""
    known = find_profiles(config, Path.cwd())
    say(f"{SANDBOX}  built in: a local twin of both services")
    for name in known.named:
        say(f"{name}  from {known.source}")
    first = next(iter(known.named), SANDBOX)
    say(f"\nNext: see one, and whether it answers:\n  {_see(first, config)}")
    return IN_ORDER


def show_target(name: str, config: Path | None) -> int:
    """One target; 1 where a service does not let us in."""
    chosen = choose(name, config)
    inspected = inspect_target(chosen, find_state(os.environ))
    say(f"Target {inspected.target.name}; settings: {inspected.target.origin}.")
    _show_settings(inspected)
    for probe in inspected.probes:
        if probe.failure:
            say(f"✗ {probe.service}: {probe.failure} {probe.remedy}")
        else:
            say(f"✓ {probe.service}: it answers; organisation {probe.organisation}")
    failed = any(probe.failure for probe in inspected.probes)
    if failed:
        say(f"\nNext: mend what is named above, then:\n  {_see(name, config)}")
    else:
        say(f"\nNext:\n  {spell(['importer', 'plan', 'FILE', *_at(name, config)])}")
    return NOT_IN_ORDER if failed else IN_ORDER


def _see(name: str, config: Path | None) -> str:
    """The command that shows a target."""
    return spell(["importer", "targets", name, *_config(config)])


def _at(name: str, config: Path | None) -> list[str]:
    return ["--target", name, *_config(config)]


def _config(config: Path | None) -> list[str]:
    return ["--config", str(config)] if config else []


def _show_settings(inspected: Inspected) -> None:
    width = max(map(len, inspected.settings))
    for setting, value in inspected.settings.items():
        origin = inspected.target.origins.get(setting, "")
        source = f"   ({origin})" if origin else ""
        say(f"  {setting.ljust(width)}  {value}{source}")


def list_runs(last: int) -> int:
    """The last runs."""
    say(render_runs(read_runs(find_state(os.environ), last)))
    return IN_ORDER


def show_run(number: int) -> int:
    """One run."""
    past = read_run(find_state(os.environ), number)
    say(render_run(past.run, past.operations, past.messages, spell=spell))
    return IN_ORDER
