"""Periodic emission logs.

Source: docs.cula.tech/upcoming-api-reference/periodic-emission-logs. That DELETE is soft and
answers 204 is inferred from sibling resources. PATCH, the single data point and the file links
are not part of the twin.
"""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter

from importer.sandbox.context import Context, Here
from importer.sandbox.cula.bodies import LogInput, RawBody, parse_body
from importer.sandbox.cula.calculation import find_state
from importer.sandbox.cula.checks import CheckedLog, check_log
from importer.sandbox.cula.errors import Detail, Refusal
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.cula.older import OlderRoute
from importer.sandbox.cula.pages import AskedPage, list_page
from importer.sandbox.cula.references import read_by_path
from importer.sandbox.documents import Document, Filter
from importer.sandbox.identity import make_cula_id
from importer.sandbox.moments import read_moment, write_moment
from importer.sandbox.store import ReferenceInUse

router = APIRouter(prefix="/periodic-emission-logs", route_class=OlderRoute)

_MEMBERS = (
    "id",
    "external_id",
    "config_id",
    "display_key",
    "site",
    "period_start",
    "period_end",
    "status",
    "emissions_in_kg_co2e",
    "data_points",
    "file_ids",
    "created_at",
    "updated_at",
)


@router.post("", status_code=201)
def create_log(raw: RawBody, here: Here) -> dict[str, Any]:
    """Make a log; it is `calculating` at first.

    Raises:
        Refusal: 422 for what does not fit the config, 409 for an external id in use, also when
            the body is the same.
    """
    body = parse_body(LogInput, raw, here.switches)
    with here.store.transaction():
        checked = check_log(here, body)
        now = here.clock()
        fields = {
            "id": make_cula_id("eml", now),
            "external_id": body.external_id,
            "file_ids": body.file_ids or [],
            "created_at": write_moment(now),
            "_finalised": False,
        }
        try:
            document = here.store.insert(
                LOG, {**fields, **_state(here, body, checked)}, reference=body.external_id
            )
        except ReferenceInUse as error:
            raise _refuse_taken(error) from None
    return _render(document, here)


@router.get("")
def list_logs(asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of the logs that are not deleted. No filters are documented."""
    return list_page(
        here.store,
        LOG,
        asked,
        lambda document: _render(document, here),
        narrowed=Filter(equal={"_deleted_at": None}),
    )


@router.get("/{key}")
def read_log(key: str, here: Here) -> dict[str, Any]:
    """The log with this id, or with `ext-` and this external id."""
    return _render(_read(here, key), here)


@router.put("/{key}")
def replace_log(key: str, raw: RawBody, here: Here) -> dict[str, Any]:
    """Replace a log and calculate it again.

    An external id that is left out stays. Another config is refused; that is not documented.

    Raises:
        Refusal: 404, there is no such log; 409, it is part of a finalised submission; 422.
    """
    body = parse_body(LogInput, raw, here.switches)
    with here.store.transaction():
        old = _read(here, key)
        if old.body["_finalised"]:
            raise Refusal(409, "conflict", "finalised", "The log is part of a finalised submission")
        if body.config_id != old.body["config_id"]:
            message = "A log stays with its config"
            raise Refusal.invalid(
                [Detail(code="config_changed", param="config_id", message=message)]
            )
        external_id = body.external_id or old.reference
        fields = {
            **old.body,
            "external_id": external_id,
            "file_ids": _choose_files(here, body, old),
            **_state(here, body, check_log(here, body)),
        }
        try:
            return _render(here.store.replace(LOG, fields, reference=external_id), here)
        except ReferenceInUse as error:
            raise _refuse_taken(error) from None


@router.delete("/{key}", status_code=204)
def delete_log(key: str, here: Here) -> None:
    """Delete a log softly: nobody sees it any more, but it is kept."""
    with here.store.transaction():
        old = _read(here, key)
        kept = old.reference if here.switches.deleted_keeps_external_id else None
        body = {**old.body, "_deleted_at": write_moment(here.clock())}
        here.store.replace(LOG, body, reference=kept)


def _state(here: Context, body: LogInput, checked: CheckedLog) -> dict[str, Any]:
    now = here.clock()
    ready_at = now + timedelta(seconds=here.switches.calculation_seconds)
    return {
        "config_id": body.config_id,
        "display_key": body.display_key or body.external_id,
        "site": checked.site,
        "period_start": checked.period_start,
        "period_end": checked.period_end,
        "data_points": [_keep(point, here) for point in checked.data_points],
        "updated_at": write_moment(now),
        "_ready_at": ready_at.isoformat(),
        "_total": checked.emissions,
        "_failed": here.switches.calculation_fails,
    }


def _keep(point: dict[str, Any], here: Context) -> dict[str, Any]:
    """A data point as it is kept: nothing promises that texts stay in their order."""
    sent = point["input_value"]
    if isinstance(sent, list) and here.switches.multi_text_order == "sorted":
        return {**point, "input_value": sorted(sent)}
    return point


def _choose_files(here: Context, body: LogInput, old: Document) -> list[str]:
    if body.file_ids is None and here.switches.put_without_file_ids == "keep":
        return list(old.body["file_ids"])
    return body.file_ids or []


def _read(here: Context, key: str) -> Document:
    document = read_by_path(here.store, LOG, key)
    if document.body.get("_deleted_at") is not None:
        raise Refusal.not_found("log", key)
    return document


def _render(document: Document, here: Context) -> dict[str, Any]:
    status, emissions = find_state(document.body, here.clock())
    answer = {**document.body, "status": status, "emissions_in_kg_co2e": emissions}
    if status != "calculating":
        answer["updated_at"] = write_moment(read_moment(document.body["_ready_at"]))
    return {name: answer[name] for name in _MEMBERS}


def _refuse_taken(error: ReferenceInUse) -> Refusal:
    return Refusal(
        409,
        "conflict",
        "external_id_in_use",
        f"The external id {error.reference!r} is in use",
        param="external_id",
        existing={"id": error.holder, "external_id": error.reference},
    )
