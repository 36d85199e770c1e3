"""The sample month at the sandbox, imported while every exchange is written down."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from contracts.recording import Recorded, record
from importer.declare.resource import Items, Resource
from importer.flows.account import Account
from importer.flows.existing import Existing
from importer.flows.handover import Consent
from importer.flows.plan import make_plan
from importer.flows.submitting import submit_file
from importer.model.plan import Unchanged
from importer.model.record import Record, Remote
from importer.model.report import FileReport
from importer.sandbox.server import Running
from support.desk import Desk, open_desk
from support.evidence import build_evidence
from support.filling import fill
from support.plant import LAST, Month, build_month

CORRECTIONS = (
    ("Emission log values", 0, "Value", 84231),
    ("Sources", 0, "Name", "Weighbridge tickets, corrected"),
    ("Sources", 0, "Description", "All loads of the batch but one"),
    ("Datapoints", 0, "Value", 18250),
    ("Entries", 0, "Completed on", None),
    ("Components", 0, "Description", "Rented until 12 October"),
    ("Entry components", 0, "Attribution factor", 0.25),
    ("Entry inputs", 1, "Datapoints", "NB-2026-10-B1-CARBON-1; NB-2026-10-B1-CARBON-2"),
)
"""Cells that make one update of each kind: sheet, row, header, value."""


_BATCH = "NB-2026-10-B1"
_DRYER: Month = {
    "Components": [
        {
            "External ID": "NB-2026-10-DRYER",
            "Blueprint": "Electricity use",
            "Name": "Belt dryer",
            "Activity started at": "2026-10-01 00:00",
            "Activity completed at": "2026-10-12 23:59",
        }
    ],
    "Component inputs": [
        {"Component": "NB-2026-10-DRYER", "Input": key, "Datapoints": datapoint}
        for key, datapoint in (
            ("electricity", f"{_BATCH}-ELEC"),
            ("grid_factor", "lca-2026/grid"),
        )
    ],
    "Entry components": [
        {
            "Entry": _BATCH,
            "Component": "NB-2026-10-DRYER",
            "Group": "Pyrolysis",
            "Attribution factor": 0.5,
        }
    ],
}
"""A component that no template makes, half of which counts to a batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A record of the month, and what the sandbox holds of it."""

    resource: Resource
    record: Record
    items: Items
    remote: Remote


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was exchanged, what is stored, and what the paths and bodies of each service need."""

    exchanges: tuple[Recorded, ...]
    stored: tuple[Stored, ...]
    settings: dict[str, dict[str, str]]


def import_month(folder: Path, twin: Running) -> Imported:
    """Import the month, then corrected, then from a machine that knows nothing of it."""
    for name, content in build_evidence().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    with open_desk(folder, twin) as desk, record(desk) as exchanges:
        for service in desk.session.services.values():
            service.fetch_organisation()
        month = {**build_month(), **_DRYER}
        month["Feedstock types"] = [{"External ID": "NB-FS-BIRCH", "Name": "Birch bark"}]
        _import(desk, month)
        _import(desk, _correct(month))
        desk.forget()
        _import(desk, _correct(month))
        for _ in range(2):
            _submit(desk, _correct(month))
        services = desk.session.services
        return Imported(
            stored=tuple(_list_stored(desk, folder / "month.xlsx")),
            settings={name: dict(service.settings) for name, service in services.items()},
            exchanges=tuple(exchanges),
        )


def _correct(month: Month) -> Month:
    corrected = deepcopy(month)
    for sheet, row, header, value in CORRECTIONS:
        day = corrected[sheet][row].get("Started on")
        corrected[sheet][row][header] = day if value is None else value
    return corrected


def _import(desk: Desk, month: Month) -> FileReport:
    path = desk.folder / "month.xlsx"
    path.write_bytes(fill(month))
    report = desk.import_(path)
    assert all(each.status.is_in_order for each in report.outcomes), report
    return report


def _submit(desk: Desk, month: Month) -> None:
    """Close the month, from a workbook of its own; again, it is looked at only."""
    path = desk.folder / "closing.xlsx"
    report = "https://drive.example/october.pdf"
    path.write_bytes(fill({**month, "Statements": [{"End on": LAST, "Report URL": report}]}))
    consent = Consent(ask=lambda _: True)
    ended = submit_file(desk.session, desk.check(path), results=None, consent=consent)
    assert all(each.status.is_in_order for each in ended.outcomes), ended


def _list_stored(desk: Desk, path: Path) -> Iterator[Stored]:
    session = desk.session
    planned = make_plan(
        session,
        desk.check(path).checked,
        Account(session.catalog, session.services),
        Existing(session.services),
    )
    for change in planned.changes:
        assert isinstance(change, Unchanged)
        yield Stored(
            resource=session.catalog.resource(change.record.resource),
            record=change.record,
            items=planned.items[change.record.name],
            remote=change.remote,
        )
