"""Workbooks as people fill them in: mostly right, with every kind of mistake now and then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from openpyxl import Workbook

from importer.resources.catalog import CATALOG
from support.plant import INPUTS

CellValue = str | int | float | bool | date | datetime | None
Row = tuple[tuple[str, CellValue], ...]
Rows = tuple[Row, ...]


EVIDENCE = ("invoice.pdf", "report.pdf")
"""The documents that lie beside the workbook."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled workbook: rows by sheet, each row a tuple of header and value."""

    sheets: tuple[tuple[str, Rows], ...]

    @property
    def row_count(self) -> int:
        """Rows with at least one filled cell."""
        return sum(
            1 for _, rows in self.sheets for row in rows if any(_is_filled(v) for _, v in row)
        )

    def write(self, path: Path, *, columns_reversed: bool = False) -> Path:
        """Write the workbook, columns in the declared or the opposite order."""
        workbook = Workbook()
        workbook.remove(workbook.active)
        for title, rows in self.sheets:
            declared = next(sheet for sheet in CATALOG.sheets if sheet.name == title)
            headers = [column.header for column in declared.columns]
            headers = headers[::-1] if columns_reversed else headers
            sheet = workbook.create_sheet(title)
            sheet.append(headers)
            for row in rows:
                values = dict(row)
                sheet.append([values.get(header) for header in headers])
        workbook.save(path)
        for name in EVIDENCE:
            (path.parent / name).write_bytes(f"%PDF-1.4 {name}".encode())
        return path


def _is_filled(value: CellValue) -> bool:
    return value is not None and str(value).strip() != ""


@dataclass(frozen=True, slots=True)
class _Pen:
    """Fills in cells; one in `slips` is wrong, none where that is 0."""

    draw: st.DrawFn
    slips: int

    def write(
        self, right: st.SearchStrategy[CellValue], wrong: st.SearchStrategy[CellValue]
    ) -> CellValue:
        """A right value, or now and then a wrong one."""
        slipped = self.slips and self.draw(st.integers(1, self.slips)) == self.slips
        return self.draw(wrong if slipped else right)


_WRONG = st.sampled_from(
    [None, "???", "1.234", "#REF!", -1, 1e300, True, "  ", "ünïcödé ✓", "(clear)"]
)
_NAMES = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30
).filter(lambda text: text.strip() == text and not text.startswith("=") and text)
_NUMBERS = st.one_of(
    st.integers(0, 10**9), st.floats(0, 1e9, allow_nan=False).map(lambda number: round(number, 6))
)
_DAYS = st.dates(date(2024, 1, 1), date(2026, 9, 1))
_MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)

_POINTS: dict[str, dict[str, tuple[st.SearchStrategy[CellValue], tuple[str | None, ...]]]] = {
    "Grid electricity": {
        "Electricity": (_NUMBERS, ("kWh", None)),
        "Meter number": (_NAMES, (None,)),
        "Renewable share": (st.floats(0, 1).map(lambda share: round(share, 4)), (None,)),
        "Meter read at": (_MOMENTS, (None,)),
        "Estimated reading": (st.sampled_from(["yes", "no", True, False]), (None,)),
    },
    "Natural gas": {
        "Gas volume": (_NUMBERS, ("m3", "l", "foot^3")),
        "Invoice number": (_NAMES, (None,)),
        "Share of biogas": (st.floats(0, 0.5).map(lambda share: round(share, 4)), (None,)),
    },
    "Diesel": {
        "Diesel volume": (_NUMBERS, ("l", "m3")),
        "Machine hours": (st.integers(0, 744), (None,)),
        "Remarks": (_NAMES, (None,)),
        "Refuelled on site": (st.booleans(), (None,)),
    },
}
_SITES = {"Grid electricity": "NB-PLANT", "Natural gas": "NB-PLANT", "Diesel": "NB-YARD"}


def _files(pen: _Pen, logs: int) -> Rows:
    """The invoice, where there is a log that may name it."""
    if not logs or not pen.draw(st.booleans()):
        return ()
    row = (
        ("External ID", "F-0"),
        ("File", pen.write(st.just(EVIDENCE[0]), st.just("no-such.pdf"))),
        ("Site", pen.write(st.just("NB-PLANT"), _WRONG)),
    )
    return (row,)


def _logs(pen: _Pen) -> tuple[Rows, Rows, Rows]:
    logs: list[Row] = []
    values: list[Row] = []
    count = pen.draw(st.integers(0, 4))
    files = _files(pen, count)
    for number in range(count):
        config = pen.draw(st.sampled_from(sorted(_POINTS)))
        key = pen.write(st.just(f"L-{number}"), st.sampled_from(["L-0", "l-1", "ext-1", None]))
        start = date(2024, 1, 1) + timedelta(days=40 * number)
        logs.append(
            (
                ("External ID", key),
                ("Config", pen.write(st.just(config), st.just("No such config"))),
                ("Site", pen.write(st.just(_SITES[config]), st.just("NB-LAB"))),
                ("Period start", pen.write(st.just(start), _WRONG)),
                ("Period end", pen.write(st.just(start + timedelta(days=29)), _DAYS)),
                ("Display key", pen.draw(st.none() | _NAMES)),
                ("Files", "F-0" if files and number == 0 else None),
            )
        )
        for point, (right, units) in _POINTS[config].items():
            values.append(
                (
                    ("Emission log", pen.write(st.just(f"L-{number}"), st.just("L-9"))),
                    ("Data point", pen.write(st.just(point), st.just("No such point"))),
                    ("Value", pen.write(right, _WRONG)),
                    ("Unit", pen.write(st.sampled_from(units), st.just("MWh"))),
                )
            )
    return tuple(logs), tuple(values), files


_UNITS = {
    "biochar_mass": "kg",
    "carbon_content": "%",
    "moisture_content": "%",
    "hydrogen_to_carbon_ratio": None,
    "distance": "km",
    "freight_mass": "tonne",
    "electricity": "kWh",
    "gas_volume": "m^3",
    "diesel_volume": "L",
    "flue_gas_volume": "m^3",
    "methane_concentration": "mg / m^3",
}


def _datapoint(pen: _Pen, key: str, unit: str | None) -> Row:
    return (
        ("External ID", pen.write(st.just(key), st.sampled_from([None, "D-0-0", "a b"]))),
        ("Name", pen.write(_NAMES, _WRONG)),
        ("Type", pen.write(st.sampled_from(["REPORTED", "constant"]), _WRONG)),
        ("Value", pen.write(_NUMBERS, _WRONG)),
        ("Unit", pen.write(st.just(unit), st.sampled_from(["furlong", None, "g"]))),
        ("Standard deviation", pen.write(st.none() | st.integers(0, 9), _WRONG)),
        ("Measured at", pen.write(st.none() | _MOMENTS, _WRONG)),
        ("Description", pen.write(_NAMES, _WRONG)),
    )


def _source(pen: _Pen) -> Row:
    return (
        ("External ID", pen.write(st.just("S-0"), st.just("a b"))),
        ("Name", pen.write(_NAMES, _WRONG)),
        ("File", pen.write(st.just(EVIDENCE[1]), st.just("no-such.pdf"))),
        ("Published on", pen.write(_DAYS, _WRONG)),
        ("Public", pen.write(st.sampled_from(["yes", "no", None]), _WRONG)),
    )


def _entry(pen: _Pen, number: int, feedstock: st.SearchStrategy[str | None]) -> Row:
    start = date(2026, 1, 1) + timedelta(days=20 * number)
    return (
        ("External ID", pen.write(st.just(f"E-{number}"), _WRONG)),
        ("Template", pen.write(st.just("Biochar production batch"), _WRONG)),
        ("Started on", start),
        ("Completed on", pen.write(st.just(start + timedelta(days=14)), _DAYS)),
        ("Feedstock type", pen.draw(feedstock)),
    )


def _inputs(pen: _Pen, number: int, taken_off: str) -> tuple[list[Row], list[Row]]:
    """The datapoints of an entry, and its inputs; none for the component that is taken off."""
    datapoints, inputs = [], []
    for position, (component, key, suffixes) in enumerate(INPUTS):
        if component == taken_off:
            continue
        ids = [f"D-{number}-{position}{letter}" for letter in "abc"[: len(suffixes)]]
        datapoints += [_datapoint(pen, each, _UNITS[key]) for each in ids]
        inputs.append(
            (
                ("Entry", pen.write(st.just(f"E-{number}"), st.just("E-9"))),
                ("Component", component),
                ("Input", pen.write(st.just(key), st.just("no_such_input"))),
                ("Datapoints", pen.write(st.just("; ".join(ids)), st.just("D-none"))),
            )
        )
    return datapoints, inputs


def _component(pen: _Pen) -> tuple[Row, list[Row], Row]:
    """A component, its inputs, and the datapoint of its own that it needs."""
    component = (
        ("External ID", pen.write(st.just("C-0"), st.just("a b"))),
        ("Blueprint", pen.write(st.just("Electricity use"), _WRONG)),
        ("Name", pen.write(_NAMES, _WRONG)),
        ("Activity started at", datetime(2026, 1, 1, 6)),
        ("Activity completed at", pen.write(st.just(datetime(2026, 3, 1)), _WRONG)),
        ("Description", pen.draw(st.none() | _NAMES)),
    )
    inputs: list[Row] = [
        (
            ("Component", pen.write(st.just("C-0"), st.just("C-9"))),
            ("Input", key),
            ("Datapoints", pen.write(st.just(datapoint), st.just("D-none"))),
        )
        for key, datapoint in (("electricity", "D-C"), ("grid_factor", "lca-2026/grid"))
    ]
    return component, inputs, _datapoint(pen, "D-C", "MWh")


def _attribution(pen: _Pen, number: int) -> Row:
    return (
        ("Entry", f"E-{number}"),
        ("Component", pen.write(st.just("C-0"), st.sampled_from(["c-0", "C-9", "Steam"]))),
        ("Action", pen.write(st.sampled_from(["attach", None]), _WRONG)),
        ("Group", pen.write(st.sampled_from(["pyrolysis", "Pyrolysis"]), _WRONG)),
        ("Attribution factor", pen.write(st.sampled_from([0.25, 0.5]), st.just(0.9))),
    )


_TAKEN_OFF = "Natural gas for start-up"


def _isometric(pen: _Pen) -> dict[str, Rows]:
    """The sheets of entries and of all that they are made of."""
    sheets: dict[str, list[Row]] = {name: [] for name in _ISOMETRIC}
    own = pen.draw(st.sampled_from([None, None, "Oat husks", "Birch bark"]))
    if own:
        sheets["Feedstock types"].append((("External ID", "FT-0"), ("Name", own)))
    feedstock = st.sampled_from(["FT-0", own] if own else [None, "Birch bark", "NB-FS-SPRUCE"])
    with_component = pen.draw(st.booleans())
    if with_component:
        component, inputs, datapoint = _component(pen)
        sheets["Components"].append(component)
        sheets["Component inputs"] += inputs
        sheets["Datapoints"].append(datapoint)
    for number in range(pen.draw(st.integers(0, 2))):
        taken_off = pen.draw(st.sampled_from(["", "", _TAKEN_OFF]))
        datapoints, inputs = _inputs(pen, number, taken_off)
        sheets["Datapoints"] += datapoints
        sheets["Entries"].append(_entry(pen, number, feedstock))
        sheets["Entry inputs"] += inputs
        if with_component and pen.draw(st.booleans()):
            sheets["Entry components"].append(_attribution(pen, number))
        if taken_off:
            off = (("Entry", f"E-{number}"), ("Component", taken_off), ("Action", "detach"))
            sheets["Entry components"].append(off)
    if sheets["Entries"] and pen.draw(st.booleans()):
        report = pen.draw(st.none() | st.just("https://drive.example/report.pdf"))
        end = pen.write(st.just(date(2026, 2, 28)), _WRONG)
        sheets["Statements"].append((("End on", end), ("Report URL", report)))
    if sheets["Datapoints"] and pen.draw(st.booleans()):
        sheets["Sources"].append(_source(pen))
        sheets["Datapoints"][0] = (*sheets["Datapoints"][0], ("Sources", "S-0"))
    return {name: tuple(rows) for name, rows in sheets.items()}


_ISOMETRIC = (
    "Sources",
    "Datapoints",
    "Feedstock types",
    "Components",
    "Component inputs",
    "Entries",
    "Entry inputs",
    "Entry components",
    "Statements",
)


@st.composite
def filled_workbooks(draw: st.DrawFn) -> Filled:
    """A workbook of all sheets with at least one row; half of them without a mistake."""
    pen = _Pen(draw, draw(st.sampled_from([0, 0, 150, 12])))
    logs, values, files = _logs(pen)
    sheets: dict[str, Rows] = {
        "Emission logs": logs,
        "Emission log values": values,
        "Files": files,
        **_isometric(pen),
    }
    if not (logs or sheets["Datapoints"]):
        sheets["Datapoints"] = (_datapoint(pen, "D-0-0", "kg"),)
    return Filled(tuple(sheets.items()))
