"""A report as a message: one set of facts, from which the text part and the HTML part are made."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import PurePath

from importer.model.cause import Cause, group_by_cause
from importer.model.outcome import Status
from importer.model.report import FileReport, TargetFacts
from importer.reporting.causes import MOST, count_others, cut_places, find_header, list_reasons
from importer.reporting.next_step import Spell, Typed, find_page_step, find_step
from importer.reporting.subject import render_state, render_subject
from importer.reporting.taming import tame, tame_attachment
from importer.reporting.text import group_services

LARGEST_MB = 5
"""Millions of bytes up to which a results workbook is attached."""

_MEANINGS = {
    Status.CREATED: "new at the service",
    Status.UPDATED: "changed at the service",
    Status.UNCHANGED: "was there already, as the workbook says",
    Status.CONFLICT: "differs at the service; nothing was overwritten",
    Status.INVALID: "has a cell that needs a fix; not sent",
    Status.BLOCKED: "waits for another row that stays out; not sent",
    Status.FAILED: "the service did not accept it",
    Status.UNCERTAIN: "no clear answer came; the next import looks it up first",
    Status.SKIPPED: "not sent",
}


class Workbook(Enum):
    """What became of the annotated workbook on its way into the message."""

    ATTACHED = "attached"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """So many rows ended so; what that means."""

    word: str
    number: int
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseLine:
    """One kind of problem: how often, where, what was found, what is expected, what to do."""

    is_error: bool
    number: int
    places: str
    header: str
    found: str
    expected: str
    remedy: str
    code: str

    @property
    def where(self) -> str:
        """How often and where: `5 × Datapoints!D3:D7 (Value)`."""
        times = f"{self.number} × " if self.number > 1 else ""
        return f"{times}{self.places}{f' ({self.header})' if self.header else ''}"

    @property
    def what(self) -> str:
        """Found and expected, in a sentence."""
        expected = f"; expected {self.expected}" if self.expected else ""
        return f"Found {self.found}{expected}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message says; every text is on one line and harmless.

    state: the subject without the file.
    facts: label and value.
    others: how many causes are not told. reasons: why rows wait that have no problem themselves.
    stopped: what ended the run early, each reason followed by its remedy.
    workbook: where the annotated workbook is; empty where there is none.
    step: what to do next, ending with a colon; commands: what to type then.
    """

    subject: str
    state: str
    facts: tuple[tuple[str, str], ...]
    went_in: tuple[CountLine, ...]
    stayed_out: tuple[CountLine, ...]
    rows: int
    causes: tuple[CauseLine, ...]
    others: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    stopped: tuple[str, ...]
    workbook: str
    step: str
    commands: tuple[str, ...]


def build_message(
    report: FileReport,
    facts: TargetFacts,
    typed: Typed | None,
    *,
    moment: datetime,
    workbook: Workbook,
    place: str = "",
    spell: Spell = shlex.join,
) -> Message:
    """The facts of one file's import.

    typed: the command that ran, for this file alone; None for an upload of the page.
    moment: when the run ended.
    place: where the annotated workbook lies, as its reader finds it from anywhere.
    """
    causes = group_by_cause(report.all_problems)
    step = find_page_step(report) if typed is None else find_step([report], typed)
    return Message(
        subject=render_subject(report),
        state=render_state(report),
        facts=tuple((label, tame(value)) for label, value in _facts(report, facts, moment)),
        went_in=tuple(_counts(report, is_in_order=True)),
        stayed_out=tuple(_counts(report, is_in_order=False)),
        rows=len(report.outcomes),
        causes=tuple(map(_describe, causes[:MOST])),
        others=_count_others(causes[MOST:], workbook),
        reasons=_tame_all(list_reasons(report.outcomes)),
        notes=_tame_all(report.notes),
        stopped=_tame_all(report.stopped),
        workbook=tame(_place_workbook(report, workbook, place)),
        step=tame(step.words[:1].upper() + step.words[1:]),
        commands=_tame_all(spell(each) for each in step.commands),
    )


def _tame_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(tame, texts))


def _facts(report: FileReport, facts: TargetFacts, moment: datetime) -> Iterator[tuple[str, str]]:
    yield "File", report.file
    yield "Target", facts.name
    if facts.hosts:
        yield "Services", ", ".join(group_services(facts.hosts, "{services} at {value}"))
    if facts.organisations:
        owners = group_services(facts.organisations, "{value} ({services})")
        yield "Organisation", ", ".join(owners)
    if report.run:
        yield "Run", str(report.run)
    yield "Ended", f"{moment:%Y-%m-%d %H:%M} UTC"


def _counts(report: FileReport, *, is_in_order: bool) -> Iterator[CountLine]:
    for status, number in report.counts.items():
        if status.is_in_order is is_in_order:
            yield CountLine(word=status.value, number=number, meaning=_MEANINGS[status])


def _describe(cause: Cause) -> CauseLine:
    return CauseLine(
        is_error=cause.is_error,
        number=len(cause.problems),
        places=tame(cut_places(cause.places)),
        header=tame(find_header(cause)),
        found=tame(cause.found),
        expected=tame(cause.expected),
        remedy=tame(cause.remedy),
        code=cause.first.code,
    )


def _count_others(causes: Sequence[Cause], workbook: Workbook) -> str:
    if not causes:
        return ""
    where = "" if workbook is Workbook.NONE else ", all in the annotated workbook"
    return f"… and {count_others(causes)}{where}."


def _place_workbook(report: FileReport, workbook: Workbook, place: str) -> str:
    """Where the annotated workbook is, and why it is not attached."""
    match workbook:
        case Workbook.NONE:
            return ""
        case Workbook.ATTACHED:
            name = tame_attachment(PurePath(report.results).name)
            also = f" It also lies at {place}." if place else ""
            return f"The annotated workbook is attached: {name}.{also}"
        case Workbook.TOO_LARGE:
            why = f"it is larger than {LARGEST_MB} MB"
        case Workbook.UNREADABLE:
            why = "it could not be read again"
    where = f"It lies at {place}." if place else "Download it from the page."
    return f"The annotated workbook is not attached, because {why}. {where}"
