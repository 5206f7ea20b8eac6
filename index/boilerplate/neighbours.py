"""What lines beside it show a line to be: a caption, an advertisement, a headline under "Related", a form."""

import re
from collections.abc import Sequence

from index.boilerplate.lines import Line
from index.boilerplate.words import BULLET, is_above_caption, is_credit, is_heading
from index.boilerplate.zones import blocks, first_prose, likely_title
from index.when.dates import find_dates

_LONGEST_CAPTION = 200
_LONGEST_LIST = 12  # headlines under "Related", and lines of a form

_CAPITALS = re.compile(r"[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.'’-]+(?: [A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.'’-]*){1,3}")
_EMPHASIS = re.compile(r"([*_]{1,2})(?=\S).*(?<=\S)\1")
_BEFORE_DATE = re.compile(r"\w+ \w+ \w+.*[,،]\s*$")
_ENDS_IN_BRACKETS = re.compile(r".{12,}\s\([^()]{2,60}\)")
_FORM = frozenset(["promotion", "consent"])


def mark_captions(lines: Sequence[Line], reasons: list[str]) -> None:
    """Captions without a credit in them, where the page shows them to be: emphasised below a Markdown image,
    below "View image in fullscreen", or above a line that is a credit and no more."""
    title, first = likely_title(lines, reasons), first_prose(lines, reasons)
    for index, line in enumerate(lines):
        above = lines[index - 1].text if index else ""
        short = len(line.text) <= _LONGEST_CAPTION
        if reasons[index] or not index or not short:
            continue
        if (
            (above.startswith("![") and _EMPHASIS.fullmatch(line.text))
            or (is_above_caption(above) and not line.apart)
            or (reasons[index - 1] and _ends_with_date(line))
            or (0 <= title < index < first and _ENDS_IN_BRACKETS.fullmatch(line.text))
        ):
            reasons[index] = "caption"
    _mark_above_credits(lines, reasons)


def _mark_above_credits(lines: Sequence[Line], reasons: list[str]) -> None:
    """A caption right above a line that is a credit and no more, or above the title's prose just a name in
    capitals."""
    first = first_prose(lines, reasons)
    for index in range(1, len(lines)):
        caption, credit = lines[index - 1], lines[index]
        opens = caption.apart or (index > 1 and bool(reasons[index - 2]))
        if credit.apart or not opens or reasons[index - 1] or len(caption.text) > _LONGEST_CAPTION:
            continue
        ends = index + 1 == len(lines) or lines[index + 1].apart or lines[index + 1].is_prose
        names = _CAPITALS.fullmatch(credit.text) and caption.ends_sentence and not reasons[index]
        alone = ends and reasons[index] == "caption" and is_credit(credit.text)
        # In the body what is as long as prose and ends so may be the paragraph that the picture stands in.
        if (alone and (index < first or not caption.is_prose)) or (names and index < first):
            reasons[index - 1] = reasons[index] = "caption"


def _ends_with_date(line: Line) -> bool:
    """True for "Buses at the depot, Aldmere, 5 July 2032": words, a comma and a date, and no full stop."""
    dates = list(find_dates(line.text))
    return (
        bool(dates)
        and dates[-1].end == len(line.text)
        and bool(_BEFORE_DATE.search(line.text[: dates[-1].start]))
    )


def mark_advertised(lines: Sequence[Line], reasons: list[str]) -> None:
    """What stands in one block below "Sponsored"."""
    for index in range(1, len(lines)):
        line = lines[index]
        if reasons[index - 1] == "advertisement" and not (reasons[index] or line.apart or line.ends_sentence):
            reasons[index] = "advertisement"


def mark_lists(lines: Sequence[Line], reasons: list[str]) -> None:
    """The headlines under "Related" and the like. Before the first prose they would be the article's own."""
    first = first_prose(lines, reasons)
    for index, line in enumerate(lines):
        if index > first and reasons[index] == "related":
            _mark_headlines(lines, reasons, index, bulleted_only=not is_heading(line.text))


def _mark_headlines(lines: Sequence[Line], reasons: list[str], heading: int, *, bulleted_only: bool) -> None:
    for below in range(heading + 1, min(heading + 1 + _LONGEST_LIST, len(lines))):
        bulleted = BULLET.match(lines[below].text)
        if not lines[below].is_headline or (bulleted_only and not bulleted):
            return
        reasons[below] = reasons[below] or "related"


def mark_forms(lines: Sequence[Line], reasons: list[str]) -> None:
    """The rest of a newsletter's form or a cookie wall, in one block with what is known of it."""
    for start, end in blocks(lines):
        for index in range(start + 1, end):
            if reasons[index] or reasons[index - 1] not in _FORM:
                continue
            known_below = any(reasons[below] for below in range(index + 1, min(index + 3, end)))
            if end - start <= _LONGEST_LIST and known_below:
                reasons[index] = reasons[index - 1]
