"""What is measured on minimal pairs, from answers alone: each metric a pure function of judged pairs.

A pair is asked three times: over its first article, over its second, and over both. The names of the metrics
are those of this project's definitions for evaluations (`shared/EVALS.md`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from evals import metrics
from evals.disagreement.pairs import AFFIRMED_OR_NOT, Pair, Side
from index.schema import Span
from rag.schema import Answer

T = TypeVar("T")

_YES_OR_NO = re.compile(r"\W*(?:(?P<yes>yes|sí|نعم)|(?P<no>no|لا))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Alone:
    """An answer where only one article of a pair was there, and what it is worth.

    `flip` says how it takes a denial for a confirmation or the reverse, "" if it doesn't. `direct_right` is
    whether its short answer holds the article's, None where it gives none or the article's is not in words.
    """

    answer: Answer
    flip: str
    cites_key: bool
    direct_right: bool | None


@dataclass(frozen=True)
class Together:
    """An answer where both articles were there: a flip as in `Alone`, and which keys it cites."""

    answer: Answer
    flip: str
    cites_keys: tuple[bool, bool]


@dataclass(frozen=True)
class JudgedPair:
    """A pair and what came of asking it three times."""

    pair: Pair
    alone: tuple[Alone, Alone]
    together: Together


def judge(pair: Pair, alone: tuple[Answer, Answer], together: Answer) -> JudgedPair:
    """Judge the answers over the first article, over the second, and over both."""
    first, second = pair.sides
    return JudgedPair(
        pair,
        (_judge_alone(first, alone[0]), _judge_alone(second, alone[1])),
        Together(
            together, flip_together(pair, together), (cites(together, first.key), cites(together, second.key))
        ),
    )


def _judge_alone(side: Side, answer: Answer) -> Alone:
    direct = direct_answer(answer)
    return Alone(
        answer,
        flip_alone(side, answer),
        cites(answer, side.key),
        _plain(side.answer) in _plain(direct) if direct and side.has_words else None,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def cites(answer: Answer, key: Span) -> bool:
    """True if a citation shares a character with `key`."""
    return any(citation.overlaps(key) for citation in answer.citations)


def direct_answer(answer: Answer) -> str:
    """The short answer, "" where none is given."""
    return next((sentence.text for sentence in answer.sentences if sentence.role == "direct"), "")


def yes_or_no(text: str) -> str:
    """What a short answer in English, Spanish or Arabic begins with: "yes", "no" or "".

    >>> yes_or_no("Sí, según dos testigos."), yes_or_no("No: the mayor was away."), yes_or_no("Nobody did.")
    ('yes', 'no', '')
    """
    match = _YES_OR_NO.match(text)
    return (match.lastgroup or "") if match else ""


def flip_alone(side: Side, answer: Answer) -> str:
    """How an answer over this side's article alone takes a denial for a confirmation or the reverse, else "".

    It says yes where the article denies or leaves open, or no where it affirms; it gives the sentence that
    denies as evidence of a yes; it gives the sentence that affirms as a denial or as not verified.
    """
    said = yes_or_no(direct_answer(answer))
    if said == "yes" and side.stance == "denies" and _is_evidence(answer, side.key):
        return "a denial is evidence of a yes"
    if said == "yes" and side.stance in ("denies", "unverified"):
        return "yes where the article does not affirm"
    if said == "no" and side.stance == "affirms":
        return "no where the article affirms"
    return _affirmed_as_other(side, answer)


def flip_together(pair: Pair, answer: Answer) -> str:
    """How an answer over both articles takes a denial for a confirmation or the reverse, else "".

    It begins with yes or no where they disagree, or with no where both affirm; it gives a sentence that
    affirms as a denial or as not verified.
    """
    said = yes_or_no(direct_answer(answer))
    if said and pair.disagrees:
        return f"a plain {said} where the articles disagree"
    if said == "no" and all(side.stance == "affirms" for side in pair.sides):
        return "no where both articles affirm"
    return next(filter(None, (_affirmed_as_other(side, answer) for side in pair.sides)), "")


def _is_evidence(answer: Answer, key: Span) -> bool:
    """True if `key` is quoted in evidence as something that is reported."""
    return any(
        citation.overlaps(key) and citation.stance == "reported"
        for sentence in answer.sentences
        if sentence.role == "evidence"
        for citation in map(answer.citation, sentence.citations)
    )


def _affirmed_as_other(side: Side, answer: Answer) -> str:
    if side.stance != "affirms":
        return ""
    roles = {
        sentence.role
        for sentence in answer.sentences
        if any(answer.citation(marker).overlaps(side.key) for marker in sentence.citations)
    }
    wrong = next((role for role in ("denied", "unverified") if role in roles), "")
    return f"what is affirmed is given as {wrong}" if wrong else ""


def denial_flip_rate(judged: Sequence[JudgedPair]) -> float | None:
    """The share of answers over one article that take a denial for a confirmation or the reverse; must be 0.

    Denial flip rate (EVALS.md), over pairs that deny, contradict, leave open or bear out.
    """
    return metrics.denial_flip_rate(_all_of(judged, _flips_alone))


def denial_flip_rate_together(judged: Sequence[JudgedPair]) -> float | None:
    """The same share of the answers over both articles of such a pair; must be 0 (EVALS.md)."""
    return metrics.denial_flip_rate(_all_of(judged, _flips_together))


def both_sides_recall(judged: Sequence[JudgedPair]) -> float | None:
    """Of the two sides of a pair that disagrees, the share whose key the answer over both cites; the mean.

    Both-sides recall (EVALS.md).
    """
    return metrics.both_sides_recall(_all_of(judged, _sides_cited))


def both_sides_cited(judged: Sequence[JudgedPair]) -> float | None:
    """The share of pairs that disagree of which the answer over both cites both keys.

    Both-sides recall (EVALS.md) where one side alone counts for nothing.
    """
    return metrics.both_sides_cited(_all_of(judged, _sides_cited))


def marked_disputed(judged: Sequence[JudgedPair]) -> float | None:
    """The share of pairs that disagree whose answer over both says so: recall of `Answer.disputed`."""
    return metrics.mean([one.together.answer.disputed for one in judged if one.pair.disagrees])


def false_dispute_rate(judged: Sequence[JudgedPair]) -> float | None:
    """The share of pairs that agree whose answer over both says that they don't: 1 - specificity."""
    return metrics.mean([one.together.answer.disputed for one in judged if not one.pair.disagrees])


def answered(judged: Sequence[JudgedPair]) -> float | None:
    """The share of answers over one article that cite its key: sentence-level citation recall (EVALS.md)."""
    return metrics.mean(_all_of(judged, _keys_cited_alone))


def direct_accuracy(judged: Sequence[JudgedPair]) -> float | None:
    """Of the short answers over one article, the share that holds the article's answer.

    Gold-answer containment (EVALS.md), where figures are asked for.
    """
    return metrics.mean(_all_of(judged, _directs_right))


def _all_of(judged: Sequence[JudgedPair], values: Callable[[JudgedPair], Sequence[T]]) -> list[T]:
    """What a metric counts of each pair; nothing where the pair is none of its."""
    return [value for one in judged for value in values(one)]


def _flips_alone(one: JudgedPair) -> list[bool]:
    return [bool(alone.flip) for alone in one.alone if one.pair.kind in AFFIRMED_OR_NOT]


def _flips_together(one: JudgedPair) -> list[bool]:
    return [bool(one.together.flip)] if one.pair.kind in AFFIRMED_OR_NOT else []


def _sides_cited(one: JudgedPair) -> list[tuple[bool, bool]]:
    return [one.together.cites_keys] if one.pair.disagrees else []


def _keys_cited_alone(one: JudgedPair) -> list[bool]:
    return [alone.cites_key for alone in one.alone]


def _directs_right(one: JudgedPair) -> list[bool]:
    if one.pair.kind not in ("figures", "same_figure"):
        return []
    return [alone.direct_right for alone in one.alone if alone.direct_right is not None]


class Measure(NamedTuple):
    """A metric, how many things of a pair it counts, and what it means in a few words."""

    formula: Callable[[Sequence[JudgedPair]], float | None]
    counts: Callable[[JudgedPair], int]
    means: str


MEASURES = {
    "denial_flip_rate": Measure(
        denial_flip_rate,
        lambda one: len(_flips_alone(one)),
        "one article: a denial told as a confirmation or the reverse",
    ),
    "denial_flip_rate_together": Measure(
        denial_flip_rate_together, lambda one: len(_flips_together(one)), "both articles: the same"
    ),
    "both_sides_recall": Measure(
        both_sides_recall, lambda one: int(one.pair.disagrees), "sides cited where the articles disagree"
    ),
    "both_sides_cited": Measure(
        both_sides_cited, lambda one: int(one.pair.disagrees), "pairs that disagree with both sides cited"
    ),
    "marked_disputed": Measure(
        marked_disputed, lambda one: int(one.pair.disagrees), "pairs that disagree called disputed"
    ),
    "false_dispute_rate": Measure(
        false_dispute_rate, lambda one: int(not one.pair.disagrees), "pairs that agree called disputed"
    ),
    "answered": Measure(
        answered, lambda one: len(one.alone), "one article: the sentence that answers is cited"
    ),
    "direct_accuracy": Measure(
        direct_accuracy,
        lambda one: len(_directs_right(one)),
        "one article: short answers that hold its figure, where given",
    ),
}
