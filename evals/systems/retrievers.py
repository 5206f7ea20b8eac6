"""Any retriever as a system: it cites, from each passage that it finds, the sentence nearest to the question.

So every retriever gets the same way of quoting, with the same embedding model, and what differs is what it
finds. It never refuses, as none of the plain recipes does; how sure it is, is the score of its best passage.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evals.systems.protocol import EVERYTHING, Quoted, Reply, Said, System, SystemOver
from index.embed import Embedder, load_embedder
from index.schema import Article, Filter, filter_fields
from index.sentences import sentence_spans
from rag.schema import Turn
from rag.settings import read_settings

_CITED = 3  # passages from which a sentence is cited
_FOUND = 50  # passages looked through for those that pass a filter


@dataclass(frozen=True)
class Found:
    """A passage `[start, end)` of the article at this place in what was indexed, as the retriever tells it,
    and its score: the higher the better."""

    article: int
    start: int
    end: int
    score: float


class Retriever(Protocol):
    """Finds passages of the articles that it was made over."""

    def find(self, question: str, k: int) -> Sequence[Found]:
        """The `k` best passages, best first."""


RetrieverOver = Callable[[Sequence[Article], Path], Retriever]
"""Indexes articles, in an empty folder if it needs one."""


def quoting(retriever_over: RetrieverOver, embedder: Embedder) -> SystemOver:
    """Systems that find with this retriever, and quote with `embedder`."""

    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[System]:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="newscite-peer-") as folder:
            yield _Quoting(articles, retriever_over(articles, Path(folder)), embedder)

    return over


def loaded_embedder() -> Embedder:
    """The embedding model that the settings name, loaded now."""
    embedder = load_embedder(read_settings().embedding_model)
    embedder.embed(["warm"] * 16)
    return embedder


class _Quoting:
    def __init__(self, articles: Sequence[Article], retriever: Retriever, embedder: Embedder) -> None:
        self._articles = articles
        self._retriever = retriever
        self._embedder = embedder
        self._sentences = [[(s.start, s.end) for s in sentence_spans(article)] for article in articles]

    def answer(self, question: str, /, *, history: Sequence[Turn] = (), filter: Filter = EVERYTHING) -> Reply:
        del history  # a plain recipe looks for the question as it stands
        found = self._find(question, _CITED, filter)
        cited = self._nearest(question, found)
        return Reply(
            text=" ".join(f"{quoted.quote} [{number}]" for number, quoted in enumerate(cited, start=1)),
            citations=tuple(cited),
            confidence=found[0].score if found else 0.0,
            status="answered" if cited else "abstained",
            sentences=tuple(Said(quoted.quote, (place,)) for place, quoted in enumerate(cited)),
        )

    def search(self, question: str, /, *, k: int = 10, filter: Filter = EVERYTHING) -> list[Quoted]:
        return [self._quoted(one.article, one.start, one.end) for one in self._find(question, k, filter)]

    def _find(self, question: str, k: int, filter: Filter) -> list[Found]:
        if filter == EVERYTHING:
            return list(self._retriever.find(question, k))
        found = self._retriever.find(question, max(k, _FOUND))
        return [one for one in found if _passes(self._articles[one.article], filter)][:k]

    def _quoted(self, article: int, start: int, end: int) -> Quoted:
        text = self._articles[article].text
        return Quoted(self._articles[article].id, start, end, text[max(start, 0) : max(end, 0)])

    def _nearest(self, question: str, found: Sequence[Found]) -> list[Quoted]:
        """Of each passage the sentence nearest to the question; one that was taken is not taken again."""
        inside = [
            (place, one.article, start, end)
            for place, one in enumerate(found)
            for start, end in self._sentences[one.article]
            if one.start < end and start < one.end
        ]
        if not inside:
            return [self._quoted(one.article, one.start, one.end) for one in found]
        vectors = self._embedder.embed(
            [question, *(self._articles[article].text[start:end] for _, article, start, end in inside)]
        )
        scored = sorted(zip(vectors[1:] @ vectors[0], inside, strict=True), key=lambda pair: -pair[0])
        taken: dict[int, tuple[int, int, int]] = {}
        for _, (place, *where) in scored:
            sentence = (where[0], where[1], where[2])
            if place not in taken and sentence not in taken.values():
                taken[place] = sentence
        return [self._quoted(*taken[place]) for place in sorted(taken)]


def _passes(article: Article, filter: Filter) -> bool:
    fields: Mapping[str, str | int] = filter_fields(article)
    published = fields.get("published")
    since, until = filter.since_seconds, filter.until_seconds
    return (
        (not filter.outlet_keys or fields["outlet"] in filter.outlet_keys)
        and (not filter.language or fields["language"] == filter.language)
        and (since is None or (isinstance(published, int) and published >= since))
        and (until is None or (isinstance(published, int) and published <= until))
    )
