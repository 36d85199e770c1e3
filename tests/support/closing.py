"""The sample month to submit: with the sheets on request, up to the statement."""

from datetime import datetime

from support.plant import LAST, Month, build_month

REPORT = "https://drive.example/norrbark/ghg-statement-2026-10.pdf"
FIRST_BATCH, SECOND_BATCH = "NB-2026-10-B1", "NB-2026-10-B2"
UNNEEDED = "Natural gas for start-up"


def build_closed_month() -> Month:
    """The month with a feedstock type of its own, a rented dryer, and the statement.

    The dryer counts to both batches, and the second one was started without gas.
    """
    month = build_month()
    month["Feedstock types"] = [{"External ID": "NB-FS-THINNINGS", "Name": "Spruce thinnings"}]
    for entry in month["Entries"]:
        entry["Feedstock type"] = "NB-FS-THINNINGS"
    _add_dryer(month)
    _start_without_gas(month)
    month["Statements"] = [{"End on": LAST, "Report URL": REPORT}]
    return month


def _add_dryer(month: Month) -> None:
    """A part of both entries that their template does not have."""
    month["Datapoints"].append(
        {
            "External ID": "NB-2026-10-DRYER-KWH",
            "Name": "Electricity of the rented dryer, October 2026",
            "Type": "REPORTED",
            "Value": 6.2,
            "Unit": "MWh",
            "Measured at": datetime(2026, 10, 30, 17, 30),
            "Description": "Meter of the dryer, end minus start",
        }
    )
    month["Components"] = [
        {
            "External ID": "NB-2026-10-DRYER",
            "Blueprint": "Electricity use",
            "Name": "Rented belt dryer",
            "Activity started at": datetime(2026, 10, 5, 6, 0),
            "Activity completed at": datetime(2026, 10, 30, 17, 30),
            "Description": "Rented for both batches, as the drying floor was under repair",
        }
    ]
    month["Component inputs"] = [
        {"Component": "NB-2026-10-DRYER", "Input": key, "Datapoints": datapoint}
        for key, datapoint in (
            ("electricity", "NB-2026-10-DRYER-KWH"),
            ("grid_factor", "lca-2026/grid"),
        )
    ]
    month["Entry components"] = [
        {
            "Entry": entry,
            "Component": "NB-2026-10-DRYER",
            "Action": "attach",
            "Group": "Pyrolysis",
            "Attribution factor": factor,
        }
        for entry, factor in ((FIRST_BATCH, 0.4), (SECOND_BATCH, 0.6))
    ]


def _start_without_gas(month: Month) -> None:
    """What the second entry's template has and the batch does not need is taken off."""
    month["Entry components"].append(
        {"Entry": SECOND_BATCH, "Component": UNNEEDED, "Action": "detach"}
    )
    month["Entry inputs"] = [
        row
        for row in month["Entry inputs"]
        if (row["Entry"], row["Component"]) != (SECOND_BATCH, UNNEEDED)
    ]
    month["Datapoints"] = [
        row for row in month["Datapoints"] if row["External ID"] != f"{SECOND_BATCH}-GAS"
    ]
