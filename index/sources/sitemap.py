"""Sitemaps, news sitemaps and indexes of sitemaps: pages to fetch, and what is said of them."""

from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.sources.addresses import without_tracking
from index.sources.fields import Fields, language_code, moment_of, web_address
from index.sources.link import Link
from index.sources.skipped import Skipped
from index.sources.xml_items import items, local_name, words_of

_ITEMS = ("url", "sitemap")


def read(data: bytes, source: str) -> Iterator[Link | Skipped]:
    """Read a sitemap: a link for each page or sitemap that it names. Raises ReadError where there is none."""
    number = 0
    for number, (entry, is_whole) in enumerate(items(data, source, _ITEMS), 1):
        if is_whole:
            yield _link(entry, source, f"{source}#{number}")
        else:
            yield Skipped(source, f"is cut off inside entry {number}; fetch it again")
    if not number:
        raise ReadError(source, "is a sitemap that names no page")


def _link(entry: Any, source: str, row: str) -> Link | Skipped:
    said: dict[str, str] = {}
    for element in entry.iterdescendants():
        if local_name(element.getparent()) in (*_ITEMS, "news", "publication"):  # and not an image's own
            said.setdefault(local_name(element), words_of(element))
    url = web_address(said.get("loc", ""))
    if not url:
        return Skipped(row, "names no web address")
    url = without_tracking(url)
    return Link(
        url,
        source,
        Fields(
            title=said.get("title", ""),
            outlet=said.get("name", ""),
            published=moment_of(said.get("publication_date", "")),
            modified=moment_of(said.get("lastmod", "")),
            language=language_code(said.get("language", "")),
            url=url,
        ),
    )
