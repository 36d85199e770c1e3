"""Typing commands the way a person or a job does."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest

from importer.cli.main import run
from importer.sandbox.server import Running

PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a command ended: its exit code and what stands on both streams."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Stdout as the one JSON document that it has to be."""
        return json.loads(self.out)

    @property
    def both(self) -> str:
        """All that can be read."""
        return self.out + self.err


def own_environment(place: Path) -> dict[str, str]:
    """Where everything that the program keeps stays within the place."""
    return {
        "HOME": str(place / "home"),
        "IMPORTER_STATE_DIR": str(place / "state"),
        "COLUMNS": "100",
    }


@dataclass(frozen=True, slots=True)
class Shell:
    """Commands within this process; fast, because everything is loaded once."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str | Path) -> Said:
        """Type `importer` and these words."""
        self.capsys.readouterr()
        code = run([str(word) for word in words])
        out, err = self.capsys.readouterr()
        return Said(code=code, out=out, err=err)


@dataclass(slots=True)
class Processes:
    """Commands in processes of their own."""

    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.started:
            process.kill()
            process.communicate()

    def start(
        self,
        *words: str | Path,
        environ: Mapping[str, str] | None = None,
        start: Sequence[str] = ("-m", "importer"),
    ) -> subprocess.Popen[str]:
        """Start a command and do not wait.

        start: how Python is told to start the program.
        """
        process = subprocess.Popen(
            [sys.executable, *start, *(str(word) for word in words)],
            cwd=self.folder,
            env=os.environ | dict(environ or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.started.append(process)
        return process

    def __call__(self, *words: str | Path, environ: Mapping[str, str] | None = None) -> Said:
        """Type `importer` and these words, and wait for the end."""
        return finish(self.start(*words, environ=environ))


def command(words: Sequence[str | Path]) -> list[str]:
    """The program as a real process."""
    return [sys.executable, "-m", "importer", *(str(word) for word in words)]


def finish(process: subprocess.Popen[str]) -> Said:
    """Wait for a process to end."""
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    return Said(code=process.returncode, out=out, err=err)


def files_in(folder: Path) -> set[str]:
    """Every file in a folder, temporary and hidden ones, too."""
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def writes(twin: Running) -> list[str]:
    """The writes that the sandbox has seen, such as `POST /mrv/v0/datapoints`."""
    return [
        f"{each.method} {each.path}"
        for each in twin.store.requests()
        if each.method != "GET" and each.service != "token"
    ]


def is_sound(said: Said) -> bool:
    """Whether nothing of the program's inside shows."""
    return "Traceback" not in said.both and "a mistake that is not yours" not in said.both
