"""What was known of details that are read only when rows ask for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from importer.declare.resource import Detail, Resource
from importer.model.ports import Confirmation
from importer.model.record import Json, State


def fill_unread(
    resource: Resource, stored: State, confirmations: Sequence[Confirmation]
) -> Sequence[Confirmation]:
    """The confirmations, the last one with what was known of details that were not read for it.

    That it shows nothing of them is not that the service had nothing: what an earlier one saw
    still counts, and what none ever saw counts as it is now. So a row that is new takes off or
    changes what was there, and nobody is told of a change at the service that was none.
    """
    if not confirmations:
        return confirmations
    last = confirmations[-1]
    known: dict[str, Json] = {}
    for detail in _read_on_demand(resource):
        if not _of(detail, last.observed):
            seen = (_of(detail, each.observed) for each in reversed(confirmations))
            known |= next((each for each in seen if each), _of(detail, stored))
    filled = replace(last, observed={**known, **last.observed})
    return (*confirmations[:-1], filled)


def _read_on_demand(resource: Resource) -> Iterable[Detail]:
    sheets = {each.detail for each in resource.endpoint.companions if each.detail}
    return (each for each in resource.details if each.sheet.name in sheets)


def _of(detail: Detail, state: State) -> Mapping[str, Json]:
    return {field: value for field, value in state.items() if detail.inner(field) is not None}
