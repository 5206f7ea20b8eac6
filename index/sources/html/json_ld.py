'''What a page says of itself in JSON-LD: schema.org objects in scripts, often broken, often about others too.

>>> from lxml import html
>>> page = html.fromstring("""<div><script type="application/ld+json">
...     {"@type": "NewsArticle", "headline": "Rain", "author": {"@id": "#ana"},}
...     {"@id": "#ana", "name": "Ana Roa"}</script></div>""")
>>> about = JsonLd.of(page)
>>> about.article(["Rain"])["headline"], about.names({"@id": "#ana"})
('Rain', ['Ana Roa'])
'''

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from index.sources.fields import plain

_ARTICLE = re.compile(r"(?:.*[/#:])?(?:\w*Article|\w*BlogPosting|Report|Review)")
_PAGE = re.compile(r"(?:.*[/#:])?(?:WebPage|ItemPage|CreativeWork|NewsItem)")
_SITE = re.compile(r"(?:.*[/#:])?(?:NewsMediaOrganization|Organization|WebSite|Newspaper|Periodical)")
_OUTER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>|;)\s*$"
)
_LOST_COMMA = re.compile(r",(?=\s*[}\]])")
_WRONG_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_PLAIN_MEMBER = re.compile(
    r'"(headline|datePublished|dateModified|inLanguage|articleBody)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*[,}\n]'
)
_DEEPEST = 12  # objects and lists inside each other
_DECODER = json.JSONDecoder(strict=False)  # line breaks within strings are common


@dataclass(frozen=True)
class JsonLd:
    """Every object of a page's JSON-LD, outer ones first."""

    objects: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, tree: Any) -> "JsonLd":
        """Read the scripts of an lxml `tree`; a script that can't be mended gives only its plain fields."""
        scripts = tree.xpath("//script[starts-with(@type, 'application/ld+json')]/text()")
        return cls(tuple(row for script in scripts for value in _values(script) for row in _inside(value)))

    def article(self, titles: Sequence[str]) -> Mapping[str, Any]:
        """The object that describes the page's own article, or an empty one.

        Pages describe related articles as well: it is the one whose headline is most like one of `titles`,
        and among equals the first. Where no object is an article, one that describes a page may do.
        """
        for kind in (_ARTICLE, _PAGE):
            rows = [row for row in self.objects if _is(kind, row) and (kind is _ARTICLE or _is_dated(row))]
            if rows:
                return max(rows, key=lambda row: _likeness(row, titles))
        return {}

    def names(self, value: Any) -> list[str]:
        """The names in a field such as `author`: of objects, of texts, of objects elsewhere by their @id."""
        values = value if isinstance(value, list) else [value]
        return list(filter(None, (unescape(plain(self._named(item))) for item in values)))

    def site(self) -> str:
        """The name of the site or of who runs it, where the page speaks of one only."""
        names = {plain(row.get("name")) for row in self.objects if _is(_SITE, row)} - {""}
        return unescape(names.pop()) if len(names) == 1 else ""

    def kind_of(self, value: Any) -> str:
        """The type of an object, such as "Person"; "" for anything else."""
        return plain(self._resolved(value).get("@type")) if isinstance(value, dict) else ""

    def _named(self, value: Any) -> Any:
        return self._resolved(value).get("name", "") if isinstance(value, dict) else value

    def _resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        """The object, or the one that it only points at."""
        own_id = value.get("@id")
        if "name" in value or not isinstance(own_id, str):
            return value
        return next((row for row in self.objects if row.get("@id") == own_id and row.get("name")), value)


def _values(script: str) -> Iterator[Any]:
    """The values of a script, mended where that is needed."""
    while (bare := _OUTER.sub("", script)) != script:
        script = bare
    for text in (script, _WRONG_ESCAPE.sub("", _LOST_COMMA.sub("", script)), unescape(script)):
        try:
            yield from list(_decoded(text))
        except (ValueError, RecursionError):
            continue
        return
    kind = re.search(r'"@type"\s*:\s*\[?\s*"([^"]+)"', script)
    if kind and _ARTICLE.fullmatch(kind[1]):
        members = {name: value.replace('\\"', '"') for name, value in reversed(_PLAIN_MEMBER.findall(script))}
        yield {"@type": kind[1], **members}


def _decoded(text: str) -> Iterator[Any]:
    """The values in `text`, one after the other. Raises ValueError."""
    at = 0
    while at < len(text.rstrip(" \t\r\n;,")):
        value, at = _DECODER.raw_decode(text, len(text) - len(text[at:].lstrip(" \t\r\n;,")))
        yield value


def _inside(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _inside(item, depth + 1)


def _is(kind: re.Pattern[str], row: Mapping[str, Any]) -> bool:
    kinds = row.get("@type")
    return any(kind.fullmatch(str(name)) for name in (kinds if isinstance(kinds, list) else [kinds]))


def _is_dated(row: Mapping[str, Any]) -> bool:
    return bool(row.get("datePublished"))


def _likeness(row: Mapping[str, Any], titles: Iterable[str]) -> float:
    """The share of words that a row's headline has in common with one of `titles`; 0 without a headline."""
    own = _words(plain(row.get("headline")) or plain(row.get("name")))
    shares = (len(own & other) / len(own | other) for title in titles if (other := _words(title)) and own)
    return max(shares, default=0.0)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unescape(text).casefold()))
