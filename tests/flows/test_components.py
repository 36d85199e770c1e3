"""Components of one's own, and what counts to an entry: attached, shared out, taken off."""

from copy import deepcopy

import pytest

from importer.sandbox.isometric.attributions import list_of_entry
from importer.sandbox.isometric.kinds import COMPONENT, ENTRY
from support.desk import Desk, by_row, problems, statuses
from support.plant import Month
from tests.flows.months import Row, build_batch, save

pytestmark = pytest.mark.slow

BATCH = "NB-2026-10-B1"
DRYER: Row = {
    "External ID": "DRYER",
    "Blueprint": "Electricity use",
    "Name": "Belt dryer",
    "Activity started at": "2026-10-01 00:00",
    "Activity completed at": "2026-10-12 23:59",
    "Description": "Rented for two weeks",
}
DRYER_INPUTS: list[Row] = [
    {"Component": "DRYER", "Input": "electricity", "Datapoints": f"{BATCH}-ELEC"},
    {"Component": "DRYER", "Input": "grid_factor", "Datapoints": "lca-2026/grid"},
]
ATTACHED: Row = {
    "Entry": BATCH,
    "Component": "DRYER",
    "Action": "attach",
    "Group": "Pyrolysis",
    "Attribution factor": 0.5,
}


def build_book(*rows: Row) -> Month:
    """A batch, a dryer, and these rows of *Entry components*."""
    month = build_batch()
    month["Components"] = [dict(DRYER)]
    month["Component inputs"] = deepcopy(DRYER_INPUTS)
    month["Entry components"] = [dict(row) for row in rows]
    return month


def attributions(desk: Desk) -> dict[str, tuple[str, float]]:
    """What counts to the one entry: group and factor, by the component's name."""
    store = desk.twin.store
    entry = str(desk.stored(ENTRY)[BATCH]["id"])
    names = {each.id: each.body["display_name"] for each in store.select(COMPONENT)}
    return {
        names[each.body["component_id"]]: (
            each.body["component_group_key"],
            each.body["attribution_factor"],
        )
        for each in list_of_entry(store, entry)
    }


def written(desk: Desk) -> list[str]:
    return [each for each in desk.writes() if "component" in each]


def test_a_component_is_made_and_counts_to_the_entry(desk: Desk) -> None:
    report = desk.import_(save(desk, build_book(ATTACHED)))
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]
    stored = desk.stored(COMPONENT)["DRYER"]
    assert (stored["display_name"], stored["blueprint_key"]) == ("Belt dryer", "electricity-use")
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.5)
    assert len(attributions(desk)) == 8


def test_a_second_import_writes_nothing(desk: Desk) -> None:
    path = save(desk, build_book(ATTACHED))
    desk.import_(path)
    before = desk.writes()
    report = desk.import_(path)
    assert set(report.counts) == {"unchanged"}, [str(each) for each in report.all_problems]
    assert desk.writes() == before


def test_on_another_machine_it_is_found_as_it_is(desk: Desk) -> None:
    path = save(desk, build_book(ATTACHED))
    desk.import_(path)
    before = desk.writes()
    desk.forget()
    assert set(desk.import_(path).counts) == {"unchanged"}
    assert desk.writes() == before


@pytest.mark.parametrize("called", ["DRYER", "dryer", "id"])
def test_a_factor_is_changed_by_one_patch(desk: Desk, called: str) -> None:
    desk.import_(save(desk, build_book(ATTACHED)))
    before = len(written(desk))
    name = desk.stored(COMPONENT)["DRYER"]["id"] if called == "id" else called
    report = desk.import_(
        save(desk, build_book({**ATTACHED, "Component": name, "Attribution factor": 0.25}))
    )
    entry = by_row(report)["Entries", 2]
    assert entry.status.value == "updated", [str(each) for each in report.all_problems]
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.25)
    (patch,) = written(desk)[before:]
    assert patch.startswith("PATCH") and patch.endswith("component_attributions")


def test_blank_keeps_the_factor(desk: Desk) -> None:
    desk.import_(save(desk, build_book(ATTACHED)))
    before = desk.writes()
    blank = {key: ATTACHED[key] for key in ("Entry", "Component", "Group")}
    assert set(desk.import_(save(desk, build_book(blank))).counts) == {"unchanged"}
    assert desk.writes() == before


def test_one_that_was_attached_is_taken_off(desk: Desk) -> None:
    desk.import_(save(desk, build_book(ATTACHED)))
    off: Row = {"Entry": BATCH, "Component": "DRYER", "Action": "detach"}
    report = desk.import_(save(desk, build_book(off)))
    assert by_row(report)["Entries", 2].status.value == "updated"
    assert "Belt dryer" not in attributions(desk)
    before = desk.writes()
    assert set(desk.import_(save(desk, build_book(off))).counts) == {"unchanged"}
    assert desk.writes() == before


def without_gas(month: Month) -> Month:
    """The month without what the entry's start-up gas is made of."""
    month["Entry inputs"] = [
        row for row in month["Entry inputs"] if row["Component"] != "Natural gas for start-up"
    ]
    return month


OFF: Row = {"Entry": BATCH, "Component": "Natural gas for start-up", "Action": "detach"}


def test_an_unneeded_component_of_the_template_is_taken_off(desk: Desk) -> None:
    path = save(desk, without_gas(build_book(ATTACHED, OFF)))
    report = desk.import_(path)
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]
    assert "Natural gas for start-up" not in attributions(desk)
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.5)
    patches = [each for each in desk.writes() if each.startswith("PATCH")]
    assert len(patches) == 1, "attach and detach go out together"
    before = desk.writes()
    assert set(desk.import_(path).counts) == {"unchanged"}
    assert desk.writes() == before


def test_a_value_for_what_is_taken_off_is_a_problem(desk: Desk) -> None:
    report = desk.plan(save(desk, build_book(OFF, ATTACHED)))
    assert problems(report) == {("ROW_DETACHED", "Entry inputs!D9")}
    assert desk.writes() == []


def test_what_was_taken_off_cannot_be_put_back(desk: Desk) -> None:
    desk.import_(save(desk, without_gas(build_book(OFF))))
    before = desk.writes()
    report = desk.import_(save(desk, build_book()))
    assert problems(report) == {("API_FIXED", "Entry inputs!D9")}
    (problem,) = by_row(report)["Entry inputs", 9].problems
    assert "does not have that component" in problem.found
    assert desk.writes() == before


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"Component": "Grid electricty"}, ("REF_UNKNOWN_NAME", "Entry components!B2")),
        ({"Component": "NO-SUCH"}, ("REF_NOT_FOUND", "Entry components!B2")),
        ({"Group": "Pyrolisis"}, ("REF_UNKNOWN_NAME", "Entry components!D2")),
        ({"Group": None}, ("CELL_REQUIRED", "Entry components!D2")),
        ({"Action": "remove"}, ("CELL_CHOICE", "Entry components!C2")),
        ({"Action": "detach"}, ("ROW_DETACHED", "Entry components!D2")),
        ({"Attribution factor": 0}, ("CELL_RANGE", "Entry components!E2")),
        ({"Attribution factor": 1.01}, ("CELL_RANGE", "Entry components!E2")),
        ({"Entry": "NB-X"}, ("REF_NOT_FOUND", "Entry components!A2")),
    ],
)
def test_what_is_wrong_in_a_row(desk: Desk, row: Row, problem: tuple[str, str]) -> None:
    report = desk.plan(save(desk, build_book({**ATTACHED, **row})))
    assert problem in problems(report)
    assert desk.writes() == []


def test_the_same_component_by_id_and_by_name(desk: Desk) -> None:
    named: Row = {"Entry": BATCH, "Component": "Grid electricity", "Attribution factor": 0.5}
    spelled: Row = {**named, "Component": "pyrolysis: Grid electricity"}
    report = desk.plan(save(desk, build_book(named, spelled, ATTACHED)))
    assert problems(report) == {
        ("KEY_DETAIL_TWICE", "Entry components!B2"),
        ("KEY_DETAIL_TWICE", "Entry components!B3"),
    }


@pytest.mark.parametrize(
    ("sheet", "header", "value", "problem"),
    [
        ("Components", "Blueprint", "Steam", ("REF_UNKNOWN_NAME", "Components!B2")),
        ("Components", "Name", "x" * 101, ("CELL_LENGTH", "Components!C2")),
        (
            "Components",
            "Activity completed at",
            "2026-09-30 12:00",
            ("ROW_ORDER", "Components!E2"),
        ),
        ("Component inputs", "Input", "steam", ("REF_UNKNOWN_NAME", "Component inputs!B2")),
        (
            "Component inputs",
            "Datapoints",
            f"{BATCH}-ELEC; {BATCH}-GAS",
            ("REF_ONE_ONLY", "Component inputs!C2"),
        ),
        ("Component inputs", "Datapoints", "D-9", ("REF_NOT_FOUND", "Component inputs!C2")),
        (
            "Component inputs",
            "Datapoints",
            f"{BATCH}-GAS",
            ("REF_UNIT", "Component inputs!C2"),
        ),
    ],
)
def test_what_does_not_go_with_the_blueprint(
    desk: Desk, sheet: str, header: str, value: str, problem: tuple[str, str]
) -> None:
    month = build_book(ATTACHED)
    month[sheet][0][header] = value
    report = desk.plan(save(desk, month))
    assert problem in problems(report)
    assert desk.writes() == []


def test_every_input_of_the_blueprint_is_needed(desk: Desk) -> None:
    month = build_book(ATTACHED)
    del month["Component inputs"][1]
    report = desk.plan(save(desk, month))
    assert problems(report) == {("REF_INCOMPLETE", "Components!B2")}


def test_a_component_is_changed_where_the_service_lets_it(desk: Desk) -> None:
    desk.import_(save(desk, build_book(ATTACHED)))
    month = build_book(ATTACHED)
    month["Components"][0]["Name"] = "Belt dryer 2"
    month["Component inputs"][0]["Datapoints"] = f"{BATCH}-ELEC-2"
    month["Datapoints"].append(
        {**month["Datapoints"][0], "External ID": f"{BATCH}-ELEC-2", "Value": 7, "Unit": "MWh"}
    )
    before = len(written(desk))
    report = desk.import_(save(desk, month))
    assert by_row(report)["Components", 2].status.value == "updated"
    assert [each.partition(" ")[0] for each in written(desk)[before:]] == ["PATCH"]
    assert desk.stored(COMPONENT)["DRYER"]["display_name"] == "Belt dryer 2"


@pytest.mark.parametrize(
    ("header", "value", "cell"),
    [
        ("Blueprint", "Diesel use", "B2"),
        ("Activity started at", "2026-10-02 00:00", "D2"),
    ],
)
def test_what_the_service_never_lets_be_changed(
    desk: Desk, header: str, value: str, cell: str
) -> None:
    desk.import_(save(desk, build_book(ATTACHED)))
    before = desk.writes()
    month = build_book(ATTACHED)
    month["Components"][0][header] = value
    if header == "Blueprint":
        month["Component inputs"] = [
            {"Component": "DRYER", "Input": "diesel_volume", "Datapoints": f"{BATCH}-DIESEL"},
            {"Component": "DRYER", "Input": "diesel_factor", "Datapoints": "dtp_1NRBARK01SBX0005"},
        ]
    report = desk.import_(save(desk, month))
    assert ("API_FIXED", f"Components!{cell}") in problems(report)
    assert desk.writes() == before


def test_an_entry_waits_for_its_component(desk: Desk) -> None:
    month = build_book(ATTACHED)
    month["Components"][0]["Name"] = None
    report = desk.import_(save(desk, month))
    assert statuses(report)["Components"] == ["invalid"]
    assert statuses(report)["Entries"] == ["blocked"]
    assert not [each for each in desk.writes() if "ghg_entries" in each]


def two_entries(first: Row, second: Row) -> Month:
    """A dryer that counts to two entries, made of the same datapoints."""
    month = build_book(first, second)
    month["Entries"].append({**month["Entries"][0], "External ID": "NB-2"})
    month["Entry inputs"] += [{**row, "Entry": "NB-2"} for row in month["Entry inputs"]]
    return month


def shares(first: float | None, second: float | None) -> Month:
    return two_entries(
        {**ATTACHED, "Attribution factor": first},
        {**ATTACHED, "Entry": "NB-2", "Attribution factor": second},
    )


def test_more_than_the_whole_is_shared_out(desk: Desk) -> None:
    report = desk.plan(save(desk, shares(0.5, 0.7)))
    assert problems(report) == {
        ("ROW_SHARE", "Entry components!E2"),
        ("ROW_SHARE", "Entry components!E3"),
    }
    (problem,) = by_row(report)["Entry components", 3].problems
    assert problem.found == "a share of 0.7 for “NB-2”, beside 0.5 to “NB-2026-10-B1”: 1.2 in all"
    assert desk.writes() == []


def test_blank_is_the_whole(desk: Desk) -> None:
    report = desk.plan(save(desk, shares(0.5, None)))
    assert ("ROW_SHARE", "Entry components!E3") in problems(report)


def test_three_tenths_and_seven_are_the_whole(desk: Desk) -> None:
    report = desk.import_(save(desk, shares(0.3, 0.7)))
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]


@pytest.mark.parametrize("turned", [False, True])
def test_a_share_moves_from_one_entry_to_the_other(desk: Desk, turned: bool) -> None:
    """What is given back goes first, whichever row stands above."""
    before, after = ((0.9, 0.1), (0.1, 0.9)) if turned else ((0.1, 0.9), (0.9, 0.1))
    desk.import_(save(desk, shares(*before)))
    report = desk.import_(save(desk, shares(*after)))
    assert statuses(report)["Entries"] == ["updated", "updated"], [
        str(each) for each in report.all_problems
    ]
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", after[0])


def test_what_another_entry_has_is_told_by_the_service_at_the_row(desk: Desk) -> None:
    desk.import_(save(desk, shares(0.5, 0.5)))
    alone = build_book({**ATTACHED, "Attribution factor": 0.8})
    report = desk.import_(save(desk, alone))
    assert problems(report) == {("API_REFUSED", "Entry components!B2")}
    assert by_row(report)["Entries", 2].status.value == "failed"
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.5)
    assert set(desk.import_(save(desk, shares(0.5, 0.5))).counts) == {"unchanged"}


def test_an_entry_whose_components_are_refused_is_gone_on_with(desk: Desk) -> None:
    """The entry is there by then: the next import sends what is missing, and nothing else."""
    desk.goes_wrong("status", "PATCH /ghg_entries", "isometric", status=400, times=1)
    report = desk.import_(save(desk, build_book(ATTACHED)))
    entry = by_row(report)["Entries", 2]
    assert (entry.status.value, bool(entry.id)) == ("failed", True)
    before = len(desk.writes())
    again = desk.import_(save(desk, build_book(ATTACHED)))
    assert by_row(again)["Entries", 2].status.value == "updated"
    (patch,) = desk.writes()[before:]
    assert patch.startswith("PATCH") and patch.endswith("component_attributions")
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.5)
