"""What `check --cells` does: prints the cells of any workbook, one JSON line each."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from importer.cli.ending import IN_ORDER, NOT_IN_ORDER
from importer.cli.limits import read_limits
from importer.cli.speech import complain, takes_unicode
from importer.model.problem import Problem, Severity
from importer.reporting.cell_line import render_cell, render_problem
from importer.resources.catalog import CATALOG
from importer.sheets.reading.cell_lines import read_cells
from importer.sheets.reading.header_row import list_headers


class _NobodyReads(Exception):
    """The other end of stdout is closed, as behind `| head`."""


def run_cells(files: Sequence[Path]) -> int:
    """Print the cells; the exit code is 1 where a file could not be read to its end.

    That nobody reads on is no failure.
    """
    try:
        codes = [_print_cells(path, str(path) if len(files) > 1 else "") for path in files]
    except _NobodyReads:
        return IN_ORDER
    return max(codes)


def _print_cells(path: Path, file: str) -> int:
    limits, headers, code = read_limits(), list_headers(CATALOG.sheets), IN_ORDER
    as_ascii = not takes_unicode()
    for each in read_cells(path, limits, headers=headers):
        if isinstance(each, Problem):
            complain(render_problem(each, file=file))
            code = NOT_IN_ORDER if each.severity is Severity.ERROR else code
        else:
            _write(render_cell(each.sheet, each.name, each.cell, file=file, as_ascii=as_ascii))
    _write("")
    return code


def _write(line: str) -> None:
    """A line, some time; an empty one says that all of them have to be out now."""
    try:
        if line:
            sys.stdout.write(f"{line}\n")
        else:
            sys.stdout.flush()
    except OSError as error:
        with suppress(OSError):
            # What is still to be written when the process ends goes nowhere.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
        raise _NobodyReads from error
