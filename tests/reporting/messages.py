"""One report for each way in which an import can end, and the message about it."""

from datetime import UTC, datetime

from importer.model import problem_kinds as kinds
from importer.model.outcome import Outcome, Status
from importer.model.report import FileReport, TargetFacts
from importer.reporting.message import Message, Workbook, build_message
from importer.reporting.next_step import Typed
from tests.reporting.makers import of_file, problem, report, row

FACTS = TargetFacts(
    name="plant-north",
    hosts=(("cula", "cula-demo"), ("isometric", "isometric-sandbox")),
    organisations=(("cula", "Norrbark"), ("isometric", "Norrbark")),
    origin="importer.toml",
)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RESULTS = {"file": "in/kiln-2-march.xlsx", "results": "in/kiln-2-march.results.xlsx", "run": 17}


def rows(status: Status, first: int, count: int, message: str = "") -> tuple[Outcome, ...]:
    """Rows that follow each other."""
    return tuple(row(status, first + each, message=message) for each in range(count))


def invalid(first: int, count: int) -> tuple[Outcome, ...]:
    """Rows whose value is missing."""
    return tuple(
        row(Status.INVALID, first + each, problem(row=first + each)) for each in range(count)
    )


def unsettled(status: Status, number: int) -> Outcome:
    """A row that the service has a say in."""
    kind = kinds.API_CONFLICT if status is Status.CONFLICT else kinds.API_UNCERTAIN
    found = "840 → 812" if status is Status.CONFLICT else "no answer within 30 seconds"
    return row(status, number, problem(kind, row=number, found=found))


def gate() -> FileReport:
    """Too many records would change."""
    held = rows(Status.SKIPPED, 2, 12, "Not sent: too many existing records would change.")
    found = of_file(kinds.FILE_MANY_UPDATES, "changes to 12 of 20 existing records")
    return report("import", *held, *rows(Status.UNCHANGED, 14, 8), problems=(found,), **RESULTS)


def frequent_kinds() -> FileReport:
    """More kinds of problems than are told."""
    wrong = [
        row(Status.INVALID, number, problem(row=number, column=number, header=f"Value {number}"))
        for number in range(2, 14)
    ]
    own = [
        row(
            each.status,
            each.row,
            kinds.CELL_CHOICE.at(
                each.problems[0].place, found=f"“{each.row}”", expected=f"choice {each.row}"
            ),
        )
        for each in wrong
    ]
    return report("import", *own, **RESULTS)


ENDS: dict[str, FileReport] = {
    "all in order": report(
        "import", *rows(Status.CREATED, 2, 80), *rows(Status.UNCHANGED, 82, 12), **RESULTS
    ),
    "one row": report("import", row(Status.UPDATED), **RESULTS),
    "in order with a note": report(
        "import",
        row(Status.CREATED),
        row(Status.CREATED, 3, problem(kinds.CELL_TRIMMED, row=3, found="“ x ”")),
        notes=("The plant was closed for two days.",),
        **RESULTS,
    ),
    "some need a fix": report(
        "import",
        *rows(Status.CREATED, 2, 400),
        *rows(Status.UPDATED, 402, 5),
        *invalid(407, 5),
        row(Status.FAILED, 412, problem(kinds.API_REFUSED, row=412, found="“<b>too heavy</b>”")),
        row(Status.BLOCKED, 413, message="Waits for the datapoint in row 412, which stays out."),
        **RESULTS,
    ),
    "could not be read": report(
        "import",
        file="in/notes.xlsx",
        run=18,
        problems=(of_file(kinds.FILE_NOT_A_WORKBOOK, "a text file"),),
    ),
    "no rows": report(
        "import", file="in/empty.xlsx", problems=(of_file(kinds.FILE_NO_ROWS, "no filled row"),)
    ),
    "cut short": report(
        "import",
        *rows(Status.CREATED, 2, 30),
        *rows(Status.SKIPPED, 32, 62, "Not sent: the run ended before this row."),
        stopped=("The service cula-demo does not answer.", "Wait a while, then go on."),
        **RESULTS,
    ),
    "could not be imported": report(
        "import", stopped=("The ledger is held by another program.", "Wait.")
    ),
    "gate": gate(),
    "conflicts": report(
        "import", row(Status.UNCHANGED), *(unsettled(Status.CONFLICT, n) for n in (3, 4)), **RESULTS
    ),
    "uncertain": report("import", row(Status.CREATED), unsettled(Status.UNCERTAIN, 3), **RESULTS),
    "many kinds": frequent_kinds(),
    "results not written": report(
        "import",
        *rows(Status.CREATED, 2, 3),
        file="in/kiln-2-march.xlsx",
        stopped=("The results workbook could not be written: the disk is full.", "Make room."),
    ),
}


def tell(made: FileReport, workbook: Workbook | None = None) -> Message:
    """The message about a report."""
    default = Workbook.ATTACHED if made.results else Workbook.NONE
    return build_message(
        made,
        FACTS,
        Typed(
            verb="import",
            paths=(made.file,),
            options=("--target", "plant-north"),
            own_options=("--email", "eva@plant.example"),
        ),
        moment=NOON,
        workbook=workbook or default,
        place="/srv/in/kiln-2-march.results.xlsx",
    )
