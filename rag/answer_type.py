"""What kind of answer a question wants, and whether a sentence holds one: a date for "when", a figure for
"how many", a quotation or a denial for "what did they answer".

Only kinds that the words on the page show by their form are known; for other questions nothing is said.
"""

import re

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
)
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tonight|"
    "lunes|martes|miércoles|jueves|viernes|sábado|domingo|hoy|ayer|"
    "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|اليوم|أمس"
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


# Each kind: how a question asks for it, and what a sentence that gives it holds.
_KINDS = (
    (
        _words(r"when|what (?:day|date|year|month|time)|cuándo|qué (?:día|fecha|año|mes)|متى"),
        re.compile(rf"\b(?:{_MONTHS}|{_DAYS})\b|\b(?:1[5-9]|20)\d\d\b|\b\d{{1,2}}[:.]\d\d\b", re.IGNORECASE),
    ),
    (
        _words(r"how (?:old|many|much|long|far|big|large|tall|high|often|fast)|cuánt[oa]s?|qué edad|كم"),
        re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE),
    ),
    (
        _words(
            r"(?:what|how) (?:did|does|do|has|have|was|is|were) .*\b(?:say|said|answer(?:ed)?|repl(?:y|ied)|"
            r"respon(?:d|ded|se)|react(?:ed|ion)?|comment(?:ed)?|tell|told)|qué (?:dijo|respondió|contestó)|"
            r"cómo (?:reaccionó|respondió)|ماذا قال(?:ت)?|بماذا رد(?:ت)?|كيف رد(?:ت)?"
        ),
        re.compile(rf"[“«\"]|\b(?:{_SPOKEN})\b", re.IGNORECASE),
    ),
)


def holds_answer(question: str, sentence: str) -> bool | None:
    """True or False as `sentence` holds the kind of thing `question` asks for; None where it asks for no
    kind that is known by its form."""
    for asks, holds in _KINDS:
        if asks.search(question):
            return holds.search(sentence) is not None
    return None
