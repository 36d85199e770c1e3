"""Every template that was ever released, empty and filled, becomes a workbook of today."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer import __version__
from importer.flows.upgrading import needs_account
from importer.resources.catalog import CATALOG
from importer.sheets.upgrade.old_workbook import read_old_workbook
from support.desk import Desk
from support.upgrades import changes, lost, upgrade

RELEASED = Path(__file__).resolve().parents[1] / "templates_released"
FILES = sorted(RELEASED.glob("*/*.xlsx"))
FILLED = [each for each in FILES if each.name.startswith("filled")]


def copy(source: Path, desk: Desk) -> Path:
    return Path(shutil.copyfile(source, desk.folder / source.name))


def upgraded(path: Path, desk: Desk) -> Path:
    is_of_account = needs_account(read_old_workbook(path, CATALOG))
    return upgrade(path, desk if is_of_account else None)


def test_the_templates_of_this_version_are_kept() -> None:
    """`python tests/freeze.py` keeps them when there is a new version."""
    kept = {each.name for each in (RELEASED / __version__).glob("*.xlsx")}
    assert kept >= {f"{book.name}.xlsx" for book in CATALOG.books}
    assert kept >= {"filled.xlsx", "filled-for-an-account.xlsx"}


@pytest.mark.parametrize("source", FILES, ids=lambda each: f"{each.parent.name}/{each.stem}")
def test_no_filled_cell_is_lost(source: Path, desk: Desk) -> None:
    path = copy(source, desk)
    new = upgraded(path, desk)
    assert lost(path, new) == []
    assert read_old_workbook(new, CATALOG).meta["template version"] == __version__


@pytest.mark.parametrize("source", FILLED, ids=lambda each: f"{each.parent.name}/{each.stem}")
def test_a_check_has_no_more_to_say_than_before(source: Path, desk: Desk) -> None:
    path = copy(source, desk)
    said = [
        Counter((each.code, str(each.place)) for each in desk.report_check(each).all_problems)
        for each in (path, upgraded(path, desk))
    ]
    assert sum(said[0].values()) > 0 or "account" in source.name
    assert said[1] <= said[0]


def test_this_versions_own_filled_workbook_has_no_changes(desk: Desk) -> None:
    path = copy(RELEASED / __version__ / "filled.xlsx", desk)
    new = upgrade(path)
    assert changes(new) == []
    said = [cell.value for row in load_workbook(new)["Changes"].iter_rows() for cell in row]
    assert "Nothing changed: every filled cell stands where it stood." in said


def test_a_filled_workbook_for_an_account_goes_in_after_its_upgrade(desk: Desk) -> None:
    path = copy(RELEASED / __version__ / "filled-for-an-account.xlsx", desk)
    first = desk.import_(path)
    assert set(first.counts) == {"created"}
    before = desk.writes()
    again = desk.import_(upgrade(Path(first.results), desk))
    assert set(again.counts) == {"unchanged"}
    assert desk.writes() == before
