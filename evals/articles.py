"""Articles out of the rows of data that evaluations ship with, as newscite reads what it indexes."""

from collections.abc import Mapping
from typing import Any

from index.clean import boilerplate_masks
from index.language import detect_language
from index.origin import find_origin
from index.schema import Article, Span


def article_of(row: Mapping[str, Any], source: str) -> Article:
    """The article of a row of title, outlet, published and text, with its masks, language and origin.

    The text is taken as it stands, markup and all. Raises KeyError for a missing field, ValueError for a day
    that is none.
    """
    text, outlet = row["text"], row["outlet"]
    return Article(
        key=source,
        source=source,
        text=text,
        title=row["title"],
        outlet=outlet,
        published=row["published"],
        language=detect_language(text),
        origin=find_origin(text, outlet),
        masks=boilerplate_masks(text, row["title"]),
    )


def only_span(article: Article, quote: str) -> Span:
    """The one place where `quote` stands. This makes gold, never a citation.

    Raises ValueError where it stands nowhere, several times, or touches a mask.
    """
    times = article.text.count(quote) if quote else 0
    if times != 1:
        raise ValueError(f"{quote!r} stands {times} times in {article.source}; it must stand once")
    start = article.text.index(quote)
    return Span(article, start, start + len(quote))
