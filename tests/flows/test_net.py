"""What Certify computes of an entry: read back, again when it moved, and doubted if negative."""

from openpyxl import load_workbook

from support.desk import Desk, by_row, problems
from support.plant import Month
from tests.flows.months import build_batch, change, save

BATCH = "NB-2026-10-B1"
HEADERS = (
    "Net removed (kg CO2e)",
    "Before discount (kg CO2e)",
    "Net standard deviation (kg CO2e)",
    "Buffer pool (kg CO2e)",
)


def figures(desk: Desk) -> dict[str, float]:
    """The figures of the one entry, as the results workbook shows them."""
    page = load_workbook(desk.folder / "month.results.xlsx")["Entries"]
    headers = [cell.value for cell in page[1]]
    return {name: page.cell(2, headers.index(name) + 1).value for name in HEADERS}


def stored(desk: Desk) -> dict[str, float]:
    """The same, as the service answers them."""
    (entry,) = desk.session.services["isometric"].find("/ghg_entries", BATCH)
    names = ("", "_without_discount", "_standard_deviation")
    found = [entry[f"co2e_net_removed{name}_kg"] for name in names]
    return dict(
        zip(
            HEADERS,
            [*found, entry["credit_allocation"]["buffer_pool_contribution_kg"]],
            strict=True,
        )
    )


def with_mass(value: float) -> Month:
    return change(build_batch(), "Datapoints", f"{BATCH}-MASS", "Value", value)


def test_it_is_read_back(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    assert figures(desk) == stored(desk)
    assert figures(desk)["Net removed (kg CO2e)"] > 40_000


def test_it_is_read_again_when_a_datapoint_was_corrected(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    before = figures(desk)
    requests = len(desk.requests())
    report = desk.import_(save(desk, with_mass(9120)))
    again = [each for each in desk.requests()[requests:] if each == "GET ghg_entries"]
    assert len(again) == 2, "once for the plan, once for the figures"
    assert by_row(report)["Entries", 2].status.value == "unchanged"
    assert figures(desk) == stored(desk)
    assert figures(desk)["Net removed (kg CO2e)"] < before["Net removed (kg CO2e)"] / 1.9


def test_what_did_not_move_is_not_read_again(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    requests = len(desk.requests())
    desk.import_(save(desk, build_batch()))
    assert desk.requests()[requests:].count("GET ghg_entries") == 1


def test_a_net_that_turns_negative_is_doubted(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    report = desk.import_(save(desk, with_mass(1)))
    assert problems(report) == {("ROW_NEGATIVE_NET", "Entries!A2")}
    assert report.is_in_order
