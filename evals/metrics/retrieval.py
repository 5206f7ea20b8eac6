"""How good a ranking is: what its first results hold.

`relevant` says of each result, best first, whether it is relevant. Each function is about one question; the
mean over questions gives the figure that papers report (`mean`). Where one result can hold several pieces of
gold evidence, or several results the same piece, say for each result which pieces it `holds` and let
`finds_new` make `relevant` of it, so that no piece counts twice.
"""

from collections.abc import Collection, Hashable, Sequence
from math import log2


def hits_at_k(relevant: Sequence[bool], k: int) -> bool:
    """Hits@k: one of the first `k` results, best first, is relevant (MultiHop-RAG, Tang & Yang 2024)."""
    return any(relevant[:k])


def reciprocal_rank(relevant: Sequence[bool], k: int = 10) -> float:
    """1 / rank of the first relevant result among the first `k`, else 0; its mean is MRR@k.

    Voorhees, "The TREC-8 Question Answering Track Report", 1999.
    """
    return next((1 / rank for rank, is_relevant in enumerate(relevant[:k], start=1) if is_relevant), 0.0)


def average_precision(relevant: Sequence[bool], gold: int, k: int = 10) -> float | None:
    """(1 / gold) · Σ over relevant ranks r ≤ k of precision@r; its mean is MAP@k.

    `gold` is how many relevant results there are in all, found or not; None if there are none. The divisor
    is `gold` as in trec_eval's `map_cut` (Buckley & Voorhees 2005), so more than `k` can't all be found.
    Raises ValueError if `relevant` has more than `gold`.
    """
    _check_gold(relevant, gold)
    ranks = [rank for rank, is_relevant in enumerate(relevant[:k], start=1) if is_relevant]
    return sum(found / rank for found, rank in enumerate(ranks, start=1)) / gold if gold else None


def ndcg_at_k(relevant: Sequence[bool], gold: int, k: int = 10) -> float | None:
    """nDCG@k with binary gain: Σ over relevant ranks r ≤ k of 1 / log2(r + 1), over the most it can be.

    Järvelin & Kekäläinen 2002; the discount is trec_eval's `ndcg_cut`. The best ranking has min(gold, k)
    relevant results first. `gold` as in `average_precision`; None if it is 0. Raises ValueError likewise.
    """
    _check_gold(relevant, gold)
    gained = sum(1 / log2(rank + 1) for rank, is_relevant in enumerate(relevant[:k], start=1) if is_relevant)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(gold, k) + 1))
    return gained / best if best else None


def evidence_coverage_at_k(holds: Sequence[Collection[Hashable]], gold: int, k: int) -> float | None:
    """Evidence coverage@k: of the `gold` pieces of evidence, the share held by the first `k` results.

    `holds` says for each result, best first, which pieces it holds, by number or name. None without gold.
    This is recall@k where the unit is a piece of evidence. Raises ValueError if more pieces are held than
    `gold`.
    """
    if len(set().union(*holds)) > gold:
        raise ValueError(
            f"the results hold {len(set().union(*holds))} pieces of evidence, but gold is {gold}"
        )
    return len(set().union(*holds[:k])) / gold if gold else None


def finds_new(holds: Sequence[Collection[Hashable]]) -> list[bool]:
    """For each result, best first, whether it holds evidence that none before it holds.

    >>> finds_new([{1}, {1}, set(), {1, 2}])
    [True, False, False, True]
    """
    seen: set[Hashable] = set()
    new = []
    for held in holds:
        new.append(not seen.issuperset(held))
        seen.update(held)
    return new


def _check_gold(relevant: Sequence[bool], gold: int) -> None:
    if sum(relevant) > gold:
        raise ValueError(f"{sum(relevant)} results are relevant, but gold says that there are {gold}")
