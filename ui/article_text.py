"""The text of an article as HTML: paragraph by paragraph, a quote marked, what is masked dimmed and why."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile

from index.schema import Article, Mask
from ui.render import escape

QUOTED = "quoted"
"""The id of the quote's mark, to which the page scrolls."""

_LONGEST = 400_000  # characters that are shown, or up to the quote: a page can't hold any number
_WRAPPED = 60  # characters of a line that goes on in the next: a shorter one ends where its author ended it
_LINE = re.compile(r"[^\r\n]+")
_BLANK = re.compile(r"(?:\r\n|\n|\r)\s*(?:\r\n|\n|\r)")
_SENTENCE_END = re.compile(r"[.!?…؟。:”\"’»)\]]\s*$")
_LEGEND = (
    '<p class="legend">What is dimmed is never quoted<span class="pointer">; hold the pointer over it to see '
    "why</span>.</p>"
)


def as_paragraphs(article: Article, start: int = 0, end: int = 0) -> str:
    """The article's text as HTML paragraphs, `[start, end)` of it marked if that isn't empty."""
    shown = max(_LONGEST, end)
    written, last, identity = [], "", f' id="{QUOTED}"'
    for opens, closes in _paragraphs(article, shown):
        first, beyond = max(opens, start), min(closes, end)
        if first < beyond:
            before, after = _dimmed(article, opens, first), _dimmed(article, beyond, closes)
            marked = f"<mark{identity}>{escape(article.text[first:beyond])}</mark>"
            written.append(f'<p dir="auto">{before}{marked}{after}</p>')
            last = identity = ""
            continue
        cut = list(_pieces(article, opens, closes))
        reasons = {reason for text, reason in cut if text.strip()}
        last_before, last = last, reasons.pop() if len(reasons) == 1 else ""
        if last:
            written.append(_masked_paragraph("".join(text for text, _ in cut), last, last_before))
        else:
            written.append(f'<p dir="auto">{"".join(_piece(*piece) for piece in cut)}</p>')
    if article.masks:
        written.insert(0, _LEGEND)
    if len(article.text) > shown:
        rest = f"These are the first {shown:,} of {len(article.text):,} characters."
        written.append(f'<p class="note">{rest}</p>')
    return "".join(written)


def _pieces(article: Article, start: int, end: int) -> Iterator[tuple[str, str]]:
    """`[start, end)` of the text as HTML, cut where masks begin and end, with the reason of each mask."""
    for mask in _masks_in(article, start, end):
        if start < mask.start:
            yield escape(article.text[start : mask.start]), ""
        yield escape(article.text[mask.start : mask.end]), mask.reason
        start = mask.end
    if start < end:
        yield escape(article.text[start:end]), ""


def _masks_in(article: Article, start: int, end: int) -> Iterator[Mask]:
    """The masks that touch `[start, end)`, no wider than that."""
    first = bisect_right(article.masks, start, key=lambda mask: mask.end)
    for mask in takewhile(lambda mask: mask.start < end, islice(article.masks, first, None)):
        yield Mask(max(mask.start, start), min(mask.end, end), mask.reason)


def _dimmed(article: Article, start: int, end: int) -> str:
    return "".join(_piece(*piece) for piece in _pieces(article, start, end))


def _piece(text: str, reason: str) -> str:
    if not reason:
        return text
    return (
        f'<span class="masked" title="Never quoted: {escape(reason)}">'
        f'<span class="unseen" dir="ltr"> (never quoted, {escape(reason)}:) </span>{text}</span>'
    )


def _masked_paragraph(text: str, reason: str, reason_before: str) -> str:
    """A paragraph that is masked as a whole; of several in a row only the first says why in words."""
    why = f'<span class="unseen" dir="ltr">Never quoted, {escape(reason)}: </span>'
    said = "" if reason == reason_before else why
    return f'<p class="masked" dir="auto" title="Never quoted: {escape(reason)}">{said}{text}</p>'


def _paragraphs(article: Article, shown: int) -> Iterator[tuple[int, int]]:
    """The offsets of the paragraphs: the lines, those joined that were only wrapped."""
    start = end = 0
    for line in _LINE.finditer(article.text, 0, shown):
        if not line[0].strip():
            continue
        if end and _goes_on(article, start, end, line.start()):
            end = line.end()
            continue
        if end:
            yield start, end
        start, end = line.span()
    if end:
        yield start, end


def _goes_on(article: Article, start: int, end: int, following: int) -> bool:
    """True if the line that starts at `following` only wraps on what stands in `[start, end)`."""
    text = article.text
    last = text[max(text.rfind("\n", start, end) + 1, start) : end]
    if len(last) < _WRAPPED or _SENTENCE_END.search(last) or _BLANK.search(text, end, following + 1):
        return False
    return article.is_open(start, following + 1)
