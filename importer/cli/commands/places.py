"""The commands about where records go: targets, runs, sandbox."""

from pathlib import Path

import click

_CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file (importer.toml)."
)


@click.command(short_help="Settings of a target, and whether its services answer.")
@click.argument("name", required=False)
@_CONFIG
def targets(*, name: str | None, config: Path | None) -> int:
    """Show a target's settings, where each came from, and one harmless read per service.

    Without NAME: the targets that there are.
    """
    from importer.cli.places import list_targets, show_target

    return show_target(name, config) if name else list_targets(config)


@click.command(short_help="What was sent, when, and with what answer.")
@click.argument("run", required=False, type=int)
@click.option("--last", default=20, show_default=True, help="How many runs to list.")
def runs(*, run: int | None, last: int) -> int:
    """List the runs of the ledger, or show what one RUN sent."""
    from importer.cli.places import list_runs, show_run

    return list_runs(last) if run is None else show_run(run)


@click.command(short_help="The local twin of both services, as a server.")
@click.option("--port", default=0, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option("--reset", is_flag=True, help="Begin with an empty account.")
@click.option(
    "--faults",
    default="",
    metavar="NAMES",
    help="Rehearse trouble: any of slow,429,5xx,lost, parted by commas.",
)
@click.option("--seed", default=1, show_default=True, help="Chance of the faults.")
def sandbox(*, port: int, reset: bool, faults: str, seed: int) -> int:
    """Serve a local twin of Cula and Isometric until Ctrl-C, and print the variables to use it."""
    from importer.cli.sandbox import serve_sandbox

    return serve_sandbox(port=port, reset=reset, faults=faults, seed=seed)
