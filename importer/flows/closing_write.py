"""The two sends of a closing record: its draft, and its submission. Neither is ever repeated.

A draft carries no key, and a second one for the same day may be taken. So after a doubtful answer
all records are walked: the one draft with that end is ours. A submission is read back: a newer
moment of submission means that it went through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from importer.declare.resource import Resource
from importer.declare.submission import Step, Submission
from importer.flows.closed_periods import fetch_bodies, fixed_members
from importer.flows.looking import PAUSES
from importer.flows.session import Session
from importer.flows.settled import Settled
from importer.model import problem_kinds as kinds
from importer.model.failure import ImporterError
from importer.model.outcome import Status
from importer.model.ports import Answer, Call, OperationState, Verdict
from importer.model.record import Json, State
from importer.planning.periods import Body, Closing, read_span
from importer.planning.refusals import describe_refusal
from importer.planning.submission import (
    build_draft,
    build_submission,
    name_draft,
    name_submission,
)

_AGAIN = "Type the same command again: it looks before it sends anything."


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingWrite:
    """The sends of one row, with their intents and outcomes in the ledger."""

    session: Session
    resource: Resource
    submission: Submission
    run: int
    closing: Closing

    @property
    def keys(self) -> frozenset[str]:
        """Under what the ledger knows the two."""
        own = self._fixed
        return frozenset({name_draft(self.closing, own), name_submission(self.closing, own)})

    def make(self) -> Body | Settled:
        """Make the draft; the record, or why there is none."""
        call = build_draft(self.resource, self.closing, self._fixed)
        key = name_draft(self.closing, self._fixed)
        state: State = {self.resource.key_column.field: self.closing.end.isoformat()}
        sent = self._send(call, key, state)
        if isinstance(sent, Settled):
            return sent
        operation, answer = sent
        body = self._read(str(answer.body["id"])) if self._is_made(answer) else None
        body = body or self._look_for_draft(answer)
        if body is not None:
            self._confirm(operation, answer, key, state, body)
            return body
        if answer.verdict is Verdict.REFUSED:
            return self._refused(call, operation, answer)
        self.session.ledger.settle(operation, OperationState.UNKNOWN, answer=answer)
        return self.uncertain("no clear answer to the draft, and none that the service shows")

    def submit(self, body: Body) -> Settled:
        """Hand it over. The body of the end is the record as it is then."""
        own_id = str(body["id"])
        call = build_submission(self.resource, self.submission, self.closing, own_id)
        key, moment = name_submission(self.closing, self._fixed), self.submission.submitted
        state: State = {**call.body, "id": own_id, moment: body.get(moment)}
        sent = self._send(call, key, state)
        if isinstance(sent, Settled):
            return replace(sent, id=own_id, body=body)
        operation, answer = sent
        if answer.verdict is Verdict.REFUSED:
            return replace(self._refused(call, operation, answer), id=own_id, body=body)
        now = self._look_for_submission(own_id, body)
        if now is None:
            self.session.ledger.settle(operation, OperationState.UNKNOWN, answer=answer)
            return replace(self.uncertain("no clear answer to the submission"), id=own_id)
        self._confirm(operation, answer, key, state, now)
        return Settled(status=Status.UPDATED, id=own_id, body=now)

    def uncertain(self, found: str) -> Settled:
        """The end of what the service gives no clear answer to."""
        place = self.closing.record.line.place(self.resource.key)
        problem = kinds.API_UNCERTAIN.at(place, found=found, remedy=_AGAIN)
        return Settled(status=Status.UNCERTAIN, problems=(problem,))

    @property
    def _fixed(self) -> Mapping[str, Json]:
        return fixed_members(self.session, self.resource)

    def _is_made(self, answer: Answer) -> bool:
        """Whether an answer is about the draft; its days may be null."""
        if answer.verdict is not Verdict.ACCEPTED or not isinstance(answer.body.get("id"), str):
            return False
        own = self._fixed
        end = read_span(self.submission, answer.body).end
        return end in (None, self.closing.end) and all(
            answer.body.get(name) == own[name] for name in own
        )

    def _look_for_draft(self, answer: Answer) -> Body | None:
        """The one draft with that end. A refusal is looked behind once, doubt with patience."""
        for pause in (0.0,) if answer.verdict is Verdict.REFUSED else PAUSES:
            if pause:
                self.session.sleep(pause)
            every = fetch_bodies(self.session, self.resource)
            ends = [(read_span(self.submission, each).end, each) for each in every]
            there = [each for end, each in ends if end == self.closing.end]
            if len(there) == 1 and self.submission.standing(there[0]).step is Step.SUBMIT:
                return there[0]
        return None

    def _look_for_submission(self, own_id: str, before: Body) -> Body | None:
        """The record once it shows a new moment of submission."""
        for pause in (0.0, *PAUSES):
            if pause:
                self.session.sleep(pause)
            now = self._read(own_id)
            moment = now.get(self.submission.submitted) if now else None
            if moment is not None and moment != before.get(self.submission.submitted):
                return now
        return None

    def _read(self, own_id: str) -> Body | None:
        service = self.session.service_of(self.resource)
        return service.fetch(f"{self.resource.endpoint.path}/{own_id}")

    def _send(self, call: Call, key: str, state: State) -> tuple[int, Answer] | Settled:
        """Write down the intent, then send; the end where that was not possible."""
        ledger, operation = self.session.ledger, 0
        try:
            operation = ledger.intend(
                self.run,
                self.session.scope_of(self.resource),
                resource=self.resource.name,
                key=key,
                calls=[call],
                desired=state,
            )
            return operation, self.session.service_of(self.resource).send(call)
        except ImporterError as failure:
            if operation:
                ledger.settle(operation, OperationState.ABSENT)
            words = "Not sent: the run ended before this row."
            return Settled(status=Status.SKIPPED, message=words, stopped=failure)

    def _confirm(self, operation: int, answer: Answer, key: str, state: State, body: Body) -> None:
        self.session.ledger.confirm(
            self.session.scope_of(self.resource),
            resource=self.resource.name,
            key=key,
            remote_id=str(body["id"]),
            sent=state,
            observed=body,
            operation=operation,
            answer=answer,
        )

    def _refused(self, call: Call, operation: int, answer: Answer) -> Settled:
        self.session.ledger.settle(operation, OperationState.REFUSED, answer=answer)
        status, problems = describe_refusal(self.resource, self.closing.record, {}, call, answer)
        return Settled(status=status, problems=problems)
