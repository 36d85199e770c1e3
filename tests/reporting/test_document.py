"""The JSON document of a run, member by member."""

import json

from importer.model import problem_kinds as kinds
from importer.model.outbox import MailNote, MessageState
from importer.model.outcome import Outcome, Status
from importer.model.report import TargetFacts
from importer.reporting.document import build_document
from tests.reporting.makers import of_file, problem, report, row

FACTS = TargetFacts(
    name="sandbox",
    hosts=(("cula", "127.0.0.1:5"),),
    organisations=(("cula", "Norrbark"),),
    origin="built in",
)


def test_every_member() -> None:
    created = Outcome(
        sheet="Emission logs",
        row=2,
        key="E-1",
        status=Status.CREATED,
        id="eml_1",
        results=(("Emissions (kg CO2e)", 12.5),),
    )
    wrong = row(Status.INVALID, 3, problem(row=3), message="Stays out.")
    made = report(
        "import",
        created,
        wrong,
        problems=(of_file(kinds.SHEET_NAME_NEAR, "“Sorces”"),),
        notes=("A note.",),
        results="month.results.xlsx",
        run=7,
        stopped=("It is away.", "Wait."),
    )
    document = build_document("import", "1.0", FACTS, [made], exit_code=3, notes=["Passed over."])
    assert json.loads(json.dumps(document)) == {
        "importer": "1.0",
        "command": "import",
        "target": {
            "name": "sandbox",
            "hosts": {"cula": "127.0.0.1:5"},
            "organisations": {"cula": "Norrbark"},
            "origin": "built in",
        },
        "exit_code": 3,
        "error": None,
        "notes": ["Passed over."],
        "files": [
            {
                "file": "month.xlsx",
                "run": 7,
                "in_order": False,
                "counts": {"created": 1, "invalid": 1},
                "results": "month.results.xlsx",
                "notes": ["A note."],
                "stopped": ["It is away.", "Wait."],
                "mail": None,
                "problems": [
                    {
                        "code": "SHEET_NAME_NEAR",
                        "severity": "error",
                        "sheet": None,
                        "row": None,
                        "cell": None,
                        "column": None,
                        "found": "“Sorces”",
                        "expected": kinds.SHEET_NAME_NEAR.expected,
                        "remedy": kinds.SHEET_NAME_NEAR.remedy,
                    }
                ],
                "causes": [
                    {
                        "code": "SHEET_NAME_NEAR",
                        "severity": "error",
                        "number": 1,
                        "places": "the workbook",
                        "found": "“Sorces”",
                        "expected": kinds.SHEET_NAME_NEAR.expected,
                        "remedy": kinds.SHEET_NAME_NEAR.remedy,
                    },
                    {
                        "code": "CELL_REQUIRED",
                        "severity": "error",
                        "number": 1,
                        "places": "Datapoints!D3",
                        "found": "nothing",
                        "expected": "a value",
                        "remedy": "Fill in the cell.",
                    },
                ],
                "rows": [
                    {
                        "sheet": "Emission logs",
                        "row": 2,
                        "external_id": "E-1",
                        "status": "created",
                        "id": "eml_1",
                        "message": "",
                        "results": {"Emissions (kg CO2e)": 12.5},
                        "problems": [],
                    },
                    {
                        "sheet": "Datapoints",
                        "row": 3,
                        "external_id": "D-3",
                        "status": "invalid",
                        "id": None,
                        "message": "Stays out.",
                        "results": {},
                        "problems": [
                            {
                                "code": "CELL_REQUIRED",
                                "severity": "error",
                                "sheet": "Datapoints",
                                "row": 3,
                                "cell": "D3",
                                "column": "Value*",
                                "found": "nothing",
                                "expected": "a value",
                                "remedy": "Fill in the cell.",
                            }
                        ],
                    },
                ],
            }
        ],
    }


def test_a_check_has_no_target_and_no_run() -> None:
    made = build_document("check", "1.0", None, [report("check")], exit_code=1)
    document = json.loads(json.dumps(made))
    assert document["target"] is None
    assert (document["files"][0]["run"], document["files"][0]["results"]) == (None, None)


def test_what_became_of_the_message() -> None:
    note = MailNote(
        recipients=("eva@plant.example",),
        state=MessageState.WAITING,
        words="The mail server is away.",
        message_id="<run-7.a@plant.example>",
    )
    document = build_document("import", "1.0", FACTS, [report("import", mail=note)], exit_code=0)
    files = json.loads(json.dumps(document))["files"]
    assert files[0]["mail"] == {
        "recipients": ["eva@plant.example"],
        "message_id": "<run-7.a@plant.example>",
        "state": "waiting",
        "words": "The mail server is away.",
    }
