"""Turn claims into an answer: number the citations, and let nothing pass that is not in its source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.schema import Hit, Passage, Span
from rag.quoting.corroboration import origins_of
from rag.schema import Answer, Citation, Role, Sentence, Status


@dataclass(frozen=True)
class Evidenced:
    """A span that a claim stands on and the passage in which it was found."""

    span: Span
    passage: Passage


@dataclass(frozen=True)
class Claim:
    """A sentence to be said and the spans it stands on, at least one; what it does in the answer."""

    text: str
    evidence: tuple[Evidenced, ...]
    role: Role = "evidence"


@dataclass(frozen=True)
class Draft:
    """An answer before its citations are numbered. With no claims it abstains, `reason` says why, and
    `nearest` is the passage closest to the question."""

    claims: tuple[Claim, ...]
    reason: str = ""
    status: Status = "answered"
    confidence: float = 0.0
    nearest: Hit | None = None


def cite(
    question: str,
    draft: Draft,
    timings: Mapping[str, float],
    *,
    understood: str = "",
    reprint_groups: Callable[[Sequence[str]], Mapping[str, str]] = lambda _: {},
) -> Answer:
    """The answer to `question` that `draft` makes.

    `understood` is the question as it was understood; `reprint_groups` tells which of some articles are
    copies of each other, for counting origins.

    Each distinct span gets one marker, counted from 1 in the order of use. Making a `Citation` checks
    its offsets and that it is clear of masks, so what comes out is valid or nothing does (ValueError).
    """
    citations: dict[tuple[str, int, int], Citation] = {}
    sentences = []
    for claim in draft.claims:
        markers = []
        for item in claim.evidence:
            place = (item.span.article.id, item.span.start, item.span.end)
            if place not in citations:
                citations[place] = Citation(
                    item.span.article, item.span.start, item.span.end, len(citations) + 1, item.passage.id
                )
            markers.append(citations[place].marker)
        sentences.append(Sentence(claim.text, tuple(dict.fromkeys(markers)), claim.role))
    return Answer(
        question=question,
        status=draft.status if draft.claims else "abstained",
        reason=draft.reason,
        sentences=tuple(sentences),
        citations=tuple(citations.values()),
        confidence=draft.confidence,
        timings=timings,
        understood=understood or question,
        origins=origins_of(
            list(citations.values()), reprint_groups([article_id for article_id, _, _ in citations])
        ),
        nearest=None if draft.claims else draft.nearest,
    )
