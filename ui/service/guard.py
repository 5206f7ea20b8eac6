"""What stands before every route: who may ask, from where, how often and how much.

Each guard is an ASGI middleware. Nothing here reads a question or an article.
"""

import base64
import binascii
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.addresses import is_loopback
from ui.service.buckets import Buckets
from ui.service.refusals import refusal
from ui.service.users import Doorkeeper, TriedTooOften

_OPEN = "/healthz"  # the one path that never asks for the token
MCP = "/mcp"
_API = ("/v1/", MCP, "/metrics", "/healthz", "/openapi.json")
_UPLOAD = "/gradio_api/upload"
_READING = ("GET", "HEAD", "OPTIONS")


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


class Credentials:
    """Refuses with 401 whatever shows neither the token, as a Bearer or as the password of HTTP Basic with
    any name, which is what a browser asks its user for; nor, as HTTP Basic, a user's name and password.

    With 429 it refuses to check more passwords from one address than its bucket has tokens.
    """

    def __init__(self, app: ASGIApp, *, token: str, doorkeeper: Doorkeeper | None) -> None:
        self._app, self._token, self._doorkeeper = app, token.encode(), doorkeeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        try:
            is_let_in = scope["type"] == "lifespan" or scope.get("path") == _OPEN or await self._knows(scope)
        except TriedTooOften as error:
            problem = f"too many tries at a password: wait {error.wait:.0f} s and try again"
            await refusal(429, problem, {"Retry-After": f"{error.wait:.0f}"})(scope, receive, send)
            return
        if is_let_in:
            await self._app(scope, receive, send)
            return
        bearer = self._token and is_api(scope["path"])
        scheme = "Bearer" if bearer else 'Basic realm="newscite", charset="UTF-8"'
        await refusal(401, self._wanted(), {"WWW-Authenticate": scheme})(scope, receive, send)

    async def _knows(self, scope: Scope) -> bool:
        scheme, given = _credentials(Headers(scope=scope).get("authorization", ""))
        password = given.partition(b":")[2] if scheme == "basic" else given
        if self._token and secrets.compare_digest(password, self._token):
            return True
        if self._doorkeeper is None or scheme != "basic":
            return False
        return await self._doorkeeper.knows(given, _client(scope))

    def _wanted(self) -> str:
        if self._doorkeeper is None:
            return "show the service's token: as Authorization: Bearer, or in a browser as the password"
        token = ", or the service's token as Authorization: Bearer" if self._token else ""
        return f"show a user's name and password as HTTP Basic{token}"


class RateLimit:
    """Refuses with 429 what one address asks beyond the tokens in its bucket. What only reads the page is not
    counted."""

    def __init__(self, app: ASGIApp, *, buckets: Buckets) -> None:
        self._app, self._buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and self._counts(scope) and (wait := self._buckets.take(_client(scope))):
            problem = f"more than {self._buckets.rate} requests a minute: wait {wait:.0f} s and ask again"
            await refusal(429, problem, {"Retry-After": f"{wait:.0f}"})(scope, receive, send)
            return
        await self._app(scope, receive, send)

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


def _client(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _credentials(authorization: str) -> tuple[str, bytes]:
    """The scheme in small letters, and what is shown: of basic name:password."""
    scheme, _, given = authorization.partition(" ")
    scheme = scheme.lower()
    if scheme == "bearer":
        return scheme, given.strip().encode()
    if scheme == "basic":
        try:
            return scheme, base64.b64decode(given)
        except (binascii.Error, ValueError):
            return scheme, b""
    return scheme, b""
