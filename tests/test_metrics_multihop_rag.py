"""MultiHop-RAG's figures: by hand, and on a retrieval that its authors published."""

import json

import pytest
from conftest import shared_folder

from evals import (
    average_precision,
    multihop_rag_hits_at_k,
    multihop_rag_map_at_k,
    multihop_rag_mrr_at_k,
)

CHUNKS = ["Rain fell\nall day.", "The river rose. Nobody was hurt.", "The mayor spoke.", "The river rose."]


def test_a_fact_is_found_without_its_spaces_and_line_feeds_but_with_its_case() -> None:
    assert multihop_rag_hits_at_k([(CHUNKS, ["Rain fell all day."])], 1) == 1
    assert multihop_rag_hits_at_k([(CHUNKS, ["Rainfell\n\nallday."])], 1) == 1
    assert multihop_rag_hits_at_k([(CHUNKS, ["rain fell all day."])], 4) == 0
    assert multihop_rag_hits_at_k([(["Rain\tfell"], ["Rain fell"])], 4) == 0  # a tab is neither


def test_a_fact_cut_in_two_by_the_chunks_is_not_found() -> None:
    assert multihop_rag_hits_at_k([(["Nobody was", "hurt."], ["Nobody was hurt."])], 10) == 0


def test_hits_and_mrr_are_means_over_questions_with_facts() -> None:
    questions = [
        (CHUNKS, ["The river rose."]),  # rank 2
        (CHUNKS, ["The mayor spoke.", "The mayor left."]),  # rank 3
        (CHUNKS, ["Snow fell."]),  # not at all
        (CHUNKS, []),  # a null query
    ]
    assert multihop_rag_hits_at_k(questions, 1) == 0
    assert multihop_rag_hits_at_k(questions, 2) == pytest.approx(1 / 3)
    assert multihop_rag_hits_at_k(questions, 4) == pytest.approx(2 / 3)
    assert multihop_rag_mrr_at_k(questions) == pytest.approx((1 / 2 + 1 / 3 + 0) / 3)
    assert multihop_rag_mrr_at_k(questions, k=2) == pytest.approx((1 / 2) / 3)


def test_its_map_adds_new_facts_over_rank() -> None:
    facts = ["Rain fell all day.", "The river rose.", "Nobody was hurt."]
    # Rank 1 holds one new fact, rank 2 two, rank 4 one that was found before.
    assert multihop_rag_map_at_k([(CHUNKS, facts)]) == pytest.approx((1 / 1 + 2 / 2) / 3)
    assert multihop_rag_map_at_k([(CHUNKS, facts)], k=1) == 1  # one new fact at rank 1, over min(3, 1)
    assert multihop_rag_map_at_k([(CHUNKS, [*facts, facts[0]])]) == pytest.approx((1 / 1 + 2 / 2) / 4)
    two = ["Rain fell all day.", "The river rose."]
    assert multihop_rag_map_at_k([(CHUNKS, two)]) == pytest.approx(0.75)
    assert average_precision([True, True], 2) == 1  # what the name promises


def test_without_a_question_that_has_facts_there_is_no_figure() -> None:
    null_query = [(CHUNKS, list[str]())]
    assert multihop_rag_hits_at_k(null_query, 10) is None
    assert multihop_rag_mrr_at_k(null_query) is None
    assert multihop_rag_map_at_k([]) is None


def test_the_published_retrieval_gives_what_its_own_script_prints() -> None:
    file = shared_folder("data/multihop_rag_sample500") / "upstream_output_llm-embedder_retrieval_test.json"
    questions = [
        ([chunk["text"] for chunk in row["retrieval_list"]], [gold["fact"] for gold in row["gold_list"]])
        for row in json.loads(file.read_text(encoding="utf-8"))
        if row["question_type"] != "null_query"
    ]
    # retrieval_evaluate.py of yixuantt/MultiHop-RAG at 33d3ad0, run over the same file, to four digits.
    assert len(questions) == 8
    assert multihop_rag_hits_at_k(questions, 10) == 0.75
    assert multihop_rag_hits_at_k(questions, 4) == 0.625
    assert multihop_rag_map_at_k(questions) == pytest.approx(0.2746, abs=5e-5)
    assert multihop_rag_mrr_at_k(questions) == pytest.approx(0.5491, abs=5e-5)
