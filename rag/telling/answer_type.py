"""What kind of answer a question wants, and whether a sentence holds one: a date for "when", a figure for
"how many", a quotation or a denial for "what did they answer".

Only kinds that the words on the page show by their form are known; for other questions nothing is said.
"""

import re
from dataclasses import dataclass

from index.schema import Span
from index.when.calendar_names import MONTHS, WEEKDAYS
from index.when.relative_dates import resolve

_MONTHS = "|".join(name for names in MONTHS.values() for name in names)
_DAYS = "|".join(name for names in WEEKDAYS.values() for name in names) + (
    "|today|yesterday|tonight|hoy|ayer|اليوم|أمس"
)
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|"
    "half|third|quarter|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|cien|cientos|mil|miles|millones|"
    "اثنان|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|مئة|مئات|ألف|آلاف|مليون"
)
_SPOKEN = (
    r"den(?:y|ies|ied)|reject(?:s|ed)?|refut\w+|condemn\w*|said|says|told|answer\w*|repl(?:y|ied)|respon\w+|"
    r"react\w*|call(?:s|ed)|insist\w*|admit\w*|apologi\w+|welcom\w+|dijo|negó|niega|rechaz\w+|respondi\w+|"
    r"afirm\w+|desminti\w+|asegur\w+|قال|قالت|نفى|نفت|رفض|رفضت|أكد|أكدت|رد|ردت"
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Kind:
    """How a question asks for it, what a sentence that gives it holds, and how much that tells."""

    asks: re.Pattern[str]
    holds: re.Pattern[str]
    weight: float
    is_date: bool = False


_AGE = _Kind(
    _words(r"how old|age|qué edad|edad de|cuántos años tiene|كم عمر|عمر"),
    re.compile(
        r"\b\d{1,3}[\s-](?:years?|months?|days?|weeks?)[\s-]old\b|\baged? (?:of )?\d|[,(] ?\d{1,3} ?[,)]"
        r"|\b\d{1,3} años\b|\b\d{1,3} (?:عام|سنة|عاما|عاماً)",
        re.IGNORECASE,
    ),
    0.15,
)
_KINDS = (
    _AGE,
    _Kind(
        _words(
            r"when|what (?:day|date|year|month|time)|the date|cuándo|"
            r"(?:qué|la) (?:día|fecha|año|mes)|متى|تاريخ"
        ),
        re.compile(rf"\b(?:{_MONTHS}|{_DAYS})\b|\b(?:1[5-9]|20)\d\d\b|\b\d{{1,2}}[:.]\d\d\b", re.IGNORECASE),
        0.08,
        is_date=True,
    ),
    _Kind(
        _words(
            r"how (?:many|much|long|far|big|large|tall|high|often|fast)|"
            r"what .*\b(?:cost|price|percentage|population)|cuánt[oa]s?|كم"
        ),
        re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE),
        0.05,
    ),
    _Kind(
        _words(
            r"(?:what|how) (?:did|does|do|has|have|was|is|were) .*\b(?:say|said|answer(?:ed)?|repl(?:y|ied)|"
            r"respon(?:d|ded|se)|react(?:ed|ion)?|comment(?:ed)?|tell|told)|qué (?:dijo|respondió|contestó)|"
            r"cómo (?:reaccionó|respondió)|ماذا قال(?:ت)?|بماذا رد(?:ت)?|كيف رد(?:ت)?"
        ),
        re.compile(rf"[“«\"]|\b(?:{_SPOKEN})\b", re.IGNORECASE),
        0.05,
    ),
)


def fit(question: str, sentence: Span) -> float:
    """How much `sentence` gains in score by holding the kind of thing `question` asks for, or loses by not
    holding it; nothing where the question asks for no kind that is known by its form.

    "Last week" is a date where the article's own day says which week it was.
    """
    for kind in _KINDS:
        if kind.asks.search(question):
            holds = kind.holds.search(sentence.text) or (kind.is_date and _resolved(sentence))
            return kind.weight if holds else -kind.weight
    return 0.0


def gives_an_age(question: str, sentence: Span) -> bool | None:
    """Whether `sentence` holds an age; None where `question` asks for something else."""
    return bool(_AGE.holds.search(sentence.text)) if _AGE.asks.search(question) else None


def _resolved(sentence: Span) -> bool:
    article = sentence.article
    return bool(
        resolve(article.text, article.published, article.language, start=sentence.start, end=sentence.end)
    )
