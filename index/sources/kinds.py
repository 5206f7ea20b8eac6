"""Which format a file is of: told by the end of its name, and where that leaves it open by what it holds.

>>> kind_of(b'<?xml version="1.0"?><rss version="2.0"></rss>', "text/html; charset=utf-8", "https://a.example/")
'feed'
"""

import codecs
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

_KIND_OF_SUFFIX = {
    **dict.fromkeys([".txt", ".text"], "text"),
    **dict.fromkeys([".md", ".markdown"], "markdown"),
    **dict.fromkeys([".html", ".htm", ".xhtml"], "html"),
    ".json": "json",
    **dict.fromkeys([".jsonl", ".ndjson"], "lines"),
    **dict.fromkeys([".csv", ".tsv"], "table"),
    ".parquet": "parquet",
    **dict.fromkeys([".rss", ".atom"], "feed"),
    ".xml": "xml",  # its root element says what it is
    ".warc": "warc",
    ".zip": "zip",
}
SUFFIXES = tuple(_KIND_OF_SUFFIX)
READABLE = (
    "plain text (.txt), Markdown (.md), HTML (.html), JSON (.json), JSON Lines (.jsonl), tables (.csv, .tsv, "
    ".parquet), feeds (.rss, .atom, .xml), sitemaps (.xml), web archives (.warc), each also .gz, and .zip"
)
CONTAINERS = frozenset(
    {"json", "lines", "table", "parquet", "feed", "xml", "warc", "zip"}
)  # of many articles
DOCUMENTS = frozenset({"text", "markdown", "html", "json", "feed", "xml", "sitemap"})  # read as a whole

_KIND_OF_TYPE = {
    **dict.fromkeys(["text/html", "application/xhtml+xml"], "html"),
    **dict.fromkeys(["text/markdown", "text/x-markdown"], "markdown"),
    **dict.fromkeys(["application/json", "application/feed+json", "application/ld+json"], "json"),
    **dict.fromkeys(["application/x-ndjson", "application/jsonl", "application/x-jsonlines"], "lines"),
    **dict.fromkeys(["text/csv", "text/tab-separated-values"], "table"),
    **dict.fromkeys(["application/vnd.apache.parquet"], "parquet"),
    **dict.fromkeys(["application/warc", "application/warc-fields"], "warc"),
    **dict.fromkeys(["application/zip", "application/x-zip-compressed"], "zip"),
}
_KIND_OF_ROOT = {
    **dict.fromkeys(["rss", "rdf", "feed"], "feed"),
    **dict.fromkeys(["urlset", "sitemapindex"], "sitemap"),
    "html": "html",
}
_SIGNATURES = ((b"PK\x03\x04", "zip"), (b"PAR1", "parquet"), (b"WARC/", "warc"))
_UNTOLD = ("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/gzip")
_HEAD = 64 * 1024  # bytes in which the first element of a page or feed stands
_PROLOG = re.compile(
    r"\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE(?:[^>\[]|\[[^\]]*\])*>)", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")


def suffix_of(name: str) -> str:
    """The suffix that says a file's format, in lower case, not counting .gz; "" if it is none of SUFFIXES."""
    suffix = PurePosixPath(name.lower().removesuffix(".gz")).suffix
    return suffix if suffix in SUFFIXES else ""


def kind_of_name(name: str) -> str:
    """The format that the end of a file's name stands for, or "" for one that can't be read."""
    return _KIND_OF_SUFFIX.get(suffix_of(name), "")


def unsupported(name: str) -> str:
    """Why a file of this name is not read."""
    suffix = PurePosixPath(name.lower().removesuffix(".gz")).suffix or "without a suffix"
    return f"type not supported ({suffix}); what can be read is {READABLE}"


def kind_of(data: bytes, content_type: str, source: str) -> str:
    """Tell the format of a file's unpacked bytes, or "" where it is none that can be read.

    What the bytes are goes first, for feeds are often sent as text/html and all manner of files as
    text/plain; then `content_type`, as the server gives it ("" for a file); then the end of `source`, a
    path or a URL. "xml" is never the answer: it is a feed, a sitemap, a page, or nothing known.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    media_type = content_type.partition(";")[0].strip().lower()
    named = kind_of_name(urlsplit(source).path if "://" in source else source)
    root = root_of(data)
    if root in _KIND_OF_ROOT and named not in ("text", "markdown"):
        return _KIND_OF_ROOT[root]
    if media_type not in _UNTOLD:
        return _KIND_OF_TYPE.get(media_type, "")
    if named:
        return "" if named == "xml" else named
    return _kind_of_looks(data, root) if media_type else ""


def root_of(data: bytes) -> str:
    """The name of the first element of XML or HTML, in lower case and without its prefix, or ""."""
    text = _head(data)
    position = 0
    while prolog := _PROLOG.match(text, position):
        if "html" in prolog[0].lower() and prolog[0].lstrip().lower().startswith("<!doctype"):
            return "html"
        position = prolog.end()
    element = _ELEMENT.match(text, position)
    return element[1].lower() if element else ""


def _head(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _kind_of_looks(data: bytes, root: str) -> str:
    if root:
        return "html"
    return "json" if data.lstrip()[:1] in (b"{", b"[") else "text"
