"""The table of problem codes for the documents, from the catalogue of problems."""

from collections.abc import Sequence
from itertools import groupby

from importer.model.problem import ProblemKind

_PLACES = {
    "FILE": "The file",
    "SHEET": "A sheet",
    "HEADER": "A header",
    "CELL": "A cell",
    "ROW": "A row",
    "KEY": "An external id",
    "REF": "A reference",
    "API": "The service",
}


def render_problem_kinds(kinds: Sequence[ProblemKind]) -> str:
    """Every code by place, in Markdown."""
    groups = groupby(kinds, key=lambda kind: kind.code.split("_", maxsplit=1)[0])
    return "\n".join(_group(_PLACES[place], tuple(found)) for place, found in groups)


def _group(title: str, kinds: Sequence[ProblemKind]) -> str:
    rows = [
        f"| `{kind.code}` | {kind.severity.value} | {kind.meaning} | {kind.remedy} |"
        for kind in kinds
    ]
    head = [f"### {title}", "", "| code | severity | meaning | what to do |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])
