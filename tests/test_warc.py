import gzip
import random
import zlib
from collections.abc import Callable

import pytest

from index.schema import Article
from index.sources import Link, Skipped, read_bytes

Pack = Callable[[bytes], bytes]
PACKINGS = [lambda record: record, gzip.compress]


def page(number: int, canonical: str = "") -> str:
    words = random.Random(number).choices(
        ["rain", "wind", "storm", "river", "bridge", "harbour", "town"], k=900
    )
    sentences = " ".join(
        f"The {words[n]} and the {words[n + 1]} met the {words[n + 2]}." for n in range(0, 897, 3)
    )
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f"<html lang='en'><head><title>Story {number}</title>{link}</head>"
        f"<body><article><h1>Story {number}</h1>"
        f"<p>This is story number {number}. {sentences}</p></article></body></html>"
    )


def record(
    kind: str, address: str, content: bytes, content_type: str = "application/http; msgtype=response"
) -> bytes:
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-01-20T20:37:00Z\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return header.encode() + content + b"\r\n\r\n"


def answer(
    body: bytes, *fields: str, status: str = "200 OK", content_type: str = "text/html; charset=utf-8"
) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *fields])
    return head.encode() + b"\r\n\r\n" + body


def response(number: int, **options: str) -> bytes:
    return record("response", f"https://herald.example/{number}", answer(page(number, **options).encode()))


def read(
    data: bytes, source: str = "/a.warc", max_bytes: int = 100 * 1024**2
) -> list[Article | Link | Skipped]:
    return list(read_bytes(data, source, max_bytes=max_bytes))


def stories(found: list[Article | Link | Skipped]) -> list[int]:
    """The numbers of the stories found; 0 stands for a line."""
    return [int(item.title.split()[1]) if isinstance(item, Article) else 0 for item in found]


@pytest.mark.parametrize("pack", PACKINGS)
def test_pages_are_articles_and_other_records_are_passed_over(pack: Pack) -> None:
    records = [
        record("warcinfo", "", b"software: x\r\n", "application/warc-fields"),
        record("request", "https://herald.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
        response(1),
        record(
            "response", "https://herald.example/a.jpg", answer(b"\xff\xd8\xff", content_type="image/jpeg")
        ),
        record("response", "https://herald.example/gone", answer(page(9).encode(), status="404 Not Found")),
        record("response", "https://herald.example/moved", answer(b"", "Location: /", status="302 Found")),
        record("response", "dns:herald.example", b"20310120 127.0.0.1", "text/dns"),
        record("metadata", "https://herald.example/1", b"x: y"),
        record("revisit", "https://herald.example/1", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
        record("resource", "https://herald.example/2", page(2).encode(), "text/html"),
        response(3, canonical="https://herald.example/three"),
    ]
    first, second, third = read(b"".join(map(pack, records)))
    assert isinstance(first, Article)
    assert (first.title, first.source) == ("Story 1", "/a.warc#3")
    assert first.url == first.key == "https://herald.example/1"
    assert (first.published, first.language) == ("", "en")
    assert isinstance(second, Article)
    assert (second.title, second.source) == ("Story 2", "/a.warc#10")
    assert isinstance(third, Article)
    assert (third.url, third.source) == ("https://herald.example/three", "/a.warc#11")


def test_a_file_packed_as_a_whole_and_one_padded_with_zeros_are_read() -> None:
    data = b"".join(response(number) for number in range(1, 30))
    assert stories(read(gzip.compress(data))) == list(range(1, 30))
    parts = [data[start : start + 5000] for start in range(0, len(data), 5000)]
    assert stories(read(b"".join(map(gzip.compress, parts)))) == list(range(1, 30))
    assert stories(read(gzip.compress(response(1)) + b"\0" * 512 + gzip.compress(response(2)))) == [1, 2]


def test_pages_are_unpacked_and_decoded_as_the_server_says() -> None:
    body = page(7).replace("Story", "Señal").encode("cp1252")
    deflate = zlib.compressobj(wbits=-15)
    bare = deflate.compress(body) + deflate.flush()
    pieces = [body[start : start + 700] for start in range(0, len(body), 700)]
    chunked = b"".join(b"%x;x=y\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    packed = gzip.compress(body)
    for content, fields in [
        (body, ()),
        (chunked, ("Transfer-Encoding: chunked",)),
        (body, ("Transfer-Encoding: chunked",)),
        (packed, ("Content-Encoding: gzip",)),
        (
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed),
            ("transfer-encoding: Chunked", "content-encoding: GZIP"),
        ),
        (zlib.compress(body), ("Content-Encoding: deflate",)),
        (bare, ("Content-Encoding: deflate",)),
        (body, ("Content-Encoding: gzip",)),
        (body, ("Content-Encoding: br",)),
    ]:
        data = answer(content, *fields, content_type="text/html; charset=windows-1252")
        (article,) = read(record("response", "https://herald.example/7", data))
        assert isinstance(article, Article)
        assert (article.title, "story number 7" in article.text) == ("Señal 7", True)
    (line,) = read(
        record("response", "https://herald.example/7", answer(b"\x8b\0\x80", "Content-Encoding: br"))
    )
    assert isinstance(line, Skipped)
    assert "packed as br" in line.reason


@pytest.mark.parametrize("pack", PACKINGS)
def test_a_damaged_record_costs_itself_and_is_one_line(pack: Pack) -> None:
    records = [pack(response(number)) for number in range(1, 8)]
    whole = records[3]
    middle = len(whole) // 2
    for damaged in [
        whole[:middle],
        whole[:middle] + b"xyz" * 50 + whole[middle:],
        whole[:middle] + whole[middle + 200 :],
        b"junk " * 200,
    ]:
        found = read(b"".join([*records[:3], damaged, *records[4:]]))
        assert stories(found) == [1, 2, 3, 0, 5, 6, 7]
        line = found[3]
        assert isinstance(line, Skipped)
        assert (line.source, "record 4 is damaged" in line.reason) == ("/a.warc", True)


def test_a_wrong_checksum_is_damage() -> None:
    records = [gzip.compress(response(number)) for number in range(1, 4)]
    records[1] = records[1][:-8] + b"\0\0\0\0" + records[1][-4:]
    assert stories(read(b"".join(records))) == [1, 0, 3]


@pytest.mark.parametrize("length", [b"0", b"77", b"999999", b"-5", b"x", b""])
def test_a_wrong_length_costs_no_other_record(length: bytes) -> None:
    bad = response(2)
    start = bad.index(b"Content-Length: ") + 16
    bad = bad[:start] + length + bad[bad.index(b"\r\n", start) :]
    assert stories(read(response(1) + bad + response(3) + response(4))) == [1, 0, 3, 4]


@pytest.mark.parametrize("pack", PACKINGS)
def test_an_archive_that_is_cut_off_says_so(pack: Pack) -> None:
    data = b"".join(pack(response(number)) for number in range(1, 4))
    assert stories(read(data[:-300])) == [1, 2, 0]


def test_a_record_over_the_limit_is_passed_over() -> None:
    image = record("response", "https://herald.example/i", answer(b"x" * 200_000, content_type="image/png"))
    large = record("response", "https://herald.example/l", answer(page(9).encode() * 9))
    bomb = answer(gzip.compress(b"a" * 10_000_000), "Content-Encoding: gzip")
    data = response(1) + image + large + response(2) + record("response", "https://herald.example/b", bomb)
    found = read(data, max_bytes=60_000)
    assert stories(found) == [1, 0, 0, 2, 0]
    assert all("larger than the limit" in item.reason for item in found if isinstance(item, Skipped))


@pytest.mark.parametrize(
    "data",
    [b"hello world " * 20, b"WARC/", b"WARC/1.0\r\n", gzip.compress(b"hello", mtime=0), b"\x1f\x8b\x08"],
)
def test_what_is_no_archive_says_so(data: bytes) -> None:
    *_, line = read(data)
    assert isinstance(line, Skipped)
    assert line.reason == "holds no whole record of a web archive"
