"""Templates of GHG entries, made up: scalar, list and fixed inputs, components called alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from importer.sandbox.isometric.kinds import BLUEPRINT, TEMPLATE
from importer.sandbox.isometric.seed import BLUEPRINTS, PROJECT_ID
from importer.sandbox.isometric.seed import TEMPLATE as SEEDED
from importer.sandbox.store import Store
from tests.laws.slots import DEFINED_BY, OWN, Slot, slot

KINDS = (("mass", "kg"), ("volume", "L"), ("energy", "kWh"), ("dimensionless_ratio", "%"))
FORMULAS_OF = ("electricity-use", "natural-gas-use", "diesel-use")
"""Blueprints of the sandbox whose inputs are replaced: it calculates only those that it knows."""
FIXED = {"electricity-use": "grid_factor", "natural-gas-use": "gas_factor"}


@dataclass(frozen=True, slots=True)
class Input:
    """A monitored input: its place in the template, its shape, and what stands in its cell."""

    place: tuple[str, str]
    is_list: bool
    kind: int
    value: int | tuple[str, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        is_number = isinstance(self.value, int)
        value = self.value if isinstance(self.value, int) else "; ".join(self.value)
        many = () if self.is_list else ("D-0-0; D-0-1",)
        has_deviation = isinstance(self.value, int) and self.value % 2 == 0
        # Where a number is taken away from its deviation, it is the deviation that stands alone.
        cell = (
            slot(value, True)
            if has_deviation
            else slot(value, "NO-SUCH-ID", True, *many, needed=DEFINED_BY)
        )
        deviation = 0.5 if has_deviation else None
        beside = (
            slot(deviation, "wide", -1),
            slot(None, "yesterday"),
            slot(None, "NO-SUCH-SOURCE"),
        )
        return (cell, *(beside if is_number else (slot(None, 5), slot(None), slot(None))))


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its groups as the service has them, its blueprints, its monitored inputs."""

    body: Mapping[str, Any]
    blueprints: tuple[Mapping[str, Any], ...]
    inputs: tuple[Input, ...]

    def slots(self, key: str, day: date) -> tuple[Slot, ...]:
        """The cells of a row for it."""
        return (
            slot(key, "a b", needed=OWN),
            slot(self.body["id"], "No such template"),
            slot(day, "autumn", needed=OWN),
            slot(day, "winter", needed=OWN),
            slot(None, "No such feedstock"),
            *(each for one in self.inputs for each in one.slots),
        )

    def plant(self, store: Store) -> None:
        """Put it into a sandbox."""
        for each in self.blueprints:
            store.change(BLUEPRINT, each["key"], each)
        store.insert(TEMPLATE, self.body, parent=PROJECT_ID)


def datapoints() -> list[dict[str, object]]:
    """Two rows on the sheet Datapoints of each kind of quantity."""
    return [
        {
            "External ID*": f"D-{kind}-{number}",
            "Name*": "Reading",
            "Type*": "REPORTED",
            "Value*": 10 * kind + number + 1,
            "Unit": unit,
            "Description*": "Weighed.",
        }
        for kind, (_, unit) in enumerate(KINDS)
        for number in range(2)
    ]


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """One template of one group or several."""
    blueprints, groups, monitored = [], [], []
    for number, blueprint in enumerate(FORMULAS_OF[: draw(st.integers(1, 3))], start=1):
        seeded = next(each for each in BLUEPRINTS if each["key"] == blueprint)
        own = f"rtc_1GEN0000000000{number:04}"
        fixed = [each for each in seeded["inputs"] if each["input_key"] == FIXED.get(blueprint)]
        asked, made = list(fixed), []
        for place in range(draw(st.integers(1, 3))):
            kind = draw(st.integers(0, len(KINDS) - 1))
            is_list = draw(st.booleans())
            key, (quantity, unit) = f"input_{place}", KINDS[kind]
            asked.append(
                {
                    **seeded["inputs"][0],
                    "input_key": key,
                    "quantity_kind": quantity,
                    "compatible_unit": unit,
                    "data_shape": "LIST" if is_list else "SCALAR",
                }
            )
            ids = tuple(f"D-{kind}-{each}" for each in range(1 + is_list))
            value = draw(st.integers(1, 10**6) | st.just(ids))
            monitored.append(Input((own, key), is_list, kind, value))
            label = draw(st.sampled_from(["Mass", "mass!", "Mass standard deviation", "=1+1"]))
            made.append(
                {
                    "input_key": key,
                    "type": "monitored",
                    "display_name": label,
                    "quantity_kind": quantity,
                    "datapoint_id": None,
                }
            )
        old = next(
            c for g in SEEDED["groups"] for c in g["components"] if c["blueprint_key"] == blueprint
        )
        kept = [each for each in old["inputs"] if each["type"] == "fixed" and fixed]
        name = draw(st.sampled_from(["Boiler", "Boiler", "boiler 1"]))
        component = {**old, "id": own, "display_name": name, "inputs": [*kept, *made]}
        groups.append(
            {
                **SEEDED["groups"][2],
                "id": f"rtg_1GEN0000000000{number:04}",
                "key": f"group-{number}",
                "display_name": f"Group {number}",
                "components": [component],
            }
        )
        blueprints.append({**seeded, "inputs": asked})
    body = {**SEEDED, "id": "rvt_1GEN00000000000001", "display_name": "Made up", "groups": groups}
    return Template(body, tuple(blueprints), tuple(monitored))
