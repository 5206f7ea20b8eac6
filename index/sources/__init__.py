"""Articles out of files: one module a format, and here the one way in.

A path is a file, a folder or a glob. Nothing is raised for bad input: whatever gives no article gives a
`Skipped` that says why, and the rest goes on.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from index.clean import boilerplate_masks, merged
from index.errors import ReadError
from index.language import detect_language
from index.origin import find_origin
from index.schema import Article
from index.sources import archive, feeds, html, json_rows, markdown, sitemap, tables, text, warc
from index.sources.files import find_files, shown
from index.sources.kinds import SUFFIXES, kind_of, kind_of_name, root_of, unsupported
from index.sources.link import Link
from index.sources.metadata import described
from index.sources.skipped import Skipped
from index.sources.streams import Meter, guarded, opened, read_within, unpacked
from index.sources.unchanged import Unchanged, digest_of_bytes, digest_of_row

__all__ = ["SUFFIXES", "Link", "Skipped", "Unchanged", "read_bytes", "read_changed", "read_paths"]

_Found = Article | Link | Skipped | Unchanged
_DOCUMENT_READERS: dict[str, Callable[[bytes, str], Iterator[_Found]]] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
    "json": json_rows.read,
    "feed": feeds.read,
    "sitemap": sitemap.read,
}
# These never hold all of a file: the limit is for a row, record or member of it.
_STREAM_READERS: dict[str, Callable[[io.BufferedReader, str, int], Iterator[_Found]]] = {
    "lines": json_rows.read_lines,
    "table": tables.read_csv,
    "parquet": tables.read_parquet,
    "warc": warc.read,
}
_ONE_ARTICLE = frozenset(["text", "markdown", "html"])  # kinds of document that hold one
_MAX_BYTES = 100 * 1024**2
_GZIP = b"\x1f\x8b"


class Web(Protocol):
    """What reads from the web for `read_paths`; index.sources.web.reader has it."""

    def read(self, url: str) -> Iterator[Article | Skipped]:
        """The articles of what stands at an address."""

    def follow(self, links: Sequence[Link]) -> Iterator[Article | Skipped]:
        """The articles of the pages that a feed or sitemap in a file names."""


def read_paths(
    paths: Iterable[str | Path],
    *,
    max_bytes: int = _MAX_BYTES,
    on_read: Callable[[int, int], None] = lambda _done, _total: None,
    fetcher: Web | None = None,
) -> Iterator[Article | Skipped]:
    """Read the articles of files, folders, globs and web addresses, one after the other, in a fixed order.

    A file reached twice is read once; hidden files are left out unless named. `max_bytes` bounds a document,
    packed and unpacked; of rows of JSON Lines and tables, records of web archives and members of ZIP archives
    it bounds each. `on_read` hears how many bytes of the files have been read, and how many there are in all.
    Without a `fetcher` nothing is fetched: an address, and a page that a feed only names, is skipped.
    """
    for found in read_changed(paths, {}, max_bytes=max_bytes, on_read=on_read, fetcher=fetcher):
        if not isinstance(found, Unchanged):
            yield found


def read_changed(
    paths: Iterable[str | Path],
    known: Mapping[str, str],
    *,
    max_bytes: int = _MAX_BYTES,
    on_read: Callable[[int, int], None] = lambda _done, _total: None,
    fetcher: Web | None = None,
) -> Iterator[Article | Skipped | Unchanged]:
    """As `read_paths`, but what would give a stored article as it is stored is not read again.

    `known` has the keys of stored articles by their digests (`Catalog.digests`).
    """
    found = list(find_files(paths))
    meter = Meter((path for path in found if isinstance(path, Path)), on_read)
    for path in found:
        if isinstance(path, Skipped):
            yield path
        elif isinstance(path, str):
            yield from (
                fetcher.read(path) if fetcher else [Skipped(path, "is on the web, and nothing is fetched")]
            )
        else:
            yield from _followed(_read_file(path, max_bytes, meter, known), fetcher)


def read_bytes(
    data: bytes, source: str, content_type: str = "", *, max_bytes: int = _MAX_BYTES
) -> Iterator[Article | Link | Skipped]:
    """Read the articles of a file's bytes, and the links to pages where it is a feed or a sitemap.

    Its format is told by `content_type` and the bytes, or without that by the end of `source`. The bytes of a
    .gz may be packed or unpacked.
    """
    stream = guarded(io.BytesIO(data), source)
    if content_type:
        found = _read(stream, source, kind_of(data, content_type, source), max_bytes, {})
    elif data.startswith(_GZIP):
        found = _read_named(stream, source, max_bytes, {})
    else:
        found = _read(stream, source, kind_of_name(source), max_bytes, {})
    yield from (item for item in _skipping(found) if not isinstance(item, Unchanged))


def _followed(found: Iterator[_Found], fetcher: Web | None) -> Iterator[Article | Skipped | Unchanged]:
    """What was found in a file, and then what the links in it lead to."""
    links: list[Link] = []
    for item in found:
        if not isinstance(item, Link):
            yield item
        elif fetcher:
            links.append(item)
        else:
            yield Skipped(item.url, f"is only named, not held, by {item.source}: fetch the page to read it")
    if links and fetcher:
        yield from fetcher.follow(links)


def _read_file(path: Path, max_bytes: int, meter: Meter, known: Mapping[str, str]) -> Iterator[_Found]:
    source = shown(path)
    with meter.reading(path) as on_bytes:
        try:
            with opened(path, source, on_bytes) as stream:
                yield from _skipping(_read_named(stream, source, max_bytes, known))
        except ReadError as error:
            yield Skipped(error.source, error.reason)


def _read_named(
    stream: io.BufferedReader, source: str, max_bytes: int, known: Mapping[str, str]
) -> Iterator[_Found]:
    """Read a file or member of an archive, whose name says its format."""
    kind = kind_of_name(source)
    if source.lower().endswith(".gz") and kind != "warc":  # whose records are packed each by itself
        stream = unpacked(stream, source)
    yield from _read(stream, source, kind, max_bytes, known)


def _read(
    stream: io.BufferedReader, source: str, kind: str, max_bytes: int, known: Mapping[str, str]
) -> Iterator[_Found]:
    if kind == "zip":
        for member in archive.members(stream, source, max_bytes):
            if isinstance(member, Skipped):
                yield member
            else:
                name, inner = member
                yield from _skipping(_read_named(inner, name, max_bytes, known))
    elif kind in _STREAM_READERS:
        if not stream.peek(1):
            raise ReadError(source, "is empty")
        for found in _STREAM_READERS[kind](stream, source, max_bytes):
            yield _if_changed(found, kind, known) if isinstance(found, Article) else found
    else:
        data = read_within(stream, source, max_bytes)
        digest = digest_of_bytes(data, source) if kind in _ONE_ARTICLE else ""
        if digest in known:
            yield Unchanged(known[digest], source)
            return
        for found in _document_reader(kind, data, source)(data, source):
            yield _if_changed(found, kind, known, digest) if isinstance(found, Article) else found


def _if_changed(
    article: Article, kind: str, known: Mapping[str, str], digest: str = ""
) -> Article | Unchanged:
    digest = digest or digest_of_row(article)
    if digest in known:
        return Unchanged(known[digest], article.source)
    return replace(_finished(article, kind), digest=digest)


def _document_reader(kind: str, data: bytes, source: str) -> Callable[[bytes, str], Iterator[_Found]]:
    """The reader of a document; XML is told by its root element. Raises ReadError where there is none."""
    if kind == "xml":
        kind = kind_of(data, "", source)
        if not kind:
            root = f"<{root_of(data)}>".replace("<>", "no element")
            known = "feeds (rss, RDF, feed) and sitemaps (urlset, sitemapindex)"
            reason = f"is XML of an unknown kind: it starts with {root}; what can be read is {known}"
            raise ReadError(source, reason)
    if kind not in _DOCUMENT_READERS:
        raise ReadError(source, unsupported(source))
    return _DOCUMENT_READERS[kind]


def _skipping(found: Iterator[_Found]) -> Iterator[_Found]:
    """What was found, and in place of an error that ends it a line that says why."""
    try:
        yield from found
    except ReadError as error:
        yield Skipped(error.source, error.reason)


def _finished(article: Article, kind: str) -> Article:
    """The article with its boilerplate masked, and filled in with what its own lines say of it."""
    article = replace(article, masks=merged(article.masks, boilerplate_masks(article.text, article.title)))
    if kind not in ("html", "warc"):  # a page says it in its markup
        article = described(article)
    origin = article.origin or find_origin(article.text, article.outlet, author=article.author)
    article = replace(article, origin=origin)
    if article.language:
        return article
    open_text = "\n".join(article.text[start:end] for start, end in article.open_spans())
    return replace(article, language=detect_language(open_text))
