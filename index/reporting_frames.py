"""The turns of phrase in which news texts name whose report they pass on, in English, Spanish and Arabic.

Each pattern holds the name in a group `name`. What a name looks like is in `index.outlet_names`; whether it
is a newsroom's, `index.origin` decides.
"""

from index.outlet_names import NAME

_N = rf"(?:[Tt]he\s)?(?P<name>{NAME})"
_KIND = (
    r"(?:[Nn]ews agency|[Nn]ews ?wire|[Ww]ire service|[Nn]ewspaper|[Bb]roadcaster|[Nn]ews (?:site|outlet"
    r"|website|channel|organi[sz]ation)|[Mm]agazine|[Tt]abloid|[Aa]gencia(?: de noticias)?|[Dd]iario"
    r"|[Pp]eriódico|[Rr]otativo|[Ss]emanario|[Ee]misora|[Cc]adena|[Rr]evista|[Pp]ortal|[Mm]edio)"
)
_PEOPLE = (
    r"(?:sources?|people|persons?|officials?|witness(?:es)?|insiders?|spokes\w+|ministry|ministers?|police"
    r"|members|aides|diplomats|executives|employees)"
)
_FUENTES = r"(?:fuentes?|personas|funcionari[oa]s?|portavoz|portavoces|testigos?|ministerio|ministr[oa])"
_SAID = (
    r"(?:reported|revealed|disclosed|published|said|says|reports|reveals|wrote|writes|mentioned|added"
    r"|learned)"
)
_DIJO = (
    r"(?:informó|informa|reveló|revela|publicó|publica|reportó|reporta|adelantó|adelanta|señaló|indicó"
    r"|difundió)"
)
_TOLD = r"(?:dijo|dijeron|declaró|declararon|contó|contaron|confirmaron|confirmó|explicó|explicaron)"
_A = r"a(?:l|\sla)?"
_ARABIC_WORD = r"[\u0621-\u064a]+"
_ARABIC_NAME = (
    r"(?:وكالة|صحيفة|جريدة|شبكة|قناة|موقع|مجلة|إذاعة)\s(?:(?:ال)?[أا]نباء\s)?[«\"“]?"
    rf"(?P<name>{_ARABIC_WORD}(?:\s(?:ال{_ARABIC_WORD}ية|تايمز|بوست|نيوز|برس|جورنال|تلغراف)\b){{0,2}})"
)
_ARABIC_KNOWN = (
    r"(?P<name>رويترز|فرانس برس|أسوشيتد برس|أسوشييتد برس|اسوشيتد برس|بلومبرغ|بلومبيرغ|شينخوا|الأناضول"
    r"|سبوتنيك|إنترفاكس|أكسيوس|بوليتيكو|بي بي سي|سي إن إن)"
)
_ARABIC_SAID = (
    r"(?<!\w)و?(?:كشفت|ذكرت|أفادت|قالت|أوردت|نشرت|نقلت|أكدت|أضافت|بثت|أوضحت|تكشف|بحسب|حسب|وفق|نقل[اً]{1,2} عن"
    r"|وفق[اً]{1,2})(?:\sما\s\w+)?\s"
)
_ARABIC_TOLD = r"(?<!\w)و?(?:قال|قالت|قالوا|صرح|صرحت|أبلغ|أبلغوا|أكد|أكدت)\b[^.]{0,60}\sل(?:ـ\s?)?"

# Only a newsroom stands in these.
SURE = (
    rf"\b{_PEOPLE}\b[^.]{{0,90}}\btold\s(?:{_KIND}\s)?{_N}",
    rf"\b(?:seen|reviewed|obtained|heard|viewed|consulted|interviewed)\sby\s(?:{_KIND}\s)?{_N}",
    rf"{_N}\s(?:could not|couldn['’]t|was (?:un|not )able to|has not been able to)\s(?:\w+ly\s)?"
    r"(?:verify|establish|confirm|determine)",
    rf"{_N}\s(?:also\s)?(?:quoted|cited)\s(?:\w+\s){{0,2}}{_PEOPLE}",
    rf"{_N}\s{_SAID}\b[^.]{{0,40}},\s(?:citing|quoting)\b",
    rf"\b(?:citing|quoting)\s(?:{_KIND}\s)?{_N}",
    rf"\breported\sby\s(?:{_KIND}\s)?{_N}",
    rf",\s{_N}\s(?:reported|reports)(?:\s(?:late|early|on|[A-Z]\w+day)){{0,3}}[.,]",
    rf"\b[Rr]eports?\s(?:\w+\s){{0,2}}(?:by|in)\s{_KIND}\s{_N}",
    rf"\b{_KIND}\s{_N}(?:,[^,.]{{1,60}},)?\s(?:has\s|had\s|also\s)?{_SAID}\b",
    rf"\b{_KIND}\s{_N}\s(?:ha\s|había\s)?(?:{_DIJO}|informado|revelado|publicado)\b",
    rf"{_N}\s(?:news agency|newspaper)\s{_SAID}\b",
    rf"\b[Aa]ccording to\s(?:the\s)?{_KIND}\s{_N}",
    rf"\b{_FUENTES}\b[^.]{{0,90}}\b{_TOLD}\s{_A}\s(?:{_KIND}\s)?{_N}",
    rf"\b(?:consultad|citad|vist|recogid|obtenid|difundid)[oa]s?\spor\s(?:la\s|el\s)?(?:{_KIND}\s)?{_N}",
    rf"\b(?:citando|que cita)\s{_A}\s(?:{_KIND}\s)?{_N}",
    rf"\b(?:[Ss]egún|[Dd]e acuerdo con|{_DIJO})\s(?:{_DIJO}\s)?(?:[^,.]{{0,25}}\s)?(?:la\s|el\s)?{_KIND}"
    rf"\s{_N}",
    rf"\b{_TOLD}\s(?:\w+\s){{0,2}}{_FUENTES}\s[^.,]{{0,60}}{_A}\s(?:{_KIND}\s)?{_N}",
    rf"\ben declaraciones\s{_A}\s(?:{_KIND}\s)?{_N}",
    rf"{_ARABIC_SAID}ل?{_ARABIC_NAME}",
    rf"{_ARABIC_SAID}(?:لـ?\s?)?{_ARABIC_KNOWN}",
    rf"{_ARABIC_TOLD}{_ARABIC_NAME}",
    rf"{_ARABIC_TOLD}{_ARABIC_KNOWN}",
    rf"(?<!\w){_ARABIC_KNOWN}\s(?:تكشف|تنقل|عن مصادر)",
)
# In these a ministry or a company could stand as well, but for those that follow.
UNSURE = {
    "reported": rf"{_N}\s(?:has\s|also\s)?{_SAID}\b",
    "according": rf"\b[Aa]ccording to\s{_N}",
    "told": rf"\btold\s{_N}",
    "report": rf"\b(?:[Aa]|[Tt]he)\s(?P<name>{NAME})\sreport\b",
    "report by": rf"\b[Rr]eports?\s(?:\w+\s){{0,2}}(?:by|in)\s{_N}",
    "owned report": rf"(?P<name>{NAME})['’](?:s\s)?\s?report\b",
    "via": rf",\svia\s{_N}",
    "según": rf"\b(?:[Ss]egún|[Dd]e acuerdo con)\s(?:{_DIJO}\s)?{_N}",
    "informó": rf"{_N}\s(?:ha\s)?{_DIJO}\b",
    "dijo": rf"\b{_TOLD}\s{_A}\s{_N}",
}
TOLD = frozenset(["told", "dijo"])

# A line of credit, its brackets and stars taken off.
CREDITS = (
    rf"(?i:sources?|fuentes?|via|vía)\s*:\s*{_N}$",
    rf"(?i:with|con)\s(?:files|reporting|reports|information|inputs?|información|datos|material)"
    rf"\s(?:from|by|de)\s(?:la agencia\s|el diario\s)?{_N}",
    r"(?i:this|the)\s(?:article|story|report|text)\s(?:was|is)\s(?:\w+\s)?(?:supplied|provided|produced|written)"
    rf"\sby\s{_N}",
    rf"(?:[^.]{{0,60}}\s)?(?i:first|originally)\s(?:published|appeared)\s(?:in|on|by|at|with)\s{_N}",
    rf"(?:[^.]{{0,60}}\s)?(?i:publicad[oa])\soriginalmente\s(?:en|por)\s(?:la\s|el\s)?{_N}",
    rf"(?i:(?:re)?(?:published|printed))\s(?:with permission\s)?(?:from|courtesy of)\s{_N}",
    rf"(?i:reporting)\sby\s{_N}\sin\s",
    rf"(?:المصدر|نقل[اً]{{1,2}} عن)\s*:?\s*(?:وكالة\s|صحيفة\s)?(?P<name>{_ARABIC_WORD}"
    rf"(?:\s{_ARABIC_WORD}){{0,2}})$",
)
# Said of a report that came before this article's own news.
BACKGROUND = (
    r"\b[Aa]fter\s(?:[Tt]he\s)?(?:\S+\s){1,4}?reported\b|\bhad\s(?:first\s|earlier\s)?(?:reported|said)\b"
    r"|\bhabía\s(?:informado|publicado)\b"
)
# Who denies a report writes no report of its maker's.
DENIED = (
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed)|refut\w+|dismiss(?:es|ed)|disput(?:es|ed)|niegan?|negó|negaron"
    r"|desmiente|desmintió|rechazó|rechaza)\b|(?<!\w)و?(?:نفى|نفت|تنفي|ينفي|رفضت?|كذبت?)\s"
)
