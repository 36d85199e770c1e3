"""A log body checked against what it points at: config, site, period, data points, files.

Source: docs.cula.tech/upcoming/concepts/runtime-and-config. That a config takes logs of its own
site only is inferred; that a period may not end before it starts is ours.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from importer.sandbox.context import Context
from importer.sandbox.cula.bodies import LogInput, Reference
from importer.sandbox.cula.calculation import calculate_emissions
from importer.sandbox.cula.data_points import check_data_points
from importer.sandbox.cula.errors import Detail, Refusal
from importer.sandbox.cula.kinds import CONFIG, CONFIG_VERSION, FILE, SITE
from importer.sandbox.documents import Document
from importer.sandbox.moments import read_moment, write_moment
from importer.sandbox.store import Store

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLog:
    """What a log will hold, from a body that is right."""

    site: dict[str, Any]
    period_start: str
    period_end: str
    data_points: tuple[dict[str, Any], ...]
    emissions: float


def check_log(here: Context, body: LogInput) -> CheckedLog:
    """Check a body in full.

    Raises:
        Refusal: 422, with a detail for everything that is wrong.
    """
    config = here.store.find(CONFIG, body.config_id)
    if config is None:
        message = f"There is no config {body.config_id!r}"
        raise Refusal.invalid([Detail(code="not_found", param="config_id", message=message)])
    version = here.store.read(CONFIG_VERSION, config.body["active_version_id"])
    checked = check_data_points(
        body.data_points, version, mandatory=here.switches.mandatory_at_create
    )
    details = [
        *_check_site(here.store, config, body.site),
        *_check_period(body),
        *checked.details,
        *_check_files(here.store, body),
    ]
    if details:
        raise Refusal.invalid(details)
    return CheckedLog(
        site=config.body["site"],
        period_start=_write_day(body.period_start),
        period_end=_write_day(body.period_end),
        data_points=checked.data_points,
        emissions=calculate_emissions(config.body["_factors"], checked.data_points),
    )


def _check_site(store: Store, config: Document, named: Reference) -> list[Detail]:
    if named.id is not None:
        site = store.find(SITE, named.id)
    else:
        site = store.find_by_reference(SITE, named.external_id or "")
    if site is None:
        key = named.id or named.external_id
        return [Detail(code="not_found", param="site", message=f"There is no site {key!r}")]
    if site.id != config.body["site"]["id"]:
        message = f"The config belongs to another site than {site.body['name']}"
        return [Detail(code="wrong_site", param="site", message=message)]
    return []


def _check_period(body: LogInput) -> list[Detail]:
    days: list[date] = []
    details: list[Detail] = []
    for param in ("period_start", "period_end"):
        try:
            days.append(_read_day(getattr(body, param)))
        except ValueError:
            message = "An ISO date is needed, such as 2025-10-01T00:00:00.000Z"
            details.append(Detail(code="invalid_type", param=param, message=message))
    if not details and days[1] < days[0]:
        message = "The period ends before it starts"
        details.append(Detail(code="out_of_range", param="period_end", message=message))
    return details


def _check_files(store: Store, body: LogInput) -> list[Detail]:
    return [
        Detail(code="not_found", param=f"file_ids[{index}]", message=f"There is no file {key!r}")
        for index, key in enumerate(body.file_ids or ())
        if store.find(FILE, key) is None
    ]


def _read_day(text: str) -> date:
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    return read_moment(text).astimezone(UTC).date()


def _write_day(text: str) -> str:
    # The documents call it a date and show midnight in UTC; this twin always answers the latter.
    return write_moment(datetime.combine(_read_day(text), time(), tzinfo=UTC))
