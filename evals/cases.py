"""What came of asking a system the questions of a dataset: outcomes with their verdicts, and cases."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evals.metrics import Place, Trial
from evals.schema import Dataset, Question

REFUSED = "abstained"
_DIGITS = 4

Holds = tuple[tuple[int, ...], ...] | None
"""For each passage that was found, best first, which of the question's gold spans it overlaps, counted from
0. None where search can't be judged: without gold, for a follow-up, which means nothing without its history,
and where the system finds nothing or doesn't search."""


@dataclass(frozen=True)
class Cited:
    """A citation and the verdicts on it: overlaps gold, points exactly, touches masked text."""

    article_id: str
    source: str
    start: int
    end: int
    quote: str
    right: bool
    exact: bool
    masked: bool

    @property
    def place(self) -> Place:
        """Where it points, as metrics take it."""
        return self.article_id, self.start, self.end


@dataclass(frozen=True)
class Outcome:
    """What came of asking one question once, and how many seconds it took.

    `citation_recall` and `citation_precision` are ALCE's of this answer alone, by the run's judge; None where
    it refuses, or doesn't say which sentence cites what. `repeats` says, of each thing that the question has
    as wrong, whether it was done again.
    """

    status: str
    reason: str
    confidence: float
    text: str
    citations: tuple[Cited, ...]
    citation_recall: float | None = None
    citation_precision: float | None = None
    seconds: float = 0.0
    repeats: tuple[bool, ...] = ()

    @property
    def refused(self) -> bool:
        """True if the system abstained; a partial answer is an answer."""
        return self.status == REFUSED

    @property
    def right(self) -> tuple[bool, ...]:
        """For each citation in the answer's order, whether it overlaps gold."""
        return tuple(cited.right for cited in self.citations)

    def to_dict(self) -> dict[str, Any]:
        """The fields of an outcome in `newscite eval --json`."""
        return {
            **asdict(self),
            "citations": [asdict(cited) for cited in self.citations],
            "repeats": list(self.repeats),
            "confidence": round(self.confidence, _DIGITS),
            "seconds": round(self.seconds, _DIGITS),
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> "Outcome":
        """The outcome that `to_dict` wrote; other fields beside its own are let be."""
        return cls(
            status=fields["status"],
            reason=fields["reason"],
            confidence=fields["confidence"],
            text=fields["text"],
            citations=tuple(Cited(**cited) for cited in fields["citations"]),
            citation_recall=fields["citation_recall"],
            citation_precision=fields["citation_precision"],
            seconds=fields["seconds"],
            repeats=tuple(fields["repeats"]),
        )


@dataclass(frozen=True)
class Case:
    """One question and everything measured about it.

    `asked_absent` is the outcome where the articles that answer the question were left out, or None.
    """

    question: Question
    asked: Outcome
    holds: Holds = None
    asked_absent: Outcome | None = None

    @property
    def hits(self) -> tuple[bool, ...] | None:
        """For each passage that was found, best first, whether it overlaps gold."""
        return None if self.holds is None else tuple(map(bool, self.holds))

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every time the question was asked."""
        return (self.asked, self.asked_absent) if self.asked_absent else (self.asked,)

    @property
    def trials(self) -> tuple[Trial, ...]:
        """The outcomes as the abstention metrics see them; none where nobody has said what is right."""
        if not self.question.gold_known:
            return ()
        asked = Trial(self.question.unanswerable, self.asked.refused, self.asked.confidence)
        if self.asked_absent is None:
            return (asked,)
        return (asked, Trial(True, self.asked_absent.refused, self.asked_absent.confidence))


@dataclass(frozen=True)
class EvalResult:
    """The cases of one run over a dataset, in the dataset's order: of which system, judged by whom, how long
    the run took, and of that how long indexing all articles."""

    dataset: Dataset
    cases: tuple[Case, ...]
    seconds: float
    system: str = "newscite"
    judge: str = ""
    index_seconds: float = 0.0
