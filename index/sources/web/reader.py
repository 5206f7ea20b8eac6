"""Articles from the web: a page is an article, and a feed or sitemap leads to more of them.

What a page says of itself goes first; what the feed says of it fills in what it leaves open. A page that is
already stored is asked for again only if the feed says something new of it, and then by its validators.
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from index.errors import ReadError, Unreachable
from index.pages import Page
from index.schema import Article, content_id, parse_moment
from index.sources import read_bytes
from index.sources.addresses import is_web_address
from index.sources.link import Link
from index.sources.skipped import Skipped
from index.sources.streams import read_within, unpacked
from index.sources.web.fetch import Fetched, Fetcher, address_of

_UNTOLD = "application/octet-stream"  # RFC 9110, 8.3: what has no type may be taken for this
_GZIP = b"\x1f\x8b"
_DEEPEST = 3  # a sitemap index, its sitemaps, their pages
_PATIENCE = (
    3  # tries of one page; and pages of one host that fail in a row before the rest are left for later
)
_FILLED = ("title", "outlet", "author", "published", "modified", "language")
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")

_Found = Article | Skipped


class WebReader:
    """One run over the web: turns addresses and links into articles, each page once.

    `known` is what the store remembers by address, and `stored` the source of each of its articles by key.
    At most `max_pages` pages that feeds and sitemaps name are asked for. `failed` counts, over several runs,
    how often a page gave no article; after a few times it is passed over until its feed says something new
    of it. `on_page` is told how many pages have been fetched, and the address at hand.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        known: Mapping[str, Page] | None = None,
        stored: Mapping[str, str] | None = None,
        max_pages: int = 500,
        failed: Counter[str] | None = None,
        on_page: Callable[[int, str], None] = lambda _count, _url: None,
    ) -> None:
        self.fresh: list[Page] = []  # what to remember once the articles given so far are stored
        self.unchanged = 0  # articles that were not given, for they are stored as they are
        self.wait = 0  # the seconds for which the addresses that were read ask to be left alone
        self._fetcher = fetcher
        self._known = known or {}
        self._stored = stored or {}
        self._max_pages = max_pages
        self._failed = Counter() if failed is None else failed  # by address and entry
        self._on_page = on_page
        self._given = self._fetched = self._followed = 0
        self._visited: set[str] = set()
        self._failures: Counter[str] = Counter()  # by host, one after the other

    def read(self, url: str) -> Iterator[_Found]:
        """The articles of what stands at `url`, and of the pages that it names if it is a feed or sitemap."""
        try:
            address = address_of(url)
        except ReadError as error:
            yield Skipped(error.source, error.reason)
            return
        if address not in self._visited:
            yield from self._visit(address, None, 0)

    def follow(self, links: Sequence[Link]) -> Iterator[_Found]:
        """The articles of the pages that a feed or sitemap in a file names."""
        yield from self._follow(links, links[0].source, 0)

    def _visit(self, url: str, link: Link | None, depth: int) -> Generator[_Found, None, bool]:
        """Give what stands at `url`; returns False if whoever names it must be read again for its sake."""
        self._visited.add(url)
        before = self._held(url) or Page(url)
        entry = _entry(link) if link else before.entry
        self._on_page(self._fetched, url)
        try:
            fetched = self._fetcher.get(url, etag=before.etag, last_modified=before.last_modified)
        except Unreachable as error:
            self._failures[_host(url)] += 1
            if not depth:
                self.wait = max(self.wait, int(error.wait))
            yield Skipped(url, error.reason)
            return False
        except ReadError as error:
            self._failed[url + entry] += 1
            yield Skipped(url, error.reason)
            return True
        self._fetched += 1
        self._failures[_host(url)] = 0
        if not depth:
            self.wait = max(self.wait, fetched.max_age, _ttl(fetched.data))
        page = replace(before, etag=fetched.etag, last_modified=fetched.last_modified, entry=entry)
        if not fetched.is_unchanged:
            return (yield from self._read(fetched, page, link, depth))
        self.unchanged += page.articles
        self.fresh.append(page)
        return bool(page.key)

    def _read(
        self, fetched: Fetched, page: Page, link: Link | None, depth: int
    ) -> Generator[_Found, None, bool]:
        met = self._given + self.unchanged
        links: list[Link] = []
        key, is_whole = "", True
        for found in self._parsed(fetched):
            if isinstance(found, Link):
                links.append(found)
            elif isinstance(found, Article):
                article = self._placed(found, page.url, fetched.url, link)
                self._given += 1
                key = article.key
                yield article
            else:  # what is wrong is told of the address asked for
                yield replace(found, source=found.source.replace(fetched.url, page.url, 1))
        if links:
            is_whole = yield from self._follow(links, page.url, depth)
        articles = self._given + self.unchanged - met
        is_page = articles == 1 and not links
        if is_whole and (articles or links):
            self.fresh.append(replace(page, key=key if is_page else "", articles=articles))
        elif is_whole:
            self._failed[page.url + page.entry] += 1
        return is_page or not articles  # a feed or sitemap may gain pages while what names it stays the same

    def _parsed(self, fetched: Fetched) -> Iterator[_Found | Link]:
        try:
            data = fetched.data
            if data.startswith(_GZIP):  # a .gz itself, as sitemaps often are
                data = read_within(
                    unpacked(io.BytesIO(data), fetched.url), fetched.url, self._fetcher.max_bytes
                )
        except ReadError as error:
            yield Skipped(error.source, error.reason)
        else:
            content_type = fetched.content_type or _UNTOLD
            yield from read_bytes(
                _in_utf8(data, content_type), fetched.url, content_type, max_bytes=self._fetcher.max_bytes
            )

    def _placed(self, article: Article, url: str, final: str, link: Link | None) -> Article:
        """The article under its canonical address, with what the feed says where it is silent itself."""
        own = _address(article.url)
        if article.source == final:
            said = link.fields if link else None
            silent: dict[str, Any] = {
                name: getattr(said, name, "") for name in _FILLED if not getattr(article, name)
            }
            # No site may speak for another: its page would take the place of the other's article.
            key = own if own and _is_one_site(own, final) else address_of(final)
            article = replace(article, key=key, source=url, url=article.url or key, **silent)
        elif own:
            # An item of a feed is known by its own address, for its place changes with each new one.
            key = own if _is_one_site(own, final) else f"{url}#{own}"
            article = replace(article, key=key, source=url)
        before = self._stored.get(article.key, "")  # another feed may name the page by another address
        return replace(article, source=before) if is_web_address(before) else article

    def _follow(self, links: Sequence[Link], source: str, depth: int) -> Generator[_Found, None, bool]:
        """Give what the links lead to; returns False if what names them must be read again."""
        if depth >= _DEEPEST:
            yield Skipped(
                source, "is named by sitemaps of sitemaps of sitemaps; give its own address to read it"
            )
            return True
        due, is_whole = self._due(links), True
        left: Counter[str] = Counter()
        for number, (url, link) in enumerate(due):
            if self._followed >= self._max_pages:
                limit, more = self._max_pages, len(due) - number
                yield Skipped(
                    source,
                    f"names more pages than the limit of {limit} a run, {more:,} more; "
                    "run it again for the next ones, or raise --max-pages",
                )
                return False
            if self._failures[_host(url)] >= _PATIENCE:
                left[_host(url)] += 1
                continue
            self._followed += 1
            is_settled = yield from self._visit(url, link, depth + 1)
            is_whole = is_whole and is_settled
        for host, count in left.items():
            yield Skipped(
                source,
                f"{count} of its pages were not asked for, for {_PATIENCE} in a row failed on {host}; "
                "try again later",
            )
        return is_whole and not left

    def _due(self, links: Sequence[Link]) -> list[tuple[str, Link]]:
        """The pages to ask for, each once, and the newest first where not all may be."""
        due: dict[str, Link] = {}
        for link in links:
            url = _address(link.url, link.source)
            page, entry = self._held(url), _entry(link)
            if url in self._visited or url in due or self._failed[url + entry] >= _PATIENCE:
                continue
            if page and page.entry == entry and (page.key or link.modified):
                self.unchanged += page.articles
            else:
                due[url] = link
        found = list(due.items())
        if len(found) > self._max_pages - self._followed:
            found.sort(key=lambda pair: _moment(pair[1].modified), reverse=True)
        return found

    def _held(self, url: str) -> Page | None:
        """What is remembered of `url`, if the article it gave is still stored."""
        page = self._known.get(url)
        return page if page and (not page.key or page.key in self._stored) else None


def _address(url: str, base: str = "") -> str:
    """`url` as it is fetched, or as it stands where it is none."""
    try:
        return address_of(url, base if is_web_address(base) else "") if url else ""
    except ReadError:
        return url


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _entry(link: Link) -> str:
    """A hash of what changes in a feed when a page does."""
    return content_id(link.fields.title, link.fields.published, link.fields.modified)


def _moment(value: str) -> float:
    return parse_moment(value).timestamp() if value else float("-inf")


def _ttl(data: bytes) -> int:
    """The seconds for which an RSS feed says it may be kept: its ttl, in minutes. Nothing else has such."""
    found = _TTL.search(data)
    return int(found[1]) * 60 if found else 0


def _in_utf8(data: bytes, content_type: str) -> bytes:
    """Text in the encoding that only the server names, as UTF-8; all else as it is."""
    charset = _CHARSET.search(content_type)
    if not charset or not content_type.lower().startswith(_TEXT_TYPES):
        return data
    try:
        data.decode("utf-8")  # first, for servers often name one encoding for all their pages
    except UnicodeDecodeError:
        try:
            return data.decode(charset[1]).encode("utf-8")
        except (LookupError, ValueError):
            return data
    return data


def _is_one_site(one: str, other: str) -> bool:
    """True if two addresses are of one registered domain, as www.herald.example and m.herald.example are."""
    from courlan import extract_domain

    sites = [extract_domain(address) or urlsplit(address).hostname for address in (one, other)]
    return sites[0] == sites[1]
