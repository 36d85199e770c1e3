"""A page server to look at, and the samples to show it."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from importer.flows.addressees import Mail
from importer.flows.reception import Reception
from importer.flows.uploads import open_reception
from importer.resources.catalog import CATALOG
from importer.settings.state import find_state
from importer.settings.target import SandboxChosen, Target
from importer.web.server import serving

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
GOOD = SAMPLES / "biochar-plant-october.xlsx"
BAD = SAMPLES / "biochar-plant-october-with-mistakes.xlsx"


@contextmanager
def served(
    state: Path,
    chosen: Target | SandboxChosen | None = None,
    complain: Callable[[BaseException], None] = traceback.print_exception,
    mail: Mail | None = None,
) -> Iterator[tuple[str, Reception]]:
    """The page over a state folder: its address, and the reception behind it."""
    with (
        open_reception(
            chosen or SandboxChosen(),
            catalog=CATALOG,
            state=find_state({"IMPORTER_STATE_DIR": str(state)}),
            version="0",
            complain=complain,
            mail=mail,
        ) as reception,
        serving(reception, port=0) as address,
    ):
        yield address, reception


def pack_evidence(path: Path) -> Path:
    """The evidence of the samples as one zip."""
    with ZipFile(path, "w") as archive:
        for each in sorted((SAMPLES / "evidence").iterdir()):
            archive.write(each, f"evidence/{each.name}")
    return path
