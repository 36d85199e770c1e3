"""The sample month: October 2026 at a fictional biochar plant, as tables.

Every number is invented; the names are those of the sandbox's account.
"""

from dataclasses import dataclass
from datetime import date, datetime

CellValue = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share that is written into a cell formatted as percent."""

    share: float


Table = list[dict[str, CellValue | Percent]]
Month = dict[str, Table]

CONFIG_SITE = {"Grid electricity": "NB-PLANT", "Natural gas": "NB-PLANT", "Diesel": "NB-YARD"}
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def build_month() -> Month:
    """The month as it should be."""
    return {
        "Emission logs": _emission_logs(),
        "Emission log values": _emission_log_values(),
        "Files": _files(),
        "Sources": [row for batch in BATCHES for row in _sources(batch)],
        "Datapoints": [row for batch in BATCHES for row in _datapoints(batch)],
        "Entries": [_entry(batch) for batch in BATCHES],
        "Entry inputs": [row for batch in BATCHES for row in _entry_inputs(batch)],
    }


def _emission_logs() -> Table:
    rows: Table = []
    for key, config, label, file in (
        ("NB-ELEC-2026-10", "Grid electricity", "Electricity October 2026", "NB-FILE-ELEC-2026-10"),
        ("NB-GAS-2026-10", "Natural gas", "Natural gas October 2026", "NB-FILE-GAS-2026-10"),
        ("NB-DIESEL-2026-10", "Diesel", "Diesel October 2026", "NB-FILE-DIESEL-2026-10"),
    ):
        rows.append(
            {
                "External ID": key,
                "Config": config,
                "Site": CONFIG_SITE[config],
                "Period start": FIRST,
                "Period end": LAST,
                "Display key": label,
                "Files": file,
            }
        )
    return rows


def _files() -> Table:
    return [
        {"External ID": key, "File": path, "Site": site}
        for key, path, site in (
            ("NB-FILE-ELEC-2026-10", "evidence/invoice-electricity-2026-10.pdf", "NB-PLANT"),
            ("NB-FILE-GAS-2026-10", "evidence/invoice-gas-2026-10.pdf", "NB-PLANT"),
            ("NB-FILE-DIESEL-2026-10", "evidence/fuel-log-2026-10.csv", "NB-YARD"),
        )
    ]


def _emission_log_values() -> Table:
    values: tuple[tuple[str, str, CellValue | Percent, str | None], ...] = (
        ("NB-ELEC-2026-10", "Electricity", 84230, "kWh"),
        ("NB-ELEC-2026-10", "Renewable share", Percent(0.62), None),
        ("NB-ELEC-2026-10", "Meter number", "735999100012", None),
        ("NB-ELEC-2026-10", "Meter read at", datetime(2026, 11, 1, 8, 15), None),
        ("NB-ELEC-2026-10", "Estimated reading", "no", None),
        ("NB-GAS-2026-10", "Gas volume", 1286.4, "m3"),
        ("NB-GAS-2026-10", "Supplier", "Norrgas", None),
        ("NB-GAS-2026-10", "Invoice number", "NG-2026-10-4471", None),
        ("NB-GAS-2026-10", "Share of biogas", Percent(0.1), None),
        ("NB-DIESEL-2026-10", "Diesel volume", 2140, "l"),
        ("NB-DIESEL-2026-10", "Machine hours", 178.5, None),
        ("NB-DIESEL-2026-10", "Biodiesel share", Percent(0.07), None),
        ("NB-DIESEL-2026-10", "Remarks", "Wheel loader and chipper", None),
        ("NB-DIESEL-2026-10", "Refuelled on site", "yes", None),
    )
    return [
        {"Emission log": log, "Data point": point, "Value": value, "Unit": unit}
        for log, point, value, unit in values
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One datapoint of a batch: what was read, in which unit, how, and when."""

    suffix: str
    name: str
    value: float
    unit: str | None
    deviation: float | None
    on: datetime
    how: str
    kind: str = "REPORTED"
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A production batch, which becomes one GHG entry."""

    number: int
    started: date
    completed: date
    feedstock: str
    readings: tuple[Reading, ...]

    @property
    def key(self) -> str:
        """The entry's external id; its datapoints start with it."""
        return f"NB-2026-10-B{self.number}"


def _readings(
    *,
    day: int,
    mass: float,
    carbon: tuple[float, float, float],
    moisture: tuple[float, float],
    ratio: float,
    loads: tuple[float, float, float],
    electricity: float,
    gas: float,
    diesel: float,
    flue: float,
    methane: tuple[float, float],
    deliveries: tuple[float, float],
) -> tuple[Reading, ...]:
    def at(hour: int, minute: int = 0, later: int = 0) -> datetime:
        return datetime(2026, 10, day + later, hour, minute)

    scale = "Weighbridge tickets of the batch, class III scale"
    lab = "Laboratory report, dry basis, accredited method"
    why = "Repeatability stated by the laboratory"
    return (
        Reading(
            suffix="MASS",
            name="Biochar produced",
            value=mass,
            unit="kg",
            deviation=20,
            on=at(16, 30),
            how=scale,
            why="Scale division of 20 kg",
        ),
        *(
            Reading(
                suffix=f"CARBON-{number}",
                name=f"Carbon content, sample {number}",
                value=value,
                unit="%",
                deviation=0.4,
                on=at(9, 0, 1),
                how=lab,
                why=why,
            )
            for number, value in enumerate(carbon, start=1)
        ),
        *(
            Reading(
                suffix=f"MOISTURE-{number}",
                name=f"Moisture, sample {number}",
                value=value,
                unit="%",
                deviation=0.2,
                on=at(9, 30, 1),
                how=lab,
                why=why,
            )
            for number, value in enumerate(moisture, start=1)
        ),
        Reading(
            suffix="HC",
            name="Hydrogen to carbon ratio",
            value=ratio,
            unit=None,
            deviation=0.01,
            on=at(10, 0, 1),
            how="Laboratory report, molar ratio",
            why=why,
        ),
        Reading(
            suffix="FEED-KM",
            name="Distance from forest to plant",
            value=46,
            unit="km",
            deviation=None,
            on=at(7),
            how="Route of the haulier, one way",
            kind="ASSUMPTION",
        ),
        *(
            Reading(
                suffix=f"FEED-T-{number}",
                name=f"Feedstock delivered, load {number}",
                value=value,
                unit="tonne",
                deviation=0.02,
                on=at(7, 10 * number),
                how=scale,
            )
            for number, value in enumerate(loads, start=1)
        ),
        Reading(
            suffix="ELEC",
            name="Electricity of the kiln",
            value=electricity,
            unit="kWh",
            deviation=None,
            on=at(17),
            how="Sub-meter 2, end minus start",
        ),
        Reading(
            suffix="GAS",
            name="Natural gas for start-up",
            value=gas,
            unit="m^3",
            deviation=None,
            on=at(17, 5),
            how="Gas meter, end minus start",
        ),
        Reading(
            suffix="DIESEL",
            name="Diesel on site",
            value=diesel,
            unit="L",
            deviation=None,
            on=at(17, 10),
            how="Fuel log of the wheel loader",
        ),
        Reading(
            suffix="FLUE",
            name="Flue gas volume",
            value=flue,
            unit="m^3",
            deviation=None,
            on=at(12),
            how="Stack flow meter, normal conditions",
        ),
        *(
            Reading(
                suffix=f"CH4-{number}",
                name=f"Methane in flue gas, reading {number}",
                value=value,
                unit="mg / m^3",
                deviation=0.3,
                on=at(11, 20 * number),
                how="Stack measurement, continuous analyser",
            )
            for number, value in enumerate(methane, start=1)
        ),
        Reading(
            suffix="CHAR-KM",
            name="Distance to the field",
            value=83,
            unit="km",
            deviation=None,
            on=at(18),
            how="Route of the haulier, one way",
            kind="ASSUMPTION",
        ),
        *(
            Reading(
                suffix=f"CHAR-T-{number}",
                name=f"Biochar delivered, load {number}",
                value=value,
                unit="tonne",
                deviation=0.02,
                on=at(18, 10 * number),
                how=scale,
            )
            for number, value in enumerate(deliveries, start=1)
        ),
    )


BATCHES = (
    Batch(
        number=1,
        started=date(2026, 10, 1),
        completed=date(2026, 10, 15),
        feedstock="Spruce forest residues",
        readings=_readings(
            day=15,
            mass=18240,
            carbon=(82.1, 81.7, 82.6),
            moisture=(4.1, 3.9),
            ratio=0.33,
            loads=(31.42, 30.86, 29.97),
            electricity=41800,
            gas=640.2,
            diesel=1040,
            flue=512000,
            methane=(1.8, 2.1),
            deliveries=(9.12, 9.08),
        ),
    ),
    Batch(
        number=2,
        started=date(2026, 10, 16),
        completed=date(2026, 10, 30),
        feedstock="Pine sawdust",
        readings=_readings(
            day=30,
            mass=17610,
            carbon=(80.9, 81.3, 81.1),
            moisture=(4.4, 4.6),
            ratio=0.35,
            loads=(30.11, 31.05, 28.84),
            electricity=42430,
            gas=646.2,
            diesel=1100,
            flue=498500,
            methane=(2.2, 1.9),
            deliveries=(8.9, 8.66),
        ),
    ),
)

INPUTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Biochar carbon stored", "biochar_mass", ("MASS",)),
    ("Biochar carbon stored", "carbon_content", ("CARBON-1", "CARBON-2", "CARBON-3")),
    ("Biochar carbon stored", "moisture_content", ("MOISTURE-1", "MOISTURE-2")),
    ("Biochar carbon stored", "hydrogen_to_carbon_ratio", ("HC",)),
    ("Feedstock transport", "distance", ("FEED-KM",)),
    ("Feedstock transport", "freight_mass", ("FEED-T-1", "FEED-T-2", "FEED-T-3")),
    ("Grid electricity", "electricity", ("ELEC",)),
    ("Natural gas for start-up", "gas_volume", ("GAS",)),
    ("Diesel on site", "diesel_volume", ("DIESEL",)),
    ("Stack methane", "flue_gas_volume", ("FLUE",)),
    ("Stack methane", "methane_concentration", ("CH4-1", "CH4-2")),
    ("Biochar transport", "distance", ("CHAR-KM",)),
    ("Biochar transport", "freight_mass", ("CHAR-T-1", "CHAR-T-2")),
)
"""Which datapoints go into which monitored input of the template."""


def _sources(batch: Batch) -> Table:
    return [
        {
            "External ID": f"{batch.key}-{key}",
            "Name": f"{name}, batch {batch.number} October 2026",
            "File": f"evidence/{file}-b{batch.number}.{ending}",
            "Published on": batch.completed,
            "Public": "no",
            "Description": what,
        }
        for key, name, file, ending, what in (
            ("TICKETS", "Weighbridge tickets", "weighbridge", "csv", "All loads of the batch"),
            ("LAB", "Laboratory report", "laboratory", "pdf", "All samples of the batch"),
        )
    ]


def _source_of(batch: Batch, reading: Reading) -> str | None:
    """Weighed values are on the tickets, analysed ones in the laboratory's report."""
    if reading.unit in ("kg", "tonne"):
        return f"{batch.key}-TICKETS"
    return f"{batch.key}-LAB" if reading.unit in ("%", None) else None


def _datapoints(batch: Batch) -> Table:
    return [
        {
            "External ID": f"{batch.key}-{each.suffix}",
            "Name": f"{each.name}, batch {batch.number} October 2026",
            "Type": each.kind,
            "Value": each.value,
            "Unit": each.unit,
            "Standard deviation": each.deviation,
            "Measured at": each.on,
            "Sources": _source_of(batch, each),
            "Description": each.how,
            "Uncertainty justification": each.why,
        }
        for each in batch.readings
    ]


def _entry(batch: Batch) -> dict[str, CellValue | Percent]:
    return {
        "External ID": batch.key,
        "Template": "Biochar production batch",
        "Started on": batch.started,
        "Completed on": batch.completed,
        "Feedstock type": batch.feedstock,
    }


def _entry_inputs(batch: Batch) -> Table:
    return [
        {
            "Entry": batch.key,
            "Component": component,
            "Input": key,
            "Datapoints": "; ".join(f"{batch.key}-{suffix}" for suffix in suffixes),
        }
        for component, key, suffixes in INPUTS
    ]
