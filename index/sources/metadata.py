"""What a plain-text article says of itself: its title, its dates, its writer and its outlet, or nothing.

Each is taken only where the article's own lines state it. The first line is a title if it reads like a
headline over a body; a date counts on a line of its own, not inside prose; an outlet must name itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.clean import Line, lines_of, open_lines
from index.origin import dateline_agency
from index.outlet_names import OUTLET_WORDS, agency_name, is_same_outlet
from index.schema import Article, Mask
from index.sources.outlet import find_outlet
from index.sources.places import is_place
from index.when.dates import find_date, find_dates

_HEADER_LINES = 12  # the lines in which an article says its title, date and outlet
_LONGEST_TITLE = 160
_SHORTEST_BODY = 60  # characters of a line that can stand under a title

_FULL_STOP = re.compile(r"[.…:;,،؛۔。][\"'”’»)\]]*$")
_ABBREVIATION_END = re.compile(r"(?:\b\w\.){2,}$|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|St|No)\.$")
_TWO_SENTENCES = re.compile(r"[^\W\d_A-Z]{3,}[.؟]\s+[^\W\d_]")
_TITLE_LABEL = re.compile(
    r"(?:title|headline|t[ií]tulo|titular|العنوان|عنوان)\s*[:：]\s*(\S.*)", re.IGNORECASE
)
_HEADING_MARKS = re.compile(r"^#{1,6}\s+|\s+#+$|^\*\*(?=\S)|(?<=\S)\*\*$")
_UPDATED = re.compile(r"updat|modif|actualiz|edited|last|تحديث|حدث|تعديل", re.IGNORECASE)

_LONGEST_DATELINE = 90
_AFTER_DATELINE = re.compile(r"\s*(?:\([^()]{2,40}\))?\s?[.,]?\s?(?:[-–—]{1,2}|ـ|:|\.-)\s")
_LONGEST_BYLINE = 120
_BYLINE = re.compile(
    r"(?:(?:(?:written|story|text|words|reported) )?by|(?:escrito |redactado |texto )?por|بقلم"
    r"|(?:author|text|words|autora?|texto|بقلم|كتبت?|إعداد|الكاتبة?|تقرير)\s?[:：-])\s+(?P<names>\S.*)",
    re.IGNORECASE,
)
_BYLINE_PIECES = re.compile(r"\s*[,،;/|•·]\s*|\s+[-–—]\s+|\s+(?:and|y|for|para|in|en|with|con)\s+|\s+و(?=\S)")
_PERSON_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|la|las|los|da|dos|van|von|der|bin|al|el)"
_PERSON_NAME = re.compile(rf"{_PERSON_WORD}(?:\s{_PERSON_WORD})*")
_NO_WRITER = re.compile(
    r"\b(?:staff|desk|team|editors?|editorial|newsroom|writers?|reporters?|correspondents?|agenc(?:y|ies)|redacción"
    r"|equipo|agencias?|service|services|special|contributors?|admin)\b|تحرير|وكالات|فريق",
    re.IGNORECASE,
)


def described(article: Article) -> Article:
    """The article with an empty title, writer, outlet and dates filled in from its text, where that states
    them.
    """
    lines = lines_of(article.text)
    prose = open_lines(lines, article.masks)
    title = article.title or find_title(prose)
    body = [line for line in prose if _bare(line.text) != title]
    outlet = article.outlet or find_outlet(lines, body)
    return replace(
        article,
        title=title,
        published=article.published or find_published(lines, article.masks),
        modified=article.modified or find_modified(lines, article.masks),
        author=article.author or find_author(lines, outlet),
        outlet=outlet,
    )


def find_title(prose: Sequence[Line]) -> str:
    """Give the first line if it reads like a headline and a body follows, else "".

    A kicker of one or two words ("World News") above a headline is passed over.
    """
    for number, line in enumerate(prose[:3]):
        labelled = _TITLE_LABEL.fullmatch(line.text)
        if labelled:
            return _bare(labelled[1])
        if not _is_headline(line.text) or not _has_body(prose[number + 1 :]):
            return ""
        words = len(line.text.split())
        following = prose[number + 1 : number + 2]
        if (
            words > 2
            or not following
            or not _is_headline(following[0].text)
            or len(following[0].text.split()) < 4
        ):
            return _bare(line.text)
    return ""


def find_published(lines: Sequence[Line], masks: Iterable[Mask]) -> str:
    """Give the date that stands on a line of its own, or with the writer's name, among the first ones, or "".

    A date of an update is not the date of publication; two different dates are none. Where none stands there,
    the date of the dateline is taken: "DUNMORE, 3 March 2031 -".
    """
    masked = {mask.start: mask.reason for mask in masks}
    dates: list[str] = []
    for line in lines[:_HEADER_LINES]:
        reason = masked.get(line.start)
        if line.is_prose and not reason:
            break
        if reason in {"date", "byline", "navigation"} or (not reason and _is_place_and_date(line.text)):
            dates += _published_dates(line.text)
    days = {date[: len("2026-01-17")] for date in dates}
    if not days:
        return _dateline_date(next((line.text for line in lines if line.is_prose), ""))
    return max(dates, key=len) if len(days) == 1 else ""


def find_modified(lines: Sequence[Line], masks: Iterable[Mask]) -> str:
    """Give the latest date that a line of dates says is of an update ("Updated: 18 January 2026"), or ""."""
    dated = {mask.start for mask in masks if mask.reason in {"date", "byline"}}
    moments = [
        date
        for line in lines
        if line.start in dated
        for date, is_update in _told_apart(line.text)
        if is_update
    ]
    return max(moments, key=lambda moment: (moment[: len("2026-01-17")], len(moment)), default="")


def find_author(lines: Sequence[Line], outlet: str = "") -> str:
    """Give the writers named in a byline at the head ("By Jane Doe and John Roe"), parted by commas, or "".

    A staff, an agency or the outlet itself is no writer.
    """
    for line in lines[:_HEADER_LINES]:
        if line.is_prose:
            break
        byline = _BYLINE.fullmatch(line.text.strip("*_ "))
        if byline is None or len(line.text) > _LONGEST_BYLINE:
            continue
        dates = [found.start for found in find_dates(byline["names"])]
        named = byline["names"][: dates[0]] if dates else byline["names"]
        names = [name.strip(" .:،") for name in _BYLINE_PIECES.split(named)]
        if writers := [name for name in names if _is_person(name) and not is_same_outlet(name, outlet)]:
            return ", ".join(writers)
    return ""


def _bare(line: str) -> str:
    return " ".join(_HEADING_MARKS.sub("", line).split())


def _is_headline(line: str) -> bool:
    line = _bare(line)
    if len(line) > _LONGEST_TITLE or (_FULL_STOP.search(line) and not _ABBREVIATION_END.search(line)):
        return False
    if len(line.split()) <= 3 and is_place(line.partition(",")[0]):
        return False  # a dateline of its own
    return not _TWO_SENTENCES.search(line) and not line[0].islower()


def _has_body(below: Sequence[Line]) -> bool:
    return any(len(line.text) >= _SHORTEST_BODY and re.search(r"[.!?؟…۔。]", line.text) for line in below)


def _published_dates(line: str) -> Iterator[str]:
    """The dates of a line, but for those that are said to be of an update."""
    return (date for date, is_update in _told_apart(line) if not is_update)


def _told_apart(line: str) -> Iterator[tuple[str, bool]]:
    """The dates of a line, and whether each is said to be of an update."""
    start = 0
    for found in find_dates(line):
        yield found.iso, bool(_UPDATED.search(line[start : found.start]))
        start = found.end


def _dateline_date(paragraph: str) -> str:
    """The date of "DUNMORE, 3 March 2031 (Coastal Wire) - The ferry …", or ""."""
    found = find_date(paragraph[:_LONGEST_DATELINE])
    if found is None or not _AFTER_DATELINE.match(paragraph, found.end):
        return ""
    place = paragraph[: found.start].strip(" ,،")
    is_dateline = is_place(place.partition(",")[0]) or place.isupper() or dateline_agency(paragraph)
    return found.iso if is_dateline or not place else ""


def _is_person(name: str) -> bool:
    """True for "Jane Doe" and "أحمد الزين", false for a desk, a staff and an outlet."""
    words = name.split()
    if not 2 <= len(words) <= 5 or not _PERSON_NAME.fullmatch(name):
        return False
    return not (_NO_WRITER.search(name) or OUTLET_WORDS.search(name) or agency_name(name) or is_place(name))


def _is_place_and_date(line: str) -> bool:
    """True for "Caracas, 17 de enero de 2026"."""
    found = find_date(line) if len(line) <= _LONGEST_TITLE else None
    return found is not None and found.end == len(line) and is_place(line[: found.start].strip(" ,،-–—|"))
