"""Whatever an account defines: its template is made, filled in, and read back; slips are named."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importer.model.outcome import Status
from importer.model.problem import Severity
from importer.model.report import FileReport
from importer.sandbox.cula.kinds import LOG
from importer.sandbox.isometric.kinds import COMPONENT, DATAPOINT
from importer.sandbox.server import Running
from support.desk import Desk, by_row, open_desk, problems
from support.made import CONFIG, TEMPLATE, fill, make
from tests.laws.cula_configs import Config, configs
from tests.laws.entry_templates import Template, datapoints, templates
from tests.laws.slots import Spoiled, find_sheets, spoil, write_rows

SLOW, MANY = 20, 500
FIRST = date(2020, 1, 1)


@contextmanager
def fresh_desk(twin: Running) -> Iterator[Desk]:
    with TemporaryDirectory() as folder, open_desk(Path(folder), twin.reset()) as desk:
        yield desk


def holds(
    law: Callable[[Desk, Any], None], made: st.SearchStrategy[Any], twin: Running, examples: int
) -> None:
    @settings(
        max_examples=examples,
        derandomize=examples < MANY,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(made)
    def example(each: Any) -> None:
        with fresh_desk(twin) as desk:
            law(desk, each)

    example()


def goes_in_and_is_read_back(desk: Desk, path: Path, count: int) -> None:
    assert problems(desk.plan(path)) == set()
    assert desk.import_(path).counts == {Status.CREATED: count}
    written = desk.writes()
    desk.forget()
    assert desk.import_(path).counts == {Status.UNCHANGED: count}
    assert desk.writes() == written


def each_is_told(report: FileReport, title: str, spoiled: Sequence[Spoiled]) -> None:
    """Each row is invalid because of one cell, and no other row is."""
    wrong = set()
    outcomes = by_row(report)
    for number, each in enumerate(spoiled, start=2):
        errors = [
            problem
            for problem in report.all_problems
            if problem.severity is Severity.ERROR
            and (problem.place.sheet, problem.place.row) == (title, number)
        ]
        assert errors, each
        assert {problem.place.cell for problem in errors} == {f"{each.column}{number}"}, each
        assert outcomes[title, number].status is Status.INVALID
        wrong.add((title, number))
    invalid = {key for key, each in outcomes.items() if each.status is Status.INVALID}
    assert invalid == wrong


def make_for_configs(desk: Desk, every: Sequence[Config]) -> tuple[Path, list[str]]:
    for each in every:
        each.plant(desk.twin.store)
    path = make(desk, {CONFIG: tuple(each.id for each in every)})
    return path, find_sheets(path, "Config")


def logs_go_in(desk: Desk, every: Sequence[Config]) -> None:
    path, titles = make_for_configs(desk, every)
    for number, (title, each) in enumerate(zip(titles, every, strict=True)):
        slots = each.slots(f"L-{number}", each.name, FIRST)
        write_rows(path, title, [[slot.value for slot in slots]])
    goes_in_and_is_read_back(desk, path, len(every))
    stored = desk.stored(LOG)
    for number, each in enumerate(every):
        assert read_points(stored[f"L-{number}"], each) == each.sent


def read_points(log: Mapping[str, Any], config: Config) -> Mapping[str, Any]:
    """What was put in, by data point; what the service filled in itself is left out."""
    types = {each.body["id"]: each.body for each in config.points}
    return {
        key: datetime.fromisoformat(value) if types[key]["type"] == "timestamp" else value
        for key, value in ((each["config_id"], each["input_value"]) for each in log["data_points"])
        if value is not None and (key in config.sent or "default_input_value" not in types[key])
    }


def spoiled_logs_are_told(desk: Desk, every: Sequence[Config]) -> None:
    path, (title,) = make_for_configs(desk, every)
    (config,) = every
    ways = list(spoil(config.slots("L", config.name, FIRST)))
    spoiled = []
    for number in range(len(ways)):
        day = FIRST + timedelta(days=3 * number)
        own = list(spoil(config.slots(f"L-{number}", config.name, day)))
        spoiled.append(own[number])
    write_rows(path, title, [each.row for each in spoiled])
    each_is_told(desk.plan(path), title, spoiled)
    assert desk.writes() == []


@pytest.mark.slow
def test_logs_of_any_config(twin: Running) -> None:
    holds(logs_go_in, configs(), twin, SLOW)


@pytest.mark.slow
def test_spoiled_logs_of_any_config(twin: Running) -> None:
    holds(spoiled_logs_are_told, configs(most=1), twin, SLOW)


@pytest.mark.many
@pytest.mark.timeout(1800)
def test_logs_of_many_configs(twin: Running) -> None:
    holds(logs_go_in, configs(), twin, MANY)


@pytest.mark.many
@pytest.mark.timeout(1800)
def test_spoiled_logs_of_many_configs(twin: Running) -> None:
    holds(spoiled_logs_are_told, configs(most=1), twin, MANY)


def make_for_template(desk: Desk, each: Template) -> Path:
    each.plant(desk.twin.store)
    path = make(desk, {TEMPLATE: (each.body["id"],)})
    return fill(path, {"Datapoints": datapoints()})


def entry_goes_in(desk: Desk, each: Template) -> None:
    path = make_for_template(desk, each)
    write_rows(path, "Entries", [[one.value for one in each.slots("E", FIRST)]])
    goes_in_and_is_read_back(desk, path, 1 + len(datapoints()))
    keys = {body["id"]: key for key, body in desk.stored(DATAPOINT).items()}
    sizes = {body["id"]: body["quantity"]["magnitude"] for body in desk.stored(DATAPOINT).values()}
    bound = {
        (one.body["ghg_entry_template_component_id"], given["input_key"]): (
            given.get("datapoint_ids") or [given.get("datapoint_id")]
        )
        for one in desk.twin.store.select(COMPONENT)
        for given in one.body["inputs"]
    }
    for one in each.inputs:
        found = bound[one.place]
        if isinstance(one.value, int):
            assert [sizes[key] for key in found] == [one.value]
        else:
            assert sorted(keys[key] for key in found) == sorted(one.value)


def spoiled_entries_are_told(desk: Desk, each: Template) -> None:
    path = make_for_template(desk, each)
    count = len(list(spoil(each.slots("E", FIRST))))
    spoiled = [list(spoil(each.slots(f"E-{n}", FIRST)))[n] for n in range(count)]
    write_rows(path, "Entries", [one.row for one in spoiled])
    each_is_told(desk.plan(path), "Entries", spoiled)
    assert desk.writes() == []


@pytest.mark.slow
def test_entries_of_any_template(twin: Running) -> None:
    holds(entry_goes_in, templates(), twin, SLOW)


@pytest.mark.slow
def test_spoiled_entries_of_any_template(twin: Running) -> None:
    holds(spoiled_entries_are_told, templates(), twin, SLOW)
