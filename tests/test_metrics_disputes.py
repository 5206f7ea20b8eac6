"""The metrics of disputes on plain data, by hand; on judged answers they stand in test_disputes_eval.py."""

import pytest

from evals import both_sides_cited, both_sides_recall, corroboration_accuracy, denial_flip_rate


def test_denial_flip_rate_is_a_share() -> None:
    assert denial_flip_rate([False, True, False, False]) == 0.25
    assert denial_flip_rate([]) is None


def test_both_sides_by_hand() -> None:
    cited = [(True, True), (True, False), (False, False), (True, True, False)]
    assert both_sides_recall(cited) == pytest.approx((1 + 1 / 2 + 0 + 2 / 3) / 4)
    assert both_sides_cited(cited) == 1 / 4
    assert both_sides_recall([(True, False), ()]) == 1 / 2
    assert both_sides_cited([(True, True), ()]) == 1
    assert both_sides_recall([]) is both_sides_cited([()]) is None


def test_corroboration_accuracy_wants_every_side_counted_right() -> None:
    right = {"reported": 2, "denied": 1}
    for counted in ({"denied": 1, "reported": 2}, {"reported": 2, "denied": 1, "unverified": 0}):
        assert corroboration_accuracy([(counted, right)]) == 1
    for counted in ({"reported": 2}, {"reported": 3, "denied": 1}, {"reported": 1, "denied": 2}):
        assert corroboration_accuracy([(counted, right), (right, right)]) == 1 / 2
    assert corroboration_accuracy([]) is None
