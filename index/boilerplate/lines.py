"""The lines of a text, as the judging of boilerplate needs them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

SENTENCE_END = re.compile(r"[.!?…؟۔。]['\"”’»)\]*_]*$")

_LONGEST_HEADLINE = 160
_SHORTEST_PROSE = 60  # characters of a line that is surely prose, if it ends as a sentence does
_WIDEST_WRAP = 100  # characters; longer lines were not wrapped to a width

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_OUTER = " \t\xa0\f\v\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTENT = re.compile(rf"[^{_OUTER}](?:.*[^{_OUTER}])?", re.DOTALL)
_NO_HEADLINE_END = re.compile(r"[.…۔。][\"”’»)\]]*$")


@dataclass(frozen=True)
class Line:
    """The content of one line, or of one paragraph of a text wrapped to a width, at `[start, end)`.

    `apart` is True if it is the text's first, or a blank line stands before it.
    """

    start: int
    end: int
    text: str
    apart: bool = True

    @property
    def is_prose(self) -> bool:
        """True if it is as long as a sentence and ends like one."""
        return len(self.text) >= _SHORTEST_PROSE and self.ends_sentence

    @property
    def ends_sentence(self) -> bool:
        """True if it ends in a full stop, a question mark or the like."""
        return bool(SENTENCE_END.search(self.text))

    @property
    def is_headline(self) -> bool:
        """True if it reads like a headline: short, and without a full stop."""
        return len(self.text) <= _LONGEST_HEADLINE and not _NO_HEADLINE_END.search(self.text)


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that hold something; where it is wrapped to a width, its paragraphs."""
    pieces = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    width = _wrapped_width(text, pieces)
    if width:
        pieces = list(_paragraphs(text, pieces, width))
    lines: list[Line] = []
    for start, end in pieces:
        content = _CONTENT.search(text, start, end)
        if content:
            apart = not lines or _breaks(text, lines[-1].end, content.start()) > 1
            lines.append(Line(content.start(), content.end(), content[0], apart))
    return lines


def _breaks(text: str, start: int, end: int) -> int:
    return len(_LINE_END.findall(text, start, end))


def _wrapped_width(text: str, pieces: Sequence[tuple[int, int]]) -> int:
    """The width that `text` was wrapped to; 0 where most lines don't run as far as they can."""
    followed = [(line, after) for line, after in pairwise(pieces) if _breaks(text, line[1], after[0]) == 1]
    width = max((end - start for (start, end), _ in followed), default=0)
    if len(followed) < 6 or not 45 <= width <= _WIDEST_WRAP or len(followed) * 3 < len(pieces):
        return 0
    full = sum(not _fits(text, line, after, width) for line, after in followed)
    return width if full * 2 >= len(followed) else 0


def _fits(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """True if the first word of the line after would have fitted: no width broke this line."""
    word = text[slice(*after)].split(maxsplit=1)[:1]
    return line[1] - line[0] + 1 + len("".join(word)) <= width


def _paragraphs(text: str, pieces: Sequence[tuple[int, int]], width: int) -> Iterator[tuple[int, int]]:
    start, _ = pieces[0]
    for line, after in pairwise(pieces):
        blank = _breaks(text, line[1], after[0]) > 1 or not text[slice(*after)].strip()
        if blank or _fits(text, line, after, width):
            yield start, line[1]
            start = after[0]
    yield start, pieces[-1][1]
