"""Feeds: RSS 0.9 to 2.0, Atom and JSON Feed. An item with its whole text is an article, any other a link.

Fields are taken as the formats define them: https://www.rssboard.org/rss-specification,
https://www.rfc-editor.org/rfc/rfc4287, https://www.jsonfeed.org/version/1.1/.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from index.errors import ReadError
from index.schema import Article
from index.sources.addresses import without_tracking
from index.sources.fields import Fields, encodable, language_code, moment_of, plain, web_address
from index.sources.kinds import root_of
from index.sources.link import Link
from index.sources.skipped import Skipped
from index.sources.xml_items import children_of, head_of, items, local_name, markup_of, words_of

_ITEMS = ("item", "entry")
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_SHORTEST_STORY = 600  # characters from which a description may be the whole story; teasers have some 300
_LONGEST_TEASER = 2000  # a text that stops at an ellipsis after more than that is a story all the same
_MORE = (
    r"read (?:more|on|the (?:full|whole|rest)[\w ]{0,30})|(?:continue|keep) reading|full (?:story|article)"
    r"|(?:leer|ver|lee|saber) (?:más|completo|la nota[\w ]{0,20})|(?:seguir|sigue|continuar|continúa) leyendo"
    r"|(?:[إا]قر[أا]|قراءة|لقراءة) (?:المزيد|الخبر كاملا[ًَ]?|المقال كاملا[ًَ]?)|المزيد"
    r"|(?:تابع|[أا]كمل|متابعة) القراءة"
)
_TEASER_END = re.compile(
    rf"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\]|&hellip;)[\s\"”’»)]*$"
    rf"|(?:^|[\s.!?…\]])\[?(?:{_MORE})[\s\W]*$"
    rf"|(?:^|[\s.!?…\]])(?:continue reading|seguir leyendo|sigue leyendo)\b.{{0,200}}$",
    re.IGNORECASE,
)
# What WordPress sets under every item of its feeds; it is no part of the article.
_FOOTER = re.compile(
    r"\n+(?:The post .{1,300} (?:appeared first on|first appeared on) .{1,100}"
    r"|(?:La entrada|El artículo) .{1,300} (?:se publicó primero en|apareció primero en) .{1,100})\s*$"
)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_NAMED_ADDRESS = re.compile(r"\S+@\S+\s*\((.+)\)|([^@]+?)(?:\s*<\S+@\S+>|\s+\S+@\S+)")


@dataclass(frozen=True)
class _Item:
    """An item as its feed gives it. `text` is what claims to be all of it, `teaser` what may be."""

    fields: Fields
    text: str
    teaser: str
    id: str

    def found(self, feed: str, source: str) -> Article | Link | Skipped:
        """The article that the item holds, else the page it names."""
        url = self.fields.url
        if _is_story(self.text, 1) or (self.text and not url):
            return self.fields.article(source, self.text, key=self._key(feed))
        if _is_story(self.teaser, _SHORTEST_STORY if url else 1):
            return self.fields.article(source, self.teaser, key=self._key(feed))
        if url:
            return Link(url, feed, self.fields)
        return Skipped(source, "has neither a text nor a link to its page")

    def _key(self, feed: str) -> str:
        return f"{feed}#{self.id}" if self.id else ""


def read(data: bytes, source: str) -> Iterator[Article | Link | Skipped]:
    """Read an RSS or Atom feed. Raises ReadError where the data is none, or one without items."""
    root = root_of(data)
    if root not in ("rss", "rdf", "feed"):
        raise ReadError(source, f"is no feed: it starts with {f'<{root}>' if root else 'no element'}")
    feed = _feed_of(head_of(data, source, _ITEMS))
    number = 0
    for number, (element, is_whole) in enumerate(items(data, source, _ITEMS), 1):
        row = f"{source}#{number}"
        if is_whole:
            yield _xml_item(element, feed, source).found(source, row)
        else:
            yield Skipped(source, f"is cut off inside item {number}; fetch it again")
    if not number:
        raise ReadError(source, "is a feed without items")


def is_json_feed(value: object) -> bool:
    """True if a JSON value says that it is a JSON Feed."""
    return isinstance(value, dict) and bool(_JSON_FEED.match(plain(value.get("version"))))


def read_json(value: Mapping[str, Any], source: str) -> Iterator[Article | Link | Skipped]:
    """Read a JSON Feed. Raises ReadError where it has no items."""
    rows = value.get("items")
    if not isinstance(rows, list) or not rows:
        raise ReadError(source, "is a feed without items")
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            yield _json_item(row, value, source).found(source, f"{source}#{number}")
        else:
            yield Skipped(f"{source}#{number}", "is no JSON object")


@dataclass(frozen=True)
class _Feed:
    """What a feed says of itself, for the items that don't say otherwise."""

    title: str
    author: str
    language: str
    base: str


def _feed_of(head: Mapping[str, list[Any]]) -> _Feed:
    own = {name: [element for element in elements if _is_own(element)] for name, elements in head.items()}
    said = {name: elements for name, elements in own.items() if elements}
    title = _title(said)
    author = _author(said)
    above = next((list(elements[0].iterancestors()) for elements in said.values()), [])
    languages = [_first(said, name) for name in ("language", "dc:language")]
    languages += [up.get(_LANGUAGE) or "" for up in above]
    bases = [*(up.get(_BASE) or "" for up in above), _address(said.get("link", []), "")]
    return _Feed(
        title,
        "" if author == title else author,
        next(filter(None, map(language_code, languages)), ""),
        next(filter(web_address, bases), ""),
    )


def _is_own(element: Any) -> bool:
    """True for what the feed says of itself, and not of its picture or its author."""
    above = element.getparent()
    return above is not None and local_name(above) in ("channel", "feed")


def _xml_item(element: Any, feed: _Feed, source: str) -> _Item:
    said = children_of(element)
    base = urljoin(feed.base or source, element.get(_BASE) or "")
    own_id = _first(said, "guid") or _first(said, "id")
    url = _address(said.get("feedburner:origLink", []), base) or _address(said.get("link", []), base)
    contents = said.get("content:encoded", []) + [
        part for part in said.get("content", []) if not part.get("src")
    ]
    teasers = said.get("description", []) + said.get("summary", [])
    language = element.get(_LANGUAGE) or _first(said, "dc:language")
    if not url and own_id and all(guid.get("isPermaLink") != "false" for guid in said.get("guid", [])):
        url = web_address(own_id)
    return _Item(
        Fields(
            title=_title(said),
            outlet=_first(said, "dc:publisher") or _origin(said) or feed.title,
            author=_author(said) or feed.author,
            published=_moment(said, "pubDate", "published", "dc:date", "issued", "dcterms:issued"),
            modified=_moment(said, "updated", "modified", "dcterms:modified", "lastBuildDate"),
            language=language_code(language) or feed.language,
            url=without_tracking(url),
        ),
        text=next(filter(None, map(_text, contents)), ""),
        teaser=next(filter(None, map(_text, teasers)), ""),
        id=own_id,
    )


def _json_item(row: Mapping[str, Any], feed: Mapping[str, Any], source: str) -> _Item:
    own = (plain(feed.get(name)) for name in ("home_page_url", "feed_url"))
    base = next(filter(web_address, own), source)
    authors = (plain(holder.get(name)) for holder in (row, feed) for name in ("authors", "author"))
    addresses = [_joined(base, plain(row.get(name))) for name in ("url", "external_url")]
    addresses.append(plain(row.get("id")))
    return _Item(
        Fields(
            title=_bare(plain(row.get("title"))),
            outlet=plain(feed.get("title")),
            author=next(filter(None, authors), ""),
            published=moment_of(row.get("date_published")),
            modified=moment_of(row.get("date_modified")),
            language=language_code(plain(row.get("language")) or plain(feed.get("language"))),
            url=without_tracking(next(filter(None, map(web_address, addresses)), "")),
        ),
        text=_whole(row.get("content_text"), is_markup=False) or _whole(row.get("content_html")),
        teaser=_whole(row.get("summary"), is_markup=False),
        id=plain(row.get("id")),
    )


def _is_story(text: str, shortest: int) -> bool:
    is_teaser = len(text) < _LONGEST_TEASER and _TEASER_END.search(text[-300:])
    return len(text) >= shortest and not is_teaser


def _text(element: Any) -> str:
    """The element's text: what Atom calls text as it stands, anything else as the HTML that it is."""
    if element.get("type") in ("text", "text/plain") and not len(element):
        return _whole(element.text, is_markup=False)
    return _whole(markup_of(element))


def _whole(value: object, *, is_markup: bool = True) -> str:
    if not isinstance(value, str):
        return ""
    text = encodable(value)
    if is_markup:
        text = _from_markup(text)
    return _FOOTER.sub("", text).strip()


def _from_markup(markup: str) -> str:
    if not _TAG.search(markup):
        return html.unescape(markup)  # plain text, whose line breaks are its own
    from index.sources.html import fragment_text

    return fragment_text(markup)


def _title(said: Mapping[str, list[Any]]) -> str:
    return next(filter(None, (_bare(words_of(element)) for element in said.get("title", []))), "")


def _bare(title: str) -> str:
    """A title without the markup in it, which is often escaped twice."""
    return " ".join(_TAG.sub("", html.unescape(title)).split())


def _origin(said: Mapping[str, list[Any]]) -> str:
    """The feed or site that the item was taken from: RSS gives its name, Atom its whole head."""
    for element in said.get("source", []):
        children = children_of(element)
        return _title(children) if children else _bare(words_of(element))
    return ""


def _author(said: Mapping[str, list[Any]]) -> str:
    """The names of those who wrote it; RSS gives an address with the name beside it."""
    names = [_bare(words_of(element)) for element in said.get("dc:creator", [])]
    for element in said.get("author", []):
        parts = children_of(element)
        names.append(_first(parts, "name") if parts else words_of(element))
    return ", ".join(dict.fromkeys(filter(None, map(_name, names))))


def _name(author: str) -> str:
    match = _NAMED_ADDRESS.fullmatch(author)
    name = (match[1] or match[2]).strip() if match else author
    return "" if "@" in name or web_address(name) else name


def _address(links: list[Any], base: str) -> str:
    """The address of the page itself among links to it, to comments, to pictures."""
    for link in links:
        if link.get("rel") in (None, "alternate") and "html" in (link.get("type") or "html"):
            address = web_address(_joined(base, (link.get("href") or words_of(link)).strip()))
            if address:
                return address
    return ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:  # such as an unclosed [ in the host
        return ""


def _first(said: Mapping[str, list[Any]], name: str) -> str:
    return next(filter(None, (words_of(element) for element in said.get(name, []))), "")


def _moment(said: Mapping[str, list[Any]], *names: str) -> str:
    written = (words_of(element) for name in names for element in said.get(name, []))
    return next(filter(None, (moment_of(value) or _mail_moment(value) for value in written)), "")


def _mail_moment(value: str) -> str:
    """A date as in mail, of which RSS allows all that other dates don't have: years of two digits."""
    try:
        return moment_of(parsedate_to_datetime(value).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
