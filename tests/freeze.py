"""Keeps what a release gives to people: its templates, and filled ones, in `templates_released/`.

Run it once for each release: `python tests/freeze.py`. What is there is never written again.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from importer import __version__  # noqa: E402 - the path comes first
from importer.sandbox.server import running  # noqa: E402 - likewise
from support.desk import open_desk  # noqa: E402 - likewise
from tests.flows.account_books import fill_in, make_unowned  # noqa: E402 - likewise

FILLED_SAMPLE = "biochar-plant-october-with-mistakes.xlsx"


def main() -> None:
    """Write the files of this version that are not there yet."""
    folder = TESTS / "templates_released" / __version__
    folder.mkdir(parents=True, exist_ok=True)
    root = TESTS.parent
    for source in sorted((root / "templates").glob("*.xlsx")):
        _keep(source, folder / source.name)
    _keep(root / "samples" / FILLED_SAMPLE, folder / "filled.xlsx")
    with (
        TemporaryDirectory() as place,
        running(Path(place) / "twin.sqlite") as twin,
        open_desk(Path(place), twin) as desk,
    ):
        _keep(fill_in(make_unowned(desk)), folder / "filled-for-an-account.xlsx")


def _keep(source: Path, kept: Path) -> None:
    if not kept.exists():
        shutil.copyfile(source, kept)
        sys.stdout.write(f"wrote {kept}\n")


if __name__ == "__main__":
    main()
