"""Keys and references across sheets: what belongs to what, what is there twice, what stays out."""

from dataclasses import replace

from importer.declare.catalog import Catalog
from importer.declare.resource import Resource
from importer.model.checked import Checked
from importer.resources.catalog import CATALOG
from tests.checking.bench import check, keys, listed

LOGS = """
Emission logs
External ID | Config           | Site     | Period start | Period end
ELEC-10     | Grid electricity | NB-PLANT | 2026-10-01   | 2026-10-31
GAS-10      | Natural gas      | NB-PLANT | 2026-10-01   | 2026-10-31
"""
VALUES = """
Emission log values
Emission log | Data point | Value | Unit
"""
POINTS = """
Datapoints
External ID | Name | Type     | Value | Description
"""
ENTRIES = """
Entries
External ID | Template | Started on | Completed on
"""


def details(checked: Checked) -> dict[str, list[int]]:
    """The rows of the detail sheets that each record has folded in."""
    return {record.key: [line.row for line in record.lines[1:]] for record in checked.records}


def out(checked: Checked) -> dict[str, str]:
    """Why rows without an error of their own stay out."""
    return {f"{title}!{row}": reason for (title, row), reason in checked.held.items()}


def test_detail_rows_fold_into_their_records_regardless_of_case() -> None:
    checked = check(
        LOGS
        + VALUES
        + """
        ELEC-10 | Electricity  | 84230  | kWh
        gas-10  | Gas volume   | 1286.4 | m3
        Elec-10 | Meter number | 7      |
        """.strip()
    )
    assert checked.problems == ()
    assert details(checked) == {"ELEC-10": [2, 4], "GAS-10": [3]}


def test_an_id_is_the_same_as_text_and_as_a_number() -> None:
    checked = check(
        """
        Emission logs
        External ID | Config | Site | Period start | Period end
        "1001"      | Diesel | YARD | 2026-10-01   | 2026-10-31

        Emission log values
        Emission log | Data point | Value | Unit
        1001         | Volume     | 2140  | l
        1001.0       | Bio share  | 7 %   |
        """
    )
    assert checked.problems == ()
    assert details(checked) == {"1001": [2, 3]}


def test_a_detail_row_of_no_record_names_the_nearest() -> None:
    checked = check(LOGS + VALUES + "ELEC-01 | Electricity | 84230 | kWh")
    (problem,) = checked.problems
    assert listed([problem]) == ["REF_NOT_FOUND Emission log values!A2"]
    assert problem.found == "“ELEC-01”, which is not on the sheet Emission logs"
    assert problem.expected == "the External ID of a row on the sheet Emission logs"
    assert problem.remedy == "Did you mean “ELEC-10”?"
    assert keys(checked) == ["ELEC-10", "GAS-10"]


def test_of_two_records_that_are_as_near_the_order_does_not_decide() -> None:
    first = LOGS.replace("ELEC-10", "ELEC-11").replace("GAS-10 ", "ELEC-12")
    second = LOGS.replace("ELEC-10", "ELEC-12").replace("GAS-10 ", "ELEC-11")
    for logs in (first, second):
        (problem,) = check(logs + VALUES + "ELEC-13 | Electricity | 84230 | kWh").problems
        assert problem.remedy == "Did you mean “ELEC-11”?"


def test_where_no_record_is_near_the_remedy_is_a_row() -> None:
    (problem,) = check(LOGS + VALUES + "WATER | Volume | 12 | m3").problems
    assert problem.remedy == "Correct the id, or add its row to the sheet Emission logs."


def test_detail_rows_without_the_sheet_of_their_records() -> None:
    checked = check(VALUES + "ELEC-10 | Electricity | 84230 | kWh")
    assert listed(checked.problems) == ["REF_NOT_FOUND Emission log values!A2"]


def test_a_detail_row_that_names_no_record_has_that_problem_only() -> None:
    checked = check(LOGS + VALUES + " | Electricity | 84230 | kWh")
    assert listed(checked.problems) == ["CELL_REQUIRED Emission log values!A2"]


def test_an_id_is_shared_by_no_two_isometric_sheets() -> None:
    checked = check(
        POINTS
        + "NB-1 | Mass | REPORTED | 12.5 | weighed\nNB-2 | Mass | REPORTED | 12.5 | weighed\n"
        + ENTRIES
        + "nb-1 | Batch | 2026-10-01 | 2026-10-15"
    )
    assert listed(checked.problems) == ["KEY_TWICE Datapoints!A2", "KEY_TWICE Entries!A2"]
    assert [each.found for each in checked.problems] == [
        "“NB-1”, also on Entries row 2",
        "“nb-1”, also on Datapoints row 2",
    ]
    assert keys(checked) == ["NB-2"]


def test_an_id_on_three_sheets_names_the_two_others() -> None:
    checked = check(
        """
        Sources
        External ID | Name    | File      | Published on | Public
        NB-1        | Tickets | scale.pdf | 2026-11-03   | no
        """
        + POINTS
        + "NB-1 | Mass | REPORTED | 12.5 | weighed\n"
        + ENTRIES
        + "NB-1 | Batch | 2026-10-01 | 2026-10-15"
    )
    assert checked.problems[0].found == "“NB-1”, also on Datapoints row 2 and Entries row 2"


def test_cula_and_isometric_may_share_an_id() -> None:
    checked = check(LOGS + POINTS + "ELEC-10 | Electricity | REPORTED | 12.5 | read")
    assert checked.problems == ()
    assert keys(checked) == ["ELEC-10", "GAS-10", "ELEC-10"]


def test_what_any_row_refers_to_is_named_whether_it_is_in_order_or_not() -> None:
    checked = check(
        """
        Datapoints
        External ID | Name | Type     | Value | Description | Sources
        D-1         | Mass | REPORTED | 12.5  | weighed     | Scale; S-2
        D-2         | Mass | REPORTED | much  | weighed     | S-3
        """
    )
    assert checked.named == {("source", "scale"), ("source", "s-2"), ("source", "s-3")}


def test_records_with_one_key_stay_out_together() -> None:
    checked = check(
        LOGS.replace("GAS-10 ", "elec-10") + VALUES + "ELEC-10 | Electricity | 84230 | kWh"
    )
    assert listed(checked.problems) == ["KEY_TWICE Emission logs!A2", "KEY_TWICE Emission logs!A3"]
    assert keys(checked) == []
    assert out(checked) == {
        "Emission log values!2": "Stays out because Emission logs row 2, which belongs to the same "
        "record, has a problem."
    }


def test_a_bad_detail_row_keeps_its_record_out_with_all_its_rows() -> None:
    checked = check(
        LOGS
        + VALUES
        + "ELEC-10 | Electricity | #N/A | kWh\nELEC-10 | | 7 |\nELEC-10 | Meter number | 7 |\n"
        + "GAS-10 | Gas volume | 1286.4 | m3"
    )
    assert keys(checked) == ["GAS-10"]
    reason = (
        "Stays out because Emission log values row 3, which belongs to the same record, "
        "has a problem."
    )
    assert listed(checked.problems) == ["CELL_REQUIRED Emission log values!B3"]
    assert out(checked) == {
        "Emission logs!2": reason,
        "Emission log values!2": reason,
        "Emission log values!4": reason,
    }
    assert checked.staying_out == {("emission-log", "elec-10"): "Emission logs row 2"}


def test_a_bad_record_keeps_its_detail_rows_out() -> None:
    checked = check(
        LOGS.replace("2026-10-31\nGAS", "2026-09-30\nGAS")
        + VALUES
        + "ELEC-10 | Electricity | 84230 | kWh\nGAS-10 | Gas volume | 1286.4 | m3"
    )
    assert listed(checked.problems) == ["ROW_ORDER Emission logs!E2"]
    assert details(checked) == {"GAS-10": [3]}
    assert list(out(checked)) == ["Emission log values!2"]


def test_a_warning_keeps_nothing_out() -> None:
    checked = check(LOGS.replace("NB-PLANT", "NB-PLANT\u200b", 1))
    assert listed(checked.problems) == ["CELL_TRIMMED Emission logs!C2"]
    assert keys(checked) == ["ELEC-10", "GAS-10"]


def without_points() -> Catalog:
    """A catalogue of a version that does not send datapoints yet."""
    return _with_datapoint(replace(CATALOG.resource("datapoint"), available=False))


def without_units() -> Catalog:
    """A catalogue of a version that does not send their units yet."""
    points = CATALOG.resource("datapoint")
    columns = tuple(
        replace(column, available=column.header != "Unit") for column in points.sheet.columns
    )
    return _with_datapoint(replace(points, sheet=replace(points.sheet, columns=columns)))


def _with_datapoint(points: Resource) -> Catalog:
    return replace(CATALOG, resources=(points, CATALOG.resource("ghg-entry")))


def test_a_resource_that_is_not_sent_yet_says_so_in_each_row() -> None:
    checked = check(
        POINTS
        + "D-1 | Mass | MEASURED | much |\nD-1 | | | |\n"
        + ENTRIES
        + "E-1 | Batch | 2026-10-01 | 2026-10-15",
        without_points(),
    )
    assert listed(checked.problems) == ["CELL_NOT_YET Datapoints!A2", "CELL_NOT_YET Datapoints!A3"]
    assert checked.problems[0].found == "a row on the sheet Datapoints"
    assert checked.problems[0].expected == "no rows on the sheet Datapoints"
    assert keys(checked) == ["E-1"]


def test_a_column_that_is_not_sent_yet_says_so_where_it_is_filled_in() -> None:
    checked = check(
        """
        Datapoints
        External ID | Name | Type     | Value | Unit | Description
        D-1         | Mass | REPORTED | 12.5  | kg   | weighed
        D-2         | Mass | REPORTED | 12.5  |      | weighed
        """,
        without_units(),
    )
    (problem,) = checked.problems
    assert listed([problem]) == ["CELL_NOT_YET Datapoints!E2"]
    assert (problem.found, problem.expected) == ("“kg”", "a blank cell")
    assert keys(checked) == ["D-2"]


def test_a_row_is_known_by_the_key_that_it_has_or_points_to() -> None:
    checked = check(LOGS + VALUES + "gas-10 | Gas volume | 1286.4 | m3\n | Gas volume | 1 | m3")
    assert [(row.sheet, row.row, row.key) for row in checked.rows] == [
        ("Emission logs", 2, "ELEC-10"),
        ("Emission logs", 3, "GAS-10"),
        ("Emission log values", 2, "gas-10"),
        ("Emission log values", 3, ""),
    ]
