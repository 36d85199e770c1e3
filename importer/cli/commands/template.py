"""The command `template`: an empty workbook to fill in."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
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
@click.option(
    "--with",
    "extras",
    metavar="SHEETS",
    default="",
    help="Sheets on request, parted by commas: feedstock-types, components, statements.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--target", metavar="NAME", help="Whose account it is made for, such as sandbox.")
@click.option(
    "--config",
    "configs",
    metavar="NAME",
    multiple=True,
    help="A column for each data point of this emission log config; several get a sheet each.",
)
@click.option(
    "--entry-template",
    "entry_templates",
    metavar="NAME",
    multiple=True,
    help="A column for each input of this GHG entry template; several get a sheet each.",
)
@click.option(
    "--upgrade",
    "old",
    metavar="OLD.xlsx",
    type=click.Path(path_type=Path),
    help="Carry this filled workbook of an earlier version over, and list every change.",
)
def template(
    *,
    book: str | None,
    output: Path,
    extras: str,
    force: bool,
    target: str | None,
    configs: Sequence[str],
    entry_templates: Sequence[str],
    old: Path | None,
) -> int:
    """Write an empty workbook: what to fill in where stands on its first sheet.

    BOOK is carbon-import (all sheets), cula, or isometric. With a target, its lists offer what
    the account has: sites, configs, entry templates and feedstock types by name.
    With --upgrade it is not empty: it holds the rows of a filled workbook.
    """
    if old is not None:
        from importer.cli.upgrading import run_upgrade
        from importer.resources.catalog import CATALOG

        _refuse_unknown(book, [each.name for each in CATALOG.books])
        _refuse_beside_upgrade(old, output, [*configs, *entry_templates], extras)
        _refuse_place(output, force=force)
        return run_upgrade(old, output, book=book, target=target)
    from importer.cli.speech import say, spell
    from importer.flows.template import write_template
    from importer.resources.catalog import CATALOG

    asked = {"emission-log-config": configs, "ghg-entry-template": entry_templates}
    _refuse_asked(target, asked)

    names = [each.name for each in CATALOG.books]
    _refuse_unknown(book, names)
    _refuse_place(output, force=force)
    wanted = [each.strip().lower() for each in extras.split(",") if each.strip()]
    _refuse_strange(wanted, CATALOG.extras_of(CATALOG.book(book or names[0])))
    if target is None:
        written = write_template(CATALOG, book or names[0], output, wanted)
    else:
        written = _write_for(target, asked, book or names[0], output, wanted)
    then = spell(["importer", "check", str(written)])
    say(f"Wrote {written}.\nNext: fill it in, then:\n  {then}")
    return 0


def _write_for(
    target: str, asked: Mapping[str, Sequence[str]], book: str, output: Path, extras: Sequence[str]
) -> Path:
    """A template that is made for the account of a target."""
    from importer.flows.template import write_account_template
    from importer.resources.catalog import CATALOG
    from importer.settings.choice import choose_target
    from importer.settings.state import find_state

    return write_account_template(
        CATALOG,
        book,
        output,
        extras,
        chosen=choose_target(target, config=None, environ=os.environ, folder=Path.cwd()),
        state=find_state(os.environ),
        asked=asked,
        at=datetime.now(UTC),
    )


def _refuse_beside_upgrade(old: Path, output: Path, asked: Sequence[str], extras: str) -> None:
    """What an upgraded workbook is made of stands in the old one, which stays as it is."""
    if asked:
        raise click.UsageError(
            "An upgrade has the sheets of the old workbook: leave --config and --entry-template "
            "out, or make an empty template with them instead."
        )
    if extras.strip():
        raise click.UsageError(
            "An upgrade has the sheets on request of the old workbook: leave --with out."
        )
    if output.resolve() == old.resolve():
        raise click.UsageError(
            f"{old} is the old workbook, which stays as it is. Name another file with -o."
        )


def _refuse_asked(target: str | None, asked: Mapping[str, Sequence[str]]) -> None:
    """Names of an account need one."""
    if target is None and any(asked.values()):
        raise click.UsageError("Which account? Name it, such as --target sandbox.")


def _refuse_unknown(book: str | None, names: list[str]) -> None:
    """Only books that there are."""
    from importer.settings.setting import suggest

    if book is not None and book not in names:
        near = suggest(book, names).strip()
        raise click.BadParameter(f"{book} is none of {', '.join(names)}. {near}", param_hint="BOOK")


def _refuse_strange(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Only sheets that the book can have."""
    from importer.settings.setting import suggest

    for each in wanted:
        if each not in known:
            words = f"is none of {', '.join(known)}" if known else "goes into another book"
            near = suggest(each, known).strip()
            raise click.BadParameter(f"{each} {words}. {near}", param_hint="--with")


def _refuse_place(output: Path, *, force: bool) -> None:
    """Only a name that spreadsheet programs open, in a folder that is there, and a free one."""
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(
            f"A template is an .xlsx file. Name it {output.with_suffix('.xlsx')}, for example."
        )
    if not output.parent.is_dir():
        raise click.UsageError(f"The folder {output.parent} is not there. Make it first.")
    if output.exists() and not force:
        raise click.UsageError(f"{output} is there already. Name another file, or pass --force.")
