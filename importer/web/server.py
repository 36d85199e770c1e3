"""The page as a server on this machine, reached from nowhere else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from importer.flows.reception import Reception
from importer.model.failure import SettingsInvalid
from importer.web.app import build_app

_HOST = "127.0.0.1"
_NAMES = (_HOST, "localhost", "[::1]")
_PATIENCE_SECONDS = 5


@contextmanager
def serving(reception: Reception, *, port: int) -> Iterator[str]:
    """Serve the pages for as long as the context is open; answers with their address.

    Port 0 takes a free one. Raises SettingsInvalid where the port is taken.
    """
    with _listen(port) as listener:
        number = listener.getsockname()[1]
        closing = threading.Event()
        app = build_app(reception, hosts=[f"{name}:{number}" for name in _NAMES], closing=closing)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE_SECONDS,
            )
        )
        thread = threading.Thread(target=server.run, args=([listener],), name="importer page")
        thread.start()
        try:
            _await_start(server, thread)
            yield f"http://{_HOST}:{number}"
        finally:
            closing.set()
            server.should_exit = True
            thread.join()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port))
    except OSError as failure:
        raise SettingsInvalid(
            f"The page cannot be served on port {port}: {failure.strerror or failure}.",
            remedy="Name another port with --port, or 0 for a free one.",
        ) from failure


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    pause = threading.Event()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the page's server did not start")
        pause.wait(0.005)
