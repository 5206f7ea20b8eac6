"""The months, weekdays and days that a text tells, and whether those of a sentence are among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from index.language import folded
from index.schema import Span
from index.when.calendar_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from index.when.dates import find_dates
from index.when.relative_dates import resolve

_LONGEST = 31  # days of a resolved stretch that are taken one by one


@dataclass
class Told:
    """Months as numbers, weekdays as numbers from Monday, days as (day, month), and years."""

    months: set[int] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    days: set[tuple[int, int]] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def add(self, day: date, *, whole: bool = True) -> None:
        """Note a day: its month, its weekday and its year; with `whole` the day itself."""
        self.months.add(day.month)
        self.years.add(day.year)
        if whole:
            self.weekdays.add(day.weekday())
            self.days.add((day.day, day.month))


def told_by(text: str) -> Told:
    """The months, weekdays and days that `text` says in so many words."""
    told = Told()
    for found in find_dates(text):
        day = date.fromisoformat(found.iso[:10])
        told.months.add(day.month)
        told.days.add((day.day, day.month))
    for match in _pattern().finditer(text):
        name = match["month"] or match["weekday"]
        number = _numbers()[folded(name)]
        if match["weekday"]:
            told.weekdays.add(number)
            continue
        if not name[0].isupper() and name.isascii() and folded(name) in MONTHS["en"]:
            continue  # "may", "march"
        beside = match["before"] or match["after"]
        if folded(name) in SHORT_MONTHS and folded(name) not in MONTHS["en"] and not beside:
            continue
        if folded(name) in ("may", "march", "august") and not beside and _opens(text, match.start("month")):
            continue
        told.months.add(number)
        for written in (match["before"], match["after"]):
            if written and 1 <= int(written) <= 31:
                told.days.add((int(written), number))
    return told


def known_to(spans: Sequence[Span], text: str) -> Told:
    """What `text` says, and what the relative dates of `spans` mean by their articles' own days."""
    told = told_by(text)
    for found in find_dates(text):
        told.add(date.fromisoformat(found.iso[:10]))
    for span in spans:
        article = span.article
        text, language = article.text, article.language
        for stretch in resolve(text, article.published, language, start=span.start, end=span.end):
            days = (stretch.last - stretch.first).days
            for offset in range(days + 1 if days <= _LONGEST else 0):
                told.add(stretch.first + timedelta(days=offset))
            told.add(stretch.first, whole=False)
            told.add(stretch.last, whole=False)
        if article.published_at:
            told.add(article.published_at.date())
    return told


def unknown_date(sentence: str, known: Told) -> str:
    """The first date of `sentence` that is not known ("12 May", "Friday"), or nothing."""
    told = told_by(sentence)
    for day, month in sorted(told.days - known.days):
        return f"{day} {_month_name(month)}"
    for month in sorted(told.months - known.months):
        return _month_name(month)
    for weekday in sorted(told.weekdays - known.weekdays):
        return next(name.title() for name, number in WEEKDAYS["en"].items() if number == weekday)
    return ""


def _month_name(month: int) -> str:
    return next(name.title() for name, number in MONTHS["en"].items() if number == month)


def _opens(text: str, start: int) -> bool:
    return not re.search(
        r"\b(?:in|of|since|last|this|next|early|late|mid|until|by|from|before|after)[\s-]$",
        text[:start],
        re.IGNORECASE,
    )


@cache
def _numbers() -> dict[str, int]:
    tables = [SHORT_MONTHS, *MONTHS.values(), *WEEKDAYS.values()]
    return {folded(name): number for table in tables for name, number in table.items()}


@cache
def _pattern() -> re.Pattern[str]:
    months = sorted(
        (*SHORT_MONTHS, *(name for names in MONTHS.values() for name in names)), key=len, reverse=True
    )
    weekdays = sorted((name for names in WEEKDAYS.values() for name in names), key=len, reverse=True)
    return re.compile(
        r"(?:(?<![\d.,])\b(?P<before>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s|de\s)?)?"
        rf"(?<!\w)(?P<month>{'|'.join(map(re.escape, months))})(?!\w)\.?"
        r"(?:\s(?P<after>\d{1,2})(?:st|nd|rd|th)?(?![\d:.,]*\d))?"
        rf"|(?<!\w)(?P<weekday>{'|'.join(map(re.escape, weekdays))})(?!\w)",
        re.IGNORECASE,
    )
