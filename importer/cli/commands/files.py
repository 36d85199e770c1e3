"""The commands over files: check, plan, import, refresh. Heavy rooms are imported when they run."""

from pathlib import Path

import click

from importer.cli.commands.stating import takes_conventions

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_TARGET = click.option("--target", metavar="NAME", help="Where the records go, such as sandbox.")
_CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file (importer.toml)."
)
_OVERLAP = click.option(
    "--allow-overlap", is_flag=True, help="Let overlapping periods under other ids pass."
)
_OVERWRITE = click.option(
    "--overwrite", is_flag=True, help="Send the workbook's values although the service changed."
)
_TRUST = click.option(
    "--trust-ledger", is_flag=True, help="Do not ask for rows that were confirmed before."
)
_CREATE_ONLY = click.option("--create-only", is_flag=True, help="Never update existing records.")


_WAIT = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for figures that are still calculated.",
)
_NO_WAIT = click.option("--no-wait", is_flag=True, help="Do not wait for such figures.")


def _read_addresses(
    _context: click.Context, _option: click.Parameter, found: tuple[str, ...]
) -> tuple[str, ...]:
    """Plain addresses, or wrong usage."""
    from importer.model.mail import is_address

    for each in found:
        if not is_address(each):
            raise click.BadParameter(
                f"{each!r} is not one plain address, such as eva@plant.example."
            )
    return found


@click.command(short_help="Every problem of a workbook, without network.")
@_FILES
@_JSON
@_TARGET
@_CONFIG
@takes_conventions
@click.option("--cells", is_flag=True, help="Print each cell as it is read, one JSON line each.")
def check(
    *,
    files: tuple[Path, ...],
    as_json: bool,
    target: str | None,
    config: Path | None,
    dates: str | None,
    decimal: str | None,
    cells: bool,
) -> int:
    """Check workbooks and list every problem with its cell. Needs no network.

    --target only tells the time zone of moments that name none.
    --cells checks nothing: any workbook will do, and its problems are JSON lines on stderr.
    """
    if cells:
        from importer.cli.cells import run_cells

        return run_cells(files)
    from importer.cli.asked import Asked
    from importer.cli.checking import run_check
    from importer.flows.session import Options
    from importer.model.manner import read_conventions

    options = Options(conventions=read_conventions(dates, decimal))
    return run_check(
        Asked(
            verb="check",
            files=files,
            target=target,
            config=config,
            as_json=as_json,
            options=options,
        )
    )


@click.command(short_help="What an import would do; writes nothing.")
@_FILES
@_TARGET
@_CONFIG
@_JSON
@_OVERLAP
@_OVERWRITE
@_CREATE_ONLY
@_TRUST
@takes_conventions
def plan(
    *,
    files: tuple[Path, ...],
    target: str | None,
    config: Path | None,
    as_json: bool,
    allow_overlap: bool,
    overwrite: bool,
    create_only: bool,
    trust_ledger: bool,
    dates: str | None,
    decimal: str | None,
) -> int:
    """Compare workbooks with what the services hold, and say what an import would do."""
    from importer.cli.asked import Asked
    from importer.cli.run import run_plan
    from importer.flows.session import Options
    from importer.model.manner import read_conventions

    options = Options(
        allow_overlap=allow_overlap,
        overwrite=overwrite,
        create_only=create_only,
        trust_ledger=trust_ledger,
        conventions=read_conventions(dates, decimal),
    )
    asked = Asked(
        verb="plan",
        files=files,
        target=target,
        config=config,
        as_json=as_json,
        options=options,
    )
    return run_plan(asked).code


@click.command("import", short_help="Check, plan, send, and write results workbooks.")
@_FILES
@_TARGET
@_CONFIG
@_JSON
@_OVERLAP
@_OVERWRITE
@_CREATE_ONLY
@_TRUST
@click.option("--all-or-nothing", is_flag=True, help="Send only if every row is fine.")
@click.option("--accept-updates", is_flag=True, help="Let many updates at once pass.")
@click.option(
    "--results",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for results workbooks; else they lie beside the files.",
)
@click.option(
    "--email",
    multiple=True,
    metavar="ADDRESS",
    callback=_read_addresses,
    help="Send the outcome there, one message a file. May be given several times.",
)
@click.option("--watch", is_flag=True, help="Stay, and import what comes into the folders.")
@_WAIT
@_NO_WAIT
@takes_conventions
def import_(
    *,
    files: tuple[Path, ...],
    target: str | None,
    config: Path | None,
    as_json: bool,
    allow_overlap: bool,
    overwrite: bool,
    create_only: bool,
    trust_ledger: bool,
    all_or_nothing: bool,
    accept_updates: bool,
    results: Path | None,
    email: tuple[str, ...],
    watch: bool,
    wait: float,
    no_wait: bool,
    dates: str | None,
    decimal: str | None,
) -> int:
    """Send what is missing or changed, exactly once, and write results workbooks.

    FILES may be folders. A row that has a problem stays out; the others go in.
    """
    from importer.cli.asked import Asked
    from importer.cli.run import run_import
    from importer.flows.session import Options
    from importer.model.manner import read_conventions

    options = Options(
        allow_overlap=allow_overlap,
        overwrite=overwrite,
        create_only=create_only,
        trust_ledger=trust_ledger,
        all_or_nothing=all_or_nothing,
        accept_updates=accept_updates,
        conventions=read_conventions(dates, decimal),
    )
    asked = Asked(
        verb="import",
        files=files,
        target=target,
        config=config,
        as_json=as_json,
        options=options,
        results=results,
        email=email,
        watch=watch,
        wait=0 if no_wait else wait,
    )
    if watch:
        from importer.cli.watching import run_watch

        return run_watch(asked)
    return run_import(asked).code


@click.command(short_help="Ask again for figures that were still calculated.")
@click.argument(
    "files", nargs=-1, required=True, metavar="RESULTS...", type=click.Path(path_type=Path)
)
@_TARGET
@_CONFIG
@_JSON
@_WAIT
@_NO_WAIT
def refresh(
    *,
    files: tuple[Path, ...],
    target: str | None,
    config: Path | None,
    as_json: bool,
    wait: float,
    no_wait: bool,
) -> int:
    """Fill in what was still calculated when a results workbook was written.

    RESULTS are results workbooks; they are rewritten in their place. Nothing is sent.
    """
    from importer.cli.asked import Asked
    from importer.cli.refreshing import run_refresh

    asked = Asked(
        verb="refresh",
        files=files,
        target=target,
        config=config,
        as_json=as_json,
        wait=0 if no_wait else wait,
    )
    return run_refresh(asked)
