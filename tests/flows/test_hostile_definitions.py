"""Definitions in a workbook are anybody's words: whatever stands there, a check and a plan end."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from support import made
from support.desk import Desk
from tests.flows.test_account_template import ELECTRICITY

ODD: tuple[Any, ...] = (None, "", "=1+1", 0, -1, 1e308, True, [], {}, [None], [[]], {"id": None})


ENTRY: made.Cells = {
    "External ID*": "E-1",
    "Template*": "Biochar production batch",
    "Started on*": date(2026, 9, 1),
    "Completed on*": date(2026, 9, 15),
    "Feedstock type": "Pine sawdust",
    "Biochar carbon stored, Biochar mass (kg)*": 12.5,
}


def spoil(item: Any, chance: Random) -> Any:
    """The same with one thing of it replaced by an odd one, at any depth; the id stays."""
    whole = deepcopy(item)
    here: Any = whole
    while True:
        places = [each for each in here if each != "id"] if isinstance(here, dict) else []
        places = list(range(len(here))) if isinstance(here, list) else places
        if not places:
            return whole
        place = chance.choice(places)
        below = here[place]
        if not below or not isinstance(below, dict | list) or chance.random() < 0.3:
            here[place] = chance.choice(ODD)
            return whole
        here = below


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 6))]
)
def test_odd_definitions_end_in_a_report(desk: Desk, seed: int) -> None:
    asked = {made.CONFIG: ("Grid electricity",), made.TEMPLATE: ("Biochar production batch",)}
    path = made.make(desk, asked)
    made.fill(path, {"Emission logs": [ELECTRICITY], "Entries": [ENTRY]})
    chance = Random(seed)  # noqa: S311 - the same on every machine, and it guards nothing
    for _ in range(4):
        write_spoiled(path, chance)
        for report in (desk.report_check(path), desk.plan(path)):
            assert len(report.outcomes) == 2
            assert report.stopped == ()


def write_spoiled(path: Path, chance: Random) -> None:
    workbook = load_workbook(path)
    page = workbook["Definitions"]
    for row in range(2, page.max_row + 1):
        parts = [page.cell(row, column).value or "" for column in range(3, page.max_column + 1)]
        item = json.loads("".join(map(str, parts)))
        text = json.dumps(spoil(item, chance))
        for number, column in enumerate(range(3, page.max_column + 1)):
            page.cell(row, column).value = text[number * 30_000 : (number + 1) * 30_000] or None
    workbook.save(path)
