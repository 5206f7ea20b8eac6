"""Find the passages that may answer: dense and lexical candidates, fused by their match."""

from dataclasses import dataclass
from datetime import datetime

from index.schema import Filter, Passage
from index.store import Store
from rag.finding.matching import Matcher

DEPTH = 50  # candidates asked of each side, at the least


@dataclass(frozen=True)
class Candidate:
    """A passage and its match with the question, in [0, 1]."""

    passage: Passage
    match: float


def retrieve(
    store: Store,
    question: str,
    matcher: Matcher,
    filter: Filter,
    *,
    as_of: datetime | None = None,
    depth: int = DEPTH,
) -> list[Candidate]:
    """The candidates of both sides, best match first; of each side `depth`, or `DEPTH` if that is more.
    Articles published after `as_of` are left out."""
    depth = max(depth, DEPTH)
    cosines = store.vectors.search(matcher.vector, depth, filter)
    lexical = store.lexical.search(question, depth, filter)
    cosines |= store.vectors.cosines(matcher.vector, [found for found in lexical if found not in cosines])
    candidates = [
        Candidate(
            passage,
            matcher.match(cosines.get(passage_id, 0.0), _with_title(passage), passage.article.language),
        )
        for passage_id, passage in store.catalog.passages(cosines).items()
        if not _is_later(passage, as_of)
    ]
    return sorted(candidates, key=lambda candidate: (-candidate.match, candidate.passage.id))


def _with_title(passage: Passage) -> str:
    return f"{passage.article.title}\n{passage.text}"


def _is_later(passage: Passage, as_of: datetime | None) -> bool:
    published = passage.article.published_at
    return as_of is not None and published is not None and published > as_of
