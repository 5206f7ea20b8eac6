"""Which stretches of an article are not its prose: they are masked, and never cited.

News text comes with navigation, dates, share bars, captions, links to other stories, tags and bios between
its paragraphs. A line is masked for what it says (`index.boilerplate` has the words), or for where it stands:
a list under "Related", a blurb after "Filed under". A sentence that merely holds such a word stays open.

>>> [(text[mask.start : mask.end], mask.reason) for text in ["Rain fell.\\n\\nRelated videos:\\n"]
...  for mask in boilerplate_masks(text)]
[('Related videos:', 'related')]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from index.boilerplate import BIO, HEADINGS, OPENINGS, PATTERNS
from index.dates import find_dates
from index.schema import Mask, touches

_LONGEST = 600  # characters of a line that may be masked for what it says
_LONGEST_LINK = 220  # of a line such as "Read more: …"
_LONGEST_HEADLINE = 160
_LONGEST_LIST = 12  # headlines under "Related"
_LONGEST_TAG = 40
_LONGEST_TAIL = 1200  # characters of tags and blurbs after "Filed under", at the end of an article
_LONGEST_DATE_LINE = 120
_HEADER_LINES = 12  # the lines in which an article says its date and writer
_LAST_LINES = 4  # the lines in which it says who wrote it
_SHORTEST_PROSE = 60  # characters of a line that is surely prose, if it ends as a sentence does

_SENTENCE_END = re.compile(r"[.!?…؟۔。]['\"”’»)\]]*$")
_LINE = re.compile(r"[^\r\n]+")
_OUTER = " \t\xa0\f\v\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTENT = re.compile(rf"[^{_OUTER}](?:.*[^{_OUTER}])?", re.DOTALL)
_BULLET = re.compile(
    r"(?:[^\w\s(\[\"'“‘«¿¡#@©$€£—–!<`]|[*•\-])+\s+|#{1,6}\s+|>\s+|[*_]{1,2}(?=\w)|[►▶•·●▪◦➡→👉📷📸🔴]+"
)
_FENCE = re.compile(r"```+|~~~+")
_ASKING = frozenset(["promotion", "bio", "share"])  # these speak to the reader, and quote nobody
_REPORTED = re.compile(r"\b(?:said|says|told|tweeted|wrote|dijo|señaló|afirmó|قال|قالت)\b")
_TAIL_MARK = r"\s*[*_]{0,2}\s*[:：.…»›>→]*\s*[*_]{0,2}"
_SEPARATOR = r"[*_]{0,2}\s*(?::|：|\s[—–|»-]|—|–)\s*\S.*"


_Rules = tuple[tuple[str, re.Pattern[str]], ...]


@cache  # compiled at the first article, for these are many and importing must be quick
def _headings() -> _Rules:
    return tuple((reason, _compiled(rf"[(\[]?(?:{words}){_TAIL_MARK}")) for reason, words in HEADINGS.items())


@cache
def _openings() -> _Rules:
    return tuple((reason, _compiled(rf"[(\[]?(?:{words}){_SEPARATOR}")) for reason, words in OPENINGS.items())


@cache
def _patterns() -> _Rules:
    return tuple((reason, _compiled(pattern)) for reason, pattern in PATTERNS)


@cache
def _bio() -> re.Pattern[str]:
    return _compiled(BIO)


@cache
def _date_words() -> re.Pattern[str]:
    return _compiled(_DATE_WORDS)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NAME_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|la|and|y|for|von|van|al|bin|in|en|@\w+|[&|/•])"
_NAME_ONLY = re.compile(rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{0,5}}")
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|[Pp]or|POR|Written by|Story by)\s+(?:{_NAME_WORD}[\s,]+){{0,14}}{_NAME_WORD}"
)
_DATE_WORDS = (
    r"\b(?:first )?(?:published|posted|updated|last|modified|created|edited|reviewed|update|date|on|at|of"
    r"|time|edt|est|gmt|utc|ago|just now|now|today|yesterday|"
    r"seconds?|min(?:ute)?s?|hrs?|hours?|days?|weeks?|months?|read|local|am|pm|mon(?:day)?|tues?(?:day)?"
    r"|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"publicad[oa]|actualizad[oa]|última|actualización|fecha|creado|modificado|el|a|las?|de|del|hace|horas?"
    r"|minutos?|d[ií]as?|hoy|ayer|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|"
    r"hora|h|hrs|lectura|"
    r"نُ?شرت?|تم النشر|النشر|تاريخ|تاريخ النشر|آخر|تحديث|التحديث|حُ?دث|في|الساعة|منذ|قبل|ساعات|ساعة|ساعتين"
    r"|دقائق|دقيقة|دقيقتين|يوم|أيام|يومين|اليوم|أمس|بتوقيت|غرينتش|مكة|المكرمة|القدس|القاهرة|"
    r"(?:ال)?(?:سبت|أحد|احد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)|ص|م|صباحا|مساء|هـ|ميلادي|الموافق|كتب)\b"
)
_CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}[:h]\d\d(?::\d\d)?(?!\d)(?:\s?[ap]\.\s?m\.)?"
    r"|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\b\d{1,2}\s?[ap]\.?m\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b\d+\s?(?:min|hour|hr|h|day|week|month)s? ago\b|\bhace \d+ \w+|(?:منذ|قبل) (?:\d+ )?(?:ساع|دقي|يوم"
    r"|أيام|أسبوع)\w*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:source|outlet|publisher|author|writer|url|link|date|published|section|language|image|location|"
    r"fuente|medio|autora?|fecha|enlace|sección|المصدر|الكاتب|التاريخ|الرابط)\s*[:：]\s*\S.*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """The content of one line, or of one paragraph of a text wrapped to a width, at `[start, end)`."""

    start: int
    end: int
    text: str

    @property
    def is_prose(self) -> bool:
        """True if it is as long as a sentence and ends like one."""
        return len(self.text) >= _SHORTEST_PROSE and bool(_SENTENCE_END.search(self.text))

    @property
    def is_headline(self) -> bool:
        """True if it reads like a headline: short, and without a full stop."""
        return len(self.text) <= _LONGEST_HEADLINE and not re.search(r"[.…۔。][\"”’»)\]]*$", self.text)


def boilerplate_masks(text: str, title: str = "") -> tuple[Mask, ...]:
    """Find what is not prose in `text`; a line that is the `title` is never masked.

    The masks are sorted and don't overlap.
    """
    lines = lines_of(text)
    fences = tuple(_fences(lines))
    prose = open_lines(lines, fences)
    masks = tuple(
        Mask(line.start, line.end, reason)
        for line, reason in zip(prose, _reasons(prose), strict=True)
        if reason and line.text != title
    )
    return merged(fences, masks)


def merged(first: tuple[Mask, ...], second: tuple[Mask, ...]) -> tuple[Mask, ...]:
    """Give the masks of `first`, and those of `second` that touch none of them, in order."""
    kept = [mask for mask in second if not touches(first, mask.start, mask.end)]
    return tuple(sorted([*first, *kept], key=lambda mask: mask.start))


def open_lines(lines: Sequence[Line], masks: Sequence[Mask]) -> list[Line]:
    """The lines that none of `masks`, which are sorted, touches."""
    return [line for line in lines if not touches(masks, line.start, line.end)]


def _fences(lines: Sequence[Line]) -> Iterator[Mask]:
    """Blocks of code between two lines of three backticks or tildes; one that is never closed is none."""
    opened: Line | None = None
    for line in lines:
        mark = _FENCE.match(line.text)
        if opened is None:
            opened = line if mark else None
        elif mark and mark[0] == line.text and opened.text.startswith(mark[0]):
            yield Mask(opened.start, line.end, "code")
            opened = None


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that hold something; where it is wrapped to a width, its paragraphs."""
    pieces = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    if _is_wrapped(text, pieces):
        pieces = list(_paragraphs(text, pieces))
    return list(filter(None, (_line(text, start, end) for start, end in pieces)))


def _line(text: str, start: int, end: int) -> Line | None:
    content = _CONTENT.search(text, start, end)
    return Line(content.start(), content.end(), content[0]) if content else None


def _is_wrapped(text: str, pieces: Sequence[tuple[int, int]]) -> bool:
    """True where most lines are followed at once by another and are as long as a screen is wide."""
    followed = [end - start for (start, end), (after, _) in pairwise(pieces) if _adjacent(text, end, after)]
    return (
        len(followed) >= 6
        and len(followed) * 2 >= len(pieces)
        and sorted(followed)[len(followed) // 2] >= 45
        and max(followed) <= 100
    )


def _adjacent(text: str, end: int, start: int) -> bool:
    return text[end:start] in {"\n", "\r\n", "\r"}


def _paragraphs(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = pieces[0]
    for after, after_end in pieces[1:]:
        # A line well short of the width ends its paragraph, blank line or not.
        if (
            not _adjacent(text, end, after)
            or not text[after:after_end].strip()
            or end - max(start, text.rfind("\n", 0, end) + 1) < 40
        ):
            yield start, end
            start = after
        end = after_end
    yield start, end


def _reasons(lines: Sequence[Line]) -> list[str]:
    """Why each line is masked, "" for those that are not."""
    reasons = [_reason(line.text) for line in lines]
    _mark_header(lines, reasons)
    _mark_lists(lines, reasons)
    _mark_tail(lines, reasons)
    _mark_bios(lines, reasons)
    return reasons


def _reason(line: str) -> str:
    """Why a line is masked for what it says."""
    if not any(character.isalpha() for character in line):
        return "date" if _CLOCK.search(line) or any(find_dates(line)) else "navigation"
    if len(line) > _LONGEST:
        return ""
    if _is_date_line(line):
        return "date"
    words = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    for candidate in dict.fromkeys([line, words]):
        reason = _by_words(candidate)
        if reason:
            return reason
    return ""


def _by_words(line: str) -> str:
    for reason, pattern in _headings():
        if pattern.fullmatch(line):
            return reason
    if len(line) <= _LONGEST_LINK:
        for reason, pattern in _openings():
            if pattern.fullmatch(line):
                return reason
    for reason, pattern in _patterns():
        if pattern.fullmatch(line) and not (reason in _ASKING and _REPORTED.search(line)):
            return reason
    return "byline" if _is_byline(line) else ""


def _is_byline(line: str) -> bool:
    without_date = _without_dates(line) if len(line) <= _LONGEST_DATE_LINE else line
    words = re.sub(r"[|•·,–—-]\s*$", "", without_date.strip()).strip()
    return len(words) <= 100 and bool(_BYLINE.fullmatch(words)) and not _SENTENCE_END.search(words)


def _is_date_line(line: str) -> bool:
    """True if nothing is left of a line without its dates, times and the words that go with them."""
    if len(line) > _LONGEST_DATE_LINE:
        return False
    without = _without_dates(line)
    if without == line and not _AGE.search(line):
        return False
    left = _date_words().sub("", _AGE.sub("", without))
    return not any(character.isalpha() for character in left)


def _without_dates(line: str) -> str:
    for found in reversed(list(find_dates(line))):
        line = line[: found.start] + line[found.end :]
    return _CLOCK.sub("", line)


def _mark_header(lines: Sequence[Line], reasons: list[str]) -> None:
    """Lines such as "Source: Herald" and "Herald, 4 May 2031", before the prose only; further down they may
    be part of a list."""
    for index, line in enumerate(lines[:_HEADER_LINES]):
        if line.is_prose:
            return
        if reasons[index] or len(line.text) > _LONGEST_HEADLINE:
            continue
        if _LABEL.fullmatch(line.text):
            reasons[index] = "byline"
        elif index and _is_name_and_date(line.text):
            reasons[index] = "date"


def _is_name_and_date(line: str) -> bool:
    """True for "Harbour Ledger | Sunday 19 January 2031": capitalised words, and else only a date."""
    without = _without_dates(line)
    left = _date_words().sub("", without).strip(" ,،|·•–—-/:")
    return without != line and bool(_NAME_ONLY.fullmatch(left))


def _mark_lists(lines: Sequence[Line], reasons: list[str]) -> None:
    """The headlines under "Related" and the like. Before the first prose they would be the article's own."""
    first_prose = next(
        (index for index, line in enumerate(lines) if line.is_prose and not reasons[index]), len(lines)
    )
    for index, line in enumerate(lines):
        if index > first_prose and reasons[index] == "related":
            _mark_headlines(lines, reasons, index, bulleted_only=not _is_heading(line.text))


def _mark_headlines(lines: Sequence[Line], reasons: list[str], heading: int, *, bulleted_only: bool) -> None:
    for below in range(heading + 1, min(heading + 1 + _LONGEST_LIST, len(lines))):
        bulleted = _BULLET.match(lines[below].text)
        if not lines[below].is_headline or (bulleted_only and not bulleted):
            return
        reasons[below] = reasons[below] or "related"


def _is_heading(line: str) -> bool:
    return any(pattern.fullmatch(_BULLET.sub("", line, count=1)) for _, pattern in _headings())


def _mark_tail(lines: Sequence[Line], reasons: list[str]) -> None:
    """What follows "Filed under:" or "About the author" to the end: tags, teams and their blurbs."""
    if not lines:
        return
    for index, line in enumerate(lines):
        if reasons[index] not in {"tags", "bio"} or not _is_heading(line.text):
            continue
        length = lines[-1].end - line.end
        if length <= _LONGEST_TAIL and length * 3 <= line.start - lines[0].start:
            for below in range(index + 1, len(lines)):
                reasons[below] = reasons[below] or reasons[index]
            return
        _mark_words(lines, reasons, index)


def _mark_words(lines: Sequence[Line], reasons: list[str], heading: int) -> None:
    """The tags right under a heading of tags: lines of a few words."""
    for below in range(heading + 1, len(lines)):
        is_tag = lines[below].is_headline and len(lines[below].text) <= _LONGEST_TAG
        if reasons[heading] != "tags" or reasons[below] or not is_tag:
            return
        reasons[below] = "tags"


def _mark_bios(lines: Sequence[Line], reasons: list[str]) -> None:
    open_lines = [index for index, reason in enumerate(reasons) if not reason]
    for index in open_lines[-_LAST_LINES:]:
        if (
            len(open_lines) > _LAST_LINES
            and len(lines[index].text) <= _LONGEST
            and _bio().fullmatch(lines[index].text)
        ):
            reasons[index] = "bio"
