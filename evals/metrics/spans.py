"""Citations against gold spans: where they point, never mind what the sentences say.

Two families that must not be confused. `citation_…` counts citations and gold spans: one is right, or found,
if it shares a character with one of the other kind. `span_…` counts characters. What judges support has its
own names (`evals.metrics.support`).
"""

from collections.abc import Sequence

from evals.metrics.averages import f1, mean

Place = tuple[str, int, int]
"""A stretch of an article: the article's id, start and end; offsets in code points, the end excluded."""


def is_right(cited: Place, gold: Sequence[Place]) -> bool:
    """True if `cited` shares a character with a gold span of the same article."""
    return any(_overlap(cited, place) for place in gold)


def sentence_at_k(right: Sequence[bool], k: int) -> bool:
    """sentence@k: one of an answer's first `k` citations, in its own order, is right.

    An answer without citations, an abstention among them, is a miss. This is Hits@k over cited sentences.
    """
    return any(right[:k])


def citation_precision(cited: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """The share of citations that are right (`is_right`); None without citations. One given twice counts
    twice."""
    return mean([is_right(place, gold) for place in cited])


def citation_recall(cited: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """The share of gold spans that share a character with a citation; None without gold."""
    return mean([is_right(place, cited) for place in gold])


def citation_f1(cited: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """The harmonic mean of `citation_precision` and `citation_recall`; None without citations and gold."""
    return f1(citation_precision(cited, gold), citation_recall(cited, gold))


def span_precision(cited: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """|cited ∩ gold| / |cited| in characters: of what is cited, the share that is gold. None if nothing is.

    A character counts once however many spans hold it, in this as in `span_recall`, `span_f1` and `span_iou`
    (character offsets as the unit: SemEval-2021 task 5, Pavlopoulos et al. 2021).
    """
    cited_characters, gold_characters = _characters(cited), _characters(gold)
    return _share(len(cited_characters & gold_characters), len(cited_characters))


def span_recall(cited: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """|cited ∩ gold| / |gold| in characters: of what is gold, the share that is cited. None without gold."""
    cited_characters, gold_characters = _characters(cited), _characters(gold)
    return _share(len(cited_characters & gold_characters), len(gold_characters))


def span_f1(cited: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """2 |cited ∩ gold| / (|cited| + |gold|) in characters; None without both."""
    cited_characters, gold_characters = _characters(cited), _characters(gold)
    both = len(cited_characters & gold_characters)
    return _share(2 * both, len(cited_characters) + len(gold_characters))


def span_iou(cited: Sequence[Place], gold: Sequence[Place]) -> float | None:
    """|cited ∩ gold| / |cited ∪ gold| in characters (Jaccard 1912); None without both."""
    cited_characters, gold_characters = _characters(cited), _characters(gold)
    return _share(len(cited_characters & gold_characters), len(cited_characters | gold_characters))


def _overlap(one: Place, other: Place) -> bool:
    (article, start, end), (other_article, other_start, other_end) = one, other
    return article == other_article and max(start, other_start) < min(end, other_end)


def _characters(places: Sequence[Place]) -> set[tuple[str, int]]:
    return {(article, offset) for article, start, end in places for offset in range(start, end)}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
