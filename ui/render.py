"""The page's HTML: questions, an answer's text with its markers, and what stands around them.

Whatever an article or a person wrote becomes HTML through `escape`, and nothing else here does: article
text is data. The cards beside it are `ui.cards`.
"""

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional
from urllib.parse import urlencode, urlsplit

from index.embed import DEFAULT_MODEL
from index.schema import Article, Hit
from rag.quoting.attribution import credit, day_in_words
from rag.quoting.extract import LEAST_CONFIDENCE
from rag.schema import Answer, Citation, Cited, Event, Finished, Retrieved, Sentence, Turn, Wrote
from rag.settings import Settings
from ui.wording import counted, one_line, standing

if TYPE_CHECKING:
    from index.catalog import Stats

_KINDS = {"direct": "said direct", "evidence": "said"}  # any other role is another side
_QUESTION_LENGTH = 400  # characters of a question that are shown
_PEEK_LENGTH = 240  # characters of a quote that its marker shows
CONTEXT_LENGTH = 360  # characters of its paragraph that are shown on either side of a quote

# A paragraph ends at a blank line, or at a line break after the end of a sentence: text that is wrapped
# by hand has its other line breaks inside sentences.
PARAGRAPH_END = re.compile(r"\r?\n[^\S\n]*\r?\n\s*|(?<=[.!?…؟。:”\"’»)\]])[^\S\n]*\r?\n\s*")


@dataclass(frozen=True)
class Exchange:
    """One question and what has come back of its answer so far. `number` counts from 1; `narrowed` is how the
    search was narrowed, as names and values that a link may carry."""

    number: int
    question: str
    hits: tuple[Hit, ...] | None = None
    citations: tuple[Citation, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    answer: Answer | None = None
    problem: str = ""
    stopped: bool = False
    narrowed: tuple[tuple[str, str], ...] = ()

    @property
    def link(self) -> str:
        """The address, from that of the page, that asks the same again, whatever was asked before it."""
        understood = self.answer.understood if self.answer else ""
        return f"?{urlencode([('q', understood or self.question), *self.narrowed], errors='replace')}"

    @property
    def told_otherwise(self) -> frozenset[int]:
        """The markers of what gives another side only; none where no side is told beside it."""
        told = [sentence for sentence in self.sentences if sentence.role == "evidence"]
        otherwise = {
            marker for sentence in self.sentences if is_other_side(sentence) for marker in sentence.citations
        }
        otherwise -= {marker for sentence in told for marker in sentence.citations}
        return frozenset(otherwise if told else ())

    @property
    def done(self) -> bool:
        """True once nothing more will come."""
        return self.answer is not None or bool(self.problem) or self.stopped

    @property
    def turn(self) -> Turn:
        """This exchange as the history of the next question."""
        return Turn(self.question, self.answer.text if self.answer else "")

    def after(self, event: Event) -> "Exchange":
        """This exchange once `event` has happened."""
        match event:
            case Retrieved(hits):
                return replace(self, hits=hits)
            case Cited(citation):
                return replace(self, citations=(*self.citations, citation))
            case Wrote(sentence):
                return replace(self, sentences=(*self.sentences, sentence))
            case Finished(answer):
                return replace(self, answer=answer, sentences=answer.sentences, citations=answer.citations)


def escape(text: str) -> str:
    """`text` as HTML that shows it as it stands, safe in an element and in a quoted attribute.

    A lone surrogate, which no page can carry, becomes a question mark.
    """
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"), quote=True)


def question(exchange: Exchange) -> str:
    """The question as it was asked, cut if it is very long."""
    text = exchange.question.strip()
    shown = text if len(text) <= _QUESTION_LENGTH else text[:_QUESTION_LENGTH].rstrip() + "…"
    return f'<p class="question" dir="auto">{escape(shown)}</p>'


def reply(exchange: Exchange) -> str:
    """What stands under a question: the answer as far as it has come, a refusal, or what went wrong."""
    if exchange.problem:
        sentence = exchange.problem[0].upper() + exchange.problem[1:]
        return f'<p class="problem" role="alert">{escape(sentence)}</p>'
    if exchange.answer and exchange.answer.status == "abstained":
        return (
            f'{_understood(exchange)}<div class="abstained">'
            '<p class="verdict">No answer from these articles</p>'
            f'<p dir="auto">{escape(exchange.answer.reason)}</p>{_nearest(exchange.answer)}</div>'
        )
    return f'{_understood(exchange)}<div class="answer">{_prose(exchange)}{_closing(exchange)}</div>'


def masthead(stats: "Stats") -> str:
    """The head of the page: the name, and what can be asked of how much."""
    if stats.articles:
        outlets = sum(1 for outlet in stats.outlets if outlet)
        origin = f" of {counted(outlets, 'outlet')}" if outlets else ""
        extent = f"{counted(stats.articles, 'news article')}{origin}"
    else:
        extent = "news articles"
    line = f"Answers questions from {extent}, and shows the exact words behind every sentence."
    return f'<header class="masthead"><h1>newscite</h1><p>{line}</p></header>'


def welcome(stats: "Stats") -> str:
    """What the chat says before the first question; with nothing indexed, how to index."""
    if stats.articles:
        return '<div class="welcome"><h2>What would you like to know?</h2></div>'
    return (
        '<div class="welcome"><h2>Nothing is indexed yet</h2><p>Add articles in the Library, or index a file '
        "or folder and reload this page:</p><p><code>newscite index PATH</code></p></div>"
    )


def workings(settings: Settings) -> str:
    """Who answers, with which models, and from which confidence on; of a server only its host is named."""
    quoted = "quoted from the articles, without a chat model"
    host = urlsplit(settings.chat_url).hostname or ""
    model = " at ".join(filter(None, (settings.chat_model, host)))
    rows = {
        "Answers": f"written by {model}, checked against what they cite" if model else quoted,
        "Embedding model": settings.embedding_model or DEFAULT_MODEL,
        "Reranker": settings.reranker or "none",
        "Judge of what is written": f"rules, then {settings.nli_model}" if settings.nli_model else "rules",
        "Answered from a confidence of": f"{LEAST_CONFIDENCE:g}",
    }
    told = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in rows.items())
    return f'<dl class="workings">{told}</dl>'


def _prose(exchange: Exchange) -> str:
    """The sentences with their markers, and while more may come, what is being done."""
    named = {citation.marker: citation for citation in exchange.citations}
    seen: set[int] = set()
    paragraphs = []
    for sentence in exchange.sentences:
        markers = [
            _marker(named[marker], exchange.number, is_first=marker not in seen)
            for marker in sentence.citations
        ]
        seen.update(sentence.citations)
        kind = _KINDS.get(sentence.role, "said other-side")
        paragraphs.append(
            f'<p class="{kind}" dir="{_direction(sentence.text)}"><span>{escape(sentence.text)}</span>'
            f"<sup>{''.join(markers)}</sup></p>"
        )
    working = "" if exchange.done else f'<p class="working">{_progress(exchange)}</p>'
    return "".join(paragraphs) + working


def is_other_side(sentence: Sentence) -> bool:
    """True if the sentence gives another side than the answer's."""
    return sentence.role not in _KINDS


def _understood(exchange: Exchange) -> str:
    """The question as it was understood, where that is not as it was asked."""
    answer = exchange.answer
    if answer is None or not answer.is_reworded:
        return ""
    return f'<p class="understood" dir="auto">Understood as: {escape(answer.understood)}</p>'


def _nearest(answer: Answer) -> str:
    """The passage closest to a question that is not answered, and that it is no answer."""
    if answer.nearest is None:
        return ""
    passage = answer.nearest.passage
    text = passage.text
    if len(text) > CONTEXT_LENGTH:
        text = re.sub(r"\s+\S*$", "", text[:CONTEXT_LENGTH]) + " …"
    return (
        "<details><summary>The nearest passage, which is not an answer</summary>"
        f'<p class="byline" dir="auto">{escape(byline(passage.article))}</p>'
        f'<p dir="auto">{lines(text)}</p></details>'
    )


def _direction(text: str) -> Literal["ltr", "rtl"]:
    """The direction of the first letter that has one, as HTML's `dir="auto"` finds it."""
    strong = next((found for found in map(bidirectional, text) if found in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


def _marker(citation: Citation, number: int, *, is_first: bool) -> str:
    """The link to a card. Only the first of several with one number bears the id that the card links to."""
    identity = f' id="m-{number}-{citation.marker}"' if is_first else ""
    return (
        f'<a class="marker"{identity} href="#c-{number}-{citation.marker}" role="doc-noteref"'
        f' title="{escape(byline(citation.article))}">[{citation.marker}]'
        f'<span class="peek" dir="auto">{escape(one_line(citation.quote, _PEEK_LENGTH))}</span></a>'
    )


def _progress(exchange: Exchange) -> str:
    """What is being done for an exchange that is not done."""
    if exchange.sentences:
        return "Writing…"
    if exchange.hits is None:
        return "Searching the articles…"
    articles = {hit.passage.article.id for hit in exchange.hits}
    return f"Reading {counted(len(exchange.hits), 'passage')} of {counted(len(articles), 'article')}…"


def _closing(exchange: Exchange) -> str:
    """The lines under a finished answer: on how much it stands, and what should be known of it."""
    if not exchange.done:
        return ""
    lines = []
    answer = exchange.answer
    facts = [standing(exchange.citations, answer.origins if answer else ())]
    if answer and answer.sentences:
        facts = [*(["disputed"] if answer.disputed else []), *facts, f"confidence {answer.confidence:.2f}"]
    if told := " · ".join(filter(None, facts)):
        parts = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in told.split(" · "))
        lines.append(f'<p class="tally">{parts}</p>')
    if answer and answer.reason:
        label = "<strong>Partial answer.</strong> " if answer.status == "partial" else ""
        lines.append(f'<p class="note" dir="auto">{label}{escape(answer.reason)}</p>')
    if answer:
        lines.append(
            f'<p class="share-line"><a class="share" href="{escape(exchange.link)}">Copy a link</a></p>'
        )
    if exchange.stopped:
        lines.append('<p class="note">Stopped before the answer was complete.</p>')
    return "".join(lines)


def lines(text: str) -> str:
    """Escaped text with its paragraph ends as line breaks."""
    return "<br>".join(escape(part) for part in PARAGRAPH_END.split(text))


def byline(article: Article) -> str:
    """Outlet and origin, title and day, as far as they are known."""
    return ", ".join(filter(None, (credit(article), article.title, day_in_words(article))))
