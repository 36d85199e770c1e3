"""*Statements*: GHG statements, which close a period of the project and go to the verifier.

Source: docs.isometric.com/user-guides/certify/ghg-statement
"""

from collections.abc import Mapping

from importer.declare.column import Column, Kind
from importer.declare.resource import Endpoint, Resource, ResultColumn, UpdateBy
from importer.declare.sheet import Sheet
from importer.declare.submission import Members, Standing, Step, Submission
from importer.model.record import Json
from importer.resources.isometric.reference import ID_LENGTHS

_PAGE = "docs.isometric.com/user-guides/certify/ghg-statement"


def _judge(body: Mapping[str, Json]) -> Standing:
    """Whether a statement may be submitted. Statuses are an open set: a new one is for a person.

    After a submission, `pending_total_co2e_removed_kg` is null until something changes that needs
    another one (docs.isometric.com/mrv/modifying-resources).
    """
    status = str(body.get("status"))
    words = status.lower().replace("_", " ")
    pending = body.get("pending_total_co2e_removed_kg")
    match status:
        case "DRAFT":
            return Standing(step=Step.SUBMIT, words="a draft")
        case "AWAITING_VERIFICATION" if pending is None:
            return Standing(step=Step.NOTHING, words="submitted already, and awaits verification")
        case "AWAITING_VERIFICATION":
            words = f"submitted, and changed since (a total of {pending} kg CO2e is pending)"
            return Standing(step=Step.SUBMIT_AGAIN, words=words)
        case "VERIFIED" | "CREDITS_ISSUED":
            return Standing(step=Step.REFUSE, words=f"{words}; corrections go through Isometric")
        case _:
            return Standing(step=Step.REFUSE, words=f"{words}; ask Isometric how to go on")


STATEMENT = Resource(
    name="ghg-statement",
    title="GHG statement",
    service="isometric",
    id_prefix="ggs_",
    id_lengths=ID_LENGTHS,
    key="End on",
    on_request=True,
    sheet=Sheet(
        name="Statements",
        unique=("End on",),
        about="One GHG statement: a period that is closed. An import only shows it; "
        "the command `importer submit` makes it and hands it to the verifier.",
        columns=(
            Column(
                header="End on",
                aliases=("End date", "End of period"),
                kind=Kind.DATE,
                field="end_on",
                required=True,
                create_only=True,
                not_in_future=True,
                about="Last day of the period. It begins behind the statement before, or with "
                "the first entry of the project; entries completed in it belong to it.",
                example="2025-10-31",
                source=_PAGE,
            ),
            Column(
                header="Report URL",
                kind=Kind.TEXT,
                field="ghg_statement_report_url",
                longest=2048,
                pattern=r"https?://\S+",
                pattern_says="a web address, such as https://drive.example/report.pdf",
                about="Where the written report lies; the verifier must be able to open it. "
                "Needed to submit.",
                example="https://drive.example/norrbark/ghg-2025-10.pdf",
                source=_PAGE,
            ),
            Column(
                header="Summary of changes",
                kind=Kind.TEXT,
                field="summary_of_changes",
                about="What changed since the last submission; needed to submit again.",
                example="Mass of batch 2 corrected from 18.2 to 18.4 t",
                source=_PAGE,
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/ghg_statements",
        update=UpdateBy.NONE,
        fixed=(("project_id", "{project_id}"),),
    ),
    submission=Submission(
        members=Members(
            resource="ghg-entry", start="Started on", end="Completed on", field="ghg_entry_ids"
        ),
        start="reporting_period_start_at",
        end="reporting_period_end_at",
        submitted="submitted_at",
        path="/ghg_statements/{id}/submit",
        first=("Report URL",),
        again=("Report URL", "Summary of changes"),
        standing=_judge,
    ),
    results=(ResultColumn(header="Statement status", field="status"),),
)
