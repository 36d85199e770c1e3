"""What cells name of the account: configs, sites, templates, and the inputs of a template."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from importer.checking.account import find_items, flaw_problems, misfit_problems, name_problem
from importer.checking.completeness import DefinedRecord, find_defined_violations
from importer.checking.definitions import DefinedReader
from importer.declare.column import Column, Kind
from importer.declare.definition import Defined, DefinedField, Definition, Item
from importer.declare.resource import Misfit
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem
from importer.model.record import Reference, Value
from importer.resources.catalog import CATALOG
from tests.checking.bench import NOW, check, listed

PLACE = Place(sheet="Emission logs", row=2, column=3, header="Site")
SITE = Definition(
    name="site",
    title="site",
    service="cula",
    path="/sites",
    spellings=lambda item: (str(item["id"]), str(item["external_id"]), str(item["name"])),
)
SITES: Sequence[Item] = (
    {"id": "ste_1", "external_id": "PLANT", "name": "Barkvägen plant"},
    {"id": "ste_2", "external_id": "YARD", "name": "Wood yard"},
    {"id": "ste_3", "external_id": "ste_2", "name": "Wood yard"},
    {"id": "ste_4", "external_id": "LAB", "name": "PLANT"},
)


def find(key: str) -> list[str]:
    found = find_items(SITE, SITES, Reference(to="site", key=key))
    return [str(item["id"]) for item in found]


def tell(key: str, items: Sequence[Item] = SITES) -> Problem:
    found = find_items(SITE, items, Reference(to="site", key=key))
    return name_problem(SITE, items, found, PLACE, key)


@pytest.mark.parametrize(
    ("key", "ids"),
    [
        ("ste_1", ["ste_1"]),
        ("STE_1", ["ste_1"]),
        ("plant", ["ste_1"]),
        ("ste_2", ["ste_2"]),
        ("lab", ["ste_4"]),
        ("barkvägen  plant", ["ste_1"]),
        ("Barkva\u0308gen plant", ["ste_1"]),
        ("Wood yard", ["ste_2", "ste_3"]),
        ("Quarry", []),
    ],
)
def test_the_first_way_of_naming_that_fits_decides(key: str, ids: list[str]) -> None:
    assert find(key) == ids


def test_what_has_no_name_is_passed_over() -> None:
    bare = replace(SITE, spellings=lambda item: tuple(str(each) for each in item.values()))
    items: Sequence[Item] = ({"id": "ste_9"}, *SITES)
    found = find_items(bare, items, Reference(to="site", key="Barkvägen plant"))
    assert [item["id"] for item in found] == ["ste_1"]


def test_a_name_of_two_things_asks_for_the_id() -> None:
    problem = tell("Wood yard")
    assert (problem.code, problem.place) == ("REF_SEVERAL", PLACE)
    assert problem.found == "“Wood yard”, which is the name of 2 sites"
    assert problem.expected == "one of the ids ste_2, ste_3"


def test_a_name_of_nothing_shows_what_there_is() -> None:
    problem = tell("Wod yard")
    assert (problem.code, problem.place) == ("REF_UNKNOWN_NAME", PLACE)
    assert problem.found == "“Wod yard”, which is no site of this account"
    assert problem.expected == (
        "one of “PLANT”, “Barkvägen plant”, “YARD”, “Wood yard”, “ste_2”, “LAB”"
    )
    assert problem.remedy == "Did you mean “Wood yard”?"


def test_of_many_names_ten_are_shown() -> None:
    many = [{"id": f"ste_{n}", "external_id": f"S-{n}", "name": f"S-{n}"} for n in range(30)]
    assert tell("Quarry", many).expected.endswith(", “S-9” and 20 more")
    assert tell("Quarry", many[:10]).expected.endswith(", “S-9”")


def test_an_account_without_any() -> None:
    problem = tell("Quarry", ())
    assert (problem.expected, problem.remedy) == (
        "a site",
        "Correct the name, or ask for it to be set up in the service.",
    )


ENTRY = CATALOG.resource("ghg-entry")


def an_input(
    group: str, number: int, component: str, key: str, kind: Kind = Kind.REFERENCE
) -> DefinedField:
    return DefinedField(
        inner=f"tc_{number}/{key}",
        spellings=(
            (f"tc_{number}", component, f"{group}: {component}"),
            (key, key.replace("_", " ").capitalize()),
        ),
        column=Column(header=f"{component}, {key}", kind=kind, to="datapoint", required=True),
        computed=key == "factor",
    )


TEMPLATE = Defined(
    fields=(
        an_input("in", 1, "Road freight", "distance"),
        an_input("in", 1, "Road freight", "freight_mass", Kind.REFERENCES),
        an_input("in", 1, "Road freight", "factor"),
        an_input("out", 2, "Road freight", "distance"),
        an_input("out", 3, "Diesel", "volume"),
        an_input("out", 3, "Diesel", "Volume"),
    )
)
EVERYTHING = [field.inner for field in TEMPLATE.fields]
BOOK = """
Entries
External ID | Template | Started on | Completed on
B1          | Batch    | 2026-10-01 | 2026-10-15

Entry inputs
Entry | Component | Input | Datapoints
"""


def read(rows: str, stored: Sequence[str] = EVERYTHING) -> tuple[dict[str, Value], list[Problem]]:
    (record,) = check(BOOK + rows.strip("\n")).records
    filled, problems = DefinedReader(ENTRY, TEMPLATE, "UTC").read(record)
    each = DefinedRecord(resource=ENTRY, record=filled, defined=TEMPLATE, stored=stored)
    return dict(filled.defined), [*problems, *find_defined_violations([each], now=NOW)]


@pytest.mark.parametrize(
    ("component", "key"),
    [
        ("tc_1", "distance"),
        ("in: Road freight", "Distance"),
        ("IN: ROAD FREIGHT", "distance"),
        ("Road freight", "Freight mass"),
    ],
)
def test_an_input_by_component_and_key(component: str, key: str) -> None:
    found, problems = read(f"B1 | {component} | {key} | D-1")
    assert problems == []
    assert [inner.split("/")[0] for inner in found] == ["tc_1"]


def test_a_component_that_stands_in_two_groups_asks_which() -> None:
    _, (problem,) = read("B1 | Road freight | distance | D-1")
    assert listed([problem]) == ["REF_SEVERAL Entry inputs!B2"]
    assert problem.found == "“Road freight”, which “Batch” has 2 times"
    assert problem.expected == "one of “in: Road freight”, “out: Road freight”"


def test_a_component_that_is_not_there_shows_those_that_are_with_their_groups() -> None:
    _, (problem,) = read("B1 | Rail freight | distance | D-1")
    assert listed([problem]) == ["REF_UNKNOWN_NAME Entry inputs!B2"]
    assert problem.expected == "one of “in: Road freight”, “out: Road freight”, “out: Diesel”"


def test_two_inputs_of_one_name_are_told_apart_at_the_input() -> None:
    _, (problem,) = read("B1 | Diesel | volume | D-1")
    assert listed([problem]) == ["REF_SEVERAL Entry inputs!C2"]
    assert problem.found == "“volume”, which “Batch” has 2 times"


def test_an_input_that_the_component_lacks() -> None:
    _, (problem,) = read("B1 | Diesel | distance | D-1")
    assert listed([problem]) == ["REF_UNKNOWN_NAME Entry inputs!C2"]
    assert problem.expected == "one of “Volume”"


def test_several_datapoints_where_the_input_takes_one() -> None:
    _, problems = read("B1 | tc_1 | distance | D-1; D-2\nB1 | tc_1 | freight_mass | D-1; D-2")
    assert listed(problems) == ["REF_ONE_ONLY Entry inputs!D2"]


def test_a_fixed_input_takes_no_datapoint() -> None:
    _, (problem,) = read("B1 | tc_1 | factor | D-1")
    assert listed([problem]) == ["REF_COMPUTED Entry inputs!C2"]


def test_every_monitored_input_is_asked_for() -> None:
    _, problems = read("B1 | tc_1 | distance | D-1", stored=["tc_2/distance"])
    assert [each.found for each in problems] == [
        "no value for “Road freight, freight_mass”",
        "no value for “Diesel, volume”",
        "no value for “Diesel, Volume”",
    ]


def test_what_does_not_go_together_stands_at_its_cell() -> None:
    (record,) = check(BOOK.split("\n\nEntry inputs", maxsplit=1)[0]).records
    misfit = Misfit(
        header="Template",
        kind=kinds.REF_OTHER_PLACE,
        found="which is not of this project",
        expected="a template of this project",
        remedy="Ask for a template.",
    )
    (problem,) = misfit_problems(record, [misfit])
    assert listed([problem]) == ["REF_OTHER_PLACE Entries!B2"]
    assert problem.found == "“Batch”, which is not of this project"
    assert (problem.expected, problem.remedy) == (misfit.expected, misfit.remedy)


def test_a_definition_with_flaws_is_told_at_the_cell_that_names_it() -> None:
    (record,) = check(BOOK.split("\n\nEntry inputs", maxsplit=1)[0]).records
    problems = flaw_problems(ENTRY, record, Defined(fields=(), flaws=("a hole", "a tear")))
    assert listed(problems) == ["API_INCOMPLETE_ANSWER Entries!B2"] * 2
    assert problems[0].found == "“Batch”, which has a hole"
