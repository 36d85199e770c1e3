"""What `template --upgrade` does: a workbook of an earlier version becomes one of this."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from importer.cli.asked import Asked
from importer.cli.choice import choose
from importer.cli.ending import end, say_report
from importer.cli.speech import say, spell
from importer.flows.upgrading import Upgraded, needs_account, upgrade, upgrade_for
from importer.model.report import FileReport
from importer.resources.catalog import CATALOG
from importer.settings.state import find_state
from importer.sheets.own import CHANGES
from importer.sheets.upgrade.changes_page import count_changes
from importer.sheets.upgrade.old_workbook import OldWorkbook, read_old_workbook


def run_upgrade(source: Path, output: Path, *, book: str | None, target: str | None) -> int:
    """Upgrade a workbook, and say what came of it."""
    old = read_old_workbook(source, CATALOG)
    if not old.problems:
        _refuse_other_book(old, book)
        _refuse_without_account(old, source, target)
        made = _upgrade(old, source, output, target)
    else:
        made = Upgraded(problems=old.problems)
    return _refuse(made, source) if made.problems else _tell(made)


def _upgrade(old: OldWorkbook, source: Path, output: Path, target: str | None) -> Upgraded:
    if target is None:
        return upgrade(CATALOG, old, source, output)
    return upgrade_for(
        CATALOG,
        old,
        source,
        output,
        chosen=choose(target),
        state=find_state(os.environ),
        at=datetime.now(UTC),
    )


def _refuse_other_book(old: OldWorkbook, book: str | None) -> None:
    known = [each.name for each in CATALOG.books]
    made_of = old.meta.get("book", "")
    if book is not None and book != (made_of if made_of in known else known[0]):
        raise click.UsageError(
            f"The old workbook is made of the book {made_of or known[0]}, and an upgrade stays "
            f"with it: leave {book} out."
        )


def _refuse_without_account(old: OldWorkbook, source: Path, target: str | None) -> None:
    if target is None and needs_account(old):
        named = old.meta.get("target", "") or "sandbox"
        raise click.UsageError(
            f"{source} was made for an account, and is upgraded for it: name it, such as "
            f"--target {named}."
        )


def _refuse(made: Upgraded, source: Path) -> int:
    """Say why there is none as a check would: what is to be done is the same."""
    report = FileReport(file=str(source), verb="check", problems=made.problems)
    say_report(report, source.name)
    asked = Asked(verb="check", files=(source,), target=None, config=None, as_json=False)
    return end(asked, [report])


def _tell(made: Upgraded) -> int:
    rows = "1 row was" if made.rows == 1 else f"{made.rows:,} rows were"
    then = spell(["importer", "check", str(made.path)])
    say(
        f"Wrote {made.path}. {rows} carried over; {count_changes(made.changes)}, each with its "
        f"line on the sheet {CHANGES}."
        if made.changes
        else f"Wrote {made.path}. {rows} carried over; nothing changed."
    )
    say(f"Next: look at it, then:\n  {then}")
    return 0
