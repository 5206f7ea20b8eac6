"""The retrieval metrics: by hand, and against trec_eval."""

from math import log2

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from evals import (
    average_precision,
    evidence_coverage_at_k,
    finds_new,
    hits_at_k,
    mean,
    ndcg_at_k,
    reciprocal_rank,
)


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


def test_average_precision_of_the_textbook_example() -> None:
    # Manning, Raghavan & Schütze, Introduction to Information Retrieval, exercise 8.9: of eight relevant ones
    # six are found, (1/1 + 2/2 + 3/9 + 4/11 + 5/15 + 6/20) / 8 = .416.
    relevant = [mark == "R" for mark in "RRNNNNNNRNRNNNRNNNNR"]
    assert average_precision(relevant, 8, k=20) == pytest.approx(0.416, abs=5e-4)


def test_average_precision_counts_what_was_not_found_and_looks_no_deeper_than_k() -> None:
    relevant = [True, False, True]
    assert average_precision(relevant, 2) == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert average_precision(relevant, 4) == pytest.approx((1 / 1 + 2 / 3) / 4)
    assert average_precision(relevant, 2, k=2) == pytest.approx(1 / 2)
    assert average_precision([], 3) == 0
    assert average_precision([False], 0) is None


def test_ndcg_by_hand() -> None:
    # Ranks 1 and 3 gain 1 / log2(2) + 1 / log2(4) = 1.5; two at the top would gain 1 + 1 / log2(3) = 1.631.
    assert ndcg_at_k([True, False, True], 2) == pytest.approx(1.5 / (1 + 1 / log2(3)))
    assert ndcg_at_k([True, False, True], 2, k=2) == pytest.approx(1 / (1 + 1 / log2(3)))
    assert ndcg_at_k([True], 5, k=1) == 1  # one place, and what is there is relevant
    assert ndcg_at_k([False, False], 1) == 0
    assert ndcg_at_k([False], 0) is None


def test_more_relevant_results_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 results are relevant, but gold says that there are 1"):
        average_precision([True, True], 1)
    with pytest.raises(ValueError, match="2 results are relevant"):
        ndcg_at_k([True, True], 1)
    with pytest.raises(ValueError, match="hold 2 pieces of evidence, but gold is 1"):
        evidence_coverage_at_k([{1}, {2}], 1, k=1)


def test_evidence_coverage_counts_each_piece_once() -> None:
    holds = [{"a"}, {"a"}, set(), {"a", "b"}, {"c"}]
    assert evidence_coverage_at_k(holds, 4, k=1) == 1 / 4
    assert evidence_coverage_at_k(holds, 4, k=3) == 1 / 4
    assert evidence_coverage_at_k(holds, 4, k=4) == 2 / 4
    assert evidence_coverage_at_k(holds, 4, k=10) == 3 / 4
    assert evidence_coverage_at_k([], 2, k=10) == 0
    assert evidence_coverage_at_k([set()], 0, k=10) is None


def test_a_result_finds_what_none_before_it_held() -> None:
    assert finds_new([{1}, {1}, set(), {1, 2}, {2}]) == [True, False, False, True, False]
    assert finds_new([]) == []


@given(st.lists(st.booleans(), min_size=1, max_size=15), st.integers(0, 12))
def test_the_ranking_metrics_agree_with_trec_eval(relevant: list[bool], missed: int) -> None:
    gold = sum(relevant) + missed
    if not gold:
        assert average_precision(relevant, gold) is ndcg_at_k(relevant, gold) is None
        return
    judged = {f"found{rank}": 1 for rank, is_relevant in enumerate(relevant) if is_relevant}
    judged |= {f"missed{number}": 1 for number in range(missed)}
    run = {f"found{rank}": -float(rank) for rank in range(len(relevant))}
    measures = {"map_cut_10", "ndcg_cut_10", "ndcg_cut_3", "recall_5", "success_1,4,10", "recip_rank"}
    theirs = pytrec_eval.RelevanceEvaluator({"q": judged}, measures).evaluate({"q": run})["q"]

    assert average_precision(relevant, gold) == pytest.approx(theirs["map_cut_10"])
    assert ndcg_at_k(relevant, gold) == pytest.approx(theirs["ndcg_cut_10"])
    holds = [{rank} if is_relevant else set() for rank, is_relevant in enumerate(relevant)]
    assert evidence_coverage_at_k(holds, gold, k=5) == pytest.approx(theirs["recall_5"])
    for k in (1, 4, 10):
        assert hits_at_k(relevant, k) == theirs[f"success_{k}"]
    assert reciprocal_rank(relevant, k=15) == pytest.approx(theirs["recip_rank"])


@given(st.lists(st.sets(st.integers(0, 4)), max_size=12))
def test_by_new_finds_a_piece_never_counts_twice(holds: list[set[int]]) -> None:
    relevant = finds_new(holds)
    precision, gain = average_precision(relevant, 5), ndcg_at_k(relevant, 5)
    assert precision is not None
    assert gain is not None
    assert 0 <= precision <= 1
    assert 0 <= gain <= 1 + 1e-9
    assert hits_at_k(relevant, 10) == ((evidence_coverage_at_k(holds, 5, k=10) or 0) > 0)
