"""The middleware that carries out the faults on order."""

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from importer.sandbox.faults import Fault, Faults
from importer.sandbox.journal import DROP
from importer.sandbox.outages import JSON, word_outage
from importer.sandbox.requests import find_service

_BROKEN_JSON = '{"id": "'


@dataclass(slots=True, kw_only=True)
class _Answer:
    """An answer of the application, held back."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    async def send(self, send: Send) -> None:
        await send(_start(self.status, self.headers))
        await send({"type": "http.response.body", "body": self.body})


@dataclass(slots=True, kw_only=True)
class _Late:
    """A request that is carried out when so many others have come."""

    scope: Scope
    body: Message
    to_come: int


class Interruptions:
    """Asks the faults for every request to a service, and does what they say."""

    def __init__(self, app: ASGIApp, *, faults: Faults) -> None:
        self._app = app
        self._faults = faults
        self._late: list[_Late] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or let it go wrong as ordered."""
        fault = None
        if scope["type"] == "http" and find_service(scope["path"]) is not None:
            await self._catch_up()
            fault = self._faults.take(scope["method"], scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind == "slow" and not fault.is_committed:
            await self._wait_first(fault, scope, receive, send)
        elif fault.kind == "late":
            body = await _read_body(receive)
            self._late.append(_Late(scope=dict(scope), body=body, to_come=fault.requests))
            await send({"type": DROP, "flush": False})
        else:
            answer = await self._carry_out(scope, receive) if fault.is_committed else None
            await _answer(fault, answer, scope, receive, send)

    async def _carry_out(self, scope: Scope, receive: Receive) -> _Answer:
        answer = _Answer(status=0, headers=[], body=b"")

        async def hold_back(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = list(message.get("headers", []))
            else:
                answer.body += message.get("body", b"")

        await self._app(scope, receive, hold_back)
        return answer

    async def _catch_up(self) -> None:
        """Carry out what is late enough by now."""
        for late in self._late:
            late.to_come -= 1
        due = [each for each in self._late if each.to_come < 0]
        self._late = [each for each in self._late if each.to_come >= 0]
        for each in due:
            await self._carry_out(each.scope, _repeat(each.body, _nothing_more))

    async def _wait_first(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read_body(receive)
        if await _hangs_up(receive, seconds=fault.seconds):
            return
        await self._app(scope, _repeat(body, receive), send)


async def _answer(
    fault: Fault, answer: _Answer | None, scope: Scope, receive: Receive, send: Send
) -> None:
    match fault.kind:
        case "answer-lost" | "reset":
            await send({"type": DROP, "flush": False})
        case "half" if answer is not None:
            await send(_start(answer.status, answer.headers))
            half = answer.body[: len(answer.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            await send({"type": DROP, "flush": True})
        case "slow" if answer is not None:
            if not await _hangs_up(receive, seconds=fault.seconds):
                await answer.send(send)
        case "malformed":
            status = answer.status if answer else HTTPStatus.OK
            await _build(fault, status, body=fault.body or _BROKEN_JSON).send(send)
        case _:
            body, media_type = fault.body, JSON
            if body is None:
                body, media_type = word_outage(scope, fault.status)
            await _build(fault, fault.status, body=body, media_type=media_type).send(send)


def _build(fault: Fault, status: int, *, body: object, media_type: str = JSON) -> _Answer:
    content = (body if isinstance(body, str) else json.dumps(body)).encode()
    own = {"content-type": media_type, "content-length": str(len(content))}
    named = {name.lower(): value for name, value in fault.headers.items()}
    headers = [(name.encode(), value.encode()) for name, value in {**own, **named}.items()]
    return _Answer(status=status, headers=headers, body=content)


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _repeat(body: Message, receive: Receive) -> Receive:
    """Hands out a body that was read already, and then what comes after it."""
    pending = [body]

    async def receive_again() -> Message:
        return pending.pop() if pending else await receive()

    return receive_again


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}


async def _read_body(receive: Receive) -> Message:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return {"type": "http.request", "body": body, "more_body": False}


async def _hangs_up(receive: Receive, *, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return False
    return True
