"""HTML pages: the article's own text, and what the page says of itself."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from typing import Any

from index.errors import ReadError
from index.schema import Article
from index.sources.decode import decode_page
from index.sources.fields import Fields, encodable, language_code, moment_of, plain, web_address

_ARTICLE_TYPE = re.compile(r"\w*Article|BlogPosting|LiveBlogPosting|Report")
_UNSEEN = frozenset(["script", "style", "noscript", "template", "iframe", "svg", "head", "form", "button"])
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
        *("pre", "section", "table", "tr", "ul"),
    ]
)
_DEEPEST = 12  # objects and lists inside each other in JSON-LD
_DATE_METAS = (
    *(
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
    ),
    *("article.published", "dc.date.issued", "dcterms.created", "publish-date", "pubdate", "date"),
)
_NOT_AN_AUTHOR = re.compile(r"https?://|@")
_AROUND_AUTHOR = re.compile(  # what trafilatura takes along from "By Jane Doe, November 15"
    r"^[Bb]y\s+|[\s,]+(?i:published|updated|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)$"
)


def read(data: bytes, source: str) -> Iterator[Article]:
    """Read an HTML page. Raises ReadError where no article text is found in it."""
    page = encodable(decode_page(data, source))
    tree = _tree(page)
    if tree is None:
        raise ReadError(source, "holds no text")
    found = _extracted(tree)
    text = str(found.text or "") if found else ""
    if not any(character.isalpha() for character in text):
        raise ReadError(source, "holds no article text; if scripts build the page, save it from a browser")
    fields = _fields(tree, found)
    yield fields.article(source, text)


def fragment_text(markup: str) -> str:
    """Give the text of an HTML fragment that is all article, with a blank line between blocks.

    >>> fragment_text("<p>Rain fell.</p><p>Nobody came.<br>Nobody.</p>")
    'Rain fell.\\n\\nNobody came.\\nNobody.'
    """
    tree = _tree(f"<div>{markup}</div>")
    text = "" if tree is None else "".join(_pieces(tree))
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _tree(page: str) -> Any:
    from lxml import etree, html

    try:
        # As bytes: lxml refuses a str that declares an encoding of its own.
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _pieces(tree: Any) -> Iterator[str]:
    """The visible text, with line breaks where a reader sees them."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _UNSEEN:
            walk.skip_subtree()
        if element.tag in _BLOCKS:
            yield "\n\n"
        elif element.tag == "br" and event == "start":
            yield "\n"
        elif element.tag in ("td", "th") and event == "end":
            yield " "
        words = element.tail if event == "end" else "" if element.tag in _UNSEEN else element.text
        yield re.sub(r"[ \t\r\n\f]+", " ", words or "")


def _extracted(tree: Any) -> Any:
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            deepcopy(tree),  # it is taken apart; and a bare "<p>" as text would not count as a page
            include_comments=False,
            include_tables=True,
            favor_precision=True,  # on shared/data/article_extraction F1 .971, without it .960
            with_metadata=True,
            # Only dates that the page marks as its own; not the first one in its prose.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:  # any bytes may be called .html, and one page must not stop the reading
        return None


def _fields(tree: Any, found: Any) -> Fields:
    """The page's fields: from its JSON-LD, then its meta tags, then what trafilatura makes of it."""
    said = _json_ld_article(tree)
    metas = _metas(tree)
    outlet = _publisher(said, tree) or metas.get("og:site_name", "").lstrip("@")
    title = unescape(plain(said.get("headline"))) or metas.get("og:title", "") or plain(found.title)
    return Fields(
        title=_without_site(title, outlet),
        outlet="" if web_address(outlet) else outlet,
        author=_author(said, found),
        published=_published(tree, said, metas) or moment_of(found.date),
        language=language_code(
            plain(said.get("inLanguage")) or tree.get("lang") or tree.get("{*}lang") or ""
        ),
        url=_canonical(tree) or web_address(metas.get("og:url", "")),
    )


def _published(tree: Any, said: dict[str, Any], metas: dict[str, str]) -> str:
    candidates = [said.get("datePublished"), *(metas.get(name) for name in _DATE_METAS)]
    candidates += tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    candidates += tree.xpath("//*[@itemprop='datePublished']/@content")
    return next(filter(None, map(moment_of, candidates)), "")


def _publisher(said: dict[str, Any], tree: Any) -> str:
    """The publisher's name; JSON-LD may give no more than the id of an object elsewhere on the page."""
    publisher = said.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    if isinstance(publisher, dict):
        name, own_id = publisher.get("name"), publisher.get("@id")
        others = (row.get("name") for row in _json_ld(tree) if own_id and row.get("@id") == own_id)
        publisher = name or next(filter(None, others), "")
    name = unescape(plain(publisher))
    return "" if web_address(name) else name


def _without_site(title: str, outlet: str) -> str:
    """A page title without the site's name after a bar or a dash: "Rain fell | The Herald"."""
    site = re.sub(r"\W", "", outlet).casefold()
    for bar in (" | ", " – ", " — ", " - "):
        head, _, tail = title.rpartition(bar)
        end = re.sub(r"\W", "", tail).casefold()
        if head and site and end and (site in end or end in site):
            return head.strip()
    return title


def _author(said: dict[str, Any], found: Any) -> str:
    author = unescape(plain(said.get("author")))
    if not author or _NOT_AN_AUTHOR.search(author):
        author = plain(found.author).replace("; ", ", ")
    return _AROUND_AUTHOR.sub("", author)


def _canonical(tree: Any) -> str:
    return next(
        filter(
            None, (web_address(str(link).strip()) for link in tree.xpath("//link[@rel='canonical']/@href"))
        ),
        "",
    )


def _metas(tree: Any) -> dict[str, str]:
    """The page's meta tags by their name in lower case; the first of a name wins."""
    metas: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), unescape(plain(meta.get("content"))))  # often escaped twice
    return metas


def _json_ld_article(tree: Any) -> dict[str, Any]:
    """The first object of the page's JSON-LD that describes an article, or an empty one."""
    return next((row for row in _json_ld(tree) if _is_article(row.get("@type"))), {})


def _is_article(kinds: Any) -> bool:
    return any(_ARTICLE_TYPE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield from _objects(json.loads(script.strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            continue  # pages often carry a broken block beside good ones


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
