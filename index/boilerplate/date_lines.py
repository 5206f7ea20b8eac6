"""Lines that say when: an article's date, the time of an entry, how long ago."""

import re

from index.when.dates import find_dates

_LONGEST_DATE_LINE = 120
_DIGIT = re.compile(r"\d")
_DATE_WORDS = re.compile(
    r"\b(?:first )?(?:published|posted|updated|last|modified|created|edited|reviewed|update|date|on|at|of"
    r"|time|edt|est|gmt|utc|ago|just now|now|today|yesterday|"
    r"seconds?|min(?:ute)?s?|hrs?|hours?|days?|weeks?|months?|read|local|am|pm|mon(?:day)?|tues?(?:day)?"
    r"|wed(?:nesday)?|thu(?:rs)?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"publicad[oa]|actualizad[oa]|última|actualización|fecha|creado|modificado|el|a|las?|de|del|hace|horas?"
    r"|minutos?|d[ií]as?|hoy|ayer|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|"
    r"hora|h|hrs|lectura|"
    r"نُ?شرت?|تم النشر|النشر|تاريخ|تاريخ النشر|آخر|تحديث|التحديث|حُ?دث|في|الساعة|منذ|قبل|ساعات|ساعة|ساعتين"
    r"|دقائق|دقيقة|دقيقتين|قراءة|يوم|أيام|يومين|اليوم|أمس|بتوقيت|غرينتش|مكة|المكرمة|القدس|القاهرة|"
    r"(?:ال)?(?:سبت|أحد|احد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة)|ص|م|صباحا|مساء|هـ|ميلادي|الموافق|كتب)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}[:h]\d\d(?::\d\d)?(?!\d)(?:\s?[ap]\.\s?m\.)?"
    r"|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b",
    re.IGNORECASE,
)
_DOTTED_CLOCK = re.compile(r"(?<![\d.,])(?:[01]?\d|2[0-3])[.:][0-5]\d(?![\d.,])")
_AGE = re.compile(
    r"\b\d+\s?(?:sec(?:ond)?|min(?:ute)?|hour|hr|h|day|week|month)s? ago\b|\bhace (?:\d+|una?) \w+"
    r"|(?:منذ|قبل) (?:\d+ )?(?:ساع|دقي|دقا|يوم|أيام|أسبوع)\w*",
    re.IGNORECASE,
)


def is_clock(line: str) -> bool:
    """True for a line without letters that is a time of day or holds a date."""
    return bool(_CLOCK.search(line) or _DOTTED_CLOCK.fullmatch(line)) or any(find_dates(line))


def is_date_line(line: str) -> bool:
    """True if nothing is left of a line without its dates, times and the words that go with them."""
    if len(line) > _LONGEST_DATE_LINE:
        return False
    without = without_dates(line)
    if without == line and not _AGE.search(line):
        return False
    left = _DATE_WORDS.sub("", _AGE.sub("", without))
    return not any(character.isalpha() for character in left)


def without_date_words(line: str) -> str:
    """What is left of a line without its dates and the words that go with them."""
    return _DATE_WORDS.sub("", without_dates(line)).strip(" ,،|·•–—-/:")


def without_dates(line: str) -> str:
    """The line without its dates and times of day."""
    if not _DIGIT.search(line):
        return line
    for found in reversed(list(find_dates(line))):
        line = line[: found.start] + line[found.end :]
    return _CLOCK.sub("", line)
