"""GHG statements: a period of a project, handed to the verifier.

Source: docs.isometric.com/api-reference/certify (POST /ghg_statements, POST
/ghg_statements/{id}/submit) and docs.isometric.com/user-guides/certify/ghg-statement. There is no
PATCH and no DELETE. Verifying and issuing credits is done by other people: see `verification`.
"""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from importer.sandbox.context import Context, Here
from importer.sandbox.documents import Document
from importer.sandbox.identity import make_isometric_id
from importer.sandbox.isometric.account import PathId
from importer.sandbox.isometric.bodies import Day, Id
from importer.sandbox.isometric.errors import (
    read_by_path,
    refuse_rule,
    refuse_unknown_keys,
    require_known,
)
from importer.sandbox.isometric.kinds import PROJECT, STATEMENT
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.reporting_periods import (
    find_start,
    list_members,
    list_statements,
)
from importer.sandbox.isometric.totals import allocate_total, calculate_total
from importer.sandbox.moments import write_moment
from importer.sandbox.unknown_keys import Body

router = APIRouter(prefix="/ghg_statements")

VERIFIER = "Boreal Verification"
_DRAFT, _AWAITING = "DRAFT", "AWAITING_VERIFICATION"


class NewStatement(Body):
    """What POST takes: no start, no reference, no entries."""

    project_id: Id
    end_on: Day


class Submission(Body):
    """What a submission takes; the summary belongs to a repeated one."""

    ghg_statement_report_url: Annotated[str, Field(max_length=2048)]
    summary_of_changes: str | None = None


@router.post("")
def create_statement(body: NewStatement, here: Here) -> dict[str, Any]:
    """Open a statement in DRAFT.

    Raises:
        HTTPException: 400 for an unknown project, a period without a beginning, and for an end
            that a switch refuses.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        require_known(here.store, PROJECT, [body.project_id])
        _check_end(here, body)
        start = find_start(here.store, body.project_id)
        same = [
            each
            for each in list_statements(here.store, body.project_id)
            if each.body["_end"] == body.end_on
        ]
        if same:
            start = same[0].body["_start"]
        if start is None:
            raise refuse_rule("The project has no GHG entries")
        return _render(here.store.insert(STATEMENT, _build(body, start)), here)


@router.get("")
def list_all(asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of statements; there is no filter."""
    return list_page(here.store, STATEMENT, asked, lambda each: _render(each, here))


@router.get("/{statement_id}")
def read_statement(statement_id: PathId, here: Here) -> dict[str, Any]:
    """One statement."""
    return _render(read_by_path(here.store, STATEMENT, statement_id, here.switches), here)


@router.post("/{statement_id}/submit")
def submit_statement(statement_id: PathId, body: Submission, here: Here) -> dict[str, Any]:
    """Hand a statement to the verifier, or a changed one again.

    Raises:
        HTTPException: 400 without a verifier (observed), and where nothing is to be submitted.
    """
    refuse_unknown_keys(body, here.switches)
    with here.store.transaction():
        old = read_by_path(here.store, STATEMENT, statement_id, here.switches)
        if here.switches.verifier == "none":
            raise refuse_rule("No verifier is assigned to this project")
        _check_submission(here, old, body)
        members = list_members(here.store, old)
        changes = {
            "status": _AWAITING,
            "ghg_statement_report_url": body.ghg_statement_report_url,
            "submitted_at": write_moment(here.clock()),
            "_members": members,
            "_submitted_total": calculate_total(here, members),
        }
        return _render(here.store.change(STATEMENT, old.id, changes), here)


def _check_end(here: Context, body: NewStatement) -> None:
    ends = [each.body["_end"] for each in list_statements(here.store, body.project_id)]
    if body.end_on in ends:
        if here.switches.repeated_statement == "refuse":
            raise refuse_rule(f"There is a statement that ends on {body.end_on}")
        return
    if here.switches.statement_end == "accept":
        return
    if body.end_on > here.clock().date().isoformat():
        raise refuse_rule("End date cannot be in the future")
    if ends and body.end_on < max(ends):
        raise refuse_rule("End date has to be after the last statement")


def _check_submission(here: Context, statement: Document, body: Submission) -> None:
    if statement.body["status"] == _DRAFT:
        return
    is_changed = _find_pending(statement, here) is not None
    if statement.body["status"] != _AWAITING or not is_changed:
        raise refuse_rule("There is nothing to submit")
    if not body.summary_of_changes:
        raise refuse_rule("A summary of changes is needed")


def _build(body: NewStatement, start: str) -> dict[str, Any]:
    return {
        "id": make_isometric_id("ggs"),
        "project_id": body.project_id,
        "status": _DRAFT,
        "ghg_statement_report_url": None,
        "submitted_at": None,
        "credits_issued_at": None,
        "_start": start,
        "_end": body.end_on,
        "_members": None,
        "_submitted_total": None,
    }


def _find_pending(statement: Document, here: Context) -> float | None:
    submitted = statement.body["_submitted_total"]
    if submitted is None:
        return None
    total = calculate_total(here, list_members(here.store, statement))
    return None if submitted == total else total


def _render(statement: Document, here: Context) -> dict[str, Any]:
    members = list_members(here.store, statement)
    is_bare = statement.body["status"] == _DRAFT and here.switches.draft_period == "null"
    return {
        **statement.public(),
        "reporting_period_start_at": None if is_bare else statement.body["_start"],
        "reporting_period_end_at": None if is_bare else statement.body["_end"],
        "ghg_entry_ids": members,
        "removal_ids": members,
        "credit_allocation": allocate_total(here, members),
        "pending_total_co2e_removed_kg": _find_pending(statement, here),
        "verifier": VERIFIER if here.switches.verifier == "assigned" else None,
    }
