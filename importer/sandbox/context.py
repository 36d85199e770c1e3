"""What an endpoint of the sandbox works with."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from importer.sandbox.moments import Clock
from importer.sandbox.store import Store
from importer.sandbox.switches import Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The store, the clock and the switches of one application."""

    store: Store
    switches: Switches
    clock: Clock


async def read_context(request: Request) -> Context:
    """The context of the application that serves a request."""
    return cast(Context, request.app.state.context)


Here = Annotated[Context, Depends(read_context)]
"""Parameter of an endpoint that needs the context."""
