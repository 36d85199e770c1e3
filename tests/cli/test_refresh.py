"""`refresh` and `--wait`: figures that a service is still calculating."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches
from tests.cli import books
from tests.cli.shell import Shell, writes

pytestmark = pytest.mark.slow

LOG = """
Emission logs
External ID | Config           | Site     | Period start | Period end
L-OCT       | Grid electricity | NB-PLANT | 2025-10-01   | 2025-10-31

Emission log values
Emission log | Data point   | Value | Unit
L-OCT        | Electricity  | 1000  | kWh
L-OCT        | Meter number | M-1   |
"""


@pytest.fixture
def slow(folder: Path, state: Path, tmp_path: Path) -> Iterator[Running]:
    """The sandbox that `--target sandbox` finds; it calculates for a second."""
    with running(tmp_path / "slow.sqlite", switches=Switches(calculation_seconds=1)) as twin:
        state.mkdir()
        (state / "sandbox.address").write_text(twin.url)
        yield twin


@pytest.fixture
def stuck(folder: Path, state: Path, tmp_path: Path) -> Iterator[Running]:
    """A sandbox that never comes to the end of a calculation."""
    with running(tmp_path / "stuck.sqlite", switches=Switches(calculation_seconds=9999)) as twin:
        state.mkdir()
        (state / "sandbox.address").write_text(twin.url)
        yield twin


def figure(path: Path) -> object:
    page = load_workbook(path)["Emission logs"]
    headers = [cell.value for cell in page[1]]
    return page.cell(2, headers.index("Emissions (kg CO2e)") + 1).value


def test_an_import_waits_for_figures_by_itself(slow: Running, folder: Path, shell: Shell) -> None:
    books.write(folder / "month.xlsx", LOG)
    said = shell("import", "month.xlsx", "--target", "sandbox")
    assert said.code == 0
    assert figure(folder / "month.results.xlsx") == 41
    assert "nothing is left to send" in said.out


def test_what_is_not_waited_for_is_refreshed(slow: Running, folder: Path, shell: Shell) -> None:
    books.write(folder / "month.xlsx", LOG)
    said = shell("import", "month.xlsx", "--target", "sandbox", "--no-wait")
    assert said.code == 0
    assert figure(folder / "month.results.xlsx") is None
    assert "importer refresh month.results.xlsx --target sandbox" in said.out
    sent = writes(slow)
    said = shell("refresh", "month.results.xlsx", "--target", "sandbox")
    assert said.code == 0
    assert "the figures of its one row are there." in said.out
    assert "Next: nothing is left to ask for: every figure is in its results workbook." in said.out
    assert figure(folder / "month.results.xlsx") == 41
    assert writes(slow) == sent


def test_what_is_still_calculated_is_exit_code_1(
    stuck: Running, folder: Path, shell: Shell
) -> None:
    books.write(folder / "month.xlsx", LOG)
    assert shell("import", "month.xlsx", "--target", "sandbox", "--wait", "0.1").code == 0
    said = shell("refresh", "month.results.xlsx", "--target", "sandbox", "--no-wait")
    assert said.code == 1
    assert "the figures of 0 of 1 row are there." in said.out
    assert "importer refresh month.results.xlsx --target sandbox --no-wait" in said.out


def test_one_document(slow: Running, folder: Path, shell: Shell) -> None:
    books.write(folder / "month.xlsx", LOG)
    shell("import", "month.xlsx", "--target", "sandbox", "--no-wait")
    said = shell("refresh", "month.results.xlsx", "--target", "sandbox", "--json")
    document = said.document
    assert (said.code, document["exit_code"], document["command"]) == (0, 0, "refresh")
    (row,) = document["files"][0]["rows"]
    assert row["external_id"] == "L-OCT"
    assert row["results"] == {"Emissions (kg CO2e)": 41}
    assert row["id"].startswith("eml_")


def test_a_file_that_is_no_results_workbook(slow: Running, folder: Path, shell: Shell) -> None:
    books.write(folder / "month.xlsx", LOG)
    said = shell("refresh", "month.xlsx", "--target", "sandbox")
    assert said.code == 1
    assert "no column Import ID on any known sheet" in said.out


def test_a_place_without_a_workbook(slow: Running, folder: Path, shell: Shell) -> None:
    for place in ("gone.results.xlsx", "."):
        said = shell("refresh", place, "--target", "sandbox")
        assert said.code == 1
        assert "FILE_" in said.out


def test_without_a_target_it_cannot_run(folder: Path, shell: Shell) -> None:
    said = shell("refresh", "month.results.xlsx")
    assert said.code == 3
    assert "importer refresh month.results.xlsx --target sandbox" in said.both


@pytest.mark.parametrize("words", [("--wait", "-1"), ("--wait", "long")])
def test_a_wait_is_a_number_of_seconds(folder: Path, shell: Shell, words: tuple[str, str]) -> None:
    assert shell("refresh", "month.results.xlsx", *words).code == 2
