"""A template made for an account: filled in, it goes in; and each wrong cell is named."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.model.failure import NotInAccount
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import ENTRY
from support import made
from support.desk import Desk, by_row, problems
from support.made import CONFIG, TEMPLATE, Cells, fill
from tests.flows.months import build_batch

ELECTRICITY: Cells = {
    "External ID*": "L-1",
    "Config": "Grid electricity",
    "Site*": "Norrbark pyrolysis plant",
    "Period start*": date(2025, 10, 1),
    "Period end*": date(2025, 10, 31),
    "Electricity (kWh)*": 84230,
    "Renewable share": 0.62,
    "Meter number*": "735999100012",
    "Meter read at": datetime(2025, 11, 1, 8, 15),
    "Estimated reading": "no",
}
GAS: Cells = {
    **{name: ELECTRICITY[name] for name in list(ELECTRICITY)[:5]},
    "Config": "Natural gas",
    "Gas volume*": 1286.4,
    "Gas volume unit": "m3",
    "Supplier": "Norrgas",
    "Invoice number*": "NG-4471",
    "Share of biogas": 0.1,
}
DIESEL: Cells = {
    **{name: ELECTRICITY[name] for name in list(ELECTRICITY)[:5]},
    "Config": "Diesel",
    "Site*": "Norrbark wood yard",
    "Diesel volume*": 2140,
    "Diesel volume unit": "l",
    "Machine hours*": 178.5,
    "Biodiesel share": 0.07,
    "Remarks": "Wheel loader",
    "Refuelled on site": "yes",
    "Machines": "Wheel loader; Chipper",
    "Idle time": timedelta(hours=36, minutes=30),
    "Fuel grade": "Hydrotreated vegetable oil",
    "Chips moved": 12,
    "Chips moved unit": "t",
    "Lubricant": "mat_01",
    "Fuel tank": "mcc_07",
}
LOGS = {str(each["Config"]): each for each in (ELECTRICITY, GAS, DIESEL)}


def make(desk: Desk, kind: str = "", name: str = "") -> Path:
    """The template of the desk's account with columns for this config or entry template."""
    return made.make(desk, {kind: (name,)} if kind else {})


@pytest.mark.parametrize("config", LOGS)
def test_every_config_of_the_account_is_filled_in_and_read_back(desk: Desk, config: str) -> None:
    path = make(desk, CONFIG, config)
    page = load_workbook(path)["Emission logs"]
    headings = {cell.value for cell in page[1]}
    assert set(LOGS[config]) == headings - {"Display key", "Files"}, "each is in the test"
    fill(path, {"Emission logs": [LOGS[config]]})
    assert problems(desk.plan(path)) == set()
    assert set(desk.import_(path).counts) == {"created"}
    assert len(desk.stored(LOG)) == 1
    before = desk.writes()
    desk.forget()
    assert set(desk.import_(path).counts) == {"unchanged"}
    assert desk.writes() == before


def test_a_header_says_what_the_service_takes_for_a_blank(desk: Desk) -> None:
    page = load_workbook(make(desk, CONFIG, "Diesel"))["Emission logs"]
    notes = {cell.value: cell.comment.text for cell in page[1]}
    words = "Optional: blank means 7 % in a new record, and later keeps what the service has."
    assert words in notes["Biodiesel share"]
    assert "Optional: blank keeps what the service has." in notes["Remarks"]


def test_what_the_service_computes_has_no_column(desk: Desk) -> None:
    page = load_workbook(make(desk, CONFIG, "Grid electricity"))["Emission logs"]
    headings = [cell.value for cell in page[1]]
    assert "Electricity (kWh)*" in headings
    assert not [each for each in headings if "Grid factor" in str(each)]


def test_the_inputs_of_an_entry_template(desk: Desk) -> None:
    month = build_batch()
    path = make(desk, TEMPLATE, "Biochar production batch")
    headings = [str(cell.value) for cell in load_workbook(path)["Entries"][1]]
    (entry,) = month["Entries"]
    row: dict[str, object] = {
        next(each for each in headings if each.rstrip("*") == name): value
        for name, value in entry.items()
    }
    for each in month["Entry inputs"]:
        start = f"{each['Component']}, {str(each['Input']).replace('_', ' ').capitalize()}"
        heading = next(each for each in headings if each.startswith(start))
        row[heading] = each["Datapoints"]
    datapoints = [
        {f"{name}*" if f"{name}*" in STARRED else name: value for name, value in each.items()}
        for each in month["Datapoints"]
    ]
    fill(path, {"Entries": [row], "Datapoints": datapoints})
    assert problems(desk.plan(path)) == set()
    assert set(desk.import_(path).counts) == {"created"}
    assert len(desk.stored(ENTRY)) == 1
    before = desk.writes()
    assert set(desk.import_(path).counts) == {"unchanged"}
    assert desk.writes() == before


STARRED = {"External ID*", "Name*", "Type*", "Value*", "Description*"}


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Electricity (kWh)*", "a lot", "CELL_NOT_A_NUMBER"),
        ("Electricity (kWh)*", -1, "CELL_RANGE"),
        ("Renewable share", 62, "CELL_RANGE"),
        ("Meter read at", "yesterday", "CELL_NOT_A_MOMENT"),
        ("Estimated reading", "perhaps", "CELL_NOT_YES_OR_NO"),
        ("Config", "Grid", "REF_UNKNOWN_NAME"),
        ("Site*", "Norrbark wood yard", "REF_OTHER_PLACE"),
    ],
)
def test_each_wrong_cell_is_named(desk: Desk, heading: str, value: object, code: str) -> None:
    path = make(desk, CONFIG, "Grid electricity")
    letters = {cell.value: cell.column_letter for cell in load_workbook(path)["Emission logs"][1]}
    fill(path, {"Emission logs": [{**ELECTRICITY, heading: value}]})
    report = desk.plan(path)
    assert problems(report) == {(code, f"Emission logs!{letters[heading]}2")}
    assert desk.writes() == []


@pytest.mark.parametrize("heading", ["Electricity (kWh)*", "Meter number*"])
def test_a_mandatory_cell_that_is_blank(desk: Desk, heading: str) -> None:
    path = make(desk, CONFIG, "Grid electricity")
    fill(path, {"Emission logs": [{**ELECTRICITY, heading: None}]})
    assert problems(desk.plan(path)) == {("REF_INCOMPLETE", "Emission logs!B2")}


def test_a_row_with_nothing_but_a_value_is_a_row(desk: Desk) -> None:
    """A value that somebody typed must not be passed over because its id is missing."""
    path = make(desk, CONFIG, "Grid electricity")
    fill(path, {"Emission logs": [ELECTRICITY, {"Electricity (kWh)*": 5}]})
    report = desk.plan(path)
    assert by_row(report)["Emission logs", 3].status.value == "invalid"
    assert ("CELL_REQUIRED", "Emission logs!A3") in problems(report)


def test_a_row_of_another_config(desk: Desk) -> None:
    path = make(desk, CONFIG, "Grid electricity")
    fill(path, {"Emission logs": [{**ELECTRICITY, "Config": "Natural gas"}]})
    found = problems(desk.plan(path))
    assert ("REF_UNKNOWN_NAME", "Emission logs!H2") in found
    assert ("REF_INCOMPLETE", "Emission logs!B2") in found


def test_the_lists_offer_what_the_account_has(desk: Desk) -> None:
    lists = load_workbook(make(desk))["Lists"]
    columns = [[cell.value for cell in column if cell.value] for column in lists.iter_cols()]
    assert ["Grid electricity", "Natural gas", "Diesel"] in columns
    assert ["Spruce forest residues", "Pine sawdust", "Birch bark"] in columns


def test_a_name_that_the_account_does_not_have(desk: Desk) -> None:
    with pytest.raises(NotInAccount, match="Steam is no emission log config") as told:
        make(desk, CONFIG, "Steam")
    assert "Grid electricity, Natural gas, Diesel" in told.value.remedy


@pytest.mark.parametrize("verb", ["plan", "import_"])
def test_a_workbook_made_for_another_account_is_refused(desk: Desk, verb: str) -> None:
    path = fill(make(desk, CONFIG, "Grid electricity"), {"Emission logs": [ELECTRICITY]})
    book = load_workbook(path)
    for row in book["Meta"].iter_rows():
        if row[0].value == "organisation of cula":
            row[1].value = "org_of_somebody_else"
    book.save(path)
    report = getattr(desk, verb)(path)
    assert problems(report) == {("FILE_OTHER_ACCOUNT", "!0")}
    assert by_row(report)["Emission logs", 2].message == (
        "Stays out because the workbook was made for another account."
    )
    assert desk.writes() == []
