"""Refusing where nothing answers: the positive class is refusing, as in SQuAD 2.0's no-answer scores
(Rajpurkar et al. 2018).

A *trial* is one question asked once: whether its answer was absent from the articles, whether the system
refused, and how sure it was.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from evals.metrics.averages import mean


class Trial(NamedTuple):
    """One question asked once, as the abstention metrics see it."""

    absent: bool
    refused: bool
    confidence: float


def abstention_precision(trials: Sequence[Trial]) -> float | None:
    """TP / (TP + FP): of the refusals, the share whose answer was indeed absent."""
    return mean([trial.absent for trial in trials if trial.refused])


def abstention_recall(trials: Sequence[Trial]) -> float | None:
    """TP / (TP + FN): of the questions whose answer was absent, the share refused."""
    return mean([trial.refused for trial in trials if trial.absent])


def abstention_f1(trials: Sequence[Trial]) -> float | None:
    """2 TP / (2 TP + FP + FN): the harmonic mean of precision and recall."""
    right = sum(trial.absent and trial.refused for trial in trials)
    wrong = sum(trial.absent != trial.refused for trial in trials)
    return 2 * right / (2 * right + wrong) if right or wrong else None


def false_answer_rate(trials: Sequence[Trial]) -> float | None:
    """FN / (TP + FN): of the questions whose answer was absent, the share answered; 1 - recall."""
    return mean([not trial.refused for trial in trials if trial.absent])


def false_refusal_rate(trials: Sequence[Trial]) -> float | None:
    """FP / (FP + TN): of the questions whose answer was there, the share refused."""
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
