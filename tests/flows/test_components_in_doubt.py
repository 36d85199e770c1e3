"""Components in doubt: two names for one thing, an older import, a call that gave out."""

from dataclasses import replace

import pytest

from importer.model.failure import ServiceUnavailable
from importer.model.outcome import Status
from importer.model.ports import Answer, Call
from importer.sandbox.isometric.kinds import ATTRIBUTION, COMPONENT, ENTRY, TEMPLATE
from support.desk import Desk, by_row, problems, statuses
from support.plant import Month, Percent
from tests.flows.breaking import BreakingLedger, Killed
from tests.flows.months import Row, build_batch, find_row, save
from tests.flows.test_components import (
    ATTACHED,
    BATCH,
    OFF,
    attributions,
    build_book,
    two_entries,
    without_gas,
    written,
)

pytestmark = pytest.mark.slow

GAS = "Natural gas for start-up"
POWER: Row = {"Entry": BATCH, "Component": "Grid electricity", "Attribution factor": 0.7}


def send(desk: Desk, month: Month, **options: bool) -> Status:
    """What an import makes of the first entry."""
    return by_row(desk.import_(save(desk, month), **options))["Entries", 2].status


def component_of(desk: Desk, name: str) -> str:
    """The service's id of the only component of that name."""
    every = desk.twin.store.select(COMPONENT)
    (found,) = (each.id for each in every if each.body["display_name"] == name)
    return found


def share_by_hand(desk: Desk, name: str, factor: float) -> None:
    """Somebody changes a share on the service's own page."""
    store, own_id = desk.twin.store, component_of(desk, name)
    (found,) = (e for e in store.select(ATTRIBUTION) if e.body["component_id"] == own_id)
    store.change(ATTRIBUTION, found.id, {"attribution_factor": factor})


def with_other_feedstock(month: Month) -> Month:
    month["Entries"][0]["Feedstock type"] = "Pine sawdust"
    return month


def test_a_component_of_the_template_is_taken_off_an_older_entry(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    assert send(desk, without_gas(build_book(OFF))) is Status.UPDATED
    assert GAS not in attributions(desk)


def test_a_component_of_the_template_is_shared_out_of_an_older_entry(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    assert send(desk, build_book(POWER)) is Status.UPDATED
    assert attributions(desk)["Grid electricity"] == ("pyrolysis", 0.7)


def test_a_share_is_stated_after_an_update_that_did_not_read_it(desk: Desk) -> None:
    month = build_book({**ATTACHED, "Attribution factor": None})
    desk.import_(save(desk, month))
    assert send(desk, with_other_feedstock(month)) is Status.UPDATED
    month["Entry components"][0]["Attribution factor"] = 0.5
    assert send(desk, month) is Status.UPDATED


def test_what_was_seen_counts_although_the_last_import_did_not_look(desk: Desk) -> None:
    """The share that was changed by hand since is not overwritten."""
    desk.import_(save(desk, build_book(ATTACHED)))
    assert send(desk, with_other_feedstock(build_book())) is Status.UPDATED
    share_by_hand(desk, "Belt dryer", 0.4)
    month = with_other_feedstock(build_book({**ATTACHED, "Attribution factor": 0.3}))
    report = desk.import_(save(desk, month))
    assert problems(report) == {("API_CONFLICT", "Entry components!B2")}
    assert "pyrolysis 0.5 → " in report.all_problems[0].found
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.4)


def test_a_share_that_was_changed_by_hand_is_a_conflict(desk: Desk) -> None:
    desk.import_(save(desk, build_book(ATTACHED)))
    share_by_hand(desk, "Belt dryer", 0.4)
    assert send(desk, build_book(ATTACHED)) is Status.CONFLICT
    assert send(desk, build_book(ATTACHED), overwrite=True) is Status.UPDATED
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.5)


def test_a_refused_detach_is_gone_on_with(desk: Desk) -> None:
    desk.goes_wrong("status", "PATCH /ghg_entries", "isometric", status=400)
    month = without_gas(build_book(OFF))
    assert send(desk, month) is Status.FAILED
    assert send(desk, month) is Status.UPDATED
    assert GAS not in attributions(desk)


def test_a_trusted_ledger_does_not_hide_a_detach(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    assert send(desk, without_gas(build_book(OFF)), trust_ledger=True) is Status.UPDATED
    assert GAS not in attributions(desk)


def test_a_trusted_ledger_knows_the_unit_that_a_blank_cell_keeps(desk: Desk) -> None:
    month = build_book(ATTACHED)
    desk.import_(save(desk, month))
    for row in month["Datapoints"]:
        row["Unit"] = None
    report = desk.import_(save(desk, month), trust_ledger=True)
    assert set(report.counts) == {"unchanged"}, [str(each) for each in report.all_problems]


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("DRYER", {"Action": "detach"}),
        ("Grid electricity", {"Group": "Pyrolysis", "Attribution factor": 0.4}),
    ],
)
def test_one_component_under_two_names_is_a_problem(desk: Desk, name: str, second: Row) -> None:
    desk.import_(save(desk, build_book(ATTACHED)))
    own_id = component_of(desk, "Belt dryer" if name == "DRYER" else name)
    first = {**ATTACHED, "Component": name}
    month = build_book(first, {"Entry": BATCH, "Component": own_id, **second})
    report = desk.plan(save(desk, month))
    assert problems(report) == {
        ("KEY_DETAIL_TWICE", "Entry components!B2"),
        ("KEY_DETAIL_TWICE", "Entry components!B3"),
    }


def test_a_word_that_is_a_row_and_a_component_of_the_template(desk: Desk) -> None:
    """Without the row it would mean the other one, so nobody guesses."""
    (template, *_) = desk.twin.store.select(TEMPLATE)
    groups = template.body["groups"]
    groups[0]["components"][0]["display_name"] = "Dryer"
    desk.twin.store.change(TEMPLATE, template.id, {"groups": groups})
    report = desk.plan(save(desk, build_book(ATTACHED)))
    (problem,) = by_row(report)["Entry components", 2].problems
    assert (problem.code, problem.place.cell) == ("REF_SEVERAL", "B2")
    assert problem.remedy.startswith(f"Write {groups[0]['components'][0]['id']} for the one in")


def test_one_name_twice_in_one_group_is_told_by_ids(desk: Desk) -> None:
    (template, *_) = desk.twin.store.select(TEMPLATE)
    groups = template.body["groups"]
    alike = next(each["components"] for each in groups if len(each["components"]) > 1)
    for each in alike:
        each["display_name"] = "Grid electricity"
    desk.twin.store.change(TEMPLATE, template.id, {"groups": groups})
    report = desk.plan(save(desk, build_book(POWER)))
    (problem,) = by_row(report)["Entry components", 2].problems
    assert problem.code == "REF_SEVERAL"
    assert all(each["id"] in problem.expected for each in alike)


def test_each_entry_has_its_own_components_of_the_template(desk: Desk) -> None:
    report = desk.plan(save(desk, two_entries(POWER, {**POWER, "Entry": "NB-2"})))
    assert set(report.counts) == {"created"}, [str(each) for each in report.all_problems]


def test_a_component_of_the_template_is_shared_with_another_entry(desk: Desk) -> None:
    """One entry calls it by its name in the template, the other one by its id."""
    month = build_book(ATTACHED)
    desk.import_(save(desk, month))
    own_id = component_of(desk, "Grid electricity")
    other = {**POWER, "Entry": "NB-2", "Component": own_id, "Group": "pyrolysis"}
    shared = two_entries(POWER, {**other, "Attribution factor": 0.3})
    report = desk.import_(save(desk, shared))
    assert statuses(report)["Entries"] == ["updated", "created"]


def test_half_of_it_may_be_a_percentage(desk: Desk) -> None:
    month = build_book(ATTACHED)
    month["Entry components"][0]["Attribution factor"] = Percent(0.5)
    desk.import_(save(desk, month))
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.5)


def test_fifty_is_asked_about(desk: Desk) -> None:
    report = desk.plan(save(desk, build_book({**ATTACHED, "Attribution factor": 50})))
    (problem,) = by_row(report)["Entry components", 2].problems
    assert (problem.code, problem.place.cell) == ("CELL_RANGE", "E2")
    assert problem.remedy.startswith("If 50 % is meant, type 0.5")


def test_what_somebody_else_took_off_may_be_written_down_as_taken_off(desk: Desk) -> None:
    desk.import_(save(desk, without_gas(build_book(OFF))))
    report = desk.import_(save(desk, without_gas(build_book())))
    assert problems(report) == {("REF_INCOMPLETE", "Entries!B2")}
    assert "on the sheet Entry components that takes it off" in report.all_problems[0].remedy


def test_figures_follow_from_what_no_row_states(desk: Desk) -> None:
    """The dryer was attached by an earlier workbook; this one only corrects what it uses."""
    month = build_book(ATTACHED)
    own = {**find_row(month, "Datapoints", f"{BATCH}-ELEC"), "External ID": "DRY-KWH"}
    month["Datapoints"].append(own)
    month["Component inputs"][0]["Datapoints"] = "DRY-KWH"
    desk.import_(save(desk, month))
    own["Value"] = 9_000_000
    bare = {name: month[name] for name in ("Datapoints", "Entries", "Entry inputs")}
    report = desk.import_(save(desk, bare))
    assert send(desk, bare) is Status.UNCHANGED
    (entry,) = desk.session.services["isometric"].find("/ghg_entries", BATCH)
    net = dict(by_row(report)["Entries", 2].results)["Net removed (kg CO2e)"]
    assert net == entry["co2e_net_removed_kg"] < 0
    assert ("ROW_NEGATIVE_NET", "Entries!A2") in problems(report)


def test_a_component_that_no_row_attaches_is_made_with_a_word(desk: Desk) -> None:
    report = desk.import_(save(desk, build_book()))
    assert report.is_in_order
    assert problems(report) == {("ROW_COUNTS_NOWHERE", "Components!A2")}
    assert problems(desk.import_(save(desk, build_book()))) == set()


@pytest.mark.parametrize("row", [{"Group": None}, {"Attribution factor": "half"}])
def test_a_row_that_stays_out_may_attach_it(desk: Desk, row: Row) -> None:
    report = desk.plan(save(desk, build_book({**ATTACHED, **row})))
    assert "ROW_COUNTS_NOWHERE" not in {code for code, _ in problems(report)}


def test_a_detach_that_took_effect_late_is_not_called_refused(desk: Desk) -> None:
    desk.goes_wrong("late", "PATCH /ghg_entries", "isometric", requests=9)
    assert send(desk, without_gas(build_book(OFF))) is Status.CREATED
    assert len([each for each in written(desk) if each.startswith("PATCH")]) == 2


def test_an_entry_that_was_made_keeps_its_id_when_the_service_gives_out(desk: Desk) -> None:
    desk.goes_wrong("reset", "GET /ghg_entries", "isometric", times=None, after=1)
    entry = by_row(desk.import_(save(desk, build_book(ATTACHED))))["Entries", 2]
    assert entry.status is Status.UNCERTAIN
    assert entry.id.startswith("rmv_")
    desk.twin.store.faults.clear()
    assert send(desk, build_book(ATTACHED)) is Status.UPDATED


def test_an_entry_whose_components_never_left_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line goes down between the two steps, before anything of the second one is sent."""
    service = desk.session.services["isometric"]
    send_on = service.send

    def go_down(call: Call) -> Answer:
        if call.path.endswith("component_attributions"):
            raise ServiceUnavailable("Isometric cannot be reached.", remedy="Try again later.")
        return send_on(call)

    monkeypatch.setattr(service, "send", go_down)
    entry = by_row(desk.import_(save(desk, build_book(ATTACHED))))["Entries", 2]
    assert (entry.status, entry.id[:4]) == (Status.SKIPPED, "rmv_")
    assert entry.message == (
        "Made, but not with all that the row says: the run ended before the rest was sent."
    )
    monkeypatch.undo()
    assert send(desk, build_book(ATTACHED)) is Status.UPDATED
    assert attributions(desk)["Belt dryer"] == ("pyrolysis", 0.5)


AFTERWARDS: dict[str, tuple[Row, tuple[str, float] | None]] = {
    "the same": (ATTACHED, ("pyrolysis", 0.5)),
    "corrected": ({**ATTACHED, "Attribution factor": 0.25}, ("pyrolysis", 0.25)),
    "taken off": ({"Entry": BATCH, "Component": "DRYER", "Action": "detach"}, None),
}


@pytest.mark.parametrize("then", AFTERWARDS)
@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize("done", [False, True])
def test_killed_on_the_way_the_next_import_makes_it_what_the_rows_say(
    desk: Desk, then: str, at: int, done: bool
) -> None:
    first = build_book()
    first["Entries"], first["Entry inputs"], first["Entry components"] = [], [], []
    desk.import_(save(desk, first))
    whole = desk.session
    broken = BreakingLedger(ledger=whole.ledger, at=at, done=done, failure=Killed)
    desk.session = replace(whole, ledger=broken)
    with pytest.raises(Killed):
        desk.import_(save(desk, without_gas(build_book(ATTACHED, OFF))))
    desk.session = whole
    row, expected = AFTERWARDS[then]
    report = desk.import_(save(desk, without_gas(build_book(row, OFF))))
    assert report.is_in_order, [str(each) for each in report.all_problems]
    assert len(desk.stored(ENTRY)) == 1
    assert attributions(desk).get("Belt dryer") == expected
    assert GAS not in attributions(desk)
