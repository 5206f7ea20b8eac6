"""Ask a system every question of a dataset and keep what came of each.

The default system is newscite itself: the articles in a store of their own, asked through the same
`Pipeline.answer` and `Pipeline.search` as everyone uses. Anything else that answers and searches can be
put in its place.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evals.metrics import Place, Trial, in_boilerplate, is_right, points_exactly
from evals.schema import Dataset, Progress, Question, silent, spread
from index.errors import InputError
from index.schema import Article, Filter, Hit, Span
from rag.schema import Answer, Citation, Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from index.embed import Embedder, Vectors
    from index.store import Store

SEARCH_DEPTH = 10  # the deepest any retrieval metric looks: MRR@10, Hits@10
FOLDS = 2


class System(Protocol):
    """What can be evaluated; `rag.Pipeline` is one."""

    def answer(self, question: str, /, *, history: Sequence[Turn] = ..., filter: Filter = ...) -> Answer:
        """Answer the question, or abstain."""

    def search(self, question: str, /, *, k: int = ..., filter: Filter = ...) -> list[Hit]:
        """The `k` best passages, best first."""


SystemOver = Callable[[Sequence[Article]], AbstractContextManager[System]]
"""Makes a system that knows exactly these articles."""


@dataclass(frozen=True)
class Cited:
    """A citation and the verdicts on it: overlaps gold, points exactly, touches masked text."""

    source: str
    start: int
    end: int
    quote: str
    right: bool
    exact: bool
    masked: bool


@dataclass(frozen=True)
class Outcome:
    """What came of asking one question once."""

    status: str
    reason: str
    confidence: float
    text: str
    citations: tuple[Cited, ...]

    @property
    def refused(self) -> bool:
        """True if the system abstained; a partial answer is an answer."""
        return self.status == "abstained"

    @property
    def right(self) -> tuple[bool, ...]:
        """For each citation in the answer's order, whether it overlaps gold."""
        return tuple(cited.right for cited in self.citations)


@dataclass(frozen=True)
class Case:
    """One question and everything measured about it.

    `hits` says for each retrieved passage, best first, whether it overlaps gold. It is None where search
    can't be judged: without gold, and for a follow-up, which means nothing without its history.
    `asked_absent` is the outcome where the articles that answer the question were left out, or None.
    """

    question: Question
    asked: Outcome
    hits: tuple[bool, ...] | None = None
    asked_absent: Outcome | None = None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every time the question was asked."""
        return (self.asked, self.asked_absent) if self.asked_absent else (self.asked,)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The outcomes as the abstention metrics see them."""
        asked = Trial(not self.question.answerable, self.asked.refused, self.asked.confidence)
        if self.asked_absent is None:
            return (asked,)
        return (asked, Trial(True, self.asked_absent.refused, self.asked_absent.confidence))


@dataclass(frozen=True)
class EvalResult:
    """The cases of one run over a dataset, in the dataset's order, and how long it took."""

    dataset: Dataset
    cases: tuple[Case, ...]
    seconds: float


@contextmanager
def newscite_over(articles: Sequence[Article]) -> Iterator[System]:
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


def newscite_loaded_once(chat_model: "BaseChatModel | None" = None) -> SystemOver:
    """As `newscite_over`, for evaluations with many small stores: their pipelines share the models, and no
    text is embedded twice.

    `chat_model` is any LangChain chat model and comes before what the settings name.
    """
    from index.embed import load_embedder
    from index.store import Store
    from rag.pipeline import pipeline_maker
    from rag.settings import read_settings

    settings = read_settings()
    embedder = _Remembering(load_embedder(settings.embedding_model))
    pipeline_over = pipeline_maker(settings, chat_model)

    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[System]:
        with (
            TemporaryDirectory(prefix="newscite-eval-") as folder,
            pipeline_over(Store(Path(folder) / "store", embedder, create=True)) as pipeline,
        ):
            _index(pipeline.store, articles)
            yield pipeline

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


def evaluate(
    dataset: Dataset,
    *,
    limit: int | None = None,
    system_over: SystemOver = newscite_over,
    ask_absent: bool = True,
    progress: Progress = silent,
) -> EvalResult:
    """Ask every question, or `limit` of them spread evenly over the dataset, and judge what comes back.

    A dataset without unanswerable questions of its own is asked twice, unless `ask_absent` is false: over all
    its articles, then each question over only those articles that don't answer it, where refusing is right.
    Nothing is random.
    """
    began = time.monotonic()
    questions = spread(dataset.questions, limit)
    cases = _ask_all(dataset.articles, questions, system_over, progress)
    has_unanswerable = any(not question.answerable for question in dataset.questions)
    is_asked_twice = ask_absent and not has_unanswerable
    absent = _ask_absent(dataset.articles, questions, system_over, progress) if is_asked_twice else {}
    return EvalResult(
        dataset=dataset,
        cases=tuple(
            Case(question, asked, hits, absent.get(question.id))
            for question, (asked, hits) in zip(questions, cases, strict=True)
        ),
        seconds=time.monotonic() - began,
    )


def _ask_all(
    articles: Sequence[Article], questions: Sequence[Question], system_over: SystemOver, progress: Progress
) -> list[tuple[Outcome, tuple[bool, ...] | None]]:
    stored = _stored(articles)
    asked = []
    progress("asking", 0, len(questions))
    with system_over(articles) as system:
        for done, question in enumerate(questions, start=1):
            asked.append((_ask(system, question, stored), _search(system, question)))
            progress("asking", done, len(questions))
    return asked


def _ask_absent(
    articles: Sequence[Article], questions: Sequence[Question], system_over: SystemOver, progress: Progress
) -> dict[str, Outcome]:
    """Ask each question where its answer is absent: over the half of the articles, by even and odd
    position, that holds none of its gold. A question with gold in both halves is not asked.
    """
    halves = [articles[half::FOLDS] for half in range(FOLDS)]
    to_ask = [(half, [question for question in questions if _is_absent(question, half)]) for half in halves]
    total = sum(len(absent) for _, absent in to_ask)
    outcomes: dict[str, Outcome] = {}
    progress("asking what is absent", 0, total)
    for half, absent in to_ask:
        stored = _stored(half)
        with system_over(half) as system:
            for question in absent:
                outcomes[question.id] = _ask(system, question, stored)
                progress("asking what is absent", len(outcomes), total)
    return outcomes


def _is_absent(question: Question, articles: Sequence[Article]) -> bool:
    known = {article.id for article in articles}
    return known.isdisjoint(span.article.id for span in question.gold)


def _stored(articles: Sequence[Article]) -> dict[str, dict[str, Any]]:
    """The articles as plain data, by id: what citations are checked against, past every class of ours."""
    return {article.id: article.to_dict() for article in articles}


def _ask(system: System, question: Question, stored: Mapping[str, Mapping[str, Any]]) -> Outcome:
    answer = system.answer(question.text, history=question.history, filter=question.filter)
    return Outcome(
        status=answer.status,
        reason=answer.reason,
        confidence=answer.confidence,
        text=answer.text,
        citations=tuple(_judge(citation, question.gold, stored) for citation in answer.citations),
    )


def _judge(citation: Citation, gold: Sequence[Span], stored: Mapping[str, Mapping[str, Any]]) -> Cited:
    plain = citation.to_dict()
    article = stored.get(plain["article_id"])
    return Cited(
        source=plain["source"],
        start=plain["start"],
        end=plain["end"],
        quote=plain["quote"],
        right=is_right(_place(citation), [_place(span) for span in gold]),
        exact=article is not None and points_exactly(plain, article),
        masked=article is not None and in_boilerplate(plain, article),
    )


def _search(system: System, question: Question) -> tuple[bool, ...] | None:
    if not question.answerable or question.history:
        return None
    hits = system.search(question.text, k=SEARCH_DEPTH, filter=question.filter)
    gold = [_place(span) for span in question.gold]
    return tuple(is_right(_place(hit.passage), gold) for hit in hits)


def _place(span: Span) -> Place:
    return span.article.id, span.start, span.end
