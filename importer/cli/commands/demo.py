"""The command `demo`: the main job on an embedded sandbox, with nothing to configure."""

from pathlib import Path

import click


@click.command(short_help="The main job on a sandbox, nothing to configure.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the demo's files; else a temporary one.",
)
def demo(*, keep: Path | None) -> int:
    """Import a month of a biochar plant, import it again, then the same month with mistakes.

    Everything happens in a folder of its own: your settings and your ledger are not touched.
    """
    from importer.cli.demonstration import show_demo

    return show_demo(keep)
