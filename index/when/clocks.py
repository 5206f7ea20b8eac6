"""Times of day as news pages write them beside a date, with the time zone where it can be told.

>>> Clock.after("17 January 2026, 8:37 pm EST", 15).at(date(2026, 1, 17))
datetime.datetime(2026, 1, 17, 20, 37, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=68400)))
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache

from index.when.calendar_names import WEEKDAYS

_OFFSETS = {
    **dict.fromkeys(["UTC", "GMT", "Z", "WET"], 0),
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{"ART": -3, "BRT": -3, "UYT": -3, "VET": -4, "BOT": -4, "CLT": -4, "CLST": -3, "COT": -5, "PET": -5},
    **{"BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "SAST": 2, "MSK": 3, "PKT": 5},
    **{"SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}
_PLACES = {
    "Etc/UTC": "غرينتش|جرينتش",
    "America/New_York": "et|eastern(?: standard| daylight)?(?: time)?|(?:hora )?del este"
    "|hora de (?:miami|nueva york|washington)",
    "America/Chicago": "ct|central time",
    "America/Denver": "mt|mountain time",
    "America/Los_Angeles": "pt|pacific(?: standard| daylight)?(?: time)?",
    "Europe/Madrid": "hora peninsular|hora de (?:madrid|españa)",
    "Atlantic/Canary": "hora canaria|hora de canarias",
    "America/Argentina/Buenos_Aires": "hora de (?:la )?argentina|hora de buenos aires|hora argentina",
    "America/Bogota": "hora de (?:colombia|bogotá)|hora colombiana",
    "America/Caracas": "hora de (?:venezuela|caracas)",
    "America/Havana": "hora de (?:cuba|la habana)",
    "America/Lima": "hora de (?:perú|lima)|hora peruana",
    "America/Mexico_City": "hora de(?:l centro de| la ciudad de)? méxico",
    "America/Santiago": "hora de (?:chile|santiago)|hora chilena",
    "Asia/Jerusalem": "القدس|فلسطين",
    "Asia/Riyadh": "مكة(?: المكرمة)?|السعودية|الرياض",
    "Africa/Cairo": "القاهرة|مصر",
    "Asia/Dubai": "أبو ?ظبي|الإمارات|دبي",
    "Asia/Baghdad": "بغداد|العراق",
    "Asia/Beirut": "بيروت|لبنان",
    "Asia/Damascus": "دمشق|سوريا",
    "Asia/Qatar": "الدوحة|قطر",
    "Asia/Kuwait": "الكويت",
    "Africa/Tunis": "تونس",
    "Africa/Algiers": "الجزائر",
    "Africa/Casablanca": "الرباط|المغرب",
}
_PLACE_NAME = "|".join(_PLACES.values())
_ZONE = (
    rf"(?:\s?[(\[]?(?:ب?توقيت\s)?(?P<zone>{_PLACE_NAME}|hora local"
    r"|(?:UTC|GMT)?\s?[+−-]\d{1,2}(?::?\d{2})?|[A-Z]{2,4}T|UTC|GMT|Z|MSK)(?!\w)[)\]]?)?"
)
_HALF = r"[ap]\.?\s?m\b\.?|صباح[اً]{1,2}|مساء[اً]{0,2}|ظهر[اً]{1,2}|[صم]"
_CLOCK = (
    r"(?<![\d:.])(?:(?P<hour>[01]?\d|2[0-3])(?::|[.h](?=\d\d(?!\d)))(?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    rf"(?:\s?(?P<half>{_HALF})(?!\w))?"
    r"|(?P<bare_hour>1[0-2]|0?[1-9])\s?(?P<bare_half>[ap]\.?m\b\.?)"
    r"|(?P<joined_hour>[01]\d|2[0-3])(?P<joined_minute>[0-5]\d)(?=\s?(?:GMT|UTC)))"
    r"(?:\s?(?:hrs?|hs?|horas)\b\.?)?"
)
_WEEKDAY = "|".join(name for names in WEEKDAYS.values() for name in names) + "|mon|tue|wed|thu|fri|sat|sun"
_GAP = r"(?:\s*[,،|–—•·/-]\s*|\s+)"
_BETWEEN = rf"(?:\s?[مه]ـ?(?!\w))?(?:{_GAP}(?:(?:{_WEEKDAY})\b\.?{_GAP})?(?:at\s+|a\s+las?\s+|الساعة\s+)?)"
_NUMERIC_ZONE = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_REACH = 60  # characters before a date in which its time may stand


@cache  # compiled at the first date, for importing must be quick
def _after() -> re.Pattern[str]:
    return re.compile(_BETWEEN + _CLOCK + _ZONE, re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"{_CLOCK}{_ZONE}{_GAP}(?:(?:{_WEEKDAY})\b[.,،]?\s?)?(?:on\s|el\s|يوم\s)?$", re.IGNORECASE
    )


@dataclass(frozen=True)
class Clock:
    """A time of day found at `[start, end)` of a line, and the name of its zone, if it has one."""

    start: int
    end: int
    time: time
    zone: str

    @classmethod
    def after(cls, line: str, start: int) -> "Clock | None":
        """The time that follows a date ending at `start`, as in "17 January 2026 at 8:37 pm"."""
        return cls._of(_after().match(line, start))

    @classmethod
    def before(cls, line: str, start: int, end: int) -> "Clock | None":
        """The time that stands before a date starting at `end`, and not before `start`."""
        return cls._of(_before().search(line[:end], max(start, end - _REACH)))

    @classmethod
    def _of(cls, match: re.Match[str] | None) -> "Clock | None":
        if match is None:
            return None
        hour = match["hour"] or match["bare_hour"] or match["joined_hour"]
        moment = time(
            _hour_of_day(int(hour), match["half"] or match["bare_half"]),
            int(match["minute"] or match["joined_minute"] or 0),
            int(match["second"] or 0),
        )
        return cls(match.start(), match.end(), moment, (match["zone"] or "").upper())

    def at(self, day: date) -> datetime:
        """This time on `day`; without a zone where none is written, or one that has several meanings."""
        return datetime.combine(day, self.time, _zone(self.zone, day))


def _hour_of_day(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + 12 * (half[0].lower() in "pمظ")


def _zone(name: str, day: date) -> tzinfo | None:
    """The offset that `name` stands for on `day`; None for IST and other names of several zones."""
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    numeric = _NUMERIC_ZONE.fullmatch(name.replace("−", "-"))
    if numeric:
        offset = timedelta(hours=int(numeric[2]), minutes=int(numeric[3] or 0))
        return timezone(-offset if numeric[1] == "-" else offset)
    place = next((place for place, names in _PLACES.items() if re.fullmatch(names, name, re.IGNORECASE)), "")
    return _offset_at(place, day) if place else None


def _offset_at(place: str, day: date) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        offset = datetime.combine(day, time(12), ZoneInfo(place)).utcoffset()
    except ZoneInfoNotFoundError:
        return None
    return timezone(offset) if offset is not None else None
