"""What is true in the end, read from the service's own table, the ledger's file and the results.

Nothing of the importer is asked: the tables are read as they lie there.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from importer.sandbox.cula.kinds import FILE
from importer.sandbox.documents import Document
from importer.sandbox.server import Running
from reliability.books import Book, Expected
from reliability.trial import Trial
from reliability.warm import Ended
from support.holdings import KINDS, spell_holdings

IN_ORDER = {"created", "updated", "unchanged"}
_CREATES = (
    "/mrv/v0/sources",
    "/mrv/v0/datapoints",
    "/mrv/v0/ghg_entries",
    "/tracking/v1/files",
    "/tracking/v1/periodic-emission-logs",
)
_STATUS_HEADER = "Import status"


class Wrong(StrEnum):
    """What can be wrong in the end; the order is that of the columns of the table."""

    DUPLICATE = "duplicates"
    LOST = "lost"
    PAYLOAD = "wrong payload"
    FOREIGN = "foreign"
    VERDICT = "wrong verdicts"
    LEFT_OVER = "left over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong."""

    wrong: Wrong
    words: str


def check_holdings(
    twin: Running, expected: Sequence[Expected], unbroken: Counter[str] | None
) -> Iterator[Finding]:
    """Each record once with its content, nothing besides, and nothing but what one run makes.

    unbroken: what the service holds when nothing disturbs; None where several ends are right.
    """
    for each in expected:
        yield from _check_record(twin, each)
    if unbroken is not None:
        there = spell_holdings(twin)
        for spelling, number in (there - unbroken).items():
            yield Finding(wrong=Wrong.FOREIGN, words=f"{number} too many: {spelling}")
        for spelling, number in (unbroken - there).items():
            yield Finding(wrong=Wrong.LOST, words=f"{number} missing: {spelling}")
    yield from _check_creates(twin, expected)


def _check_record(twin: Running, each: Expected) -> Iterator[Finding]:
    found = find_documents(twin, each)
    place = f"{each.kind.type} {each.key}"
    if not found:
        yield Finding(wrong=Wrong.LOST, words=f"{place} is not there")
    if len(found) > 1:
        yield Finding(wrong=Wrong.DUPLICATE, words=f"{place} is there {len(found)} times")
    for document in found:
        for name, value in each.members.items():
            if (there := _member(document.body, name)) != value:
                words = f"{place} has {name} {there!r} in the place of {value!r}"
                yield Finding(wrong=Wrong.PAYLOAD, words=words)
        if each.digest and _digest(twin, each, document) != each.digest:
            yield Finding(wrong=Wrong.PAYLOAD, words=f"{place} has other bytes, or none")


def find_documents(twin: Running, each: Expected) -> Sequence[Document]:
    """All documents of a record; a file, which has no external id, is known by its bytes."""
    stored = twin.store.select(each.kind)
    if each.kind is FILE:
        return [one for one in stored if _digest(twin, each, one) == each.digest]
    return [one for one in stored if one.reference == each.key]


def _digest(twin: Running, each: Expected, document: Document) -> str:
    content = twin.store.blobs.find(each.kind, document.id)
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _member(body: Mapping[str, Any], name: str) -> Any:
    value: Any = body
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _check_creates(twin: Running, expected: Sequence[Expected]) -> Iterator[Finding]:
    """As many creates were carried out as there are records, and none was refused as there."""
    requests = [
        each for each in twin.store.requests() if each.method == "POST" and each.path in _CREATES
    ]
    done = sum(1 for each in requests if each.status is not None and each.status < 300)
    if done > len(expected):
        words = f"{done} creates for {len(expected)} records"
        yield Finding(wrong=Wrong.DUPLICATE, words=words)


def check_report(
    twin: Running, ended: Ended, book: Book, allowed: Iterable[str] = IN_ORDER
) -> Iterator[Finding]:
    """One verdict for each row, in order, with the id that the service has."""
    if ended.outcomes is None:
        what = ended.broken or f"signal {ended.signal}"
        yield Finding(wrong=Wrong.VERDICT, words=f"no report: {what}")
        return
    rows = Counter((each.sheet, each.row) for each in ended.outcomes)
    if set(rows) != book.rows or max(rows.values()) > 1:
        yield Finding(wrong=Wrong.VERDICT, words="not one verdict for each row")
    ids = {(each.sheet, each.row): each for each in book.expected}
    for outcome in ended.outcomes:
        if outcome.status not in allowed:
            words = f"{outcome.sheet} row {outcome.row} is {outcome.status}"
            yield Finding(wrong=Wrong.VERDICT, words=f"{words}; {'; '.join(ended.stopped)}")
        expected = ids.get((outcome.sheet, outcome.row))
        if expected is None or outcome.status not in IN_ORDER:
            continue
        there = [each.id for each in find_documents(twin, expected)]
        if outcome.id not in there:
            words = f"{outcome.sheet} row {outcome.row} has the id {outcome.id}, not {there}"
            yield Finding(wrong=Wrong.VERDICT, words=words)


def check_broken(trial: Trial, expected: Sequence[Expected]) -> Iterator[Finding]:
    """What holds after any kill: nothing was sent without an intent, nothing confirmed that is
    not there."""
    there = {each.id for kind in KINDS for each in trial.twin.store.select(kind)}
    ours = [each for each in expected if find_documents(trial.twin, each)]
    with _open_ledger(trial) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall():
            intended, confirmed = Counter[str](), set[str]()
        else:
            intended = Counter(key for (key,) in connection.execute("SELECT key FROM operations"))
            query = "SELECT remote_id FROM confirmations"
            confirmed = {each for (each,) in connection.execute(query)}
    files = sum(1 for each in ours if each.kind is FILE)
    unmeant = [each.key for each in ours if each.kind is not FILE and not intended[each.key]]
    with_digest = sum(1 for key in intended if key not in {each.key for each in expected})
    if unmeant or files > with_digest:
        yield Finding(wrong=Wrong.LEFT_OVER, words=f"sent without an intent: {unmeant or 'a file'}")
    for own_id in confirmed - there:
        yield Finding(wrong=Wrong.VERDICT, words=f"{own_id} was confirmed, and is not there")


@contextmanager
def _open_ledger(trial: Trial) -> Iterator[sqlite3.Connection]:
    path = trial.folder / "state" / "ledger.sqlite"
    # Without a ledger there is an empty one: the process was killed before it made one.
    place = f"file:{path}?mode=ro" if path.exists() else "file::memory:"
    with closing(sqlite3.connect(place, uri=True)) as connection:
        yield connection


def check_ledger(trial: Trial, expected: Sequence[Expected]) -> Iterator[Finding]:
    """Nothing is open, and each record is confirmed under the id that the service has."""
    with _open_ledger(trial) as connection:
        query = "SELECT resource, key FROM operations WHERE state IN ('intended', 'unknown')"
        for resource, key in connection.execute(query):
            yield Finding(wrong=Wrong.LEFT_OVER, words=f"{resource} {key} is open in the ledger")
        confirmed = {each for (each,) in connection.execute("SELECT remote_id FROM confirmations")}
        (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
    if whole != "ok":
        yield Finding(wrong=Wrong.LEFT_OVER, words=f"the ledger is damaged: {whole}")
    there = {document.id for each in expected for document in find_documents(trial.twin, each)}
    for own_id in there - confirmed:
        yield Finding(wrong=Wrong.LEFT_OVER, words=f"{own_id} is not confirmed in the ledger")


def check_results(ended: Ended, book: Book) -> Iterator[Finding]:
    """The results workbook opens, and says of each row what the report says."""
    if not ended.results:
        yield Finding(wrong=Wrong.VERDICT, words="no results workbook")
        return
    workbook = load_workbook(ended.results, read_only=True)
    told = {(each.sheet, each.row): each.status for each in ended.outcomes or ()}
    for sheet in book.month:
        rows = [[cell.value for cell in row] for row in workbook[sheet].iter_rows()]
        column = rows[0].index(_STATUS_HEADER)
        for number, row in enumerate(rows[1:], start=2):
            if row[column] != told.get((sheet, number)):
                words = f"results {sheet} row {number} says {row[column]}"
                yield Finding(wrong=Wrong.VERDICT, words=words)
    workbook.close()


def check_original(path: Path, digest: str) -> Iterator[Finding]:
    """The user's own file is as it was, byte for byte."""
    if hash_file(path) != digest:
        yield Finding(wrong=Wrong.LEFT_OVER, words=f"{path.name} was changed")


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
