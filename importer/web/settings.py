"""What every page shows of the target that this server sends to."""

from dataclasses import dataclass

from importer.flows.intake import LIMITS, Part
from importer.flows.reception import Reception
from importer.settings.choice import SANDBOX
from importer.sheets.formats.endings import list_endings


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """The target's name, whether it is only for trying, the limits in bytes, and how the
    files are called that are read."""

    target: str
    is_sandbox: bool
    workbook_bytes: int
    evidence_bytes: int
    endings: tuple[str, ...] = ()


def page_settings(reception: Reception) -> PageSettings:
    """The settings of the pages of a reception."""
    return PageSettings(
        target=reception.target,
        is_sandbox=reception.target == SANDBOX,
        workbook_bytes=LIMITS[Part.WORKBOOK],
        evidence_bytes=LIMITS[Part.EVIDENCE],
        endings=list_endings(),
    )
