"""Every metric against a case computed by hand; the working stands beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import (
    Trial,
    abstention_f1,
    abstention_precision,
    abstention_recall,
    auroc,
    boilerplate_citation_rate,
    bootstrap_interval,
    false_answer_rate,
    false_refusal_rate,
    hits_at_k,
    in_boilerplate,
    is_right,
    mean,
    pointer_validity,
    points_exactly,
    reciprocal_rank,
    sentence_at_k,
)
from index.schema import Article, Mask, Span

ARTICLE = Article(key="a", source="a.txt", text="Rain fell. Nobody came.", masks=(Mask(0, 10, "caption"),))
STORED = ARTICLE.to_dict()
CITATION = {"article_id": ARTICLE.id, "start": 11, "end": 23, "quote": "Nobody came."}

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


def test_mean() -> None:
    assert mean([True, False, True, True]) == 0.75
    assert mean([0.5, 1.0]) == 0.75
    assert mean([]) is None


def test_hits_at_k_looks_no_deeper_than_k() -> None:
    relevant = [False, False, True]
    assert not hits_at_k(relevant, 2)
    assert hits_at_k(relevant, 3)
    assert hits_at_k(relevant, 10)
    assert not hits_at_k([], 1)


def test_reciprocal_rank_is_one_over_the_first_relevant_rank() -> None:
    assert reciprocal_rank([True, True]) == 1.0
    assert reciprocal_rank([False, False, False, True, True]) == 0.25
    assert reciprocal_rank([False] * 10 + [True], k=10) == 0.0
    assert reciprocal_rank([]) == 0.0


def test_mrr_of_the_textbook_example() -> None:
    # https://en.wikipedia.org/wiki/Mean_reciprocal_rank: ranks 3, 2 and 1 give (1/3 + 1/2 + 1) / 3 = 11/18.
    ranked = [[False, False, True], [False, True, False], [True, False, False]]
    assert mean([reciprocal_rank(relevant) for relevant in ranked]) == pytest.approx(11 / 18)


def test_a_span_is_right_if_it_shares_a_character_with_gold() -> None:
    text = "Rain fell. Nobody came."
    article, other = Article("a", "a.txt", text), Article("b", "b.txt", text)
    gold = [Span(article, 11, 23)]
    assert is_right(Span(article, 0, 12), gold)
    assert not is_right(Span(article, 0, 11), gold)
    assert not is_right(Span(other, 11, 23), gold)
    assert not is_right(Span(article, 11, 23), [])


def test_sentence_at_k_looks_at_the_first_citations() -> None:
    assert not sentence_at_k([False, True], 1)
    assert sentence_at_k([False, True], 3)
    assert not sentence_at_k([False, False, False, True], 3)
    assert not sentence_at_k([], 3)


def test_a_citation_points_exactly_if_the_quote_stands_at_its_offsets() -> None:
    assert points_exactly(CITATION, STORED)
    assert not points_exactly({**CITATION, "quote": "nobody came."}, STORED)
    assert not points_exactly({**CITATION, "start": 10}, STORED)
    assert not points_exactly({**CITATION, "article_id": "another"}, STORED)


def test_offsets_outside_the_text_never_point_exactly() -> None:
    # Python's slices forgive all of these.
    assert not points_exactly({**CITATION, "end": 99}, STORED)
    assert not points_exactly({**CITATION, "start": -12}, STORED)
    assert not points_exactly({**CITATION, "start": 5, "end": 5, "quote": ""}, STORED)


def test_a_citation_that_touches_a_mask_is_boilerplate_and_does_not_point_exactly() -> None:
    touching = {**CITATION, "start": 5, "end": 16, "quote": "fell. Nobod"}
    assert STORED["text"][5:16] == "fell. Nobod"
    assert in_boilerplate(touching, STORED)
    assert not points_exactly(touching, STORED)
    assert not in_boilerplate({**CITATION, "start": 10}, STORED)


def test_pointer_validity_and_boilerplate_citation_rate_are_shares() -> None:
    assert pointer_validity([True, True, True, False]) == 0.75
    assert pointer_validity([]) is None
    assert boilerplate_citation_rate([False, False, True, False]) == 0.25
    assert boilerplate_citation_rate([]) is None


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
    assert bootstrap_interval(TRIALS[:1], auroc, seed=1) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 99))
def test_the_bootstrap_interval_lies_within_the_values(values: list[float], seed: int) -> None:
    low, high = bootstrap_interval(values, mean, seed=seed, resamples=50) or (2.0, -2.0)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
