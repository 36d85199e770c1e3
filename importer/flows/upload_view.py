"""An upload as it is shown: what is remembered of it, as the things that it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from importer.flows.session import Options
from importer.model.event import Event
from importer.model.manner import read_conventions
from importer.model.record import Json
from importer.model.report import FileReport, TargetFacts
from importer.model.uploads import UploadEntry
from importer.model.view import SheetView
from importer.reporting.stored import (
    read_facts,
    read_report,
    read_sheets,
    store_facts,
    store_report,
    store_sheets,
)

_PROGRESS = "progress"
_DATES, _DECIMAL = "dates", "decimal"
_BOXES = tuple(each.name for each in fields(Options) if each.name != "conventions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found out about an upload.

    plan: what an import would do, or what a check found where no plan was made.
    end: what became of it when it was sent; None before.
    facts: where it goes; None as long as no service answered.
    """

    sheets: tuple[SheetView, ...] = ()
    plan: FileReport | None = None
    end: FileReport | None = None
    facts: TargetFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """An upload with its findings, the way it was asked to go, and its last known step."""

    entry: UploadEntry
    findings: Findings = field(default_factory=Findings)
    options: Options = field(default_factory=Options)
    last_step: Event | None = None

    @property
    def report(self) -> FileReport | None:
        """The latest word on it."""
        return self.findings.end or self.findings.plan


def view_upload(entry: UploadEntry) -> UploadView:
    """All that is remembered of an upload."""
    return UploadView(
        entry=entry,
        findings=_read_findings(entry.report),
        options=_read_options(entry.options),
        last_step=_read_step(entry.options),
    )


def store_findings(findings: Findings) -> Mapping[str, Json]:
    """Findings as a JSON document."""
    return {
        "sheets": store_sheets(findings.sheets),
        "plan": store_report(findings.plan) if findings.plan else None,
        "end": store_report(findings.end) if findings.end else None,
        "facts": store_facts(findings.facts) if findings.facts else None,
    }


def store_options(options: Options, step: Event | None = None) -> Mapping[str, Json]:
    """The way an upload is asked to go, and the step that it is at."""
    stored: dict[str, Json] = {name: getattr(options, name) for name in _BOXES}
    stated = options.conventions
    stored[_DATES] = stated.dates.value if stated.dates else ""
    stored[_DECIMAL] = stated.decimal.value if stated.decimal else ""
    if step is not None:
        stored[_PROGRESS] = [step.stage, step.done, step.total, step.note]
    return stored


def _read_findings(stored: Mapping[str, Any]) -> Findings:
    if not stored:
        return Findings()
    return Findings(
        sheets=read_sheets(stored["sheets"]),
        plan=read_report(stored["plan"]) if stored["plan"] else None,
        end=read_report(stored["end"]) if stored["end"] else None,
        facts=read_facts(stored["facts"]) if stored["facts"] else None,
    )


def _read_options(stored: Mapping[str, Any]) -> Options:
    boxes: dict[str, Any] = {name: stored.get(name) is True for name in _BOXES}
    conventions = read_conventions(stored.get(_DATES, ""), stored.get(_DECIMAL, ""))
    return replace(Options(**boxes), conventions=conventions)


def _read_step(stored: Mapping[str, Any]) -> Event | None:
    if _PROGRESS not in stored:
        return None
    stage, done, total, note = stored[_PROGRESS]
    return Event(stage=stage, done=done, total=total, note=note)
