"""The calls that make a closing record and hand it over, and what they lack."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from importer.declare.resource import Resource
from importer.declare.submission import Step, Submission
from importer.model import problem_kinds as kinds
from importer.model.ports import Call
from importer.model.problem import Problem
from importer.model.record import Json
from importer.planning.periods import Body, Closing


def build_draft(resource: Resource, closing: Closing, fixed: Mapping[str, Json]) -> Call:
    """The POST of a record that is not handed over yet: only its end is given.

    Source: docs.isometric.com/api-reference/certify (POST /ghg_statements)
    """
    body = {**fixed, resource.key_column.field: closing.end.isoformat()}
    return Call(method="POST", path=resource.endpoint.path, body=body)


def build_submission(
    resource: Resource, submission: Submission, closing: Closing, id_: str
) -> Call:
    """The POST that hands it over."""
    columns = [resource.sheet.column(each) for each in list_headers(submission, closing)]
    body: dict[str, Json] = {each.field: closing.record.line.text(each.header) for each in columns}
    path = submission.path.format_map({"id": quote(id_, safe="")})
    return Call(method="POST", path=path, body=body)


def list_headers(submission: Submission, closing: Closing) -> Sequence[str]:
    """What goes with this submission."""
    is_repeated = closing.standing.step is Step.SUBMIT_AGAIN
    return submission.again if is_repeated else submission.first


def find_lacking(submission: Submission, closing: Closing) -> tuple[Problem, ...]:
    """A problem for each blank cell that the submission needs."""
    line = closing.record.line
    return tuple(
        kinds.ROW_NOT_SUBMITTABLE.at(line.place(each), found="a blank cell")
        for each in list_headers(submission, closing)
        if not line.text(each)
    )


def compare_members(
    resource: Resource, submission: Submission, closing: Closing, body: Body
) -> tuple[Problem, ...]:
    """How what the service took into the period differs from what the workbook expects."""
    listed = body.get(submission.members.field)
    ids = {str(each) for each in listed} if isinstance(listed, list) else set()
    place = closing.record.line.place(resource.key)
    lacking = [each.key for each in closing.inside if each.id not in ids]
    more = ids - {each.id for each in closing.inside}
    found: list[Problem] = []
    if lacking:
        words = f"a period of {body.get('id')} without {', '.join(lacking)}"
        found.append(kinds.ROW_PERIOD_LACKS.at(place, found=words))
    if more:
        words = f"{len(more)} more in {body.get('id')}: {_list(more)}"
        found.append(kinds.ROW_PERIOD_HAS_MORE.at(place, found=words))
    return tuple(found)


def _list(ids: Iterable[str], most: int = 8) -> str:
    named = sorted(ids)
    rest = len(named) - most
    return ", ".join(named[:most]) + (f" and {rest} more" if rest > 0 else "")


def name_draft(closing: Closing, fixed: Mapping[str, Json]) -> str:
    """Under what the ledger knows the making of a record: whose it is, and its end."""
    return " ".join([*(str(each) for each in fixed.values()), closing.end.isoformat()])


def name_submission(closing: Closing, fixed: Mapping[str, Json]) -> str:
    """Under what the ledger knows that it was handed over."""
    return f"{name_draft(closing, fixed)} submission"
