"""Exactly one effect: an intent before the send, and no second send before a look.

A POST is never blindly repeated. After a doubtful answer the record is looked up by its external
id: found and equal is adopted, found and different is a conflict, absent is sent again with the
same key (design: exactly one effect).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from importer.declare.resource import Items, Resource
from importer.flows.contents import find_confirmed, form_body
from importer.flows.delivery import deliver, has_arrived, is_signed
from importer.flows.evidence import read_upload
from importer.flows.looking import PAUSES, Sight
from importer.flows.session import Session
from importer.flows.settled import Settled
from importer.model.failure import ImporterError
from importer.model.outcome import Status
from importer.model.plan import Update
from importer.model.ports import Answer, Call, OperationState, Verdict
from importer.model.record import Record, Remote, State
from importer.planning.calls import build_create, build_update
from importer.planning.changes import ledger_key
from importer.planning.refusals import (
    describe_half_done,
    describe_held,
    describe_not_shown,
    describe_refusal,
    describe_taken,
    describe_uncertain,
    is_held,
    is_taken,
)

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One record on its way to the service; it ends settled, or uncertain."""

    session: Session
    run: int
    record: Record
    desired: State
    items: Items
    workbook: Path

    @property
    def resource(self) -> Resource:
        """What kind of record it is."""
        return self.session.catalog.resource(self.record.resource)

    @property
    def sight(self) -> Sight:
        """What the service shows of it."""
        return Sight(
            session=self.session,
            resource=self.resource,
            record=self.record,
            desired=self.desired,
            items=self.items,
        )

    def create(self) -> Settled:
        """Create a record that was not there when the plan was made, with what a create can say."""
        if self.resource.content_key:
            same = find_confirmed(self.session, self.resource, self.desired)
            if same is not None:
                return Settled(
                    status=Status.UNCHANGED,
                    id=str(same["id"]),
                    body=same,
                    message="The same document as one that is there already.",
                )
        call = self._build_create()
        for attempt in range(_ATTEMPTS):
            sent = self._send_first([call], self._send_create, attempt)
            if isinstance(sent, Settled):
                return sent
            operation, answer = sent
            if answer.verdict is Verdict.ACCEPTED and self.sight.is_ours(answer):
                remote = self.sight.read(answer.body)
                return self._finish(remote, operation, answer, Status.CREATED)
            is_refused = answer.verdict is Verdict.REFUSED
            may_be_ours = attempt > 0 or not is_refused
            found = self.sight.look_up(PAUSES if may_be_ours else (0.0,))
            if found is not None:
                status = Status.CREATED if may_be_ours else Status.UNCHANGED
                return self._adopt(found, operation, answer, status)
            if is_refused and attempt > 0 and is_taken(answer):
                return self._not_shown(operation, answer)
            if is_refused:
                return self._refused(call, operation, answer)
            self.session.ledger.settle(operation, OperationState.UNKNOWN, answer=answer)
        return self.uncertain()

    def update(self, change: Update) -> Settled:
        """Send the calls of an update; each sets values outright, so it may be repeated.

        A repeat may be refused because what it takes off is gone: that is looked at first.
        """
        calls = build_update(self.resource, change, self.desired, self.items)
        service = self.session.service_of(self.resource)
        for attempt in range(_ATTEMPTS):
            sent = self._send_first(calls, service.send, attempt)
            if isinstance(sent, Settled):
                return sent
            operation, answer = sent
            call, answer = self._send_rest(calls, answer)
            is_refused = answer.verdict is Verdict.REFUSED
            if is_refused and attempt == 0:
                return self._refused(call, operation, answer)
            remote = self._read_back(change, answer, len(calls))
            if remote is not None:
                return self._finish(remote, operation, answer, Status.UPDATED)
            if is_refused:
                return self._refused(call, operation, answer)
            self.session.ledger.settle(operation, OperationState.UNKNOWN, answer=answer)
        return self.uncertain()

    def complete(self, remote: Remote, *, status: Status) -> Settled:
        """Confirm a record that says what the workbook says, once its document is there, too."""
        arrived, words = True, ""
        if is_signed(self.resource) and not has_arrived(
            self.session, self.resource, remote, self.desired
        ):
            arrived, words = self._deliver(remote)
            status = Status.UPDATED
        if not arrived:
            return self._half_done(remote, words)
        self._confirm(remote, None, None)
        return Settled(status=status, id=remote.id, body=remote.body)

    def _build_create(self) -> Call:
        """The call of a create; a form is written down without its bytes."""
        if self._is_form:
            body = form_body(self.resource, self.desired)
            return Call(method="POST", path=self.resource.endpoint.path, body=body)
        settings = self.session.service_of(self.resource).settings
        return build_create(self.resource, self.desired, self.items, settings)

    def _send_create(self, call: Call) -> Answer:
        service, evidence = self.session.service_of(self.resource), self.resource.evidence
        if evidence is None or not self._is_form:
            return service.send(call)
        upload = read_upload(self.workbook, evidence, self.record.line)
        fields = {name: str(self.desired[field]) for name, field in evidence.fields}
        return service.send_document(call.path, upload, fields)

    @property
    def _is_form(self) -> bool:
        return self.resource.evidence is not None and not is_signed(self.resource)

    def _finish(self, remote: Remote, operation: int, answer: Answer, status: Status) -> Settled:
        """A record is done when its document has arrived, too."""
        if is_signed(self.resource):
            arrived, words = self._deliver(remote)
            if not arrived:
                state = OperationState.UNKNOWN
                self.session.ledger.settle(operation, state, remote_id=remote.id, answer=answer)
                return self._half_done(remote, words)
        self._confirm(remote, operation, answer)
        return Settled(status=status, id=remote.id, body=remote.body)

    def _deliver(self, remote: Remote) -> tuple[bool, str]:
        return deliver(self.session, self.resource, self.record, remote.id, workbook=self.workbook)

    def _half_done(self, remote: Remote, words: str) -> Settled:
        problem = describe_half_done(self.resource, self.record, words)
        return Settled(status=Status.FAILED, id=remote.id, problems=(problem,))

    def _intend(self, calls: Sequence[Call]) -> int:
        return self.session.ledger.intend(
            self.run,
            self.session.scope_of(self.resource),
            resource=self.resource.name,
            key=self._ledger_key,
            calls=calls,
            desired=self.desired,
        )

    def _send_first(
        self, calls: Sequence[Call], send: Callable[[Call], Answer], attempt: int
    ) -> tuple[int, Answer] | Settled:
        """Write down the intent, then send the first call; the end where that was not possible."""
        operation = 0
        try:
            operation = self._intend(calls)
            return operation, send(calls[0])
        except ImporterError as failure:
            if operation:
                self.session.ledger.settle(operation, OperationState.ABSENT)
            return self._unsent(attempt, failure)

    def _send_rest(self, calls: Sequence[Call], answer: Answer) -> tuple[Call, Answer]:
        """Send on until one is not accepted; the last call that was sent, and its answer."""
        sent = calls[0]
        for call in calls[1:]:
            if answer.verdict is not Verdict.ACCEPTED:
                break
            sent, answer = call, self.session.service_of(self.resource).send(call)
        return sent, answer

    def _unsent(self, attempt: int, failure: ImporterError) -> Settled:
        """The world gave out before the record was sent: a service only says so then.

        Where an attempt before this one got no clear answer, that stays in doubt.
        """
        if attempt > 0:
            return replace(self.uncertain(), stopped=failure)
        return Settled(
            status=Status.SKIPPED,
            message="Not sent: the run ended before this row.",
            stopped=failure,
        )

    def _read_back(self, change: Update, answer: Answer, calls: int) -> Remote | None:
        """The record after an update: the answer where that is it, else a look that agrees."""
        is_taken = answer.verdict is Verdict.ACCEPTED
        is_it = answer.body.get("id") == change.remote.id and self.sight.is_ours(answer)
        if is_taken and is_it and calls == 1:
            remote = self.sight.read(answer.body)
            if all(each.field in remote.state for each in change.differences):
                return remote
        return self.sight.look_up((0.0, *PAUSES) if is_taken else PAUSES, fits=self.sight.says)

    @property
    def _ledger_key(self) -> str:
        return ledger_key(self.resource, self.record.key, self.desired)

    def _adopt(self, found: Remote, operation: int, answer: Answer, status: Status) -> Settled:
        """What is there is ours if it says what was sent; otherwise someone else was faster."""
        if self.sight.says(found):
            settled = self._finish(found, operation, answer, status)
            already = settled.status is Status.UNCHANGED
            return replace(settled, message="Was there already.") if already else settled
        state = OperationState.REFUSED
        self.session.ledger.settle(operation, state, remote_id=found.id, answer=answer)
        problem = describe_taken(self.resource, self.record, found)
        return Settled(status=Status.CONFLICT, id=found.id, problems=(problem,))

    def _confirm(self, remote: Remote, operation: int | None, answer: Answer | None) -> None:
        self.session.ledger.confirm(
            self.session.scope_of(self.resource),
            resource=self.resource.name,
            key=self._ledger_key,
            remote_id=remote.id,
            sent=self.desired,
            observed=remote.state,
            operation=operation,
            answer=answer,
        )

    def _refused(self, call: Call, operation: int, answer: Answer) -> Settled:
        self.session.ledger.settle(operation, OperationState.REFUSED, answer=answer)
        if call.method == "POST" and is_held(self.resource, answer):
            problem = describe_held(self.resource, self.record, answer)
            return Settled(status=Status.FAILED, problems=(problem,))
        status, problems = describe_refusal(self.resource, self.record, self.desired, call, answer)
        return Settled(status=status, problems=problems)

    def _not_shown(self, operation: int, answer: Answer) -> Settled:
        """Sending again is pointless; the next run looks first."""
        self.session.ledger.settle(operation, OperationState.UNKNOWN, answer=answer)
        problem = describe_not_shown(self.resource, self.record, answer)
        return Settled(status=Status.UNCERTAIN, problems=(problem,))

    def uncertain(self) -> Settled:
        """It could not be found out what the service took."""
        problem = describe_uncertain(self.resource, self.record)
        return Settled(status=Status.UNCERTAIN, problems=(problem,))
