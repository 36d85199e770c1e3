"""Who may ask, and what every answer carries: the guard in front of all pages."""

from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from importer.web.failing import refuse

_SAFE = ("GET", "HEAD")
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers would then send forms with the origin `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in what comes from our own pages. `hosts` are the names that this server has."""

    app: ASGIApp
    hosts: Collection[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        app = self._refuse(scope) or self.app
        await app(scope, receive, send_with_headers)

    def _refuse(self, scope: Scope) -> ASGIApp | None:
        """The answer to a request that is not let in."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self.hosts:
            # A page elsewhere whose name was made to lead here must not read what is here.
            return refuse(
                403,
                "This address is not one of this page.",
                f"Open http://{min(self.hosts)} instead.",
            )
        if scope["method"] not in _SAFE and not _is_ours(headers):
            return refuse(
                403,
                "This form was not sent by a page of this server, so nothing was done.",
                "Open the page itself and send the form from there.",
            )
        return None


def _is_ours(headers: Headers) -> bool:
    """Whether the browser says that a form comes from this server's own page."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    is_same_site = site is None or site == "same-origin"
    is_same_origin = origin is None or origin == f"http://{headers['host']}"
    return is_same_site and is_same_origin
