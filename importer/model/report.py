"""What a run says in the end: one report per file."""

from dataclasses import dataclass

from importer.model.outbox import MailNote
from importer.model.outcome import Outcome, Status, count
from importer.model.problem import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """Where a run went: the first line of every run. `host` and `organisation` by service."""

    name: str
    hosts: tuple[tuple[str, str], ...] = ()
    organisations: tuple[tuple[str, str], ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One file's end. `problems` are those that belong to no row; rows carry their own.

    verb: the command, such as `import`; a `check` or `plan` has outcomes that did not happen yet.
    notes: what the reader should know beyond problems, such as what could not be checked.
    results: where the results workbook lies, empty where none was written.
    stopped: why the run could not go on, and what to do about it; empty where it came to its end.
    interrupted: whether it was the user who stopped it.
    mail: what became of the message about it; None where nobody was to be told.
    """

    file: str
    verb: str
    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    results: str = ""
    run: int = 0
    stopped: tuple[str, ...] = ()
    interrupted: bool = False
    mail: MailNote | None = None

    @property
    def counts(self) -> dict[Status, int]:
        """Rows by status; they add up to the rows read."""
        return count(self.outcomes)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """The file's own problems, then those of its rows in sheet order."""
        rows = tuple(problem for each in self.outcomes for problem in each.problems)
        return tuple(dict.fromkeys(self.problems + rows))

    @property
    def is_in_order(self) -> bool:
        """Whether every row is fine, and there is at least one. A check sends nothing."""
        errors = any(each.severity is Severity.ERROR for each in self.all_problems)
        fine = {Status.CREATED, Status.UPDATED, Status.UNCHANGED}
        if self.verb == "check":
            fine.add(Status.SKIPPED)
        rows = (each.status in fine or each.is_in_order for each in self.outcomes)
        is_enough = bool(self.outcomes) or self.verb == "refresh"
        return is_enough and not errors and all(rows)

    @property
    def later(self) -> tuple[Outcome, ...]:
        """Rows that were left for another command."""
        return tuple(each for each in self.outcomes if each.later)
