"""Desks at sandboxes that behave in another way than usual, and checks that many stories share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from importer.sandbox.server import running
from importer.sandbox.switches import Switches
from support.desk import Desk, open_desk

DeskAt = Callable[[Switches], Desk]


@pytest.fixture
def desk_at(tmp_path: Path) -> Iterator[DeskAt]:
    """Opens a desk at a sandbox of its own, with these switches."""
    with ExitStack() as stack:

        def open_at(switches: Switches) -> Desk:
            twin = stack.enter_context(running(tmp_path / "twin.sqlite", switches=switches))
            return stack.enter_context(open_desk(tmp_path, twin))

        yield open_at
