"""What stands at an article's end: tags, bios, links by subject, and all that follows them."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from index.boilerplate.date_lines import without_dates
from index.boilerplate.headings import joined
from index.boilerplate.lines import Line
from index.boilerplate.words import (
    BULLET,
    candidates,
    is_bio,
    is_heading,
    is_names,
    is_section,
    is_trade,
    plain_words,
)
from index.boilerplate.zones import after_prose, blocks, first_prose, header, likely_title

_LAST_LINES = 6  # in which an article says who wrote it
_LONGEST_BLOCK = 12  # lines below "About the author", above the article
_LONGEST_TAG = 40
_LONGEST_TAIL = 1200  # characters of tags and blurbs after "Filed under", at the end of an article
_SHORTEST_LINK = 10  # characters
_LONGEST_BIO = 400  # of a line that starts with the name of a byline
_MOST_WRITERS = 8
_HEADER_LINES = 30

_BY = re.compile(
    joined(
        r"^(?:by|por|written by|words(?: by|:)?|text(?: by|:)?|story by|interview(?: by|:)?|entrevista"
        r" de|texto:)\s+",
        r"^(?:escrito por|redactado por|بقلم\s*:?|كتبت?\s*:|إعداد\s*:?|تقرير\s*:|حاور(?:ها|ه)\s*:|كلمات)\s*",
    ),
    re.IGNORECASE,
)
_NAME_END = re.compile(r"\s*(?:[,،|·/(–—]|\s-\s|\band\b|\by\b|\bat\b|\bin\b).*$")
_HASHTAG = re.compile(r"[#+]\s?[^\s#+]+(?: \S+){0,2}")
_NUMBER = re.compile(r"\d+")
_QUESTION = re.compile(r"[?؟]\W*$")
_TAIL_REASONS = frozenset(["related", "tags", "comments", "copyright", "bio"])


def mark_end(lines: Sequence[Line], reasons: list[str]) -> None:
    """What follows "Filed under:" or "About the author" to the end: tags, teams and their blurbs."""
    for index, line in enumerate(lines):
        if reasons[index] not in {"tags", "bio"} or not is_heading(line.text):
            continue
        length = lines[-1].end - line.end
        if length <= _LONGEST_TAIL and length * 3 <= line.start - lines[0].start:
            for below in range(index + 1, len(lines)):
                reasons[below] = reasons[below] or reasons[index]
            return
        _mark_below(lines, reasons, index)


def _mark_below(lines: Sequence[Line], reasons: list[str], heading: int) -> None:
    """The tags right under a heading of tags, which are lines of a few words; the block under one of bios."""
    last = len(lines) if reasons[heading] == "tags" else min(heading + 1 + _LONGEST_BLOCK, len(lines))
    for below in range(heading + 1, last):
        is_tag = lines[below].is_headline and len(lines[below].text) <= _LONGEST_TAG
        stays = is_tag if reasons[heading] == "tags" else _is_about_writer(lines[below], reasons[below])
        if not stays or (reasons[below] and reasons[heading] == "tags"):
            return
        reasons[below] = reasons[below] or reasons[heading]


def _is_about_writer(line: Line, reason: str) -> bool:
    """True for what may stand in one block below "About the author", the title of the article apart."""
    return not line.apart and bool(reason or line.ends_sentence or is_names(line.text) or is_trade(line.text))


def mark_bios(lines: Sequence[Line], reasons: list[str]) -> None:
    """Who wrote it: at the end, or between the lines of the header; or any line there that starts with the
    name of a byline."""
    first = first_prose(lines, reasons)
    names = tuple(islice(_writers(lines, reasons), _MOST_WRITERS))
    left = [index for index, reason in enumerate(reasons) if not reason]
    for index in left[-_LAST_LINES:]:
        if len(left) > _LAST_LINES and (is_bio(lines[index].text) or _names_writer(lines[index].text, names)):
            reasons[index] = "bio"
    for index in header(lines, reasons)[1:]:
        above, line = lines[index - 1], lines[index]
        if not reasons[index] and not line.apart and not above.is_prose and is_trade(line.text):
            reasons[index] = "bio"
            if is_names(above.text):
                reasons[index - 1] = reasons[index - 1] or "bio"
    # A bio may itself be the first prose.
    for index in range(1, min(first + 1, _HEADER_LINES, len(lines) - 1)):
        line, beside = lines[index], reasons[index - 1] or reasons[index + 1]
        if (
            not reasons[index]
            and beside
            and (is_bio(line.text, at_head=True) or _names_writer(line.text, names))
        ):
            reasons[index] = "bio"


def _writers(lines: Sequence[Line], reasons: Sequence[str]) -> Iterator[str]:
    """The names that bylines give, as they stand in them."""
    for line, reason in zip(lines, reasons, strict=True):
        if reason == "byline":
            name = _NAME_END.sub("", _BY.sub("", plain_words(without_dates(line.text)).strip())).strip(" .:")
            if 2 <= len(name.split()) <= 4 and not any(map(str.isdigit, name)):
                yield name.casefold()


def _names_writer(line: str, names: tuple[str, ...]) -> bool:
    """True if a line that quotes nobody, as a report would, starts with one of `names`."""
    quotes = re.search(r"[“”\"«»]", line.split(".", maxsplit=1)[0]) and not is_bio(line)
    if len(line) > _LONGEST_BIO or not names or quotes:
        return False
    words = candidates(line)[-1].casefold()
    return any(re.match(rf"{re.escape(name)}[,،]?\s(?![-–—])", words) for name in names)


def mark_kickers(lines: Sequence[Line], reasons: list[str]) -> None:
    """Links that say what part of the newspaper they lead to: "GALLERY | The day in pictures" between title
    and prose, and below the prose "Letters: readers reply", after anything masked there."""
    title, first = likely_title(lines, reasons), first_prose(lines, reasons)
    for index in range(title + 1, first) if title >= 0 else ():
        kicker, rest = _kicker(lines[index], "|")
        if not reasons[index] and rest and kicker.isupper():
            reasons[index] = "related"
    masked = False
    for index in range(after_prose(lines, reasons), len(lines)) if first < len(lines) else ():
        kicker, rest = _kicker(lines[index], "|:")
        if masked and not reasons[index] and rest and is_section(re.sub(r"\s(?:column|blog)$", "", kicker)):
            reasons[index] = "related"
        masked = masked or bool(reasons[index])


def _kicker(line: Line, separators: str) -> tuple[str, str]:
    """The words before the first separator and those after it, if they are enough for a headline."""
    kicker, _, rest = re.sub(rf"\s?[{separators}]\s", "\0", line.text, count=1).partition("\0")
    return kicker, rest if line.is_headline and len(rest) >= _SHORTEST_LINK else ""


def mark_hashtags(lines: Sequence[Line], reasons: list[str]) -> None:
    """Two lines or more of a word or three with "#" or "+" before them, in one block below the prose."""
    after = after_prose(lines, reasons)
    for start, end in blocks(lines):
        rows = [index for index in range(start, end) if _HASHTAG.fullmatch(lines[index].text)]
        if start >= after and len(rows) > 1:
            for index in rows:
                reasons[index] = reasons[index] or "tags"


def mark_rest(lines: Sequence[Line], reasons: list[str]) -> None:
    """What follows related links, tags or comments below the last prose; and what follows anything masked
    below the last sentence, for an article doesn't go on there."""
    reason = ""
    for index in range(after_prose(lines, reasons), len(lines)):
        if reasons[index]:
            reason = reasons[index] if reasons[index] in _TAIL_REASONS else reason
        elif reason and lines[index].is_headline and (not lines[index].ends_sentence or reason == "related"):
            reasons[index] = reason
    masked = False
    for index in range(_last_sentence(lines, reasons) + 1, len(lines)):
        masked = masked or bool(reasons[index])
        if masked and not reasons[index] and not _is_item(lines[index]) and not _announces(lines[index - 1]):
            reasons[index] = "navigation"


def _is_item(line: Line) -> bool:
    """True for an item of a list, and for a row of figures: they may be the article's own."""
    return bool(BULLET.match(line.text)) or len(_NUMBER.findall(line.text)) > 1


def _last_sentence(lines: Sequence[Line], reasons: Sequence[str]) -> int:
    """The index of the last open line that ends in a full stop; a short question may be a form's."""
    return next(
        (
            index
            for index in range(len(lines) - 1, -1, -1)
            if not reasons[index]
            and lines[index].ends_sentence
            and (lines[index].is_prose or not _QUESTION.search(lines[index].text) or index + 1 == len(lines))
        ),
        len(lines),
    )


def _announces(line: Line) -> bool:
    return line.text.endswith((":", "："))
