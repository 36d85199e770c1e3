"""A cell, or what is wrong with a file, as one line of JSON."""

import json
import math
from datetime import date, datetime, time, timedelta

from importer.model.problem import Problem
from importer.model.record import Json
from importer.model.table import Cell, CellKind, RawValue

_MINUTE, _HOUR = 60, 3_600


def render_cell(
    sheet: str, name: str, cell: Cell, *, file: str = "", as_ascii: bool = False
) -> str:
    """The line of a cell. `file` is said where there are several."""
    said = {
        "sheet": sheet,
        "cell": name,
        "kind": cell.kind.value,
        "value": None if cell.kind is CellKind.FORMULA_WITHOUT_VALUE else spell_value(cell.value),
        "formula": cell.formula or None,
        "format": cell.format,
    }
    return json.dumps({"file": file, **said} if file else said, ensure_ascii=as_ascii)


def render_problem(problem: Problem, *, file: str = "") -> str:
    """The line of a problem."""
    place = problem.place
    said = {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": place.sheet or None,
        "row": place.row or None,
        "cell": place.cell or None,
        "found": problem.found,
        "expected": problem.expected,
        "remedy": problem.remedy,
    }
    return json.dumps({"file": file, **said} if file else said)


def spell_value(value: RawValue) -> Json:
    """What JSON can hold: moments by ISO 8601, a duration such as `PT30H15M`.

    A number beyond all bounds is the text `inf`.
    """
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return _spell_duration(value)
        case float() if not math.isfinite(value):
            return str(value)
    return value


def _spell_duration(span: timedelta) -> str:
    seconds = abs(span).total_seconds()
    hours, rest = divmod(seconds, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    parts = f"{hours:.0f}H" * bool(hours) + f"{minutes:.0f}M" * bool(minutes)
    parts += f"{round(rest, 3):g}S" * bool(rest or not parts)
    return f"{'-' * (span < timedelta())}PT{parts}"
