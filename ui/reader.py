"""A whole article to read: the quote marked where it stands, and what is masked dimmed."""

from index.schema import Article
from rag.quoting.attribution import correction_in_words, credit, day_in_words
from ui.article_text import as_paragraphs
from ui.citing import web_address
from ui.render import escape
from ui.wording import headline


def in_full(article: Article, start: int = 0, end: int = 0) -> str:
    """The article as HTML, `[start, end)` of it marked if that isn't empty."""
    return f'{_head(article)}<div class="text">{as_paragraphs(article, start, end)}</div>'


def gone() -> str:
    """What is said of an article that the store no longer has."""
    return '<p class="hint">This article is no longer in the store, or has been corrected since.</p>'


def _head(article: Article) -> str:
    title = escape(headline(article))
    if address := web_address(article.url):
        title = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    about = [credit(article), article.author, day_in_words(article), correction_in_words(article)]
    return (
        f'<h2 dir="auto">{title}</h2>'
        f'<p class="byline" dir="auto">{escape(" · ".join(filter(None, about)))}</p>'
    )
