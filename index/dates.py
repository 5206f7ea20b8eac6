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
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

_YEARS = range(1600, 2101)  # outside it a date is a slip or a placeholder such as 0001-01-01
_MONTHS = (
    "january jan enero ene يناير جانفي كانون_الثاني ينايير",
    "february feb febrero فبراير فيفري شباط",
    "march mar marzo مارس آذار اذار",
    "april apr abril abr أبريل ابريل إبريل أفريل نيسان",
    "may mayo مايو ماي أيار ايار",
    "june jun junio يونيو يونيه جوان حزيران",
    "july jul julio يوليو يوليه جويلية تموز",
    "august aug agosto ago أغسطس اغسطس أوت آب اب",
    "september sept sep septiembre setiembre set سبتمبر أيلول ايلول",
    "october oct octubre أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
    "november nov noviembre نوفمبر تشرين_الثاني",
    "december dec diciembre dic ديسمبر كانون_الأول كانون_الاول",
)
_MONTH_OF = {
    name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in names.split()
}
_MONTH = "|".join(re.escape(name) for name in sorted(_MONTH_OF, key=len, reverse=True))
_CLOCK = (
    r"(?P<hour>[01]?\d"
    r"|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\s?(?P<half>[ap]\.?\s?m\b\.?"
    r"|[صم](?!\w)))?"
)
_HOUR_ONLY = r"(?P<bare_hour>1[0-2]|0?[1-9])\s?(?P<bare_half>[ap]\.?m\b\.?)"
_ZONE = (
    r"(?:\s?\(?(?P<zone>[A-Z]{1,4}T|UTC|GMT|Z|hora peninsular|بتوقيت غرينتش|(?:UTC"
    r"|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?)(?![\w])\)?)?"
)
_BETWEEN = r"(?:\s*[,،|–—•·-]\s*|\s+)(?:at\s+|a\s+las?\s+|الساعة\s+)?"
_TIME = rf"(?:{_BETWEEN}(?:{_CLOCK}|{_HOUR_ONLY}){_ZONE})?"
_DATE = (
    r"(?<![\w/.-])(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)(?:[T ](?P<iso_clock>\d\d:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?(?:\s?(?:Z|UTC"
    rf"|GMT|[+-]\d\d:?\d\d))?))?(?![\w-])"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|ro)?\s?(?:of\s|de\s|del\s"
    rf"|[-/\s])?(?P<month>{_MONTH})\.?(?:\s?,\s?|\s?/\s?|\sdel?\s|[-\s])(?P<year>\d{{4}})(?!\d){_TIME}"
    rf"|(?P<month_first>{_MONTH})\.?\s(?P<day_second>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?,?\s(?P<year_last>\d{{4}})(?!\d){_TIME.replace('?P<', '?P<us_')}"
    r"|(?P<year_first>\d{4})(?P<mark>[/.]?)(?P<month_number>\d\d)(?P=mark)(?P<day_last>\d\d)(?![\d-])"
    r"|(?P<one>\d{1,2})[/.-](?P<other>\d{1,2})[/.-](?P<numeric_year>\d{4})(?!\d)"
    r")"
)
_OFFSETS = {
    **dict.fromkeys(["UTC", "GMT", "Z", "بتوقيت غرينتش", "WET"], 0),
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{"BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "SAST": 2, "JST": 9, "AEST": 10, "AEDT": 11},
}
_PLACES = {
    **{
        "ET": "America/New_York",
        "CT": "America/Chicago",
        "MT": "America/Denver",
        "PT": "America/Los_Angeles",
    },
    "HORA PENINSULAR": "Europe/Madrid",
}
_NUMERIC_ZONE = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


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
    plain = line.translate(_EASTERN_DIGITS)  # a character for a character, so that offsets hold
    for match in _date_pattern().finditer(plain):
        iso = _iso_of(match)
        if iso:
            yield FoundDate(match.start(), match.end(), iso)


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


def _iso_of(match: re.Match[str]) -> str:
    try:
        if match["iso"]:
            return _iso_form(match["iso"], match["iso_clock"])
        if match["year_first"]:
            return _checked(
                date(int(match["year_first"]), int(match["month_number"]), int(match["day_last"]))
            )
        if match["one"]:
            return _numeric(int(match["one"]), int(match["other"]), int(match["numeric_year"]))
        if match["month_first"]:
            day = _day_of(match["year_last"], match["month_first"], match["day_second"])
            return _with_clock(day, match, "us_")
        return _with_clock(_day_of(match["year"], match["month"], match["day"]), match, "")
    except ValueError:  # such as 31 February
        return ""


def _numeric(one: int, other: int, year: int) -> str:
    """17/01/2026 can be read only one way; 03/04/2026 can't, and is left out."""
    if one != other and max(one, other) <= 12:
        return ""
    return _checked(date(year, min(one, other), max(one, other)))


def _iso_form(day: str, clock: str | None) -> str:
    if not clock:
        return _checked(date.fromisoformat(day))
    try:
        return _checked(datetime.fromisoformat(f"{day}T{_clock_form(clock)}").replace(microsecond=0))
    except ValueError:
        return _checked(date.fromisoformat(day))


def _clock_form(clock: str) -> str:
    return re.sub(r"UTC|GMT", "Z", clock.upper()).replace(" ", "").replace(",", ".")


def _day_of(year: str, month: str, day: str) -> date:
    return date(int(year), _MONTH_OF[" ".join(month.lower().split())], int(day))


def _with_clock(day: date, match: re.Match[str], prefix: str) -> str:
    hour, half = match[prefix + "hour"], match[prefix + "half"]
    if match[prefix + "bare_hour"]:
        hour, half = match[prefix + "bare_hour"], match[prefix + "bare_half"]
    if not hour:
        return _checked(day)
    clock = time(
        _hour_of_day(int(hour), half), int(match[prefix + "minute"] or 0), int(match[prefix + "second"] or 0)
    )
    return _checked(datetime.combine(day, clock, _zone_of(match[prefix + "zone"], day)))


def _hour_of_day(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    afternoon = half[0].lower() in "pم"
    return hour % 12 + 12 * afternoon


def _zone_of(name: str | None, day: date) -> tzinfo | None:
    if not name:
        return None
    name = name.upper()
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    if name in _PLACES:
        return _offset_at(_PLACES[name], day)
    numeric = _NUMERIC_ZONE.fullmatch(name)
    if numeric is None:
        return None  # a name of several zones, such as IST
    offset = timedelta(hours=int(numeric[2]), minutes=int(numeric[3] or 0))
    return timezone(-offset if numeric[1] == "-" else offset)


def _offset_at(place: str, day: date) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        offset = datetime.combine(day, time(12), ZoneInfo(place)).utcoffset()
    except ZoneInfoNotFoundError:
        return None
    return timezone(offset) if offset is not None else None


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
