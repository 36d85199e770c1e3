"""The sandbox as a server on this machine."""

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn
from fastapi import APIRouter, FastAPI

from importer.sandbox.app import create_app
from importer.sandbox.connections import DroppableProtocol
from importer.sandbox.facts import Running
from importer.sandbox.faults import Fault
from importer.sandbox.moments import Clock, utc_now
from importer.sandbox.switches import DEFAULTS, Switches

__all__ = ["Running", "running"]

_HOST = "127.0.0.1"
_STEP_SECONDS = 0.005
_PATIENCE_SECONDS = 10.0


@contextmanager
def running(
    database: Path,
    *,
    port: int = 0,
    switches: Switches = DEFAULTS,
    routers: Sequence[APIRouter] = (),
    clock: Clock = utc_now,
    rehearsal: Sequence[Fault] = (),
) -> Iterator[Running]:
    """Serve a sandbox on 127.0.0.1 for as long as the context is open.

    Port 0 takes a free one. `rehearsal` is what goes wrong meanwhile, also after a reset.

    Raises:
        OSError: The port is taken.
        RuntimeError: The server did not come up.
    """
    with socket.create_server((_HOST, port)) as listener:
        url = f"http://{_HOST}:{listener.getsockname()[1]}"
        app = create_app(
            database, switches=switches, routers=routers, clock=clock, rehearsal=rehearsal
        )
        with closing(app.state.store) as store, _served(app, listener):
            yield Running.at(url, store.identity, store=store)


class _Server(uvicorn.Server):
    """uvicorn, with a shorter step: its own takes up to 0.2 seconds to stop."""

    async def main_loop(self) -> None:
        await self.on_tick(0)
        while not self.should_exit:
            await asyncio.sleep(_STEP_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or ():
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        # What is still busy now may be a slow fault: it ends when its client hangs up.
        await asyncio.sleep(_STEP_SECONDS)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await asyncio.gather(*self.server_state.tasks)


@contextmanager
def _served(app: FastAPI, listener: socket.socket) -> Iterator[None]:
    server = _Server(
        uvicorn.Config(
            app,
            http=DroppableProtocol,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            date_header=False,
            server_header=False,
        )
    )
    thread = threading.Thread(
        target=server.run, args=([listener],), name="importer sandbox", daemon=True
    )
    thread.start()
    try:
        _await_start(server, thread)
        yield
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_SECONDS)


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    pause = threading.Event()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the sandbox did not start")
        pause.wait(_STEP_SECONDS / 5)
