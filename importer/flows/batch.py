"""Several files of one run: which ones, and what they say of the same record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from importer.declare.catalog import Catalog
from importer.declare.sheet import Sheet
from importer.flows.check import CheckedFile, hold_out
from importer.model import problem_kinds as kinds
from importer.model.problem import Problem, quoted
from importer.model.record import Record
from importer.sheets.formats.endings import CSV, WORKBOOKS, ZIP
from importer.sheets.names import fold
from importer.sheets.results.writing import results_path

_ENDINGS = tuple(each for each in WORKBOOKS if each != ZIP)
"""A zip in a folder is the evidence of a workbook beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The files to import, in order, and what was passed over and why."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def collect_files(paths: Sequence[Path], sheets: Iterable[Sheet] = ()) -> Collected:
    """Files as they are given; of a folder the workbooks in it.

    Lock files (`~$…`), hidden files, originals beside which their results workbook lies, and .csv
    files that are not named after a sheet are passed over in a folder, each with a word.
    A folder whose only workbooks are .csv files named after these sheets is one workbook.
    """
    names = {fold(each.name) for each in sheets}
    files: list[Path] = []
    notes: list[str] = []
    for path in paths:
        if path.is_dir():
            inside, passed = _collect_folder(path, names)
            files += inside
            notes += passed
        else:
            files.append(path)
    return Collected(files=tuple(dict.fromkeys(files)), notes=tuple(notes))


def _collect_folder(folder: Path, sheets: Set[str]) -> tuple[list[Path], list[str]]:
    workbooks = sorted(
        each for each in folder.iterdir() if each.suffix.lower() in _ENDINGS and not each.is_dir()
    )
    names = {each.name for each in workbooks}
    taken: list[Path] = []
    notes: list[str] = []
    for each in workbooks:
        results = results_path(each, None).name
        if each.name.startswith(("~$", ".")):
            notes.append(f"{each.name} was passed over: it is a lock file or hidden.")
        elif results in names - {each.name}:
            notes.append(f"{each.name} was passed over: its results workbook {results} is there.")
        elif sheets and each.suffix.lower() == CSV and fold(each.stem) not in sheets:
            notes.append(f"{each.name} was passed over: no sheet is called {each.stem}.")
        else:
            taken.append(each)
    if sheets and taken and all(each.suffix.lower() == CSV for each in taken):
        # A folder that is named `.` has no name to call its results by.
        return [folder if folder.name else folder.resolve()], notes
    if not taken:
        notes.append(f"{folder} holds no workbook to import.")
    return taken, notes


def hold_contradictions(files: Sequence[CheckedFile], catalog: Catalog) -> tuple[CheckedFile, ...]:
    """Files that give one external id different content: a problem on both, and neither is sent."""
    if len(files) == 1:
        return tuple(files)
    users: dict[tuple[str, str], list[tuple[CheckedFile, Record]]] = defaultdict(list)
    for file in files:
        for record in file.checked.records:
            users[record.name].append((file, record))
    problems: dict[Path, list[Problem]] = defaultdict(list)
    for sharing in users.values():
        for file, record in sharing:
            rivals = [
                (other, theirs)
                for other, theirs in sharing
                if other.path != file.path and _content(theirs) != _content(record)
            ]
            problems[file.path] += _contradictions(catalog, record, rivals)
    return tuple(
        replace(file, checked=hold_out(file.checked, problems[file.path])) for file in files
    )


def _contradictions(
    catalog: Catalog, record: Record, rivals: Iterable[tuple[CheckedFile, Record]]
) -> Iterable[Problem]:
    for other, theirs in rivals:
        yield kinds.FILE_SAME_KEY_ELSEWHERE.at(
            record.line.place(catalog.resource(record.resource).key),
            found=f"{quoted(record.key)}, which {other.path.name} has with other content "
            f"in row {theirs.line.row}",
        )


def _content(record: Record) -> object:
    """What a record says, wherever it stands; the order of detail rows does not count."""
    details = {
        (sheet, tuple(sorted((h, str(v)) for h, v in (*line.values.items(), *line.raw.items()))))
        for sheet, lines in record.details.items()
        for line in lines
    }
    others = frozenset((each.header, str(each.cell.value)) for each in record.line.others)
    return dict(record.line.values), others, frozenset(details)
