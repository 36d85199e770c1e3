"""The command `serve`: the upload page on this machine."""

from pathlib import Path

import click


@click.command(short_help="The upload page, on this machine.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    help="Port on 127.0.0.1; 0 takes a free one.",
)
@click.option("--target", metavar="NAME", help="Where the records go, such as sandbox.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file (importer.toml).")
@click.option("--open/--no-open", "opens", default=False, help="Open the page in a browser.")
def serve(*, port: int, target: str | None, config: Path | None, opens: bool) -> int:
    """Serve the upload page until Ctrl-C: choose a workbook, see the plan, send, download.

    Nobody but this machine reaches the page. All uploads go to one target.
    """
    from importer.cli.serving import serve_page

    return serve_page(port=port, target=target, config=config, opens=opens)
