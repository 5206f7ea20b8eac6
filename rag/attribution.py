"""Who says it and when, in words: "The Harbour Ledger reported on 4 May 2031: “…”"."""

import calendar
from datetime import date, datetime
from pathlib import PurePath

from index.schema import Article, Span
from index.when.relative_dates import ResolvedDate

# How a quote is introduced: with a date and without one.
_FIRST = {
    "en": ("{who} reported on {when}: “{quote}”", "{who} reported: “{quote}”"),
    "es": ("{who} informó el {when}: «{quote}»", "{who} informó: «{quote}»"),
    "ar": ("ذكر {who} في {when}: «{quote}»", "ذكر {who}: «{quote}»"),
}
# The second quote of one article in a row, and those after it.
_MORE = {
    "en": ("It also wrote: “{quote}”", "It added: “{quote}”"),
    "es": ("También escribió: «{quote}»", "Y añadió: «{quote}»"),
    "ar": ("وأضاف: «{quote}»", "وذكر أيضًا: «{quote}»"),
}
_UNNAMED = {
    "en": ("The article “{title}”", "The article in {file}"),
    "es": ("El artículo «{title}»", "El artículo de {file}"),
    "ar": ("مقال «{title}»", "المقال في {file}"),
}


def introduce(span: Span, language: str, *, already: int = 0) -> str:
    """The span's exact words between quotation marks, and before them who published them and when.

    `language` is the reader's; `already` is how many sentences right before this quoted the same article.
    """
    when = day_in_words(span.article, language)
    if already:
        phrases = _MORE.get(language, _MORE["en"])
        phrase = phrases[min(already, len(phrases)) - 1]
    else:
        dated, undated = _FIRST.get(language, _FIRST["en"])
        phrase = dated if when else undated
    return phrase.format(who=who(span.article, language), when=when, quote=span.text)


def who(article: Article, language: str = "en") -> str:
    """The outlet; where the article does not name one, its headline, or its file."""
    if article.outlet:
        return article.outlet
    by_title, by_file = _UNNAMED.get(language, _UNNAMED["en"])
    if article.title:
        return by_title.format(title=article.title)
    return by_file.format(file=PurePath(article.source).name)


def credit(article: Article) -> str:
    """The outlet and whose report it passes on: "Khaberni, citing Reuters"; nothing if neither is known."""
    citing = f"citing {article.origin}" if article.origin else ""
    return ", ".join(filter(None, (article.outlet, citing)))


def day_in_words(article: Article, language: str = "en") -> str:
    """The day of publication as "4 May 2031", or nothing where it is not known."""
    return _words_of(article.published_at.date(), language) if article.published_at else ""


def correction_in_words(article: Article) -> str:
    """When its text took the place of another version: "corrected on 18 January 2026", or nothing."""
    if not article.corrected:
        return ""
    return f"corrected on {_words_of(datetime.fromisoformat(article.corrected).date(), 'en')}"


def days_in_words(found: ResolvedDate) -> str:
    """The days that a relative date means: "17 January 2026", "5–11 January 2026", "March 2031", "2030"."""
    first, last = found.first, found.last
    if first == last:
        return _words_of(first, "en")
    if (first.day, last) == (1, _last_of_month(first)):
        return _words_of(first, "en").partition(" ")[2]
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year)
    day, month, year = _words_of(first, "en").split()
    if first.year != last.year:
        start = f"{day} {month} {year} "
    else:
        start = f"{day} {month} " if first.month != last.month else day
    return f"{start}–{' ' if ' ' in start else ''}{_words_of(last, 'en')}"


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _words_of(day: date, language: str) -> str:
    from babel.dates import format_date

    pattern = "d 'de' MMMM 'de' y" if language == "es" else "d MMMM y"
    return str(format_date(day, pattern, locale=language))
