"""Refusals: the bodies of errors become complaints about members, in the service's words."""

import re
from collections.abc import Mapping
from html import unescape

from importer.apis.bodies import clean
from importer.apis.client import Exchange
from importer.model.ports import Refusal
from importer.model.record import Json

_LONGEST_MEMBER = 200
_MOST = 100
_KEY_MEMBER = "external_id"
_XML_NAMES = ("Code", "Message")
_XML = re.compile(f"<({'|'.join(_XML_NAMES)})>([^<]*)</")


def read_refusals(answer: Exchange) -> tuple[Refusal, ...]:
    """What a service complains about; always at least one complaint."""
    document = answer.json if isinstance(answer.json, dict) else {}
    error, detail = document.get("error"), document.get("detail")
    if isinstance(error, dict):
        found = _read_cula(error, existing=error.get("existing") or document.get("existing"))
    elif isinstance(detail, list):
        found = tuple(_read_isometric(each) for each in detail[:_MOST] if isinstance(each, dict))
    else:
        found = (Refusal(member="", words=_text(detail)),)
    told = tuple(each for each in found if each.words)
    words = _read_storage(answer.text) or answer.text or "no explanation"
    return told or (Refusal(member="", words=words),)


def _read_cula(error: Mapping[str, Json], *, existing: Json) -> tuple[Refusal, ...]:
    """The envelope: `details` when there are any, else `param` and `message`.

    Source: docs.cula.tech/upcoming/technical-reference/error-handling. Where exactly `existing`
    stands in a 409 is not documented.
    """
    details = error.get("details")
    several = tuple(
        Refusal(member=_member(each.get("param")), words=_text(each.get("message")))
        for each in (details[:_MOST] if isinstance(details, list) else ())
        if isinstance(each, dict)
    )
    if any(each.words for each in several):
        return several
    member = _member(error.get("param"))
    words = _text(error.get("message")) or _text(error.get("code"))
    if error.get("code") == "external_id_in_use":
        member = member or _KEY_MEMBER
        holder = _text(existing.get("id")) if isinstance(existing, dict) else ""
        words = f"{words} (held by {holder})" if holder else words
    return (Refusal(member=member, words=words),)


def _read_isometric(detail: Mapping[str, Json]) -> Refusal:
    """One validation error: `loc` and `msg`.

    Source: docs.isometric.com/api-reference/certify (HTTPValidationError). `input`, which
    repeats what was sent, is left out.
    """
    return Refusal(member=_join(detail.get("loc")), words=_text(detail.get("msg")))


def _read_storage(text: str) -> str:
    """What the document storages of Google and Amazon say, which is XML; empty for other texts.

    Source: cloud.google.com/storage/docs/xml-api/reference-status. Nothing but code and message:
    the rest repeats the request.
    """
    found = dict(_XML.findall(text))
    return clean(unescape(": ".join(found[name] for name in _XML_NAMES if found.get(name))))


def _join(steps: Json) -> str:
    """`["body", "source_ids", 0]` as `source_ids[0]`."""
    if not isinstance(steps, list):
        return ""
    text = ""
    for step in steps[1:] if steps[:1] == ["body"] else steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif isinstance(step, str):
            text += f".{step}" if text else step
    return clean(text, _LONGEST_MEMBER)


def _member(value: Json) -> str:
    return clean(value, _LONGEST_MEMBER) if isinstance(value, str) else ""


def _text(value: Json) -> str:
    return clean(value) if isinstance(value, str) else ""
