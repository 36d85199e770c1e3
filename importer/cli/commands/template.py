"""The command `template`: an empty workbook to fill in."""

from pathlib import Path

import click


@click.command(short_help="An empty workbook to fill in.")
@click.argument("book", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where to write it, such as month.xlsx.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def template(*, book: str | None, output: Path, force: bool) -> int:
    """Write an empty workbook: what to fill in where stands on its first sheet.

    BOOK is carbon-import (all sheets), cula, or isometric.
    """
    from importer.flows.template import write_template
    from importer.resources.catalog import CATALOG

    names = [each.name for each in CATALOG.books]
    if book is not None and book not in names:
        raise click.BadParameter(f"{book} is none of {', '.join(names)}.", param_hint="BOOK")
    if output.exists() and not force:
        raise click.UsageError(f"{output} is there already. Name another file, or pass --force.")
    written = write_template(CATALOG, book or names[0], output)
    click.echo(f"Wrote {written}.\nNext: fill it in, then: importer check {written}")
    return 0
