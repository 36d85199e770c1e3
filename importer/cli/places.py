"""What the commands `targets` and `runs` do."""

import os
from pathlib import Path

import click

from importer.cli.run import IN_ORDER, NOT_IN_ORDER
from importer.flows.history import read_run, read_runs
from importer.flows.targets import Inspected, inspect_target
from importer.reporting.history import render_run, render_runs
from importer.settings.choice import SANDBOX, choose_target
from importer.settings.profiles import find_profiles
from importer.settings.state import find_state


def list_targets(config: Path | None) -> int:
    """The targets that there are."""
    known = find_profiles(config, Path.cwd())
    click.echo(f"{SANDBOX}  built in: a local twin of both services")
    for name in known.named:
        click.echo(f"{name}  from {known.source}")
    click.echo(f"Next: importer targets {next(iter(known.named), SANDBOX)}")
    return IN_ORDER


def show_target(name: str, config: Path | None) -> int:
    """One target; 1 where a service does not let us in."""
    chosen = choose_target(name, config=config, environ=os.environ, folder=Path.cwd())
    inspected = inspect_target(chosen, find_state(os.environ))
    click.echo(f"Target {inspected.target.name}, settings from {inspected.target.origin}")
    _show_settings(inspected)
    for probe in inspected.probes:
        if probe.failure:
            click.echo(f"✗ {probe.service}: {probe.failure} {probe.remedy}")
        else:
            click.echo(f"✓ {probe.service}: it answers; organisation {probe.organisation}")
    failed = any(probe.failure for probe in inspected.probes)
    if not failed:
        click.echo(f"Next: importer plan FILE --target {name}")
    return NOT_IN_ORDER if failed else IN_ORDER


def _show_settings(inspected: Inspected) -> None:
    width = max(map(len, inspected.settings))
    for setting, value in inspected.settings.items():
        origin = inspected.target.origins.get(setting, "")
        source = f"   ({origin})" if origin else ""
        click.echo(f"  {setting.ljust(width)}  {value}{source}")


def list_runs(last: int) -> int:
    """The last runs."""
    click.echo(render_runs(read_runs(find_state(os.environ), last)))
    return IN_ORDER


def show_run(number: int) -> int:
    """One run."""
    past = read_run(find_state(os.environ), number)
    click.echo(render_run(past.run, past.operations))
    return IN_ORDER
