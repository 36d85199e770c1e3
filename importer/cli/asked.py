"""What was typed: the command, its files, where to, and how."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from importer.flows.session import Options
from importer.reporting.next_step import Typed

DEFAULT_WAIT = 60.0
"""Seconds that an import waits for figures which a service is still calculating."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command over files. `results` is the folder for results workbooks, `watch` is to stay.

    draft_only: a submission stops after the draft. agreed: each of its steps is agreed to already.
    wait: seconds that figures are waited for which a service is still calculating.
    """

    verb: str
    files: tuple[Path, ...]
    target: str | None
    config: Path | None
    as_json: bool
    options: Options = field(default_factory=Options)
    results: Path | None = None
    email: tuple[str, ...] = ()
    watch: bool = False
    draft_only: bool = False
    agreed: bool = False
    wait: float = DEFAULT_WAIT

    @property
    def typed(self) -> Typed:
        """The command for the words that name the next one."""
        return Typed(
            verb=self.verb,
            paths=tuple(str(each) for each in self.files),
            options=tuple(self._common()),
            own_options=tuple(self._own()),
        )

    def _common(self) -> Iterable[str]:
        stated = self.options.conventions
        if stated.dates:
            yield from ("--dates", stated.dates.value)
        if stated.decimal:
            yield from ("--decimal", stated.decimal.value)
        if self.target:
            yield from ("--target", self.target)
        if self.config:
            yield from ("--config", str(self.config))
        yield from _flags(
            self.options, ("allow_overlap", "overwrite", "create_only", "trust_ledger")
        )

    def _own(self) -> Iterable[str]:
        yield from _flags(self.options, ("all_or_nothing", "accept_updates"))
        if self.watch:
            yield "--watch"
        if self.draft_only:
            yield "--draft-only"
        if self.wait != DEFAULT_WAIT:
            yield from ("--wait", f"{self.wait:g}") if self.wait else ("--no-wait",)
        if self.results:
            yield from ("--results", str(self.results))
        for address in self.email:
            yield from ("--email", address)


def _flags(options: Options, names: Iterable[str]) -> Iterable[str]:
    return (f"--{name.replace('_', '-')}" for name in names if getattr(options, name))
