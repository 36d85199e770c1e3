"""The sample that goes all the way, from documents to a submitted statement.

Documents, datapoints, a feedstock type, a component of its own, entries from their template with
one more component and one less, and the statement over them.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.sandbox.documents import Document
from importer.sandbox.isometric.attributions import list_of_entry
from importer.sandbox.isometric.kinds import (
    COMPONENT,
    DATAPOINT,
    ENTRY,
    FEEDSTOCK_TYPE,
    SOURCE,
    STATEMENT,
)
from importer.sandbox.server import Running
from support.closing import REPORT, UNNEEDED, build_closed_month
from support.evidence import build_evidence
from tests.cli.shell import Processes, writes

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAME = "biochar-plant-october-to-submit.xlsx"
ON_SANDBOX = ("--target", "sandbox")


def test_from_documents_to_a_submitted_statement(
    here: Running, folder: Path, processes: Processes
) -> None:
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    rows = sum(len(table) for table in build_closed_month().values()) - 1
    imported = processes("import", NAME, *ON_SANDBOX)
    assert (imported.code, imported.err) == (0, "")
    told = " ".join(imported.out.split())
    assert f"all {rows} rows are in order; 1 row is left for the command submit." in told
    assert not here.store.select(STATEMENT)

    submitted = processes("submit", NAME, *ON_SANDBOX, "--yes")
    assert submitted.code == 0
    assert f"{NAME}: all {rows + 1} rows are in order.\n" in submitted.out
    _check_what_is_there(here)
    results = load_workbook(folder / NAME.replace(".xlsx", ".results.xlsx"))["Statements"]
    assert [cell.value for cell in results[2]][3:] == [
        "created",
        here.store.select(STATEMENT)[0].id,
        "Made and submitted.",
        "AWAITING_VERIFICATION",
    ]

    before = writes(here)
    for verb in (("import",), ("submit", "--yes")):
        assert processes(verb[0], NAME, *ON_SANDBOX, *verb[1:]).code == 0
    assert writes(here) == before


def _counting(twin: Running, entries: Mapping[str, Document]) -> list[tuple[str, str, float]]:
    """Which entries the dryer and the gas count to, and how much."""
    names = {each.id: each.body["display_name"] for each in twin.store.select(COMPONENT)}
    return sorted(
        (str(entry.reference), names[own.body["component_id"]], own.body["attribution_factor"])
        for entry in entries.values()
        for own in list_of_entry(twin.store, entry.id)
        if names[own.body["component_id"]] in ("Rented belt dryer", UNNEEDED)
    )


def _check_what_is_there(twin: Running) -> None:
    """Every part stands on the one below it, down to the bytes."""
    (statement,) = twin.store.select(STATEMENT)
    entries = {each.id: each for each in twin.store.select(ENTRY)}
    (feedstock,) = (
        each
        for each in twin.store.select(FEEDSTOCK_TYPE)
        if each.body["name"] == "Spruce thinnings"
    )
    sources = {each.id: each for each in twin.store.select(SOURCE)}
    cited = [each for each in twin.store.select(DATAPOINT) if each.body["source_ids"]]
    contents = set(build_evidence().values())
    assert statement.body["status"] == "AWAITING_VERIFICATION"
    assert statement.body["ghg_statement_report_url"] == REPORT
    assert set(statement.body["_members"]) == set(entries)
    assert len(entries) == 2
    assert {each.body["feedstock_type_id"] for each in entries.values()} == {feedstock.id}
    assert cited
    assert {own for each in cited for own in each.body["source_ids"]} <= set(sources)
    assert not any(each.body["_awaited"] for each in sources.values())
    assert _counting(twin, entries) == [
        ("NB-2026-10-B1", "Natural gas for start-up", 1.0),
        ("NB-2026-10-B1", "Rented belt dryer", 0.4),
        ("NB-2026-10-B2", "Rented belt dryer", 0.6),
    ]
    lengths = {len(each) for each in contents}
    assert {each.body["_content_length"] for each in sources.values()} <= lengths
