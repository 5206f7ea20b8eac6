"""Fetching from the web: GET only, politely, within limits, and never from a private network unasked.

Every request, for a page, after a redirect or for a robots.txt, goes the same way: the site's robots.txt is
obeyed, the address is checked where it is connected to (see `network`), requests to one host keep
their distance, and time, size and redirects are bounded. Proxies that the environment names are not used:
behind one, no address could be checked. Certificates are those of `SSL_CERT_FILE` or `SSL_CERT_DIR`, else
certifi's.
"""

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpcore
import httpx

from index.errors import ReadError, Unreachable
from index.sources.addresses import without_tracking
from index.sources.web.network import Network, Resolver, look_up
from index.sources.web.replies import body_of, line_of, meaning_of, seconds_to_wait, validator_of
from index.sources.web.robots import NAME, Robots

_GOOD = (200, 203)
_REDIRECTS = (301, 302, 303, 307, 308)
_MAY_PASS = (429, 502, 503, 504)  # answers after which the same request may go well
_ROBOTS_SIZE = 500 * 1024  # RFC 9309, 2.5: at least this much is read
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=\"?(\d{1,9})", re.IGNORECASE)
_WANTED = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,*/*;q=0.8"
)


@dataclass(frozen=True)
class Limits:
    """What bounds fetching, in seconds where it is a time."""

    connect: float = 10
    read: float = 20
    total: float = 120  # for one page with all its redirects and retries, without the pauses between
    redirects: int = 5
    retries: int = 3
    backoff: float = 1  # before the first retry, twice as much before each next one
    pause: float = 0.5  # between requests to one host
    longest_wait: float = 60  # what a server asks to wait beyond this is not waited for


@dataclass(frozen=True)
class Fetched:
    """What stands at a web address: `url` after redirects, its bytes, and what the server says of them.

    `is_unchanged` says that it is still what the validators sent along are of; then there are no bytes.
    `max_age` is for how many seconds the server wants it not to be asked for again.
    """

    url: str
    data: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    max_age: int = 0
    is_unchanged: bool = False


@dataclass(frozen=True)
class _Reply:
    url: httpx.URL
    status: int
    headers: httpx.Headers
    data: bytes


@dataclass(frozen=True)
class _Wish:
    """What is asked for, whatever the redirects."""

    headers: dict[bytes | str, bytes | str]
    max_bytes: int
    may_be_cut: bool = False
    is_page: bool = False


class Fetcher:
    """Gets what stands at web addresses. Use it as a context manager, from one thread.

    `max_bytes` bounds a page, packed and unpacked; `allow_private` lets it reach private addresses.
    `resolve`, `clock` and `sleep` are there to be replaced in tests.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        max_bytes: int = 100 * 1024**2,
        limits: Limits | None = None,
        resolve: Resolver = look_up,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.max_bytes = max_bytes
        self._limits = limits or Limits()
        self._clock = clock
        self._sleep = sleep
        self._network = Network(allow_private=allow_private, resolve=resolve, clock=clock)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=10,
            keepalive_expiry=15,
            network_backend=self._network,
        )
        self._robots = Robots(self._robots_txt, clock)
        self._free_at: dict[str, float] = {}  # by host: when the next request may go out
        self._paused = 0.0  # seconds, in all

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def get(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Get what stands at `url`. With the validators of an earlier reply, it may be found unchanged.

        Raises ReadError where it can't be had, and Unreachable where that may pass.
        """
        headers: dict[bytes | str, bytes | str] = {"Accept": _WANTED}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        reply = self._followed(url, _Wish(headers, self.max_bytes, is_page=True))
        said = reply.headers
        is_unchanged = reply.status == HTTPStatus.NOT_MODIFIED and bool(etag or last_modified)
        if not is_unchanged and reply.status not in _GOOD:
            raise ReadError(url, meaning_of(reply.status))
        max_age = _MAX_AGE.search(said.get("cache-control", ""))
        return Fetched(
            str(reply.url),
            reply.data,
            said.get("content-type", ""),
            validator_of(said, "etag", etag if is_unchanged else ""),
            validator_of(said, "last-modified", last_modified if is_unchanged else ""),
            int(max_age[1]) if max_age else 0,
            is_unchanged,
        )

    def _robots_txt(self, url: str) -> bytes | None:
        wish = _Wish({"Accept": "text/plain,*/*;q=0.5"}, _ROBOTS_SIZE, may_be_cut=True)
        try:
            reply = self._followed(url, wish)
        except Unreachable:
            raise
        except ReadError:
            # More redirects than are followed, or to where none may go: RFC 9309, 2.3.1.2, lets that count
            # as no robots.txt. Where the site itself may not be reached, its pages may not be either.
            return None
        if 400 <= reply.status < 500:
            return None
        if reply.status != HTTPStatus.OK:
            raise Unreachable(url, meaning_of(reply.status))
        return reply.data

    def _followed(self, url: str, wish: _Wish) -> _Reply:
        """The reply at the end of the redirects; errors are told of the address asked for."""
        try:
            here = httpx.URL(address_of(url))
            until = self._time_at_work() + self._limits.total
            for _ in range(self._limits.redirects + 1):
                delay = self._robots.delay(_site(here), str(here)) if wish.is_page else 0
                reply = self._persistent(here, wish, delay, until)
                target = reply.headers.get("location", "")
                if reply.status not in _REDIRECTS or not target:
                    return reply
                here = _redirected(here, target)
            raise ReadError(url, f"redirects more than {self._limits.redirects} times; check the address")
        except Unreachable as error:
            raise Unreachable(url, error.reason, error.wait) from None
        except ReadError as error:
            raise ReadError(url, error.reason) from None

    def _persistent(self, url: httpx.URL, wish: _Wish, delay: float, until: float) -> _Reply:
        """The reply, asked for again, ever more slowly, while the server is busy or the connection breaks."""
        for attempt in range(self._limits.retries + 1):
            self._wait_for_turn(url)
            wait = self._limits.backoff * 2**attempt * random.uniform(0.5, 1)  # not all clients at once
            try:
                reply = self._once(url, wish, until)
            except (httpcore.NetworkError, httpcore.ProtocolError) as error:
                if "CERTIFICATE" in str(error):
                    raise ReadError(str(url), f"its certificate is not valid: {line_of(error)}") from None
                failure = Unreachable(str(url), f"the connection failed ({line_of(error)}); try again later")
            else:
                if reply.status not in _MAY_PASS:
                    return reply
                asked = seconds_to_wait(reply.headers.get("retry-after", ""))
                failure = Unreachable(str(url), meaning_of(reply.status, asked), asked)
                wait = max(wait, asked)
            finally:
                self._free_at[url.host] = self._clock() + max(delay, self._limits.pause)
            if attempt == self._limits.retries or wait > self._limits.longest_wait:
                break
            self._pause(wait)
        raise failure

    def _wait_for_turn(self, url: httpx.URL) -> None:
        """Keep the distance from the last request to this host."""
        wait = self._free_at.get(url.host, 0) - self._clock()
        if wait > self._limits.longest_wait:
            raise Unreachable(
                str(url),
                f"its robots.txt asks for {wait:.0f} s before the next request; fetch it in another run",
            )
        if wait > 0:
            self._pause(wait)

    def _pause(self, seconds: float) -> None:
        self._sleep(seconds)
        self._paused += seconds

    def _time_at_work(self) -> float:
        return self._clock() - self._paused

    def _once(self, url: httpx.URL, wish: _Wish, until: float) -> _Reply:
        limits = self._limits
        self._network.deadline = until + self._paused
        try:
            with self._pool.stream(
                "GET",
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers={  # no cookies: each request is the first
                    "Host": url.netloc.decode("ascii"),
                    "User-Agent": f"{NAME}/{version(NAME)} (+{NAME}: answers with citations from news)",
                    "Accept-Encoding": "gzip",
                    **wish.headers,
                },
                extensions={
                    "timeout": {"connect": limits.connect, "read": limits.read, "write": limits.read}
                },
            ) as response:
                headers = httpx.Headers(response.headers)
                data = b""
                if response.status in _GOOD:
                    data = body_of(
                        response.iter_stream(),
                        headers.get("content-encoding", ""),
                        str(url),
                        max_bytes=wish.max_bytes,
                        may_be_cut=wish.may_be_cut,
                    )
                return _Reply(url, response.status, headers, data)
        except httpcore.TimeoutException:
            is_over = self._clock() >= self._network.deadline
            slow = f"took longer than {limits.total:g} s" if is_over else "did not answer in time"
            raise Unreachable(str(url), f"{slow}; try again later") from None


def address_of(url: str, base: str = "") -> str:
    """The form in which a web address is fetched and stored: absolute, in ASCII, and without user, password,
    fragment and what only trackers read. A relative one is seen from `base`.

    Raises ReadError where it is no http or https address.
    """
    try:
        parsed = httpx.URL(base).join(url.strip()) if base else httpx.URL(url.strip())
        address = parsed.copy_with(userinfo=b"", fragment=None)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise ReadError(line_of(url), f"is no usable web address: {line_of(error)}") from None
    if address.scheme not in ("http", "https") or not address.host:
        raise ReadError(line_of(url), "is no http or https address")
    return without_tracking(str(address))


def _redirected(here: httpx.URL, target: str) -> httpx.URL:
    try:
        return httpx.URL(address_of(target, str(here)))
    except ReadError as error:
        raise ReadError(str(here), f"redirects to {line_of(target)}, which {error.reason}") from None


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
