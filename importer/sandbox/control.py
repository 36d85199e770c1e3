"""The sandbox's own paths, below `/_sandbox`: what a test or a rehearsal asks of it.

They need no credentials; the server listens on the loopback address only.
"""

from typing import Any

from fastapi import APIRouter, HTTPException, Query, Request

from importer.sandbox.context import Here
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.documents import Kind
from importer.sandbox.facts import Running
from importer.sandbox.faults import Fault
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.isometric.verification import Verdict, judge

router = APIRouter(prefix="/_sandbox")


@router.get("")
def describe(request: Request, here: Here) -> dict[str, Any]:
    """Where both services are and what opens them."""
    url = str(request.base_url).rstrip("/")
    return Running.at(url, here.store.identity).describe()


@router.get("/requests")
def list_requests(here: Here, after: int = 0) -> dict[str, Any]:
    """The requests to the services with a number above `after`, and the last number."""
    requests = here.store.requests(after)
    last = requests[-1].number if requests else after
    return {"requests": [request.render() for request in requests], "last": last}


@router.post("/reset")
def reset(request: Request, here: Here) -> dict[str, Any]:
    """Forget everything but the seed, and answer with the new organisations."""
    here.store.reset()
    return describe(request, here)


@router.post("/faults")
def add_fault(fault: Fault, here: Here) -> dict[str, Any]:
    """Order a fault."""
    here.store.faults.add(fault)
    return {}


@router.delete("/faults")
def clear_faults(here: Here) -> dict[str, Any]:
    """Cancel the faults that were ordered and have not come yet; rehearsed ones go on."""
    here.store.faults.clear()
    return {}


@router.post("/finalise/{log_id}")
def finalise(log_id: str, here: Here) -> dict[str, Any]:
    """Make an emission log part of a finalised submission."""
    return _change(here, LOG, log_id, {"_finalised": True})


@router.post("/fail/{log_id}")
def fail(log_id: str, here: Here) -> dict[str, Any]:
    """Let the calculation of an emission log fail, until it is written again."""
    return _change(here, LOG, log_id, {"_failed": True})


@router.post("/lock/{datapoint_id}")
def lock(
    datapoint_id: str, here: Here, status: str = Query("locked_used_in_verified_removal")
) -> dict[str, Any]:
    """Lock a datapoint, with `status` as its `locked_status`."""
    return _change(here, DATAPOINT, datapoint_id, {"locked_status": status})


@router.post("/judge/{statement_id}")
def judge_statement(statement_id: str, here: Here, status: Verdict = "VERIFIED") -> dict[str, Any]:
    """Set the `status` of a GHG statement, and lock or unlock what it is made of."""
    try:
        return judge(here, statement_id, status).public()
    except LookupError as error:
        raise HTTPException(404, str(error)) from None


def _change(here: Here, kind: Kind, document_id: str, changes: dict[str, Any]) -> dict[str, Any]:
    try:
        return here.store.change(kind, document_id, changes).public()
    except LookupError as error:
        raise HTTPException(404, str(error)) from None
