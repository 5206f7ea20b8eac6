"""A whole article to read: the quote marked where it stands, and what is masked dimmed."""

from itertools import pairwise

from index.schema import Article
from rag.quoting.attribution import correction_in_words, credit, day_in_words
from ui.citing import web_address
from ui.render import escape

_MARK = "quoted"  # the id to which the page scrolls


def in_full(article: Article, start: int = 0, end: int = 0) -> str:
    """The article as HTML, `[start, end)` of it marked if that isn't empty."""
    cuts = {0, len(article.text), *(edge for mask in article.masks for edge in (mask.start, mask.end))}
    cuts |= {edge for edge in (start, end) if 0 < edge < len(article.text)}
    reasons = {mask.start: (mask.end, mask.reason) for mask in article.masks}
    written = []
    dimmed_until, reason = 0, ""
    marked = False
    for first, last in pairwise(sorted(cuts)):
        if first in reasons:
            dimmed_until, reason = reasons[first]
        piece = escape(article.text[first:last])
        if start <= first and last <= end:
            identity = "" if marked else f' id="{_MARK}"'
            written.append(f"<mark{identity}>{piece}</mark>")
            marked = True
        elif first < dimmed_until:
            told = escape(reason)
            written.append(f'<span class="masked" title="Never quoted: {told}">{piece}</span>')
        else:
            written.append(piece)
    return f'{_head(article)}<div class="text" dir="auto">{"".join(written)}</div>'


def gone() -> str:
    """What is said of an article that the store no longer has."""
    return '<p class="hint">This article is no longer in the store, or has been corrected since.</p>'


def _head(article: Article) -> str:
    title = escape(article.title or article.source)
    if address := web_address(article.url):
        title = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    about = [credit(article), article.author, day_in_words(article), correction_in_words(article)]
    masked = '<p class="hint">What is dimmed is never quoted.</p>' if article.masks else ""
    return (
        f'<h2 dir="auto">{title}</h2>'
        f'<p class="byline" dir="auto">{escape(" · ".join(filter(None, about)))}</p>{masked}'
    )
