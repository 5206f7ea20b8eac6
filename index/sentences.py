"""Sentence spans: where each sentence of an article starts and ends, in code points.

Sentences never cross a mask or a paragraph, and together they hold every letter outside the masks.
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
            found = [
                SentenceSpan(*trimmed, paragraph, _ends_as_sentence(article.text, *trimmed))
                for cut in _cut_sentences(article.text[start:end], article.language)
                if (trimmed := _trim(article.text, start + cut[0], start + cut[1]))
            ]
            sentences.extend(found)
            paragraph += bool(found)
    return sentences


def is_blank(text: str, start: int, end: int) -> bool:
    """True if `text[start:end]` is empty or only white space and direction marks."""
    return start == end or _OUTER.fullmatch(text, start, end) is not None


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
        if fits or _ends_as_sentence(text, previous_start, previous_end):
            yield paragraph_start, previous_end
            paragraph_start = start
        previous_start, previous_end = start, end
    yield paragraph_start, previous_end


def _ends_as_sentence(text: str, start: int, end: int) -> bool:
    return text[start:end].rstrip(_CLOSERS).endswith(tuple(_TERMINAL))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Offsets without outer white space, or None if no letter or digit is left."""
    if lead := _OUTER.match(text, start, end):
        start = lead.end()
    while end > start and _OUTER.match(text, end - 1, end):
        end -= 1
    return (start, end) if any(character.isalnum() for character in text[start:end]) else None
