"""The abstention metrics: by hand, and against scikit-learn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

from evals import (
    Trial,
    abstention_f1,
    abstention_precision,
    abstention_recall,
    auroc,
    false_answer_rate,
    false_refusal_rate,
)

# Five questions have an answer and one of them was refused; three have none and two of them were refused.
TRIALS = [
    Trial(absent=False, refused=False, confidence=0.9),
    Trial(absent=False, refused=False, confidence=0.8),
    Trial(absent=False, refused=False, confidence=0.7),
    Trial(absent=False, refused=False, confidence=0.6),
    Trial(absent=False, refused=True, confidence=0.3),
    Trial(absent=True, refused=False, confidence=0.7),
    Trial(absent=True, refused=True, confidence=0.2),
    Trial(absent=True, refused=True, confidence=0.1),
]

confidences = st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.9, 1.0])
trials = st.lists(st.builds(Trial, st.booleans(), st.booleans(), confidences), max_size=20)


def test_abstention_by_hand() -> None:
    assert abstention_precision(TRIALS) == pytest.approx(2 / 3)  # three refused, two of them rightly
    assert abstention_recall(TRIALS) == pytest.approx(2 / 3)  # three absent, two of them refused
    assert abstention_f1(TRIALS) == pytest.approx(2 / 3)  # 2*2 / (2*2 + 1 false refusal + 1 false answer)
    assert false_answer_rate(TRIALS) == pytest.approx(1 / 3)
    assert false_refusal_rate(TRIALS) == pytest.approx(1 / 5)


def test_auroc_by_hand() -> None:
    # 5 x 3 pairs. Against .7: .9 and .8 win, .7 ties, .6 and .3 lose = 2.5. Against .2 and .1 all win = 10.
    assert auroc(TRIALS) == pytest.approx(12.5 / 15)
    assert auroc([Trial(False, False, 0.5), Trial(True, True, 0.5)]) == 0.5


def test_auroc_of_the_scikit_learn_example() -> None:
    # sklearn.metrics.roc_auc_score(y_true=[0, 0, 1, 1], y_score=[.1, .4, .35, .8]) is .75 in its docs.
    scores = [(True, 0.1), (True, 0.4), (False, 0.35), (False, 0.8)]
    assert auroc([Trial(absent, False, confidence) for absent, confidence in scores]) == 0.75


def test_abstention_over_nothing_is_none() -> None:
    answered = [Trial(absent=False, refused=False, confidence=0.9)]
    assert abstention_precision(answered) is None
    assert abstention_recall(answered) is None
    assert abstention_f1(answered) is None
    assert false_answer_rate(answered) is None
    assert auroc(answered) is None
    assert false_refusal_rate([]) is None


def test_a_system_that_refuses_everything_has_recall_and_false_refusals() -> None:
    refused = [Trial(trial.absent, True, 0.0) for trial in TRIALS]
    assert abstention_recall(refused) == 1
    assert abstention_precision(refused) == 3 / 8
    assert false_refusal_rate(refused) == 1


@given(trials)
def test_precision_recall_and_f1_agree_with_scikit_learn(tried: list[Trial]) -> None:
    absent, refused = [trial.absent for trial in tried], [trial.refused for trial in tried]
    for ours, theirs, counts in (
        (abstention_precision(tried), precision_score, any(refused)),
        (abstention_recall(tried), recall_score, any(absent)),
        (abstention_f1(tried), f1_score, any(absent) or any(refused)),
    ):
        assert ours == (pytest.approx(theirs(absent, refused, zero_division=0)) if counts else None)


@given(trials)
def test_the_rates_are_recalls_turned_round(tried: list[Trial]) -> None:
    absent, answered = [trial.absent for trial in tried], [not trial.refused for trial in tried]
    present = [not is_absent for is_absent in absent]
    if any(absent):
        missed = 1 - recall_score(absent, [not it for it in answered], zero_division=0)
        assert false_answer_rate(tried) == pytest.approx(missed)
    if any(present):
        assert false_refusal_rate(tried) == pytest.approx(
            1 - recall_score(present, answered, zero_division=0)
        )


@given(trials)
def test_auroc_agrees_with_scikit_learn(tried: list[Trial]) -> None:
    present = [not trial.absent for trial in tried]
    if len(set(present)) < 2:
        assert auroc(tried) is None
    else:
        scores = [trial.confidence for trial in tried]
        assert auroc(tried) == pytest.approx(roc_auc_score(present, scores))
