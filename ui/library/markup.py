"""The library's HTML: the list, an article's whole text, and what came of adding and removing.

What an article says becomes HTML through `ui.render.escape`, and nothing else here does. Buttons say in
data attributes what they stand for; `ui/assets/library.js` passes that on.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from index.catalog import Version
from index.listing import Listed, Page, Selection
from index.schema import Article
from index.sources import kinds
from rag.quoting.attribution import correction_in_words, credit, day_in_words
from ui.article_text import as_paragraphs
from ui.citing import web_address
from ui.library.shelf import GONE, PAGE, PASTED, UPLOADED, Outcome
from ui.render import escape
from ui.wording import counted, language_name

_DAY = len("2026-01-17")
_SHOWN_SKIPPED = 20
_OWN_FOLDER = re.compile(rf"\b{UPLOADED}/[0-9a-f]{{8}}/|\b{PASTED}/[0-9a-f]{{8}}\.json")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NO_PAGE = Page((), 0, 0)


def listing(page: Page, selection: Selection) -> str:
    """A page of the list, with how many there are and the way to the others."""
    kept = _only(selection)
    if not page.total:
        is_narrowed = selection != Selection()
        line = "No article is like this." if is_narrowed else "Nothing is indexed yet."
        return f'<section class="shelf" aria-label="Articles">{kept}<p class="extent">{line}</p></section>'
    last = page.start + len(page.articles)
    entries = "".join(map(_entry, page.articles))
    return (
        f'<section class="shelf" aria-label="Articles">{kept}'
        f'<p class="extent" role="status">{page.start + 1:,}–{last:,} of {counted(page.total, "article")}</p>'
        f"<ol>{entries}</ol>{_pager(page)}</section>"
    )


def article(history: Sequence[Version], article_id: str, copies: Page, story: Page = _NO_PAGE) -> str:
    """The text of `history` that has this id, whole, with what is known of it.

    `copies` are the articles that carry the present text, and `story` those that tell of the same event,
    itself among both.
    """
    shown = next((kept for kept in reversed(history) if kept.article.id == article_id), None)
    if shown is None:
        return problem(GONE)
    read = shown.article
    lang = f' lang="{read.language}"' if _LANGUAGE.fullmatch(read.language) else ""
    return (
        f'<article class="reading"><h2 dir="auto"{lang} tabindex="-1">{escape(_title(read))}</h2>'
        f'<p class="byline">{_facts(read)}</p>{_notes(history, shown)}{_links(read)}'
        f"{_also(copies, history[-1].article.id)}{_story(story, copies, history[-1].article.id)}"
        f'<div class="text"{lang}>{as_paragraphs(read)}</div>'
        f'<p class="where">Read from <bdi>{escape(_place(read.source))}</bdi></p></article>'
    )


def readable(max_bytes: int) -> str:
    """Which files can be uploaded."""
    limit = f"up to {max_bytes // 1024**2:,} MB a file"
    return f'<p class="readable">What can be read, {limit}: {escape(kinds.READABLE)}.</p>'


def working(line: str) -> str:
    """How far adding is."""
    return f'<p class="working" role="status">{escape(_place(line))}</p>'


def problem(line: str) -> str:
    """One line that says what could not be done."""
    return f'<p class="problem" role="alert">{escape(line[:1].upper() + line[1:])}</p>'


def outcome(found: Outcome) -> str:
    """What was added, to be opened, and what was not, a line each."""
    report = found.report
    if report is None:
        return problem(found.problem)
    counts = {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": len(report.skipped),
    }
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "Nothing was found"
    opened = "".join(f"<li>{_opener(read.id, _title(read))}</li>" for read in found.articles)
    skipped = "".join(
        f"<li><bdi>{escape(_place(item.source))}</bdi>: {escape(_place(item.reason))}</li>"
        for item in report.skipped[:_SHOWN_SKIPPED]
    )
    if (more := len(report.skipped) - _SHOWN_SKIPPED) > 0:
        skipped += f"<li>… and {more:,} more</li>"
    return (
        f'<div class="done" role="status"><p>{told}{":" if skipped else "."}</p>'
        + (f'<ul class="skipped">{skipped}</ul>' if skipped else "")
        + (f'<ul class="read" aria-label="To read">{opened}</ul>' if opened else "")
        + "</div>"
    )


def removal(history: Sequence[Version]) -> str:
    """The question before an article is removed."""
    if not history:
        return problem(GONE)
    earlier = f", with {counted(len(history) - 1, 'earlier text')}" if len(history) > 1 else ""
    return (
        f'<p class="ask" tabindex="-1">Remove <bdi class="title">{escape(_title(history[-1].article))}</bdi>'
        f"{earlier}? It can't be cited any more then.</p>"
    )


def removed(history: Sequence[Version]) -> str:
    """What was removed."""
    return f'<p class="done" role="status">Removed: <bdi>{escape(_title(history[-1].article))}</bdi></p>'


def _entry(listed: Listed) -> str:
    title = listed.title or PurePath(listed.source).name or listed.source
    copies = ""
    if listed.copies > 1:
        others = counted(listed.copies - 1, "reprint")
        copies = (
            f'<button type="button" class="copies" data-event="copies" data-article="{listed.article_id}">'
            f'{others}<span class="unseen"> of {escape(title)}</span></button>'
        )
    day = listed.published[:_DAY]
    return (
        f"<li>{_opener(listed.article_id, title)}"
        f'<span class="outlet" dir="auto">{escape(listed.outlet)}</span>'
        f'<time datetime="{escape(listed.published)}">{escape(day) or "undated"}</time>'
        f'<span class="language">{escape(language_name(listed.language))}</span>'
        f'<span class="also">{copies}</span></li>'
    )


def _opener(article_id: str, title: str) -> str:
    return (
        f'<button type="button" class="title" dir="auto" data-event="open" data-article="{article_id}">'
        f"{escape(title)}</button>"
    )


def _pager(page: Page) -> str:
    if page.total <= PAGE:
        return ""
    ways = (("Newer", page.start - PAGE, page.start > 0), ("Older", page.start + PAGE, _has_more(page)))
    buttons = "".join(
        f'<button type="button" data-event="turn" data-start="{start}"{"" if is_open else " disabled"}>{name}'
        "</button>"
        for name, start, is_open in ways
    )
    return f'<nav class="pager" aria-label="Pages of the list">{buttons}</nav>'


def _has_more(page: Page) -> bool:
    return page.start + len(page.articles) < page.total


def _only(selection: Selection) -> str:
    """What the list is narrowed to by a cluster, and the way back."""
    if not selection.copies_of and not selection.among:
        return ""
    what = "the reprints of one article" if selection.copies_of else "the articles on one story"
    return (
        f'<p class="kept">Only {what} '
        '<button type="button" data-event="copies" data-article="">Show all articles</button></p>'
    )


def _facts(read: Article) -> str:
    """Who wrote it, when, and in which language."""
    facts = [f'<span class="outlet" dir="auto">{escape(credit(read)) or "Outlet not named"}</span>']
    if read.author:
        facts.append(f'<span dir="auto">{escape(read.author)}</span>')
    day = escape(day_in_words(read)) or "undated"
    facts.append(f'<time datetime="{escape(read.published)}" title="{escape(read.published)}">{day}</time>')
    if read.language:
        facts.append(f"<span>{escape(language_name(read.language))}</span>")
    return " · ".join(facts)


def _notes(history: Sequence[Version], shown: Version) -> str:
    """When the article was corrected, and the way to its other texts."""
    if shown.replaced:
        return (
            f'<p class="note">An earlier text: another took its place on {escape(shown.replaced[:_DAY])}. '
            f"{_other(history[-1].article.id, 'Show the present one')}</p>"
        )
    earlier = [
        _other(kept.article.id, f"the text until {kept.replaced[:_DAY]}")
        for kept in history[:-1]
        if kept.article.id != shown.article.id
    ]
    corrected = correction_in_words(shown.article)
    notes = [corrected[:1].upper() + corrected[1:]] if corrected else []
    if earlier:
        notes.append(f"Before: {', '.join(earlier)}")
    return f'<p class="note">{". ".join(notes)}</p>' if notes else ""


def _other(article_id: str, words: str) -> str:
    return f'<button type="button" data-event="open" data-article="{article_id}">{escape(words)}</button>'


def _links(read: Article) -> str:
    address = web_address(read.url)
    if not address:
        return ""
    return (
        f'<p class="original"><a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        "Open the original</a></p>"
    )


def _also(copies: Page, own_id: str) -> str:
    """The other articles that carry this text."""
    others = [listed for listed in copies.articles if listed.article_id != own_id]
    if not others:
        return ""
    names = ((listed, listed.outlet or listed.title or PurePath(listed.source).name) for listed in others)
    entries = "".join(f"<li>{_opener(listed.article_id, name)}</li>" for listed, name in names)
    more = copies.total - 1 - len(others)
    rest = f"<li>… and {more:,} more</li>" if more > 0 else ""
    return f'<div class="reprinted"><span>Also printed by</span><ul>{entries}{rest}</ul></div>'


def _story(story: Page, copies: Page, own_id: str) -> str:
    """The other articles on the same story, none of them a copy, and the way to a list of all."""
    known = {own_id, *(listed.article_id for listed in copies.articles)}
    others = [listed for listed in story.articles if listed.article_id not in known]
    if not others:
        return ""
    entries = "".join(
        f"<li>{_opener(listed.article_id, listed.title or PurePath(listed.source).name)}"
        f"{_in_brackets(listed.outlet)}</li>"
        for listed in others
    )
    return (
        f'<div class="reprinted"><span>Other articles on this story</span><ul>{entries}</ul> '
        f'<button type="button" data-event="story" data-article="{own_id}">List them all</button></div>'
    )


def _in_brackets(outlet: str) -> str:
    return f" (<bdi>{escape(outlet)}</bdi>)" if outlet else ""


def _title(read: Article) -> str:
    return read.title or PurePath(read.source).name or read.source


def _place(text: str) -> str:
    """The text without the folders that stand for uploads and pasted texts."""
    return _OWN_FOLDER.sub(lambda own: "the pasted text" if own[0].startswith(PASTED) else "", text)
