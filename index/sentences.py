"""Sentence spans: where each sentence of an article starts and ends, in code points.

Sentences never cross a mask or a paragraph, and together they hold every letter outside the masks. The marks
of lists, quotations, headings and table rows around a sentence are not part of it, nor is emphasis that spans
it; marks inside it stay, for a span is one stretch of the text as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.schema import Article

_LINE_END = re.compile(r"\r\n|\n|\r|\u2028|\u2029")
_TERMINAL = ".!?…؟。！？"
_CLOSERS = "\"'”’»›)]}*_ \t\u00a0\u200f\u200e"
# White space, byte-order marks and direction marks: never part of a quoted sentence.
_OUTER = re.compile(r"[\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
# sentencex leaves a Spanish question or exclamation joined to the sentence before it.
_SPANISH_OPENER = re.compile(r"(?<=[.!?…»”])\s+(?=[¿¡])")
# It also ends a sentence inside "at 5 p.m. Monday".
_CLOCK_AND_DAY = re.compile(
    r"\b[ap]\.m\.\s+(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[ECMP][SD]?T\b|GMT\b|UTC\b)"
)
# What Markdown, and plain text like it, puts before a line's words: "- ", "2. ", "> ", "## ", "| ".
_BULLET = re.compile(r"[-*+•·●▪◦‣►▶■□✓✔]\s+")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_LEAD = re.compile(rf"(?:{_BULLET.pattern}|{_NUMBER.pattern}|>\s?|#{{1,6}}\s+|\|\s*)+")
_ITEM_MARK = re.compile(rf"[^\w#]*(?:{_BULLET.pattern}|{_NUMBER.pattern}|\|)")
_TRAIL = re.compile(r"(?:\s*\||\s#{1,6})$")
_MARKS = re.compile(rf"(?:{_OUTER.pattern}|[-*+•·●▪◦‣►▶■□✓✔>#|_]|\d{{1,2}}[.)](?=\s))*+")
_ROW_OF_SIGNS = re.compile(r"^[^|>]*[^\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff|>][^|]*$")
_LONGEST_MARKS = 40  # characters; a longer row of signs parts what is above it from what is below
_EMPHASIS = re.compile(r"\*{1,3}|_{1,3}")


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Offsets `[start, end)` of one sentence, without outer white space.

    `paragraph` numbers the article's paragraphs from 0; `complete` is False for what does not end as a
    sentence does: headings, list items, cut-off lines.
    """

    start: int
    end: int
    paragraph: int
    complete: bool


def sentence_spans(article: Article) -> list[SentenceSpan]:
    """The sentences of `article` outside its masks, in order of their offsets."""
    sentences: list[SentenceSpan] = []
    paragraph = 0
    for open_start, open_end in article.open_spans():
        for start, end in _paragraph_spans(article.text, open_start, open_end):
            words, words_end = _without_marks(article.text, start, end)
            found = [
                SentenceSpan(*trimmed, paragraph, _ends_as_sentence(article.text, *trimmed))
                for cut in _cut_sentences(article.text[words:words_end], article.language)
                if (trimmed := _trim(article.text, words + cut[0], words + cut[1]))
            ]
            sentences.extend(found)
            paragraph += bool(found)
    return sentences


def is_item(text: str, start: int) -> bool:
    """True if the mark of a list item or a table's row stands before the sentence at `start`, on its line."""
    line = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    return bool(_ITEM_MARK.match(line))


def only_marks(text: str, start: int, end: int) -> bool:
    """True if `text[start:end]` is only white space, direction marks and the marks of a list or a table:
    no more than stands between two sentences that belong together. A row of signs such as "* * *" is more."""
    if end - start > _LONGEST_MARKS or not _MARKS.fullmatch(text, start, end):
        return False
    return not any(_ROW_OF_SIGNS.search(line) for line in _LINE_END.split(text[start:end])[1:-1])


def _cut_sentences(paragraph: str, language: str) -> Iterator[tuple[int, int]]:
    import sentencex

    joints = {clock.end() for clock in _CLOCK_AND_DAY.finditer(paragraph)}
    held: int | None = None
    for boundary in sentencex.get_sentence_boundaries(language or "en", paragraph):
        start, end = boundary["start_index"] if held is None else held, boundary["end_index"]
        held = start if end in joints else None
        if held is not None:
            continue
        for opener in _SPANISH_OPENER.finditer(paragraph, start, end):
            yield start, opener.start()
            start = opener.end()
        yield start, end


def _paragraph_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs end at blank lines, and at line ends that were not made by wrapping."""
    lines = _line_spans(text, start, end)
    block: list[tuple[int, int]] = []
    for line in lines:
        if _trim(text, *line):
            block.append(line)
        else:
            yield from _unwrap(text, block)
            block = []
    yield from _unwrap(text, block)


def _line_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line_end in _LINE_END.finditer(text, start, end):
        yield start, line_end.start()
        start = line_end.end()
    yield start, end


def _unwrap(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join lines that a fixed width broke: the next line's first word would not have fitted."""
    if not lines:
        return
    width = max(end - start for start, end in lines)
    paragraph_start, previous_end = lines[0]
    previous_start = paragraph_start
    for start, end in lines[1:]:
        first_word = text[start:end].split(maxsplit=1)[0]
        fits = previous_end - previous_start + 1 + len(first_word) <= width
        if (
            fits
            or _opens_item(text, previous_start, start)
            or _ends_as_sentence(text, previous_start, previous_end)
        ):
            yield paragraph_start, previous_end
            paragraph_start = start
        previous_start, previous_end = start, end
    yield paragraph_start, previous_end


def _opens_item(text: str, previous: int, start: int) -> bool:
    """True if the line at `start` is an item of a list or a table's row; a number may be part of the prose
    unless the line before has one as well."""
    previous, start = (_after_white_space(text, place) for place in (previous, start))
    numbered = _NUMBER.match(text, start) and _NUMBER.match(text, previous)
    return bool(_BULLET.match(text, start) or text.startswith("|", start) or numbered)


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A paragraph without the marks around its words; as it is, if it has no words."""
    start = _after_white_space(text, start)
    lead = _LEAD.match(text, start, end)
    trail = _TRAIL.search(text[start:end].rstrip())
    words = lead.end() if lead else start
    words_end = start + trail.start() if trail else end
    return (words, words_end) if words < words_end else (start, end)


def _after_white_space(text: str, start: int) -> int:
    white = _OUTER.match(text, start)
    return white.end() if white else start


def _ends_as_sentence(text: str, start: int, end: int) -> bool:
    return text[start:end].rstrip(_CLOSERS).endswith(tuple(_TERMINAL))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Offsets without outer white space and emphasis, or None if no letter or digit is left."""
    start, end = _without_space(text, start, end)
    for _ in range(2):  # what a neighbour closes, then what the sentence itself opens: "* _Nobody came._"
        start, end = _without_space(text, *_without_emphasis(text, start, end))
    return (start, end) if any(character.isalnum() for character in text[start:end]) else None


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    if lead := _OUTER.match(text, start, end):
        start = lead.end()
    while end > start and _OUTER.match(text, end - 1, end):
        end -= 1
    return start, end


def _without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without emphasis that spans the whole sentence, or that a neighbour opens or closes:
    of "**He denied it. Nobody saw him.** He left." each sentence without its asterisks."""
    marks = list(_EMPHASIS.finditer(text, start, end))
    if not marks:
        return start, end
    opens = marks[0] if marks[0].start() == start else None
    closes = (
        marks[-1]
        if marks[-1].end() == end or not any(map(str.isalnum, text[marks[-1].end() : end]))
        else None
    )
    same = [mark for mark in marks if opens and mark[0] == opens[0]]
    if opens and (len(same) % 2 or (closes and closes != opens and len(same) == 2 and closes == same[-1])):
        start = opens.end()
    if closes and closes != opens:
        alike = sum(mark[0] == closes[0] for mark in marks)
        if (alike % 2 or (opens and start == opens.end())) and closes.end() == end:
            end = closes.start()
    return start, end
