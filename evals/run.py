"""Ask a system every question of a dataset and keep what came of each.

The default system is newscite itself: the articles in a store of their own, asked through the same
`Pipeline.answer` and `Pipeline.search` as everyone uses. Anything else that answers can be put in its place.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from evals.cases import REFUSED, Case, Cited, EvalResult, Holds, Outcome
from evals.journal import Journal
from evals.judging import RULES, SupportJudge, load_judge
from evals.metrics import (
    Place,
    alce_citation_precision,
    alce_citation_recall,
    cites_again,
    in_boilerplate,
    is_right,
    points_exactly,
    says_again,
)
from evals.schema import Dataset, Progress, Question, Wrong, places, silent, spread
from evals.systems import NEWSCITE, is_remote, load_system
from evals.systems.protocol import Quoted, Reply, System, SystemOver
from index.schema import Article, Span

SEARCH_DEPTH = 10  # the deepest any retrieval metric looks: MRR@10, Hits@10
FOLDS = 2
_ALL, _ABSENT = "all", "absent"


@dataclass(frozen=True)
class Options:
    """How a dataset is asked. `system` is a name of `evals.systems.load_system`, `judge` one of
    `evals.judging.load_judge`; `limit` questions are drawn evenly, or at random where there is a `seed`;
    `workers` are asked at once; `keep` is a file for the outcomes, from which a broken run goes on.
    """

    system: str = NEWSCITE
    judge: str = RULES
    limit: int | None = None
    seed: int | None = None
    workers: int = 1
    keep: Path | None = None


PLAINLY = Options()


def evaluate(
    dataset: Dataset,
    options: Options = PLAINLY,
    *,
    system_over: SystemOver | None = None,
    ask_absent: bool = True,
    progress: Progress = silent,
) -> EvalResult:
    """Ask every question and judge what comes back; `system_over` comes before the system that is named.

    A dataset without unanswerable questions of its own is asked twice, unless `ask_absent` is false: over all
    its articles, then each question over only those articles that don't answer it, where refusing is right.
    A system that can't be given articles is asked once.
    """
    began = time.monotonic()
    questions = spread(dataset.questions, options.limit, options.seed)
    judge = load_judge(options.judge)
    with ExitStack() as stack:
        journal = None
        if options.keep is not None:
            run = {"dataset": dataset.name, "digest": dataset.digest}
            run |= {"system": options.system, "judge": judge.name}
            journal = stack.enter_context(Journal(options.keep, run))
        asking = _Asking(
            system_over or load_system(options.system), judge, journal, options.workers, progress
        )
        cases = asking.ask(_ALL, "asking", dataset.articles, questions)
        index_seconds = asking.index_seconds
        has_unanswerable = any(question.unanswerable for question in dataset.questions)
        absent: dict[str, Outcome] = {}
        if ask_absent and not has_unanswerable and not is_remote(options.system):
            absent = _ask_absent(asking, dataset.articles, questions)
    return EvalResult(
        dataset=dataset,
        cases=tuple(Case(question, *cases[question.id], absent.get(question.id)) for question in questions),
        seconds=time.monotonic() - began,
        system=options.system,
        judge=judge.name,
        index_seconds=index_seconds,
    )


def _ask_absent(
    asking: "_Asking", articles: Sequence[Article], questions: Sequence[Question]
) -> dict[str, Outcome]:
    """Ask each question where its answer is absent: over the half of the articles, by even and odd
    position, that holds none of its gold. A question with gold in both halves, or none that is known, is not
    asked.
    """
    outcomes: dict[str, Outcome] = {}
    for number in range(FOLDS):
        half = articles[number::FOLDS]
        absent = [question for question in questions if question.answerable and _is_absent(question, half)]
        asked = asking.ask(_ABSENT, f"asking what is absent, {number + 1} of {FOLDS}", half, absent)
        outcomes |= {name: outcome for name, (outcome, _) in asked.items()}
    return outcomes


def _is_absent(question: Question, articles: Sequence[Article]) -> bool:
    known = {article.id for article in articles}
    return known.isdisjoint(span.article.id for span in question.gold)


@dataclass
class _Asking:
    """Asks one system's questions over some articles or others; `index_seconds` is what the last ones took to
    be indexed."""

    system_over: SystemOver
    judge: SupportJudge
    journal: Journal | None
    workers: int
    progress: Progress
    index_seconds: float = field(default=0.0, init=False)

    def ask(
        self, over: str, stage: str, articles: Sequence[Article], questions: Sequence[Question]
    ) -> dict[str, tuple[Outcome, Holds]]:
        """What came of each question, by its id. Those that the journal has aren't asked again, and if it has
        all, nothing is indexed."""
        asked = {q.id: kept for q in questions if self.journal and (kept := self.journal.get(over, q))}
        todo = [question for question in questions if question.id not in asked]
        self.progress(stage, len(asked), len(questions))
        if not todo:
            return asked
        began = time.monotonic()
        with self.system_over(articles) as system:
            self.index_seconds = time.monotonic() - began
            one = partial(_ask, system, _Stored(articles), self.judge, over == _ALL)
            for question, found in zip(todo, self._each(one, todo), strict=True):
                if self.journal:
                    self.journal.put(over, question, *found)
                asked[question.id] = found
                self.progress(stage, len(asked), len(questions))
        return asked

    def _each(
        self, one: Callable[[Question], tuple[Outcome, Holds]], questions: Iterable[Question]
    ) -> Iterator[tuple[Outcome, Holds]]:
        if self.workers == 1:
            yield from map(one, questions)
            return
        with ThreadPoolExecutor(self.workers, "asking") as pool:
            yield from pool.map(one, questions)


class _Stored:
    """The articles by id: as they are, and as plain data that citations are checked against, past every class
    of ours."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self.plain: Mapping[str, Mapping[str, Any]] = {article.id: article.to_dict() for article in articles}

    def span(self, quoted: Quoted) -> Span | None:
        """What is quoted, or None where that is no span that may be cited, or says something else."""
        article = self.articles.get(quoted.article_id)
        if article is None or not points_exactly(asdict(quoted), self.plain[article.id]):
            return None
        return Span(article, quoted.start, quoted.end)


def _ask(
    system: System, stored: _Stored, judge: SupportJudge, searches: bool, question: Question
) -> tuple[Outcome, Holds]:
    began = time.perf_counter()
    reply = system.answer(question.text, history=question.history, filter=question.filter)
    seconds = time.perf_counter() - began
    told = _told(reply, stored)
    outcome = Outcome(
        status=reply.status,
        reason=reply.reason,
        confidence=reply.confidence,
        text=reply.text,
        citations=tuple(_judged(quoted, question, stored) for quoted in reply.citations),
        citation_recall=alce_citation_recall(told, judge.supports),
        citation_precision=alce_citation_precision(told, judge.supports),
        seconds=seconds,
        repeats=tuple(_repeats(wrong, reply) for wrong in question.wrong),
    )
    return outcome, _search(system, question) if searches else None


def _repeats(wrong: Wrong, reply: Reply) -> bool:
    """True if the reply does again what was called wrong."""
    cited = [_place(quoted) for quoted in reply.citations]
    if wrong.sentence:
        said = [
            (one.text, [place for number, place in enumerate(cited) if number in one.citations])
            for one in reply.sentences
        ]
        return says_again(said or [(reply.text, cited)], wrong.sentence, places(wrong.places))
    return cites_again(cited, places(wrong.places)) if wrong.places else reply.status == REFUSED


def _told(reply: Reply, stored: _Stored) -> list[list[tuple[str, list[Span | None]]]]:
    """The answer's sentences with what each cites, as ALCE's figures take them; nothing where a system
    refuses or does not say what each sentence cites."""
    spans = dict(enumerate(map(stored.span, reply.citations)))
    said = [(one.text, [spans.get(place) for place in one.citations]) for one in reply.sentences]
    return [said] if said and reply.status != REFUSED else []


def _judged(quoted: Quoted, question: Question, stored: _Stored) -> Cited:
    article = stored.articles.get(quoted.article_id)
    plain = asdict(quoted)
    return Cited(
        **plain,
        source="" if article is None else article.source,
        right=is_right(_place(quoted), question.places),
        exact=article is not None and points_exactly(plain, stored.plain[article.id]),
        masked=article is not None and in_boilerplate(plain, stored.plain[article.id]),
    )


def _search(system: System, question: Question) -> Holds:
    if not question.answerable or question.history:
        return None
    found = system.search(question.text, k=SEARCH_DEPTH, filter=question.filter)
    gold = list(enumerate(question.places))
    held = [
        tuple(number for number, place in gold if is_right(_place(passage), [place])) for passage in found
    ]
    return tuple(held) or None


def _place(quoted: Quoted) -> Place:
    return quoted.article_id, quoted.start, quoted.end
