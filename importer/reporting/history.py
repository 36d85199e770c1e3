"""Past runs in words."""

import shlex
from collections.abc import Sequence

from importer.model.history import OperationEntry, RunEntry
from importer.model.outbox import MessageEntry
from importer.reporting.mail_notes import render_message
from importer.reporting.next_step import Spell

_MOMENT = "%Y-%m-%d %H:%M"
_UPLOAD = "upload"
"""The verb of a run that the page began."""
_AGAIN = {_UPLOAD: "uploading", "submit": "submitting"}
_FROM_VARIABLES = "env"


def render_runs(runs: Sequence[RunEntry]) -> str:
    """One line for each run, newest first."""
    if not runs:
        return "The ledger has no runs yet.\nNext:\n  importer import FILE --target sandbox"
    lines = [_line(run) for run in runs]
    return "\n".join(
        [*lines, "", "Next: see what a run sent:", f"  importer runs {runs[0].number}"]
    )


def render_run(
    run: RunEntry,
    operations: Sequence[OperationEntry],
    messages: Sequence[MessageEntry] = (),
    *,
    spell: Spell = shlex.join,
) -> str:
    """One run with everything that it meant to send, in that order, and who was told of it."""
    head = [
        _line(run),
        f"  file       {run.file}",
        f"  SHA-256    {run.digest or '(could not be read)'}",
        f"  started    {run.started_at:{_MOMENT}} UTC",
        f"  finished   {_finished(run)}",
    ]
    sent = [_operation(each) for each in operations] or ["  Nothing was sent."]
    again = _AGAIN.get(run.verb, "an import of")
    step = f"Next: {again} the file sends only what is still open:"
    told = [f"  e-mail     {render_message(each)}" for each in messages]
    return "\n".join([*head, *told, *sent, "", step, f"  {spell(_again(run))}"])


def _again(run: RunEntry) -> Sequence[str]:
    """The target that the variables make up cannot be named, nor the file of an upload."""
    target = [] if run.target == _FROM_VARIABLES else ["--target", run.target]
    if run.verb == _UPLOAD:
        return ["importer", "serve", *target]
    return ["importer", run.verb, run.file, *target]


def _line(run: RunEntry) -> str:
    counts = " · ".join(f"{name} {number}" for name, number in run.counts.items())
    by = f" by {run.author}" if run.author else ""
    return (
        f"run {run.number}  {run.started_at:{_MOMENT}}  {run.verb} to {run.target}{by}  "
        f"{run.state}  {counts or 'no rows'}  {run.file}"
    )


def _finished(run: RunEntry) -> str:
    if run.finished_at is None:
        return "not: it was cut short, or is still running"
    return f"{run.finished_at:{_MOMENT}} UTC"


def _operation(entry: OperationEntry) -> str:
    """What was sent, the answer, and the service's own number of the request."""
    calls = ", ".join(f"{call.method} {call.path}" for call in entry.calls)
    status = f"status {entry.status}" if entry.status else "no answer"
    parts = [
        f"  {entry.intended_at:%H:%M:%S}  {entry.state.value:8}  {entry.resource} {entry.key}",
        calls,
        status,
    ]
    parts += [entry.remote_id] if entry.remote_id else []
    parts += [f"request {entry.request_id}"] if entry.request_id else []
    parts += [f"“{entry.answer}”"] if entry.answer else []
    return "  ".join(parts)
