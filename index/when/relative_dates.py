"""Dates that an article gives by its own day: "on Saturday", "la semana pasada", "أمس", "3 January".

They are resolved against the day of publication as newsrooms mean them: a weekday beside a verb in the past
is the nearest one up to that day, beside one of what is to come the nearest one from it. Where nothing tells
which is meant, nothing is given, nor for what someone is quoted as saying, perhaps on another day. A week is
Monday to Sunday.

dateparser's search was tried and finds dates in "may", "the sun" and "and the sat", so the words are here.

>>> [(found.text, str(found.first)) for found in resolve("They met on Thursday.", "2031-01-18", "en")]
[('Thursday', '2031-01-16')]
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.schema import parse_moment
from index.when.calendar_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from index.when.dates import EASTERN_DIGITS, find_dates
from index.when.relative_words import LANGUAGES, RelativeWords
from index.when.tense import Tense, Verbs

_Days = tuple[date, date]

_YEARS = range(2, 9999)  # the years around them must be dates too
_MOST_DAYS = 31  # of "12 days ago": more of them are seldom exact
_SENTENCE_END = re.compile(r"[.!?؟…]+[\"”’»)\]]*\s+|\n\s*\n|\n(?=[^\Wa-zß-ÿ])")
_LONGEST_SENTENCE = 2000  # characters; what is longer is a table, or no prose
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)")
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d.,]\d|\d)")
# What happened, so that "Friday's attack" needs no verb beside it.
_HAPPENED = re.compile(
    r"\s(?:\w+\s)?(?:attacks?|crash|collision|blast|explosion|shooting|earthquake|storm|flood|fire|raid|strikes?"
    r"|announcement|decision|report|loss|defeat|win|victory|remarks|statement|ruling|verdict|deaths?|killings?"
    r"|protests?|incident|accident|murder|arrests?|resignation)\b"
)


@dataclass(frozen=True)
class ResolvedDate:
    """A relative date at offsets `[start, end)` of a text, and the days it means, the last included."""

    start: int
    end: int
    text: str
    first: date
    last: date


def resolve(
    text: str, published: str, language: str = "", *, start: int = 0, end: int | None = None
) -> list[ResolvedDate]:
    """Find the relative dates in `text[start:end]` and resolve them, in order.

    `published` is ISO 8601 in the article's own zone; without it there are none. `language` is an ISO 639-1
    code; en, es and ar are known, and where it is empty all three are tried. The paragraph around is read
    too: it says what is quoted.
    """
    if not published:
        return []
    day = parse_moment(published).date()  # of its own zone
    if day.year not in _YEARS:
        return []
    end = len(text) if end is None else end
    opening = max((match.end() for match in _PARAGRAPH_END.finditer(text, 0, start)), default=0)
    plain = text[:end].translate(EASTERN_DIGITS)
    quoted = _quoted(plain, opening)
    found: list[ResolvedDate] = []
    for words in [LANGUAGES[language]()] if language in LANGUAGES else _each(language):
        for sentence_start, sentence_end in _sentences(plain, opening):
            if sentence_end - sentence_start > _LONGEST_SENTENCE:
                continue
            reading = _Reading(plain, sentence_start, sentence_end, words, day)
            found += [
                ResolvedDate(first, last, text[first:last], *days)
                for first, last, days in reading.dates()
                if first >= start and not any(begin < last and first < stop for begin, stop in quoted)
            ]
    return _joined(sorted(found, key=lambda item: item.start), text)


def _each(language: str) -> list[RelativeWords]:
    return [] if language else [words() for words in LANGUAGES.values()]


def _quoted(text: str, start: int) -> list[tuple[int, int]]:
    """What stands between quotation marks; a quotation that is not closed goes on to the paragraph's end."""
    spans = []
    while start < len(text):
        paragraph = _PARAGRAPH_END.search(text, start)
        end = paragraph.start() if paragraph else len(text)
        spans += [match.span() for match in _QUOTED.finditer(text, start, end)]
        start = paragraph.end() if paragraph else end
    return spans


def _sentences(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE_END.finditer(text, start):
        before = text[start : match.start()].rpartition(" ")[2]
        if (
            "\n" not in match[0]
            and match[0].startswith(".")
            and (len(before) <= 3 or "." in before)
            and not before.isdigit()
        ):
            continue  # "Sen." and "p.m."
        yield start, match.start() + 1
        start = match.end()
    yield start, len(text)


def _joined(found: list[ResolvedDate], text: str) -> list[ResolvedDate]:
    """One of two that mean the same day side by side: "today, Saturday"."""
    joined: list[ResolvedDate] = []
    for item in found:
        before = joined[-1] if joined else None
        if before and item.start < before.end:
            continue
        if before and (before.first, before.last) == (item.first, item.last):
            between = text[before.end : item.start]
            if not between.strip(" ,،"):
                joined[-1] = ResolvedDate(
                    before.start, item.end, text[before.start : item.end], item.first, item.last
                )
                continue
        joined.append(item)
    return joined


class _Reading:
    """One sentence read with the words of one language on a day of publication."""

    def __init__(self, text: str, start: int, end: int, words: RelativeWords, day: date) -> None:
        self._text, self._start, self._end, self._words, self._day = text, start, end, words, day
        self._verbs = Verbs(text, start, end, words)

    def dates(self) -> Iterator[tuple[int, int, _Days]]:
        """Each date's offsets in the text and its first and last day."""
        taken = [
            (self._start + found.start, self._start + found.end)
            for found in find_dates(self._text[self._start : self._end])
        ]
        for kind, pattern in self._words.rules:
            for match in pattern.finditer(self._text, self._start, self._end):
                if any(match.start() < last and first < match.end() for first, last in taken):
                    continue
                taken.append(match.span())
                days = self._days(kind, match)
                if days and self._is_capitalised(match):
                    start, end = match.span("shown") if "shown" in pattern.groupindex else match.span()
                    if match.groupdict().get("of_event"):
                        end = match.end("weekday")
                    yield start, end, days

    def _is_capitalised(self, match: re.Match[str]) -> bool:
        """False for "may" and "march" as verbs; Spanish writes months small, Arabic knows no capitals."""
        name = match.groupdict().get("month") or ""
        return name.casefold() not in MONTHS["en"] or name[0].isupper()

    def _days(self, kind: str, found: re.Match[str]) -> _Days | None:
        match kind.split():
            case ["day", number]:
                return self._from(int(number))
            case ["period"]:
                return self._period(found, self._verbs.tense(found))
            case ["ago"]:
                return self._counted(found, -1)
            case ["none"]:
                return None
        tense = self._verbs.tense(found)
        match kind:
            case "weekday":
                return self._weekday(found, tense)
            case "date":
                return self._date(found, tense)
            case "month":
                return self._month(found, tense)
            case "now":
                return self._from(0) if tense and self._verbs.is_of_the_day(found) else None
            case "ahead" if tense == "future":  # "tomorrow" and "in two days"
                return self._counted(found, 1) if "number" in found.groupdict() else self._from(1)
        return None

    def _from(self, days: int) -> _Days:
        day = self._day + timedelta(days=days)
        return day, day

    def _weekday(self, match: re.Match[str], tense: Tense) -> _Days | None:
        weekday = _weekday_of(match["weekday"])
        which, week = _which(match), _which(match, "_week")
        back, ahead = (self._day.weekday() - weekday) % 7, (weekday - self._day.weekday()) % 7
        groups = match.groupdict()
        for group, distance in (("day_0", 0), ("day_1", 1)):
            if groups.get(group):  # "أمس السبت": both must be the same day
                return self._from(-distance) if back == distance else None
        if week:
            monday = self._day - timedelta(days=self._day.weekday())
            day = monday + timedelta(days=7 * week + weekday)
            return day, day
        if which == -1:
            return self._from(-(back or 7))
        if which == 1:
            return self._from(ahead or 7)
        if groups.get("of_event") and not _HAPPENED.match(self._text, match.end()):
            return None
        if groups.get("of_event") or tense == "past":
            # The day after, in the past, is a matter of time zones, or six days ago: none can tell.
            return self._from(-back) if back != 6 else None
        return self._from(ahead) if tense == "future" else None

    def _date(self, match: re.Match[str], tense: Tense) -> _Days | None:
        month = _month_of(match)
        number = self._words.days.get(match["day"].casefold()) or int(re.sub(r"\D", "", match["day"]))
        years = _which(match, "_year")
        if self._speaks_of_another_year() and years is None:
            return None
        near = _in_years(range(self._day.year - 1, self._day.year + 2), month, number)
        if match["on"]:
            # "Friday, Dec. 6": of the years nearby, that in which it is a Friday.
            near = [day for day in near if day.weekday() == _weekday_of(match["on"])]
            return (near[0], near[0]) if len(near) == 1 else None
        which = _which(match)
        if years is not None:
            near = [day for day in near if day.year == self._day.year + years]
        elif which:
            near = [day for day in near if (day - self._day).days * which > 0]
        elif tense:
            near = [day for day in near if (day <= self._day if tense == "past" else day >= self._day)]
        else:
            return None
        day = min(near, key=lambda day: abs((day - self._day).days), default=None)
        return (day, day) if day else None

    def _month(self, match: re.Match[str], tense: Tense) -> _Days | None:
        month, which, years = _month_of(match), _which(match), _which(match, "_year")
        if years is not None:
            return _whole_month(self._day.year + years, month)
        if which is None and self._speaks_of_another_year():
            return None
        year = self._day.year
        if which == -1:
            return _whole_month(year - (month >= self._day.month), month)
        if which == 1:
            return _whole_month(year + (month <= self._day.month), month)
        if which == 0:
            return _whole_month(year, month)
        if tense == "past":
            return _whole_month(year - (month > self._day.month), month)
        return _whole_month(year + (month < self._day.month), month) if tense == "future" else None

    def _period(self, match: re.Match[str], tense: Tense) -> _Days | None:
        which = _which(match)
        unit = next(
            value
            for name, value in match.groupdict().items()
            if name.startswith("unit") and value is not None
        )
        kind = self._words.units[" ".join(unit.casefold().split())]
        if which is None:
            return None
        monday = self._day - timedelta(days=self._day.weekday()) + timedelta(weeks=which)
        if kind == "week":
            return monday, monday + timedelta(days=6)
        if kind == "weekend":
            saturday = monday + timedelta(days=5)
            if which == 0 and not tense:
                return None
            if which == 0 and tense == "past" and saturday > self._day:
                saturday -= timedelta(weeks=1)
            return saturday, saturday + timedelta(days=1)
        if kind == "year":
            return date(self._day.year + which, 1, 1), date(self._day.year + which, 12, 31)
        months = self._day.year * 12 + self._day.month - 1 + which
        return _whole_month(months // 12, months % 12 + 1)

    def _counted(self, match: re.Match[str], sign: int) -> _Days | None:
        words = match["number"].casefold().split()
        number = self._words.numbers.get(words[0]) or int(words[0])
        unit = match["unit"] or words[0]
        weeks = self._words.units.get(unit.casefold(), "") == "week" or unit.startswith("أسبوع")
        if number > _MOST_DAYS:
            return None
        if not weeks:
            return self._from(sign * number)
        monday = self._day - timedelta(days=self._day.weekday()) + timedelta(weeks=sign * number)
        return monday, monday + timedelta(days=6)

    def _speaks_of_another_year(self) -> bool:
        years = {int(year) for year in _YEAR.findall(self._text, self._start, self._end)}
        return bool(years - {self._day.year}) or "born" in self._text[self._start : self._end]


def _which(match: re.Match[str], suffix: str = "") -> int | None:
    """-1, 0 or 1 for last, this and next, None where it is not said."""
    groups = match.groupdict()
    for name, value in (("last", -1), ("this", 0), ("next", 1)):
        forms = [name + suffix] if suffix else [name, f"{name}_after", f"{name}_before"]
        if any(groups.get(form) for form in forms):
            return value
    return None


def _in_years(years: range, month: int, number: int) -> list[date]:
    """The day in each of the years that has it: 29 February is in few, 31 February in none."""
    return [date(year, month, number) for year in years if 1 <= number <= calendar.monthrange(year, month)[1]]


def _weekday_of(name: str) -> int:
    return next(names[name.casefold()] for names in WEEKDAYS.values() if name.casefold() in names)


def _month_of(match: re.Match[str]) -> int:
    name = " ".join(match["month"].casefold().rstrip(".").split())
    names = {name: number for language in MONTHS.values() for name, number in language.items()}
    return names.get(name) or SHORT_MONTHS[name]


def _whole_month(year: int, month: int) -> _Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
