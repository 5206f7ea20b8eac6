"""Which sentences are put before a chat model, and in which order.

The best come first into the budget, each with the one before it that it leans on, and those that deny or
correct before others of their rank; copies are left out. They are then shown by article, the oldest first, so
that the model reads what happened in order.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np

from rag.finding.rerank import Evidence, ScoredSentence
from rag.quoting.attribution import day_in_words, who
from rag.telling.stance import stance_of
from rag.writing.spending import tokens_in

MAX_SHOWN = 40  # sentences; weak models lose their way among more
_COPY = 0.97  # cosine from which on a sentence says nothing new
_OTHER_SIDES = 4  # sentences that deny, correct or leave open, taken before others
_OTHER_SIDE_SCORE = 0.6  # of the best score, which these need at least
_MARK = 6  # characters of a number before a sentence
# What points back to the sentence before.
_LEANS = re.compile(
    r"^[\W_]*(?:he|she|they|it|this|that|these|those|his|her|their|its|but|however|instead|also|both|such|then|"
    r"él|ella|ellos|ellas|esto|eso|pero|también|وقال|وأضاف|وأكد|لكن|هو|هي|هم)\b",
    re.IGNORECASE,
)
_UNDATED = datetime.max.replace(tzinfo=UTC)


def pack(evidence: Sequence[Evidence], budget: int) -> list[ScoredSentence]:
    """The sentences to show, in the order to show them, within `budget` tokens; the best one in any case."""
    kept: list[ScoredSentence] = []
    articles: set[str] = set()
    spent = 0
    for group in _in_order(evidence):
        new = [sentence for sentence in group if not any(_is_copy(sentence, other) for other in kept)]
        if not new or new[-1] is not group[-1]:
            continue  # what leans on another is not shown for the other's sake
        cost = sum(tokens_in(sentence.span.text) + tokens_in(" " * _MARK) for sentence in new)
        if new[0].span.article.id not in articles:
            cost += tokens_in(heading(new[0]))
        if kept and (spent + cost > budget or len(kept) + len(new) > MAX_SHOWN):
            continue
        kept.extend(new)
        articles.add(new[0].span.article.id)
        spent += cost
    return sorted(kept, key=_place)


def heading(sentence: ScoredSentence) -> str:
    """Whose sentences these are: "Harbour Ledger, 4 May 2031: Storm cuts power"."""
    article = sentence.span.article
    day = day_in_words(article) or "date unknown"
    return f"{who(article)}, {day}: {article.title}".rstrip(": ")


def _in_order(evidence: Sequence[Evidence]) -> Iterator[list[ScoredSentence]]:
    """Sentences with what they lean on, the best first and the best of the other sides right after it."""
    groups = [
        [*_leant_on(item, place), sentence]
        for item in evidence
        for place, sentence in enumerate(item.sentences)
        if sentence.quotable
    ]
    groups.sort(key=lambda group: -_order(group[-1]))
    best = _order(groups[0][-1]) if groups else 0.0
    sides = [
        group
        for group in groups[1:]
        if _order(group[-1]) >= _OTHER_SIDE_SCORE * best and _is_other_side(group[-1])
    ][:_OTHER_SIDES]
    yield from groups[:1]
    yield from sides
    yield from (group for group in groups[1:] if not any(group is side for side in sides))


def _leant_on(item: Evidence, place: int) -> list[ScoredSentence]:
    if place == 0 or not _LEANS.match(item.sentences[place].span.text):
        return []
    before = item.sentences[place - 1]
    return [before] if before.quotable else []


def _order(sentence: ScoredSentence) -> float:
    return sentence.score + sentence.recency


def _is_other_side(sentence: ScoredSentence) -> bool:
    return stance_of(sentence.span.text, sentence.span.article.language) != "reported"


def _is_copy(one: ScoredSentence, other: ScoredSentence) -> bool:
    if one.span.overlaps(other.span):
        return True
    return float(np.dot(one.vector, other.vector)) >= _COPY or _plain(one) == _plain(other)


def _plain(sentence: ScoredSentence) -> str:
    return " ".join(re.findall(r"\w+", sentence.span.text.casefold()))


def _place(sentence: ScoredSentence) -> tuple[datetime, str, int]:
    article = sentence.span.article
    return article.published_at or _UNDATED, article.id, sentence.span.start
