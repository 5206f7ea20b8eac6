"""What a question wants, told by its form: how many, when, who."""

import re
from dataclasses import dataclass
from functools import cache

from index.language import folded
from rag.telling.short_answers.units import is_plural, noun_form
from rag.telling.short_answers.words import FUNCTION_WORDS, WORD, is_arabic

_PREPOSITION_ASKED = (
    r"(?:(?:at|in|on|for|from|to|by|with|since|until|of|about|under|near|after|before|through|a|de|desde|en|"
    r"hasta|por|para|con|في|منذ|إلى|حتى)\s)?"
)
_BE = r"(?:is|was|are|were|will be)"
_AUX = r"(?:did|does|do|is|was|will|would|has|have|had|were|are|could|can|must|should)"
_PAID = (
    r"(?:pa(?:y|ys|id)|costs?|earn\w*|rais\w+|spen[dt]|worth|receiv\w+|steal|stole\w*|owe\w*|sell|sold|buy|bought|"
    r"donat\w+|price\w*|fined?|charge\w*|lose|lost|embezzl\w+|invest\w*|borrow\w*|bid|awarded|get back)"
)
_NAMED_THINGS = (
    r"(?:company|firm|business|bank|club|team|party|newspaper|paper|channel|network|broadcaster|agency|country|"
    r"nation|city|town|village|island|river|lake|province|region|district|county|street|airport|port|"
    r"university|college|school|hospital|museum|hotel|ship|ferry|vessel|airline|organi[sz]ation|union|ministry|"
    r"court|band|film|book|magazine|man|woman|person|player|minister|politician|judge|coach|officer|author)"
)
# The sorts of answer, by how the question begins; the first that fits counts.
_ASKS = (
    ("age", rf"how old|what age|what {_BE} .*\bage\b|qué edad|cuántos años (?:tiene|tenía)|(?:كم|ما) عمر"),
    ("clock", r"(?:what|which) (?:time|hour)\b|qué hora|أي ساعة|كم الساعة"),
    (
        "date",
        r"(?:when|(?:what|which) (?:day|date|year|month|weekday|season|century|decade))\b"
        rf"|what {_BE} the (?:date|year|day)\b|cuándo|qué (?:día|fecha|año|mes)\b|متى|أي (?:يوم|عام|"
        rf"سنة|شهر|تاريخ)"
        r"|ما (?:هو )?(?:تاريخ|موعد)",
    ),
    (
        "share",
        r"(?:what|which) (?:percentage|share|proportion|fraction|per ?cent)\b|how many per ?cent\b"
        r"|how (?:large|big|high|great) (?:an? |the )?(?:percentage|share|proportion|part|fraction)\b"
        r"|qué (?:porcentaje|proporción)|(?:ما|كم|أي) (?:هي )?نسبة|كم (?:في المئة|بالمئة)",
    ),
    ("time", r"how long\b|cuánto tiempo|كم من الوقت|ما مدة"),
    (
        "length",
        r"how (?:far|tall|high|deep|wide|thick|broad)\b|what (?:height|depth|distance|altitude|"
        r"width|length)\b"
        r"|qué (?:distancia|altura|profundidad)|cuánto mide|(?:ما|كم) (?:يبلغ |تبلغ )?(?:طول|ارتفاع|"
        r"عمق|مسافة)",
    ),
    (
        "speed",
        rf"how fast|(?:what|which) speed|what {_BE} .*\bspeed\b|qué velocidad|(?:ما|كم|بأي) (?:تبلغ )?سرعة",
    ),
    (
        "weight",
        rf"how heavy|how much {_AUX} .*\bweigh|what weight|what {_BE} the weight|cuánto pes|(?:ما|"
        rf"كم) (?:وزن|يزن|تزن)",
    ),
    (
        "heat",
        rf"how (?:hot|cold|warm)\b|what temperature|what {_BE} the temperature|qué temperatura|"
        rf"ما درجة الحرارة",
    ),
    ("times", r"how (?:often|frequently|many times)\b|qué frecuencia|cada cuánto|cuántas veces|كم مرة"),
    (
        "money",
        r"how expensive|how much (?:\w+ )?(?:money|cash|compensation|debt)\b"
        rf"|how much {_AUX} .*\b{_PAID}\b|how much (?:more )?{_PAID}\b"
        r"|what (?:\w+ )?(?:price|cost|fine|sum|amount|budget|salary|fee|rent|profit|debt|wage|fare|"
        r"bail|ransom)\b"
        rf"|what {_AUX} .*\b(?:price|costs?|worth|salary|fee|fine|budget|value|rent|pay|wage|ransom)\b"
        r"|cuánto (?:dinero|c[uo]e?st\w+|val\w+|cobr\w+|pag\w+|gan\w+|gast\w+|invirti\w+|invertir\w+)"
        r"|qué (?:precio|coste|costo|importe|multa|sueldo)"
        r"|كم (?:كل[فّ]\w*|تكل\w*|يكل\w*|بلغت تكلفة|سعر|ثمن|دفع\w*)|ما (?:هو |هي )?(?:سعر|ثمن|تكلفة|"
        r"كلفة|قيمة)|بكم",
    ),
    ("count", r"how many\b|what number of|cuánt[oa]s\b|ما عدد|كم(?:\s|$)"),
    (
        "much",
        r"how (?:much|big|large)\b|what (?:population|quantity|number)\b"
        rf"|what {_BE} the (?:population|number|total|size|capacity)\b|cuánt[oa]\b|qué cantidad",
    ),
    (
        "name",
        rf"what(?:['’]s| {_BE}) the names? of|what {_BE} .*\b(?:called|named)\W*$|what name"
        rf"|(?:what|which) (?:\w+ )?{_NAMED_THINGS}\b(?! of the)|cómo se llama|(?:cuál|"
        rf"qué) (?:es el |era el )?nombre"
        r"|qué (?:país|ciudad|empresa|compañía|partido|equipo|banco|pueblo|periódico|isla|río|"
        r"hospital|universidad)\b"
        r"|ما (?:هو )?اسم|أي(?:ة)? (?:دولة|بلد|مدينة|شركة|حزب|فريق|صحيفة|جزيرة|قرية|مستشفى|جامعة)",
    ),
    ("where", r"(?:where|(?:what|which) place)\b|a?dónde|(?:من )?أين"),
    ("who", r"(?:who|whom|whose)\b|quién(?:es)?\b|من\s"),
    (
        "other",
        r"(?:what|why|how|which)\b|(?:por )?qué\b|cómo\b|cuál(?:es)?\b|(?:ماذا|لماذا|كيف|ما|أي|"
        r"بماذا|هل)(?:\s|$)",
    ),
)
_ASKS_AGAIN = (  # "… and when?"
    rf"\b(?:and|or|y|o)\s{_PREPOSITION_ASKED}"
    r"(?:who|whom|what|when|where|why|how|which|quién|qué|cuándo|dónde|cuánt[oa]s?|cómo)\b"
    r"|\sو(?:كم|متى|أين|لماذا|كيف|ماذا)\b"
)
_BEFORE_NOUNS = frozenset(("of", "the", "more", "other", "additional", "extra", "new", "de", "las", "los"))


@dataclass(frozen=True)
class Wanted:
    """What a question wants: the sort of answer, the nouns it counts, and the question itself, folded."""

    sort: str
    counted: frozenset[str]
    question: str


def what_is_wanted(question: str) -> Wanted | None:
    """What `question` wants, or None where it wants two things or what no form tells."""
    clauses = [clause for clause in re.split(r"[,;:،؛–—]\s+", question) if clause.strip()]
    asking = [(sort, clause) for clause in clauses if (sort := _sort_asked(clause))]
    if len(asking) == 2 and not re.match(_ASKS_AGAIN, asking[1][1], re.IGNORECASE):
        # "When it fell, who …"
        asking = [pair for pair in asking if pair[0] not in ("date", "where")] or asking
    if len(asking) != 1 or asking[0][0] == "other":
        return None
    sort, clause = asking[0]
    if re.search(_ASKS_AGAIN, clause[3:], re.IGNORECASE):
        return None
    return Wanted(sort, _counted(clause), folded(question))


def _sort_asked(clause: str) -> str:
    for sort, pattern in _asks():
        if pattern.match(clause):
            return sort
    return ""


@cache
def _asks() -> list[tuple[str, re.Pattern[str]]]:
    lead = r"[¿\s]*(?:(?:and|but|so|y|pero|exactly|about|roughly|و)\s)?" + _PREPOSITION_ASKED
    return [(sort, re.compile(rf"{lead}(?:{pattern})", re.IGNORECASE)) for sort, pattern in _ASKS]


def _counted(clause: str) -> frozenset[str]:
    """The stems of what "how many" counts: its plurals, or where there are none all its words."""
    found = re.search(
        r"\b(?:how (?:many|much)|cuánt[oa]s?|what number of)\s|(?<!\w)(?:كم|عدد)\s", clause, re.IGNORECASE
    )
    if found is None:
        return frozenset()
    words: list[str] = []
    for word in WORD.findall(clause[found.end() :]):
        if word.casefold() in _BEFORE_NOUNS:
            continue
        if word.casefold() in FUNCTION_WORDS:
            break
        words.append(word)
        if len(words) == 3 or is_arabic(word):
            break
    plurals = [word for word in words if is_plural(word)]
    return frozenset(noun_form(word) for word in plurals or words)
