"""Why a line is no article's own, judged by what it says alone.

>>> reason_of("Related videos:"), reason_of("Related companies were not named in the report.")
('related', '')
"""

import re
import unicodedata
from functools import cache, lru_cache

from index.boilerplate import asking, headings, pictures, writers
from index.boilerplate.date_lines import is_clock, is_date_line, without_dates
from index.boilerplate.headings import joined
from index.boilerplate.lines import SENTENCE_END

_LONGEST = 600  # characters of a line that may be masked for what it says
_LONGEST_HEADING = 120
_LONGEST_LINK = 220  # of a line such as "Read more: …"
_LONGEST_DATE_LINE = 120
_LONGEST_NAMES = 100
_LONGEST_CREDIT = 160  # characters at the end of a caption

BULLET = re.compile(
    r"[^\w\s(\[\"'“‘«¿¡#@©$€£—–!<`]+\s+|#{1,6}\s*|\d{1,2}[.)]\s+|>\s+|[*_]{1,2}(?=\w)"
    r"|[►▶•·●▪◦➡→👉📷📸🔴]+"
)
NAMES = re.compile(writers.NAME_ONLY)
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_LIST_ITEM = re.compile(r"(?:[-*+•]|\d{1,2}[.)])\s")
_CREDIT_SIGN = re.compile(
    r"[(\[©:/|]|[Pp]hoto|PHOTO|[Gg]etty|ARCHIV|[.–—-] (?:FILE|Archiv|أرشيف)"
)  # one of them is in each
_MARKUP = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`|</?\w+[^<>]{0,80}>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_PIECES = re.compile(r"\s*(?:[|/·•»›>]|\s[–—-]\s)\s*")
_PARTS = re.compile(r"\s*(?:[|/·•»›>&,+]|\s-\s)\s*|\s(?:and|y)\s|\sو(?=\S)")
_ASKING = frozenset(["promotion", "bio", "share"])  # these speak to the reader, and quote nobody
_REPORTED = re.compile(
    r"\b(?:said|says|told|tweeted|wrote|asked|dijo|señaló|afirmó|declaró|قال|قالت|وقال|وقالت|كتب)\b"
)
_TAIL_MARK = r"\s*[:：.…»›>→↑↓←]*\s*"
_SEPARATOR = r"\s*(?::|：|\s[|—–»-]|—|–|\.\.)\s*\S.*"
# Markdown's own links, with a label or without, and addresses.
_LINKS = (
    r"(?:[*_]{0,2}[^\[\].!?؟]{2,40}:[*_]{0,2}\s*)?\[[^\]]*\]\([^)\s]*\)(?:\s*[|•·,،/-]?\s*\[[^\]]*\]\([^)\s]*\))*",
    r"(?:\d+[.)]\s*)?\[[^\]]*\]\([^)\s]*\)(?:\s*[|•·,/-]?\s*\[[^\]]*\]\([^)\s]*\))*|<?(?:https?://"
    r"|www\.)\S+>?",
)
_CRUMBS = (
    r"[^.!?؟|»›>]{1,30}(?:\s+[|»›>]\s+[^.!?؟|»›>]{1,30}){2,}|(?:home|inicio|portada"
    r"|الرئيسية)\s*[/|»›>].{1,120}",
    r"#[\w-]{2,40}(?:[\s,]+#[\w-]{2,40})*",
)

# For each reason its expressions, and how many characters a line may have that they judge: long lines are
# nearly all prose, and to try everything on them would take most of the time.
_PATTERNS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("share", 160, asking.SHARE),
    ("caption", 600, pictures.CAPTIONS),
    ("copyright", 400, asking.COPYRIGHT),
    ("disclaimer", 600, asking.DISCLAIMER),
    ("advertisement", 240, asking.ADVERTISEMENT),
    ("consent", 600, asking.CONSENT),
    ("promotion", 300, asking.PROMOTION),
    ("byline", 200, writers.BYLINES),
    ("bio", 600, writers.ABOUT_THEM),
    ("navigation", 600, _LINKS),
    ("navigation", 160, _CRUMBS),
)


def reason_of(line: str) -> str:
    """Why a line is masked for what it says, "" if it isn't."""
    if not any(character.isalpha() for character in line):
        return "date" if is_clock(line) else "navigation"
    if len(line) > _LONGEST:
        return ""
    if is_date_line(candidates(line)[-1]):
        return "date"
    reason = next(filter(None, map(_by_words, candidates(line))), "")
    # "- Sign up for an account" may be a step of a real list.
    return "" if reason == "promotion" and _LIST_ITEM.match(line) and "](" not in line else reason


@lru_cache(maxsize=256)  # several rules ask about one line
def candidates(line: str) -> tuple[str, ...]:
    """The line in the forms that rules know: as it is, without its bullet, and without Markdown's marks."""
    line = unicodedata.normalize("NFC", " ".join(line.split()))
    without = _without_bullet(line)
    plain = plain_words(without) if any(mark in without for mark in "*_`[<") else without
    return tuple(dict.fromkeys([line, without, plain]))


def plain_words(line: str) -> str:
    """The line without Markdown's emphasis, links and tags; only to be matched, never to be quoted."""
    return _without_bullet(_MARKUP.sub("", _LINK.sub(r"\1", line)).strip())


def _without_bullet(line: str) -> str:
    bullet = BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def is_heading(line: str) -> bool:
    """True if the whole line is a heading of boilerplate, not only its beginning."""
    return any(_heading_reason(candidate) for candidate in candidates(line))


def is_section(line: str) -> bool:
    """True for "Politics" and "Culture / Books": parts of a newspaper, or headings inside an article."""
    if len(line) > _LONGEST_HEADING:
        return False
    pieces = [piece for piece in _PARTS.split(candidates(line)[-1]) if piece]
    return bool(pieces) and all(map(_sections().fullmatch, pieces))


def is_bio(line: str, *, at_head: bool = False) -> bool:
    """True if a line reads like a writer's bio, which counts only where an article has one."""
    pattern = _head_bio() if at_head else _bio()
    return len(line) <= _LONGEST and any(map(pattern.fullmatch, candidates(line)))


def is_trade(line: str) -> bool:
    """True for what stands under a writer's name: "Education editor"."""
    return len(line) <= _LONGEST_NAMES and any(map(_trade().fullmatch, candidates(line)))


def is_credit(line: str) -> bool:
    """True for a picture's credit without a caption: "Photo by Jane Doe", "(Photo: Jane Doe / Herald)"."""
    return len(line) <= _LONGEST_NAMES and bool(_credit_alone().fullmatch(candidates(line)[-1]))


def is_names(line: str) -> bool:
    """True for "JANE DOE", "Jane Doe and John Roe | Aldmere"; without capitals, for four words at most."""
    line = candidates(line)[-1]
    words = line.split()
    if len(line) > _LONGEST_NAMES or (
        re.search(r"[:.!?؟…][\"'”’»)]*$", line) and not re.search(r"\b\w\.$", line)
    ):
        return False
    pieces = re.split(r"\s[|·•]\s", line)
    if len(pieces) > 1:  # "Jane Doe | Drawings: John Roe"
        return all(is_names(piece.partition(": ")[2] or piece) for piece in pieces)
    if _LATIN.search(line):
        return bool(NAMES.fullmatch(" ".join(word.rstrip(",") for word in words)))
    return len([word for word in words if any(map(str.isalpha, word))]) <= 5


def is_above_caption(line: str) -> bool:
    """True for the control of a picture that stands above its caption."""
    return len(line) <= _LONGEST_HEADING and any(map(_above_caption().fullmatch, candidates(line)))


def _by_words(line: str) -> str:
    reason = _heading_reason(line)
    if reason:
        return reason
    if len(line) <= _LONGEST_LINK:
        for reason, pattern in _openings():
            if pattern.fullmatch(line):
                return reason
    for reason, longest, pattern in _patterns():
        if (
            len(line) <= longest
            and pattern.fullmatch(line)
            and not (reason in _ASKING and _REPORTED.search(line))
        ):
            return reason
    if len(line) <= _LONGEST_LINK and _before_asking().match(line) and not _REPORTED.search(line):
        call = _before_asking().sub("", line, count=1)
        if any(reason == "promotion" and pattern.fullmatch(call) for reason, _, pattern in _patterns()):
            return "promotion"
    end = line[-_LONGEST_CREDIT:]
    if _CREDIT_SIGN.search(end) and _credit().fullmatch(end):
        return "caption"
    return "byline" if is_byline(line) else ""


def _heading_reason(line: str) -> str:
    if len(line) > _LONGEST_HEADING:
        return ""
    for reason, pattern in _headings():
        if pattern.fullmatch(line):
            return reason
    pieces = [piece for piece in _PIECES.split(line) if piece]
    if len(pieces) > 1:
        reasons = [
            next((reason for reason, words in _headings() if words.fullmatch(piece)), "") for piece in pieces
        ]
        if all(reasons):
            return reasons[0]
    return ""


def is_byline(line: str) -> bool:
    """True for "By Jane Doe, Staff Writer", with a date or without."""
    first = re.split(r"\s[·|•]\s", line)[0]  # "By Jane Doe · Photographs: John Roe"
    without_date = without_dates(first) if len(line) <= _LONGEST_DATE_LINE else line
    words = re.sub(r"[|•·,–—-]\s*$", "", without_date.strip()).strip()
    return (
        len(words) <= _LONGEST_NAMES and bool(_by_name().fullmatch(words)) and not SENTENCE_END.search(words)
    )


_Rules = tuple[tuple[str, re.Pattern[str]], ...]


# Compiled at the first article, for these are many and importing must be quick.
@cache
def _headings() -> _Rules:
    return tuple(
        (reason, _compiled(rf"[(\[]?(?:{words})[)\]]?{_TAIL_MARK}"))
        for reason, words in headings.HEADINGS.items()
    )


@cache
def _openings() -> _Rules:
    return tuple(
        (reason, _compiled(rf"[(\[]?(?:{words}){_SEPARATOR}")) for reason, words in headings.OPENINGS.items()
    )


@cache
def _patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    return tuple((reason, longest, _compiled(joined(*patterns))) for reason, longest, patterns in _PATTERNS)


@cache
def _credit() -> re.Pattern[str]:
    return _compiled(joined(*pictures.CREDITS))


@cache
def _before_asking() -> re.Pattern[str]:
    return _compiled(asking.BEFORE_ASKING)


@cache
def _credit_alone() -> re.Pattern[str]:
    return _compiled(pictures.CREDIT_ALONE)


@cache
def _sections() -> re.Pattern[str]:
    return _compiled(headings.SECTIONS)


@cache
def _bio() -> re.Pattern[str]:
    return _compiled(writers.BIO)


@cache
def _head_bio() -> re.Pattern[str]:
    return _compiled(writers.HEAD_BIO)


@cache
def _trade() -> re.Pattern[str]:
    return _compiled(writers.TRADE)


@cache
def _above_caption() -> re.Pattern[str]:
    return _compiled(pictures.ABOVE_CAPTION)


@cache
def _by_name() -> re.Pattern[str]:
    return re.compile(writers.BY_NAME)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
