"""A citation to take along: a link to its very words on the live page, and forms to paste elsewhere."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from index.schema import Article
from rag.quoting.attribution import credit, day_in_words
from rag.schema import Citation

_WHOLE = 90  # characters of a quote that a link names whole; of a longer one its first and last words
_WORDS = 5  # of each end
_BIBTEX = str.maketrans({mark: f"\\{mark}" for mark in "&%$#_{}"} | {"\\": r"\textbackslash{}"})
_KEY = re.compile(r"\W+")


def web_address(url: str) -> str:
    """`url` if it is an http or https address, else nothing: no other scheme is ever linked."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


def original(citation: Citation) -> str:
    """The address of the article with a text fragment, by which a browser scrolls to the quote and marks it
    (https://wicg.github.io/scroll-to-text-fragment); nothing where there is no such address."""
    address = web_address(citation.article.url)
    if not address:
        return ""
    text = " ".join(citation.quote.split())
    words = text.split(" ")
    if len(text) <= _WHOLE or len(words) <= 2 * _WORDS:
        named = _encoded(text)
    else:
        named = f"{_encoded(' '.join(words[:_WORDS]))},{_encoded(' '.join(words[-_WORDS:]))}"
    return f"{address}{'' if '#' in address else '#'}:~:text={named}"


def forms(citation: Citation) -> Mapping[str, str]:
    """The citation as plain text, Markdown and BibTeX, by these names."""
    return {"Text": _text(citation), "Markdown": _markdown(citation), "BibTeX": _bibtex(citation)}


def _text(citation: Citation) -> str:
    article = citation.article
    about = [credit(article), article.title and f"“{article.title}”", day_in_words(article)]
    told = ", ".join(filter(None, about))
    return f"“{citation.quote}” ({told or article.source}) {web_address(article.url)}".rstrip()


def _markdown(citation: Citation) -> str:
    article = citation.article
    title = _plain(article.title or article.source)
    address = web_address(article.url)
    linked = f"[{title}](<{address.replace('<', '%3C').replace('>', '%3E')}>)" if address else title
    about = ", ".join(filter(None, (_plain(credit(article)), day_in_words(article))))
    quoted = "\n".join(f"> {_plain(line)}".rstrip() for line in citation.quote.splitlines())
    return f"{quoted}\n>\n> — {linked}{', ' + about if about else ''}"


def _bibtex(citation: Citation) -> str:
    article = citation.article
    fields = {
        "title": article.title,
        "author": article.author,
        "journal": article.outlet,
        "date": article.published[:10],
        "url": web_address(article.url),
        "note": f"“{' '.join(citation.quote.split())}”",
    }
    lines = [
        f"  {name} = {{{value if name == 'url' else value.translate(_BIBTEX)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}"])


def _key(article: Article) -> str:
    named = _KEY.sub("", f"{article.outlet.split(' ')[-1]}{article.published[:4]}")
    return f"{named or 'article'}-{article.id[:6]}"


def _plain(text: str) -> str:
    """Text in which Markdown sees no markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


def _encoded(text: str) -> str:
    """As a text fragment needs it: its own signs, comma, hyphen and ampersand, are encoded too."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
