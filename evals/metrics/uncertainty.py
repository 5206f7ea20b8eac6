"""How far a figure may be chance: bootstrap intervals over questions, of one run and between two."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

T = TypeVar("T")

Statistic = Callable[[Sequence[T]], float | None]
"""A figure over values, one a question; None where it is undefined."""


def bootstrap_interval(
    values: Sequence[T], statistic: Statistic[T], *, seed: int, resamples: int = 1000
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


def paired_difference(pairs: Sequence[tuple[T, T]], statistic: Statistic[T]) -> float | None:
    """statistic(second) - statistic(first) over the same questions, one pair a question; above 0 the second
    is the better where more is better. None where either is undefined."""
    first = statistic([one for one, _ in pairs])
    second = statistic([other for _, other in pairs])
    return None if first is None or second is None else second - first


def paired_bootstrap_difference(
    pairs: Sequence[tuple[T, T]], statistic: Statistic[T], *, seed: int, resamples: int = 1000
) -> tuple[float, float] | None:
    """The 95 % interval of `paired_difference` between two runs: `bootstrap_interval` over the pairs.

    A question is drawn with what both runs made of it, so that how hard it is cancels out (Efron & Tibshirani
    1993; Koehn 2004 for comparing systems). An interval without 0 says that the difference is hardly chance.
    """
    return bootstrap_interval(
        pairs, partial(paired_difference, statistic=statistic), seed=seed, resamples=resamples
    )


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Linear interpolation between the closest ranks, NumPy's default."""
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)
