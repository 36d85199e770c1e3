"""Which target a command goes to, by this process's variables and working folder."""

import os
from pathlib import Path

from importer.settings import choice
from importer.settings.target import SandboxChosen, Target


def choose(target: str | None, config: Path | None = None) -> Target | SandboxChosen:
    """The target of that name. Raises as `settings.choice.choose_target`."""
    return choice.choose_target(target, config=config, environ=os.environ, folder=Path.cwd())
