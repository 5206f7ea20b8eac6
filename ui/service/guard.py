"""What stands before every route: who may ask, from where, how often and how much.

Each guard is an ASGI middleware. Nothing here reads a question or an article.
"""

import base64
import binascii
import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.addresses import is_loopback
from ui.service.refusals import refusal

_OPEN = "/healthz"  # the one path that never asks for the token
MCP = "/mcp"
_API = ("/v1/", MCP, "/metrics", "/healthz", "/openapi.json")
_UPLOAD = "/gradio_api/upload"
_READING = ("GET", "HEAD", "OPTIONS")
_REMEMBERED = 10_000  # clients whose requests are counted


def is_api(path: str) -> bool:
    """True for the paths that programs ask, false for those of the page."""
    return path.startswith(_API)


class SameSite:
    """Refuses what a page of another site makes a browser send, and names that merely lead to this machine.

    With `loopback`, the Host must be this machine's own name: a site that lets its name resolve to 127.0.0.1
    (DNS rebinding) reads nothing. A request that changes something and says that it comes from another site
    is refused as Go's net/http.CrossOriginProtection does: by Sec-Fetch-Site, else by Origin and Host.
    """

    def __init__(self, app: ASGIApp, *, loopback: bool) -> None:
        self._app, self._loopback = app, loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with 403."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            problem = ""
            if self._loopback and not is_loopback(_host_name(headers.get("host", ""))):
                problem = "this service answers only to localhost and 127.0.0.1: use that as the host"
            elif scope["method"] not in _READING and _crosses_sites(headers):
                problem = "this request comes from another site: send it from this one, or from a program"
            if problem:
                await refusal(403, problem)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Token:
    """Refuses with 401 whatever doesn't show the token: as a Bearer, or as the password of HTTP Basic with
    any name, which is what a browser asks its user for."""

    def __init__(self, app: ASGIApp, *, token: str) -> None:
        self._app, self._token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or scope.get("path") == _OPEN or self._is_shown(scope):
            await self._app(scope, receive, send)
            return
        scheme = "Bearer" if is_api(scope["path"]) else 'Basic realm="newscite", charset="UTF-8"'
        problem = "show the service's token: as Authorization: Bearer, or in a browser as the password"
        await refusal(401, problem, {"WWW-Authenticate": scheme})(scope, receive, send)

    def _is_shown(self, scope: Scope) -> bool:
        given = _credentials(Headers(scope=scope).get("authorization", ""))
        return secrets.compare_digest(given, self._token)


class RateLimit:
    """Refuses with 429 what one address asks beyond `rate` requests a minute: a bucket of tokens each, full
    at first. What only reads the page is not counted."""

    def __init__(self, app: ASGIApp, *, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._rate, self._clock = app, rate, clock
        self._buckets: dict[str, tuple[float, float]] = {}  # tokens left, and when that was

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and self._counts(scope):
            client = scope["client"][0] if scope.get("client") else ""
            if wait := self.take(client):
                problem = f"more than {self._rate} requests a minute: wait {wait:.0f} s and ask again"
                await refusal(429, problem, {"Retry-After": f"{wait:.0f}"})(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def take(self, client: str) -> float:
        """Take a token of `client`'s; the whole seconds until there is one, or 0 if there was."""
        now, a_second = self._clock(), self._rate / 60
        left, since = self._buckets.pop(client, (float(self._rate), now))
        left = min(self._rate, left + (now - since) * a_second)
        has_one = left >= 1
        self._buckets[client] = (left - 1 if has_one else left, now)  # last in the order of use
        if len(self._buckets) > _REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
        return 0.0 if has_one else max(1.0, -(-(1 - left) // a_second))

    @staticmethod
    def _counts(scope: Scope) -> bool:
        path = scope["path"]
        return path.startswith(("/v1/", MCP)) or scope["method"] not in _READING


class BodyLimit:
    """Refuses with 413 a request of more than `size` bytes, or `upload` bytes where the page uploads files:
    at once if it says so, else when they have come.

    FastAPI has one of its own, but that one answers past the other guards.
    """

    def __init__(self, app: ASGIApp, *, size: int, upload: int) -> None:
        self._app, self._size, self._upload = app, size, upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._upload if scope["path"].startswith(_UPLOAD) else self._size
        told = Headers(scope=scope).get("content-length", "")
        problem = f"the request is larger than {most:,} bytes: send less"
        if told.isdecimal() and int(told) > most:
            await refusal(413, problem, {"Connection": "close"})(scope, receive, send)
            return
        come = 0

        async def counting() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > most:
                raise HTTPException(413, problem, {"Connection": "close"})
            return message

        await self._app(scope, counting, send)


class NoWebSockets:
    """The page and the API use none, and the other guards look at HTTP only."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close a WebSocket at once; pass on all else."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._app(scope, receive, send)


def _host_name(host: str) -> str:
    """The name in a Host header, or in an Origin without its scheme."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _crosses_sites(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def _credentials(authorization: str) -> bytes:
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip().encode()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return b""
