"""Dates as news pages write them, in English, Spanish and Arabic: found in a line, given as ISO 8601.

Nothing is completed or guessed: 03/04/2026, a month without a day and a day without a year are no dates.

>>> find_date("Published: January 17, 2026 8:37 pm EST").iso
'2026-01-17T20:37:00-05:00'
>>> find_date("السبت: 17 يناير 2026").iso
'2026-01-17'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from index.when.calendar_names import MONTHS, SHORT_MONTHS
from index.when.clocks import Clock

_YEARS = range(1600, 2101)  # outside it a date is a slip or a placeholder such as 0001-01-01
_MONTH_OF = {name: number for names in (*MONTHS.values(), SHORT_MONTHS) for name, number in names.items()}
_MONTH = "|".join(re.escape(name) for name in sorted(_MONTH_OF, key=len, reverse=True))
_TWO_NAMED = rf"(?:{_MONTH})(?:\s?/\s?(?:{_MONTH}))?"  # "كانون الثاني/يناير"
_DATE = (
    r"(?<![\w/.-])(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)(?:[T ](?P<iso_clock>\d\d:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?(?:\s?(?:Z|UTC"
    rf"|GMT|[+-]\d\d(?::?\d\d)?))?)(?![\w:-]))?(?![\w-]|T\d)"
    rf"|(?P<day>\d{{1,2}}|primero)(?:st|nd|rd|th|\.?º|ro)?\s?(?:of\s|de\s|del\s|[-/\s])?"
    rf"(?P<month>{_TWO_NAMED})\.?(?:\s?,\s?|\s?/\s?|\sdel?\s|[-\s])(?P<year>\d{{4}})(?!\d)"
    rf"|(?P<month_first>{_MONTH})\.?\s(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,?\s|\sdel?\s)(?P<year_last>\d{4})(?!\d)"
    r"|(?P<year_first>\d{4})(?P<mark>[/.]?)(?P<month_number>\d\d)(?P=mark)(?P<day_last>\d\d)(?![\d-])"
    r"|(?P<one>\d{1,2})[/.-](?P<other>\d{1,2})[/.-](?P<numeric_year>\d{4})(?![\d/]|\.\d)"
    r")"
)
EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class FoundDate:
    """A date found at offsets `[start, end)` of a line, as an ISO 8601 date or date-time."""

    start: int
    end: int
    iso: str


def find_date(line: str) -> FoundDate | None:
    """Give the first full date written in `line`, or None."""
    return next(find_dates(line), None)


def find_dates(line: str) -> Iterator[FoundDate]:
    """Give every full date written in `line`, in order."""
    plain = line.translate(EASTERN_DIGITS)  # a character for a character, so that offsets hold
    if not _DIRECTION_MARKS.search(plain):
        yield from _in_plain(plain)
        return
    places = [place for place, character in enumerate(plain) if not _DIRECTION_MARKS.match(character)]
    for found in _in_plain(_DIRECTION_MARKS.sub("", plain)):
        yield FoundDate(places[found.start], places[found.end - 1] + 1, found.iso)


def iso_from_seconds(seconds: float) -> str:
    """Give a count of seconds (or, where it is that large, milliseconds) since 1970 as ISO 8601, or ""."""
    try:
        if abs(seconds) > 1e11:  # as seconds, past the year 5000
            seconds /= 1000
        return _checked(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return ""


def iso_from_text(value: str) -> str:
    """Give what a date field holds as ISO 8601, or "" where it is not one date that can be read only one way.

    >>> iso_from_text("Sat, 17 Jan 2026 20:37:00 GMT"), iso_from_text("03/04/2026")
    ('2026-01-17T20:37:00+00:00', '')
    """
    value = value.strip()[:200]
    if re.fullmatch(r"-?\d{9,13}(?:\.\d{1,9})?", value, re.ASCII):
        return iso_from_seconds(float(value))
    found = find_date(value)
    if found is None:
        return _other_language(value)
    return found.iso


@cache  # compiled at the first date, for importing must be quick
def _date_pattern() -> re.Pattern[str]:
    return re.compile(_DATE, re.IGNORECASE)


def _in_plain(line: str) -> Iterator[FoundDate]:
    previous_end = 0
    for match in _date_pattern().finditer(line):
        start, end = match.span()
        day = _day_of(match)
        if day is None or day.year not in _YEARS:
            continue
        moment = _iso_clock(day, match["iso_clock"]) if match["iso_clock"] else None
        clock = None
        if moment is None or moment.tzinfo is None:
            clock = Clock.after(line, match.end("iso") if moment else end)
        if moment is None and clock is None:
            clock = Clock.before(line, previous_end, start)
        if clock:
            start, end = min(start, clock.start), max(end, clock.end)
            moment = clock.at(day)
        yield FoundDate(start, end, (moment or day).isoformat())
        previous_end = end


def _day_of(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["year_first"]:
            return date(int(match["year_first"]), int(match["month_number"]), int(match["day_last"]))
        if match["one"]:
            return _numeric(int(match["one"]), int(match["other"]), int(match["numeric_year"]))
        if match["month_first"]:
            return _named(match["year_last"], match["month_first"], match["day_second"])
        return _named(match["year"], match["month"], match["day"])
    except ValueError:  # such as 31 February
        return None


def _numeric(one: int, other: int, year: int) -> date | None:
    """17/01/2026 can be read only one way; 03/04/2026 can't, and is left out."""
    if one != other and max(one, other) <= 12:
        return None
    return date(year, min(one, other), max(one, other))


def _named(year: str, month: str, day: str) -> date | None:
    numbers = {_MONTH_OF[" ".join(name.lower().split())] for name in month.split("/")}
    if len(numbers) > 1:
        return None
    return date(int(year), numbers.pop(), 1 if day.lower() == "primero" else int(day))


def _iso_clock(day: date, clock: str) -> datetime | None:
    form = re.sub(r"UTC|GMT", "Z", clock.upper()).replace(" ", "").replace(",", ".")
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{form}").replace(microsecond=0)
    except ValueError:
        return None


def _checked(moment: date) -> str:
    return moment.isoformat() if moment.year in _YEARS else ""


def _other_language(value: str) -> str:
    """A date with its month in another language ("17 janvier 2026"); only a whole value counts."""
    if not re.search(r"[^\W\d_]{3}", value) or not re.search(r"\d{4}", value) or len(value) > 60:
        return ""
    import dateparser

    try:
        moment = dateparser.parse(
            value,
            settings={
                "STRICT_PARSING": True,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time"],
            },
        )
    except Exception:  # a field of someone's file must not stop the reading, whatever the parser makes of it
        return ""
    return "" if moment is None else _checked(moment.date())
