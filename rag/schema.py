"""What one question gets back: an `Answer` of `Sentence`s, each pointing at `Citation`s, and the events
in which it arrives while it streams.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from index.origin import find_origin
from index.schema import Hit, Span
from index.when.relative_dates import ResolvedDate, resolve
from rag.quoting.corroboration import Origin
from rag.telling.speaker import speaker
from rag.telling.stance import Stance, stance_of

Status = Literal["answered", "partial", "abstained"]
Role = Literal["direct", "evidence", "denied", "unverified", "corrected", "differs"]


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

    @cached_property
    def stance(self) -> Stance:
        """What the quote does to the claim it is about: report, deny, leave unverified or correct it."""
        return stance_of(self.text, self.article.language)

    @cached_property
    def speaker(self) -> str:
        """Who says it, in the article's own words; "" where the quote does not tell."""
        return speaker(self)

    @cached_property
    def origin(self) -> str:
        """Whose report it is: the newsroom that the quote itself names as having reported it, else that of
        its article; "" for the outlet's own, and for a denial, which is nobody's report."""
        if self.stance == "denied":
            return ""
        return find_origin(self.text, self.article.outlet) or self.article.origin

    def to_dict(self) -> dict[str, Any]:
        """The fields of a citation in `newscite ask --json`; the days of `dates` are ISO and inclusive."""
        return {
            "marker": self.marker,
            **self.provenance(self.passage_id),
            "origin": self.origin,
            "speaker": self.speaker,
            "stance": self.stance,
            "corrected": self.article.corrected,
            "quote": self.quote,
            "dates": [
                {"text": date.text, "start": date.first.isoformat(), "end": date.last.isoformat()}
                for date in self.dates
            ],
        }


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer and the markers of the citations it stands on.

    `role` says what it does: "direct" is the short answer itself; "evidence" bears it out; "denied",
    "unverified", "corrected" and "differs" give another side.
    """

    text: str
    citations: tuple[int, ...]
    role: Role = "evidence"

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
    `confidence` is in [0, 1]; `timings` are seconds by stage. `understood` is the question as it was
    understood, `origins` the independent ones that the citations go back to, and `nearest` the passage
    closest to a question that is not answered: related, but no answer. Raises ValueError if a sentence
    cites nothing, or a marker has no citation.
    """

    question: str
    status: Status
    reason: str = ""
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    timings: Mapping[str, float] = field(default_factory=dict)
    understood: str = ""
    origins: tuple[Origin, ...] = ()
    nearest: Hit | None = None

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

    @property
    def is_reworded(self) -> bool:
        """True if the question was understood otherwise than it stands, as a follow-up is."""
        return self.understood not in ("", self.question)

    @property
    def disputed(self) -> bool:
        """True if its sources don't agree: another side is given as well."""
        return any(sentence.role not in ("direct", "evidence") for sentence in self.sentences)

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
            "understood": self.understood or self.question,
            "disputed": self.disputed,
            "sentences": [
                {"text": sentence.text, "citations": list(sentence.citations), "role": sentence.role}
                for sentence in self.sentences
            ],
            "citations": [citation.to_dict() for citation in self.citations],
            "origins": [origin.to_dict() for origin in self.origins],
            "nearest": self.nearest.to_dict() if self.nearest else None,
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
