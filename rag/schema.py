"""What one question gets back: an `Answer` of `Sentence`s, each pointing at `Citation`s, and the events
in which it arrives while it streams.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from index.schema import Hit, Span
from index.when.relative_dates import ResolvedDate, resolve

Status = Literal["answered", "partial", "abstained"]


@dataclass(frozen=True)
class Citation(Span):
    """A quoted span of an article and the number that marks it in the answer.

    The quote is `article.text[start:end]`, cut when asked for; nobody writes one.
    """

    marker: int
    passage_id: str

    @property
    def quote(self) -> str:
        """The exact words at the citation's offsets."""
        return self.text

    @cached_property
    def dates(self) -> tuple[ResolvedDate, ...]:
        """The relative dates of the quote, resolved against the day on which its article was published."""
        article = self.article
        found = resolve(article.text, article.published, article.language, start=self.start, end=self.end)
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """The fields of a citation in `newscite ask --json`; the days of `dates` are ISO and inclusive."""
        return {
            "marker": self.marker,
            **self.provenance(self.passage_id),
            "origin": self.article.origin,
            "corrected": self.article.corrected,
            "quote": self.quote,
            "dates": [
                {"text": date.text, "start": date.first.isoformat(), "end": date.last.isoformat()}
                for date in self.dates
            ],
        }


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer and the markers of the citations it stands on."""

    text: str
    citations: tuple[int, ...]

    def marked(self) -> str:
        """The sentence with its markers after it: `It rained. [1][2]`."""
        markers = "".join(f"[{marker}]" for marker in self.citations)
        return f"{self.text} {markers}" if markers else self.text


@dataclass(frozen=True)
class Answer:
    """What was asked and what the articles say to it.

    `status` is answered, partial (some of what was wanted is missing) or abstained; `reason` says why in
    plain words whenever it is not plainly answered, and when a chat model's answer was replaced.
    `citations` stand in the order in which the sentences use them, markers counting from 1.
    `confidence` is in [0, 1]; `timings` are seconds by stage. Raises ValueError if a sentence cites
    nothing, or a marker has no citation.
    """

    question: str
    status: Status
    reason: str = ""
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    timings: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        used = list(dict.fromkeys(marker for sentence in self.sentences for marker in sentence.citations))
        if used != [citation.marker for citation in self.citations] or used != list(range(1, len(used) + 1)):
            raise ValueError(f"the sentences cite {used}, which is not what the citations give")
        if not all(sentence.citations for sentence in self.sentences):
            raise ValueError("a sentence of an answer must cite something")
        if (self.status == "abstained") != (not self.sentences):
            raise ValueError("an answer has sentences exactly if it does not abstain")

    @property
    def text(self) -> str:
        """The answer as prose with markers; where it abstains, the reason."""
        return " ".join(sentence.marked() for sentence in self.sentences) or self.reason

    def citation(self, marker: int) -> Citation:
        """The citation that `marker` names. Raises IndexError."""
        return self.citations[marker - 1]

    def to_dict(self) -> dict[str, Any]:
        """One line of `newscite ask --json`."""
        return {
            "question": self.question,
            "status": self.status,
            "reason": self.reason,
            "text": self.text,
            "sentences": [
                {"text": sentence.text, "citations": list(sentence.citations)} for sentence in self.sentences
            ],
            "citations": [citation.to_dict() for citation in self.citations],
            "confidence": round(self.confidence, 4),
            "timings": {stage: round(seconds, 4) for stage, seconds in self.timings.items()},
        }


@dataclass(frozen=True)
class Turn:
    """One earlier exchange of a conversation: the question as asked and the answer's text."""

    question: str
    answer: str = ""


@dataclass(frozen=True)
class Retrieved:
    """The passages were found; best first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Cited:
    """A citation is ready; it comes before the sentence that carries its marker."""

    citation: Citation


@dataclass(frozen=True)
class Wrote:
    """The next sentence of the answer, whole and verified."""

    sentence: Sentence


@dataclass(frozen=True)
class Finished:
    """The answer is complete; always the last event."""

    answer: Answer


Event = Retrieved | Cited | Wrote | Finished
