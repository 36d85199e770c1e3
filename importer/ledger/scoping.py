"""The scope as a condition: every question to the ledger is asked within one."""

from sqlalchemy import ColumnElement, Table, and_

from importer.model.ports import OperationState, Scope

OPEN_STATES = (OperationState.INTENDED, OperationState.UNKNOWN)
"""States in which it is not known what became of an operation."""


def is_in(table: Table, scope: Scope) -> ColumnElement[bool]:
    """Whether a row belongs to the scope, to the letter."""
    return and_(
        table.c.target == scope.target,
        table.c.service == scope.service,
        table.c.organisation == scope.organisation,
    )
