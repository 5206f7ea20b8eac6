"""What an HTML page says of itself: title, outlet, author, dates, language and address.

Each field is asked of the page's JSON-LD, its meta tags, its microdata and its visible marks, in the order
of how far each is to be believed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.language import detect_language
from index.origin import byline_agency
from index.schema import parse_moment
from index.sources.bylines import names_an_agency, people
from index.sources.fields import Fields, language_code, moment_of, plain
from index.sources.html.json_ld import JsonLd
from index.sources.html.own_address import own_address
from index.sources.html.page_marks import marked_bylines, signed_lines, visible_dates
from index.sources.html.page_outlet import best_outlet, name_key, without_site

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date"),
    *("sailthru.date", "article.published", "article:published", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "dc.date.created", "publish-date", "publish_date", "publication_date", "pubdate"),
    *("published-date", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate"),
    *("date.issued", "dc.date", "dcterms.date", "date"),
)
_MODIFIED = (
    *("article:modified_time", "og:article:modified_time", "datemodified", "article.updated"),
    *("article:modified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "last_updated"),
    *("article_date_updated", "og:updated_time"),
)
_OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name", "publisher", "cre")
_AUTHORS = (
    *("author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator"),
    *("dcterms.creator", "dc.contributor", "byl", "article.author", "cxenseparse:author"),
)
_LANGUAGES = ("og:locale", "dc.language", "dcterms.language", "content-language", "language")
_WITH_ZONE = len("2026-01-17T20:37:00+01:00")
_ENOUGH_TEXT = 300  # characters from which a detected language is beyond doubt


@dataclass(frozen=True)
class Page:
    """A page's lxml `tree`, its own `address` if that is known, and what has been read of its head."""

    tree: Any
    address: str
    metas: Mapping[str, str]
    json_ld: JsonLd
    headings: tuple[str, ...]
    said: Mapping[str, Any]

    @classmethod
    def of(cls, tree: Any, address: str = "") -> "Page":
        """Read the head of a page."""
        metas = _metas(tree)
        headings = tuple(filter(None, (_text(heading) for heading in tree.iter("h1"))))
        json_ld = JsonLd.of(tree)
        titles = [metas.get("og:title", ""), *headings, _text_of(tree, "//title")]
        return cls(tree, address, metas, json_ld, headings, json_ld.article(titles))

    @property
    def body(self) -> str:
        """The article's text as JSON-LD has it, which may be markup, a teaser, or ""."""
        body = self.said.get("articleBody")
        return body if isinstance(body, str) else ""

    def fields(self) -> Fields:
        """Read what the page says of its article; the language as it is declared."""
        url = self._url()
        outlet = self._outlet(url)
        published = self._published()
        return Fields(
            title=self._title(outlet),
            outlet=outlet,
            author=self._author(outlet),
            published=published,
            modified=self._modified(published),
            language=self._language(),
            url=url,
            origin=self._origin(outlet),
        )

    def _title(self, outlet: str) -> str:
        """The headline a reader sees, where it is one of those that the page gives for machines.

        These may be cut short or written for a search engine; but the largest heading may be the site's name.
        """
        given = [
            unescape(plain(self.said.get("headline"))),
            self.metas.get("og:title", ""),
            *self._microdata("headline"),
            self.metas.get("twitter:title", ""),
        ]
        of_page = _text_of(self.tree, "//head/title") or _text_of(self.tree, "//title")
        titles = [without_site(title, outlet) for title in list(filter(None, given)) or [of_page] if title]
        for heading in self.headings:
            if any(_is_like(heading, title) for title in titles):
                return heading
        return next(iter(titles), "") or next(iter(self.headings), "")

    def _outlet(self, url: str) -> str:
        return best_outlet(
            [
                *self.json_ld.names(self.said.get("publisher")),
                *(self.metas.get(name, "") for name in _OUTLETS),
                *self._microdata("publisher"),
                self.json_ld.site(),
            ],
            title=_text_of(self.tree, "//title"),
            host=urlsplit(url).hostname or "",
            handle=self.metas.get("twitter:site", ""),
        )

    def _author(self, outlet: str) -> str:
        for names in self._bylines():
            found = people(names, outlet)
            if found or any(map(names_an_agency, names)):
                return ", ".join(found)
        return ""

    def _origin(self, outlet: str) -> str:
        """The agency that the page gives as author, alone or beside a writer, which is no person's name."""
        given = self.json_ld.names(self.said.get("author"))
        return byline_agency([*given, *(name for names in self._bylines() for name in names)], outlet)

    def _bylines(self) -> Iterator[list[str]]:
        """What the page gives as its author, in each place where it does."""
        for field in ("author", "creator"):
            value = self.said.get(field)
            rows = value if isinstance(value, list) else [value]
            yield self.json_ld.names([row for row in rows if "Organization" not in self.json_ld.kind_of(row)])
        yield [self.metas[name] for name in _AUTHORS if name in self.metas][:1]
        yield self._microdata("author")
        yield [_text(link) for link in self.tree.xpath("//*[contains(concat(' ', @rel, ' '), ' author ')]")][
            :3
        ]
        yield from ([line] for line in marked_bylines(self.tree))
        for line in signed_lines(self.tree):
            yield [name for name in people([line]) if " " in name]

    def _published(self) -> str:
        return _first_moment(
            [
                self.said.get("datePublished"),
                *(self.metas.get(name) for name in _PUBLISHED),
                *self._microdata("datePublished"),
                *self.tree.xpath("//time[@pubdate]/@datetime"),
                self.said.get("dateCreated"),
                *visible_dates(self.tree, updated=False),
                lambda: _htmldate(self.tree),  # asked only where nothing else gives a date
            ]
        )

    def _modified(self, published: str) -> str:
        """When the page says that it was changed; an earlier moment than its publication is a mistake."""
        modified = _first_moment(
            [
                self.said.get("dateModified"),
                *(self.metas.get(name) for name in _MODIFIED),
                *self._microdata("dateModified"),
                *visible_dates(self.tree, updated=True),
            ]
        )
        if not modified or not published:
            return modified
        if min(len(modified), len(published)) == len("2026-01-17"):
            return modified if modified[:10] >= published[:10] else ""
        return modified if parse_moment(modified) >= parse_moment(published) else ""

    def _language(self) -> str:
        declared = [
            plain(self.said.get("inLanguage")),
            self.tree.get("lang") or self.tree.get("xml:lang") or self.tree.get("{*}lang") or "",
            *(self.metas.get(name, "") for name in _LANGUAGES),
        ]
        return next(filter(None, map(language_code, declared)), "")

    def _url(self) -> str:
        main = self.said.get("mainEntityOfPage")
        return own_address(
            [
                *self.tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href"),
                self.metas.get("og:url", ""),
                plain(self.said.get("url")),
                plain(main.get("@id") if isinstance(main, dict) else main),
                self.address,
            ],
            base=urljoin(self.address, _text_of(self.tree, "//base/@href")),
        )

    def _microdata(self, name: str) -> list[str]:
        """The values of a microdata property of the page's first article."""
        found = []
        for element in self.tree.xpath(f"//*[contains(concat(' ', @itemprop, ' '), ' {name} ')]"):
            scope = next((a for a in element.iterancestors() if a.get("itemscope") is not None), None)
            if scope is not None and "Article" not in (scope.get("itemtype") or "Article"):
                continue
            inner = element.xpath(".//*[contains(concat(' ', @itemprop, ' '), ' name ')]")
            for value in inner or [element]:
                found.append(value.get("content") or value.get("datetime") or _text(value))
        return list(filter(None, found))[:5]


def language_of(text: str, declared: str) -> str:
    """The language of an article: as declared, unless its words say otherwise, for templates are copied.

    Related languages are easily taken for each other: both ends of the text must say the same.
    """
    if len(text) < _ENOUGH_TEXT:
        return declared
    half = min(len(text) // 2, 1500)
    found = {detect_language(text[:half]), detect_language(text[-half:])}
    return found.pop() or declared if len(found) == 1 else declared


def _metas(tree: Any) -> dict[str, str]:
    """The page's meta tags by their name in lower case; the first of a name wins."""
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        names = (meta.get("property"), meta.get("name"), meta.get("itemprop"), meta.get("http-equiv"))
        value = unescape(plain(meta.get("content")))  # often escaped twice
        for name in filter(None, names):
            if value:
                metas.setdefault(name.strip().lower(), value)
    return metas


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _text_of(tree: Any, path: str) -> str:
    found = next(iter(tree.xpath(path)), "")
    return " ".join(found.split()) if isinstance(found, str) else _text(found)


def _is_like(one: str, other: str) -> bool:
    """True if two titles share half of their words, or one begins the other."""
    mine, theirs = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    if not mine or not theirs:
        return name_key(one) == name_key(other)
    return len(mine & theirs) * 2 >= len(mine | theirs) or name_key(one).startswith(name_key(other))


def _first_moment(candidates: Iterable[Any]) -> str:
    """The first clear moment; of those on its day, the one that says most: a zone, a time, a date."""
    first = ""
    for candidate in candidates:
        if len(first) >= _WITH_ZONE or (callable(candidate) and first):
            break
        moment = moment_of(candidate() if callable(candidate) else candidate)
        if moment and (not first or (moment[:10] == first[:10] and len(moment) > len(first))):
            first = moment
    return first


def _htmldate(tree: Any) -> str:
    """htmldate's finding, from what the page marks as its date; never the first date in its prose."""
    from htmldate import find_date as find_page_date

    try:
        return str(find_page_date(deepcopy(tree), original_date=True, extensive_search=False) or "")
    except Exception:  # any bytes may be called .html
        return ""
