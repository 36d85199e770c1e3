"""Connections that can be dropped in the middle of an exchange."""

import asyncio
import socket
from typing import cast

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "importer.sandbox.transport"


class DroppableProtocol(H11Protocol):
    """uvicorn's HTTP protocol, which hands the transport to the application in `scope["state"]`."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the transport of the new connection."""
        super().connection_made(cast(asyncio.Transport, transport))
        # uvicorn writes head and body apart: without this an answer waits 40 ms for a delayed
        # acknowledgement, as asyncio sets it only for sockets that were made with a protocol.
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {**self.app_state, _TRANSPORT: transport}


async def drop(scope: Scope, receive: Receive, *, flush: bool) -> None:
    """End the connection of a request; with `flush`, send first what is already written.

    Raises:
        ConnectionAbortedError: The application runs under another server, which hands out no
            transport.
    """
    transport = scope.get("state", {}).get(_TRANSPORT)
    if transport is None:
        raise ConnectionAbortedError("only the sandbox's own server can drop a connection")
    if flush:
        transport.close()
    else:
        transport.abort()
    # uvicorn complains about an application that returns without an answer, unless it has
    # learned before that the client is gone.
    while (await receive())["type"] != "http.disconnect":
        pass
