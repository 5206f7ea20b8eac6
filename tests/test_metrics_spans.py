"""Citations against gold spans: by hand, and against scikit-learn on characters."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, jaccard_score, precision_score, recall_score

from evals import (
    Place,
    citation_f1,
    citation_precision,
    citation_recall,
    is_right,
    sentence_at_k,
    span_f1,
    span_iou,
    span_precision,
    span_recall,
)

CITED: list[Place] = [("a", 0, 10), ("a", 5, 20), ("b", 0, 5), ("c", 0, 9)]
GOLD: list[Place] = [("a", 8, 12), ("a", 30, 40), ("b", 5, 9)]
# In characters: cited 20 of a, 5 of b, 9 of c; gold 4 and 10 of a, 4 of b; both 4, at 8 to 12 of a.

LENGTH = 20
places = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, LENGTH), st.integers(0, LENGTH)).map(
        lambda place: (place[0], min(place[1:]), max(place[1:]))
    ),
    max_size=5,
)


def test_a_span_is_right_if_it_shares_a_character_with_gold() -> None:
    gold = [("a", 11, 23)]
    assert is_right(("a", 0, 12), gold)
    assert is_right(("a", 22, 30), gold)
    assert is_right(("a", 0, 30), gold)
    assert not is_right(("a", 0, 11), gold)
    assert not is_right(("a", 23, 30), gold)
    assert not is_right(("b", 11, 23), gold)
    assert not is_right(("a", 15, 15), gold)  # it has no character to share
    assert not is_right(("a", 11, 23), [])


def test_sentence_at_k_looks_at_the_first_citations() -> None:
    assert not sentence_at_k([False, True], 1)
    assert sentence_at_k([False, True], 3)
    assert not sentence_at_k([False, False, False, True], 3)
    assert not sentence_at_k([], 3)


def test_citations_are_counted_by_hand() -> None:
    assert citation_precision(CITED, GOLD) == 2 / 4  # both of a; b's ends where gold begins, c has no gold
    assert citation_recall(CITED, GOLD) == 1 / 3  # the first span alone
    assert citation_f1(CITED, GOLD) == pytest.approx(0.4)  # 2 * (1/2) * (1/3) / (5/6)
    assert citation_precision([*CITED, ("a", 0, 10)], GOLD) == 3 / 5  # one given twice counts twice


def test_characters_are_counted_by_hand_and_once() -> None:
    assert span_precision(CITED, GOLD) == 4 / 34
    assert span_recall(CITED, GOLD) == 4 / 18
    assert span_f1(CITED, GOLD) == 8 / 52
    assert span_iou(CITED, GOLD) == 4 / 48
    assert span_iou([*CITED, *CITED], [*GOLD, ("a", 9, 11)]) == 4 / 48


def test_cited_spans_that_are_gold_score_1_however_they_are_cut() -> None:
    cut: list[Place] = [("a", 0, 4), ("a", 4, 10), ("a", 2, 6)]
    for metric in (span_precision, span_recall, span_f1, span_iou):
        assert metric(cut, [("a", 0, 10)]) == 1


def test_without_citations_or_without_gold() -> None:
    for precision in (citation_precision, span_precision):
        assert precision([], GOLD) is None
        assert precision(CITED, []) == 0
    for recall in (citation_recall, span_recall):
        assert recall([], GOLD) == 0
        assert recall(CITED, []) is None
    for both in (citation_f1, span_f1, span_iou):
        assert both([], GOLD) == both(CITED, []) == 0
        assert both([], []) is None


def _mask(spans: list[Place]) -> list[int]:
    return [
        int(any(article == name and start <= offset < end for article, start, end in spans))
        for name in "ab"
        for offset in range(LENGTH)
    ]


@pytest.mark.parametrize(
    ("metric", "theirs", "counts"),
    [
        (span_precision, precision_score, lambda cited, _: any(cited)),
        (span_recall, recall_score, lambda _, gold: any(gold)),
        (span_f1, f1_score, lambda cited, gold: any(cited + gold)),
        (span_iou, jaccard_score, lambda cited, gold: any(cited + gold)),
    ],
)
@given(cited=places, gold=places)
def test_characters_agree_with_scikit_learn(
    metric: Callable[..., float | None],
    theirs: Callable[..., float],
    counts: Callable[[list[int], list[int]], bool],
    cited: list[Place],
    gold: list[Place],
) -> None:
    mask_cited, mask_gold = _mask(cited), _mask(gold)
    if counts(mask_cited, mask_gold):
        assert metric(cited, gold) == pytest.approx(theirs(mask_gold, mask_cited, zero_division=0))
    else:
        assert metric(cited, gold) is None


@given(cited=places, gold=places)
def test_a_citation_is_right_where_characters_are_shared(cited: list[Place], gold: list[Place]) -> None:
    mask_gold = _mask(gold)
    right = [
        any(one and other for one, other in zip(_mask([place]), mask_gold, strict=True)) for place in cited
    ]
    assert [is_right(place, gold) for place in cited] == right
    assert citation_precision(cited, gold) == (sum(right) / len(right) if right else None)
    assert citation_recall(gold, cited) == citation_precision(cited, gold)
