"""Fetching: politely, within limits, and never from a private network unasked. The server is a real one."""

import gzip
import random
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from web_server import Answer, Site, Time, serving

from index.errors import ReadError, Unreachable
from index.sources.web.fetch import Fetched, Fetcher, Limits, address_of
from index.sources.web.network import is_public
from index.sources.web.replies import seconds_to_wait

QUICK = Limits(connect=2, read=0.3, total=1, pause=0, backoff=0.01)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def get() -> Iterator[Callable[..., Fetched]]:
    """Fetch with short limits, from this machine."""
    with Fetcher(allow_private=True, limits=QUICK, max_bytes=200_000) as fetcher:
        yield fetcher.get


def reason(fetch: Callable[[str], object], url: str) -> str:
    with pytest.raises(ReadError) as raised:
        fetch(url)
    assert raised.value.source == url
    assert "\n" not in raised.value.reason
    return raised.value.reason


# What comes back


def test_a_page_comes_with_what_the_server_says_of_it(site: Site, get: Callable[..., Fetched]) -> None:
    headers = {"Content-Type": "text/html", "Last-Modified": "Mon, 06 Jan 2031 08:00:00 GMT"}
    headers["Cache-Control"] = "public, max-age=600"
    site.pages["/a"] = Answer("<p>Rain fell.</p>", headers=headers, etag='"v1"')
    page = get(f"{site.url}/a")
    assert page == Fetched(
        f"{site.url}/a", b"<p>Rain fell.</p>", "text/html", '"v1"', headers["Last-Modified"], 600
    )
    again = get(f"{site.url}/a", etag=page.etag, last_modified=page.last_modified)
    assert again.is_unchanged
    assert (again.data, again.etag, again.last_modified) == (b"", '"v1"', headers["Last-Modified"])


def test_it_says_who_it_is_and_sends_nothing_else_of_the_user(
    site: Site, get: Callable[..., Fetched]
) -> None:
    site.pages["/a"] = Answer("x", headers={"Set-Cookie": "id=7"})
    address = site.url.replace("http://", "http://someone:secret@")
    site.pages["/a?id=7"] = site.pages["/a"]
    assert get(f"{address}/a?utm_source=rss&id=7#top").url == f"{site.url}/a?id=7"
    get(f"{site.url}/a")
    for path, headers in site.asked:
        assert headers["User-Agent"].startswith("newscite/"), path
        assert not {"Authorization", "Cookie", "Referer"} & headers.keys()
    assert "secret" not in str(site.asked)


def test_packed_bodies_are_unpacked(site: Site, get: Callable[..., Fetched]) -> None:
    site.pages["/a"] = Answer(gzip.compress(b"Rain fell."), headers={"Content-Encoding": "gzip"})
    assert get(f"{site.url}/a").data == b"Rain fell."
    (_, headers) = site.asked[-1]
    assert headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("coding", "body", "said"),
    [
        ("gzip", gzip.compress(b"Rain fell." * 100, mtime=0)[:-9], "incomplete"),
        ("gzip", b"this is no gzip", "damaged"),
        ("br", b"x", "'br', which was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "not asked for"),
    ],
)
def test_a_body_packed_otherwise_or_badly_is_an_error(
    site: Site, get: Callable[..., Fetched], coding: str, body: bytes, said: str
) -> None:
    site.pages["/a"] = Answer(body, headers={"Content-Encoding": coding})
    assert said in reason(get, f"{site.url}/a")


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "answered 404 Not Found; check the address"), (403, "answered 403 Forbidden; the site does not"),
     (500, "answered 500 Internal Server Error; try again later"), (204, "answered 204"),
     (304, "answered 304"), (799, "answered 799; try")],
)  # fmt: skip
def test_any_other_status_is_named(site: Site, get: Callable[..., Fetched], status: int, said: str) -> None:
    site.pages["/a"] = Answer(status=status)
    assert reason(get, f"{site.url}/a").startswith(said)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "http://",
        "http:///x",
        "https://[::1",
        "http://a\nb/",
        "//a.example",
    ],
)
def test_what_is_no_web_address_is_an_error(url: str, get: Callable[..., Fetched]) -> None:
    with pytest.raises(ReadError, match=r"web address|http or https address"):
        get(url)


def test_addresses_are_stored_in_one_form() -> None:
    assert address_of("HTTP://Someone:pw@Tessaby.example:80/ä b?fbclid=1&q=2&utm_campaign=x#c") == (
        "http://tessaby.example/%C3%A4%20b?q=2"
    )
    assert address_of("../b?x=1", "https://a.example/news/a/") == "https://a.example/news/b?x=1"


# Redirects


def test_redirects_are_followed_and_the_last_address_is_told(site: Site, get: Callable[..., Fetched]) -> None:
    site.pages["/c"] = Answer("here")
    site.redirect("/a", "/b", 301)
    site.redirect("/b", f"{site.url}/c", 307)
    assert (get(f"{site.url}/a").url, get(f"{site.url}/a").data) == (f"{site.url}/c", b"here")


def test_redirects_are_bounded(site: Site, get: Callable[..., Fetched]) -> None:
    site.redirect("/a", "/a")
    assert reason(get, f"{site.url}/a") == "redirects more than 5 times; check the address"
    assert site.paths == ["/a"] * 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)"])
def test_redirects_lead_only_to_web_addresses(site: Site, get: Callable[..., Fetched], target: str) -> None:
    site.redirect("/a", target)
    assert reason(get, f"{site.url}/a").startswith(f"redirects to {target}, which is no ")


def test_a_redirect_obeys_the_robots_txt_of_where_it_leads(site: Site, get: Callable[..., Fetched]) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /private")
    site.pages["/private/b"] = Answer("x")
    site.redirect("/a", "/private/b")
    assert "robots.txt does not allow" in reason(get, f"{site.url}/a")
    assert site.paths == ["/a"]


# Private addresses


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "0x7f000001", "2130706433", "127.1", "0", "[::ffff:127.0.0.1]", "localhost",
     "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "[fd00:ec2::254]", "[fe80::1]",
     "224.0.0.1", "[64:ff9b::7f00:1]", "168.63.129.16"],
)  # fmt: skip
def test_private_addresses_are_refused_whatever_they_are_called(host: str) -> None:
    with Fetcher(limits=QUICK) as fetcher:
        said = reason(fetcher.get, f"http://{host}/")
    assert said.endswith("private address; --allow-private lets it be read")


def test_a_refused_address_is_never_connected_to(site: Site) -> None:
    with Fetcher(limits=QUICK) as fetcher:
        reason(fetcher.get, f"{site.url}/a")
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.216.34", True), ("2606:4700::6810:84e5", True), ("64:ff9b::5db8:d822", True),
     ("2002:7f00:1::", False), ("0.0.0.0", False), ("255.255.255.255", False), ("ff02::1", False),
     ("::", False), ("::127.0.0.1", False), ("fec0::1", False), ("2001:db8::1", False),
     ("192.0.0.192", False), ("198.18.0.1", False)],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_is_checked_by_the_address_it_leads_to(site: Site) -> None:
    port = site.url.rpartition(":")[2]
    with Fetcher(limits=QUICK, resolve=lambda _host, _port: ["127.0.0.1"]) as fetcher:
        said = reason(fetcher.get, f"http://tessaby.example:{port}/a")
    assert said.startswith("tessaby.example leads to 127.0.0.1, a private address")
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers differently the second time gains nothing: each answer is used once."""
    given: list[str] = []
    connected: list[str] = []
    connect = socket.create_connection

    def resolve(host: str, port: int) -> list[str]:
        given.append(f"127.0.0.{len(given) + 1}")  # all of 127.0.0.0/8 is this machine
        return given[-1:]

    def noting(address: tuple[str, int], *rest: Any, **named: Any) -> socket.socket:
        connected.append(address[0])
        return connect(("127.0.0.1", address[1]), *rest, **named)

    monkeypatch.setattr(socket, "create_connection", noting)
    site.pages["/a"] = Answer("here")
    port = site.url.rpartition(":")[2]
    with Fetcher(allow_private=True, limits=QUICK, resolve=resolve) as fetcher:
        for _ in range(3):
            assert fetcher.get(f"http://tessaby.example:{port}/a").data == b"here"
    assert connected == given
    assert {headers["Host"] for _, headers in site.asked} == {f"tessaby.example:{port}"}


def test_of_several_addresses_only_public_ones_are_tried() -> None:
    tried: list[str] = []
    addresses = ["10.0.0.1", "93.184.216.34", "::1"]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError("refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", connect)
        with Fetcher(limits=replace(QUICK, retries=0), resolve=lambda _host, _port: addresses) as fetcher:
            said = reason(fetcher.get, "http://tessaby.example/a")
    assert tried == ["93.184.216.34"]
    assert "refused" in said


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    """The first host counts as public here; the one it redirects to is looked up and checked as well."""
    port = site.url.rpartition(":")[2]
    site.redirect("/a", f"http://inside.example:{port}/secret")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.sources.web.network.is_public", lambda address: address == "127.0.0.1")
        with Fetcher(
            limits=QUICK,
            resolve=lambda host, _port: ["127.0.0.1"] if host == "tessaby.example" else ["10.0.0.7"],
        ) as fetcher:
            said = reason(fetcher.get, f"http://tessaby.example:{port}/a")
    assert said.startswith("inside.example leads to 10.0.0.7, a private address")
    assert site.paths == ["/a"]


def test_a_name_that_nobody_knows_is_said_so() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with Fetcher(limits=QUICK, resolve=unknown) as fetcher:
        assert (
            reason(fetcher.get, "http://tessaby.example/")
            == "there is no host tessaby.example; check the address"
        )


def test_tls_is_asked_for_under_the_name_and_not_the_address(site: Site) -> None:
    """The server speaks no TLS: what is seen is that the handshake named the host it wanted."""
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def resolve(host: str, port: int) -> list[str]:
            return ["127.0.0.1"]

        def hear() -> None:
            connection, _ = listener.accept()
            with connection:
                seen.append(connection.recv(4096))

        thread = threading.Thread(target=hear)
        thread.start()
        with (
            Fetcher(allow_private=True, limits=replace(QUICK, retries=0), resolve=resolve) as fetcher,
            pytest.raises(Unreachable),
        ):
            fetcher.get(f"https://tessaby.example:{port}/")
        thread.join()
    assert b"tessaby.example" in seen[0]


# robots.txt


def test_robots_txt_is_obeyed_and_asked_for_once(site: Site, get: Callable[..., Fetched]) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: newscite\nDisallow: /no\nUser-agent: *\nDisallow: /\n")
    site.pages["/yes"] = site.pages["/no/a"] = Answer("x")
    assert get(f"{site.url}/yes").data == b"x"
    assert reason(get, f"{site.url}/no/a") == f"{site.url}/robots.txt does not allow newscite to fetch it"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/yes"]


@pytest.mark.parametrize("status", [404, 401, 403, 410])
def test_a_site_without_robots_txt_allows_all(site: Site, get: Callable[..., Fetched], status: int) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /", status)
    site.pages["/a"] = Answer("x")
    assert get(f"{site.url}/a").data == b"x"


@pytest.mark.parametrize("status", [500, 503])
def test_a_site_whose_robots_txt_fails_is_left_alone(
    site: Site, get: Callable[..., Fetched], status: int
) -> None:
    site.pages["/robots.txt"] = Answer(status=status)
    site.pages["/a"] = Answer("x")
    with pytest.raises(Unreachable, match=f"robots.txt can't be had: answered {status}"):
        get(f"{site.url}/a")
    before = len(site.asked)
    with pytest.raises(Unreachable):
        get(f"{site.url}/a")
    assert (site.paths, len(site.asked)) == ([], before), "nor is it asked for again at once"


def test_a_robots_txt_may_be_long_packed_or_elsewhere(site: Site, get: Callable[..., Fetched]) -> None:
    rules = b"User-agent: *\nDisallow: /no\n" + b"# " + b"x" * 2_000_000
    site.pages["/rules"] = Answer(gzip.compress(rules), headers={"Content-Encoding": "gzip"})
    site.redirect("/robots.txt", "/rules")
    site.pages["/no"] = site.pages["/yes"] = Answer("x")
    assert "does not allow" in reason(get, f"{site.url}/no")
    assert get(f"{site.url}/yes").data == b"x"


@pytest.mark.parametrize(
    "rules", [b"\xff\xfe\0\0Disallow", b"Crawl-delay: soon\nDisallow: /" + b"*a" * 3000, b""]
)
def test_rules_that_make_no_sense_harm_nobody(site: Site, get: Callable[..., Fetched], rules: bytes) -> None:
    site.pages["/robots.txt"] = Answer(rules)
    site.pages["/" + "a" * 1000] = Answer("x")
    assert get(f"{site.url}/" + "a" * 1000).data == b"x"


# Distance and patience


def timed(time: Time, pause: float = 0) -> Fetcher:
    return Fetcher(allow_private=True, limits=Limits(pause=pause), clock=time.clock, sleep=time.sleep)


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    time = Time()
    site.pages["/a"] = Answer("x")
    with timed(time, pause=0.5) as fetcher:
        for _ in range(3):
            fetcher.get(f"{site.url}/a")
    assert time.slept == [0.5, 0.5, 0.5], "once after robots.txt"


def test_the_distance_that_robots_txt_asks_for_is_kept(site: Site) -> None:
    time = Time()
    site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 7")
    site.pages["/a"] = Answer("x")
    with timed(time, pause=0.5) as fetcher:
        fetcher.get(f"{site.url}/a")
        fetcher.get(f"{site.url}/a")
    assert time.slept == [0.5, 7]


def test_a_distance_too_long_to_wait_lets_one_page_be_read(site: Site) -> None:
    time = Time()
    site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 3600")
    site.pages["/a"] = Answer("x")
    with timed(time) as fetcher:
        assert fetcher.get(f"{site.url}/a").data == b"x"
        assert reason(fetcher.get, f"{site.url}/a").startswith(
            "its robots.txt asks for 3600 s before the next"
        )
    assert time.slept == []


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again_ever_more_slowly(site: Site, status: int) -> None:
    time = Time()
    answers = iter([Answer(status=status), Answer(status=status), Answer("x")])
    site.pages["/a"] = lambda: next(answers)
    with timed(time) as fetcher:
        assert fetcher.get(f"{site.url}/a").data == b"x"
    first, second = time.slept
    assert 0.5 <= first <= 1 <= second <= 2


def test_a_server_that_stays_busy_is_given_up(site: Site) -> None:
    time = Time()
    site.pages["/a"] = Answer(status=503)
    with (
        timed(time) as fetcher,
        pytest.raises(Unreachable, match="answered 503 Service Unavailable"),
    ):
        fetcher.get(f"{site.url}/a")
    assert (len(site.paths), len(time.slept)) == (4, 3)


def test_retry_after_is_kept_in_seconds_and_as_a_date(site: Site) -> None:
    time = Time()
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    answers = iter(
        [Answer(status=429, headers={"Retry-After": wait}) for wait in ("20", moment, "soon")] + [Answer("x")]
    )
    site.pages["/a"] = lambda: next(answers)
    with timed(time) as fetcher:
        assert fetcher.get(f"{site.url}/a").data == b"x"
    first, second, third = time.slept
    assert (first, third <= 4) == (20, True)
    assert 25 < second <= 30


def test_a_server_that_asks_for_more_time_than_there_is_gets_it(site: Site) -> None:
    time = Time()
    site.pages["/a"] = Answer(status=429, headers={"Retry-After": "3600"})
    with timed(time) as fetcher, pytest.raises(Unreachable) as raised:
        fetcher.get(f"{site.url}/a")
    assert raised.value.reason == "answered 429 Too Many Requests; it asks to wait 3600 s"
    assert (raised.value.wait, time.slept, site.paths) == (3600, [], ["/a"])


def test_a_connection_that_breaks_is_tried_again(site: Site, get: Callable[..., Fetched]) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"half")

    broken = Answer(headers={"Content-Length": "100"}, send=hang_up)
    answers = iter([broken, broken, Answer("whole")])
    site.pages["/a"] = lambda: next(answers)
    assert get(f"{site.url}/a").data == b"whole"


def test_nobody_there_is_said_so(get: Callable[..., Fetched]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    said = reason(get, f"http://127.0.0.1:{port}/")
    assert "Connection refused" in said
    assert said.endswith("try again later")


# Limits


def test_a_body_larger_than_the_limit_is_not_read_to_its_end(site: Site, get: Callable[..., Fetched]) -> None:
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        while True:
            sent += handler.wfile.write(b"x" * 65536)

    site.pages["/a"] = Answer(send=endless)
    assert (
        reason(get, f"{site.url}/a") == "is larger than the limit of 200000 bytes; raise NEWSCITE_MAX_FILE_MB"
    )
    assert sent < 50_000_000


def test_a_small_body_that_stands_for_a_large_one_is_not_unpacked(
    site: Site, get: Callable[..., Fetched]
) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()
    assert len(bomb) < 150_000
    site.pages["/a"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    assert "larger than the limit" in reason(get, f"{site.url}/a")


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_trickles_holds_nobody(site: Site, get: Callable[..., Fetched], part: str) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        if part == "headers":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(60):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    site.pages["/a"] = Answer(send=trickle, status=0 if part == "headers" else 200)
    started = time.monotonic()
    assert reason(get, f"{site.url}/a") == "took longer than 1 s; try again later"
    assert time.monotonic() - started < 3


def test_a_server_that_says_nothing_is_left(site: Site, get: Callable[..., Fetched]) -> None:
    def nothing(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(2)

    site.pages["/a"] = Answer(send=nothing, headers={"Content-Length": "10"})
    started = time.monotonic()
    assert reason(get, f"{site.url}/a") == "did not answer in time; try again later"
    assert time.monotonic() - started < 1.5


def test_certificates_are_checked() -> None:
    with Fetcher() as fetcher:
        context = fetcher._pool._ssl_context
    assert context is not None
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


# Nonsense


def test_whatever_a_server_sends_ends_in_a_page_or_one_line(site: Site) -> None:
    chance = random.Random(7)
    good = (
        b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nETag: "\xe4"\r\n'
        b"Location: /b\r\nCache-Control: max-age=5\r\nRetry-After: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5\r\nRain \r\n5\r\nfell.\r\n0\r\n\r\n"
    )

    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(broken)

    limits = replace(QUICK, retries=0, read=0.05)
    outcomes = {"page": 0, "line": 0}
    with Fetcher(allow_private=True, limits=limits, sleep=lambda _: None) as fetcher:
        for _ in range(500):
            data = bytearray(good.replace(b"200", chance.choice([b"200", b"301", b"304", b"503"])))
            for _ in range(chance.randrange(4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            broken = bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
            site.pages["/a"] = Answer(status=0, send=nonsense)
            site.pages["/b"] = Answer("x")
            try:
                fetcher.get(f"{site.url}/a")
                outcomes["page"] += 1
            except ReadError as error:
                outcomes["line"] += len(error.reason.splitlines())
    assert sum(outcomes.values()) == 500
    assert min(outcomes.values()) > 20


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_called_an_address_is_one_or_is_refused(seed: int) -> None:
    chance = random.Random(seed)
    signs = "http:/s.@#?%[]ab0:\\ \n\0é٣😀-_~&=;,"
    for _ in range(500):
        text = chance.choice(["", "http://", "https://a", "//"]) + "".join(chance.choices(signs, k=12))
        try:
            address = address_of(text, chance.choice(["", "https://a.example/b"]))
        except ReadError:
            continue
        assert address.startswith(("http://", "https://"))
        assert address_of(address) == address


def test_a_validator_that_can_not_be_sent_back_is_not_kept(site: Site, get: Callable[..., Fetched]) -> None:
    site.pages["/a"] = Answer("x", etag='"ä"')
    assert get(f"{site.url}/a").etag == ""


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("20", 20), ("9" * 400, 30 * 24 * 3600), ("", 0), ("-5", 0), ("1e3", 0),
     ("Mon, 06 Jan 1997 08:00:00 GMT", 0), ("Mon, 06 Jan 9999 08:00:00 GMT", 30 * 24 * 3600),
     ("Mon, 99 Jan 2031 99:99:99 +9999", 0), ("\0", 0)],
)  # fmt: skip
def test_how_long_a_server_asks_to_wait(value: str, seconds: float) -> None:
    assert seconds_to_wait(value) == seconds


@pytest.mark.parametrize("delay", ["nan", "inf", "-1", "1e999", "7,5", "\u0661"])
def test_a_distance_that_is_none_is_none(site: Site, delay: str) -> None:
    time = Time()
    site.pages["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {delay}")
    site.pages["/a"] = Answer("x")
    with timed(time) as fetcher:
        assert fetcher.get(f"{site.url}/a").data == b"x"
    assert time.slept == []
