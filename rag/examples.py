"""Questions to start from, taken from what is indexed."""

from collections.abc import Iterator
from itertools import islice

from index.schema import Article
from rag.pipeline import Pipeline

_CONSIDERED = 40  # of the newest articles
_LONGEST_TITLE = 200  # characters
_FORMS = {
    "en": "What is reported about “{title}”?",
    "es": "¿Qué se informa sobre «{title}»?",
    "ar": "ماذا ورد عن «{title}»؟",
}


def example_questions(pipeline: Pipeline, count: int) -> list[str]:
    """Up to `count` questions on the newest headlines, one an outlet as far as that goes, each of which the
    articles answer. Whether they do is told without a chat model."""
    quoting = Pipeline(pipeline.store)
    articles = list(islice(pipeline.store.catalog.articles(), _CONSIDERED))
    questions = (
        _FORMS.get(article.language, _FORMS["en"]).format(title=article.title.rstrip(" ."))
        for article in _one_an_outlet_first(articles)
        if 0 < len(article.title) <= _LONGEST_TITLE
    )
    return list(islice((question for question in questions if quoting.answer(question).sentences), count))


def _one_an_outlet_first(articles: list[Article]) -> Iterator[Article]:
    seen: set[str] = set()
    later = []
    for article in articles:
        if article.outlet in seen:
            later.append(article)
        else:
            seen.add(article.outlet)
            yield article
    yield from later
