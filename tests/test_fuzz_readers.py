"""Every reader on broken bytes: valid files cut, flipped, spliced and overwritten, always in the same way.

Whatever the bytes, a reader gives articles, links and lines of one line, in time, and raises nothing.
"""

import csv
import gzip
import io
import json
import random
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from index.schema import Article
from index.sources import Link, Skipped, read_bytes

TEXT = (
    "Bridge closes\nAldmere Herald | 20 January 2031\n\n"
    "The council voted on Monday to close the old bridge.\n\n"
    "Photo: a bridge\n\nالرئيس قال إن الجسر مغلق. «Nadie vino», dijo la alcaldesa. 🙂\u200d\n"
)
ROWS = [
    {
        "title": "Bridge closes",
        "text": TEXT,
        "date": "2031-01-20T20:37:00+01:00",
        "url": "https://h.example/1",
    },
    {"title": "Señal", "text": "Llovió en Ébora.", "outlet": "El Heraldo", "lang": "es"},
]
MARKDOWN = (
    "---\ntitle: Bridge closes\ndate: 2031-01-20\ntags: [a, b]\n---\n"
    "# Bridge\n\n![A](b.jpg)\n\n- Rain *fell*.\n"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bridge closes | Herald</title>'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge", '
    '"author": [{"name": "J"}]}</script></head><body>'
    '<nav><a href="/">Home</a></nav><article><h1>Bridge closes</h1>'
    + "<p>The council voted on Monday to close the old bridge after engineers found cracks.</p>" * 3
    + "</article></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Herald</title><language>en</language><item><title>Bridge &amp; tunnel</title><link>https://h.example/1"
    "</link><pubDate>Mon, 20 Jan 2031 20:37:00 GMT</pubDate><content:encoded>"
    "<![CDATA[<p>Rain fell.</p><p>Hail.</p>]]></content:encoded></item><item><title>Rain</title>"
    "<description>Rain fell …</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>Heraldo</title><entry><title>Uno</title>'
    '<link href="/1"/><updated>2031-01-20T20:37:00Z</updated><author><name>Ana</name></author>'
    '<content type="xhtml">'
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>Uno.</p></div></content></entry><entry>'
    "<summary>Dos.</summary></entry></feed>"
)
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://h.example'
    "/1</loc><lastmod>2031-01-20</lastmod><n:news><n:title>Bridge</n:title></n:news></url>"
    "<url><loc>x</loc></url></urlset>"
)
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "H",
    "items": [{"id": "1", "content_html": "<p>R."}],
}


def warc() -> bytes:
    parts = []
    for number in range(3):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        body += gzip.compress(PAGE.encode()) if number != 1 else b""
        header = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://h.example/{number}\r\n"
        parts.append(f"{header}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")
    return b"".join(parts)


def table() -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, ["title", "text", "date", "url", "outlet", "lang"])
    writer.writeheader()
    writer.writerows(ROWS)
    return file.getvalue().encode()


def parquet(compression: str) -> bytes:
    file = io.BytesIO()
    rows = [{**row, "authors": ["Jane", "John"], "source": {"name": "Herald"}} for row in ROWS * 3]
    pq.write_table(pa.Table.from_pylist(rows), file, compression=compression, row_group_size=4)
    return file.getvalue()


def archive(compression: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        packed.writestr("a/text.txt", TEXT)
        packed.writestr("niño.jsonl", lines())
        packed.writestr("feed.xml.gz", gzip.compress(FEED.encode()))
        packed.writestr("table.csv", table())
        packed.writestr("parquet.parquet", parquet("none"))
    return file.getvalue()


def lines() -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\r\n" for row in ROWS).encode()


# The source, how many inputs the reader gets here, and what they are made from. A page takes some 10 ms.
READERS: dict[str, tuple[str, int, list[Callable[[], bytes]]]] = {
    "text": ("/a.txt", 900, [TEXT.encode, lambda: TEXT.encode("utf-16"), lambda: TEXT[:90].encode("cp1252")]),
    "markdown": ("/a.md", 900, [MARKDOWN.encode, (MARKDOWN + TEXT).encode]),
    "html": ("/a.html", 500, [PAGE.encode, PAGE.replace("utf-8", "windows-1252").encode]),
    "json": (
        "/a.json",
        900,
        [json.dumps(ROWS).encode, json.dumps({"items": ROWS}).encode, json.dumps(JSON_FEED).encode],
    ),
    "lines": ("/a.jsonl", 900, [lines, lambda: lines().decode().encode("utf-16")]),
    "feed": ("/a.rss", 1300, [FEED.encode, ATOM.encode]),
    "xml": ("/a.xml", 900, [FEED.encode, ATOM.encode, SITEMAP.encode]),
    "warc": ("/a.warc", 400, [warc]),
    "warc.gz": ("/a.warc.gz", 400, [lambda: gzip.compress(warc()) + gzip.compress(warc())]),
    "table": ("/a.csv", 900, [table, lambda: table().replace(b",", b"\t")]),
    "parquet": (
        "/a.parquet",
        1500,
        [lambda: parquet("none"), lambda: parquet("snappy"), lambda: parquet("zstd")],
    ),
    "zip": ("/a.zip", 900, [lambda: archive(zipfile.ZIP_STORED), lambda: archive(zipfile.ZIP_DEFLATED)]),
    "gz": ("/a.jsonl.gz", 900, [lambda: gzip.compress(lines()), lambda: gzip.compress(lines(), 0)]),
}
TIME_LIMIT = 20  # seconds for one input of some KB, on a machine with other work


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_broken_bytes_raise_nothing(reader: str) -> None:
    source, count, seeds = READERS[reader]
    check(source, broken([seed() for seed in seeds], count, random.Random(reader)))


def test_there_are_ten_thousand_inputs() -> None:
    assert sum(count for _, count, _ in READERS.values()) >= 10_000


@pytest.mark.parametrize("reader", READERS)
def test_the_files_they_are_made_from_are_read(reader: str) -> None:
    source, _, seeds = READERS[reader]
    for seed in seeds:
        assert any(isinstance(found, Article | Link) for found in read_bytes(seed(), source)), seed()


def check(source: str, inputs: Iterator[bytes]) -> None:
    """Read each input and look at everything that comes of it."""
    for data in inputs:
        with in_time(data):
            for found in read_bytes(data, source, max_bytes=1024**2):
                if isinstance(found, Article):
                    json.dumps(found.to_dict(), ensure_ascii=False).encode()
                    assert found.text.strip()
                else:
                    said = found.reason if isinstance(found, Skipped) else found.url
                    assert said
                    assert len(said) <= 300 or isinstance(found, Link)
                    assert said.splitlines() == [said]
                assert found.source.splitlines() == [found.source]


@contextmanager
def in_time(data: bytes) -> Iterator[None]:
    """Fail if what is done takes too long, or raises; the input is shown."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(TIME_LIMIT)
    try:
        yield
    except Exception as error:
        pytest.fail(f"{type(error).__name__}: {error} on {data!r}")
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def broken(seeds: list[bytes], count: int, chance: random.Random) -> Iterator[bytes]:
    """Give `count` inputs: each a seed with one to four changes."""
    for _ in range(count):
        data = chance.choice(seeds)
        for _ in range(chance.choice([1, 1, 2, 4])):
            data = chance.choice(CHANGES)(data, seeds, chance)
        yield data


Change = Callable[[bytes, list[bytes], random.Random], bytes]
ODD = [
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\n",
    b"\r",
    b'"',
    b"<",
    b">",
    b"]]>",
    b"&",
    b"{",
    b"[",
]
ODD += [
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"WARC/1.0\r\n",
    b"\x1f\x8b\x08",
]
ODD += [
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<item>",
    b"</item>",
    b"-->",
    b"1e999",
    b"9" * 400,
    b"9a" * 3000,
    b"\xe2\x80\xa8",
    b"\x85",
]


def cut(data: bytes, _seeds: list[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def flip(data: bytes, _seeds: list[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20]) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def drop(data: bytes, _seeds: list[bytes], chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice([1, 4, 50, 500]) :]


def repeat(data: bytes, _seeds: list[bytes], chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice([1, 8, 60])]
    return data[:start] + piece * chance.choice([2, 30]) + data[start:]


def splice(data: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(seeds)
    start = chance.randrange(len(other))
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start : start + chance.randrange(200)] + data[at:]


def insert_odd(data: bytes, _seeds: list[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(ODD) + data[at + chance.choice([0, 0, 1, 4]) :]


def overwrite(data: bytes, _seeds: list[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice([1, 4, 40])) + data[at + 4 :]


def replace_all(_data: bytes, _seeds: list[bytes], chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice([1, 10, 300]))


CHANGES: list[Change] = [
    cut,
    flip,
    flip,
    drop,
    repeat,
    splice,
    insert_odd,
    insert_odd,
    overwrite,
    replace_all,
]
