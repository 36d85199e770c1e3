"""The middleware that gives every answer of the Cula API its request id."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from importer.sandbox.identity import make_cula_id
from importer.sandbox.moments import Clock
from importer.sandbox.requests import find_service


class RequestIds:
    """Puts `Cula-Request-Id` on every answer, of any status, and keeps the id in the scope.

    Source: docs.cula.tech/technical-reference/request-ids.
    """

    def __init__(self, app: ASGIApp, *, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, with an id on its answer."""
        if find_service(scope.get("path", "")) not in ("cula", "token"):
            await self._app(scope, receive, send)
            return
        request_id = make_cula_id("req", self._clock())
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = (b"cula-request-id", request_id.encode())
                message["headers"] = [*message.get("headers", []), own]
            await send(message)

        await self._app(scope, receive, send_with_id)
