"""Bootstrap intervals: by hand, against the normal interval, and against SciPy's bootstrap."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap

from evals import (
    Trial,
    abstention_precision,
    auroc,
    bootstrap_interval,
    mean,
    paired_bootstrap_difference,
    paired_difference,
)


def test_the_bootstrap_interval_agrees_with_the_normal_one() -> None:
    # 60 of 100: the normal interval is .6 ± 1.96 * sqrt(.6 * .4 / 100) = .504 to .696.
    low, high = bootstrap_interval([True] * 60 + [False] * 40, mean, seed=1) or (0.0, 0.0)
    assert low == pytest.approx(0.504, abs=0.02)
    assert high == pytest.approx(0.696, abs=0.02)


def test_the_bootstrap_interval_depends_on_the_seed_alone() -> None:
    values = [0.1, 0.5, 0.9, 0.4, 0.7]
    assert bootstrap_interval(values, mean, seed=1) == bootstrap_interval(values, mean, seed=1)
    assert bootstrap_interval(values, mean, seed=1) != bootstrap_interval(values, mean, seed=2)


def test_the_bootstrap_interval_of_nothing_or_of_one_value() -> None:
    assert bootstrap_interval([], mean, seed=1) is None
    assert bootstrap_interval([True], mean, seed=1) == (1, 1)
    assert bootstrap_interval([Trial(False, False, 0.9)], auroc, seed=1) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 99))
def test_the_bootstrap_interval_lies_within_the_values(values: list[float], seed: int) -> None:
    low, high = bootstrap_interval(values, mean, seed=seed, resamples=50) or (2.0, -2.0)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_the_bootstrap_interval_takes_the_middle_95_percent() -> None:
    # A statistic that gives 0 to 999 in some order over the thousand resamples; the percentiles interpolate.
    figures = iter(random.Random(1).sample(range(1000), 1000))
    interval = bootstrap_interval([0], lambda _: float(next(figures)), seed=1)
    assert interval == pytest.approx((0.025 * 999, 0.975 * 999))


def test_the_bootstrap_interval_agrees_with_scipy() -> None:
    draw = random.Random(2)
    values = [draw.gauss(0.5, 0.2) for _ in range(60)]
    theirs = bootstrap(
        (values,), np.mean, method="percentile", n_resamples=4000, rng=np.random.default_rng(1)
    ).confidence_interval
    ours = bootstrap_interval(values, mean, seed=1, resamples=4000)
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.005)


def test_the_paired_difference_is_the_second_less_the_first() -> None:
    pairs = [(0, 1), (1, 1), (0, 0), (0, 1)]
    assert paired_difference(pairs, mean) == 0.75 - 0.25
    assert paired_difference([(other, one) for one, other in pairs], mean) == 0.25 - 0.75
    assert paired_difference([], mean) is None


def test_the_paired_difference_takes_figures_that_are_no_means() -> None:
    refused, answered = Trial(True, True, 0.1), Trial(False, False, 0.9)
    wrongly = Trial(False, True, 0.1)
    pairs = [(refused, refused), (wrongly, answered)]
    assert paired_difference(pairs, abstention_precision) == 1 - 1 / 2
    second_refuses_nothing = [(wrongly, answered)]
    assert paired_difference(second_refuses_nothing, abstention_precision) is None


def test_the_paired_interval_is_narrower_where_questions_differ_more_than_runs() -> None:
    first = [number / 50 for number in range(50)]
    second = [value + 0.1 for value in first]
    pairs = list(zip(first, second, strict=True))
    assert paired_bootstrap_difference(pairs, mean, seed=1) == pytest.approx((0.1, 0.1))
    low, high = bootstrap_interval(first, mean, seed=1) or (0, 0)
    assert high - low > 0.1


def test_the_paired_interval_agrees_with_scipy() -> None:
    draw = random.Random(4)
    first = [draw.random() for _ in range(80)]
    second = [value + draw.gauss(0.05, 0.2) for value in first]
    theirs = bootstrap(
        (first, second),
        lambda one, other, axis: np.mean(other, axis=axis) - np.mean(one, axis=axis),
        paired=True,
        method="percentile",
        n_resamples=4000,
        rng=np.random.default_rng(1),
    ).confidence_interval
    pairs = list(zip(first, second, strict=True))
    ours = paired_bootstrap_difference(pairs, mean, seed=1, resamples=4000)
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.005)
    assert paired_bootstrap_difference([], mean, seed=1) is None
    low, high = paired_bootstrap_difference(pairs, mean, seed=1, resamples=1) or (0, 1)
    assert low == high
