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


class Numbering:
    """Gives each distinct span one marker, counted from 1 in the order of use."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All so far, in the order of their markers."""
        return tuple(self._citations.values())

    def sentence(self, claim: Claim) -> Sentence:
        """What `claim` says, with the markers of its spans; new ones are in `citations` then.

        Making a `Citation` checks its offsets and that it is clear of masks: ValueError if it is not.
        """
        markers = []
        for item in claim.evidence:
            place = (item.span.article.id, item.span.start, item.span.end)
            if place not in self._citations:
                self._citations[place] = Citation(
                    item.span.article,
                    item.span.start,
                    item.span.end,
                    len(self._citations) + 1,
                    item.passage.id,
                )
            markers.append(self._citations[place].marker)
        return Sentence(claim.text, tuple(dict.fromkeys(markers)), claim.role)


def cite(
    question: str,
    draft: Draft,
    timings: Mapping[str, float],
    *,
    numbering: Numbering | None = None,
    understood: str = "",
    reprint_groups: Callable[[Sequence[str]], Mapping[str, str]] = lambda _: {},
) -> Answer:
    """The answer to `question` that `draft` makes.

    `numbering` is what the claims were told with, if they were told before; `understood` is the question as
    it was understood; `reprint_groups` tells which of some articles are copies of each other, for counting
    origins.

    What comes out is valid, as `Numbering` checks it, or nothing does (ValueError).
    """
    numbering = numbering or Numbering()
    sentences = tuple(numbering.sentence(claim) for claim in draft.claims)
    citations = numbering.citations
    return Answer(
        question=question,
        status=draft.status if draft.claims else "abstained",
        reason=draft.reason,
        sentences=sentences,
        citations=citations,
        confidence=draft.confidence,
        timings=timings,
        understood=understood or question,
        origins=origins_of(citations, reprint_groups([citation.article.id for citation in citations])),
        nearest=None if draft.claims else draft.nearest,
    )
