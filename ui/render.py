"""The page's HTML: an answer's text with its markers, a card for each citation, the panel of cards.

Whatever an article or a person wrote becomes HTML through `escape`, and nothing else here does: article
text is data. Card ids and links are what joins the two halves of the page: the marker `#m-3-1` (third
question, first citation) links to the card `#c-3-1`, and the card's number links back.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional
from urllib.parse import urlencode, urlsplit

from index.embed import DEFAULT_MODEL
from index.schema import Article, Hit, Span
from rag.quoting.attribution import correction_in_words, credit, day_in_words, days_in_words
from rag.quoting.extract import LEAST_CONFIDENCE
from rag.schema import Answer, Citation, Cited, Event, Finished, Retrieved, Sentence, Turn, Wrote
from rag.settings import Settings
from ui.citing import forms, original, web_address
from ui.wording import counted, standing

if TYPE_CHECKING:
    from index.catalog import Stats

_KINDS = {"direct": "said direct", "evidence": "said"}  # any other role is another side
_QUESTION_LENGTH = 400  # characters of a question that are shown
_PEEK_LENGTH = 240  # characters of a quote that its marker shows
_CONTEXT_LENGTH = 360  # characters of its paragraph that are shown on either side of a quote

# A paragraph ends at a blank line, or at a line break after the end of a sentence: text that is wrapped
# by hand has its other line breaks inside sentences.
_PARAGRAPH_END = re.compile(r"\r?\n[^\S\n]*\r?\n\s*|(?<=[.!?…؟。:”\"’»)\]])[^\S\n]*\r?\n\s*")


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


def card(citation: Citation, number: int) -> str:
    """One citation of exchange `number`: who wrote what and when, and the quote inside its paragraph."""
    article, marker = citation.article, citation.marker
    title = article.title or _file_name(article)
    heading = escape(title)
    if address := web_address(article.url):
        heading = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{heading}</a>'
    day = escape(day_in_words(article)) or "undated"
    return (
        f'<article class="card" id="c-{number}-{marker}" tabindex="-1"'
        f' aria-label="Source {marker}: {escape(_byline(article) or title)}">'
        f'<p class="byline"><a class="number" href="#m-{number}-{marker}" title="Back to the answer">'
        f'<span class="unseen">Source </span>{marker}</a>'
        f'<span class="outlet" dir="auto">{escape(credit(article)) or "Outlet not named"}</span>'
        f'<time datetime="{escape(article.published)}" title="{escape(article.published)}">{day}</time></p>'
        f'<h3 dir="auto">{heading}</h3>'
        f'<blockquote dir="auto">{_quote_in_paragraph(citation)}</blockquote>{_notes(citation)}'
        f'<p class="where" title="{escape(article.source)}">Characters {citation.start:,}–{citation.end:,}'
        f" of <bdi>{escape(_file_name(article))}</bdi></p>{_actions(citation)}</article>"
    )


def sources(exchanges: Sequence[Exchange]) -> str:
    """The panel: the cards of every exchange, newest first, the older ones folded away."""
    shown = [exchange for exchange in reversed(exchanges) if not exchange.problem]
    folds = "".join(_fold(exchange, is_open=exchange is shown[0]) for exchange in shown)
    hint = '<p class="hint">Each quotation of an answer appears here, inside the paragraph it comes from.</p>'
    return f'<section class="sources" aria-label="Sources"><h2>Sources</h2>{folds or hint}</section>'


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


def _is_other_side(sentence: Sentence) -> bool:
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
    if len(text) > _CONTEXT_LENGTH:
        text = re.sub(r"\s+\S*$", "", text[:_CONTEXT_LENGTH]) + " …"
    return (
        "<details><summary>The nearest passage, which is not an answer</summary>"
        f'<p class="byline" dir="auto">{escape(_byline(passage.article))}</p>'
        f'<p dir="auto">{_lines(text)}</p></details>'
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
        f' title="{escape(_byline(citation.article))}">[{citation.marker}]'
        f'<span class="peek" dir="auto">{escape(_peek(citation))}</span></a>'
    )


def _peek(citation: Citation) -> str:
    """A quote as a marker shows it before it is followed."""
    quote = " ".join(citation.quote.split())
    return quote if len(quote) <= _PEEK_LENGTH else quote[:_PEEK_LENGTH].rstrip() + "…"


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


def _actions(citation: Citation) -> str:
    """What can be done with a citation: read it where it stands, open the live page, copy it."""
    read = (
        f'<button type="button" class="read" data-article="{citation.article.id}" '
        f'data-start="{citation.start}" data-end="{citation.end}">Read in context</button>'
    )
    address = original(citation)
    opened = (
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">Open original</a>'
        if address
        else ""
    )
    copies = "".join(
        f'<button type="button" class="copy" data-copy="{escape(text)}">{name}</button>'
        for name, text in forms(citation).items()
    )
    return f'<p class="actions">{read}{opened}<span class="copies"><span>Copy as</span>{copies}</span></p>'


def _fold(exchange: Exchange, *, is_open: bool) -> str:
    """One exchange's cards under its question."""
    cards = _cards(exchange)
    empty = "No source is cited." if exchange.done else "Looking for sources…"
    count = f'<span class="count">{counted(len(exchange.citations), "source")}</span>' if cards else ""
    return (
        f"<details{' open' if is_open else ''}><summary>{question(exchange)}{count}</summary>"
        + (cards or f'<p class="hint">{empty}</p>')
        + "</details>"
    )


def _cards(exchange: Exchange) -> str:
    """The cards: where sources disagree each side's under a heading, side by side where there is room."""
    told = [sentence for sentence in exchange.sentences if sentence.role == "evidence"]
    told_otherwise = [sentence for sentence in exchange.sentences if _is_other_side(sentence)]
    otherwise = {marker for sentence in told_otherwise for marker in sentence.citations}
    otherwise -= {marker for sentence in told for marker in sentence.citations}
    if not told or not otherwise:
        return _stack(exchange.citations, exchange)
    sides = {
        "One side": [citation for citation in exchange.citations if citation.marker not in otherwise],
        "The other side": [c for c in exchange.citations if c.marker in otherwise],
    }
    columns = "".join(
        f'<section aria-label="{name}"><h3 class="side">{name}</h3>{_stack(citations, exchange)}</section>'
        for name, citations in sides.items()
    )
    return f'<div class="sides">{columns}</div>'


def _stack(citations: Sequence[Citation], exchange: Exchange) -> str:
    """A card for each quote, and folded under it those of other outlets that print the same words."""
    same: dict[str, list[Citation]] = {}
    for citation in citations:
        same.setdefault(" ".join(citation.quote.casefold().split()), []).append(citation)
    written = []
    for first, *others in same.values():
        copies = "".join(card(citation, exchange.number) for citation in others)
        folded = (
            f'<details class="copies-of"><summary>The same words in {counted(len(others), "other article")}'
            f"</summary>{copies}</details>"
            if others
            else ""
        )
        written.append(card(first, exchange.number) + folded)
    return "".join(written)


def _quote_in_paragraph(citation: Citation) -> str:
    """The paragraph around a quote, the quote marked, an ellipsis where the paragraph is cut."""
    text = citation.article.text
    start, end = _paragraph(citation)
    shown_start = max(start, citation.start - _CONTEXT_LENGTH)
    shown_end = min(end, citation.end + _CONTEXT_LENGTH)
    before, after = text[shown_start : citation.start].lstrip(), text[citation.end : shown_end].rstrip()
    if shown_start > start:
        before = "… " + re.sub(r"^\S*\s+", "", before)  # from a word's beginning
    if shown_end < end:
        after = re.sub(r"\s+\S*$", "", after) + " …"
    return f"{_lines(before)}<mark>{_lines(citation.quote)}</mark>{_lines(after)}"


def _notes(citation: Citation) -> str:
    """What the relative dates of a quote mean, and when its article was corrected."""
    notes = [f"<bdi>{escape(date.text)}</bdi> = {days_in_words(date)}" for date in citation.dates]
    if corrected := correction_in_words(citation.article):
        notes.append(corrected[0].upper() + corrected[1:])
    return f'<p class="notes">{" · ".join(notes)}</p>' if notes else ""


def _paragraph(span: Span) -> tuple[int, int]:
    """The offsets of the paragraph that holds `span`, found from its offsets and clear of masked text.

    Of a long paragraph, only a character more than is shown: enough to tell that it goes on.
    """
    text, masks = span.article.text, span.article.masks
    start = max((mask.end for mask in masks if mask.end <= span.start), default=0)
    end = min((mask.start for mask in masks if mask.start >= span.end), default=len(text))
    start = max(start, span.start - _CONTEXT_LENGTH - 1)
    end = min(end, span.end + _CONTEXT_LENGTH + 1)
    for boundary in _PARAGRAPH_END.finditer(text, start, span.start):
        start = boundary.end()
    if following := _PARAGRAPH_END.search(text, span.end, end):
        end = following.start()
    return start, end


def _lines(text: str) -> str:
    """Escaped text with its paragraph ends as line breaks."""
    return "<br>".join(escape(part) for part in _PARAGRAPH_END.split(text))


def _byline(article: Article) -> str:
    """Outlet and origin, title and day, as far as they are known."""
    return ", ".join(filter(None, (credit(article), article.title, day_in_words(article))))


def _file_name(article: Article) -> str:
    """The last part of where the article was read."""
    return re.split(r"[/\\]", article.source.rstrip("/\\"))[-1] or article.source
