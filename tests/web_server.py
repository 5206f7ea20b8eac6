"""For tests of fetching: a web server on this machine, and a clock.

What the server answers is set by path, and what it was asked is noted.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from index.sources.web.fetch import Limits

QUICK = Limits(connect=2, read=2, total=5, pause=0, backoff=0, retries=1)
RAIN = (
    "Rain fell on Port Aulin for a third day, and the harbour office closed the ferry pier on Monday.",
    "Crews hope to sail again on Wednesday, the harbour master Ilse Varden told the council of the town.",
)
DAM = (
    "The Sarrow Gorge dam will open a year late, the auditor of the province said in a report on Tuesday.",
    "It will cost 1.3 billion more than was planned, and the province will have to borrow half of that.",
)


@dataclass(frozen=True)
class Answer:
    """What the server answers. With an `etag`, a request that names it gets 304; `send` writes the body
    itself, and with status 0 all of the answer."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    send: Callable[[BaseHTTPRequestHandler], None] | None = None


class Time:
    """A clock that only sleeping moves, and what was slept."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 2))
        self.now += seconds


@dataclass
class Site:
    """The pages by path; a path that is not there is 404. `asked` is every request's path and headers."""

    url: str
    pages: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    is_gone: bool = False

    def html(self, path: str, title: str, *paragraphs: str, head: str = "", etag: str = "") -> None:
        """Put an article's page at `path`."""
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        page = (
            f"<!doctype html><html><head><title>{title}</title>{head}</head>"
            f"<body><article><h1>{title}</h1>{body}</article></body></html>"
        )
        self.pages[path] = Answer(page, headers={"Content-Type": "text/html; charset=utf-8"}, etag=etag)

    def rss(self, path: str, *items: str, head: str = "", etag: str = "", ttl: str = "") -> None:
        """Put an RSS feed of `items`, which are XML, at `path`."""
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tessaby Herald</title>{head}{ttl}'
        feed += "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>"
        self.pages[path] = Answer(feed, headers={"Content-Type": "application/rss+xml"}, etag=etag)

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        """Send who asks for `path` to `target`."""
        self.pages[path] = Answer(status=status, headers={"Location": target})

    @property
    def paths(self) -> list[str]:
        """The paths asked for so far, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    """A site on 127.0.0.1, at a port that is free."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if site.is_gone:  # connections that were kept alive end too
                self.close_connection = True
                return
            site.asked.append((self.path, dict(self.headers)))
            answer = site.pages.get(self.path, Answer("Not here", 404))
            answer = answer if isinstance(answer, Answer) else answer()
            if answer.etag and self.headers.get("If-None-Match") == answer.etag:
                answer = Answer(status=304, headers={"ETag": answer.etag})
            with suppress(ConnectionError):  # who asked may have heard enough
                self.answer(answer)

        def answer(self, answer: Answer) -> None:
            if answer.send and not answer.status:
                self.close_connection = True
                answer.send(self)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.etag and answer.status == 200:
                self.send_header("ETag", answer.etag)
            if answer.send:
                self.close_connection = True
                self.end_headers()
                answer.send(self)
                return
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            if answer.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Say nothing: who asked may leave at any time."""

    with Server(("127.0.0.1", 0), Handler) as server:
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield site
        finally:
            site.is_gone = True
            server.shutdown()
            thread.join()
