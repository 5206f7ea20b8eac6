"""How far confidence can be trusted: by hand, and against scikit-learn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from evals import expected_calibration_error, reliability, risk_coverage

judgements = st.lists(
    st.tuples(st.integers(0, 1000).map(lambda number: number / 1000), st.booleans()), min_size=1, max_size=30
)


def test_risk_coverage_by_hand() -> None:
    judged = [(0.2, False), (0.9, True), (0.5, True), (0.5, False)]
    # The surest one: right. With the two of .5: one of three is wrong. All four: two are.
    assert risk_coverage(judged) == [(1 / 4, 0), (3 / 4, 1 / 3), (1, 1 / 2)]


def test_calibration_by_hand() -> None:
    judged = [(0.1, False), (0.2, True), (0.6, True), (0.7, False), (0.8, True), (1.0, True)]
    # Halves: .1 and .2 with one right of two; .6, .7, .8 and 1 with three right of four.
    lower, upper = reliability(judged, bins=2)
    assert lower == pytest.approx((0.15, 1 / 2, 2))
    assert upper == pytest.approx((0.775, 3 / 4, 4))
    assert expected_calibration_error(judged, bins=2) == pytest.approx((2 * 0.35 + 4 * 0.025) / 6)


def test_a_bin_ends_with_its_upper_edge() -> None:
    # Guo et al. 2017: the bins are (0, .5] and (.5, 1].
    assert reliability([(0.0, True), (0.5, True), (0.51, True)], bins=2) == [(0.25, 1, 2), (0.51, 1, 1)]


@given(judgements, st.integers(1, 12))
def test_reliability_agrees_with_scikit_learn(judged: list[tuple[float, bool]], bins: int) -> None:
    right, confidence = calibration_curve([it for _, it in judged], [it for it, _ in judged], n_bins=bins)
    found = reliability(judged, bins=bins)
    assert [it for it, _, _ in found] == pytest.approx(list(confidence))
    assert [it for _, it, _ in found] == pytest.approx(list(right))
    assert sum(number for _, _, number in found) == len(judged)


@given(judgements)
def test_the_curve_ends_with_everything_kept(judged: list[tuple[float, bool]]) -> None:
    points = risk_coverage(judged)
    assert points[-1][0] == 1
    for kept, wrong in points:
        surest = sorted(judged, reverse=True)[: round(kept * len(judged))]
        assert wrong == pytest.approx(sum(not right for _, right in surest) / len(surest))
