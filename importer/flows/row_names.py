"""Rows that others name by their name, before the account knows a thing of that name."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from importer.checking.texts import squeeze
from importer.declare.resource import Resource
from importer.flows.account import Account
from importer.flows.session import Session
from importer.model.record import Record, Reference

Name = tuple[str, str]


def call_rows_by_key(
    session: Session, account: Account, records: Iterable[Record]
) -> tuple[Record, ...]:
    """The records, naming rows by their external ids where cells name them by their names.

    Only what the account itself does not have: there the same word names the same thing.
    """
    found = tuple(records)
    keys = _keys_by_name(session, found)
    return tuple(_call_by_key(session, account, each, keys) for each in found) if keys else found


def _keys_by_name(session: Session, records: Iterable[Record]) -> Mapping[Name, str]:
    """External ids by what is unique among records that the service does not know by one yet."""
    keys: dict[Name, str] = {}
    for record in records:
        claim = session.catalog.resource(record.resource).claim
        if claim:
            keys.setdefault((record.resource, squeeze(record.line.text(claim))), record.key)
    return keys


def _call_by_key(
    session: Session, account: Account, record: Record, keys: Mapping[Name, str]
) -> Record:
    resource = session.catalog.resource(record.resource)
    renamed = {
        header: Reference(to=value.to, key=key)
        for header, value in _references(session, resource, record)
        if (key := keys.get((value.to, squeeze(value.key)))) is not None and not account.has(value)
    }
    values = {**record.line.values, **renamed}
    return replace(record, line=replace(record.line, values=values)) if renamed else record


def _references(
    session: Session, resource: Resource, record: Record
) -> Iterable[tuple[str, Reference]]:
    """The cells that name something which the account and rows of the workbook may have."""
    for column in resource.sheet.columns:
        value = record.line.values.get(column.header)
        if isinstance(value, Reference) and session.catalog.definition(value.to) is not None:
            yield column.header, value
