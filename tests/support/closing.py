"""The sample month to submit: its entries are of a feedstock type of their own."""

from support.plant import LAST, Month, build_month

REPORT = "https://drive.example/norrbark/ghg-statement-2026-10.pdf"


def build_closed_month() -> Month:
    """The month with the sheets on request: a feedstock type, and the statement."""
    month = build_month()
    month["Feedstock types"] = [{"External ID": "NB-FS-THINNINGS", "Name": "Spruce thinnings"}]
    for entry in month["Entries"]:
        entry["Feedstock type"] = "NB-FS-THINNINGS"
    month["Statements"] = [{"End on": LAST, "Report URL": REPORT}]
    return month
