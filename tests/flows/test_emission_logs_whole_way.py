"""Cula from documents to calculated emissions: every type of data point, and one correction."""

from pathlib import Path

from openpyxl import load_workbook

from importer.sandbox.cula.kinds import FILE, LOG
from importer.sandbox.cula.seed import CONFIG_VERSIONS
from support.desk import Desk, statuses

MONTH = """
Files
External ID | File         | Site
F-DIESEL    | fuel-log.csv | NB-YARD
F-POWER     | invoice.pdf  | NB-PLANT

Emission logs
External ID | Config           | Site     | Period start | Period end | Files
DIESEL-OCT  | Diesel           | NB-YARD  | 2025-10-01   | 2025-10-31 | F-DIESEL
POWER-OCT   | Grid electricity | NB-PLANT | 2025-10-01   | 2025-10-31 | F-POWER

Emission log values
Emission log | Data point        | Value                 | Unit
DIESEL-OCT   | Diesel volume     | 2140                  | l
DIESEL-OCT   | Machine hours     | 178.5                 |
DIESEL-OCT   | Biodiesel share   | 7 %                   |
DIESEL-OCT   | Remarks           | Wheel loader, chipper |
DIESEL-OCT   | Refuelled on site | yes                   |
DIESEL-OCT   | Machines          | Wheel loader; Chipper |
DIESEL-OCT   | Idle time         | 36:30                 |
DIESEL-OCT   | Fuel grade        | B7                    |
DIESEL-OCT   | Chips moved       | 12                    | t
DIESEL-OCT   | Lubricant         | mat_01nrbark01        |
DIESEL-OCT   | Fuel tank         | mcc_01nrbark07        |
POWER-OCT    | Electricity       | 84.23                 | MWh
POWER-OCT    | Renewable share   | 0.62                  |
POWER-OCT    | Meter number      | 735999100012          |
POWER-OCT    | Meter read at     | 2025-11-01 08:15      |
POWER-OCT    | Estimated reading | no                    |
"""


def write(desk: Desk, text: str) -> Path:
    """The month with its documents beside it."""
    (desk.folder / "fuel-log.csv").write_text("day;litres\n2025-10-02;180\n")
    (desk.folder / "invoice.pdf").write_bytes(b"%PDF-1.4 October")
    return desk.book(text)


def near(number: float) -> float:
    """The service answers in hundredths of a kilogram."""
    return round(number, 2)


def emissions(desk: Desk) -> list[float]:
    """What the results workbook says of the two logs, in kg CO2e."""
    page = load_workbook(desk.folder / "book.results.xlsx")["Emission logs"]
    headers = [cell.value for cell in page[1]]
    column = headers.index("Emissions (kg CO2e)") + 1
    return [page.cell(row, column).value for row in (2, 3)]


def test_from_documents_to_emissions_and_a_correction(desk: Desk) -> None:
    report = desk.import_(write(desk, MONTH))
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]
    stored, files = desk.stored(LOG), desk.twin.store.select(FILE)
    linked = [stored[key]["file_ids"] for key in ("DIESEL-OCT", "POWER-OCT")]
    assert sorted(own for ids in linked for own in ids) == sorted(each.id for each in files)
    diesel, power = emissions(desk)
    assert (diesel, power) == (near(2.14 * 2680 * 0.93), near(84230 * 0.041 * 0.38))

    corrected = write(desk, MONTH.replace("84.23  ", "85.12  "))
    again = desk.import_(corrected)
    assert statuses(again)["Emission logs"] == ["unchanged", "updated"]
    assert emissions(desk) == [diesel, near(85120 * 0.041 * 0.38)]
    assert len(desk.twin.store.select(FILE)) == 2

    before = desk.writes()
    assert set(desk.import_(corrected).counts) == {"unchanged"}
    assert desk.writes() == before


def test_every_type_of_data_point_is_in_it() -> None:
    points = [each for version in CONFIG_VERSIONS for each in version["data_point_configs"]]
    named = {each["type"] for each in points if f"| {each['name']} " in MONTH}
    assert named == {
        "short_text",
        "long_text",
        "multi_text",
        "number",
        "percentage",
        "duration",
        "boolean",
        "amount",
        "timestamp",
        "material",
        "container_type",
    }
