"""A service's no, as problems at the cells that it means."""

from importer.declare.resource import Resource
from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.ports import Answer, Call, Refusal
from importer.model.problem import Problem, quoted
from importer.model.record import Record, Remote, State
from importer.planning.blame import blame

_CONFLICT = 409
_NO_REASON = Refusal(member="", words="no reason")


def describe_refusal(
    resource: Resource, record: Record, desired: State, call: Call, answer: Answer
) -> tuple[Status, tuple[Problem, ...]]:
    """The outcome of a refused write, and one problem for each complaint of the service.

    A 409 to a change of an existing record means that it is locked or finalised.
    Source: docs.cula.tech/upcoming-api-reference (replace a periodic emission log)
    """
    is_locked = answer.status == _CONFLICT and call.method != "POST"
    kind = kinds.API_LOCKED if is_locked else kinds.API_REFUSED
    problems = tuple(
        kind.at(
            blame(resource, record, desired, call, each),
            found=f"a refusal (status {answer.status}): {quoted(each.words)}",
        )
        for each in answer.refusals or (_NO_REASON,)
    )
    return Status.CONFLICT if is_locked else Status.FAILED, problems


def describe_taken(resource: Resource, record: Record, found: Remote) -> Problem:
    """The external id came into use with other content while the import was running."""
    return kinds.API_CONFLICT.at(
        record.line.place(resource.key),
        found=f"{quoted(record.key)}, which {found.id} uses with other content since just now",
        remedy="Import the file again to see the differences.",
    )


def describe_half_done(resource: Resource, record: Record, words: str) -> Problem:
    """The record is there, and its document is not."""
    header = resource.evidence.header if resource.evidence else resource.key
    return kinds.API_DOCUMENT.at(
        record.line.place(header),
        found=f"{quoted(record.line.text(header))}, which did not arrive ({words})",
    )


def is_taken(answer: Answer) -> bool:
    """Whether the service says outright that the external id of a create is in use.

    Source: docs.cula.tech/upcoming/technical-reference/error-handling. What Isometric says of one
    is not published, so there any refusal is followed by a look.
    """
    return answer.status == _CONFLICT


def is_held(resource: Resource, answer: Answer) -> bool:
    """Whether the service complains of the external id itself, and not of something else taken.

    Whether a deleted record keeps its external id is not published; the record that is told of
    cannot be read then.
    """
    field = resource.key_column.field
    return is_taken(answer) and any(each.member == field for each in answer.refusals)


def describe_held(resource: Resource, record: Record, answer: Answer) -> Problem:
    """The external id of a create is in use by what the service does not show."""
    words = "; ".join(each.words for each in answer.refusals)
    return kinds.KEY_HELD.at(
        record.line.place(resource.key),
        found=f"{quoted(record.key)}, which the service calls taken ({quoted(words)}) but shows "
        "no record of: a deleted one holds it, it seems",
    )


def describe_not_shown(resource: Resource, record: Record, answer: Answer) -> Problem:
    """The service says that the external id is in use, and shows no record that has it."""
    words = "; ".join(each.words for each in answer.refusals)
    return kinds.API_UNCERTAIN.at(
        record.line.place(resource.key),
        found=f"{quoted(record.key)}, which the service calls taken ({quoted(words)}) but does "
        "not show",
    )


def describe_uncertain(resource: Resource, record: Record) -> Problem:
    """It could not be found out whether the service took the record."""
    return kinds.API_UNCERTAIN.at(
        record.line.place(resource.key),
        found=f"no clear answer for {quoted(record.key)}",
    )
