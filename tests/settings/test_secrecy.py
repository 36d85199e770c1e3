"""No secret prints, whatever is printed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from importer.model.ports import Organisation
from importer.settings.environment import read_environment, read_secrets
from importer.settings.facts import build_facts
from importer.settings.profile import read_profile
from importer.settings.profiles import find_profiles
from importer.settings.state import find_state
from importer.settings.stated import read_secret_files
from importer.settings.target import Target

Choose = Callable[..., Target]
Variables = dict[str, str]


@pytest.fixture
def printable(
    choose: Choose, cula: Variables, isometric: Variables, plant: Variables, folder: Path
) -> Iterator[object]:
    """Everything that this room hands out."""
    environ = cula | isometric | plant
    state = {"IMPORTER_DATABASE_URL": "postgresql://me:canary-database@host/ledger"}
    (folder / "secret").write_text("canary-file")
    profiles = find_profiles(None, folder)
    own, named = choose(None, environ), choose("plant-north", environ)
    organisations = {"cula": Organisation(id="org_1", name="Plant North")}
    return iter(
        [
            own,
            own.cula,
            own.isometric,
            named,
            read_environment(environ, folder),
            read_secrets(environ, "plant-north", folder),
            read_secret_files(
                read_environment({"IMPORTER_CULA__CLIENT_SECRET_FILE": "secret"}, folder)
            ),
            profiles,
            read_profile(profiles.named["plant-north"]),
            build_facts(own, organisations),
            find_state(state),
        ]
    )


def test_nothing_that_is_handed_out_prints_a_secret(printable: Iterator[object]) -> None:
    for each in printable:
        assert "canary" not in f"{each} {each!r} {each:}", type(each)
