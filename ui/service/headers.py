"""What a browser may do with what the service sends: run the page's own scripts and nothing else."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.service.guard import is_api

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ON_API = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_ON_PAGE = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)


class SecurityHeaders:
    """Adds the headers to every response.

    Of the page, the inline scripts that it has when it leaves the server may run, and those of `head`, which
    Gradio puts into it later: they are named by their hashes. An event handler or a script that got in with
    an article would not. Gradio's HTML component needs eval, and its styles are inline.
    """

    def __init__(self, app: ASGIApp, *, head: str) -> None:
        self._app, self._head = app, head

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to what is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif is_api(scope["path"]):
            await self._app(scope, receive, _Adding(send, _ON_API))
        else:
            if scope["path"] == "/":  # the page itself, which is looked into below
                scope["headers"] = [each for each in scope["headers"] if each[0] != b"accept-encoding"]
            await self._app(scope, receive, _AddingToPage(send, self._head))


class _Adding:
    """A `send` that adds headers."""

    def __init__(self, send: Send, headers: dict[str, str]) -> None:
        self._send, self._headers = send, headers

    async def __call__(self, message: Message) -> None:
        """Send it, sooner or later."""
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update({**_EVERYWHERE, **self._headers})
        await self._send(message)


class _AddingToPage:
    """A `send` that keeps an HTML page until it is whole, and then knows its scripts."""

    def __init__(self, send: Send, head: str) -> None:
        self._send, self._head = send, head
        self._start: Message | None = None
        self._page = b""

    async def __call__(self, message: Message) -> None:
        """Send it, sooner or later."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_EVERYWHERE)
            is_html = headers.get("content-type", "").startswith("text/html")
            if is_html and "content-encoding" not in headers:
                self._start = message
                return
            headers["Content-Security-Policy"] = _ON_PAGE.format(hashes="")
        elif self._start is not None:
            self._page += message.get("body", b"")
            if message.get("more_body"):
                return
            hashes = "".join(f" {each}" for each in script_hashes(self._page.decode() + self._head))
            headers = MutableHeaders(scope=self._start)
            headers["Content-Security-Policy"] = _ON_PAGE.format(hashes=hashes)
            await self._send(self._start)
            message = {**message, "body": self._page}
        await self._send(message)


def script_hashes(page: str) -> list[str]:
    """The sources of a Content-Security-Policy that name the inline scripts of `page`."""
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for attributes, code in _SCRIPT.findall(page)
        if "src=" not in attributes
    ]
