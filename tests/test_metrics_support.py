"""Support by four definitions, each on cases worked by hand from its paper."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import (
    CitedSentence,
    JudgedStatement,
    Support,
    ais,
    alce_citation_precision,
    alce_citation_recall,
    liu_citation_f1,
    liu_citation_precision,
    liu_citation_recall,
    trec_support_precision,
    trec_support_recall,
)


def entails(texts: Sequence[str], sentence: str) -> bool:
    """A judge for these tests: every word of the sentence stands in one of the texts."""
    assert texts, "nothing can't be asked about"
    return set(sentence.split()) <= set(" ".join(texts).split())


def test_ais_is_the_share_of_sentences_that_a_hearer_would_affirm() -> None:
    assert ais([True, False, True, True]) == 0.75
    assert ais([]) is None


# ALCE.


def test_alce_on_one_supported_sentence_with_a_citation_that_is_not_needed() -> None:
    # "rain fell" alone supports, "wind" neither supports alone nor is needed, so two of three are precise:
    # either text with both words makes up for the other, but each supports alone.
    answer: list[CitedSentence[str]] = [("rain fell", ["rain fell", "wind", "rain fell hard"])]
    assert alce_citation_recall([answer], entails) == 1
    assert alce_citation_precision([answer], entails) == 2 / 3


def test_alce_where_two_texts_support_together_only() -> None:
    # Neither supports alone, and without either the rest doesn't: both are precise.
    answer: list[CitedSentence[str]] = [("rain fell", ["rain", "fell"])]
    assert alce_citation_recall([answer], entails) == alce_citation_precision([answer], entails) == 1


def test_alce_where_the_sentence_is_not_supported() -> None:
    answer: list[CitedSentence[str]] = [
        ("rain fell", ["rain"]),
        ("rain fell", []),
        ("wind rose", ["wind rose"]),
    ]
    assert alce_citation_recall([answer], entails) == 1 / 3
    assert alce_citation_precision([answer], entails) == 1 / 2  # of two citations, the last


def test_alce_takes_the_mean_over_sentences_then_over_answers() -> None:
    one: list[CitedSentence[str]] = [("a", ["a"])]
    many: list[CitedSentence[str]] = [("a", ["a"]), ("b", ["a", "c"]), ("c", ["a"]), ("d", ["d"])]
    assert alce_citation_recall([one, many], entails) == (1 + 2 / 4) / 2  # not 3 of 5 sentences
    assert alce_citation_precision([one, many], entails) == (1 + 2 / 5) / 2  # not 3 of 6 citations


def test_alce_counts_a_citation_of_nothing_as_not_precise() -> None:
    answer: list[CitedSentence[str]] = [("a", ["a", None]), ("b", ["b"]), ("c", [None])]
    assert alce_citation_recall([answer], entails) == 1 / 3
    assert alce_citation_precision([answer], entails) == 1 / 4


def test_alce_judges_all_citations_of_a_sentence() -> None:
    answer: list[CitedSentence[str]] = [("a b c d", ["a", "b", "c", "d"])]  # the fourth is needed
    assert alce_citation_recall([answer], entails) == alce_citation_precision([answer], entails) == 1


def test_alce_does_not_skip_an_answer_that_says_or_cites_nothing() -> None:
    supported: list[CitedSentence[str]] = [("a", ["a"])]
    uncited: list[CitedSentence[str]] = [("a", [])]
    for silent in ([], uncited):
        assert alce_citation_recall([supported, silent], entails) == 1 / 2
        assert alce_citation_precision([supported, silent], entails) == 1 / 2
    assert alce_citation_recall([], entails) is alce_citation_precision([], entails) is None


words = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(" ".join)


@given(st.lists(st.lists(st.tuples(words, st.lists(words | st.none(), max_size=4)), max_size=4), max_size=3))
def test_alce_over_subsets_by_the_formula(answers: list[list[CitedSentence[str]]]) -> None:
    def phi(texts: list[str], sentence: str) -> bool:
        return bool(texts) and entails(texts, sentence)

    recalls, precisions = [], []
    for answer in answers:
        supported, precise = 0, 0
        for sentence, cited in answer:
            texts = [text for text in cited if text]
            if len(texts) < len(cited) or not phi(texts, sentence):
                continue
            supported += 1
            for place, text in enumerate(texts):
                rest = texts[:place] + texts[place + 1 :]
                precise += not (not phi([text], sentence) and phi(rest, sentence))
        recalls.append(supported / max(len(answer), 1))
        precisions.append(precise / max(sum(len(cited) for _, cited in answer), 1))
    count = len(answers)
    assert alce_citation_recall(answers, entails) == (pytest.approx(sum(recalls) / count) if count else None)
    assert alce_citation_precision(answers, entails) == (
        pytest.approx(sum(precisions) / count) if count else None
    )


# Liu et al. 2023.


def test_liu_partial_support_counts_where_it_adds_up_and_nothing_supports_alone() -> None:
    together = JudgedStatement(True, ["partial", "partial", "none"])
    assert liu_citation_precision([together]) == pytest.approx(2 / 3)
    one_alone = JudgedStatement(True, ["full", "partial"])  # the second adds nothing
    assert liu_citation_precision([one_alone]) == 1 / 2
    not_enough = JudgedStatement(False, ["partial", "partial"])
    assert liu_citation_precision([not_enough]) == 0


def test_liu_recall_is_over_statements_worth_verifying() -> None:
    statements = [
        JudgedStatement(True, ["full"]),
        JudgedStatement(False, ["partial"]),
        JudgedStatement(False, []),
        JudgedStatement(False, ["none"], verification_worthy=False),
    ]
    assert liu_citation_recall(statements) == pytest.approx(1 / 3)
    assert liu_citation_precision(statements) == pytest.approx(1 / 3)  # all three citations count
    assert liu_citation_f1(statements) == pytest.approx(1 / 3)


def test_liu_f1_by_hand() -> None:
    statements = [JudgedStatement(True, ["full", "none", "none", "none"])]
    assert liu_citation_recall(statements) == 1
    assert liu_citation_precision(statements) == 1 / 4
    assert liu_citation_f1(statements) == pytest.approx(0.4)  # 2 * 1 * .25 / 1.25


def test_liu_over_nothing() -> None:
    uncited = [JudgedStatement(False, [])]
    assert liu_citation_recall(uncited) == 0
    assert liu_citation_precision(uncited) is None
    assert liu_citation_f1(uncited) == 0
    assert liu_citation_recall([]) is liu_citation_precision([]) is liu_citation_f1([]) is None


# TREC 2024 RAG.


def test_trec_weighs_full_partial_and_none() -> None:
    sentences: list[list[Support]] = [["full"], ["partial"], ["none"], [], ["partial"]]
    assert trec_support_precision(sentences) == (1 + 0.5 + 0 + 0.5) / 4  # over citations
    assert trec_support_recall(sentences) == (1 + 0.5 + 0 + 0 + 0.5) / 5  # over sentences


def test_trec_with_several_citations_takes_the_best_for_recall() -> None:
    sentences: list[list[Support]] = [["none", "full", "partial"], ["partial", "partial"]]
    assert trec_support_precision(sentences) == (0 + 1 + 0.5 + 0.5 + 0.5) / 5
    assert trec_support_recall(sentences) == (1 + 0.5) / 2


def test_trec_over_nothing() -> None:
    assert trec_support_precision([[], []]) is None
    assert trec_support_recall([[], []]) == 0
    assert trec_support_precision([]) is trec_support_recall([]) is None
