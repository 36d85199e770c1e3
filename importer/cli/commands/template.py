"""The command `template`: an empty workbook to fill in."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

_DAY = click.DateTime(formats=["%Y-%m-%d"])


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
    "--with-existing",
    is_flag=True,
    help="Fill in what the account has, ready to be corrected: a changed cell is an update. "
    "Import it on this machine, whose ledger knows what was read: on another one, a changed "
    "cell is a conflict. With --config or --entry-template, only records made from those.",
)
@click.option(
    "--from",
    "first",
    type=_DAY,
    metavar="DATE",
    help="With --with-existing: nothing that ended before this day, such as 2025-10-01.",
)
@click.option(
    "--to",
    "last",
    type=_DAY,
    metavar="DATE",
    help="With --with-existing: nothing that began after this day, such as 2025-10-31.",
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
    with_existing: bool,
    first: datetime | None,
    last: datetime | None,
    old: Path | None,
) -> int:
    """Write an empty workbook: what to fill in where stands on its first sheet.

    Or one with what the account has (--with-existing).

    BOOK is carbon-import (all sheets), cula, or isometric. With a target, its lists offer what
    the account has: sites, configs, entry templates, feedstock types and sources by name.
    With --upgrade it is not empty: it holds the rows of a filled workbook.
    """
    if old is not None:
        from importer.cli.upgrading import run_upgrade
        from importer.resources.catalog import CATALOG

        _refuse_unknown(book, [each.name for each in CATALOG.books])
        _refuse_beside_upgrade(
            old, output, [*configs, *entry_templates], extras, with_existing=with_existing
        )
        _refuse_place(output, force=force)
        return run_upgrade(old, output, book=book, target=target)
    from importer.cli.speech import say, spell
    from importer.flows.template import write_template
    from importer.resources.catalog import CATALOG

    asked = {"emission-log-config": configs, "ghg-entry-template": entry_templates}
    _refuse_asked(target, asked)
    _refuse_days(target, first, last, with_existing=with_existing)

    names = [each.name for each in CATALOG.books]
    _refuse_unknown(book, names)
    _refuse_place(output, force=force)
    wanted = [each.strip().lower() for each in extras.split(",") if each.strip()]
    _refuse_strange(wanted, CATALOG.extras_of(CATALOG.book(book or names[0])))
    if target is not None and with_existing:
        from importer.cli.prefilling import fetch_existing

        whole = replace(CATALOG.book(book or names[0]), extras=tuple(wanted))
        days = (first.date() if first else None, last.date() if last else None)
        return fetch_existing(target, asked, whole, output, days)
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
    from importer.cli.choice import choose
    from importer.flows.template import write_account_template
    from importer.resources.catalog import CATALOG
    from importer.settings.state import find_state

    return write_account_template(
        CATALOG,
        book,
        output,
        extras,
        chosen=choose(target),
        state=find_state(os.environ),
        asked=asked,
        at=datetime.now(UTC),
    )


def _refuse_days(
    target: str | None, first: datetime | None, last: datetime | None, *, with_existing: bool
) -> None:
    """What is there is there at a target; days are of what is there, and in their order."""
    if with_existing and target is None:
        raise click.UsageError("Whose records? Name the target, such as --target sandbox.")
    if (first or last) and not with_existing:
        raise click.UsageError(
            "--from and --to say which records are filled in: pass --with-existing, too."
        )
    if first and last and first > last:
        raise click.UsageError(
            f"--from {first:%Y-%m-%d} is after --to {last:%Y-%m-%d}. Swap them, or correct one."
        )


def _refuse_beside_upgrade(
    old: Path, output: Path, asked: Sequence[str], extras: str, *, with_existing: bool
) -> None:
    """What an upgraded workbook is made of stands in the old one, which stays as it is."""
    if with_existing:
        raise click.UsageError(
            "An upgrade has the rows of the old workbook: leave --with-existing out."
        )
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
