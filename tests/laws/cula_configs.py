"""Configs of emission logs, made up: data points of every type, under odd but legal names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from importer.resources.cula.data_point import UNITS
from importer.sandbox.cula.amounts import AMOUNT_UNITS
from importer.sandbox.cula.kinds import CONFIG, CONFIG_VERSION
from importer.sandbox.cula.seed import CONFIG_VERSIONS, CONFIGS
from importer.sandbox.store import Store
from tests.laws.slots import DEFINED_BY, LEFT, OWN, Slot, Value, slot

ZONE = ZoneInfo("Europe/Stockholm")
ODD = (
    "Share (est.)",
    "Fuel",
    "Fuel unit",
    "=1+1",
    "+A1",
    "@SUM(A1)",
    "#N/A",
    "Meter 1",
    "Meter-1",
    "meter 1",
    "Gas*",
    "Gas",
    "CO₂ [t]",
    "CO2 (t)",
    "Files",
    "Site",
    "Display key",
    "Import status",
    "External ID",
    "名前",
    "Größe ø ✓",
    "%",
    "€",
    "A name of a data point that is longer than a sheet's may be",
)
CONFIG_NAMES = (
    "Steam: [new] / old?",
    "History",
    "Lists",
    "Emission logs",
    "=1+1",
    "Heat (est.)",
    "Wärme und Dampf aus dem Kessel hinter der Halle",
    "Wärme und Dampf aus dem Kessel hinter der Halle 2",
    "Kessel-1",
    "Kessel-2",
)
TEXTS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P"], exclude_characters=";"),
    min_size=1,
    max_size=12,
)
_OPTIONS = ({"label": "Diesel B7", "value": "B7"}, {"label": "", "value": "HVO100"})

Body = dict[str, Any]
Drawn = tuple[Body, tuple[Slot, ...], Value]
"""What the config says more of a point, the cells of it, and what is sent for them."""


@dataclass(frozen=True, slots=True)
class Point:
    """A data point: its config, its cells in a row (none for a computed one), what is sent."""

    body: Body
    slots: tuple[Slot, ...]
    sent: Value


@dataclass(frozen=True, slots=True)
class Config:
    """A config and the points that it asks for."""

    number: int
    name: str
    points: tuple[Point, ...]

    @property
    def id(self) -> str:
        return f"elc_01gen{self.number:021d}"

    def slots(self, key: str, called: str, day: date) -> tuple[Slot, ...]:
        """The cells of a row for it."""
        return (
            slot(key, "ext-1", "a b", needed=OWN),
            slot(called, "No such config"),
            slot("NB-PLANT", "NB-MOON", "NB-YARD", needed=OWN),
            slot(day, "autumn", needed=OWN),
            slot(day, "winter", day - timedelta(days=1), needed=OWN),
            slot(None, True),
            slot(None, "no-such-file"),
            *(each for point in self.points for each in point.slots),
        )

    @property
    def sent(self) -> Mapping[str, Value]:
        """What is sent, by the ids of the data points."""
        every = {str(each.body["id"]): each.sent for each in self.points}
        return {key: value for key, value in every.items() if value is not None}

    def plant(self, store: Store) -> None:
        """Put it into a sandbox."""
        version = f"ecv_01gen{self.number:021d}"
        store.insert(
            CONFIG, {**CONFIGS[0], "id": self.id, "active_version_id": version, "_factors": ()}
        )
        computed = {each.body["id"]: 1 for each in self.points if not each.body["accepts_input"]}
        body = {
            **CONFIG_VERSIONS[1],
            "id": version,
            "config_id": self.id,
            "name": self.name,
            "data_point_configs": [each.body for each in self.points],
            "_computed": computed,
        }
        store.insert(CONFIG_VERSION, body, parent=self.id)


def _text(draw: st.DrawFn) -> Drawn:
    if draw(st.booleans()):
        called, sent = draw(
            st.sampled_from([("Diesel B7", "B7"), ("B7", "B7"), ("hvo100", "HVO100")])
        )
        more = {"select_config": {"options": list(_OPTIONS)}}
        return more, (slot(called, "petrol", True),), sent
    text = draw(TEXTS)
    return {}, (slot(text, True, datetime(2026, 1, 1), 10**15),), text


def _texts(draw: st.DrawFn) -> Drawn:
    if draw(st.booleans()):
        more = {"select_config": {"options": list(_OPTIONS)}}
        return more, (slot("Diesel B7; HVO100", "B7; petrol", "B7; B7"),), ["B7", "HVO100"]
    texts = draw(st.lists(TEXTS, min_size=1, max_size=3, unique=True))
    return {}, (slot("; ".join(texts), "a; a", ";", True),), texts


def _limits(draw: st.DrawFn, least: Value, most: Value) -> Body:
    """Bounds of a value, or only one of them, or none."""
    kept = draw(st.sets(st.sampled_from(["min", "max"])))
    bounds = {key: value for key, value in (("min", least), ("max", most)) if key in kept}
    return {"validation": bounds} if bounds else {}


def _number(draw: st.DrawFn) -> Drawn:
    more = _limits(draw, -50, 744.5)
    value = draw(st.integers(-50, 744) | st.floats(-50, 744.5).map(lambda each: round(each, 4)))
    bounds = more.get("validation", {})
    outside = [-50.5] * ("min" in bounds) + [745] * ("max" in bounds)
    return more, (slot(value, "a lot", "1.234", True, datetime(2026, 1, 1), *outside),), value


def _percentage(draw: st.DrawFn) -> Drawn:
    more = _limits(draw, 0.1, 0.5)
    value = draw(st.floats(0.1, 0.5).map(lambda each: round(each, 4)))
    bounds = more.get("validation", {})
    outside = [0.05] * ("min" in bounds) + [0.51] * ("max" in bounds)
    return more, (slot(value, "some", 62, -0.1, True, *outside),), value


def _duration(draw: st.DrawFn) -> Drawn:
    more = _limits(draw, 60_000, 360_000_000)
    minutes = draw(st.integers(1, 6_000))
    value = draw(
        st.sampled_from([timedelta(minutes=minutes), f"{minutes // 60}:{minutes % 60:02}"])
    )
    bounds = more.get("validation", {})
    outside = ["0:00:30"] * ("min" in bounds) + [timedelta(hours=101)] * ("max" in bounds)
    return more, (slot(value, "soon", "-1:30", 36.5, True, *outside),), minutes * 60_000


def _boolean(draw: st.DrawFn) -> Drawn:
    said, sent = draw(st.sampled_from([("yes", True), ("no", False), (True, True), (False, False)]))
    return {}, (slot(said, "perhaps", 2),), sent


def _amount(draw: st.DrawFn) -> Drawn:
    base = draw(st.sampled_from(sorted(UNITS)))
    units = UNITS[base]
    size = AMOUNT_UNITS[base]
    unit, lower, upper = (draw(st.sampled_from(units)) for _ in range(3))
    bound = [{"value": each / size[u], "unit": u} for each, u in ((10, lower), (1_000_000, upper))]
    more = {"amount_base": base, **_limits(draw, *bound)}
    value = round(draw(st.integers(20, 900_000)) / size[unit], 6)
    bounds = more.get("validation", {})
    outside = [5 / size[unit]] * ("min" in bounds) + [2_000_000 / size[unit]] * ("max" in bounds)
    first = slot(value, "a lot", True, *outside)
    if len(units) == 1:
        return more, (first,), {"value": value, "unit": unit}
    other = "kWh" if base != "watt_hours" else "kg"
    second = Slot(unit, (("furlong", OWN), (other, OWN), (None, LEFT)))
    return more, (first, second), {"value": value, "unit": unit}


def _timestamp(draw: st.DrawFn) -> Drawn:
    day = draw(st.dates(date(2020, 1, 1), date(2026, 1, 1)))
    value = datetime(day.year, day.month, day.day, draw(st.integers(5, 23)), 15)
    sent = value.replace(tzinfo=ZONE).astimezone(UTC)
    return {}, (slot(value, "yesterday", "2026-02-30 10:00", True),), sent


def _reference(draw: st.DrawFn) -> Drawn:
    key = f"mat_{draw(st.text('abcXYZ0123456789', min_size=1, max_size=20))}"
    return {}, (slot(key, "Chain oil", "mat-1", True),), {"id": key}


TYPES: Mapping[str, Callable[[st.DrawFn], Drawn]] = {
    "short_text": _text,
    "long_text": _text,
    "multi_text": _texts,
    "number": _number,
    "percentage": _percentage,
    "duration": _duration,
    "boolean": _boolean,
    "amount": _amount,
    "timestamp": _timestamp,
    "material": _reference,
    "container_type": _reference,
}


def _point(draw: st.DrawFn, own_id: str, name: str, kind: str) -> Point:
    more, slots, sent = TYPES[kind](draw)
    how = draw(st.sampled_from(["mandatory", "default", "filled", "blank", "computed"]))
    body = {"id": own_id, "name": name, "type": kind, "accepts_input": True, **more}
    body["is_mandatory"] = how in ("mandatory", "default")
    has_default = how == "default" and kind == "boolean" and "blank"
    if has_default:
        body["default_input_value"] = False
        how = "blank"
    match how:
        case "computed":
            return Point({**body, "accepts_input": False, "has_dependencies": True}, (), None)
        case "blank":
            # A unit alone says nothing, so beside a blank value there is nothing to spoil.
            told = tuple(each for each in slots[0].wrong)
            return Point(body, (Slot(None, told), *(Slot(None) for _ in slots[1:])), None)
        case "mandatory" | "default":
            first = Slot(slots[0].value, (*slots[0].wrong, (None, DEFINED_BY)))
            return Point(body, (first, *slots[1:]), sent)
    return Point(body, slots, sent)


NAMES = st.sampled_from(ODD) | TEXTS.filter(lambda each: each.strip() == each)


@st.composite
def configs(draw: st.DrawFn, most: int = 3) -> Sequence[Config]:
    """One config or several; the first has a data point of every type."""
    names = draw(st.lists(st.sampled_from(CONFIG_NAMES), min_size=1, max_size=most, unique=True))
    made = []
    for number, name in enumerate(names, start=1):
        kinds = (
            sorted(TYPES)
            if number == 1
            else draw(st.lists(st.sampled_from(sorted(TYPES)), min_size=1, max_size=4))
        )
        called = draw(st.lists(NAMES, min_size=len(kinds), max_size=len(kinds), unique=True))
        points = tuple(
            _point(draw, f"dpc_01gen{number:03d}{place:018d}", name_, kind)
            for place, (name_, kind) in enumerate(zip(called, kinds, strict=True), start=1)
        )
        made.append(Config(number, name, points))
    return made
