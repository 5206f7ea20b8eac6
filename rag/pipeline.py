"""The way of a question: understand it, retrieve, answer, cite. One `Pipeline.answer`, called by all."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from index.catalog import Stats
from index.clusters import reprint_groups
from index.embed import load_embedder
from index.errors import ChatModelError, InputError
from index.schema import Filter, Hit, Span, parse_moment
from index.store import Store
from rag.asking.asked import Asked, understand
from rag.asking.conversation import check_question, standalone
from rag.cite import Claim, Draft, Numbering, cite
from rag.finding.matching import Matcher
from rag.finding.rerank import RERANKED, Evidence, SentenceVectors, rerank
from rag.finding.retrieve import Candidate, retrieve
from rag.finding.scorers import SentenceScorer, load_scorer
from rag.quoting.attribution import widened_in_words
from rag.quoting.extract import extract
from rag.schema import Answer, Cited, Event, Finished, Retrieved, Turn, Wrote
from rag.settings import Settings, read_settings
from rag.support import Judge, support_judge, unsupported_because
from rag.tracing import Trace, Tracing, model_name
from rag.writing.generate import load_chat_model, write
from rag.writing.rewording import reworded
from rag.writing.spending import Limits, limits_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable
    from opentelemetry.trace import TracerProvider

T = TypeVar("T")

NO_FILTER = Filter()
DEFAULT_LIMITS = Limits()
QUOTED_BECAUSE = "This answer is quoted from the articles, because"  # the chat model's did not stand
_ATTEMPTS = 30  # at a state of the store that holds still while a question is looked up


def open_pipeline(
    store: str | Path | None = None,
    *,
    settings: Settings | None = None,
    chat_model: "BaseChatModel | None" = None,
    create: bool = False,
    tracer_provider: "TracerProvider | None" = None,
) -> "Pipeline":
    """Open the store and what answers from it.

    `store` is a folder; without it, the settings' one. `settings` are by default those of the environment.
    `chat_model` is any LangChain chat model and comes before what the settings name. With `create`, a
    store that does not exist is made. `tracer_provider` is OpenTelemetry's, for spans of what is asked;
    without it, the one that the program has set, if any. Raises StoreMissing, StoreDamaged, StoreMismatch,
    ChatModelError.
    """
    settings = settings or read_settings()
    over = pipeline_maker(settings, chat_model, tracer_provider)
    folder = Path(store) if store is not None else settings.store
    return over(Store(folder, load_embedder(settings.embedding_model), create=create))


def pipeline_maker(
    settings: Settings,
    chat_model: "BaseChatModel | None" = None,
    tracer_provider: "TracerProvider | None" = None,
) -> "Callable[[Store], Pipeline]":
    """What makes pipelines over stores as the settings say; they share the models.

    `chat_model` and `tracer_provider` are as in `open_pipeline`. Raises ChatModelError.
    """
    if chat_model is None and settings.has_chat_model:
        chat_model = load_chat_model(settings)
    scorer = load_scorer(settings.reranker)
    limits = limits_of(settings)
    judge = support_judge(settings) if chat_model else unsupported_because
    tracing = Tracing(tracer_provider)
    return lambda store: Pipeline(store, chat_model, scorer, limits=limits, judge=judge, tracing=tracing)


class Pipeline:
    """Answers questions from one store. Safe to call from several threads; use it as a context manager."""

    def __init__(
        self,
        store: Store,
        chat_model: "BaseChatModel | None" = None,
        scorer: SentenceScorer | None = None,
        *,
        limits: Limits = DEFAULT_LIMITS,
        judge: Judge = unsupported_because,
        tracing: Tracing | None = None,
    ) -> None:
        """`scorer` reads sentences with the question in mind, beside words and vectors.

        `limits` bound what the chat model may cost, and `judge` says whether what it writes is supported.
        `tracing` opens the spans newscite.answer and newscite.search with those of their stages.
        """
        self._limits, self._judge = limits, judge
        self._tracing = tracing or Tracing()
        self.store = store
        self.chat_model = chat_model
        self.scorer = scorer
        self._vectors = SentenceVectors(store.embedder)
        self._known: tuple[int, Stats] | None = None  # what the store holds, and at which generation

    def close(self) -> None:
        """Release the store."""
        self.store.close()

    def __enter__(self) -> "Pipeline":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(
        self, question: str, *, history: Sequence[Turn] = (), filter: Filter = NO_FILTER, as_of: str = ""
    ) -> Answer:
        """The answer to `question`, every sentence of it citing spans of stored articles.

        `history` is what was asked before, oldest first; `filter` says which articles may be used;
        `as_of`, an ISO 8601 moment, leaves out what was published later and prefers the news of its days.
        Raises InputError on an unusable question or date.
        """
        answers = [
            event.answer
            for event in self.stream(question, history=history, filter=filter, as_of=as_of)
            if isinstance(event, Finished)
        ]
        return answers[0]

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), filter: Filter = NO_FILTER, as_of: str = ""
    ) -> Iterator[Event]:
        """The same answer as it comes about: Retrieved, then Cited before the Wrote that carries its
        marker, and Finished last. Takes and raises what `answer` does."""
        with self._tracing.question("answer") as trace:
            answer = yield from self._answered(question, history, filter, as_of, trace)
        yield Finished(answer)  # the span has ended: nobody need read on after this

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        history: Sequence[Turn] = (),
        filter: Filter = NO_FILTER,
        as_of: str = "",
    ) -> list[Hit]:
        """The `k` passages most likely to answer, best first. Takes and raises what `answer` does."""
        if k < 1:
            raise InputError(f"k is {k}: ask for one passage at least")
        with self._tracing.question("search") as trace:
            moment = _moment(as_of)
            asked = self._understand(self._standalone(check_question(question), history)[0], moment)
            looking = _Looking(_Clock(), trace, max(k, RERANKED))
            return list(_hits(self._evidence(asked, filter, moment, looking))[:k])

    def warm_up(self) -> None:
        """Load the embedding model now, which the first question would otherwise wait for."""
        self.store.embedder.embed(["warm"])

    def stats(self) -> Stats:
        """What is indexed."""
        return self.store.catalog.stats()

    def example_questions(self, count: int = 4) -> list[str]:
        """Up to `count` questions that the indexed articles answer, for a reader to start from."""
        from rag.examples import example_questions

        return example_questions(self, count)

    def follow_ups(
        self,
        answer: Answer,
        *,
        history: Sequence[Turn] = (),
        filter: Filter = NO_FILTER,
        as_of: str = "",
        count: int = 3,
        wanted: Callable[[], bool] = lambda: True,
    ) -> list[str]:
        """Up to `count` questions to go on with after `answer`: each stands alone and is answered by what
        `answer` doesn't cite. Takes what that was asked with, and breaks off once `wanted` gives False."""
        from rag.following import follow_ups

        return follow_ups(
            self, answer, history=history, filter=filter, as_of=as_of, count=count, wanted=wanted
        )

    def as_runnable(self) -> "Runnable[str | Mapping[str, Any], Answer]":
        """This pipeline as a LangChain Runnable: from a question, or the keyword arguments of `answer`
        with `question` among them, to an Answer."""
        from rag.adapters import as_runnable

        return as_runnable(self)

    def as_retriever(self, *, k: int = 10, filter: Filter = NO_FILTER) -> "BaseRetriever":
        """This pipeline's search as a LangChain retriever of Documents with the hit's fields as metadata."""
        from rag.adapters import PipelineRetriever

        return PipelineRetriever(pipeline=self, k=k, filter=filter)

    def _answered(
        self, question: str, history: Sequence[Turn], filter: Filter, as_of: str, trace: Trace
    ) -> Generator[Event, None, Answer]:
        clock = _Clock()
        question = check_question(question)
        moment = _moment(as_of)
        alone, spent_before = self._standalone(question, history)
        asked = self._understand(alone, moment)
        narrowed = asked.narrowed(filter)
        looking = _Looking(clock, trace)
        evidence = self._evidence(asked, narrowed, moment, looking)
        extracted = self._extract(asked, evidence, trace)
        widened = narrowed != filter and not extracted.claims
        if widened:
            evidence = self._evidence(asked, filter, moment, looking)
            extracted = self._extract(asked, evidence, trace)
        trace.note(**_extent(evidence))
        yield Retrieved(_hits(evidence))
        numbering = Numbering()
        claims = self._claims(asked, extracted, evidence, history, trace)
        draft, spent = yield from _told(claims, numbering)
        if widened and draft.claims and not draft.reason:
            draft = replace(draft, reason=widened_in_words(asked))
        clock.lap("answer")
        spent = _summed(spent_before, spent)
        answer = cite(
            question,
            draft,
            {**clock.laps(), **spent},
            numbering=numbering,
            understood=asked.text,
            reprint_groups=self._reprint_groups,
        )
        trace.note(
            status=answer.status,
            confidence=answer.confidence,
            citations=len(answer.citations),
            **_tokens(spent),
        )
        return answer

    def _standalone(self, question: str, history: Sequence[Turn]) -> tuple[str, Mapping[str, float]]:
        """The question as it reads without the ones before it, and what the chat model spent on it: one that
        leans on them is reworded by the model, if there is one and its words fit, else by rule."""
        by_rule = standalone(question, history)
        if self.chat_model is None or by_rule == question:
            return by_rule, {}
        written, spent = reworded(self.chat_model, question, history, self._limits)
        return written or by_rule, spent

    def _understand(self, text: str, as_of: datetime | None) -> Asked:
        """The question as understood, its days counted from `as_of`, or else from now, or from the newest
        article where that is later than now."""
        generation = self.store.catalog.generation()
        if self._known is None or self._known[0] != generation:
            self._known = (generation, self.store.catalog.stats())
        stats = self._known[1]
        if as_of is None:
            as_of = datetime.now(UTC)
            if stats.last_published:
                as_of = max(as_of, parse_moment(stats.last_published, end_of_day=True))
        return understand(text, as_of=as_of, outlets=stats.outlets)

    def _reprint_groups(self, article_ids: Sequence[str]) -> Mapping[str, str]:
        return reprint_groups(self.store.catalog, list(dict.fromkeys(article_ids)))

    def _evidence(
        self,
        asked: Asked,
        filter: Filter,
        as_of: datetime | None,
        looking: "_Looking",
    ) -> list[Evidence]:
        """The evidence for `question`, all of it from one state of the store: if another process changed
        that in between, it is looked for again. Where it changes without pause, what was found last."""
        latest: list[Evidence] = []
        for _ in range(_ATTEMPTS):
            generation = self.store.refresh()
            try:
                evidence = self._evidence_now(asked, filter, as_of, looking)
            except ValueError:  # a passage of one state, cut from its article in the next
                if self.store.catalog.generation() == generation:
                    raise
                continue
            if self.store.catalog.generation() == generation:
                return evidence
            latest = evidence or latest
        return latest

    def _evidence_now(
        self, asked: Asked, filter: Filter, as_of: datetime | None, looking: "_Looking"
    ) -> list[Evidence]:
        clock, trace, depth = looking.clock, looking.trace, looking.depth
        if as_of is None and asked.about_now:
            as_of = asked.as_of
        with trace.stage("retrieve", embedding_model=self.store.embedder.identity) as stage:
            matcher = Matcher(asked.matter, self.store.embedder, self.store.lexical)
            candidates = retrieve(self.store, asked.text, matcher, filter, as_of=as_of, depth=2 * depth)
            stage.note(**_extent(candidates))
        clock.lap("retrieve")
        with trace.stage("rerank", **_extent(candidates[:depth])):
            evidence = rerank(
                candidates[:depth],
                matcher,
                self._vectors,
                as_of=as_of,
                scorer=self.scorer,
                hear_all=asked.form == "yes_no",
            )
        clock.lap("rerank")
        return evidence

    def _extract(self, asked: Asked, evidence: Sequence[Evidence], trace: Trace) -> Draft:
        with trace.stage("extract", **_extent(evidence)) as stage:
            draft = extract(asked, evidence, self.store.catalog.article_count())
            stage.note(confidence=draft.confidence)
        return draft

    def _claims(
        self,
        asked: Asked,
        extracted: Draft,
        evidence: Sequence[Evidence],
        history: Sequence[Turn],
        trace: Trace,
    ) -> Generator[Claim, None, tuple[Draft, Mapping[str, float]]]:
        """Each claim as soon as it stands: a chat model's if there is one, else those that were extracted.
        Returns all of them as a draft, and what it cost."""
        if self.chat_model is None or not extracted.claims:
            yield from extracted.claims
            return extracted, {}
        try:
            with trace.stage("generate", chat_model=model_name(self.chat_model)) as stage:
                written = yield from write(
                    self.chat_model,
                    asked.text,
                    evidence,
                    history,
                    confidence=extracted.confidence,
                    limits=self._limits,
                    judge=self._traced_judge(trace),
                )
                stage.note(**_tokens(written.spent))
        except ChatModelError as error:  # raised only where no claim stands
            yield from extracted.claims
            reason = f"{QUOTED_BECAUSE} {error}."
            return replace(extracted, reason=reason), {}
        return written.draft, written.spent

    def _traced_judge(self, trace: Trace) -> Judge:
        """The judge, with a span around each sentence: the next is checked when the model has written it."""

        def judge(sentence: str, spans: Sequence[Span]) -> str:
            with trace.stage("verify", quotes=len(spans)) as stage:
                why = self._judge(sentence, spans)
                stage.note(supported=not why)
            return why

        return judge


class _Clock:
    """Seconds spent in each stage."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = now - self._last
        self._last = now

    def laps(self) -> dict[str, float]:
        return {**self._laps, "total": self._last - self._started}


@dataclass(frozen=True)
class _Looking:
    """How evidence is looked for: `depth` passages, what that takes noted in `clock` and `trace`."""

    clock: _Clock
    trace: Trace
    depth: int = RERANKED


def _told(claims: Generator[Claim, None, T], numbering: Numbering) -> Generator[Event, None, T]:
    """Of each claim, Cited for each citation that is new to `numbering` and then Wrote; returns what `claims`
    does."""
    told = 0
    with closing(claims):
        while True:
            try:
                claim = next(claims)
            except StopIteration as end:
                result: T = end.value
                return result
            sentence = numbering.sentence(claim)
            for citation in numbering.citations[told:]:
                yield Cited(citation)
            told = len(numbering.citations)
            yield Wrote(sentence)


def _summed(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {name: one.get(name, 0.0) + other.get(name, 0.0) for name in (*one, *other)}


def _tokens(spent: Mapping[str, float]) -> dict[str, float]:
    return {name: spent[name] for name in ("prompt_tokens", "completion_tokens") if name in spent}


def _extent(found: Sequence[Candidate] | Sequence[Evidence]) -> dict[str, float]:
    return {"passages": len(found), "articles": len({item.passage.article.id for item in found})}


def _hits(evidence: Sequence[Evidence]) -> tuple[Hit, ...]:
    return tuple(Hit(rank, item.order, item.passage) for rank, item in enumerate(evidence, start=1))


def _moment(as_of: str) -> datetime | None:
    try:
        return parse_moment(as_of, end_of_day=True) if as_of else None
    except ValueError:
        raise InputError(f"as_of {as_of!r} is not a date: write it as 2026-01-17") from None
