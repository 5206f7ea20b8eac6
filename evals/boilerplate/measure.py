"""What masks get right and wrong on a marked page, and what answers cite of it.

Two faults are counted apart. Boilerplate is *citable* where a sentence that newscite may quote touches it; a
real sentence is *wrongly masked* where a mask touches it. Real sentences are those of the page with the marks
in the place of the masks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.boilerplate.pages import Line, MarkedPage
from index.schema import Mask, touches
from index.sentences import sentence_spans
from rag.telling.quotable import told_sentences


@dataclass(frozen=True)
class MarkedLine:
    """A line of boilerplate: its words, and how many of its characters (white space apart) can be cited."""

    kind: str
    text: str
    characters: int
    citable: int


@dataclass(frozen=True)
class RealSentence:
    """A sentence of the article's own, and the reason of the mask that touches it, or ""."""

    text: str
    masked: str


@dataclass(frozen=True)
class BaitedCitation:
    """A citation of an answer to a baiting question, and the kind of boilerplate it touches, or ""."""

    question: str
    quote: str
    touched: str


@dataclass(frozen=True)
class PageResult:
    """Everything measured on one page. `citations` are those of the answers to the page's own questions,
    whatever article they cite, one tuple a question."""

    page: MarkedPage
    lines: tuple[MarkedLine, ...]
    sentences: tuple[RealSentence, ...]
    citations: tuple[tuple[BaitedCitation, ...], ...] = ()

    @property
    def citable_lines(self) -> tuple[MarkedLine, ...]:
        """The boilerplate that can be cited."""
        return tuple(line for line in self.lines if line.citable)

    @property
    def wrongly_masked(self) -> tuple[RealSentence, ...]:
        """The real sentences that can't be cited."""
        return tuple(sentence for sentence in self.sentences if sentence.masked)

    @property
    def cited_boilerplate(self) -> tuple[BaitedCitation, ...]:
        """The citations that touch boilerplate."""
        return tuple(cited for answer in self.citations for cited in answer if cited.touched)


def measure_masks(page: MarkedPage) -> PageResult:
    """Hold the page's masks against its marks."""
    article = page.article
    citable = [Mask(span.start, span.end, "") for span, quotable in told_sentences(article) if quotable]
    front = [mask for mask in article.masks if mask.reason == "front matter"]
    marks = sorted(
        [*front, *(Mask(line.start, line.end, line.kind) for line in page.lines)], key=lambda mask: mask.start
    )
    real = sentence_spans(replace(article, masks=tuple(marks)))
    return PageResult(
        page=page,
        lines=tuple(_marked_line(page, line, citable) for line in page.lines),
        sentences=tuple(
            RealSentence(article.text[span.start : span.end], _reason(article.masks, span.start, span.end))
            for span in real
        ),
    )


def _marked_line(page: MarkedPage, line: Line, citable: Sequence[Mask]) -> MarkedLine:
    text = page.article.text[line.start : line.end]
    counted = [line.start + offset for offset, character in enumerate(text) if not character.isspace()]
    open_to_citing = sum(touches(citable, position, position + 1) for position in counted)
    return MarkedLine(line.kind, text, len(counted), open_to_citing)


def _reason(masks: Sequence[Mask], start: int, end: int) -> str:
    return next((mask.reason for mask in masks if mask.start < end and start < mask.end), "")
