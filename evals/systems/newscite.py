"""newscite itself, over stores of its own that last as long as they are asked."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from evals.systems.protocol import EVERYTHING, Quoted, Reply, Said, System, SystemOver
from index.errors import InputError
from index.schema import Article, Filter, Hit, Span
from rag.schema import Answer, Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from index.embed import Embedder, Vectors
    from index.store import Store


class Answering(Protocol):
    """What answers as `rag.Pipeline` does, with roles, origins and all: evaluations of these ask it."""

    def answer(self, question: str, /, *, history: Sequence[Turn] = ..., filter: Filter = ...) -> Answer:
        """Answer the question, or abstain."""

    def search(self, question: str, /, *, k: int = ..., filter: Filter = ...) -> list[Hit]:
        """The `k` best passages, best first."""


AnsweringOver = Callable[[Sequence[Article]], AbstractContextManager[Answering]]
"""Makes something that answers from exactly these articles."""


@contextmanager
def pipeline_over(articles: Sequence[Article]) -> Iterator[Answering]:
    """newscite with its settings as they are, over a temporary store of these articles.

    Raises InputError if one of them can't be stored, for then the figures would not be the dataset's.
    """
    from rag import open_pipeline

    with (
        TemporaryDirectory(prefix="newscite-eval-") as folder,
        open_pipeline(Path(folder) / "store", create=True) as pipeline,
    ):
        _index(pipeline.store, articles)
        yield pipeline


def pipelines_loaded_once(
    chat_model: "BaseChatModel | None" = None, *, remember: bool = True
) -> AnsweringOver:
    """As `pipeline_over`, for evaluations with many stores: their pipelines share the models, which are
    loaded now, and no text is embedded twice, unless `remember` is false.

    `chat_model` is any LangChain chat model and comes before what the settings name.
    """
    from index.embed import load_embedder
    from index.store import Store
    from rag.pipeline import pipeline_maker
    from rag.settings import read_settings

    settings = read_settings()
    embedder = load_embedder(settings.embedding_model)
    embedder.embed(["warm"] * 16)
    kept = _Remembering(embedder) if remember else embedder
    pipeline_with = pipeline_maker(settings, chat_model)

    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[Answering]:
        with (
            TemporaryDirectory(prefix="newscite-eval-") as folder,
            pipeline_with(Store(Path(folder) / "store", kept, create=True)) as pipeline,
        ):
            _index(pipeline.store, articles)
            yield pipeline

    return over


class Newscite:
    """What answers as `rag.Pipeline` does, as a `System`."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def answer(self, question: str, /, *, history: Sequence[Turn] = (), filter: Filter = EVERYTHING) -> Reply:
        """Its answer as plain data."""
        return reply(self._answering.answer(question, history=history, filter=filter))

    def search(self, question: str, /, *, k: int = 10, filter: Filter = EVERYTHING) -> list[Quoted]:
        """Its passages as plain data."""
        return [quoted(hit.passage) for hit in self._answering.search(question, k=k, filter=filter)]


def reply(answer: Answer) -> Reply:
    """An answer as plain data."""
    return Reply(
        text=answer.text,
        citations=tuple(quoted(citation) for citation in answer.citations),
        confidence=answer.confidence,
        status=answer.status,
        reason=answer.reason,
        sentences=tuple(
            Said(sentence.text, tuple(marker - 1 for marker in sentence.citations))
            for sentence in answer.sentences
        ),
    )


def quoted(span: Span) -> Quoted:
    """A span as plain data."""
    return Quoted(span.article.id, span.start, span.end, span.text)


def as_systems(open: AnsweringOver) -> SystemOver:
    """The same, as systems."""

    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[System]:
        with open(articles) as answering:
            yield Newscite(answering)

    return over


class _Remembering:
    """An embedder that keeps every vector that it gave: articles are stored again and again."""

    def __init__(self, embedder: "Embedder") -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}
        self.identity = embedder.identity
        self.languages = embedder.languages
        self.count_tokens = embedder.count_tokens

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens

    def embed(self, texts: Sequence[str]) -> "Vectors":
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._embedder.embed(new), strict=True))
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])


def _index(store: "Store", articles: Sequence[Article]) -> None:
    from index.build import index_articles

    report = index_articles(store, articles)
    if report.skipped:
        first = report.skipped[0]
        raise InputError(f"an article of the dataset can't be indexed: {first.source}: {first.reason}")
