"""Who says it and when, in the reader's language."""

import pytest

from index.schema import Article, Span
from rag.attribution import introduce

TEXT = "It rained."
DATED = {"outlet": "Ledger", "published": "2031-05-04"}
LATE = {"outlet": "Ledger", "published": "2031-05-04T23:30:00-05:00"}  # another day in UTC


def article(**fields: str) -> Article:
    return Article(key="a", source="/news/rain.txt", text=TEXT, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "language", "words"),
    [
        (DATED, "en", "Ledger reported on 4 May 2031: “It rained.”"),
        (LATE, "en", "Ledger reported on 4 May 2031: “It rained.”"),
        ({"outlet": "Ledger"}, "en", "Ledger reported: “It rained.”"),
        ({"title": "Rain"}, "en", "The article “Rain” reported: “It rained.”"),
        ({}, "en", "The article in rain.txt reported: “It rained.”"),
        (DATED, "es", "Ledger informó el 4 de mayo de 2031: «It rained.»"),
        (DATED, "ar", "ذكر Ledger في 4 مايو 2031: «It rained.»"),
        ({"outlet": "Ledger"}, "fr", "Ledger reported: “It rained.”"),
    ],
)
def test_introduces_a_quote(fields: dict[str, str], language: str, words: str) -> None:
    assert introduce(Span(article(**fields), 0, len(TEXT)), language) == words


def test_more_of_the_same_article_is_not_introduced_again() -> None:
    span = Span(article(outlet="Ledger"), 0, len(TEXT))

    assert introduce(span, "en", already=1) == "It also wrote: “It rained.”"
    assert introduce(span, "en", already=2) == introduce(span, "en", already=3) == "It added: “It rained.”"
