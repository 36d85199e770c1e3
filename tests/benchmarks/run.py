"""Benchmarks, as ratios within one run: `python tests/benchmarks/run.py`.

Absolute times say little about another machine, so what is compared runs in turn. Prints one table.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from processes import Cost, compare, measure, median, time_both

from importer.model.outcome import Status
from importer.sandbox.server import running
from support.desk import open_desk
from workbooks import write_as_excel, write_datapoints

Line = tuple[str, str, str, str]
"""What, ours, the plain way, the ratio."""


def main(arguments: Sequence[str]) -> None:
    """Measure, and print the table."""
    parser = ArgumentParser(description="Ratios against the plain way, in one run.")
    parser.add_argument("--rows", type=int, default=100_000, help="of the workbook, 15 columns")
    parser.add_argument("--runs", type=int, default=3, help="of each; their median counts")
    parser.add_argument("--sent", type=int, default=500, help="datapoints that are sent")
    asked = parser.parse_args(arguments)
    print("| what | ours | the plain way | ratio |\n|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for row in chain(
            measure_start(3 * asked.runs),
            measure_work(Path(folder), asked.rows, asked.runs),
            measure_growth(Path(folder), asked.rows, asked.runs),
            count_requests(Path(folder), asked.sent),
        ):
            print("| " + " | ".join(row) + " |", flush=True)


def measure_start(runs: int) -> Iterator[Line]:
    """`importer --help` against importing click alone."""
    ours, plain = time_both(["-m", "importer", "--help"], ["-c", "import click"], runs)
    yield (
        "start-up: `importer --help` / `import click`, processor seconds",
        f"{ours:.3f}",
        f"{plain:.3f}",
        f"{ours / plain:.2f}",
    )


def measure_work(folder: Path, rows: int, runs: int) -> Iterator[Line]:
    """Checking, reading and annotating many rows, without the time that imports take.

    Checking and reading is measured with texts in the cells, as openpyxl writes them, and with a
    list of shared texts, as Excel does.
    """
    inline, shared = write_datapoints(folder, rows), write_as_excel(folder, rows)
    for title, path, (ours, plain) in (
        ("check, against `pandas.read_excel` and the same pandera schema", inline, _pair("check")),
        ("the same with shared texts", shared, _pair("check")),
        ("stream, against openpyxl read_only", inline, _STREAMING),
        ("the same with shared texts", shared, _STREAMING),
        ("annotate, against openpyxl's loading and saving", inline, _pair("annotate")),
    ):
        costs = compare([*ours, str(path)], [*plain, str(path)], runs)
        yield from _tell(f"{rows:,} rows: {title}", *costs)


_STREAMING = tuple([str(HERE / "streaming.py"), name] for name in ("ours", "plain"))


def _pair(name: str) -> tuple[Sequence[str], Sequence[str]]:
    work = str(HERE / "work.py")
    return [work, name], [work, f"{name}_plainly"]


def _tell(title: str, ours: Cost, plain: Cost) -> Iterator[Line]:
    for what, form in (("seconds", ".3f"), ("megabytes", ".0f")):
        mine, other = getattr(ours, what), getattr(plain, what)
        yield f"{title}, {what}", f"{mine:{form}}", f"{other:{form}}", f"{mine / other:.2f}"


def measure_growth(folder: Path, rows: int, runs: int) -> Iterator[Line]:
    """The check of a tenth and of three times the rows: what a row costs stays the same."""
    for number in (rows // 10, rows, 3 * rows):
        work = [*_pair("check")[0], str(write_datapoints(folder, number))]
        cost = median([measure(work) for _ in range(runs)])
        per_row = f"{1_000_000 * cost.seconds / number:.0f} µs a row"
        yield f"check of {number:,} rows, seconds", f"{cost.seconds:.3f}", "", per_row
        yield f"check of {number:,} rows, megabytes", f"{cost.megabytes:.0f}", "", ""


def count_requests(folder: Path, sent: int) -> Iterator[Line]:
    """Requests per row, against a look-up and a POST for each."""
    with running(folder / "sandbox.sqlite") as twin, open_desk(folder, twin) as desk:
        others = write_datapoints(folder, sent, "OTHER")
        mine = write_datapoints(folder, sent, "MINE")
        desk.import_(others)
        for title, status, plain in (
            (f"first import of {sent} datapoints beside {sent} others", Status.CREATED, 2.0),
            (f"second import of the same {sent}", Status.UNCHANGED, 1.0),
        ):
            before = len(desk.requests())
            report = desk.import_(mine)
            if report.counts != {status: sent}:
                raise RuntimeError(f"{title}: {report.counts}")
            per_row = (len(desk.requests()) - before) / sent
            yield (
                f"{title}, requests per row",
                f"{per_row:.3f}",
                f"{plain:.3f}",
                (f"{per_row / plain:.3f}"),
            )


if __name__ == "__main__":
    main(sys.argv[1:])
