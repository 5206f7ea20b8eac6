"""Articles out of files: one module a format, and here the one way in.

A path is a file, a folder or a glob. Nothing is raised for bad input: whatever gives no article gives a
`Skipped` that says why, and the rest goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from index.clean import boilerplate_masks, merged
from index.errors import ReadError
from index.language import detect_language
from index.schema import Article
from index.sources import html, json_rows, markdown, text
from index.sources.files import SUFFIXES, find_files, read_within, shown, suffix_of
from index.sources.metadata import described
from index.sources.skipped import Skipped

__all__ = ["SUFFIXES", "Skipped", "read_bytes", "read_paths"]

_Reader = Callable[[bytes, str], Iterator[Article | Skipped]]
_READERS: dict[str, _Reader] = {
    **dict.fromkeys([".txt", ".text"], text.read),
    **dict.fromkeys([".md", ".markdown"], markdown.read),
    **dict.fromkeys([".html", ".htm", ".xhtml"], html.read),
    ".json": json_rows.read,
    **dict.fromkeys([".jsonl", ".ndjson"], json_rows.read_lines),
}


def read_paths(paths: Iterable[str | Path], *, max_bytes: int = 100 * 1024**2) -> Iterator[Article | Skipped]:
    """Read the articles of files, folders and globs, one after the other, in a fixed order.

    A file reached twice is read once; hidden files are left out unless named. `max_bytes` bounds a
    file's size, packed and unpacked.
    """
    for found in find_files(paths):
        if isinstance(found, Skipped):
            yield found
            continue
        try:
            data = read_within(found, max_bytes)
        except ReadError as error:
            yield Skipped(error.source, error.reason)
        else:
            yield from read_bytes(data, shown(found))


def read_bytes(data: bytes, source: str) -> Iterator[Article | Skipped]:
    """Read the articles of a file's unpacked bytes; the end of `source` says the format."""
    try:
        if not data:
            raise ReadError(source, "is empty")
        reader = _READERS.get(suffix_of(source))
        if reader is None:
            raise ReadError(source, "type not supported")
        for found in reader(data, source):
            yield _finished(found) if isinstance(found, Article) else found
    except ReadError as error:
        yield Skipped(error.source, error.reason)


def _finished(article: Article) -> Article:
    """The article with its boilerplate masked, and filled in with what its own lines say of it."""
    article = replace(article, masks=merged(article.masks, boilerplate_masks(article.text, article.title)))
    if suffix_of(article.source.rpartition("#")[0] or article.source) not in (".html", ".htm", ".xhtml"):
        article = described(article)
    if article.language:
        return article
    open_text = "\n".join(article.text[start:end] for start, end in article.open_spans())
    return replace(article, language=detect_language(open_text))
