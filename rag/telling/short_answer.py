"""The few words of a sentence that answer a question: "$25 million", "in a quarry near Lunmoor", "3:41".

They are cut by offsets, never written. What the question wants is told by its form (how many, when, who);
what the sentence holds of that kind are candidates. Where more than one could be meant nothing is given, for
no short answer is better than a wrong one.

>>> article = Article("a.txt", "a.txt", "The storm left 34,000 homes in the dark for two days.")
>>> found = short_answer("How many homes had no power?", Span(article, 0, len(article.text)))
>>> found and found.text
'34,000 homes'
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from index.language import folded, question_language
from index.schema import Article, Span
from index.stopwords import STOPWORDS
from index.when.calendar_names import MONTHS, SHORT_MONTHS, WEEKDAYS
from index.when.dates import EASTERN_DIGITS

Likelihood = Callable[[int, int], float]
"""Of a span `[start, end)` of the article's text: how likely it is the answer; higher is likelier."""

_Offsets = tuple[int, int]
_STEM = 5  # letters by which words are compared, as names are
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FUNCTION_WORDS = STOPWORDS["en"] | STOPWORDS["es"] | STOPWORDS["ar"]
_PLAIN_FIGURES = EASTERN_DIGITS | str.maketrans("٫٬−", ".,-")  # one for one, so that offsets hold

# What a question wants, by how it begins; the first that fits counts.

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
_COMES_FROM = (
    r"\b(?:from|com(?:e|es|ing)|came|origin\w*|obtain\w*|buy|bought|get|gets|got|desde|de donde|viene\w*)\b"
)
_MOVES = (
    r"\b(?:go|goes|going|gone|went|mov\w+|sent|send|travel\w*|flee|fled|flown|head\w*|transferred|taken|to)\b"
)

# Numbers, as digits and as words.


def _numbered(words: str, first: int, step: int = 1) -> dict[str, float]:
    return {form: first + step * n for n, forms in enumerate(words.split()) for form in forms.split(",")}


_NUMBERS: dict[str, float] = {
    **_numbered(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
        1,
    ),
    **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    **_numbered(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
        "diecisiete "
        "dieciocho diecinueve veinte veintiuno,veintiuna,veintiún veintidós veintitrés "
        "veinticuatro veinticinco "
        "veintiséis veintisiete veintiocho veintinueve",
        2,
    ),
    **_numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa cien,ciento", 30, 10),
    **_numbered(
        "doscientos,doscientas trescientos,trescientas cuatrocientos,cuatrocientas quinientos,quinientas "
        "seiscientos,seiscientas setecientos,setecientas ochocientos,ochocientas novecientos,novecientas",
        200,
        100,
    ),
    **_numbered(
        "أحد,إحدى اثنا,اثني,اثنتا,اثنتي ثلاثة,ثلاث أربعة,أربع خمسة,خمس ستة,ست سبعة,سبع ثمانية,ثماني,ثمان "
        "تسعة,تسع عشرة,عشر",
        1,
    ),
    **_numbered(
        "عشرون,عشرين ثلاثون,ثلاثين أربعون,أربعين خمسون,خمسين ستون,ستين سبعون,سبعين ثمانون,ثمانين تسعون,تسعين",
        20,
        10,
    ),
    **{"مئتان": 200, "مئتين": 200, "مئتي": 200, "ألفان": 2e3, "ألفين": 2e3, "ألفي": 2e3},
    **{"مليونان": 2e6, "مليونين": 2e6, "مليوني": 2e6},
}
_HALVES = frozenset(("half", "medio", "media", "نصف", "ونصف"))
_SCALES: dict[str, float] = {
    **{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12},
    **{"mil": 1e3, "millón": 1e6, "millones": 1e6, "billones": 1e12, "docena": 12, "centenar": 100},
    **{"مئة": 100, "مائة": 100, "ألف": 1e3, "ألفا": 1e3, "ألفاً": 1e3, "آلاف": 1e3, "مليون": 1e6},
    **{"ملايين": 1e6, "مليار": 1e9, "مليارات": 1e9, "bn": 1e9, "mn": 1e6, "tn": 1e12, "k": 1e3},
}
_NO_FIGURE_ALONE = frozenset(("millones", "billones", "آلاف", "ملايين", "مليارات"))
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "tercio": 3}
_PARTS_ALONE = {"mitad": 0.5, "نصف": 0.5, "ثلث": 1 / 3, "ربع": 0.25}
_HEDGE = (
    r"(?:at least|at most|(?:no )?(?:more|less|fewer) than|just (?:over|under)|well over|about|"
    r"around|roughly|"
    r"nearly|almost|some|up to|over|under|approximately|an estimated|close to|as many as|"
    r"an average of|unos|unas|"
    r"casi|cerca de|alrededor de|más de|menos de|al menos|por lo menos|hasta|aproximadamente|نحو|حوالي|قرابة|"
    r"أكثر من|أقل من|ما لا يقل عن|ما يقارب|زهاء)"
)
_TAKES_OF = (  # "146 millones de reales"
    r"(?:millones|millón|docenas?|decenas|cientos|miles|centenar\w*|dozens?|hundreds|thousands|millions|scores)$"
)
_CURRENCY = r"(?:(?:US|C|A|NZ|HK|R)?\$|[€£¥₹₽₺])"
_PER = (
    r"\s(?:an?|per|each|every|por|al|a la|cada|في)\s(?:second|minute|hour|day|night|week|month|year|"
    r"person|head|"
    r"household|kilo|kilogram|litre|tonne|hora|día|mes|año|semana|persona|الساعة|اليوم|الشهر|السنة|العام)\b"
)
_PERCENT = (
    r"\s?[%٪]|[\s-](?:per\s?cent|percentage points?|percent|por ciento|في المئة|في المائة|بالمئة|بالمائة)\b"
)
_GLUED = r"(?:km/h|kmh|kph|mph|km|cm|mm|m|kg|g|t)"

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
_CURRENCY_WORDS = {"$": "dollar", "us$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee"}
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
_BEFORE_NOUNS = frozenset(("of", "the", "more", "other", "additional", "extra", "new", "de", "las", "los"))
_IRREGULAR_PLURALS_WORDS = """
people men women children police staff crew feet teeth fish sheep deer cattle personnel mice geese
"""
_IRREGULAR_PLURALS = frozenset(_IRREGULAR_PLURALS_WORDS.split())
_NO_PLURALS = re.compile(r"(?:ss|us|is|ous|['’]s)$")

# Dates, clock times, names, places.

_PART_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night|por la (?:mañana|tarde|noche)|صباحا|مساء))"
_NUMBER_WORD = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|\d{1,3})"
_CLOCK = (
    r"(?<![\d:.,])(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?|[.h][0-5]\d(?=\s?[ap]\.?m\b|\s?(?:hrs|horas|h)\b))"
    r"(?!\d)(?:\s?(?:[ap]\.m\.|[ap]m\b|o['’]clock|hrs\b|horas\b|h\b|GMT\b|UTC\b|صباحا|مساء))?"
    r"|(?<![\d:.,])(?:1[0-2]|[1-9])(?:[.:][0-5]\d)?\s?(?:[ap]\.m\.|[ap]m\b|o['’]clock)"
    rf"|\b(?:{_NUMBER_WORD}|half past \w+|(?:a )?quarter (?:past|to) \w+)(?:\so['’]clock)?\sin the"
    r"\s(?:morning|afternoon|evening)\b"
    rf"|\b(?:{_NUMBER_WORD}\so['’]clock|half past \w+|(?:a )?quarter (?:past|to) \w+|noon|midday|"
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
_NOT_ALONE_WORDS = """
may march mar sat set jan ene feb apr abr jun jul aug ago sept sep oct nov dec dic
"""
_NOT_ALONE = frozenset(_NOT_ALONE_WORDS.split())
_PARTICLES_WORDS = """
de del la las los van von der den ter bin ibn al el da do dos di du le y
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_INSTITUTIONS = re.compile(
    r"(?:bank|university|ministry|minister|court|museum|institute|department|house|board|council|association|"
    r"federation|union|president|bishop|archbishop|king|queen|duke|republic|port|isle|bay|gulf|secretary|office|"
    r"chamber|school|church|society|banco|universidad|ministerio|ministro|tribunal|museo|instituto|academy|"
    r"college|hospital|centre|center|party|company|agency|commission|committee|authority|group|trust|fund|"
    r"stadium|hotel|street|road|square|river|lake|island|islands|prize|award|cup|league|festival|act|airport|"
    r"bridge|press|post|times|herald|ledger|courier|gazette|dispatch|data|ltd|inc|plc|club|town|united|city)",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|judge|justice|president|minister|king|queen|prince|"
    r"princess|pope|bishop|archbishop|father|sister|colonel|general|captain|major|inspector|sergeant|senator|"
    r"sheikh|imam|rabbi|don|doña|sr|sra|doctor|doctora|señor|señora)\.?",
    re.IGNORECASE,
)
_PERSONS_ASKED = (
    r"\b(?:wom[ae]n|m[ae]n|person|player|minister|politician|judge|coach|officer|author|captain|\w{3,}man)\b"
)
_PLACES_ASKED = r"\b(?:country|nation|city|town|village|island|province|region|pais|ciudad|pueblo|isla)\b"
_SPEAKS = (
    r"said|says|told|tells|announced|reported|confirmed|added|argue[sd]|concede[sd]|note[sd]|replie[sd]|insist(?:s|ed)|"
    r"explain(?:s|ed)|maintain(?:s|ed)|admit(?:s|ted)|dijo|explicó|afirmó|aseguró|señaló"
)
_SOMEBODY = (
    r"company|firm|bank|union|family|families|cousin|brother|sister|mother|father|son|daughter|children|parents|widow|"
    r"police|government|council|ministry|party|team|agency|school|tanker|residents|driver|mechanic|neighbour|owners?|"
    r"group|workers|student|students|farmers?|villagers|hostages|wom[ae]n|m[ae]n|baby|boy|girl|cook|doctor|doctors"
)
_NAME_HONOURS = r"(?:don|doña|sor|fray)\s"
_ROLE = re.compile(
    r"(?:\w+(?:er|or|ist|ian|man|woman|ant)|chief|executive|coach|head|judge|captain|president|boss|scholar)"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|off|outside|inside|across|around|into|of|en|desde|cerca de)\s(?:the\s|el\s|la\s)?$"
)
_ARABIC_TITLE = re.compile(
    r"(?<!\w)[وبل]?(?:السيدة?|الدكتورة?|الشيخ|الرئيسة?|الوزيرة?|القبطان|المديرة?|المدرب|النائبة?|القاضية?|اللواء|"
    r"العميد|العقيد|الأمير|الملك|الملكة|الأستاذة?|المهندسة?|الكاتبة?|الشاعرة?|رئيسة? ال\w+|"
    r"وزيرة? ال\w+|مديرة? ال\w+|"
    r"محافظ \w+|المتحدثة? باسم ال\w+)\s"
)
_AT = (
    r"(?:in|at|from|near|to|off|outside|inside|on|onto|into|under|behind|aboard|beneath|beside|above|below|en|"
    r"desde|cerca de|junto a|frente a|hacia|في|قرب|داخل|خارج|إلى|عند)"
)
_DETERMINER = r"(?:an?|the|his|her|its|their|one of the|un|una|el|la|los|las|su|sus)"
_NO_PLACES_WORDS = """
morning evening afternoon night day week month year years time times moment end start beginning middle
fact way addition total all particular part return exchange order response favour interview statement
case report letter speech first last past future event long meantime course wake name view hope hands
turn front charge least most once risk odds expense age request cost price rate speed loss rise cut
figure vote ballot majority public person spring summer autumn winter weekend weekends century decade
record average doubt trouble danger dispute question mañana tarde noche semana mes año caso total parte
momento final principio
"""
_NO_PLACES = frozenset(_NO_PLACES_WORDS.split())
_BARE_PLACES_WORDS = """
court school hospital prison jail parliament church sea bed home casa
"""
_BARE_PLACES = frozenset(_BARE_PLACES_WORDS.split())
_PLACE_NOUN = re.compile(
    r"lighthouse|prison|port|harbour|station|airport|highlands|coast|valley|border|university|hospital|stadium|"
    r"square|bridge|district|suburb|suburbs|region|province|island|islands|restaurant|hotel|street|embassy|office"
)
_NO_NOUN = re.compile(r"(?:said|told|was|were|is|are|has|had|have|\w{2,}ed|\w{2,}ly|dijo|fue|era|ha)$")


@dataclass(frozen=True)
class _Wanted:
    """What a question wants: the sort of answer, the nouns it counts, and the question itself, folded."""

    sort: str
    counted: frozenset[str]
    question: str


@dataclass(frozen=True)
class _Candidate:
    """Words at `[start, end)` of a sentence that could be the answer.

    `sort` is what they are, `unit` the stem of what a quantity counts, `figure` how much. One that is not
    `sure` can't be told from other words by its form: it stands in the way of others, and is not chosen
    itself unless a likelihood says so.
    """

    start: int
    end: int
    sort: str
    unit: str = ""
    figure: float | None = None
    sure: bool = True

    def overlaps(self, others: Iterable["_Candidate"]) -> bool:
        return any(self.start < other.end and other.start < self.end for other in others)


def short_answer(question: str, sentence: Span, likelihood: Likelihood | None = None) -> Span | None:
    """The shortest words of `sentence` that answer `question`, or None where nothing tells which.

    With `likelihood` the likeliest of the candidates is given; without it one is given only if no other
    could be meant. A question that asks for two things gives None, as does one for what no form tells (why,
    what, how).
    """
    wanted = _wanted(question)
    if wanted is None:
        return None
    candidates = [
        candidate
        for candidate in _candidates(wanted, sentence)
        if not _is_set_aside(candidate, sentence.text)
        and not _is_in_question(candidate, sentence.text, question)
    ]
    chosen = _likeliest(candidates, sentence, likelihood) if likelihood else _only(candidates)
    if chosen is None:
        return None
    return Span(sentence.article, sentence.start + chosen.start, sentence.start + chosen.end)


def figure_of(text: str) -> float | None:
    """The figure of the only quantity in `text`, or None: 12 for "a dozen", 1500000 for "1.5 million".

    A measure is in its own unit ("two hours" is 2), a percentage in percent, a part in percent too.
    """
    quantity = _sole_quantity(text)
    return quantity.figure if quantity else None


def same_quantity(one: str, other: str) -> bool | None:
    """True if two texts give the same figure, False if they give different figures of the same unit; None
    if one gives none or several, or their units can't be compared.

    >>> same_quantity("a dozen", "12 people"), same_quantity("3bn", "4 billion"), same_quantity("3%", "3 men")
    (True, False, None)
    """
    first, second = _sole_quantity(one), _sole_quantity(other)
    if first is None or second is None or first.figure is None or second.figure is None:
        return None
    if first.sort != second.sort and not _is_bare_beside_money(first, second):
        return None
    if not first.unit or not second.unit or _is_same_unit(first.unit, second.unit):
        return math.isclose(first.figure, second.figure, rel_tol=1e-6)
    sizes = _measures().get(first.unit), _measures().get(second.unit)
    if first.sort == "money" or not sizes[0] or not sizes[1]:
        return None
    return math.isclose(first.figure * sizes[0][1], second.figure * sizes[1][1], rel_tol=0.005)


def _sole_quantity(text: str) -> _Candidate | None:
    found = list(_quantities(text, _dates_and_clocks(text)))
    return found[0] if len(found) == 1 else None


def _is_bare_beside_money(one: _Candidate, other: _Candidate) -> bool:
    """ "2.3 billion" beside "2.3 billion crowns"."""
    return {one.sort, other.sort} == {"count", "money"} and not (one if one.sort == "count" else other).unit


# The question.


def _wanted(question: str) -> _Wanted | None:
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
    return _Wanted(sort, _counted(clause), folded(question))


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
    for word in _WORD.findall(clause[found.end() :]):
        if word.casefold() in _BEFORE_NOUNS:
            continue
        if word.casefold() in _FUNCTION_WORDS:
            break
        words.append(word)
        if len(words) == 3 or _is_arabic(word):
            break
    plurals = [word for word in words if _is_plural(word)]
    return frozenset(_noun(word) for word in plurals or words)


def _is_in_question(candidate: _Candidate, text: str, question: str) -> bool:
    """True if `question` already says what the candidate says."""
    words = text[candidate.start : candidate.end]
    if candidate.figure is not None:
        return any(
            other.figure == candidate.figure and (other.unit == candidate.unit or not other.unit)
            for other in _quantities(question, _dates_and_clocks(question))
        )
    said = set(_stems(question)) | set(re.findall(r"\d+", question))
    content = set(_stems(words)) | set(re.findall(r"\d+", words))
    return bool(content) and content <= said


def _is_set_aside(candidate: _Candidate, text: str) -> bool:
    """True after "instead of", "down from" and the like: what is named there is what it no longer is."""
    return bool(_set_aside().search(text[: candidate.start]))


@cache
def _set_aside() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:instead of|rather than|against|compared (?:with|to)|unlike|not|(?:up|down) from|"
        r"including|among them|incluid[oa]s|en (?:lugar|vez) de|"
        r"frente a)\s(?:the\s|an?\s)?$|(?<!\w)بدلا من\s$",
        re.IGNORECASE,
    )


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text) if word.casefold() not in _FUNCTION_WORDS]


# The choice.


def _only(candidates: Sequence[_Candidate]) -> _Candidate | None:
    return candidates[0] if len(candidates) == 1 and candidates[0].sure else None


def _likeliest(candidates: Sequence[_Candidate], sentence: Span, likelihood: Likelihood) -> _Candidate | None:
    def of(candidate: _Candidate) -> float:
        return likelihood(sentence.start + candidate.start, sentence.start + candidate.end)

    return max(candidates, key=of, default=None)


def _candidates(wanted: _Wanted, sentence: Span) -> list[_Candidate]:
    text = sentence.text
    if wanted.sort == "clock":
        return [found for found in _dates_and_clocks(text) if found.sort == "clock"]
    if wanted.sort == "date":
        return _joined_dates(text)
    if wanted.sort == "where":
        return _places(text, wanted)
    if wanted.sort in ("who", "name"):
        return _names_wanted(wanted, sentence)
    if wanted.sort == "age":
        return _ages(text, wanted)
    return _quantities_wanted(wanted, text)


def _quantities_wanted(wanted: _Wanted, text: str) -> list[_Candidate]:
    """Those quantities of `text` that are of the sort asked for, or of what is counted."""
    taken = [*_dates_and_clocks(text), *_ages_in_apposition(text)]
    found = list(_quantities(text, taken))
    if wanted.sort == "times":
        return [*_frequencies(text), *(one for one in found if one.sort in ("times", "share"))]
    if wanted.sort not in ("count", "much"):
        measured = [one for one in found if one.sort == wanted.sort]
        is_size = not measured and re.match(r"how long (?:is|are|was|were)\b", wanted.question)
        return [one for one in found if one.sort == "length"] if is_size else measured
    matching = _matching(found, text, wanted)
    if matching:
        rivals = [one for one in found if not one.unit and one.sort == "count" and _goes_on(text, one)]
        return [*_parts_of_wholes(matching, text, wanted), *rivals]
    countable = [one for one in found if one.sort == "count"]
    if wanted.sort == "count":
        return [replace(one, sure=not one.unit) for one in countable]
    if wanted.counted or re.match(r"(?:by )?how much", wanted.question):
        return [one for one in found if not one.unit or one.sort != "count"]
    return [one for one in found if one.sort not in ("time", "times")]


def _matching(found: list[_Candidate], text: str, wanted: _Wanted) -> list[_Candidate]:
    """Those of what is counted: by the same noun, else by one that is used for it, or "80 "
    "millimetres of rain"."""
    same = [one for one in found if one.unit in wanted.counted]
    return same or [
        one
        for one in found
        if any(_is_same_unit(one.unit, noun) for noun in wanted.counted) or _is_measure_of(text, one, wanted)
    ]


def _is_measure_of(text: str, one: _Candidate, wanted: _Wanted) -> bool:
    stuff = re.match(r"\s(?:of|de)\s((?:[^\W\d_]+\s?){1,2})", text[one.end :])
    return stuff is not None and not wanted.counted.isdisjoint(_stems(stuff[1]))


def _goes_on(text: str, one: _Candidate) -> bool:
    """ "380 houses are planned and 244 are finished"."""
    return bool(re.search(r"\b(?:and|but|while|y|pero)\s$|;\s$", text[: one.start]))


def _parts_of_wholes(found: list[_Candidate], text: str, wanted: _Wanted) -> list[_Candidate]:
    """`found` without the whole of "640 of its 2,150 jobs", unless the question asks for the whole."""
    if re.search(r"\b(?:in all|in total|altogether|overall|en total)\b", wanted.question):
        return found
    return [
        one
        for one in found
        if not any(
            re.fullmatch(r"\s(?:out )?of (?:the|its|their|all|his|her)?\s?", text[other.end : one.start])
            for other in found
        )
    ]


# Quantities.


def _quantities(text: str, taken: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """The quantities of `text` with their hedge and their unit, but those inside `taken`."""
    plain = text.translate(_PLAIN_FIGURES)
    parts = [part for part in _parts(plain) if not part.overlaps(taken)]
    yield from parts
    spanish = question_language(text) == "es"
    previous: _Candidate | None = None
    for match in _number().finditer(plain):
        found = _quantity(plain, match, spanish)
        if found is None or found.overlaps([*taken, *parts]):
            continue
        if previous and _is_one_measure(plain, previous, found):
            found = replace(found, start=previous.start, figure=None)
        elif previous:
            yield previous
        previous = found
    if previous:
        yield previous


def _is_one_measure(text: str, one: _Candidate, other: _Candidate) -> bool:
    """ "Two hours and ten minutes"."""
    sizes = _measures().get(one.unit), _measures().get(other.unit)
    return (
        one.sort == other.sort in ("time", "length")
        and bool(sizes[0] and sizes[1] and sizes[0][1] > sizes[1][1])
        and text[one.end : other.start] in (" ", " and ", " y ", ", ")
    )


@cache
def _number() -> re.Pattern[str]:
    names = sorted((*_NUMBERS, *_SCALES, *_HALVES), key=len, reverse=True)
    name = rf"(?:{'|'.join(map(re.escape, names))})(?!\w)"
    scale = rf"(?:{'|'.join(map(re.escape, sorted(_SCALES, key=len, reverse=True)))})(?!\w)"
    digits = (
        r"(?:\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)(?![.,:/–-]?\d)"
    )
    join = (
        r"(?:[\s-]|(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s|\sand\sa\s(?=half)|(?<=nta)\sy\s"
        r"|\sy\s(?=medi)|\sو|\sa\s(?=million|billion|dozen|hundred|thousand))"
    )
    vague = (
        r"(?:tens|dozens|scores|hundreds|thousands|millions|decenas|docenas|cientos|miles|centenares|عشرات|مئات)"
        r"(?:\sof\s(?:thousands|millions)|\sde\s(?:miles|millones))?(?=\s(?:of|de)\s|\s[\u0600-\u06ff])"
    )
    return re.compile(
        rf"(?:(?<!\w)(?P<currency>{_CURRENCY})\s?|"
        rf"(?<![\w/:])(?<!\w[-–])(?<!\d[.,])(?<!no\s)(?!(?<=por )ciento))"
        rf"(?:(?P<vague>{vague})|(?P<minus>-|minus\s)?(?P<figure>{digits}"
        rf"(?:\s?{scale}|(?(currency)m|(?!)))?(?:\sand\sa\shalf)?(?:\s{scale})*(?=(?:{_GLUED})(?!\w)|(?!\w))"
        rf"|(?:(?:an?|una?)\s(?={scale}))?{name}(?:{join}{name})*))",
        re.IGNORECASE,
    )


def _quantity(text: str, match: re.Match[str], spanish: bool) -> _Candidate | None:
    """The quantity that begins with the number at `match`, or None where it is no number after all."""
    number = (match["figure"] or "").casefold()
    follows = text[match.end() :]
    if number in _HALVES or (number == "once" and not spanish) or _is_a_year(text, match):
        return None
    if number in ("one", "ten", "mil") and not re.match(r"[\s-][^\W\dA-Z_]{3,}", follows):
        return None
    figure = _figure(number, percent=bool(re.match(_PERCENT, follows))) if number else None
    if figure is not None and match["minus"]:
        figure = -figure
    hedge = re.search(rf"(?<!\w){_HEDGE}\s$", text[: match.start()], re.IGNORECASE)
    found = _Candidate(hedge.start() if hedge else match.start(), match.end(), "count", "", figure)
    return _with_unit(text, found, (match["currency"] or "").casefold(), number == "one")


def _is_a_year(text: str, match: re.Match[str]) -> bool:
    """True for a bare 2031 within a text, which newspapers seldom write for a quantity."""
    if match[0] == text.strip() or not re.fullmatch(r"(?:1[5-9]|20)\d\d", match[0]):
        return False
    measured = rf"{_PERCENT}|\s?{_GLUED}\b|\s(?:euros|dollars|pounds|crowns|metres|tonnes|people|personas)"
    return not re.match(measured, text[match.end() :])


def _figure(number: str, *, percent: bool) -> float | None:
    """What digits and number words come to; None where they name a scale and no number, as "millones"."""
    total = current = 0.0
    last = 1.0
    tokens = re.findall(r"\d[\d.,\u00a0\u202f]*|[^\W\d_]+", number)
    if tokens and tokens[0] in _NO_FIGURE_ALONE:
        return None
    for token in tokens:
        word = token if token in _NUMBERS or token in _SCALES or token in _HALVES else token.removeprefix("و")
        if token[0].isdigit():
            current += _digits(token.rstrip(".,"), percent=percent)
        elif word in _HALVES:
            total, current = (total + last / 2, current) if total and not current else (total, current + 0.5)
        elif word == "m" or _SCALES.get(word, 0) >= 1000:
            last = _SCALES.get(word, 1e6)
            total = total * last if total and not current else total + (current or 1) * last
            current = 0.0
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
        else:
            current += _NUMBERS.get(word, 0)
    return total + current


def _digits(token: str, *, percent: bool) -> float:
    """ "1,500", "1.500", "1,5" and "1.234,5": a sole mark before three digits parts thousands, unless it is
    of a percentage or after a nought."""
    token = re.sub(r"[\u00a0\u202f]", "", token)
    marks = re.findall(r"[.,]", token)
    if not marks:
        return float(token)
    tail = len(token) - max(token.rfind("."), token.rfind(",")) - 1
    decimal = len(set(marks)) > 1 or (len(marks) == 1 and (tail != 3 or percent or token[0] == "0"))
    whole = re.sub(r"[.,]", "", token)
    return float(f"{whole[:-tail]}.{whole[-tail:]}" if decimal else whole)


def _with_unit(text: str, found: _Candidate, currency: str, is_one: bool) -> _Candidate | None:
    follows = text[found.end :]
    if currency:
        unit = _CURRENCY_WORDS.get(currency, currency)
        return _with_rate(text, replace(found, sort="money", unit=unit))
    percent = re.match(_PERCENT, follows, re.IGNORECASE)
    if percent:
        return replace(found, end=found.end + percent.end(), sort="share")
    sign = re.match(rf"\s?(?:{_CURRENCY})(?!\d)", follows)
    if sign:
        unit = _CURRENCY_WORDS.get(sign[0].strip(), sign[0].strip())
        return replace(found, end=found.end + sign.end(), sort="money", unit=unit)
    degree = re.match(r"\s?(?:°\s?[CF]?\b|°|º\s?C\b)", follows)
    if degree:
        return replace(found, end=found.end + degree.end(), sort="heat", unit="degree")
    glued = re.match(rf"\s?({_GLUED})(?!\w)", follows)
    if glued:
        return replace(found, end=found.end + glued.end(), sort=_measures()[glued[1]][0], unit=glued[1])
    return _with_noun(text, found, is_one)


def _with_noun(text: str, found: _Candidate, is_one: bool) -> _Candidate | None:
    """`found` with the noun that follows it: "nautical miles", "unopened tubs", "of the 21 schools"."""
    among = re.match(
        r"\s(?:of|out of|de|من)\s(?:(?:the|its|their|all|every|those|las|los|sus)\s)?(?:\S*\d\S*\s)?",
        text[found.end :],
    )
    is_scale = bool(re.search(_TAKES_OF, text[: found.end], re.IGNORECASE))
    offset = found.end + (among.end() if among else 0)
    for place, (start, end) in enumerate(_words_on(text, offset)):
        word = text[start:end]
        noun = _noun(word)
        measure = _measures().get(noun)
        is_last = measure or _is_plural(word) or is_one or _is_arabic(word)
        if word.casefold() in _FUNCTION_WORDS or (place and not is_last and word[0].isupper() and not among):
            break
        if not is_last:
            continue
        grown = replace(found, end=found.end if among and not is_scale else end, unit=noun)
        return _with_rate(text, replace(grown, sort=measure[0] if measure else "count"))
    return found


def _words_on(text: str, offset: int) -> Iterator[_Offsets]:
    """Up to three words that follow `offset` with nothing but a space or a hyphen between."""
    for place in range(3):
        match = re.compile(
            r"(?:[\s-])?([^\W\d_]+(?:['’][^\W\d_]+)?)" if not place else r"[\s-]([^\W\d_]+)"
        ).match(text, offset)
        if match is None:
            return
        yield match.span(1)
        offset = match.end()


def _with_rate(text: str, found: _Candidate) -> _Candidate | None:
    """`found` with "an hour", "each", "Celsius" or "old" after it; None if "ago" makes it a date."""
    follows = text[found.end :]
    rate = re.match(_PER, follows, re.IGNORECASE)
    if rate:
        is_speed = found.sort == "length" and re.search(r"hour|hora|الساعة|second", rate[0])
        return replace(found, end=found.end + rate.end(), sort="speed" if is_speed else found.sort)
    if found.sort == "time":
        old = re.match(r"[\s-](?:old\b|of age\b|de edad\b)", follows)
        if old:
            return replace(found, end=found.end + old.end(), sort="age")
        if re.match(r"\s(?:ago|later|earlier|hence|previously|después|antes)\b", follows) or re.search(
            r"(?:\bhace|\bwithin the last|(?<!\w)قبل|(?<!\w)منذ)\s$", text[: found.start]
        ):
            return None
    scale = re.match(r"\s(?:Celsius|Fahrenheit|centígrados|مئوية)\b", follows)
    return replace(found, end=found.end + scale.end()) if scale and found.sort == "heat" else found


def _parts(text: str) -> Iterator[_Candidate]:
    """Parts of a whole: "a third", "two-fifths", "one in nine", "la mitad"; as percentages."""
    for match in _part().finditer(text):
        if match["of"]:
            figure = 100 * _NUMBERS.get(match["many"].casefold(), 1.0) / _PARTS[match["of"].casefold()]
        elif match["sole"]:
            figure = 100 * _PARTS_ALONE[match["sole"].casefold()]
        elif match["half"]:
            figure = 50.0
        else:
            low, high = (_figure(match[end].casefold(), percent=False) for end in ("low", "high"))
            if not low or not high:
                continue
            figure = 100 * low / high
        yield _Candidate(match.start(), match.end(), "share", "", figure)


@cache
def _part() -> re.Pattern[str]:
    small = "|".join(name for name in _NUMBERS if name.isascii())
    return re.compile(
        rf"\b(?:{_HEDGE}\s)?(?:(?P<many>an?|one|two|three|four|five|un|dos)[\s-](?P<of>{'|'.join(_PARTS)})s?"
        r"(?=\s(?:of\b(?! an hour| a century)|the\b|de\b|more\b|less\b|fewer\b)|[,.;)]|$)"
        r"|(?P<half>(?<!first )(?<!second )(?<!and a )half)(?=\s(?:of|the|its|their|his|her|as)\b)"
        r"|(?P<sole>(?:la\s)?mitad|نصف|ثلث|ربع)(?=\s(?:de|ال))"
        rf"|(?P<low>\d+|{small})\s(?:\w+\s)?(?:in|out of|of every|in every|de cada)\s(?:every\s)?"
        rf"(?P<high>\d+|hundred|{small})\b(?!\s(?:days|weeks|months|years|hours|minutes)))",
        re.IGNORECASE,
    )


def _frequencies(text: str) -> list[_Candidate]:
    """ "Twice a week", "every two months", "daily"."""
    pattern = (
        rf"\b(?:once|twice)(?:{_PER})|\bevery\s(?:(?:other|second|few|{_NUMBER_WORD})\s)?(?:minute|hour|day|week|"
        r"fortnight|month|year|decade|night|morning|evening|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
        r"|\b(?:hourly|daily|weekly|fortnightly|monthly|quarterly|annually|yearly)\b|\bcada\s(?:(?:dos|tres|cuatro|\d+)\s)?"
        r"(?:día|semana|mes|año|hora|minuto)(?:s|es)?\b|\buna vez (?:al?|por) (?:la )?\w+|"
        r"(?<!\w)مرتين(?:\sفي ال\w+)?|(?<!\w)كل (?:يوم|أسبوع|شهر|سنة|عام)\b"
    )
    return [_Candidate(*match.span(), "times") for match in re.finditer(pattern, text, re.IGNORECASE)]


def _ages(text: str, wanted: _Wanted) -> list[_Candidate]:
    """The ages that `text` gives, but those of people with another name than the question's."""
    found = [one for one in _quantities(text, ()) if one.sort == "age"]
    for one in (*_ages_in_apposition(text), *_ages_stated(text)):
        found += [] if one.overlaps(found) else [one]
    return [one for one in found if not _is_of_another(text, one, wanted)]


def _ages_in_apposition(text: str) -> list[_Candidate]:
    """Ages that can be no other figure: "Arkesden, 61, accepted", "aged 5", "un vecino de 62 años"."""
    return _ages_by(
        text,
        r"(?<=\baged )\d{1,3}\b(?!\s?%)|(?<=[^\W\d],\s)\d{2}(?=,(?!\d)|\.(?:\s|$)|;)|(?<=\()\d{2}(?=\))"
        r"|(?<=\bman of )\d{2}(?=[,.;]|$)|(?:(?<=\bde )|(?<=tiene )|(?<=tenía ))\d{1,3} años\b(?! de)"
        r"|(?:(?<=عن عمر )|(?<=العمر )|(?<=عمره )|(?<=عمرها )|(?<=\())\d{1,3}\s(?:عاما|عاماً|عامًا|"
        r"عام|سنة)(?!\w)",
    )


def _ages_stated(text: str) -> list[_Candidate]:
    """Figures that are ages where an age is asked for: "she is 57", "a kennel hand of 63"."""
    return _ages_by(
        text,
        r"(?:(?<=\bis )|(?<=\bwas )|(?<=\bturned )|(?<=\bturns ))\d{2}(?=[,.;]|$|\s(?:and|when)\b)"
        r"|(?<=\w{4} of )\d{2}(?=[,.;])",
    )


def _ages_by(text: str, pattern: str) -> list[_Candidate]:
    dates = _dates_and_clocks(text)
    found = (
        _Candidate(*match.span(), "age") for match in re.finditer(pattern, text.translate(_PLAIN_FIGURES))
    )
    return [one for one in found if not one.overlaps(dates)]


def _is_of_another(text: str, age: _Candidate, wanted: _Wanted) -> bool:
    """True if a name stands right before the age, and the question asks by another name."""
    named = re.search(r"([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)*),\s$", text[: age.start])
    if named is None or re.search(r"\b(?:the|he|she|el|la)\b", wanted.question):
        return False
    return set(_stems(named[1])).isdisjoint(_stems(wanted.question))


# Units and nouns.


@cache
def _measures() -> dict[str, tuple[str, float]]:
    """The sort and the size of each unit, by the form `_noun` gives."""
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
        _stem(word): _stem(line.split()[0]) for line in _ALIKE.strip().splitlines() for word in line.split()
    }


@cache
def _humans() -> frozenset[str]:
    return frozenset(_stem(word) for word in _HUMANS.split())


def _noun(word: str) -> str:
    """The form in which units are compared: a measure's name in the singular, else the stem."""
    bare = _bare(word)
    forms = (bare, bare.removesuffix("s"), bare.removesuffix("es"))
    return next((form for form in forms if form in _measures()), _stem(word))


def _bare(word: str) -> str:
    return folded(word).replace("ł", "l")


def _stem(word: str) -> str:
    plain = folded(word)
    if _is_arabic(plain):
        plain = re.sub(r"^و?ال|^و(?=\w{4})", "", plain).removesuffix("ا")
    else:
        plain = re.sub(r"['’]s?$", "", plain)
        plain = re.sub(r"(?<=\w{3})(?<!s)s$", "", plain)
    return plain[:_STEM]


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


def _is_plural(word: str) -> bool:
    plain = word.casefold()
    return plain in _IRREGULAR_PLURALS or (
        len(plain) > 3 and plain.endswith("s") and not _NO_PLURALS.search(plain)
    )


def _is_same_unit(one: str, other: str) -> bool:
    """True for the same noun, for two that are used alike, and for people beside any of those "
    "that people are."""
    if not one or not other:
        return False
    one, other = _alike().get(one, one), _alike().get(other, other)
    people = _stem("people")
    return (
        one == other
        or (one == people and other in _humans())
        or (other == people and one in _humans())
        or (
            _is_arabic(one)
            and min(len(one), len(other)) > 2
            and (one.startswith(other) or other.startswith(one))
        )
    )


# Dates and times of day.


@lru_cache(maxsize=256)  # asked for several times while a sentence is read
def _dates_and_clocks(text: str) -> tuple[_Candidate, ...]:
    """The dates and the clock times of `text`, each as it stands, in order and apart."""
    plain = text.translate(_PLAIN_FIGURES)
    found: list[_Candidate] = []
    for sort, pattern in (("date", _date()), ("clock", _clock())):
        for match in pattern.finditer(plain):
            if (candidate := _Candidate(*match.span(), sort)) and not candidate.overlaps(found):
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
        rf"|(?:{_NUMBER_WORD}|several|some)\s(?:and a half\s)?(?:hour|day|week|month|year|decade)s?"
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


def _joined_dates(text: str) -> list[_Candidate]:
    """Dates with what belongs to them: "Tuesday, 4 May 2031 at 9:15"; clock times where there is no date."""
    found: list[_Candidate] = []
    for one in _dates_and_clocks(text):
        last = found[-1] if found else None
        if last and text[last.end : one.start] in _DATE_JOINS:
            found[-1] = replace(last, end=one.end, sort="date")
        else:
            found.append(one)
    return [one for one in found if one.sort == "date"] or found


# Names.


def _names_wanted(wanted: _Wanted, sentence: Span) -> list[_Candidate]:
    """Those names of `sentence` that could be whom or what the question asks for."""
    text = sentence.text
    names = [_named_after_title(text), *_names(sentence)] if _has_arabic(text) else _names(sentence)
    found = [one for one in names if one]
    kept = _without_others(wanted, text, found)
    return [
        one
        for place, one in enumerate(kept)
        if not any(_is_short_for(text, one, other) for other in kept[:place])
    ]


def _without_others(wanted: _Wanted, text: str, names: list[_Candidate]) -> list[_Candidate]:
    """For "who" those that can be persons, for a country or a town those that are places, if only one is."""
    if wanted.sort == "who" or re.search(_PERSONS_ASKED, wanted.question):
        return _persons(wanted, text, names)
    if re.search(_PLACES_ASKED, wanted.question):
        places = [one for one in names if _PLACE_BEFORE.search(text[: one.start])]
        return places if len(places) == 1 else names
    return names


def _persons(wanted: _Wanted, text: str, names: list[_Candidate]) -> list[_Candidate]:
    """Those names that can be who did it: no places, no owners, not who only says so. Where somebody without
    a name could be meant as well ("a cousin"), none is sure."""
    found = [
        one
        for one in names
        if not _stands_for_a_place(text, one)
        and not _is_described(text, one)
        and ("whose" in wanted.question or not _owns(text, one))
        and (_asks_of_speech(wanted) or not _only_says_so(text, one))
        and (len(names) == 1 or not _is_institution(text, one) or _is_titled(text, one))
    ]
    nameless = wanted.sort == "who" and _holds_the_nameless(text, found)
    return [replace(one, sure=one.sure and not nameless) for one in found]


def _asks_of_speech(wanted: _Wanted) -> bool:
    return bool(
        re.search(
            rf"\b(?:{_SPEAKS})\b|\b(?:tell|believe|think|praise|warn|expect|blame|want)\w*", wanted.question
        )
    )


def _only_says_so(text: str, one: _Candidate) -> bool:
    """ "…, says its director, Samira Bentaleb", "Roe told reporters that"."""
    before = (
        rf"\b(?:{_SPEAKS})\s(?:(?:the|its|his|her|their)\s)?(?:[\w-]+\s){{0,3}}(?:[\w-]+,\s)?$"
        r"|\baccording to\s(?:[\w-]+,?\s){0,4}$"
    )
    after = rf",?\s(?:{_SPEAKS})\b|,\s[^,]{{3,60}},\s(?:{_SPEAKS})\b"
    return bool(re.search(before, text[: one.start]) or re.match(after, text[one.end :]))


def _holds_the_nameless(text: str, names: list[_Candidate]) -> bool:
    """True if `text` speaks of somebody by a noun alone, not beside one of `names`."""
    for match in re.finditer(
        rf"\b(?:an?|the|his|her|its|their|by)\s(?:[\w’'-]+\s){{0,2}}?(?:{_SOMEBODY})\b(?!\s[A-Z]|['’])", text
    ):
        gaps = [text[min(one.end, match.end()) : max(one.start, match.start())] for one in names]
        if not any(gap in (", ", " ", ", of ") for gap in gaps):
            return True
    return False


def _is_titled(text: str, one: _Candidate) -> bool:
    return bool(_TITLES.match(text[one.start : one.end]))


def _stands_for_a_place(text: str, one: _Candidate) -> bool:
    if re.search(
        r"\b(?:arrest|death|murder|killing|election|appointment|conviction|resignation) of\s$",
        text[: one.start],
    ):
        return False
    return bool(_PLACE_BEFORE.search(text[: one.start])) and not _is_titled(text, one)


def _is_described(text: str, one: _Candidate) -> bool:
    """ "The Ethiopian", "a Greek tanker"."""
    word = text[one.start : one.end]
    if " " in word:
        return False
    if re.search(r"\b(?:the|an?|its|their|this)\s$", text[: one.start], re.IGNORECASE):
        return True
    thing = re.search(r"\b(?:the|an?)\s([a-z]+)\s$", text[: one.start], re.IGNORECASE)
    if thing and not _ROLE.fullmatch(thing[1]):
        return True
    is_adjective = re.search(r"(?:ian|ean|ese|ish|ine|can|ch|ic)$", word)
    return bool(is_adjective and re.match(r"\s[a-z]+", text[one.end :]))


def _owns(text: str, one: _Candidate) -> bool:
    return bool(re.match(r"['’]s?\b|['’]\s", text[one.end :]))


def _is_institution(text: str, one: _Candidate) -> bool:
    return any(_INSTITUTIONS.fullmatch(word) for word in text[one.start : one.end].split())


def _is_short_for(text: str, one: _Candidate, other: _Candidate) -> bool:
    """True for "Okonjo" where "Femi Okonjo" stands before."""
    return set(_stems(text[one.start : one.end])) <= set(_stems(text[other.start : other.end]))


def _has_arabic(text: str) -> bool:
    return any("\u0600" <= character <= "\u06ff" for character in text)


def _named_after_title(text: str) -> _Candidate | None:
    """The two words after an Arabic title, of which script shows no capitals; None if there are "
    "more titles."""
    titles = list(_ARABIC_TITLE.finditer(text))
    if len(titles) != 1:
        return None
    match = re.compile(r"[\u0621-\u064a]{2,}(?:\s(?:بن|ابن|أبو|آل))?\s[\u0621-\u064a]{3,}").match(
        text, titles[0].end()
    )
    if match is None or any(word in _FUNCTION_WORDS for word in match[0].split()):
        return None
    return _Candidate(*match.span(), "name")


def _names(sentence: Span) -> list[_Candidate]:
    """The runs of capitalised words in `sentence`, with titles and what joins them: "Bank of Marentia"."""
    text = sentence.text
    words = [match.span() for match in _WORD.finditer(text)]
    found: list[_Candidate] = []
    place = 0
    while place < len(words):
        stop = _run_end(text, words, place) if _is_capitalised(text, words[place]) else place
        if stop > place:
            name = _name(sentence, words, place, stop)
            found += [name] if name else []
        place = max(stop, place + 1)
    return [one for one in found if not one.overlaps(_dates_and_clocks(text))]


def _run_end(text: str, words: Sequence[_Offsets], place: int) -> int:
    """Where the run that begins with word `place` ends: the first word no longer in it."""
    stop = place + 1
    while stop < len(words):
        gap = text[words[stop - 1][1] : words[stop][0]]
        if gap not in (" ", "' ", "’ ") and not (gap == ". " and _is_abbreviated(text, words[stop - 1])):
            break
        if _is_capitalised(text, words[stop]):
            stop += 1
            continue
        joined = _joined_by(text, words, stop)
        if not joined:
            break
        stop = joined
    return stop


def _is_abbreviated(text: str, word: _Offsets) -> bool:
    return word[1] - word[0] == 1 or bool(_TITLES.fullmatch(text[word[0] : word[1]]))


def _joined_by(text: str, words: Sequence[_Offsets], place: int) -> int:
    """Past the capitalised word that particles at `place` join to the one before, or 0."""
    first = text[slice(*words[place])]
    stop = place
    while (
        stop < len(words)
        and stop < place + 2
        and text[slice(*words[stop])] in (*_PARTICLES, "of", "the", "for")
    ):
        stop += 1
    if stop == place or stop == len(words) or not _is_capitalised(text, words[stop]):
        return 0
    if text[words[place][0] : words[stop][0]].count(" ") != stop - place:
        return 0
    if first in ("of", "the", "for"):
        before = text[slice(*words[place - 1])]
        return stop + 1 if first == "of" and _INSTITUTIONS.fullmatch(before) else 0
    return stop + 1 if first != "y" else 0


def _is_capitalised(text: str, word: _Offsets) -> bool:
    return text[word[0]].isupper()


def _name(sentence: Span, words: Sequence[_Offsets], place: int, stop: int) -> _Candidate | None:
    """The run of words "
    "`[place, stop)` as a name, without plain words at its head; None if nothing is left."""
    text = sentence.text
    before = text[: words[place][0]]
    is_first = not re.search(r"[^\W_]", before) or bool(re.search(r"[.!?:“\"«]\s?$", before))
    article = sentence.article
    while place < stop and _is_plain(text[slice(*words[place])], article, is_first, stop - place > 1):
        place, is_first = place + 1, False
    if place == stop:
        return None
    start, end = words[place][0], words[stop - 1][1]
    honour = re.search(rf"\b{_NAME_HONOURS}$", text[:start])
    owned = re.search(r"['’]s?$", text[start:end])
    end -= len(owned[0]) if owned else 0
    sure = not is_first or stop - place > 1 or _is_name_elsewhere(text[start:end], article)
    if not sure and _is_role(text, words, stop):
        return None
    return _Candidate(honour.start() if honour else start, end, "name", sure=sure)


def _is_plain(word: str, article: Article, is_first: bool, in_run: bool) -> bool:
    plain = word.casefold()
    if plain in _FUNCTION_WORDS or plain in ("the", "el", "la"):
        return True
    if not is_first:
        return False
    if not in_run and re.fullmatch(rf"(?:{_SOMEBODY})|\w+(?:er|or|ist|ial|ent|ant)s", plain):
        return True
    return not (in_run and _TITLES.fullmatch(word)) and bool(
        re.search(rf"\b{re.escape(plain)}\b", article.text)
    )


def _is_name_elsewhere(name: str, article: Article) -> bool:
    """True if `name` stands within a sentence too, where only names are capitalised."""
    return bool(re.search(rf"(?:[^\W\d_]|,)\s{re.escape(name)}\b", article.text))


def _is_role(text: str, words: Sequence[_Offsets], stop: int) -> bool:
    """True if what begins at the sentence's first word is a role before a name: "Chief executive Ada Roe"."""
    for place in range(stop, min(stop + 3, len(words) - 1)):
        if _is_capitalised(text, words[place]):
            return False
        if _ROLE.fullmatch(text[slice(*words[place])]) and _is_capitalised(text, words[place + 1]):
            return True
    return False


# Places.


def _places(text: str, wanted: _Wanted) -> list[_Candidate]:
    """Phrases that say where: a preposition and what stands after it, with those that follow at once."""
    found: list[_Candidate] = []
    for match in re.finditer(rf"(?<!\w){_AT}\s", text, re.IGNORECASE):
        one = _place(text, match)
        if one is None or one.overlaps(_dates_and_clocks(text)):
            continue
        if found and text[found[-1].end : one.start] == " ":
            found[-1] = replace(found[-1], end=one.end, sure=one.sure)
        elif not one.overlaps(found):
            found.append(one)
    return [one for one in found if not _is_another_way(text, one, wanted)]


def _is_another_way(text: str, one: _Candidate, wanted: _Wanted) -> bool:
    """True for "to" and "from" where the question doesn't speak of going or coming."""
    preposition = text[one.start : one.end].split(maxsplit=1)[0].casefold()
    if preposition in ("to", "into", "hacia", "إلى"):
        return not re.search(_MOVES, wanted.question)
    return preposition in ("from", "desde") and not re.search(_COMES_FROM, wanted.question)


def _place(text: str, match: re.Match[str]) -> _Candidate | None:
    preposition = match[0].strip()
    if _is_arabic(preposition):
        return _arabic_place(text, match)
    determiner = re.compile(rf"{_DETERMINER}\s", re.IGNORECASE).match(text, match.end())
    start = determiner.end() if determiner else match.end()
    is_one_of_many = bool(determiner) and text[match.end() : start].casefold() in ("a ", "an ", "un ", "una ")
    end, last, has_name = _phrase_end(text, start, is_one_of_many)
    if end == start or last.casefold() in _NO_PLACES or text[start].isdigit():
        return None
    if not (determiner or has_name or last in _BARE_PLACES):
        return None
    return _Candidate(
        match.start(), end, "place", sure=(has_name and not is_one_of_many) or _ends_cleanly(text, end)
    )


def _phrase_end(text: str, start: int, is_one_of_many: bool) -> tuple[int, str, bool]:
    """Where the noun phrase that begins at `start` ends, its last word, and whether it holds a name; in
    "a South Korean town", one of many, a noun follows the name."""
    end, last, has_name = start, "", False
    for match in re.compile(r"\s?([^\W_]+(?:['’-][^\W_]+)*)").finditer(text, start):
        word = match[1]
        is_joint = bool(last) and word in ("of", "de", "del") and _goes_on_as_noun(text, match.end())
        if match.start() != end or (not is_joint and _ends_phrase(word)):
            break
        is_over = has_name and word[0].islower() and not is_one_of_many
        if is_over and not is_joint and not _PLACE_NOUN.fullmatch(word):
            break
        if word.casefold() not in ("la", "el", "the"):
            last, has_name = word, has_name or word[0].isupper()
        end = match.end()
    return end, last, has_name


def _goes_on_as_noun(text: str, end: int) -> bool:
    return bool(re.compile(rf"\s(?:{_DETERMINER}\s)?[^\W\d_]").match(text, end))


def _ends_phrase(word: str) -> bool:
    plain = word.casefold()
    is_article = plain in ("the", "la", "el")  # stands in a phrase only after "of"
    return plain in _NUMBERS or bool(_NO_NOUN.match(plain)) or (plain in _FUNCTION_WORDS and not is_article)


def _ends_cleanly(text: str, end: int) -> bool:
    following = re.match(r"\s([^\W_]+)", text[end:])
    return following is None or following[1].casefold() in _FUNCTION_WORDS


def _arabic_place(text: str, match: re.Match[str]) -> _Candidate | None:
    """Up to three words after an Arabic preposition, as far as the next particle or mark."""
    end = match.end()
    for word in re.compile(r"\s?([\u0621-\u064a]{2,})").finditer(text, match.end()):
        if word.start() != end or word[1] in _FUNCTION_WORDS or text[match.end() : word.end()].count(" ") > 2:
            break
        end = word.end()
    if end == match.end():
        return None
    return _Candidate(
        match.start(),
        end,
        "place",
        sure=not re.match(r"\s[\u0621-\u064a]", text[end:]) or _ends_cleanly(text, end),
    )
