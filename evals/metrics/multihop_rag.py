"""MultiHop-RAG's own figures, counted as its `retrieval_evaluate.py` counts (Tang & Yang 2024, Table 5).

A chunk holds a gold fact that is a substring of it once spaces and line feeds are taken out of both; case
counts, and a fact that chunking cut in two is held by neither. A question without facts (a "null query")
takes no part. The figures are None where no question does.
"""

from collections.abc import Sequence

from evals.metrics.averages import mean
from evals.metrics.retrieval import hits_at_k, reciprocal_rank

Retrieved = tuple[Sequence[str], Sequence[str]]
"""One question: the texts of the chunks that were retrieved, best first, and its gold facts."""


def multihop_rag_hits_at_k(questions: Sequence[Retrieved], k: int) -> float | None:
    """The share of questions one of whose first `k` chunks holds a fact."""
    return mean([hits_at_k(_relevant(chunks, facts), k) for chunks, facts in questions if facts])


def multihop_rag_mrr_at_k(questions: Sequence[Retrieved], k: int = 10) -> float | None:
    """The mean of 1 / rank of the first chunk among the first `k` that holds a fact, 0 where none does."""
    return mean([reciprocal_rank(_relevant(chunks, facts), k) for chunks, facts in questions if facts])


def multihop_rag_map_at_k(questions: Sequence[Retrieved], k: int = 10) -> float | None:
    """The mean of Σ over ranks r ≤ k of (facts first held at r) / r, over min(facts, k).

    That is not average precision, which counts at r whatever was found up to r (`average_precision`): two
    facts at ranks 1 and 2 give (1/1 + 1/2) / 2 = .75 here and 1 there. A fact that is listed twice is found
    once and divides twice.
    """
    return mean(
        [
            sum(new / rank for rank, new in enumerate(_first_held(chunks[:k], facts), start=1))
            / min(len(facts), k)
            for chunks, facts in questions
            if facts
        ]
    )


def _relevant(chunks: Sequence[str], facts: Sequence[str]) -> list[bool]:
    return [bool(held) for held in _held(chunks, facts)]


def _first_held(chunks: Sequence[str], facts: Sequence[str]) -> list[int]:
    """For each chunk, how many facts it holds that none before it holds."""
    seen: set[str] = set()
    numbers = []
    for held in _held(chunks, facts):
        numbers.append(len(held - seen))
        seen |= held
    return numbers


def _held(chunks: Sequence[str], facts: Sequence[str]) -> list[set[str]]:
    wanted = {_squeezed(fact) for fact in facts}
    squeezed = [_squeezed(chunk) for chunk in chunks]
    return [{fact for fact in wanted if fact in chunk} for chunk in squeezed]


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")
