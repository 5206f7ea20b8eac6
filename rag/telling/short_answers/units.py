"""Units of measure and the nouns that "how many" counts, and which of them are the same."""

import re
from functools import cache

from index.language import folded
from rag.telling.short_answers.words import is_arabic, stem

CURRENCY = r"(?:(?:US|C|A|NZ|HK|R)?\$|[€£¥₹₽₺])"
PER = (
    r"\s(?:an?|per|each|every|por|al|a la|cada|في)\s(?:second|minute|hour|day|night|week|month|year|"
    r"person|head|"
    r"household|kilo|kilogram|litre|tonne|hora|día|mes|año|semana|persona|الساعة|اليوم|الشهر|السنة|العام)\b"
)
PERCENT = (
    r"\s?[%٪]|[\s-](?:per\s?cent|percentage points?|percent|por ciento|في المئة|في المائة|بالمئة|بالمائة)\b"
)
GLUED = r"(?:km/h|kmh|kph|mph|km|cm|mm|m|kg|g|t)"
# Units: the sort they measure, and how many of that sort's base each is.
_UNITS = {
    "time": "second,segundo,ثانية,ثوان:1 minute,minuto,دقيقة,دقائق:60 hour,hora,ساعة,ساعات:3600 "
    "day,día,يوم,أيام,يوما:86400 night,noche:86400 week,semana,أسبوع,أسابيع:604800 fortnight:1209600 "
    "month,mes,meses,شهر,أشهر,شهرا:2629800 year,año,سنة,سنوات,عام,أعوام,عاما:31557600 "
    "decade,década,عقد,عقود:315576000 century,centuries,siglo,قرن,قرون:3155760000",
    "length": "metre,meter,metro,متر,مترا,أمتار,m:1 "
    "km,kilometre,kilometer,kilómetro,كيلومتر,كيلومترا,كيلومترات:1000 "
    "centimetre,centimeter,centímetro,cm:0.01 millimetre,millimeter,milímetro,mm:0.001 mile,milla:1609.344 "
    "foot,feet:0.3048 yard:0.9144 inch,inches:0.0254",
    "weight": "kg,kilogram,kilo,kilogramo,كيلوغرام,كيلوغراما:1 gram,gramo,g:0.001 "
    "tonne,ton,tonelada,طن,طنا,أطنان,t:1000 ounce:0.02835",
    "speed": "km/h,kmh,kph:1 mph:1.609344 knot,nudo:1.852",
    "heat": "degree,grado,درجة,درجات:1",
    "times": "time,vez,veces,مرة,مرات:1",
    "money": "dollar,dólar,dólares,دولار,دولارا:1 euro,يورو:1 pound,libra:1 crown,corona:1 "
    "real,reales:1 peso:1 "
    "franc,franco:1 dinar,دينار,دينارا:1 riyal,ريال,ريالا:1 dirham,درهم,درهما:1 lira,ليرة:1 "
    "rouble,ruble:1 yen:1 "
    "yuan:1 rupee:1 krone,kroner,kronor,krona:1 złoty,zloty:1 cent:1 pence,penny:1 جنيه,جنيها:1",
}
CURRENCY_WORDS = {"$": "dollar", "us$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee"}
# Nouns that questions and articles use for the same things; each stands for its line's first.
_ALIKE = """
people person persons persona personas gente شخص شخصا أشخاص
home house household vivienda casa hogar
job position post empleo puesto
"""
_HUMANS = """
inhabitant resident passenger worker employee villager spectator viewer student pupil child children
man men woman women soldier patient demonstrator protester refugee migrant victim visitor guest fan
voter member teacher officer tourist habitante vecino pasajero trabajador empleado alumno herido
muerto víctima civil عامل عمال موظف راكب ساكن injured dead
"""
_IRREGULAR_PLURALS_WORDS = """
people men women children police staff crew feet teeth fish sheep deer cattle personnel mice geese
"""
_IRREGULAR_PLURALS = frozenset(_IRREGULAR_PLURALS_WORDS.split())
_NO_PLURALS = re.compile(r"(?:ss|us|is|ous|['’]s)$")


@cache
def measures() -> dict[str, tuple[str, float]]:
    """The sort and the size of each unit, by the form `noun_form` gives."""
    found = {}
    for sort, entries in _UNITS.items():
        for entry in entries.split():
            forms, _, size = entry.partition(":")
            for form in forms.split(","):
                found[_bare(form)] = (sort, float(size))
    return found


@cache
def _alike() -> dict[str, str]:
    return {
        stem(word): stem(line.split()[0]) for line in _ALIKE.strip().splitlines() for word in line.split()
    }


@cache
def _humans() -> frozenset[str]:
    return frozenset(stem(word) for word in _HUMANS.split())


def noun_form(word: str) -> str:
    """The form in which units are compared: a measure's name in the singular, else the stem."""
    bare = _bare(word)
    forms = (bare, bare.removesuffix("s"), bare.removesuffix("es"))
    return next((form for form in forms if form in measures()), stem(word))


def _bare(word: str) -> str:
    return folded(word).replace("ł", "l")


def is_plural(word: str) -> bool:
    """True if an English or Spanish word looks like the plural of a noun."""
    plain = word.casefold()
    return plain in _IRREGULAR_PLURALS or (
        len(plain) > 3 and plain.endswith("s") and not _NO_PLURALS.search(plain)
    )


def is_same_unit(one: str, other: str) -> bool:
    """True for the same noun, for two that are used alike, and for people beside any of those that
    people are."""
    if not one or not other:
        return False
    one, other = _alike().get(one, one), _alike().get(other, other)
    people = stem("people")
    return (
        one == other
        or (one == people and other in _humans())
        or (other == people and one in _humans())
        or (
            is_arabic(one)
            and min(len(one), len(other)) > 2
            and (one.startswith(other) or other.startswith(one))
        )
    )
