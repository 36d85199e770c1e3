"""The whole campaign: `python tests/reliability/run.py`. Prints its progress, and one table.

    --part crash|random|two   only this part
    --seeds A-B               only these cases of the part, to go on or to replay one
    --share N                 every Nth case only
    --list                    the named points, and what is run at them

Ends with 1 where anything was wrong; each such case is named with the command that replays it.
Ctrl-C ends it, with the table of what was done and the number to go on from.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

from reliability.campaign import (
    SEEDS,
    Stage,
    Verdict,
    build_crash_cases,
    find_unpassed,
    open_stage,
    run_crash,
    run_random,
)
from reliability.checker import Wrong
from reliability.points import CATALOGUE
from reliability.together import STORIES, run_story
from reliability.warm import warm

_TELL_EVERY = 25
_TITLES = {"crash": "crash points", "random": "random kills", "two": "two at once"}
_SCENES = {"crash": ("creating", "correcting"), "random": ("many",), "two": ()}

Case = tuple[int, Callable[[], Verdict]]


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a part has come to so far."""

    part: str
    runs: int = 0
    kills: int = 0
    missed: int = 0
    wrong: dict[Wrong, int] = field(default_factory=lambda: dict.fromkeys(Wrong, 0))
    failed: list[str] = field(default_factory=list)
    last: int = 0
    is_whole: bool = True
    seconds: float = 0.0

    def note(self, number: int, verdict: Verdict) -> None:
        """Add a case."""
        self.runs, self.last = self.runs + 1, number
        self.kills += verdict.kills
        self.missed += verdict.missed
        for finding in verdict.findings:
            self.wrong[finding.wrong] += 1
        if verdict.findings:
            replay = f"python tests/reliability/run.py --part {self.part} --seeds {number}-{number}"
            words = "".join(f"\n  {each.wrong}: {each.words}" for each in verdict.findings)
            self.failed.append(f"{verdict.case}: {replay}{words}")

    def render(self) -> str:
        """Its row of the table."""
        cells = [
            _TITLES[self.part],
            f"{self.runs:,}",
            f"{self.kills:,}",
            f"{self.missed:,}",
            *(f"{self.wrong[each]:,}" for each in Wrong),
            f"{self.seconds / 60:.1f}",
        ]
        return f"| {' | '.join(cells)} |"


def main() -> int:
    """Run what was asked for; 1 where anything was wrong."""
    asked = _read_arguments()
    if asked.list:
        _list_points()
        return 0
    tallies: list[Tally] = []
    for part in _TITLES:
        if asked.part in (None, part) and all(each.is_whole for each in tallies):
            tallies.append(_run_part(part, _read_range(asked.seeds), asked.share))
    header = ["part", "runs", "kills", "blows that did not fall", *Wrong, "minutes"]
    print(f"\n| {' | '.join(header)} |\n|{'---|' * len(header)}")
    for tally in tallies:
        print(tally.render())
    failed = [each for tally in tallies for each in tally.failed]
    cut = [each for each in tallies if not each.is_whole]
    failed += [f"{_TITLES[each.part]}: stopped behind no. {each.last}" for each in cut]
    print("".join(f"\n{each}" for each in failed))
    return 1 if failed else 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--part", choices=tuple(_TITLES))
    parser.add_argument("--seeds", metavar="A-B", default="")
    parser.add_argument("--share", type=int, default=1, metavar="N")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.seeds and not asked.part:
        parser.error("--seeds belongs to one part: add --part")
    return asked


def _read_range(text: str) -> range | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _run_part(part: str, wanted: range | None, share: int) -> Tally:
    tally, began = Tally(part=part), time.monotonic()
    with ExitStack() as stack:
        stage = stack.enter_context(open_stage(_SCENES[part]))
        every = _build_cases(part, stage, stack)
        cases = [each for each in every if wanted is None or each[0] in wanted][::share]
        with suppress(KeyboardInterrupt):
            _work_through(tally, cases, began)
    tally.is_whole = tally.runs == len(cases)
    tally.seconds = time.monotonic() - began
    return tally


def _work_through(tally: Tally, cases: Sequence[Case], began: float) -> None:
    for number, run in cases:
        tally.note(number, run())
        if tally.runs % _TELL_EVERY == 0 or tally.runs == len(cases):
            tally.seconds = time.monotonic() - began
            _tell(tally, number, len(cases))


def _build_cases(part: str, stage: Stage, stack: ExitStack) -> Sequence[Case]:
    """The cases of a part with their numbers."""
    if part == "crash":
        if unpassed := find_unpassed(stage):
            raise RuntimeError(f"No import passes these points: {', '.join(unpassed)}")
        return [(each.number, _bind(run_crash, stage, each)) for each in build_crash_cases(stage)]
    if part == "random":
        return [(seed, _bind(run_random, stage, seed)) for seed in SEEDS]
    second = stack.enter_context(warm())
    return [
        (number, _bind(run_story, stage, second, name))
        for number, name in enumerate(STORIES, start=1)
    ]


def _bind(run: Callable[..., Verdict], *facts: object) -> Callable[[], Verdict]:
    return lambda: run(*facts)


def _tell(tally: Tally, number: int, total: int) -> None:
    print(
        f"{_TITLES[tally.part]}: {tally.runs} of {total} (up to no. {number}), "
        f"{tally.kills} kills, {len(tally.failed)} failed, {tally.seconds / 60:.1f} min",
        flush=True,
    )


def _list_points() -> None:
    for line in _describe_points():
        print(line)


def _describe_points() -> Iterator[str]:
    for scene, points in CATALOGUE.items():
        yield f"{scene}: {len(points)} points, each at its first, a middle and its last passing"
        yield from (f"  {each}" for each in points)
    yield f"two at once: {len(STORIES)} stories"
    yield from (f"  {each}" for each in STORIES)


if __name__ == "__main__":
    sys.exit(main())
