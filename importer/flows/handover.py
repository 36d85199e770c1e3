"""One closing record on its way: made or adopted, compared, handed over; each step is agreed to."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from importer.declare.submission import Step
from importer.flows.closing_write import ClosingWrite
from importer.flows.settled import Settled
from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.model.problem import Problem, Severity
from importer.planning.periods import Body, Closing, describe, read_span
from importer.planning.submission import compare_members, find_lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """How far it may go, and who says yes to each step."""

    ask: Callable[[str], bool]
    draft_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One row.

    open_keys: sends of earlier runs whose effect is still not known.
    unsent: why the workbook's other rows do not allow it; empty where they do.
    """

    write: ClosingWrite
    consent: Consent
    open_keys: Collection[str] = ()
    unsent: str = ""

    @property
    def closing(self) -> Closing:
        """The row with its period."""
        return self.write.closing

    def settle(self) -> Settled:
        """Go as far as the row, the service and the user let it."""
        standing = self.closing.standing
        if self.closing.is_fine and standing.step is Step.NOTHING:
            words = f"{standing.words[:1].upper()}{standing.words[1:]}."
            return self._end(Status.UNCHANGED, words)
        hindered = self._find_hindrance()
        if hindered is not None:
            return hindered
        if self.closing.remote is not None:
            return self._hand_over(self.closing.remote, Status.UPDATED)
        title = self.write.resource.title
        if not self.consent.ask(f"{describe(self.closing, title)}\nMake its draft?"):
            return self._end(Status.SKIPPED, "Not made: you did not agree.")
        made = self.write.make()
        return made if isinstance(made, Settled) else self._hand_over(made, Status.CREATED)

    def _find_hindrance(self) -> Settled | None:
        """Why nothing is begun."""
        if self.closing.waits_for:
            return self._end(Status.BLOCKED, f"Waits for {self.closing.waits_for}.")
        if not self.closing.is_fine:
            return replace(self._end(Status.CONFLICT), problems=self.closing.problems)
        if self.unsent:
            return self._end(Status.BLOCKED, self.unsent)
        draft_only = self.consent.draft_only
        lacking = () if draft_only else find_lacking(self.write.submission, self.closing)
        if lacking:
            return replace(self._end(Status.INVALID), problems=lacking)
        if self.write.keys & set(self.open_keys):
            found = "an earlier send whose effect the service does not show yet"
            return self.write.uncertain(found)
        return None

    def _hand_over(self, body: Body, status: Status) -> Settled:
        """Compare what the period holds, and submit it. `status` tells how it came to be there."""
        found = (*self.closing.problems, *self._compare(body))
        there = Settled(status=status, id=str(body["id"]), body=body, problems=found)
        if any(each.severity is Severity.ERROR for each in found):
            return replace(there, status=Status.CONFLICT)
        if self.consent.draft_only:
            kept = Status.UNCHANGED if status is Status.UPDATED else status
            return replace(there, status=kept, message="Not submitted (--draft-only).")
        if not self.consent.ask(self._question(body, found)):
            message = "It is there, and was not submitted: you did not agree."
            return replace(there, status=Status.SKIPPED, message=message)
        return self._submit(there, body)

    def _submit(self, there: Settled, body: Body) -> Settled:
        end = self.write.submit(body)
        problems = (*there.problems, *end.problems)
        if end.body is None or end.status is not Status.UPDATED:
            return replace(end, problems=problems)
        verb = "Made and submitted" if there.status is Status.CREATED else "Submitted"
        return replace(there, body=end.body, message=f"{verb}.", problems=problems)

    def _compare(self, body: Body) -> tuple[Problem, ...]:
        resource, submission = self.write.resource, self.write.submission
        end = read_span(submission, body).end
        if end == self.closing.end:
            return compare_members(resource, submission, self.closing, body)
        found = f"{body['id']}, which the service shows with the end {end or '(none)'}"
        place = self.closing.record.line.place(resource.key)
        return (kinds.ROW_PERIOD.at(place, found=found),)

    def _question(self, body: Body, found: Sequence[Problem]) -> str:
        submission = self.write.submission
        listed = body.get(submission.members.field)
        number = len(listed) if isinstance(listed, list) else 0
        span = read_span(submission, body)
        warned = "".join(f"\nNote: {each.found}." for each in found)
        again = " again" if self.closing.standing.step is Step.SUBMIT_AGAIN else ""
        records = f"{number} record{'' if number == 1 else 's'}"
        return (
            f"{body['id']}, {span.start} to {span.end}, holds {records}.{warned}\n"
            f"Hand it to the verifier{again}? That cannot be taken back."
        )

    def _end(self, status: Status, message: str = "") -> Settled:
        remote = self.closing.remote
        own_id = str(remote.get("id", "")) if remote else ""
        return Settled(status=status, id=own_id, body=remote, message=message)
