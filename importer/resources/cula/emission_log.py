"""*Emission logs* with *Emission log values*: Cula's periodic emission logs.

Source: docs.cula.tech/upcoming-api-reference/periodic-emission-logs/
"""

from collections.abc import Mapping

from importer.declare.column import Blank, Column, Kind
from importer.declare.resource import (
    Detail,
    Endpoint,
    Items,
    Misfit,
    Overlap,
    Resource,
    ResultColumn,
    UpdateBy,
)
from importer.declare.sheet import RowRule, Sheet
from importer.model import problem_kinds
from importer.model.record import Json
from importer.resources.cula.account import is_older
from importer.resources.cula.data_point import define_data_points, read_values, write_values

_PAGE = "docs.cula.tech/upcoming-api-reference/periodic-emission-logs"

_LARGEST_BODY = 1_000_000
"""Source: docs.cula.tech/technical-reference/limits, which says 1 MB."""


def _midnight(day: Json) -> Json:
    """A day in the long form that the documented create sample shows."""
    return f"{day}T00:00:00.000Z" if isinstance(day, str) else day


def _day(moment: Json) -> Json:
    """The day of a period's bound: pages say date, samples carry a time, so only ten count."""
    return moment[:10] if isinstance(moment, str) else moment


_FILES_BY_KEY = Misfit(
    header="Files",
    kind=problem_kinds.CELL_NOT_YET,
    found="and this version links no files with an API key",
    expected="",
    remedy="Leave it blank, and link the files on Cula's own page.",
)


def _misfits(items: Items) -> tuple[Misfit, ...]:
    by_key = (_FILES_BY_KEY,) if is_older(items["Config"]) else ()
    return (*_site_of_config(items), *by_key)


def _as_known(body: Mapping[str, Json], items: Items) -> Mapping[str, Json]:
    """A body without what the older API does not know: files are linked by calls of their own.

    Source: docs.cula.tech/api-reference/periodic-emission-logs/upload-and-link-a-file
    """
    if not is_older(items["Config"]):
        return body
    return {name: value for name, value in body.items() if name != "file_ids"}


def _locked(body: Mapping[str, Json]) -> str:
    """Why a log that was read with an API key is not replaced.

    What that does to linked files is not published, nor whether a log tells them there.
    """
    if not is_older(body) or body.get("file_ids") == []:
        return ""
    linked = "linked files" if body.get("file_ids") else "no word about linked files"
    return f"{linked} (an update with an API key might unlink them)"


def _site_of_config(items: Items) -> tuple[Misfit, ...]:
    """A config belongs to one site, which has to be the row's."""
    site = items["Site"]
    owner = items["Config"].get("site")
    owned_by = owner.get("id") if isinstance(owner, dict) else owner
    if not owned_by or owned_by == site["id"]:
        return ()
    return (
        Misfit(
            header="Site",
            kind=problem_kinds.REF_OTHER_PLACE,
            found="which is not the site of this config",
            expected="the site that the config belongs to",
            remedy="Correct the site, or choose a config of this site.",
        ),
    )


def _calculation(answer: Mapping[str, Json]) -> tuple[Misfit, ...]:
    if answer.get("status") != "failed":
        return ()
    return (
        Misfit(
            header="External ID",
            kind=problem_kinds.ROW_CALCULATION_FAILED,
            found="a failed calculation at the service",
            expected="",
        ),
    )


def _is_calculating(answer: Mapping[str, Json]) -> bool:
    """Source: docs.cula.tech/upcoming-api-reference/periodic-emission-logs (create)."""
    return answer.get("status") == "calculating"


EMISSION_LOG_VALUES = Detail(
    sheet=Sheet(
        name="Emission log values",
        unique=("Emission log", "Data point"),
        about="One data point of an emission log, such as the electricity used.",
        columns=(
            Column(
                header="Emission log",
                kind=Kind.REFERENCE,
                to="emission-log",
                required=True,
                about="External ID of a row on the sheet Emission logs.",
                example="NB-ELEC-2025-10",
            ),
            Column(
                header="Data point",
                kind=Kind.TEXT,
                required=True,
                about="Name of the data point as the config has it, or its id (dpc_…).",
                example="Electricity",
            ),
            Column(
                header="Value",
                aliases=("Amount", "Quantity"),
                kind=Kind.DEFINED,
                required=True,
                about="The value. What it must be depends on the data point: a number, a text, "
                "several texts parted by semicolons, yes or no, a date with a time, a duration "
                "(1:30 is an hour and a half), or a percentage (a cell formatted as percent, "
                "or a number from 0 to 1).",
                example="84230",
            ),
            Column(
                header="Unit",
                aliases=("Unit of measure", "UoM"),
                kind=Kind.TEXT,
                about="Unit of an amount, such as kWh, l or kg; MWh, GJ, g and others that fit "
                "are converted. Blank for everything else.",
                example="kWh",
            ),
        ),
    ),
    parent="Emission log",
    field="data_points",
    keys=("Data point",),
    value="Value",
    unit="Unit",
    write=write_values,
    read=read_values,
)

EMISSION_LOG = Resource(
    name="emission-log",
    title="emission log",
    service="cula",
    id_prefix="eml_",
    sheet=Sheet(
        name="Emission logs",
        unique=("External ID",),
        about="One emission source at one site over one period, such as a month of electricity.",
        columns=(
            Column(
                header="External ID",
                kind=Kind.KEY,
                field="external_id",
                required=True,
                create_only=True,
                pattern=r"(?!ext-)[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                pattern_says="up to 100 letters, digits, dots, hyphens and underscores, "
                "starting with a letter or digit and not with ext-",
                about="Your own id for this log. It is how the log is found again: keep it, "
                "and never use it twice.",
                example="NB-ELEC-2025-10",
                source="docs.cula.tech/upcoming/concepts/resource-identity",
            ),
            Column(
                header="Config",
                kind=Kind.REFERENCE,
                to="emission-log-config",
                field="config_id",
                required=True,
                create_only=True,
                about="Name of the emission log config in Cula, or its id (elc_…).",
                example="Grid electricity",
                source="docs.cula.tech/upcoming/concepts/runtime-and-config",
            ),
            Column(
                header="Site",
                kind=Kind.REFERENCE,
                to="site",
                field="site.id",
                required=True,
                create_only=True,
                about="External id or name of the site where the emissions arose, "
                "or its id (ste_…).",
                example="NB-PLANT",
                source=f"{_PAGE}/create-a-periodic-emission-log",
            ),
            Column(
                header="Period start",
                aliases=("Start date", "Start of period", "Period from"),
                kind=Kind.DATE,
                field="period_start",
                required=True,
                to_wire=_midnight,
                from_wire=_day,
                about="First day of the period.",
                example="2025-10-01",
                source=f"{_PAGE}/create-a-periodic-emission-log",
            ),
            Column(
                header="Period end",
                aliases=("End date", "End of period", "Period to"),
                kind=Kind.DATE,
                field="period_end",
                required=True,
                to_wire=_midnight,
                from_wire=_day,
                about="Last day of the period; it counts as part of it.",
                example="2025-10-31",
                source=f"{_PAGE}/create-a-periodic-emission-log",
            ),
            Column(
                header="Display key",
                kind=Kind.TEXT,
                field="display_key",
                about="Label that Cula shows. Blank: the External ID.",
                example="Electricity October",
                source=f"{_PAGE}/create-a-periodic-emission-log",
            ),
            Column(
                header="Files",
                kind=Kind.REFERENCES,
                to="file",
                field="file_ids",
                blank=Blank.EMPTY_LIST,
                about="External IDs from the sheet Files, parted by semicolons. "
                "They are all the files of the log: one that is left out is unlinked.",
                source="docs.cula.tech/upcoming-api-reference/files/upload-a-file",
            ),
        ),
        rules=(
            RowRule(
                headers=("Period start", "Period end"),
                holds=lambda start, end: bool(start <= end),
                kind=problem_kinds.ROW_ORDER,
                expected="a Period end on or after the Period start",
            ),
        ),
    ),
    endpoint=Endpoint(
        path="/periodic-emission-logs", update=UpdateBy.REPLACING, largest=_LARGEST_BODY
    ),
    details=(EMISSION_LOG_VALUES,),
    defined_by="Config",
    define=define_data_points,
    misfits=_misfits,
    shape=_as_known,
    locked=_locked,
    unlocked_by="Put the old value back, or change the log on Cula's own page.",
    warnings=_calculation,
    calculating=_is_calculating,
    results=(ResultColumn(header="Emissions (kg CO2e)", field="emissions_in_kg_co2e"),),
    overlap=Overlap(within=("Config", "Site"), start="Period start", end="Period end"),
)
