"""Whether what is cited backs what is said, by four definitions that must not be confused.

`alce_…` asks a judge; `ais`, `liu_…` and `trec_…` take labels that people, or a judge in their place, gave.
All are about sentences and the citations that stand at them; where the citations point is checked elsewhere
(`evals.metrics.pointers`).
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeVar

from evals.metrics.averages import f1, mean

T = TypeVar("T")

Judge = Callable[[Sequence[T], str], bool]
"""φ: whether these quotes, taken together, entail the sentence; a quote is a text, or whatever the judge
takes. Asked about the same thing again and again: let it remember, if that costs (`functools.cache` will do;
the quotes come as a tuple)."""

CitedSentence = tuple[str, Sequence[T | None]]
"""A sentence, and the quote of each of its citations; None for one that points to nothing."""

Support = Literal["full", "partial", "none"]
"""How far one citation supports its sentence."""

_WEIGHTS: dict[Support, float] = {"full": 1, "partial": 0.5, "none": 0}


class JudgedStatement(NamedTuple):
    """A statement as Liu et al. have it judged: whether its citations together fully support it, how far each
    does, and whether it says anything that needs a citation."""

    fully_supported: bool
    citations: Sequence[Support]
    verification_worthy: bool = True


def ais(attributable: Sequence[bool]) -> float | None:
    """Attributable to Identified Sources: the share of sentences s, with citations C, of which a generic
    hearer would affirm "According to C, s" in context (Rashkin et al. 2023)."""
    return mean(attributable)


def alce_citation_recall(answers: Sequence[Sequence[CitedSentence[T]]], judge: Judge[T]) -> float | None:
    """The share of an answer's sentences s with Cs ≠ ∅ and φ(Cs, s) = 1; the mean over answers.

    ALCE (Gao et al. 2023). As in its script, a sentence one of whose citations points to nothing is not
    supported. Unlike there, all citations of a sentence are judged, not its first three, and an answer
    without sentences is not skipped but counts 0. None without answers.
    """
    return mean([_share([_is_supported(*sentence, judge) for sentence in answer]) for answer in answers])


def alce_citation_precision(answers: Sequence[Sequence[CitedSentence[T]]], judge: Judge[T]) -> float | None:
    """The share of an answer's citations c with φ(Cs, s) = 1 and not [φ(c, s) = 0 and φ(Cs∖c, s) = 1], which
    is: the sentence is supported, and c is not there for nothing. The mean over answers.

    ALCE (Gao et al. 2023). Unlike in its script, the citations of a sentence that cites something that
    isn't there are counted too, as not precise. An answer without citations counts 0. None without answers.
    """
    return mean(
        [_share([is_precise for s in answer for is_precise in _precise(*s, judge)]) for answer in answers]
    )


def liu_citation_recall(statements: Sequence[JudgedStatement]) -> float | None:
    """Fully supported statements / verification-worthy statements (Liu et al. 2023)."""
    return mean([one.fully_supported for one in statements if one.verification_worthy])


def liu_citation_precision(statements: Sequence[JudgedStatement]) -> float | None:
    """(Tf + Tp) / citations (Liu et al. 2023): Tf citations support their statement fully; Tp support it in
    part where all together support it fully and none does so alone."""
    return mean([is_precise for one in statements for is_precise in _supporting(one)])


def liu_citation_f1(statements: Sequence[JudgedStatement]) -> float | None:
    """The harmonic mean of `liu_citation_recall` and `liu_citation_precision` (Liu et al. 2023)."""
    return f1(liu_citation_precision(statements), liu_citation_recall(statements))


def trec_support_precision(sentences: Sequence[Sequence[Support]]) -> float | None:
    """Σ weights / citations: full support weighs 1, partial .5, none 0 (weighted precision of the TREC 2024
    RAG track, Thakur et al. 2025). `sentences` are the labels of each sentence's citations."""
    return mean([_WEIGHTS[label] for citations in sentences for label in citations])


def trec_support_recall(sentences: Sequence[Sequence[Support]]) -> float | None:
    """Σ weights / sentences, those without a citation among them (weighted recall, Thakur et al. 2025).

    The track judged one citation a sentence; of several the one that supports best gives its weight.
    """
    return mean([max((_WEIGHTS[label] for label in citations), default=0.0) for citations in sentences])


def _share(verdicts: Sequence[bool]) -> float:
    return mean(verdicts) or 0.0


def _is_supported(sentence: str, cited: Sequence[T | None], judge: Judge[T]) -> bool:
    texts = tuple(text for text in cited if text is not None)
    return 0 < len(texts) == len(cited) and judge(texts, sentence)


def _precise(sentence: str, cited: Sequence[T | None], judge: Judge[T]) -> list[bool]:
    if not _is_supported(sentence, cited, judge):
        return [False] * len(cited)
    return [
        _is_supported(sentence, [text], judge)
        or not _is_supported(sentence, [*cited[:n], *cited[n + 1 :]], judge)
        for n, text in enumerate(cited)
    ]


def _supporting(statement: JudgedStatement) -> list[bool]:
    is_alone_enough = "full" in statement.citations
    counts_partial = statement.fully_supported and not is_alone_enough
    return [label == "full" or (label == "partial" and counts_partial) for label in statement.citations]
