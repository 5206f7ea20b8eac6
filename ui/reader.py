"""A whole article to read: the quote marked where it stands, and what is masked dimmed."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile

from index.schema import Article, Mask
from rag.quoting.attribution import correction_in_words, credit, day_in_words
from ui.citing import web_address
from ui.render import escape

_MARK = "quoted"  # the id to which the page scrolls


def in_full(article: Article, start: int = 0, end: int = 0) -> str:
    """The article as HTML, `[start, end)` of it marked if that isn't empty."""
    quote = article.text[start:end]
    marked = f'<mark id="{_MARK}">{escape(quote)}</mark>' if quote else ""
    before = _dimmed(article, 0, start)
    after = _dimmed(article, end if quote else start, len(article.text))
    return f'{_head(article)}<div class="text" dir="auto">{before}{marked}{after}</div>'


def pieces(article: Article, start: int, end: int) -> Iterator[tuple[str, str]]:
    """`[start, end)` of the text as HTML, cut where masks begin and end, with the reason of each mask."""
    for mask in _masks_in(article, start, end):
        if start < mask.start:
            yield escape(article.text[start : mask.start]), ""
        yield escape(article.text[mask.start : mask.end]), mask.reason
        start = mask.end
    if start < end:
        yield escape(article.text[start:end]), ""


def _masks_in(article: Article, start: int, end: int) -> Iterator[Mask]:
    """The masks that touch `[start, end)`, no wider than that."""
    first = bisect_right(article.masks, start, key=lambda mask: mask.end)
    for mask in takewhile(lambda mask: mask.start < end, islice(article.masks, first, None)):
        yield Mask(max(mask.start, start), min(mask.end, end), mask.reason)


def _dimmed(article: Article, start: int, end: int) -> str:
    return "".join(
        f'<span class="masked" title="Never quoted: {escape(reason)}">{text}</span>' if reason else text
        for text, reason in pieces(article, start, end)
    )


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
