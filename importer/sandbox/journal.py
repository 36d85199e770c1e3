"""The middleware that writes the log of requests."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from importer.sandbox.connections import drop
from importer.sandbox.requests import find_service
from importer.sandbox.store import Store

DROP = "importer.sandbox.drop"
"""Type of a message of our own: end the connection now, with or without what was written."""


class Journal:
    """Notes every request to a service before its answer goes out, and drops connections.

    Noting comes first, so that a client that has seen the answer, or has seen the connection
    drop, finds the request in the log.
    """

    def __init__(self, app: ASGIApp, *, store: Store) -> None:
        self._app = app
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and note it."""
        service = find_service(scope.get("path", ""))
        if scope["type"] != "http" or service is None:
            await self._app(scope, receive, send)
            return
        noted = False

        def note(status: int | None) -> None:
            nonlocal noted
            if not noted:
                noted = True
                self._store.note(service, scope["method"], scope["path"], status)

        async def send_noted(message: Message) -> None:
            note(message.get("status"))
            if message["type"] == DROP:
                await drop(scope, receive, flush=message["flush"])
            else:
                await send(message)

        await self._app(scope, receive, send_noted)
        note(None)
