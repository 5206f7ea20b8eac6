"""What is put before a chat model: the best first into the budget, then by article, the oldest first."""

import numpy as np

from index.schema import Article, Passage, Span
from rag.finding.rerank import Evidence, ScoredSentence
from rag.writing.packing import pack

BIG = 10_000


def passage(name: str, published: str, *sentences: tuple[str, float], quotable: bool = True) -> Evidence:
    """A passage of these sentences with their scores; every text has a direction of its own."""
    text = " ".join(words for words, _ in sentences)
    article = Article(key=name, source=name, text=text, outlet=name, published=published, language="en")
    whole = Passage(article, 0, len(text))
    scored, start = [], 0
    for words, score in sentences:
        vector = np.random.default_rng(list(words.encode())).normal(size=64).astype(np.float32)
        vector /= np.linalg.norm(vector)
        span = Span(article, start, start + len(words))
        scored.append(ScoredSentence(span, whole, score, score, 0.0, quotable, vector))
        start += len(words) + 1
    return Evidence(whole, max(score for _, score in sentences), 0.0, tuple(scored))


def texts(packed: list[ScoredSentence]) -> list[str]:
    return [sentence.span.text for sentence in packed]


def test_articles_stand_oldest_first_and_their_sentences_in_order() -> None:
    new = passage("New", "2031-05-09", ("The bridge reopened.", 0.6), ("Traffic flowed again.", 0.9))
    old = passage("Old", "2031-05-01", ("The bridge was shut.", 0.5))
    undated = passage("Undated", "", ("The bridge is old.", 0.7))

    assert texts(pack([undated, new, old], BIG)) == [
        "The bridge was shut.",
        "The bridge reopened.",
        "Traffic flowed again.",
        "The bridge is old.",
    ]


def test_a_long_context_never_pushes_out_the_best() -> None:
    weak = passage(
        "Weak", "2031-05-01", *[(f"Filler number {number} about boats.", 0.3) for number in range(60)]
    )
    best = passage("Best", "2031-05-09", ("The ferry sank at noon.", 0.9))

    packed = pack([weak, best], 60)

    assert "The ferry sank at noon." in texts(packed)
    assert sum(len(text) for text in texts(packed)) <= 4 * 60


def test_the_best_is_shown_even_if_it_is_too_long() -> None:
    assert len(pack([passage("A", "", ("The ferry sank at noon.", 0.9))], 1)) == 1


def test_a_sentence_brings_the_one_it_leans_on() -> None:
    item = passage(
        "A", "", ("Otto Lang owns the ferry.", 0.2), ("He sold it in May.", 0.9), ("Rain fell.", 0.1)
    )

    assert texts(pack([item], 24)) == ["Otto Lang owns the ferry.", "He sold it in May."]


def test_other_sides_come_before_others_of_their_rank() -> None:
    report = passage(
        "A", "", *[(f"The minister met envoy number {number}.", 0.9 - number / 100) for number in range(9)]
    )
    denial = passage("B", "", ("The ministry denied that any meeting took place.", 0.6))

    assert "The ministry denied that any meeting took place." in texts(pack([report, denial], 40))


def test_copies_and_what_may_not_be_quoted_are_left_out() -> None:
    first = passage("A", "2031-05-01", ("The ferry sank at noon.", 0.9))
    copy = passage("B", "2031-05-02", ("The ferry sank at noon.", 0.8))
    heading = passage("C", "2031-05-03", ("Ferry news", 0.95), quotable=False)

    assert texts(pack([first, copy, heading], BIG)) == ["The ferry sank at noon."]
    assert pack([heading], BIG) == []
