"""A template with what is there: untouched it is unchanged, and a correction is an update."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.flows.present import build_days
from importer.flows.with_existing import Prefill, write_existing
from importer.resources.catalog import CATALOG
from support.desk import Desk, problems, statuses
from support.plant import build_month
from tests.flows.months import save_whole

CONFIG, TEMPLATE = "emission-log-config", "ghg-entry-template"


def fetch(
    desk: Desk,
    asked: Mapping[str, str] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[Path, Prefill]:
    """A template of the default book with what the desk's account holds."""
    path = desk.folder / "there.xlsx"
    told = write_existing(
        desk.session,
        CATALOG.books[0],
        path,
        asked=asked or {},
        days=build_days(first, last),
    )
    return path, told


def cells(path: Path, title: str) -> list[dict[str, object]]:
    """The rows of a sheet by header."""
    head, *rows = load_workbook(path)[title].iter_rows(values_only=True)
    return [
        {str(name).rstrip("*"): value for name, value in zip(head, row, strict=True)}
        for row in rows
        if any(each is not None for each in row)
    ]


@pytest.mark.parametrize(
    "asked",
    [{}, {CONFIG: "Diesel", TEMPLATE: "Biochar production batch"}],
    ids=["rows", "columns"],
)
def test_untouched_all_is_unchanged(desk: Desk, asked: Mapping[str, str]) -> None:
    assert set(desk.import_(save_whole(desk, build_month())).counts) == {"created"}
    written = desk.writes()
    desk.forget()
    path, told = fetch(desk, asked)
    report = desk.plan(path)
    assert set(desk.plan(path).counts) == {"unchanged"}
    assert set(desk.import_(path).counts) == {"unchanged"}
    assert desk.writes() == written
