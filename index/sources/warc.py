"""Web archives (WARC): an article for each page that a crawler has saved."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.parser import BytesHeaderParser
from io import BufferedReader

from index.errors import ReadError
from index.schema import Article
from index.sources import html
from index.sources.addresses import without_tracking
from index.sources.decode import as_utf8
from index.sources.fields import web_address
from index.sources.skipped import Skipped
from index.sources.streams import too_large
from index.sources.warc_records import Record, records

_PAGES = ("text/html", "application/xhtml+xml")
_STATUS = re.compile(rb"HTTP/\S+ +2\d\d\b[^\n]*\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"(?:\r?\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")
_GZIP_OR_ZLIB = 47  # windows bits, as zlib calls telling the two apart by itself
_BARE_DEFLATE = -15


def read(stream: BufferedReader, source: str, max_bytes: int) -> Iterator[Article | Skipped]:
    """Read an archive, a record at a time, each of at most `max_bytes`; they are counted from 1.

    Records that are no pages, and answers of a server that there is none, are passed over. Raises ReadError
    where no record is whole.
    """
    found_any = False
    for number, record in enumerate(records(stream, max_bytes), 1):
        row = f"{source}#{number}"
        if record is None:
            yield Skipped(source, f"record {number} is damaged; fetch the archive again")
            continue
        found_any = True
        try:
            yield from _page(record, row, max_bytes)
        except ReadError as error:
            yield Skipped(row, error.reason)
    if not found_any:
        raise ReadError(source, "holds no whole record of a web archive")


def _page(record: Record, source: str, max_bytes: int) -> Iterator[Article]:
    """The article of a record, or nothing where that is no page. Raises ReadError for a page without one."""
    about = _fields(record.header)
    if record.content is None:
        if _value(about, "WARC-Type") == "response":
            raise too_large(source, max_bytes)
        return
    data, content_type = _body(about, record.content, source, max_bytes)
    if content_type.partition(";")[0].strip().lower() not in _PAGES:
        return
    charset = content_type.lower().partition("charset=")[2].partition(";")[0]
    address = without_tracking(web_address(_value(about, "WARC-Target-URI").strip("<>")))  # as some write it
    for article in html.read(as_utf8(data, charset), source, address):
        yield article if article.url or not address else replace(article, key=address, url=address)


def _body(about: Message, content: bytes, source: str, max_bytes: int) -> tuple[bytes, str]:
    """A page and its content type; the latter is "" for a record that holds none."""
    kind = _value(about, "WARC-Type")
    if kind == "resource":  # a page without what the server said of it
        return content, _value(about, "Content-Type")
    if kind != "response" or not _STATUS.match(content):
        return b"", ""
    end = _HEADER_END.search(content)
    answer = _fields(content[: end.start()] if end else content)
    content_type = _value(answer, "Content-Type")
    if end is None or not content_type.lower().startswith(_PAGES):
        return b"", ""
    data = content[end.end() :]
    if _value(answer, "Transfer-Encoding").lower() == "chunked":
        data = _without_chunks(data)
    return _unpacked(data, _value(answer, "Content-Encoding").lower(), source, max_bytes), content_type


def _fields(header: bytes) -> Message:
    """The fields of a header but for its first line."""
    return BytesHeaderParser().parsebytes(header.partition(b"\n")[2])


def _value(fields: Message, name: str) -> str:
    return str(fields.get(name, "")).strip()


def _without_chunks(data: bytes) -> bytes:
    """The data without the lengths that a server sets between pieces of it; some crawlers leave them out."""
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK.match(data, at):
        length = int(head[1], 16)
        parts.append(data[head.end() : head.end() + length])
        at = head.end() + length
        if not length:
            return b"".join(parts)
    return b"".join(parts) + data[at:]


def _unpacked(data: bytes, encoding: str, source: str, max_bytes: int) -> bytes:
    """The data unpacked; some crawlers unpack it and leave the field that says how it was packed."""
    if encoding in ("", "identity"):
        return data
    if encoding not in ("gzip", "x-gzip", "deflate"):
        if data.lstrip()[:1] == b"<":
            return data
        raise ReadError(source, f"is packed as {encoding}, which can't be read; save it unpacked")
    for window_bits in (_GZIP_OR_ZLIB, _BARE_DEFLATE) if encoding == "deflate" else (_GZIP_OR_ZLIB,):
        try:
            page = zlib.decompressobj(window_bits).decompress(data, max_bytes + 1)
        except zlib.error:
            continue
        if len(page) > max_bytes:
            raise too_large(source, max_bytes)
        return page
    return data
