"""What the command `serve` does: the upload page, until it is stopped."""

import os
import sys
import threading
import traceback
import webbrowser
from pathlib import Path

from importer import __version__
from importer.cli.ending import IN_ORDER
from importer.cli.limits import read_limits
from importer.cli.speech import say, spell
from importer.flows.addressees import choose_mail
from importer.flows.uploads import open_reception
from importer.model.failure import SettingsMissing
from importer.resources.catalog import CATALOG
from importer.settings.choice import SANDBOX, choose_target, find_target
from importer.settings.state import find_state
from importer.settings.target import SandboxChosen, Target
from importer.web.server import serving

_LOOK_EVERY = 0.5


def serve_page(*, port: int, target: str | None, config: Path | None, opens: bool) -> int:
    """Serve the page on this machine. In the end what is being sent is finished first."""
    chosen = _choose_target(target, config)
    mail = choose_mail((), chosen, config=config, environ=os.environ, folder=Path.cwd())
    with (
        open_reception(
            chosen,
            catalog=CATALOG,
            state=find_state(os.environ),
            version=__version__,
            complain=_complain,
            mail=mail,
            limits=read_limits(),
        ) as reception,
        serving(reception, port=port) as address,
    ):
        say(f"The upload page is at {address}. It sends to {chosen.name}.")
        say("Only this machine reaches it. Stop it with Ctrl-C.")
        if opens:
            webbrowser.open(address)
        _wait_for_ctrl_c()
        say("Stopping, once what is being sent is finished.")
    say("Stopped.")
    return IN_ORDER


def _wait_for_ctrl_c() -> None:
    """Windows tells a waiting thread of Ctrl-C only between two waits."""
    never = threading.Event()
    try:
        while not never.wait(_LOOK_EVERY):
            pass
    except KeyboardInterrupt:
        return


def _choose_target(target: str | None, config: Path | None) -> Target | SandboxChosen:
    """The target; where nothing names one, the failure notes the command that does."""
    environ, folder = os.environ, Path.cwd()
    found = find_target(target, config=config, environ=environ, folder=folder)
    try:
        return choose_target(target, config=config, environ=environ, folder=folder)
    except SettingsMissing as failure:
        if found is None:
            failure.add_note(spell(["importer", "serve", "--target", SANDBOX]))
        raise


def _complain(raised: BaseException) -> None:
    """A mistake of ours: it ends one job, not the server."""
    traceback.print_exception(raised, file=sys.stderr)
