"""From cases to figures: which metric counts what, its value, and its interval."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from evals import metrics
from evals.cases import Case, Outcome
from evals.figures import SEED, Figure, figure
from evals.metrics import Place, Trial
from evals.schema import places

T = TypeVar("T")


@dataclass(frozen=True)
class Measure(Generic[T]):
    """A metric over cases: what each case gives it to count, and the formula over all that was given."""

    key: str
    means: str
    counts: Callable[[Case], Iterable[T]]
    formula: Callable[[Sequence[T]], float | None]

    def figure(self, cases: Iterable[Case]) -> Figure:
        """The value over `cases`, with its interval; a case that gives nothing takes no part."""
        by_case = [given for case in cases if (given := list(self.counts(case)))]
        return figure(by_case, self._over, n=sum(len(given) for given in by_case))

    def difference(self, pairs: Iterable[tuple[Case, Case]]) -> Figure:
        """The value over the second of each pair less that over the first, with its paired interval; a pair
        of which either gives nothing takes no part."""
        given = [(list(self.counts(one)), list(self.counts(other))) for one, other in pairs]
        both = [pair for pair in given if all(pair)]
        low, high = metrics.paired_bootstrap_difference(both, self._over, seed=SEED) or (None, None)
        return Figure(metrics.paired_difference(both, self._over) if both else None, low, high, n=len(both))

    def _over(self, by_case: Sequence[Sequence[T]]) -> float | None:
        return self.formula(list(chain.from_iterable(by_case)))


def summarise(cases: Sequence[Case]) -> dict[str, Figure]:
    """Every metric over `cases`, by its key."""
    return {measure.key: measure.figure(cases) for measure in MEASURES}


def counted(cases: Sequence[Case]) -> dict[str, Figure]:
    """`summarise` without the metrics that find nothing to count: what is shown to people."""
    return {key: figure for key, figure in summarise(cases).items() if figure.n}


def summarise_by_kind(cases: Sequence[Case]) -> dict[str, dict[str, Figure]]:
    """`summarise` for each kind of question, kinds in the order in which they come."""
    kinds = dict.fromkeys(case.question.kind for case in cases)
    return {kind: summarise([case for case in cases if case.question.kind == kind]) for kind in kinds}


def _exact(case: Case) -> list[bool]:
    return [cited.exact for outcome in case.outcomes for cited in outcome.citations]


def _masked(case: Case) -> list[bool]:
    return [cited.masked for outcome in case.outcomes for cited in outcome.citations]


def sides_cited(case: Case) -> list[bool]:
    """For each side of a question whose articles disagree, whether a citation shares a character with it."""
    return [
        any(metrics.is_right(cited.place, places(side)) for cited in case.asked.citations)
        for side in case.question.sides
    ]


def _sides_recalled(case: Case) -> list[float]:
    cited = sides_cited(case)
    return [sum(cited) / len(cited)] if cited else []


def _repeats(case: Case) -> tuple[bool, ...]:
    return case.asked.repeats


def _sentence_at(k: int) -> Callable[[Case], list[bool]]:
    def counts(case: Case) -> list[bool]:
        return [metrics.sentence_at_k(case.asked.right, k)] if case.question.answerable else []

    return counts


def _hits_at(k: int) -> Callable[[Case], list[bool]]:
    def counts(case: Case) -> list[bool]:
        return [] if case.hits is None else [metrics.hits_at_k(case.hits, k)]

    return counts


def _reciprocal_rank(case: Case) -> list[float]:
    return [] if case.hits is None else [metrics.reciprocal_rank(case.hits, k=10)]


def _ranked(formula: Callable[[Sequence[bool], int], float | None]) -> Callable[[Case], list[float]]:
    """What `formula` makes of which passages hold gold that none before them holds, and of how much gold
    there is."""

    def counts(case: Case) -> list[float]:
        if case.holds is None:
            return []
        return _some(formula(metrics.finds_new(case.holds), len(case.question.gold)))

    return counts


def _coverage(case: Case) -> list[float]:
    if case.holds is None:
        return []
    return _some(metrics.evidence_coverage_at_k(case.holds, len(case.question.gold), k=10))


def _pointed(
    formula: Callable[[Sequence[Place], Sequence[Place]], float | None],
) -> Callable[[Case], list[float]]:
    """What `formula` makes of an answer's citations and the question's gold. Where an answerable question
    gets none, precision is over nothing and takes no part."""

    def counts(case: Case) -> list[float]:
        if not case.question.answerable:
            return []
        cited = [one.place for one in case.asked.citations]
        return _some(formula(cited, case.question.places))

    return counts


def _judged(value: Callable[[Outcome], float | None]) -> Callable[[Case], list[float]]:
    return lambda case: [found for outcome in case.outcomes for found in _some(value(outcome))]


def _contained(case: Case) -> list[bool]:
    gold = case.question.answers if case.question.answerable else ()
    return _some(metrics.answer_containment(case.asked.text, gold))


def _some(value: T | None) -> list[T]:
    return [] if value is None else [value]


def _trials(case: Case) -> tuple[Trial, ...]:
    return case.trials


def _refusals(case: Case) -> list[Trial]:
    return [trial for trial in case.trials if trial.refused]


def _absent(case: Case) -> list[Trial]:
    return [trial for trial in case.trials if trial.absent]


def _present(case: Case) -> list[Trial]:
    return [trial for trial in case.trials if not trial.absent]


MEASURES: tuple[Measure[bool] | Measure[float] | Measure[Trial], ...] = (
    Measure(
        "pointer_validity",
        "citations whose quote stands at its offsets, outside masked text; must be 1",
        _exact,
        metrics.pointer_validity,
    ),
    Measure(
        "sentence@1", "answerable questions whose first citation is right", _sentence_at(1), metrics.mean
    ),
    Measure("sentence@3", "… one of whose first three citations is right", _sentence_at(3), metrics.mean),
    Measure(
        "citation_precision",
        "an answer's citations that overlap gold",
        _pointed(metrics.citation_precision),
        metrics.mean,
    ),
    Measure(
        "citation_recall",
        "a question's gold spans that a citation overlaps",
        _pointed(metrics.citation_recall),
        metrics.mean,
    ),
    Measure(
        "span_precision", "… cited characters that are gold", _pointed(metrics.span_precision), metrics.mean
    ),
    Measure("span_recall", "… gold characters that are cited", _pointed(metrics.span_recall), metrics.mean),
    Measure(
        "span_iou",
        "… characters that are both, of those that are either",
        _pointed(metrics.span_iou),
        metrics.mean,
    ),
    Measure(
        "answer_containment",
        "answerable questions whose gold answer stands in the answer's words",
        _contained,
        metrics.mean,
    ),
    Measure(
        "alce_citation_recall",
        "an answer's sentences that the judge finds supported by what they cite",
        _judged(lambda outcome: outcome.citation_recall),
        metrics.mean,
    ),
    Measure(
        "alce_citation_precision",
        "an answer's citations that its supported sentences need, by the same judge",
        _judged(lambda outcome: outcome.citation_precision),
        metrics.mean,
    ),
    Measure(
        "both_sides_recall",
        "share of sides cited, where the articles disagree and the question says so",
        _sides_recalled,
        metrics.mean,
    ),
    Measure(
        "repeated_wrong_rate",
        "what readers called wrong (a citation, a sentence, refusing) that is done again; should be 0",
        _repeats,
        metrics.repeated_wrong_rate,
    ),
    Measure("Hits@1", "answerable questions whose best passage holds gold", _hits_at(1), metrics.mean),
    Measure("Hits@4", "… one of whose best four does", _hits_at(4), metrics.mean),
    Measure("Hits@10", "… one of whose best ten does", _hits_at(10), metrics.mean),
    Measure("MRR@10", "mean of 1 / rank of the first passage with gold", _reciprocal_rank, metrics.mean),
    Measure(
        "MAP@10", "mean average precision of the best ten", _ranked(metrics.average_precision), metrics.mean
    ),
    Measure(
        "nDCG@10", "their normalised discounted cumulative gain", _ranked(metrics.ndcg_at_k), metrics.mean
    ),
    Measure("evidence_coverage@10", "share of a question's gold that they hold", _coverage, metrics.mean),
    Measure(
        "abstention_precision",
        "refusals that were right: nothing there answers the question",
        _refusals,
        metrics.abstention_precision,
    ),
    Measure(
        "abstention_recall",
        "questions without an answer that were refused",
        _absent,
        metrics.abstention_recall,
    ),
    Measure("abstention_f1", "harmonic mean of the two", _trials, metrics.abstention_f1),
    Measure(
        "abstention_auroc",
        "chance that confidence is higher where there is an answer than where there is none",
        _trials,
        metrics.auroc,
    ),
    Measure(
        "false_answer_rate",
        "questions without an answer answered all the same",
        _absent,
        metrics.false_answer_rate,
    ),
    Measure(
        "false_refusal_rate",
        "questions with an answer that were refused",
        _present,
        metrics.false_refusal_rate,
    ),
    Measure(
        "boilerplate_citation_rate",
        "citations that touch masked text; must be 0",
        _masked,
        metrics.boilerplate_citation_rate,
    ),
)

MEANS = {measure.key: measure.means for measure in MEASURES}
"""What each metric counts, in a few words."""
