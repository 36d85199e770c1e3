"""The cases of the campaign, each a function of its number, and how one is run and judged."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from importer.sandbox.faults import Fault
from importer.sandbox.isometric.kinds import DATAPOINT
from importer.sandbox.server import Running
from reliability import checker
from reliability.books import MANY, Book, build_many, build_small_month, correct
from reliability.checker import Finding
from reliability.points import CATALOGUE, UNBROKEN, Strike, choose_occurrences
from reliability.trial import Trial, lenient_twin, open_trial
from reliability.warm import Ended, Warm, warm
from support.holdings import spell_holdings

BLOWS = 4
"""Kills that a random case aims at."""
_MOST_RUNS = 12
_STEPS_PER_ROW = 10
"""Of an intent three, of a request four, of a confirmation three."""
SEEDS = range(1, 261)
"""Random cases of the whole run: a little over 1,000 kills."""
SCENES = ("creating", "correcting", "many")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A workbook to break the import of, and what an unbroken one leaves.

    before: a workbook that is imported first, undisturbed.
    passed: how often an unbroken import passes each point.
    """

    name: str
    book: Book
    before: Book | None = None
    passed: Mapping[str, int] = field(default_factory=dict)
    steps: int = 0
    holdings: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashCase:
    """A kill at a point; where `again`, the import that recovers from it is killed, too."""

    number: int
    scene: str
    strike: Strike
    again: bool

    def describe(self) -> str:
        """In a few words."""
        second = ", and again in the recovery" if self.again else ""
        return f"crash {self.number}: {self.scene}, {self.strike.describe()}{second}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a case."""

    case: str
    kills: int
    findings: tuple[Finding, ...]
    seconds: float
    missed: bool = False
    """Whether the first blow did not fall, because the point was not passed as often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What all cases of one process share: a warm process, a service, the scenes."""

    root: Path
    warm: Warm
    twin: Running
    scenes: Mapping[str, Scene]
    sabotages: Sequence[str] = ()
    faults: Sequence[Fault] = ()
    """What goes wrong at the service during each case."""


@contextmanager
def open_stage(scenes: Sequence[str] = SCENES) -> Iterator[Stage]:
    """A stage in a folder of its own, with these scenes imported once without a blow."""
    with (
        TemporaryDirectory() as folder,
        lenient_twin(Path(folder)) as twin,
        warm() as process,
    ):
        stage = Stage(root=Path(folder), warm=process, twin=twin, scenes={})
        known = {name: _rehearse(stage, build_scene(name)) for name in scenes}
        yield Stage(root=stage.root, warm=process, twin=twin, scenes=known)


def build_scene(name: str) -> Scene:
    """A scene by its name, before its rehearsal."""
    month = build_small_month()
    if name == "creating":
        return Scene(name=name, book=month)
    if name == "correcting":
        return Scene(name=name, book=correct(month), before=month)
    return Scene(name=name, book=build_many())


def _rehearse(stage: Stage, scene: Scene) -> Scene:
    """The scene with what an unbroken import of it passes and leaves. Raises if it is not fine."""
    with open_trial(stage.root, stage.twin) as trial:
        path = _set_up(stage, trial, scene)
        ended = trial.run(stage.warm, path)
        held = spell_holdings(trial.twin)
        findings = tuple(_judge(trial, scene, path, ended, unbroken=None))
    if findings:
        raise RuntimeError(f"The unbroken import of {scene.name} is not in order: {findings}")
    return Scene(
        name=scene.name,
        book=scene.book,
        before=scene.before,
        passed=ended.passed,
        steps=ended.steps,
        holdings=held,
    )


def _set_up(stage: Stage, trial: Trial, scene: Scene) -> Path:
    """The workbook in its place, after the import that precedes it."""
    if scene.before is not None:
        first = trial.run(stage.warm, trial.place(scene.before, "before.xlsx"))
        if not first.statuses <= checker.IN_ORDER:
            raise RuntimeError(f"The import before is not in order: {first}")
    return trial.place(scene.book, "book.xlsx")


def build_crash_cases(stage: Stage) -> tuple[CrashCase, ...]:
    """Each point at the first, a middle and the last passing, with and without a second kill."""
    strikes = [
        (scene.name, Strike(point=point, occurrence=occurrence))
        for scene in stage.scenes.values()
        for point in CATALOGUE.get(scene.name, ())
        for occurrence in choose_occurrences(scene.passed.get(point, 0))
    ]
    return tuple(
        CrashCase(number=2 * number + again, scene=scene, strike=strike, again=bool(again))
        for number, (scene, strike) in enumerate(strikes)
        for again in (0, 1)
    )


def find_unpassed(stage: Stage) -> tuple[str, ...]:
    """Points of the catalogue that an unbroken import does not pass: the catalogue is wrong."""
    return tuple(
        f"{scene.name}: {point}"
        for scene in stage.scenes.values()
        for point in CATALOGUE.get(scene.name, ())
        if not scene.passed.get(point)
    )


def run_crash(stage: Stage, case: CrashCase) -> Verdict:
    """Kill at the point, perhaps kill the recovery, import again, and judge."""
    scene = stage.scenes[case.scene]
    chance = random.Random(f"crash {case.number}")  # noqa: S311 (guards nothing)
    # A recovery passes fewer steps than a whole import; beyond its end no blow falls.
    second = Strike(step=chance.randrange(1, max(2, scene.steps // 2)))
    strikes = [case.strike, *([second] if case.again else [])]
    return _break_and_mend(stage, scene, case.describe(), lambda _: strikes.pop(0))


def run_random(stage: Stage, seed: int) -> Verdict:
    """Kill an import of 200 rows four times at random moments, and judge the end."""
    chance = random.Random(f"random {seed}")  # noqa: S311 (guards nothing)
    left = BLOWS
    scene = stage.scenes["many"]
    frame = scene.steps - MANY * _STEPS_PER_ROW

    def draw(trial: Trial) -> Strike:
        nonlocal left
        if left == 0:
            raise IndexError
        left -= 1
        missing = MANY - _count_ours(trial)
        step = chance.randrange(1, frame + missing * _STEPS_PER_ROW)
        return Strike(step=step, delay=chance.choice((0.0, chance.uniform(0.0001, 0.02))))

    return _break_and_mend(stage, scene, f"random seed {seed}", draw)


def _count_ours(trial: Trial) -> int:
    ours = {each.key for each in build_many().expected}
    return sum(1 for each in trial.twin.store.select(DATAPOINT) if each.reference in ours)


def _break_and_mend(
    stage: Stage, scene: Scene, case: str, draw: Callable[[Trial], Strike]
) -> Verdict:
    """Import until it comes to its end; `draw` gives each next blow, IndexError is the last."""
    began, kills, missed = time.monotonic(), 0, False
    findings: list[Finding] = []
    with open_trial(stage.root, stage.twin) as trial:
        path = _set_up(stage, trial, scene)
        digest = checker.hash_file(path)
        for fault in stage.faults:
            trial.twin.store.faults.add(fault)
        for number in range(_MOST_RUNS):
            try:
                strike = draw(trial)
            except IndexError:
                strike = UNBROKEN
            ended = trial.run(stage.warm, path, strike, sabotages=stage.sabotages)
            kills += ended.is_killed
            findings += checker.check_broken(trial, scene.book.expected)
            missed = missed or (number == 0 and not ended.is_killed)
            if not ended.is_killed:
                break
        findings += _judge(trial, scene, path, ended, unbroken=scene.holdings)
        findings += checker.check_original(path, digest)
    return Verdict(
        case=case,
        kills=kills,
        findings=tuple(findings),
        seconds=time.monotonic() - began,
        missed=missed,
    )


def _judge(
    trial: Trial, scene: Scene, path: Path, ended: Ended, *, unbroken: Counter[str] | None
) -> Iterator[Finding]:
    expected = scene.book.expected
    yield from checker.check_report(trial.twin, ended, scene.book)
    if ended.outcomes is None:
        return
    yield from checker.check_holdings(trial.twin, expected, unbroken)
    yield from checker.check_ledger(trial, expected)
    yield from checker.check_results(ended, scene.book)
