"""The command `submit`: closes periods, which cannot be undone."""

from pathlib import Path

import click

from importer.cli.commands.stating import takes_conventions


@click.command(short_help="Make a statement, and hand it to the verifier.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--target", metavar="NAME", help="Where the statement goes, such as sandbox.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings file (importer.toml).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--draft-only", is_flag=True, help="Stop after the draft.")
@click.option("--yes", "agreed", is_flag=True, help="Agree to every step; for jobs.")
@click.option(
    "--results",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the results workbook; else it lies beside the file.",
)
@takes_conventions
def submit(
    *,
    file: Path,
    target: str | None,
    config: Path | None,
    as_json: bool,
    draft_only: bool,
    agreed: bool,
    results: Path | None,
    dates: str | None,
    decimal: str | None,
) -> int:
    """Make or adopt the statements of a workbook, and hand them to the verifier.

    A submission cannot be taken back, so each step asks for a yes. All other rows have to be at
    the service as they stand: import first.
    """
    from importer.cli.asked import Asked
    from importer.cli.run import run_submit
    from importer.flows.session import Options
    from importer.model.manner import read_conventions

    asked = Asked(
        verb="submit",
        files=(file,),
        target=target,
        config=config,
        as_json=as_json,
        results=results,
        options=Options(conventions=read_conventions(dates, decimal)),
        draft_only=draft_only,
        agreed=agreed,
    )
    return run_submit(asked).code
