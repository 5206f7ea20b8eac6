"""Dates and times of day, as they stand in a text."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from index.language import folded
from index.when.calendar_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from rag.telling.short_answers.candidate import PLAIN_FIGURES, Candidate

_PART_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night|por la (?:mañana|tarde|noche)|صباحا|مساء))"
NUMBER_WORD = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\d{1,3})"
_CLOCK = (
    r"(?<![\d:.,])(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?|[.h][0-5]\d(?=\s?[ap]\.?m\b|\s?(?:hrs|horas|h)\b))"
    r"(?!\d)(?:\s?(?:[ap]\.m\.|[ap]m\b|o['’]clock|hrs\b|horas\b|h\b|GMT\b|UTC\b|صباحا|مساء))?"
    r"|(?<![\d:.,])(?:1[0-2]|[1-9])(?:[.:][0-5]\d)?\s?(?:[ap]\.m\.|[ap]m\b|o['’]clock)"
    rf"|\b(?:{NUMBER_WORD}|half past \w+|(?:a )?quarter (?:past|to) \w+)(?:\so['’]clock)?\sin the"
    r"\s(?:morning|afternoon|evening)\b"
    rf"|\b(?:{NUMBER_WORD}\so['’]clock|half past \w+|(?:a )?quarter (?:past|to) \w+|noon|midday|"
    rf"midnight|mediodía"
    r"|medianoche|منتصف الليل)\b"
    r"|(?<=\bat )(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=[.,;]|"
    r"\s(?:and|but)\b|$)"
    r"|(?<=\blas )(?:\w+|\d{1,2})(?:\s(?:y\s\w+|menos\s\w+))?\sde la (?:mañana|tarde|noche|madrugada)\b"
    r"|(?<=الساعة )\w+(?:\s(?:والنصف|والربع|إلا ربعا?))?(?:\s(?:صباحا|صباحًا|صباحاً|مساء|مساءً|ظهرا|ظهراً))?"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w%]|[.,:/-]\d)"
_ORDINAL_DAY = (
    r"(?:ال(?:أول|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي عشر|ثاني عشر|ثالث عشر|رابع عشر|"
    r"خامس عشر|سادس عشر|"
    r"سابع عشر|ثامن عشر|تاسع عشر|عشرين|ثلاثين)(?:\sوال(?:عشرين|ثلاثين))?)"
)
_DATE_JOINS = frozenset(
    (" ", ", ", " of ", " on ", " in ", " at ", " de ", " del ", " من ", " a las ", "، ", " في ")
)
# Verbs of saying, in the forms in which they tell of it. A day right after one is when it was said.
_SAYINGS = (
    r"sa(?:y|ys|id)", r"t(?:ell|ells|old)", r"add(?:s|ed)?", r"w(?:rite|rites|rote)", r"explain(?:s|ed)?",
    r"announce[sd]?", r"den(?:y|ies|ied)", r"state[sd]?", r"insist(?:s|ed)?", r"argue[sd]?", r"warn(?:s|ed)?",
    r"claim(?:s|ed)?", r"confirm(?:s|ed)?", r"admit(?:s|ted)?", r"declare[sd]?", r"repl(?:y|ies|ied)",
    r"report(?:s|ed)?", r"reveal(?:s|ed)?", r"mention(?:s|ed)?", r"disclose[sd]?", r"estimate[sd]?",
    r"dijo|dice|dijeron", r"declaró|declararon|declara", r"afirmó|afirma(?:ron)?", r"aseguró|asegura(?:ron)?",
    r"explicó|explica", r"señaló|señala", r"anunció|anuncia(?:ron)?", r"informó|informa(?:ron)?",
    r"reveló|revela(?:ron)?", r"confirmó|confirma(?:ron)?", r"negó|niega|negaron",
    r"[وف]?قالت?", r"[وف]?أكدت?", r"[وف]?أعلنت?", r"[وف]?ذكرت?", r"[وف]?كشفت?", r"[وف]?أفادت?",
    r"[وف]?نفت?ى?",
)  # fmt: skip
_TO_WHOM = r"(?:\s(?:reporters|journalists|parliament|(?-i:[A-Z])\w+|(?:the|an?|la|el)\s(?:news\s)?\w+))?"
_ON = (
    r"(?:\s(?:on|late|early|earlier|again|in an? (?:statement|interview|report)|el|en un comunicado|يوم))*\s"
)
_NOT_ALONE_WORDS = """
may march mar sat set jan ene feb apr abr jun jul aug ago sept sep oct nov dec dic
"""
_NOT_ALONE = frozenset(_NOT_ALONE_WORDS.split())


@lru_cache(maxsize=256)  # asked for several times while a sentence is read
def dates_and_clocks(text: str) -> tuple[Candidate, ...]:
    """The dates and the clock times of `text`, each as it stands, in order and apart."""
    plain = text.translate(PLAIN_FIGURES)
    found: list[Candidate] = []
    for sort, pattern in (("date", _date()), ("clock", _clock())):
        for match in pattern.finditer(plain):
            if (candidate := Candidate(*match.span(), sort)) and not candidate.overlaps(found):
                found.append(candidate)
    return tuple(sorted(found, key=lambda one: one.start))


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(_CLOCK, re.IGNORECASE)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _after(words: str) -> str:
    """A pattern that stands only after one of `words`, parted by |, and a space."""
    return f"(?:{'|'.join(f'(?<={word} )' for word in words.split('|'))})"


@cache
def _date() -> re.Pattern[str]:
    patterns = (_days_of_months(), _months_and_years(), _weekdays(), _english_dates(), _other_dates())
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def _days_of_months() -> str:
    month = _any_of(name for names in MONTHS.values() for name in names)
    month = rf"(?:{month}|(?:{_any_of(SHORT_MONTHS)})\.?)"
    day = r"\d{1,2}(?:st|nd|rd|th|º|ro)?"
    return (
        r"\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
        rf"|(?:the\s)?{day}\s(?:of\s|de\s|من\s)?(?:شهر\s)?{month}\b(?:(?:,\s|\s|\sdel?\s){_YEAR})?"
        rf"|{_ORDINAL_DAY}\sمن\s(?:شهر\s)?{month}\b(?:\s{_YEAR})?"
        rf"|{month}\s{day}(?![\w%]|[.,:]\d)(?:,?\s{_YEAR})?"
    )


def _months_and_years() -> str:
    """Months and years alone; "May", "March" and some Arabic names only where they can't be other words."""
    clear = _any_of(name.title() for name in MONTHS["en"] if name not in _NOT_ALONE)
    arabic = _any_of(set(MONTHS["ar"]) - {"ماي", "آب", "اب", "أوت", "جوان", "مارس"})
    times = "in|since|by|until|of|for|from|before|after|during"
    return (
        r"(?:(?:late|early|mid|finales de|principios de|mediados de)[\s-])?"
        rf"(?:(?:(?:last|next|this)\s)?(?-i:{clear})|{_after(times + '|last|next')}(?-i:May|March)"
        rf"|(?-i:May|March)(?=\s\d{{4}})|{_any_of(MONTHS['es'])}|{arabic})\b"
        rf"(?:(?:,?\s|\sof\s|\sdel?\s)(?:{_YEAR}|(?:last|this|next) year|este año|año pasado))?"
        rf"|(?:{_after(times + '|late|early|en|desde|hasta|de|في|منذ|عام|سنة|العام')}|(?<=\()){_YEAR}"
        r"|(?:the )?(?:1[5-9]|20)\d0s\b"
    )


def _weekdays() -> str:
    weekday = _any_of(name for names in WEEKDAYS.values() for name in names)
    return (
        rf"(?:(?:last|next|this|el próximo|el pasado|el|يوم)\s)?(?:{weekday})\b(?:['’]s)?{_PART_OF_DAY}?"
        r"(?:\s(?:last|next|this) week)?"
    )


def _english_dates() -> str:
    part = "morning|afternoon|evening"
    period = rf"week|weekend|month|year|decade|century|{_SEASON}|{part}"
    return (
        rf"(?:the )?day (?:before yesterday|after tomorrow)|yesterday\b(?:\s(?:{part}))?"
        rf"|tomorrow\b(?:\s(?:{part}|night))?|tonight\b|today\b|last night\b|during the night"
        rf"|(?:earlier |later |late |early )?(?:last|next|this)\s(?:{period})\b"
        rf"|(?:the )?(?:late |early )?(?:the )?{_SEASON} of {_YEAR}"
        rf"|{_after('the|early|late|in')}{_SEASON}\b"
        r"|(?:the )?(?:end|start|beginning|middle) of (?:the|this|next|last) (?:week|month|year|"
        r"season|decade)\b"
        rf"|(?:{NUMBER_WORD}|several|some)\s(?:and a half\s)?(?:hour|day|week|month|year|decade)s?"
        r"\s(?:ago|later|earlier)\b"
    )


def _other_dates() -> str:
    """Those of Spanish and Arabic that lean on the day of the article."""
    return (
        r"anteayer\b|ayer\b|anoche\b|hoy\b|(?<!la\s)mañana(?=\s(?:por|se|a)\b)"
        r"|(?:la )?(?:semana|primavera) pasada\b|(?:el )?(?:mes|año|verano|invierno) pasado\b"
        r"|(?:la )?próxima semana\b|(?:el )?próximo (?:mes|año|verano|otoño)\b"
        r"|hace (?:\d+|una?|dos|tres|cuatro|cinco|seis|diez) \w+"
        r"|أمس|اليوم(?=\s|[.،]|$)|غداً?|(?:الأسبوع|الشهر|العام) (?:الماضي|المقبل|القادم)"
    )


def joined_dates(text: str) -> list[Candidate]:
    """Dates with what belongs to them: "Tuesday, 4 May 2031 at 9:15"; clock times where there is no date."""
    found: list[Candidate] = []
    for one in dates_and_clocks(text):
        last = found[-1] if found else None
        if last and text[last.end : one.start] in _DATE_JOINS:
            found[-1] = replace(last, end=one.end, sort="date")
        else:
            found.append(one)
    return [one for one in found if one.sort == "date"] or found


def said_then(text: str, start: int, question: str) -> bool:
    """True if the date at `start` of `text` tells only when something was said, as in "She said on Tuesday
    that the mill had closed", and `question`, folded, doesn't ask about that saying."""
    verb = next((verb for verb in _sayings() if verb[0].search(text[:start])), None)
    return verb is not None and not verb[1].search(question)


@cache
def _sayings() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Each verb of saying where it ends a text, but for what leads to a date; and folded, anywhere."""
    return [
        (
            re.compile(rf"(?<!\w)(?:{verb}){_TO_WHOM}{_ON}$", re.IGNORECASE),
            re.compile(rf"(?<!\w)(?:{folded(verb)})(?!\w)"),
        )
        for verb in _SAYINGS
    ]
