"""Every metric, as a pure function on plain data, named as the field names it.

A metric over nothing (no citation at all, no refusal) is None: not 0, not 1. A *trial* is one question
asked once: whether its answer was absent from the articles, whether the system refused, and how sure it
was. Only the standard library is used, so that importing this costs nothing.
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from index.schema import Span

T = TypeVar("T")


class Trial(NamedTuple):
    """One question asked once, as the abstention metrics see it."""

    absent: bool
    refused: bool
    confidence: float


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; of booleans, the share that is true."""
    return sum(values) / len(values) if values else None


# Retrieval.


def hits_at_k(relevant: Sequence[bool], k: int) -> bool:
    """Hits@k: one of the first `k` results, best first, is relevant (MultiHop-RAG, Tang & Yang 2024)."""
    return any(relevant[:k])


def reciprocal_rank(relevant: Sequence[bool], k: int = 10) -> float:
    """1 / rank of the first relevant result among the first `k`, else 0; its mean is MRR@k.

    Voorhees, "The TREC-8 Question Answering Track Report", 1999.
    """
    return next((1 / rank for rank, is_relevant in enumerate(relevant[:k], start=1) if is_relevant), 0.0)


# Citations.


def is_right(span: Span, gold: Sequence[Span]) -> bool:
    """True if `span` shares a character with a gold span of the same article."""
    return any(span.overlaps(gold_span) for gold_span in gold)


def sentence_at_k(right: Sequence[bool], k: int) -> bool:
    """sentence@k: one of an answer's first `k` citations, in its own order, is right.

    An answer without citations, an abstention among them, is a miss. This is Hits@k over cited sentences.
    """
    return any(right[:k])


def points_exactly(citation: Mapping[str, Any], article: Mapping[str, Any]) -> bool:
    """True if the quote stands in the article at the citation's offsets and touches no mask.

    Takes a citation of `newscite ask --json` and its article as `newscite show --json` gives it, and
    computes from those alone: `article["text"][start:end] == quote`, offsets in code points.
    """
    start, end, text = citation["start"], citation["end"], article["text"]
    inside: bool = citation["article_id"] == article["article_id"] and 0 <= start < end <= len(text)
    return inside and text[start:end] == citation["quote"] and not in_boilerplate(citation, article)


def in_boilerplate(citation: Mapping[str, Any], article: Mapping[str, Any]) -> bool:
    """True if a mask of the article touches the citation's offsets."""
    return any(citation["start"] < end and start < citation["end"] for start, end, _ in article["masks"])


def pointer_validity(exact: Sequence[bool]) -> float | None:
    """The share of citations that point exactly; anything below 1 is a bug, not a score.

    It says nothing about support: a quote can stand where it should and prove nothing.
    """
    return mean(exact)


def boilerplate_citation_rate(masked: Sequence[bool]) -> float | None:
    """The share of citations that touch masked text; anything above 0 is a bug."""
    return mean(masked)


# Abstention: refusing is the positive class, as in SQuAD 2.0's no-answer scores (Rajpurkar et al. 2018).


def abstention_precision(trials: Sequence[Trial]) -> float | None:
    """Of the refusals, the share whose answer was indeed absent."""
    return mean([trial.absent for trial in trials if trial.refused])


def abstention_recall(trials: Sequence[Trial]) -> float | None:
    """Of the questions whose answer was absent, the share refused."""
    return mean([trial.refused for trial in trials if trial.absent])


def abstention_f1(trials: Sequence[Trial]) -> float | None:
    """The harmonic mean of precision and recall, as 2 TP / (2 TP + FP + FN)."""
    right = sum(trial.absent and trial.refused for trial in trials)
    wrong = sum(trial.absent != trial.refused for trial in trials)
    return 2 * right / (2 * right + wrong) if right or wrong else None


def false_answer_rate(trials: Sequence[Trial]) -> float | None:
    """Of the questions whose answer was absent, the share answered all the same: 1 - recall."""
    return mean([not trial.refused for trial in trials if trial.absent])


def false_refusal_rate(trials: Sequence[Trial]) -> float | None:
    """Of the questions whose answer was there, the share refused."""
    return mean([trial.refused for trial in trials if not trial.absent])


def auroc(trials: Sequence[Trial]) -> float | None:
    """The chance that an answerable question got more confidence than an absent one; a tie counts half.

    The area under the ROC curve as the Mann-Whitney statistic (Hanley & McNeil 1982). It looks at
    confidence only, so it judges the score whatever threshold the system refuses at.
    """
    absent = sorted(trial.confidence for trial in trials if trial.absent)
    present = [trial.confidence for trial in trials if not trial.absent]
    if not absent or not present:
        return None
    wins = sum((bisect_left(absent, score) + bisect_right(absent, score)) / 2 for score in present)
    return wins / (len(absent) * len(present))


# How far confidence can be trusted. `judged` are a confidence and whether what came with it was right.


def risk_coverage(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """The risk–coverage curve of selective prediction (El-Yaniv & Wiener 2010): for each number of answers
    kept, the most confident first, the share kept and the share of these that are wrong. Answers of one
    confidence are kept together."""
    ordered = sorted(judged, key=lambda item: -item[0])
    points, wrong = [], 0
    for place, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        if place == len(ordered) or ordered[place][0] < confidence:
            points.append((place / len(ordered), wrong / place))
    return points


def reliability(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> list[tuple[float, float, int]]:
    """The reliability diagram (Guo et al. 2017): for each of `bins` equal stretches of confidence that holds
    any, the mean confidence, the share right, and how many there are."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        held.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        (
            sum(confidence for confidence, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
            len(group),
        )
        for _, group in sorted(held.items())
    ]


def expected_calibration_error(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> float | None:
    """ECE (Guo et al. 2017): the mean distance of confidence from the share right, over the bins of
    `reliability`, weighted by how many each holds."""
    if not judged:
        return None
    found = reliability(judged, bins=bins)
    return sum(number * abs(confidence - right) for confidence, right, number in found) / len(judged)


# Uncertainty.


def bootstrap_interval(
    values: Sequence[T], statistic: Callable[[Sequence[T]], float | None], *, seed: int, resamples: int = 1000
) -> tuple[float, float] | None:
    """The 95 % percentile bootstrap interval of `statistic` over `values`, one value a question.

    Draws len(values) with replacement, `resamples` times, and takes the 2.5th and 97.5th percentiles of
    the statistic (Efron & Tibshirani 1993, ch. 13). Resamples on which it is undefined are left out; None
    if they all are. The same seed gives the same interval. Where every value is equal it has no width:
    that is the method's known limit, not certainty.
    """
    if not values:
        return None
    draw = random.Random(seed)
    drawn = (statistic(draw.choices(values, k=len(values))) for _ in range(resamples))
    figures = sorted(figure for figure in drawn if figure is not None)
    return (_percentile(figures, 0.025), _percentile(figures, 0.975)) if figures else None


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Linear interpolation between the closest ranks, NumPy's default."""
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)
