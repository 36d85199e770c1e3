"""Datapoints and sources that are at the service already, put there without a request."""

from collections.abc import Callable
from datetime import date

from importer.sandbox.isometric.kinds import DATAPOINT, PROJECT, SOURCE
from support.desk import Desk


def plant_datapoints(
    desk: Desk,
    count: int,
    *,
    key: Callable[[int], str] = lambda number: f"D-{number:04}",
    name: Callable[[int], str] = lambda number: f"Reading {number}",
    value: Callable[[int], float] = lambda number: 10.0 + number,
) -> None:
    """So many datapoints, as the workbooks of `build_datapoints` state them."""
    store = desk.twin.store
    pattern = store.select(DATAPOINT)[0].body
    with store.transaction():
        for number in range(1, count + 1):
            body = {
                **pattern,
                "id": f"dtp_1NRBARK01SBX{number:06}",
                "supplier_reference_id": key(number),
                "display_name": name(number),
                "description": "Weighed",
                "type": "REPORTED",
                "quantity": {
                    "magnitude": value(number),
                    "unit": "kg",
                    "standard_deviation": None,
                },
                "_quantity_kind": "mass",
            }
            store.insert(DATAPOINT, body, reference=key(number))


def plant_source(desk: Desk, number: int, name: str, key: str | None = None) -> str:
    """A source whose document has arrived; answers with its id."""
    store, own_id = desk.twin.store, f"src_1NRBARK01SBX{number:04}"
    (project,) = store.select(PROJECT)
    body = {
        "id": own_id,
        "project_id": project.id,
        "supplier_reference_id": key,
        "display_name": name,
        "description": None,
        "original_filename": f"{number}.pdf",
        "type": "DOCUMENT",
        "is_public": False,
        "published_at": date(2026, 11, 2).isoformat(),
        "_content_type": "application/pdf",
        "_content_length": 1,
        "_awaited": False,
    }
    store.insert(SOURCE, body, reference=key)
    return own_id
