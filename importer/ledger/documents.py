"""JSON documents as the ledger keeps them: one spelling per content, so that texts compare."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from importer.model.ports import Answer, Call, Verdict
from importer.model.record import Json

EXCERPT_LENGTH = 2000
"""Characters of an answer that are kept; enough for every refusal seen, and a bound on the file."""


def spell(document: object) -> str:
    """The one spelling of a document: members in order, no spaces.

    Raises ValueError for a number that JSON cannot say (NaN, infinity).
    """
    return json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(document: Mapping[str, Json]) -> str:
    """SHA-256 of the document's one spelling, in hexadecimal."""
    return hashlib.sha256(spell(dict(document)).encode()).hexdigest()


def list_calls(calls: Iterable[Call]) -> list[Json]:
    """Calls as one document."""
    return [{"method": each.method, "path": each.path, "body": dict(each.body)} for each in calls]


def read_calls(document: Iterable[Mapping[str, Json]]) -> tuple[Call, ...]:
    """The calls of a document that `list_calls` made."""
    return tuple(
        Call(method=str(each["method"]), path=str(each["path"]), body=_members(each["body"]))
        for each in document
    )


def _members(document: Json) -> Mapping[str, Json]:
    if isinstance(document, dict):
        return document
    raise TypeError("The body of a call in the ledger is not a JSON object.")


def excerpt(answer: Answer) -> str:
    """What to remember of an answer's words, at most `EXCERPT_LENGTH` characters.

    Of an accepted write nothing is kept: the confirmed payload is, and the answer may hold
    an address that opens a file for whoever reads it.
    """
    if answer.verdict is Verdict.ACCEPTED:
        return ""
    complaints = [f"{each.member}: {each.words}".removeprefix(": ") for each in answer.refusals]
    body = [spell(dict(answer.body))] if answer.body else []
    return "\n".join(complaints + body)[:EXCERPT_LENGTH]
