"""Which records are in order, and for every other row the reason why it stays out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from importer.checking.references import Assembled, Lines, Orphan
from importer.checking.soundness import Soundness, find_bad_rows
from importer.declare.catalog import Catalog
from importer.declare.column import Kind
from importer.model.checked import Checked, ReadRow
from importer.model.problem import Problem
from importer.model.record import Record, Reference
from importer.model.table import Table

Row = tuple[str, int]
"""A row by the title of its sheet in the user's file, and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a verdict is made of."""

    catalog: Catalog
    soundness: Soundness
    bad_rows: Collection[Row]


def sort_out(
    catalog: Catalog,
    tables: Sequence[Table],
    *,
    lines: Lines,
    assembled: Assembled,
    soundness: Soundness,
    problems: Sequence[Problem],
) -> Checked:
    """Part the records that are in order from those that stay out, with the reason."""
    bad_rows = find_bad_rows(problems)
    view = _View(catalog=catalog, soundness=soundness, bad_rows=bad_rows)
    held: dict[Row, str] = {}
    staying_out: dict[tuple[str, str], str] = {}
    for record in assembled.records:
        reason = _reason(view, record)
        if reason:
            staying_out[record.name] = record.line.where
            held.update({line.name: reason for line in record.lines})
    held.update(_held_orphans(view, assembled.orphans))
    held.update(_held_sheets(soundness, tables))
    return Checked(
        rows=tuple(_read_rows(catalog, tables, lines)),
        records=tuple(each for each in assembled.records if each.name not in staying_out),
        problems=tuple(dict.fromkeys(problems)),
        staying_out=staying_out,
        held={row: reason for row, reason in held.items() if row not in bad_rows},
        named=_named(catalog, lines),
        mentioned=_mentioned(catalog, lines),
    )


def _named(catalog: Catalog, lines: Lines) -> frozenset[tuple[str, str]]:
    """All that any row refers to; a detail's reference to its own record names nothing else."""
    return frozenset(
        (each.to, each.key.casefold())
        for sheet in catalog.sheets
        for column in sheet.columns
        if column.kind in (Kind.REFERENCE, Kind.REFERENCES)
        for line in lines.get(sheet.name, ())
        if (value := line.values.get(column.header)) is not None
        for each in (value if isinstance(value, tuple) else (value,))
        if isinstance(each, Reference)
    )


def _mentioned(catalog: Catalog, lines: Lines) -> frozenset[str]:
    """What stands in further columns, part by part: it may be ids, as only the account can tell.

    It is asked of evidence alone, so where there is none it is nothing.
    """
    if not any(each.evidence and lines.get(each.sheet.name) for each in catalog.resources):
        return frozenset()
    return frozenset(
        part.strip().casefold()
        for of_sheet in lines.values()
        for line in of_sheet
        for other in line.others
        for part in str(other.cell.value).split(";")
    )


def _reason(view: _View, record: Record) -> str:
    """Why a record stays out: a row of it with an error, or a sheet that may hide one."""
    for line in record.lines:
        if line.name in view.bad_rows:
            return (
                f"Stays out because {line.where}, which belongs to the same record, has a problem."
            )
    if not view.soundness.unsound:
        return ""
    for sheet in view.catalog.resource(record.resource).sheets:
        title = view.soundness.unsound.get(sheet.name, "")
        if title:
            return (
                f"Stays out because the sheet {title}, which may have more rows of the same "
                "record, has a problem; see the sheet Import summary."
            )
    return ""


def _held_orphans(view: _View, orphans: Iterable[Orphan]) -> Mapping[Row, str]:
    """Detail rows whose record may stand on a sheet that was not read as a whole."""
    return {
        orphan.line.name: "Stays out because the sheet "
        f"{view.soundness.unsound[orphan.resource.sheet.name]}, where its record belongs, "
        "has a problem; see the sheet Import summary."
        for orphan in orphans
        if orphan.resource.sheet.name in view.soundness.unsound
    }


def _held_sheets(soundness: Soundness, tables: Iterable[Table]) -> Mapping[Row, str]:
    return {
        (table.title, row.number): f"Stays out because the sheet {soundness.unsound[table.sheet]} "
        "has a problem; see the sheet Import summary."
        for table in tables
        if table.sheet in soundness.unsound
        for row in table.rows
    }


def _read_rows(catalog: Catalog, tables: Iterable[Table], lines: Lines) -> Iterable[ReadRow]:
    """Every row, with the key that it has or that it points to."""
    headers = {resource.sheet.name: resource.key for resource in catalog.resources}
    headers.update({detail.sheet.name: detail.parent for _, detail in catalog.details})
    for table in tables:
        for line in (each for each in lines[table.sheet] if each.title == table.title):
            yield ReadRow(
                sheet=table.sheet,
                title=table.title,
                row=line.row,
                key=line.text(headers[table.sheet]),
            )
