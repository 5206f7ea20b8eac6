"""Who says it and when, in words: "The Harbour Ledger reported on 4 May 2031: “…”"."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath

from index.schema import Article, Span
from index.when.relative_dates import ResolvedDate
from rag.asking.asked import Asked

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
# Quotes that give another side: what they do, with a date and without one.
_SIDES: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "denied": (
            "This is denied, {who} reported on {when}: “{quote}”",
            "This is denied, {who} reported: “{quote}”",
        ),
        "unverified": (
            "This is not confirmed, {who} reported on {when}: “{quote}”",
            "This is not confirmed, {who} reported: “{quote}”",
        ),
        "corrected": (
            "{who} gave this correction on {when}: “{quote}”",
            "{who} gave this correction: “{quote}”",
        ),
        "differs": (
            "{who} reported otherwise on {when}: “{quote}”",
            "{who} reported otherwise: “{quote}”",
        ),
    },
    "es": {
        "denied": ("Se desmiente, según {who} el {when}: «{quote}»", "Se desmiente, según {who}: «{quote}»"),
        "unverified": (
            "No está confirmado, según {who} el {when}: «{quote}»",
            "No está confirmado, según {who}: «{quote}»",
        ),
        "corrected": ("{who} publicó esta corrección el {when}: «{quote}»", "{who} corrigió: «{quote}»"),
        "differs": (
            "{who} informó de otra cosa el {when}: «{quote}»",
            "{who} informó de otra cosa: «{quote}»",
        ),
    },
    "ar": {
        "denied": ("وهناك نفي، بحسب {who} في {when}: «{quote}»", "وهناك نفي، بحسب {who}: «{quote}»"),
        "unverified": (
            "ولم يتأكد ذلك، بحسب {who} في {when}: «{quote}»",
            "ولم يتأكد ذلك، بحسب {who}: «{quote}»",
        ),
        "corrected": ("نشر {who} هذا التصحيح في {when}: «{quote}»", "نشر {who} هذا التصحيح: «{quote}»"),
        "differs": ("وذكر {who} غير ذلك في {when}: «{quote}»", "وذكر {who} غير ذلك: «{quote}»"),
    },
}
# A name, and not a text that a page gives in its place: brackets, quotation marks and sentences are none.
_NAME_OF_OUTLET = re.compile(r"[^\[\]{}<>\"“”\n:;]{1,80}(?:: [^\[\]{}<>\"“”\n:;]{1,40})?")
_AND = {"en": " and ", "es": " y ", "ar": " و"}
_UNNAMED = {
    "en": ("The article “{title}”", "The article in {file}"),
    "es": ("El artículo «{title}»", "El artículo de {file}"),
    "ar": ("مقال «{title}»", "المقال في {file}"),
}


def introduce(
    span: Span, language: str, *, already: int = 0, role: str = "evidence", also: Sequence[Article] = ()
) -> str:
    """The span's exact words between quotation marks, and before them who published them and when.

    `language` is the reader's; `already` is how many sentences right before this quoted the same article.
    `role` says whether it gives another side (`rag.schema.Role`); `also` are other articles that hold the
    same words.
    """
    when = day_in_words(span.article, language)
    names = list(dict.fromkeys(who(article, language) for article in (span.article, *also)))
    if role in (sides := _SIDES.get(language, _SIDES["en"])):
        dated, undated = sides[role]
        phrase = dated if when else undated
    elif already and not also:
        phrases = _MORE.get(language, _MORE["en"])
        phrase = phrases[min(already, len(phrases)) - 1]
    else:
        dated, undated = _FIRST.get(language, _FIRST["en"])
        phrase = dated if when else undated
    if span.text[0] in '“«"':  # it brings its own marks
        phrase = re.sub(r"[“«](\{quote\})[”»]", r"\1", phrase)
    opens = phrase.startswith("{who}")
    named = [name if opens and not n else _within(name, language) for n, name in enumerate(names)]
    return phrase.format(who=_joined(named, language), when=when, quote=span.text)


def _within(name: str, language: str) -> str:
    """A name within a sentence: "the article in report.txt", but "The Herald"."""
    made = [template.partition("{")[0] for template in _UNNAMED.get(language, _UNNAMED["en"])]
    return name[0].lower() + name[1:] if name.startswith(tuple(made)) else name


def _joined(names: Sequence[str], language: str) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])}{_AND.get(language, _AND['en'])}{names[-1]}"


def who(article: Article, language: str = "en") -> str:
    """The outlet; where the article does not name one, or gives something else as its name, its headline, or
    its file."""
    if article.outlet and _NAME_OF_OUTLET.fullmatch(article.outlet):
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


def widened_in_words(asked: Asked) -> str:
    """That what the question itself asked to look at holds no answer, and the rest was looked at."""
    named = [asked.days.words] if asked.days else []
    named += [outlet.title() for outlet in asked.outlets]
    phrases = {
        "en": "Nothing from {named} answers this; the answer is from other articles.",
        "es": "Nada de {named} lo responde; la respuesta es de otros artículos.",
        "ar": "لا جواب في {named}؛ الجواب من مقالات أخرى.",
    }
    return phrases[asked.language].format(named=", ".join(named))


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
