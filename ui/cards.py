"""The panel's HTML: a card for each citation, and how the cards are laid out: by story, and within one by
side where sources disagree.

Card ids and links are what joins the two halves of the page: the marker `#m-3-1` (third question, first
citation) links to the card `#c-3-1`, and the card's number links back.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from index.schema import Article, Span
from rag.quoting.attribution import correction_in_words, credit, day_in_words, days_in_words
from rag.schema import Citation
from ui.citing import forms, original, web_address
from ui.render import CONTEXT_LENGTH, PARAGRAPH_END, Exchange, byline, escape, lines, question
from ui.wording import counted, headline

Stories = Callable[[Sequence[str]], Sequence[Sequence[str]]]
"""Gives the ids of some articles by the event they tell of: a list of ids an event, in the order given."""


def one_story(article_ids: Sequence[str]) -> list[Sequence[str]]:
    """All articles as of one event."""
    return [article_ids] if article_ids else []


def card(citation: Citation, number: int, *, is_titled: bool = True) -> str:
    """One citation of exchange `number`: who wrote what and when, and the quote inside its paragraph. It is
    headed by its article's title, unless what stands above it is."""
    article, marker = citation.article, citation.marker
    title = headline(article)
    day = escape(day_in_words(article)) or "undated"
    return (
        f'<article class="card" id="c-{number}-{marker}" tabindex="-1"'
        f' aria-label="Source {marker}: {escape(byline(article) or title)}">'
        f'<p class="byline"><a class="number" href="#m-{number}-{marker}" title="Back to the answer">'
        f'<span class="unseen">Source </span>{marker}</a>'
        f'<span class="outlet" dir="auto">{escape(credit(article)) or "Outlet not named"}</span>'
        f'<time datetime="{escape(article.published)}" title="{escape(article.published)}">{day}</time></p>'
        f"{_heading(article) if is_titled else ''}"
        f'<blockquote dir="auto">{_quote_in_paragraph(citation)}</blockquote>{_notes(citation)}'
        f'<p class="where" title="{escape(article.source)}">Characters {citation.start:,}–{citation.end:,}'
        f" of <bdi>{escape(_file_name(article))}</bdi></p>{_actions(citation)}</article>"
    )


def sources(exchanges: Sequence[Exchange], stories: Stories = one_story) -> str:
    """The panel: the cards of every exchange, newest first, the older ones folded away. Where an answer
    cites articles on several events, as `stories` tells, each has its heading."""
    shown = [exchange for exchange in reversed(exchanges) if not exchange.problem]
    folds = "".join(_fold(exchange, stories, is_open=exchange is shown[0]) for exchange in shown)
    hint = '<p class="hint">Each quotation of an answer appears here, inside the paragraph it comes from.</p>'
    return f'<section class="sources" aria-label="Sources"><h2>Sources</h2>{folds or hint}</section>'


def _fold(exchange: Exchange, stories: Stories, *, is_open: bool) -> str:
    """One exchange's cards under its question."""
    cards = _by_story(exchange, stories)
    empty = "No source is cited." if exchange.done else "Looking for sources…"
    count = f'<span class="count">{counted(len(exchange.citations), "source")}</span>' if cards else ""
    return (
        f"<details{' open' if is_open else ''}><summary>{question(exchange)}{count}</summary>"
        + (cards or f'<p class="hint">{empty}</p>')
        + "</details>"
    )


def _by_story(exchange: Exchange, stories: Stories) -> str:
    """The cards, those of each story under its heading if there are several."""
    otherwise = exchange.told_otherwise
    groups = list(_stories(exchange, stories, otherwise)) if exchange.done else [exchange.citations]
    if len(groups) < 2:
        return _cards(exchange.citations, otherwise, exchange)
    return "".join(_story(group, otherwise, exchange) for group in groups)


def _stories(exchange: Exchange, stories: Stories, otherwise: frozenset[int]) -> Iterator[Sequence[Citation]]:
    """The citations by the event that their articles tell of. Those that disagree speak of one, whatever the
    articles are about besides."""
    event: dict[str, str] = {}
    for group in stories(list(dict.fromkeys(citation.article.id for citation in exchange.citations))):
        event.update(dict.fromkeys(group, group[0]))
    events = [event[citation.article.id] for citation in exchange.citations]
    if otherwise:
        first = next(
            (
                name
                for name, one in zip(events, exchange.citations, strict=True)
                if one.marker not in otherwise
            )
        )
        joined = {
            name for name, one in zip(events, exchange.citations, strict=True) if one.marker in otherwise
        }
        events = [first if name in joined else name for name in events]
    for name in dict.fromkeys(events):
        yield [one for found, one in zip(events, exchange.citations, strict=True) if found == name]


def _story(citations: Sequence[Citation], otherwise: frozenset[int], exchange: Exchange) -> str:
    """One story's cards under the headline of its first article; where it is the only one, its cards don't
    say it again."""
    articles = list({citation.article.id: citation.article for citation in citations}.values())
    first = min(articles, key=lambda article: article.published or "9999")
    is_lone = len(articles) == 1
    named = (
        _heading(first, of="story")
        if is_lone
        else f'<h3 class="story" dir="auto">{escape(headline(first))}</h3>'
    )
    count = "" if is_lone else f'<p class="count">{counted(len(articles), "article")} on this story</p>'
    cards = _cards(citations, otherwise, exchange, are_titled=not is_lone)
    return f'<section class="story" aria-label="{escape(headline(first))}">{named}{count}{cards}</section>'


def _cards(
    citations: Sequence[Citation], otherwise: frozenset[int], exchange: Exchange, *, are_titled: bool = True
) -> str:
    """The cards: where sources disagree each side's under a heading, side by side where there is room."""
    sides = {
        "One side": [citation for citation in citations if citation.marker not in otherwise],
        "The other side": [citation for citation in citations if citation.marker in otherwise],
    }
    if not all(sides.values()):
        return _stack(citations, exchange, are_titled=are_titled)
    columns = "".join(
        f'<section aria-label="{name}"><h3 class="side">{name}</h3>'
        f"{_stack(of_side, exchange, are_titled=are_titled)}</section>"
        for name, of_side in sides.items()
    )
    return f'<div class="sides">{columns}</div>'


def _stack(citations: Sequence[Citation], exchange: Exchange, *, are_titled: bool) -> str:
    """A card for each quote, and folded under it those of other outlets that print the same words."""
    same: dict[str, list[Citation]] = {}
    for citation in citations:
        same.setdefault(" ".join(citation.quote.casefold().split()), []).append(citation)
    written = []
    for first, *others in same.values():
        copies = "".join(card(citation, exchange.number, is_titled=are_titled) for citation in others)
        folded = (
            f'<details class="copies-of"><summary>The same words in {counted(len(others), "other article")}'
            f"</summary>{copies}</details>"
            if others
            else ""
        )
        written.append(card(first, exchange.number, is_titled=are_titled) + folded)
    return "".join(written)


def _heading(article: Article, *, of: str = "") -> str:
    """An article's title, linked to where it stands; `of` is the class of one that stands over cards."""
    heading = escape(headline(article))
    if address := web_address(article.url):
        heading = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{heading}</a>'
    named = f' class="{of}"' if of else ""
    return f'<h3{named} dir="auto">{heading}</h3>'


def _quote_in_paragraph(citation: Citation) -> str:
    """The paragraph around a quote, the quote marked, an ellipsis where the paragraph is cut."""
    text = citation.article.text
    start, end = _paragraph(citation)
    shown_start = max(start, citation.start - CONTEXT_LENGTH)
    shown_end = min(end, citation.end + CONTEXT_LENGTH)
    before, after = text[shown_start : citation.start].lstrip(), text[citation.end : shown_end].rstrip()
    if shown_start > start:
        before = "… " + re.sub(r"^\S*\s+", "", before)  # from a word's beginning
    if shown_end < end:
        after = re.sub(r"\s+\S*$", "", after) + " …"
    return f"{lines(before)}<mark>{lines(citation.quote)}</mark>{lines(after)}"


def _notes(citation: Citation) -> str:
    """What the relative dates of a quote mean, and when its article was corrected."""
    notes = [f"<bdi>{escape(date.text)}</bdi> = {days_in_words(date)}" for date in citation.dates]
    if corrected := correction_in_words(citation.article):
        notes.append(corrected[0].upper() + corrected[1:])
    return f'<p class="notes">{" · ".join(notes)}</p>' if notes else ""


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


def _paragraph(span: Span) -> tuple[int, int]:
    """The offsets of the paragraph that holds `span`, found from its offsets and clear of masked text.

    Of a long paragraph, only a character more than is shown: enough to tell that it goes on.
    """
    text, masks = span.article.text, span.article.masks
    start = max((mask.end for mask in masks if mask.end <= span.start), default=0)
    end = min((mask.start for mask in masks if mask.start >= span.end), default=len(text))
    start = max(start, span.start - CONTEXT_LENGTH - 1)
    end = min(end, span.end + CONTEXT_LENGTH + 1)
    for boundary in PARAGRAPH_END.finditer(text, start, span.start):
        start = boundary.end()
    if following := PARAGRAPH_END.search(text, span.end, end):
        end = following.start()
    return start, end


def _file_name(article: Article) -> str:
    """The last part of where the article was read."""
    return re.split(r"[/\\]", article.source.rstrip("/\\"))[-1] or article.source
