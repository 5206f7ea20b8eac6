"""What stands above an article: parts of the newspaper, its name, dates and the names of writers."""

import re
from collections.abc import Sequence

from index.boilerplate.date_lines import without_date_words, without_dates
from index.boilerplate.lines import Line
from index.boilerplate.words import NAMES, is_bio, is_names, is_section
from index.boilerplate.zones import after_prose, blocks, first_prose, header, likely_title

_LABELLED_LINES = 12  # in which "Source: Herald" is no part of a list
_LAST_LINES = 6
_LONGEST_NAME = 4  # words
_LONGEST_OUTLET = 5  # words
_LONGEST_TRADE = 80  # characters
_SHORT_PIECE = 3  # words of a link in a row of links
_SHORTEST_ROW = 3  # such links

_LABEL = re.compile(
    r"(?:source|outlet|publisher|author|writer|url|link|date|published|section|language|image|location|"
    r"fuente|medio|autora?|fecha|enlace|sección|المصدر|الكاتب|التاريخ|الرابط)\s*[:：]\s*\S.*",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|desde|منذ)\b.{0,12}\d{4}\W*$", re.IGNORECASE)
_NAMING_REASONS = frozenset(["caption", "copyright", "promotion", "bio", "disclaimer"])


def mark_sections(lines: Sequence[Line], reasons: list[str]) -> None:
    """The parts of the newspaper, above the prose and below it."""
    first, after = first_prose(lines, reasons), after_prose(lines, reasons)
    for index, line in enumerate(lines):
        if (index < first or index >= after) and not reasons[index] and is_section(line.text):
            reasons[index] = "navigation"


def mark_rows_of_links(lines: Sequence[Line], reasons: list[str]) -> None:
    """Three lines of a few words each, one right below the other, with a link that is known among them."""
    first, after = first_prose(lines, reasons), after_prose(lines, reasons)
    title = likely_title(lines, reasons)
    for start, end in blocks(lines):
        row = [index for index in range(start, end) if (index < first or index >= after) and index != title]
        short = [index for index in row if _is_short_piece(lines[index])]
        if len(row) == len(short) >= _SHORTEST_ROW and any(
            reasons[i] in {"navigation", "share"} for i in row
        ):
            for index in row:
                reasons[index] = reasons[index] or "navigation"


def _is_short_piece(line: Line) -> bool:
    return len(line.text.split()) <= _SHORT_PIECE and not line.ends_sentence


def mark_above_title(lines: Sequence[Line], reasons: list[str]) -> None:
    """Two lines or more of a few words each, at the top and above a title that is longer."""
    title = likely_title(lines, reasons)
    if title < 0 or len(lines[title].text.split()) <= _LONGEST_NAME:
        return
    above = range(title)
    if len(above) > 1 and all(reasons[index] or _is_link(lines[index]) for index in above):
        for index in above:
            reasons[index] = reasons[index] or "navigation"


def _is_link(line: Line) -> bool:
    return len(line.text.split()) <= _LONGEST_NAME and not line.ends_sentence


def mark_trades(lines: Sequence[Line], reasons: list[str]) -> None:
    """What a writer is or where they are, in the block below the name: "Professor of Zoology, Aldmere"."""
    title = likely_title(lines, reasons)
    for index in header(lines, reasons)[title + 1 :] if title >= 0 else ():
        line = lines[index]
        below = lines[index + 1 : index + 2]
        ends = not below or below[0].apart or below[0].is_prose or bool(reasons[index + 1])
        named = reasons[index - 1] in {"byline", "bio"} and not line.apart
        if named and ends and not reasons[index] and not line.ends_sentence:
            reasons[index] = "bio" if len(line.text) <= _LONGEST_TRADE else ""


def mark_labels(lines: Sequence[Line], reasons: list[str]) -> None:
    """Lines such as "Source: Herald" and "Herald, 4 May 2031", before the prose only; further down they may
    be part of a list."""
    for index in header(lines, reasons):
        line = lines[index].text
        if reasons[index] or not lines[index].is_headline:
            continue
        if index < _LABELLED_LINES and _LABEL.fullmatch(line):
            reasons[index] = "byline"
        elif index and _is_name_and_date(line):
            reasons[index] = "date"


def _is_name_and_date(line: str) -> bool:
    """True for "Harbour Ledger | Sunday 19 January 2031": capitalised words, and else only a date."""
    return without_dates(line) != line and bool(NAMES.fullmatch(without_date_words(line)))


def mark_writers(lines: Sequence[Line], reasons: list[str]) -> None:
    """Names right beside a date or a byline, once the title has been seen."""
    title = likely_title(lines, reasons)
    above = header(lines, reasons)
    for order in (above, above[::-1]):
        for index in order:
            beside = {reasons[near] for near in (index - 1, index + 1) if 0 <= near < len(lines)}
            if (
                title < index
                and title >= 0
                and not reasons[index]
                and beside & {"date", "byline"}
                and is_names(lines[index].text)
            ):
                reasons[index] = "byline"


def mark_names_below_title(lines: Sequence[Line], reasons: list[str]) -> None:
    """A name right below the title, with a blank line after it, or with a line about the same name."""
    title = likely_title(lines, reasons)
    for index in header(lines, reasons):
        if not 0 <= title < index < len(lines) - 1 or reasons[index] or not is_names(lines[index].text):
            continue
        name, after = lines[index].text, lines[index + 1]
        short = 2 <= len(name.split()) <= _LONGEST_NAME
        below_title = index == title + 1 and not lines[index].apart and after.apart
        if short and (below_title or (after.text.startswith(f"{name} ") and is_bio(after.text))):
            reasons[index] = "byline"


def mark_mastheads(lines: Sequence[Line], reasons: list[str]) -> None:
    """The newspaper's name on a line of its own, above the title or below it: a credit, a copyright or the
    like says it again, or the prose opens with it and a dash."""
    left = [index for index in header(lines, reasons) if not reasons[index]]
    said = "\n".join(
        line.text for line, reason in zip(lines, reasons, strict=True) if reason in _NAMING_REASONS
    )
    leads = [line.text for line in lines if line.is_prose]
    names = set()
    for index in left:
        name = re.sub(r"^(?:the|el|la|los|las)\s+", "", lines[index].text, flags=re.IGNORECASE)
        if len(left) < 2 or not 1 < len(name.split()) <= _LONGEST_OUTLET or not NAMES.fullmatch(name):
            continue
        if name in said or any(re.match(rf"{re.escape(name)}\s+[-–—]\s", lead) for lead in leads):
            reasons[index] = "navigation"
            names.add(name)
    for index in range(max(len(lines) - _LAST_LINES, 0), len(lines)):
        if any(lines[index].text.startswith(f"{name},") for name in names) and _SINCE.search(
            lines[index].text
        ):
            reasons[index] = reasons[index] or "navigation"
